"""Training lines and kept lines read from their files, fast and without Rasa; staged files may stand in for others."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.core.errors import ContentError, Fault, UnavailableError
from bot.core.labels import Speaker
from bot.core.language.guard import plain_text
from bot.core.language.redact import redact

DEFAULT_SPEAKER = Speaker.COACH

#: The forms that our files are written in: nearly all of reading them as YAML is spent on what they do not use.
_HEAD = re.compile(r'version: "?3\.1"?\n+nlu:\n')
_INTENT = re.compile(r"- intent: ([a-z_]+)")
_SPEAKER = re.compile(r"  metadata: \{speaker: ([a-z]+)\}")
_LINE = re.compile(
    r'  - \{text: ("(?:[^"\\]|\\["\\/nt])*"), metadata: \{'
    r"labels: \[([a-z_]+(?:, [a-z_]+)*)\],(?: heat: ([0-3]),)? style: ([a-z]+),"
    r' industry: (?:[a-z]+|"(?:[^"\\]|\\.)*"), voice: [a-z][a-z0-9_]*\}\}'
)
#: How Rasa marks an entity: [words](name), [words]{...} or [words][...].
_ENTITY = re.compile(r"\[([^\]]+?)\](?:\([^:)]+?(?::[^)]+)?\)|\{[^}]+?\}|\[.*?\])")


@dataclass(frozen=True)
class Example:
    """One training line; `heat` is None for collector and coach lines."""

    text: str
    labels: tuple[str, ...]
    speaker: Speaker
    heat: int | None
    style: str


def training_files(
    folder: Path, replaced: Mapping[str, str | None] | None = None
) -> dict[str, str]:
    """The training files by their place in the folder, some replaced by other texts or left out (None)."""
    files = {path.relative_to(folder).as_posix(): path for path in yaml_files(folder)}
    replaced = replaced or {}
    texts = {name: _text(path) for name, path in files.items() if name not in replaced}
    texts.update({name: text for name, text in replaced.items() if text is not None})
    return dict(sorted(texts.items()))


def training_lines(files: Mapping[str, str]) -> list[Example]:
    """The lines of training files as the pipeline trains on them: plain, secrets masked, none twice."""
    read = [example for name, text in files.items() for example in _examples(name, text)]
    return [
        Example(redact(plain_text(x.text))[0], x.labels, x.speaker, x.heat, x.style)
        for x in dict.fromkeys(read)
    ]


def kept_lines(folder: str | Path | None) -> list[Example]:
    """The lines kept for tuning or measuring, none of them trained on; none when the folder is not there."""
    if not folder or not Path(folder).is_dir():
        return []
    read = [x for path in yaml_files(Path(folder)) for x in _examples(str(path), _text(path))]
    return list(dict.fromkeys(read))


def digest_of(examples: Sequence[Example]) -> str:
    """A short name of lines; the same lines have the same."""
    rows = [(x.text, x.labels, x.speaker.value, x.heat) for x in examples]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]


def yaml_files(folder: Path) -> list[Path]:
    """The YAML files of a folder and its folders, in Rasa's order."""
    found = (path for ending in ("*.yml", "*.yaml") for path in folder.rglob(ending))
    return sorted((path for path in found if path.is_file()), key=str)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise UnavailableError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        fault = Fault(str(path), 1, "is not written in UTF-8", "save it as UTF-8")
        raise ContentError((fault,)) from error


def _examples(name: str, text: str) -> list[Example]:
    plain = _plain_examples(text)
    return list(_yaml_examples(name, text)) if plain is None else plain


def _plain_examples(text: str) -> list[Example] | None:
    """The lines of a file in the house's form; None when anything in it has another form."""
    rows = "\n".join(row for row in text.split("\n") if not row.lstrip().startswith("#"))
    head = _HEAD.match(rows.lstrip("\n"))
    if head is None:
        return None
    found: list[Example] = []
    speaker, is_open = DEFAULT_SPEAKER, False
    for row in rows.lstrip("\n")[head.end() :].split("\n"):
        if line := _LINE.fullmatch(row):
            if not is_open:
                return None
            found.append(_plain_example(line, speaker))
        elif _INTENT.fullmatch(row):
            speaker, is_open = DEFAULT_SPEAKER, False
        elif named := _SPEAKER.fullmatch(row):
            if is_open or named[1] not in set(Speaker):
                return None
            speaker = Speaker(named[1])
        elif row == "  examples:":
            is_open = True
        elif row.strip():
            return None
    return found


def _plain_example(line: re.Match[str], speaker: Speaker) -> Example:
    text, labels, heat, style = line.groups()
    return Example(
        text=_words(json.loads(text)),
        labels=tuple(labels.split(", ")),
        speaker=speaker,
        heat=int(heat) if heat else None,
        style=style,
    )


def _words(text: str) -> str:
    """A line as Rasa reads it: without spaces around it, and with marked entities as plain words."""
    return _ENTITY.sub(r"\1", text.strip("\n\r "))


def _yaml_examples(name: str, text: str) -> Iterator[Example]:
    try:
        document = YAML(typ="safe").load(text) or {}
        for block in document.get("nlu") or ():
            yield from _block_examples(block)
    except (YAMLError, AttributeError, TypeError, ValueError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        fault = Fault(name, line, "is no training file that can be read", "mend the YAML")
        raise ContentError((fault,)) from error


def _block_examples(block: Mapping[str, Any]) -> Iterator[Example]:
    examples = block.get("examples") or ()
    if not block.get("intent"):
        return
    if isinstance(examples, str):  # Rasa's short form: one text with a dash before every line
        texts = (row.strip().removeprefix("-").strip() for row in examples.split("\n"))
        examples = [{"text": text} for text in texts if text]
    of_block = block.get("metadata") or {}
    for example in examples:
        own = example.get("metadata") or {}
        heat = own.get("heat")
        named = own.get("speaker") or of_block.get("speaker")
        yield Example(
            text=_words(str(example["text"])),
            labels=tuple(own.get("labels") or (str(block["intent"]).strip(),)),
            speaker=Speaker(named) if named in set(Speaker) else DEFAULT_SPEAKER,
            heat=None if heat is None else int(heat),
            style=str(own.get("style", "clean")),
        )
