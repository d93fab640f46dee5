"""Reads the lines of training files and of the turns that are kept apart from them, each file again only when it has changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.core.studio.likeness import KnownLine, LineIndex

#: Turns that the recogniser is measured on, beside the data folder; nothing is learned from them.
KEPT_FOLDERS = (Path("tests/validation"), Path("tests/held_out"))

#: Reading thousands of lines as YAML takes seconds; ours are all written alike.
_PLAIN = re.compile(
    r'^  - \{text: ("(?:[^"\\]|\\.)*"), metadata: \{labels: \[([a-z_, ]+)\](?:, [a-z]+: [^{}]*)?\}\} *$',
    re.M,
)
_ENTRY = re.compile(r"^ +- |^- (?!intent:)", re.M)

KEPT = "kept"


def kept_lines(folders: Iterable[Path] = KEPT_FOLDERS) -> tuple[KnownLine, ...]:
    """The client's turns that are kept apart."""
    files = [path for folder in folders if (path := folder / "client.yml").is_file()]
    # Not named by their path: what they hold is not to be looked up and written around.
    return tuple(line for path in files for line in lines_of_file(path, "the kept turns", KEPT))


def kept_index(data: Path) -> LineIndex:
    """The client's turns that are kept apart beside a data folder, to be found by their words."""
    root = data.resolve().parent
    return _index(kept_lines(root / folder for folder in KEPT_FOLDERS))


@lru_cache(maxsize=2)  # tuples of the same lines are the same objects, so this is quickly told
def _index(lines: tuple[KnownLine, ...]) -> LineIndex:
    return LineIndex(lines)


def lines_of_file(path: Path, shown: str, kind: str) -> tuple[KnownLine, ...]:
    """The lines of one file, which is called `shown` where it is spoken of; none of one that cannot be read."""
    stat = path.stat()
    return _read(path, stat.st_mtime_ns, stat.st_size, shown, kind)


@lru_cache(maxsize=256)  # the stamps are in the key: a file that has changed is read again
def _read(path: Path, changed: int, size: int, shown: str, kind: str) -> tuple[KnownLine, ...]:
    try:
        text = path.read_text("utf-8")
        plain = _plainly(text, shown, kind)
        if len(plain) == len(_ENTRY.findall(text)):
            return plain
        document: Any = YAML(typ="safe").load(text)
    except (OSError, UnicodeDecodeError, YAMLError):
        # A file that cannot be read is told of by `parley content check`; no line is compared with it.
        return ()
    blocks = document.get("nlu") if isinstance(document, dict) else None
    return tuple(
        line
        for block in blocks or ()
        if isinstance(block, dict)
        for line in _examples(block, shown, kind)
    )


def _plainly(text: str, shown: str, kind: str) -> tuple[KnownLine, ...]:
    """The lines of a file that are written as all of ours are; none where one has what only YAML understands."""
    found = []
    for match in _PLAIN.finditer(text):
        labels = tuple(name.strip() for name in match[2].split(","))
        try:
            words = json.loads(match[1])
        except ValueError:
            return ()
        found.append(KnownLine(shown, words, kind, labels, shown))
    return tuple(found)


def _examples(block: dict[str, Any], shown: str, kind: str) -> Iterator[KnownLine]:
    given = block.get("examples")
    if isinstance(given, str):  # Rasa's short form: one text with a dash before every line
        given = [row.lstrip("- ") for row in given.split("\n") if row.strip()]
    for example in given or ():
        text = example.get("text") if isinstance(example, dict) else example
        meta = example.get("metadata") if isinstance(example, dict) else None
        labels = meta.get("labels") if isinstance(meta, dict) else None
        if isinstance(text, str) and text.strip():
            names = tuple(str(name) for name in labels or (block.get("intent"),) if name)
            yield KnownLine(shown, text, kind, names, shown)
