"""Reads a transcript from the files that recorders and people write: CSV, WebVTT and plain "Speaker: text"."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from bot.core.labels import Speaker
from bot.core.rehearsal.situation import Situation
from bot.core.rehearsal.transcripts import (
    MAX_TURNS,
    Names,
    Transcript,
    TurnError,
    Unreadable,
    bare,
    checked,
    from_document,
    read_json_lines,
)

#: A file with more bytes than this is no transcript.
MAX_FILE = 20_000_000
_SPEAKER_COLUMNS = ("speaker", "who", "role", "party", "channel")
_TEXT_COLUMNS = ("text", "utterance", "words", "transcript", "message", "said")
_CALL_COLUMNS = ("id", "call", "call_id", "callid", "conversation", "conversation_id")
_DELIMITERS = ",;\t|"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

#: "[00:01:07] Agent: hello", the time with or without brackets; a name has at most three words.
_STAMP = r"(?:[\[(]?\d{1,2}(?::\d\d){1,2}(?:[.,]\d+)?[\])]?\s*(?:-\s*)?)?"
_SPOKEN = re.compile(rf"^{_STAMP}(?P<name>[^\W\d_][^:\n]{{0,38}}?)\s*:(?:\s+|$)(?P<text>.*)$")
_NAME_WORDS = 3
#: "[00:00:01] Agent: hello" begins with a bracket too.
_JSON = re.compile(r"\{|\[\s*(?:\{|\])")
_CUE_TIME = re.compile(r"^\s*(?:\d+:)?\d\d:\d\d[.,]\d{3}\s+-->")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^>]+)>", re.IGNORECASE)
_TAG = re.compile(r"</?[^>]*>")

Turns = list[tuple[Speaker, str]]


def read_file(raw: bytes, names: Names, name: str = "") -> Iterator[Transcript | Unreadable]:
    """Read a file of any of the formats; what it holds decides, then how its name ends."""
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0] or None
    if len(raw) > MAX_FILE:
        detail = f"Keep a file under {MAX_FILE // 1_000_000} MB, or split it."
        yield Unreadable(stem, "file-too-large", 1, detail)
        return
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending in ("jsonl", "ndjson"):
        yield from read_json_lines(raw, names)
        return
    text = decoded(raw)
    if text is None:
        yield Unreadable(
            stem, "not-text", 1, "This is not a text file; export it as text, CSV or WebVTT."
        )
        return
    start = text.lstrip()
    if not start:
        yield Unreadable(stem, "no-turns", 1, "The file is empty.")
    elif start.startswith("WEBVTT") or ending == "vtt":
        yield _one(stem, text, names, _vtt_turns)
    elif ending == "json" or _JSON.match(start):
        yield from _json_file(stem, raw, text, names)
    elif ending == "csv" or _is_csv(start):
        yield from _csv_calls(stem, start, names)
    else:
        yield _one(stem, text, names, _plain_turns)


def decoded(raw: bytes) -> str | None:
    """The file's text by its marks, as UTF-8, or as western European; None when it is no text."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    if b"\x00" in raw:
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
        return None if text.count("\ufffd") + _controls(text) > len(text) // 50 else text


def _controls(text: str) -> int:
    return sum(1 for character in text if character < " " and character not in "\n\r\t\f")


def _one(
    id: Any, text: str, names: Names, turns_of: Callable[[str, Names], Turns]
) -> Transcript | Unreadable:
    try:
        return checked(id, turns_of(text, names), Situation(), 1)
    except TurnError as error:
        return Unreadable(id, error.code, error.line, error.detail)


