"""Loads what can be rehearsed from data/: a scenario with a fault is left out, the others stay playable."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from bot.content.schema_persona import read_persona
from bot.content.schema_player import PLAYERS, read_player
from bot.content.schema_scenario import read_scenario
from bot.content.yaml_lines import Document, Place
from bot.core.errors import ContentError, Fault, NotFoundError
from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.player_script import Player
from bot.core.rehearsal.repertoire import Repertoire
from bot.core.rehearsal.scenario import Scenario

log = logging.getLogger(__name__)

Part = TypeVar("Part")

FOLDERS = ("personas", "scenarios", "players")

_State = tuple[tuple[str, int, int], ...]
_loaded: dict[Path, tuple[_State, Repertoire]] = {}
#: Reading a file takes a tenth of a second, so each is read again only when it has changed.
_files: dict[Path, tuple[tuple[int, int], Any]] = {}


@dataclass
class _Read:
    """What the files hold, each part with its document, and every fault of single files."""

    personas: list[tuple[Persona, Document]] = field(default_factory=list)
    scenarios: list[tuple[Scenario, Document]] = field(default_factory=list)
    players: list[tuple[Player, Document]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)


def load_repertoire(root: Path) -> Repertoire:
    """Everything that can be played; faults go to the log, and to `parley content check`.

    What was loaded is kept until a file changes.
    """
    data = root / "data" if (root / "data" / "scenarios").is_dir() else root
    state = _state_of(data)
    kept = _loaded.get(data)
    if kept and kept[0] == state:
        return kept[1]
    read = _read(data)
    crossed = [fault for _, fault in _crossed(read)]
    for fault in (*read.faults, *crossed):
        log.warning("A file for rehearsals has a fault: %s", fault)
    repertoire = _playable(read)
    _loaded[data] = (state, repertoire)
    return repertoire


def load_one(root: Path, scenario: str | Path, player: str) -> tuple[Scenario, Persona, Player]:
    """One scenario (by id, or a file anywhere) with its persona and a player; ContentError for a file with faults."""
    data = root / "data" if (root / "data" / "scenarios").is_dir() else root
    path = scenario if isinstance(scenario, Path) else data / "scenarios" / f"{scenario}.yml"
    if not path.is_file():
        raise NotFoundError(f"There is no scenario “{scenario}”.")
    script = data / "players" / f"{player}.yml"
    if player not in PLAYERS or not script.is_file():
        raise NotFoundError(f"There is no player “{player}”. Known: {', '.join(PLAYERS)}.")
    case, document = read_scenario(path, str(path))
    persona = data / "personas" / f"{case.persona}.yml"
    if not persona.is_file():
        message = f"The persona “{case.persona}” does not exist."
        raise ContentError((document.fault(("persona",), message, "Name one that does."),))
    return case, read_persona(persona, str(persona))[0], read_player(script, str(script))[0]


def rehearsal_faults(data: Path) -> tuple[Fault, ...]:
    """Every fault of personas, scenarios and players, in each file and between them."""
    read = _read(data)
    found = [*read.faults, *(fault for _, fault in _crossed(read)), *_missing_players(data)]
    return tuple(sorted(dict.fromkeys(found), key=lambda f: (f.file, f.line)))


def scenario_file_faults(path: Path, data: Path) -> tuple[Scenario | None, tuple[Fault, ...]]:
    """One file, wherever it lies, checked as if it were among the scenarios."""
    try:
        scenario, document = read_scenario(path, str(path))
    except ContentError as error:
        return None, error.faults
    read = _read(data)
    read.scenarios = [pair for pair in read.scenarios if pair[0].id != scenario.id]
    read.scenarios.append((scenario, document))
    return scenario, tuple(fault for file, fault in _crossed(read) if file == document.file)


def _read(data: Path) -> _Read:
    read = _Read()
    read.personas = _each(read, data, "personas", read_persona)
    read.scenarios = _each(read, data, "scenarios", read_scenario)
    read.players = _each(read, data, "players", read_player)
    return read


def _each(
    read: _Read,
    data: Path,
    folder: str,
    reader: Callable[[Path, str], tuple[Part, Document]],
) -> list[tuple[Part, Document]]:
    found = []
    for path in sorted((data / folder).glob("*.yml")):
        outcome = _outcome(path, f"data/{folder}/{path.name}", reader)
        if isinstance(outcome, ContentError):
            read.faults += outcome.faults
            read.unread.add(path.stem)
        else:
            found.append(outcome)
    return found


def _outcome(
    path: Path, shown: str, reader: Callable[[Path, str], tuple[Part, Document]]
) -> tuple[Part, Document] | ContentError:
    stat = path.stat()
    stamp = (stat.st_mtime_ns, stat.st_size)
    kept = _files.get(path)
    if kept is None or kept[0] != stamp:
        try:
            kept = (stamp, reader(path, shown))
        except ContentError as error:
            kept = (stamp, error)
        _files[path] = kept
    outcome: tuple[Part, Document] | ContentError = kept[1]
    return outcome


def _crossed(read: _Read) -> Iterator[tuple[str, Fault]]:
    """What only all files together can tell, with the file that it is told of."""
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
    yield from _twice(read)


def _twice(read: _Read) -> Iterator[tuple[str, Fault]]:
    """Line ids and titles that two files share: a line is known by its id wherever it is said."""
    lines: dict[str, str] = {}
    titles: dict[str, str] = {}
    for part, document in (*read.personas, *read.scenarios):
        for place, line_id in _line_ids(part):
            other = lines.setdefault(line_id, document.file)
            if other != document.file:
                yield _of(document, place, f"The id “{line_id}” is in {other} too.", "Rename it.")
    for scenario, document in read.scenarios:
        other = titles.setdefault(scenario.title, document.file)
        if other != document.file:
            yield _of(document, ("title",), f"{other} has the same title.", "Give it another one.")


def _line_ids(part: Persona | Scenario) -> Iterator[tuple[Place, str]]:
    if isinstance(part, Persona):
        for index, line in enumerate(part.lines):
            yield ("lines", index, "id"), line.id
        return
    for index, line in enumerate(part.restate):
        yield ("restate", index, "id"), line.id
    for name in ("objections", "hidden_facts", "answers"):
        for outer, row in enumerate(getattr(part, name)):
            for index, line in enumerate(row.lines):
                yield (name, outer, "lines", index, "id"), line.id


def _of(document: Document, place: Place, message: str, remedy: str) -> tuple[str, Fault]:
    return document.file, document.fault(place, message, remedy)


def _missing_players(data: Path) -> Iterator[Fault]:
    for name in PLAYERS:
        if not (data / "players" / f"{name}.yml").is_file():
            file = f"data/players/{name}.yml"
            yield Fault(file, 1, f"The player “{name}” is missing.", "Write the file.")


def _playable(read: _Read) -> Repertoire:
    personas = {persona.id: persona for persona, _ in read.personas}
    return Repertoire(
        scenarios={s.id: s for s, _ in read.scenarios if s.persona in personas},
        personas=personas,
        players={player.id: player for player, _ in read.players},
    )


def _state_of(data: Path) -> _State:
    files = (path for part in FOLDERS for path in sorted((data / part).glob("*.yml")))
    return tuple((str(p), (stat := p.stat()).st_mtime_ns, stat.st_size) for p in files)
