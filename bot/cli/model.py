"""`parley train` and `parley analyse`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from bot.core.errors import UnavailableError
from bot.core.labels import Speaker
from bot.settings import Settings

#: Turns that are heard at once, so that progress moves and memory stays small.
BATCH = 32

#: A line longer than this is not read into memory as a turn.
MAX_LINE = 1_000_000


def train(
    force: Annotated[
        bool, typer.Option(help="Train the whole model, even if nothing has changed.")
    ] = False,
) -> None:
    """Train what has changed since the model in service: only the heads when only lines have, else all of it."""
    from bot.nlu import training

    settings = Settings.from_environment()
    if not force and training.is_current(settings):
        typer.echo("The model is up to date.", err=True)
        return
    training.train(settings, whole=force)


def analyse(
    file: Annotated[
        Path | None, typer.Argument(help="JSON lines; standard input when left out.")
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read and write JSON lines (the only format).")
    ] = True,
) -> None:
    """Hear turns: a line `{"id","text","speaker"}` in, a reading a line out, in the same order."""
    from bot.nlu.recogniser import RasaRecogniser
    from bot.nlu.server import newest_model

    settings = Settings.from_environment()
    model = newest_model(settings.models_folder)
    if model is None:
        raise UnavailableError("No model has been trained yet. Run `parley train` first.")
    if file is not None and not file.is_file():
        raise UnavailableError(f"There is no file {file}.")
    recogniser = RasaRecogniser(model)
    today = datetime.now(UTC).date()
    source = file.open("rb") if file else sys.stdin.buffer
    with source:
        rows = list(_rows(source))
    batches = [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]
    shown = track(batches, "Hearing", console=Console(stderr=True), disable=not sys.stderr.isatty())
    for batch in shown:
        good = [row for row in batch if "error" not in row]
        readings = recogniser.read_all([(row["text"], row["speaker"]) for row in good], today)
        heard = {id(row): reading for row, reading in zip(good, readings, strict=True)}
        for row in batch:
            reading = heard.get(id(row))
            document = {
                "id": row["id"],
                **(reading.as_json() if reading else {"error": row["error"]}),
            }
            sys.stdout.buffer.write(_as_line(document))
        sys.stdout.buffer.flush()


def _as_line(document: dict[str, Any]) -> bytes:
    """UTF-8 whatever the terminal's language; half an emoji in an id goes out as it came in, escaped."""
    try:
        return json.dumps(document, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(document).encode() + b"\n"


def _rows(source: IO[bytes]) -> Iterator[dict[str, Any]]:
    for number, raw in enumerate(source, start=1):
        if raw.strip():
            yield checked_row(raw, number)


def checked_row(raw: bytes, number: int) -> dict[str, Any]:
    """One input line as {id, text, speaker}, or {id, error} that says what to do."""
    if len(raw) > MAX_LINE:
        return _error(None, number, "line-too-long", f"Keep a line under {MAX_LINE:,} bytes.")
    try:
        document = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return _error(None, number, "not-utf-8", "Save the file as UTF-8.")
    except (ValueError, RecursionError):
        return _error(None, number, "not-json", "Write one JSON object a line.")
    if not isinstance(document, dict):
        return _error(None, number, "not-an-object", 'Write {"id", "text", "speaker"}.')
    name = document.get("id")
    text, speaker = document.get("text"), document.get("speaker")
    if not isinstance(text, str):
        return _error(name, number, "no-text", "Give the turn's words as `text`.")
    if not text.strip():
        return _error(name, number, "empty-text", "Give the turn's words as `text`.")
    if not isinstance(speaker, str) or speaker not in {s.value for s in Speaker}:
        return _error(name, number, "unknown-speaker", "`speaker` is client, collector or coach.")
    return {"id": name, "text": text, "speaker": Speaker(speaker)}


def _error(name: Any, number: int, code: str, remedy: str) -> dict[str, Any]:
    return {"id": name, "error": {"code": code, "line": number, "detail": remedy}}