def _json_file(id: Any, raw: bytes, text: str, names: Names) -> Iterator[Transcript | Unreadable]:
    """JSON lines, or one document over several lines: an object, or a list of them."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        yield from read_json_lines(raw, names)
        return
    for entry in document if isinstance(document, list) else [document]:
        if isinstance(entry, dict):
            yield from_document({"id": id, **entry}, 1, names)
        else:
            yield Unreadable(id, "not-an-object", 1, 'Write {"id", "turns"}.')


def _is_csv(text: str) -> bool:
    first = text.split("\n", 1)[0].lower()
    cells = {bare(cell) for cell in re.split(f"[{re.escape(_DELIMITERS)}]", first)}
    return bool(cells & set(_SPEAKER_COLUMNS)) and bool(cells & set(_TEXT_COLUMNS))


def _csv_calls(id: Any, text: str, names: Names) -> Iterator[Transcript | Unreadable]:
    """Rows of speaker and text; a column that names the call makes one transcript of each."""
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        head = [bare(cell) for cell in next(rows)]
        speaker = _column(head, _SPEAKER_COLUMNS, "speaker")
        words = _column(head, _TEXT_COLUMNS, "text")
        call = next((head.index(name) for name in _CALL_COLUMNS if name in head), None)
        found = list(_rows(rows, speaker, words, call))
    except TurnError as error:
        yield Unreadable(id, error.code, error.line, error.detail)
        return
    except (csv.Error, StopIteration) as error:
        detail = f"The file cannot be read as CSV ({error}); a quotation mark may be missing."
        yield Unreadable(id, "not-csv", rows.line_num or 1, detail)
        return
    calls = list(dict.fromkeys(name for name, *_ in found)) or [None]
    for name in calls:
        yield _csv_call(id if name is None else name, [r[1:] for r in found if r[0] == name], names)


def _rows(
    rows: Any, speaker: int, words: int, call: int | None
) -> Iterator[tuple[str | None, int, str, str]]:
    for cells in rows:
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * (1 + max(speaker, words, call or 0) - len(cells))]
            name = None if call is None else padded[call].strip()
            yield name, rows.line_num, padded[speaker], padded[words]


def _csv_call(id: Any, rows: list[tuple[int, str, str]], names: Names) -> Transcript | Unreadable:
    start = rows[0][0] if rows else 1
    try:
        turns = [(names.speaker(who, line), said) for line, who, said in rows]
    except TurnError as error:
        return Unreadable(id, error.code, error.line, f"Row {error.line}: {error.detail}")
    return checked(id, turns, Situation(), start)


def _column(head: list[str], known: tuple[str, ...], meant: str) -> int:
    found = next((head.index(name) for name in known if name in head), None)
    if found is None:
        raise TurnError(f"no-{meant}-column", 1, f"Name a column “{meant}” in the first row.")
    return found


def _vtt_turns(text: str, names: Names) -> Turns:
    """Cues with `<v Name>` or "Name: text"; cues of one speaker in a row are one turn."""
    turns: Turns = []
    is_cue = False
    for number, line in enumerate(text.splitlines(), start=1):
        if _CUE_TIME.match(line):
            is_cue = True
        elif not line.strip():
            is_cue = False
        elif is_cue:
            voice = _VOICE.search(line)
            said = html.unescape(_TAG.sub("", line)).strip()
            spoken = None if voice else _named(said, names)
            if voice:
                _add(turns, names.speaker(html.unescape(voice["name"]), number), said)
            elif spoken:
                _add(turns, names.speaker(spoken[0], number), spoken[1])
            elif said:
                _continue(turns, said, number)
            if len(turns) > MAX_TURNS:
                break
    return turns


def _plain_turns(text: str, names: Names) -> Turns:
    """Lines of "Name: text"; a line without a name goes on with the turn before it."""
    turns: Turns = []
    for number, line in enumerate(text.splitlines(), start=1):
        spoken = None if line[:1] in (" ", "\t") and turns else _named(line.strip(), names)
        if spoken:
            turns.append((names.speaker(spoken[0], number), spoken[1]))
        elif line.strip():
            _continue(turns, line.strip(), number)
    return turns


def _named(line: str, names: Names) -> tuple[str, str] | None:
    """The name and the words of a line; a long phrase before a colon is only a phrase."""
    found = _SPOKEN.match(line)
    if found is None:
        return None
    name = found["name"]
    if names.find(name) is None and len(name.split()) > _NAME_WORDS:
        return None
    return name, found["text"]


def _add(turns: Turns, speaker: Speaker, text: str) -> None:
    if turns and turns[-1][0] is speaker:
        turns[-1] = (speaker, f"{turns[-1][1]} {text}".strip())
    else:
        turns.append((speaker, text))


def _continue(turns: Turns, text: str, number: int) -> None:
    if not turns:
        raise TurnError(
            "no-speaker", number, "Begin every turn with who speaks: “client: …” or “collector: …”."
        )
    speaker, said = turns[-1]
    turns[-1] = (speaker, f"{said} {text}".strip())
