"""Reads the rows of a call from what programs write: JSON in any nesting, tables and timed cues."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_SPEAKER_KEYS = (
    *("speaker", "who", "role", "party", "name", "speaker_name", "participant", "author", "from"),
    *("speaker_label", "channel", "user"),
)
_TEXT_KEYS = (
    *("text", "utterance", "words", "transcript", "message", "said", "content", "body", "sentence"),
    "display_text",
)
_TIME_KEYS = ("start", "start_time", "starttime", "at", "time", "timestamp", "offset", "begin")
_LIST_KEYS = (
    *("turns", "messages", "utterances", "segments", "entries", "transcript", "results"),
    *("conversation", "monologues", "items", "data"),
)
_DELIMITERS = ",;\t|"
_CUE = re.compile(r"^\s*((?:\d+:)?\d\d:\d\d[.,]\d{3})\s+-->")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>", re.I)
_TAG = re.compile(r"</?[^>]{0,80}>")
#: "Client: …" inside a cue.
_NAMED = re.compile(r"^(?P<name>[^\W_][^:\n]{0,38}):\s+(?P<text>.*)$")


@dataclass(frozen=True)
class Row:
    """One piece of speech as it was written down: the name over it (empty: none), its second, its words, its line."""

    name: str
    text: str
    line: int
    at: float | None = None


def rows_of_program(text: str) -> list[Row] | None:
    """The rows of JSON, a table or cues; None for what a person wrote line by line."""
    start = text.lstrip()
    if start.startswith(("{", "[{", "[\n", "[ ")):
        found = _json_rows(start)
        if found is not None:
            return found
    if start.startswith("WEBVTT") or _CUE.search(_second_lines(start)):
        return _cues(text)
    return _table(start)


def seconds(text: str) -> float | None:
    """A time such as 1:02:03.5 in seconds."""
    digits = re.match(r"\s*(\d{1,2}(?::\d\d){1,2})(?:[.,](\d+))?", text)
    if digits is None:
        return None
    whole = 0
    for part in digits[1].split(":"):
        whole = whole * 60 + int(part)
    return whole + (float(f"0.{digits[2]}") if digits[2] else 0.0)


def _second_lines(text: str) -> str:
    """The first line that could be a cue's time, in a file of numbered cues."""
    rows = [row for row in text.split("\n")[:3] if row.strip()]
    return rows[1] if len(rows) > 1 and rows[0].strip().isdigit() else ""


# JSON


def _json_rows(text: str) -> list[Row] | None:
    """The rows of JSON or JSON lines; None for what only looks like it."""
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError):
        document = [row for row in map(_loaded, text.splitlines()) if row is not None]
        if not document:
            return None
    entries = _entries(document)
    return [row for number, entry in enumerate(entries, 1) if (row := _entry(entry, number))]


def _loaded(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _entries(document: Any, depth: int = 0) -> list[dict[str, Any]]:
    """The list of turns, however deep a program has put it."""
    if isinstance(document, list):
        turns = [one for one in document if isinstance(one, dict)]
        if any(_value(one, _TEXT_KEYS) is not None for one in turns):
            return turns
        inner = (_entries(one, depth + 1) for one in turns) if depth < 4 else ()
        return next((found for found in inner if found), [])
    if isinstance(document, dict) and depth < 4:
        for key in _LIST_KEYS:
            found = _entries(document.get(key), depth + 1)
            if found:
                return found
        return [document] if _value(document, _TEXT_KEYS) is not None else []
    return []


def _entry(entry: dict[str, Any], number: int) -> Row | None:
    said = _value(entry, _TEXT_KEYS)
    if said is None or not said.strip():
        return None
    at = next((entry[key] for key in _TIME_KEYS if key in entry), None)
    second = float(at) if isinstance(at, int | float) else seconds(str(at or ""))
    return Row((_value(entry, _SPEAKER_KEYS) or "").strip(), said, number, second)


def _value(entry: dict[str, Any], keys: Sequence[str]) -> str | None:
    low = {str(key).lower(): value for key, value in entry.items()}
    for key in keys:
        value = low.get(key)
        if isinstance(value, dict):
            value = value.get("name") or value.get("text")
        if isinstance(value, str) or (isinstance(value, int) and key in _SPEAKER_KEYS):
            return str(value)
    return None


# Tables and cues


def _table(text: str) -> list[Row] | None:
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    head = [cell.strip().strip('"').lower() for cell in first.split(delimiter)]
    who = next((head.index(key) for key in _SPEAKER_KEYS if key in head), None)
    words = next((head.index(key) for key in _TEXT_KEYS if key in head), None)
    if who is None or words is None or who == words:
        return None
    when = next((head.index(key) for key in _TIME_KEYS if key in head), None)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[Row] = []
    try:
        for cells in list(reader)[1:]:
            if len(cells) > max(who, words) and cells[words].strip():
                at = seconds(cells[when]) if when is not None and when < len(cells) else None
                found.append(Row(cells[who].strip(), cells[words], len(found) + 2, at))
    except csv.Error:
        return None
    return found


def _cues(text: str) -> list[Row]:
    found: list[Row] = []
    at: float | None = None
    is_cue = False
    for number, line in enumerate(text.splitlines(), 1):
        time = _CUE.match(line)
        if time:
            at, is_cue = seconds(time[1]), True
        elif not line.strip():
            is_cue = False
        elif is_cue:
            voice = _VOICE.search(line)
            said = html.unescape(_TAG.sub("", line)).strip()
            named = None if voice else _NAMED.match(said)
            name = html.unescape(voice[1]).strip() if voice else named["name"] if named else ""
            found.append(Row(name, named["text"] if named else said, number, at))
    return found
