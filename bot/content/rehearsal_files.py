"""Loads what can be rehearsed from data/: a scenario with a fault is left out, the others stay playable."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from bot.content.example_checks import known_examples
from bot.content.rehearsal_crossed import (
    PlayedFiles,
    crossed,
    lines_twice,
    references,
    titles_twice,
)
from bot.content.schema_persona import read_persona
from bot.content.schema_player import PLAYERS, read_player
from bot.content.schema_scenario import read_scenario
from bot.content.yaml_lines import Document
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
    for fault in (*read.faults, *(fault for _, fault in crossed(read))):
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
    cases = [(scenario.id, scenario, document) for scenario, document in read.scenarios]
    found = [
        *read.faults,
        *(fault for _, fault in crossed(read)),
        *known_examples(data, cases),
        *_missing_players(data),
    ]
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
    found = [fault for file, fault in crossed(read) if file == document.file]
    return scenario, (*found, *known_examples(data, [(scenario.id, scenario, document)]))


def faults_among(
    data: Path,
    scenarios: Sequence[tuple[str, Scenario, Document]],
    personas: Sequence[tuple[str, Persona, Document]],
) -> Iterator[Fault]:
    """What these (by slug, object and document) have against the files that they do not replace."""
    read = _read(data)
    read.personas = [*_without(read.personas, personas), *(row[1:] for row in personas)]
    read.scenarios = [*_without(read.scenarios, scenarios), *(row[1:] for row in scenarios)]
    read.unread -= {slug for slug, _, _ in (*scenarios, *personas)}
    mine = {document.file for _, _, document in (*scenarios, *personas)}
    # The new ones come last, so that they are the ones that are told of, and not the files.
    parts: list[tuple[Persona | Scenario, Document]] = sorted(
        (*read.personas, *read.scenarios), key=lambda part: part[1].file in mine
    )
    for file, fault in (*references(read), *lines_twice(parts), *titles_twice(read.scenarios)):
        if file in mine:
            yield fault


def _without(
    parts: Sequence[tuple[Part, Document]], others: Sequence[tuple[str, Part, Document]]
) -> list[tuple[Part, Document]]:
    files = {document.file for _, _, document in others}
    return [part for part in parts if part[1].file not in files]


def _read(data: Path) -> PlayedFiles:
    read = PlayedFiles()
    read.personas = _each(read, data, "personas", read_persona)
    read.scenarios = _each(read, data, "scenarios", read_scenario)
    read.players = _each(read, data, "players", read_player)
    return read


def _each(
    read: PlayedFiles,
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


def _missing_players(data: Path) -> Iterator[Fault]:
    for name in PLAYERS:
        if not (data / "players" / f"{name}.yml").is_file():
            file = f"data/players/{name}.yml"
            yield Fault(file, 1, f"The player “{name}” is missing.", "Write the file.")


def _playable(read: PlayedFiles) -> Repertoire:
    personas = {persona.id: persona for persona, _ in read.personas}
    return Repertoire(
        scenarios={s.id: s for s, _ in read.scenarios if s.persona in personas},
        personas=personas,
        players={player.id: player for player, _ in read.players},
    )


def _state_of(data: Path) -> _State:
    files = (path for part in FOLDERS for path in sorted((data / part).glob("*.yml")))
    return tuple((str(p), (stat := p.stat()).st_mtime_ns, stat.st_size) for p in files)
