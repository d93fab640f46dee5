"""Every line that is on file, spoken, trained on or kept apart, each file read again only when it has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.content.lines_in_files import KEPT_FOLDERS, kept_lines, lines_of_file
from bot.content.rehearsal_files import load_repertoire
from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.scenario import Answer, HiddenFact, Scenario
from bot.core.studio.likeness import KnownLine

_SPOKEN, _TRAINED = "spoken", "trained"


def lines_on_file(data: Path, kept_apart: tuple[Path, ...] = KEPT_FOLDERS) -> list[KnownLine]:
    """The lines of all scenarios, personas and training files, and the client's turns that are kept apart."""
    found: list[KnownLine] = []
    repertoire = load_repertoire(data)
    for scenario in repertoire.scenarios.values():
        found += _of_scenario(scenario)
    for persona in repertoire.personas.values():
        found += _of_persona(persona)
    for path in sorted((data / "nlu" / "client").glob("*.yml")):
        found += lines_of_file(path, f"data/nlu/client/{path.name}", _TRAINED)
    found += kept_lines(kept_apart)
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
