"""Knows the words of every training line and kept turn, to tell at once where a line stands already."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import ScalarEvent

from bot.content.lines_in_files import KEPT_FOLDERS
from bot.content.yaml_events import parsed_events
from bot.core.corrections import plain_words

_ENTRY = re.compile(r"^\s*- ")
_BLOCK = re.compile(r"^\s*- *intent:")
#: How every line of ours is written; reading thousands of them as YAML would take seconds.
_PLAIN = re.compile(r'^\s*- (?:\{ *)?text: *("(?:[^"\\]|\\.)*")')


@dataclass(frozen=True)
class KnownLines:
    """The words of the training lines by file, and of the turns that are kept apart from them."""

    trained: Mapping[str, Mapping[str, int]]
    kept: tuple[Mapping[str, int], ...]

    @classmethod
    def of(cls, data: Path, without: Collection[str] = ()) -> KnownLines:
        """Those under a data folder and beside it; `without` names files under it that do not count."""
        root = data.resolve().parent
        shown = {path.relative_to(data).as_posix(): path for path in (data / "nlu").rglob("*.yml")}
        return cls(
            {name: _words_of(shown[name]) for name in sorted(shown) if name not in without},
            tuple(
                _words_of(path)
                for part in KEPT_FOLDERS
                for path in sorted((root / part).glob("*.yml"))
            ),
        )

    def place_of(self, text: str) -> str | None:
        """Where the same words stand already."""
        words = plain_words(text)
        for file, lines in self.trained.items():
            if line := lines.get(words):
                return f"data/{file}, line {line}"
        # Not named by its place: what is kept to measure with is not to be looked up and written around.
        return "the kept turns" if any(words in lines for lines in self.kept) else None


def _words_of(path: Path) -> dict[str, int]:
    try:
        stat = path.stat()
        return _read(path, stat.st_mtime_ns, stat.st_size)
    except OSError:
        return {}


@lru_cache(maxsize=512)  # the stamps are in the key: a file that has changed is read again
def _read(path: Path, changed: int, size: int) -> dict[str, int]:
    text = path.read_text("utf-8", errors="replace")
    found: dict[str, int] = {}
    for number, row in enumerate(text.split("\n"), 1):
        if not _ENTRY.match(row) or _BLOCK.match(row):
            continue
        plain = _PLAIN.match(row)
        try:
            words = json.loads(plain[1]) if plain else None
        except ValueError:  # YAML knows more signs after a backslash
            words = None
        if words is None:
            return _slowly(text)
        found.setdefault(plain_words(words), number)
    return found


def _slowly(text: str) -> dict[str, int]:
    """Every word or sentence of a file in another form than ours."""
    found: dict[str, int] = {}
    try:
        for event in parsed_events(text):
            if isinstance(event, ScalarEvent):
                for offset, row in enumerate(str(event.value).split("\n")):
                    line = event.start_mark.line + 1 + offset
                    found.setdefault(plain_words(row), line)
    except YAMLError:
        # `parley content check` tells of a file that is no YAML; what came before the fault still counts.
        return found
    return found
