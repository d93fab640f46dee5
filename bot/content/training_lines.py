"""Finds lines among the training files under data/nlu, and adds corrected ones to a file of their own."""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.content.file_writing import replace_file
from bot.core.corrections import VOICE, TrainingLine, plain_words
from bot.core.errors import ConflictError, ContentError, Fault, UnavailableError

#: Where Rasa and the tuning of the thresholds look, relative to the project's root, as in `bot.nlu.training`.
NLU_FOLDER = Path("data/nlu")
KEPT_FOLDERS = (Path("tests/validation"), Path("tests/held_out"))

FILE_NAME = "corrected.yml"

_HEADER = """\
# {speaker}: lines that were misheard on a call and corrected. Added from the page Corrections, or by
# `parley content accept`; the words may be edited here like those of any other file.
version: "3.1"
nlu:
"""
#: Plain words that YAML takes for something else.
_YAML_WORDS = frozenset(("yes", "no", "on", "off", "true", "false", "null"))


class NluFiles:
    """The training lines as files (see port `TrainingLines`)."""

    def __init__(
        self, folder: Path = NLU_FOLDER, kept_apart: Sequence[Path] = KEPT_FOLDERS
    ) -> None:
        self._folder = folder
        self._kept_apart = tuple(kept_apart)

    def find(self, text: str) -> str | None:
        """Where a line with the same words stands already, signs and capitals aside (see port)."""
        words = plain_words(text)
        for folder in (self._folder, *self._kept_apart):
            for path in sorted(folder.rglob("*.yml")):
                raw = _read(path)
                # Reading YAML is slow, so only files that have these words in this order are read.
                if words in plain_words(raw) and words in _lines(raw, path):
                    return _place(path, raw, words)
        return None

    def append(self, line: TrainingLine) -> str:
        """Add a line to the corrected ones of its speaker; returns the file (see port)."""
        path = self._folder / line.speaker.value / FILE_NAME
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with _alone(path.parent):
                self._append(path, line)
        except OSError as error:
            raise UnavailableError(
                f"{path} cannot be written: {error.strerror}. The correction is still open."
            ) from error
        return str(path)

    def _append(self, path: Path, line: TrainingLine) -> None:
        before = _read(path) if path.exists() else _header(line)
        known = _lines(before, path)
        if plain_words(line.text) in known:
            raise ConflictError(f"These words are in {path} already.", field="text")
        after = _with_line(before, line)
        if sorted(_lines(after, path)) != sorted((*known, plain_words(line.text))):
            raise ContentError(
                (Fault(str(path), 1, "not in the form of the other files", "mend it by hand"),)
            )
        replace_file(path, after)


def _header(line: TrainingLine) -> str:
    return _HEADER.format(speaker=line.speaker.value)


def _with_line(text: str, line: TrainingLine) -> str:
    """The file with the line at the end of its label's block, which is made where it is missing."""
    rows = text.rstrip().split("\n")
    starts = [number for number, row in enumerate(rows) if re.match(r"- *intent:", row)]
    named = re.compile(rf"- *intent: *[\"']?{re.escape(line.intent)}[\"']? *(?:#.*)?$")
    for start, end in zip(starts, (*starts, len(rows))[1:], strict=True):
        if named.match(rows[start]):
            return "\n".join((*rows[:end], written_line(line), *rows[end:])) + "\n"
    block = (
        f"- intent: {line.intent}",
        f"  metadata: {{speaker: {line.speaker.value}}}",
        "  examples:",
    )
    return "\n".join((*rows, *block, written_line(line))) + "\n"


def written_line(line: TrainingLine, voice: str = VOICE) -> str:
    """A line as it stands among the examples of its block."""
    heat = "" if line.heat is None else f"heat: {line.heat}, "
    return (
        f"  - {{text: {json.dumps(line.text, ensure_ascii=False)}, "
        f"metadata: {{labels: [{', '.join(line.labels)}], {heat}style: {line.style}, "
        f"industry: {_word(line.industry)}, voice: {voice}}}}}"
    )


def _word(word: str) -> str:
    is_plain = re.fullmatch(r"[a-z]+", word) and word not in _YAML_WORDS
    return word if is_plain else json.dumps(word, ensure_ascii=False)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise UnavailableError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        fault = Fault(str(path), 1, "is not written in UTF-8", "save it as UTF-8")
        raise ContentError((fault,)) from error


def _lines(raw: str, path: Path) -> list[str]:
    """The words of every line of a file; ContentError when it is no YAML."""
    try:
        document = YAML(typ="safe").load(raw) or {}
        return [
            plain_words(text)
            for block in document.get("nlu") or ()
            for text in _texts(block.get("examples") or ())
        ]
    except (YAMLError, AttributeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        fault = Fault(str(path), line, "is no training file that can be read", "mend the YAML")
        raise ContentError((fault,)) from error


def _texts(examples: Any) -> Iterator[str]:
    if isinstance(examples, str):  # Rasa's short form: one text with a dash before every line
        examples = [row.lstrip("- ") for row in examples.split("\n") if row.strip()]
    for example in examples:
        yield str(example.get("text", "")) if isinstance(example, dict) else str(example)


def _place(path: Path, raw: str, words: str) -> str:
    for number, row in enumerate(raw.split("\n"), start=1):
        is_comment = row.lstrip().startswith("#")
        if not is_comment and f" {words} " in f" {plain_words(row)} ":
            return f"{path}, line {number}"
    return str(path)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes from the folder's file meanwhile; the lock leaves no file behind."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
