"""What only personas and scenarios together can tell: who is named and not there, ids, titles and words given twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.content.yaml_lines import Document, Place
from bot.core.errors import Fault
from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.player_script import Player
from bot.core.rehearsal.scenario import Scenario


@dataclass
class PlayedFiles:
    """What the files hold, each part with its document, and every fault of single files."""

    personas: list[tuple[Persona, Document]] = field(default_factory=list)
    scenarios: list[tuple[Scenario, Document]] = field(default_factory=list)
    players: list[tuple[Player, Document]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)


def crossed(read: PlayedFiles) -> Iterator[tuple[str, Fault]]:
    """What only all files together can tell, with the file that it is told of."""
    yield from references(read)
    yield from lines_twice((*read.personas, *read.scenarios))
    yield from titles_twice(read.scenarios)


def references(read: PlayedFiles) -> Iterator[tuple[str, Fault]]:
    """Personas and further scenarios that are named and not there."""
    personas = {persona.id for persona, _ in read.personas}
    scenarios = {scenario.id for scenario, _ in read.scenarios} | read.unread
    for scenario, document in read.scenarios:
        if scenario.persona not in personas:
            is_faulty = scenario.persona in read.unread
            message = "has faults of its own" if is_faulty else "does not exist"
            known = ", ".join(sorted(personas))
            remedy = "Mend its file." if is_faulty else f"One of: {known}."
            yield _of(
                document, ("persona",), f"The persona “{scenario.persona}” {message}.", remedy
            )
        for index, other in enumerate(scenario.next):
            if other not in scenarios or other == scenario.id:
                yield _of(
                    document,
                    ("next", index),
                    f"There is no other scenario “{other}”.",
                    "Name one that exists.",
                )


def lines_twice(
    parts: Iterable[tuple[Persona | Scenario, Document]],
) -> Iterator[tuple[str, Fault]]:
    """Line ids that two files share: a line is known by its id wherever it is said."""
    lines: dict[str, str] = {}
    for part, document in parts:
        for place, line_id in _line_ids(part):
            other = lines.setdefault(line_id, document.file)
            if other != document.file:
                yield _of(document, place, f"The id “{line_id}” is in {other} too.", "Rename it.")


def titles_twice(
    scenarios: Iterable[tuple[Scenario, Document]],
) -> Iterator[tuple[str, Fault]]:
    """Titles that two scenarios share: people choose by them."""
    titles: dict[str, str] = {}
    for scenario, document in scenarios:
        other = titles.setdefault(scenario.title, document.file)
        if other != document.file:
            yield _of(document, ("title",), f"{other} has the same title.", "Give it another one.")


def _line_ids(part: Persona | Scenario) -> Iterator[tuple[Place, str]]:
    if isinstance(part, Persona):
        for index, line in enumerate(part.lines):
            yield ("lines", index, "id"), line.id
        return
    for index, said in enumerate(part.restate):
        yield ("restate", index, "id"), said.id
    for name in ("objections", "hidden_facts", "answers"):
        for outer, row in enumerate(getattr(part, name)):
            for index, said in enumerate(row.lines):
                yield (name, outer, "lines", index, "id"), said.id


def _of(document: Document, place: Place, message: str, remedy: str) -> tuple[str, Fault]:
    return document.file, document.fault(place, message, remedy)
