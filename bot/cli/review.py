"""`parley review`: scores real calls with the rubric of the rehearsals."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from bot.core.errors import UnavailableError
from bot.settings import Settings

#: Files whose name says what they hold, whatever is asked for.
_OTHER_ENDINGS = (".csv", ".vtt", ".txt")
_BAR = 20


def review(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="JSON lines, CSV (speaker, text), WebVTT or “Speaker: text”; standard input when left out."
        ),
    ] = None,
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help="Write JSON lines, and read standard input as JSON lines."),
    ] = False,
    client: Annotated[
        list[str] | None,
        typer.Option(help="A name under which the client speaks; may be given again."),
    ] = None,
    collector: Annotated[
        list[str] | None,
        typer.Option(help="A name under which the collector speaks; may be given again."),
    ] = None,
) -> None:
    """Score calls: a transcript in, a score from 0 to 100 with its reasons out, in the same order."""
    from bot.core.rehearsal.transcript_files import read_file
    from bot.core.rehearsal.transcripts import Names, read_json_lines
    from bot.nlu.recogniser import RasaRecogniser
    from bot.nlu.server import newest_model
    from bot.services.review import Reviews

    names = Names.of(client or (), collector or ())
    if file is not None and not file.is_file():
        raise UnavailableError(f"There is no file {file}.")
    model = newest_model(Settings.from_environment().models_folder)
    if model is None:
        raise UnavailableError("No model has been trained yet. Run `parley train` first.")
    raw = file.read_bytes() if file else sys.stdin.buffer.read()
    is_other = file is not None and file.suffix.lower() in _OTHER_ENDINGS
    if jsonl and not is_other and not raw.lstrip().startswith(b"WEBVTT"):
        found = list(read_json_lines(raw, names))
    else:
        found = list(read_file(raw, names, file.name if file else ""))
    reviews = Reviews(RasaRecogniser(model))
    today = datetime.now(UTC).date()
    shown = track(found, "Reviewing", console=Console(stderr=True), disable=not sys.stderr.isatty())
    for transcript in shown:
        document = reviews.review(transcript, today)
        sys.stdout.buffer.write(_as_line(document) if jsonl else _as_report(document))
        sys.stdout.buffer.flush()


def _as_line(document: dict[str, Any]) -> bytes:
    """UTF-8 whatever the terminal's language; half an emoji in an id goes out as it came in, escaped."""
    try:
        return json.dumps(document, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(document).encode() + b"\n"


def _as_report(document: dict[str, Any]) -> bytes:
    """The review as a page to read: the verdict, the skills as bars, then turn by turn what counted."""
    name = document["id"] if document["id"] is not None else "call"
    if "error" in document:
        error = document["error"]
        text = f"{name}: line {error['line']}: {error['detail']} ({error['code']})\n"
        return text.encode(errors="replace")
    lines = [f"{name}: {document['summary']}", ""]
    for skill, points in document["skills"].items():
        filled = "█" * round(points * _BAR / 100)
        lines.append(f"  {skill.replace('_', ' '):22}{points:>4}  {filled}")
    for blocker in document["blockers"]:
        lines += [
            "",
            f"  Blocker in turn {blocker['turn']}: {blocker['note']}",
            f"    “{blocker['quote']}”",
        ]
    for turn in document["turns"]:
        if turn["notes"]:
            lines += ["", f"  Turn {turn['index']} ({turn['speaker']}): {', '.join(turn['moves'])}"]
            lines += [f"    {note}" for note in turn["notes"]]
    return ("\n".join(lines) + "\n\n").encode(errors="replace")
