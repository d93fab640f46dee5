"""Every line that is on file, spoken, trained on or kept apart, each file read again only when it has changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.content.rehearsal_files import load_repertoire
from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.scenario import Answer, HiddenFact, Scenario
from bot.core.studio.likeness import KnownLine

#: Turns that the recogniser is measured on, beside the data folder; nothing is learned from them.
KEPT_FOLDERS = (Path("tests/validation"), Path("tests/held_out"))

#: Reading thousands of lines as YAML takes seconds; ours are all written alike.
_PLAIN = re.compile(
    r'^  - \{text: ("(?:[^"\\]|\\.)*"), metadata: \{labels: \[([a-z_, ]+)\](?:, [a-z]+: [^{}]*)?\}\} *$',
    re.M,
)
_ENTRY = re.compile(r"^ +- |^- (?!intent:)", re.M)

_SPOKEN, _TRAINED, _KEPT = "spoken", "trained", "kept"


def lines_on_file(data: Path, kept_apart: tuple[Path, ...] = KEPT_FOLDERS) -> list[KnownLine]:
    """The lines of all scenarios, personas and training files, and the client's turns that are kept apart."""
    found: list[KnownLine] = []
    repertoire = load_repertoire(data)
    for scenario in repertoire.scenarios.values():
        found += _of_scenario(scenario)
    for persona in repertoire.personas.values():
        found += _of_persona(persona)
    for path in sorted((data / "nlu" / "client").glob("*.yml")):
        found += _of_training(path, f"data/nlu/client/{path.name}", _TRAINED)
    for folder in kept_apart:
        path = folder / "client.yml"
        if path.is_file():
            # Not named by its path: what it holds is not to be looked up and written around.
            found += _of_training(path, "the kept turns", _KEPT)
    return found


def state_of_lines(
    data: Path, kept_apart: tuple[Path, ...] = KEPT_FOLDERS
) -> tuple[tuple[str, int, int], ...]:
    """What changes when one of these files does."""
    folders = (data / "scenarios", data / "personas", data / "nlu" / "client", *kept_apart)
    files = (path for folder in folders for path in sorted(folder.glob("*.yml")))
    return tuple((str(p), (stat := p.stat()).st_mtime_ns, stat.st_size) for p in files)


def _of_scenario(scenario: Scenario) -> Iterator[KnownLine]:
    own, document = scenario.objection.value, f"scenario:{scenario.id}"
    named = f"the scenario “{scenario.title}”"
    for level, text in scenario.opening.items():
        yield KnownLine(f"{named}, opening {level}", text, _SPOKEN, (own,), document)
    for line in scenario.restate:
        yield KnownLine(f"{named}, {line.id}", line.text, _SPOKEN, (own,), document)
    for objection in scenario.objections:
        for line in objection.lines:
            labels = (objection.label.value,)
            yield KnownLine(f"{named}, {line.id}", line.text, _SPOKEN, labels, document)
    parts: tuple[HiddenFact | Answer, ...] = (*scenario.hidden_facts, *scenario.answers)
    for part in parts:
        for line in part.lines:
            yield KnownLine(f"{named}, {line.id}", line.text, _SPOKEN, (), document)


def _of_persona(persona: Persona) -> Iterator[KnownLine]:
    document = f"persona:{persona.id}"
    for line in persona.lines:
        where = f"the persona “{persona.name}”, {line.id}"
        yield KnownLine(where, line.text, _SPOKEN, (), document)


def _of_training(path: Path, shown: str, kind: str) -> tuple[KnownLine, ...]:
    stat = path.stat()
    return _read(path, stat.st_mtime_ns, stat.st_size, shown, kind)


@lru_cache(maxsize=256)  # the stamps are in the key: a file that has changed is read again
def _read(path: Path, changed: int, size: int, shown: str, kind: str) -> tuple[KnownLine, ...]:
    try:
        text = path.read_text("utf-8")
        plain = list(_plainly(text, shown, kind))
        if len(plain) == len(_ENTRY.findall(text)):
            return tuple(plain)
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


def _plainly(text: str, shown: str, kind: str) -> Iterator[KnownLine]:
    """The lines of a file in which every one is written as all of ours are."""
    for match in _PLAIN.finditer(text):
        labels = tuple(name.strip() for name in match[2].split(","))
        yield KnownLine(shown, json.loads(match[1]), kind, labels, shown)


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
