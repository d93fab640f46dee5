"""Loads a branch of a rehearsal from its rows and writes back what has changed, inside one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.core.coaching.advice import Role
from bot.core.errors import ConflictError, NotFoundError
from bot.core.labels import Speaker
from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.record import Rehearsal, RehearsalTurn
from bot.core.rehearsal.repertoire import Repertoire
from bot.core.rehearsal.scenario import Scenario
from bot.services.ports import Clock, UnitOfWork, Viewer
from bot.services.rehearsal_ports import FINISHED, RehearsalRecord, RehearsalTurnRecord


@dataclass(frozen=True)
class Loaded:
    """A branch as the core sees it, and its rows; `waiting` is the turn that has not been heard yet."""

    record: RehearsalRecord
    rehearsal: Rehearsal
    turns: tuple[RehearsalTurnRecord, ...]
    waiting: RehearsalTurnRecord | None


@dataclass(frozen=True)
class Casting:
    """The scenario and the person of a rehearsal, from the files as they are now."""

    scenario: Scenario
    persona: Persona


class RehearsalStore:
    """Rehearsals between the core and the ledger."""

    def __init__(self, repertoire: Callable[[], Repertoire], clock: Clock) -> None:
        self._repertoire = repertoire
        self._clock = clock

    def load(self, work: UnitOfWork, record: RehearsalRecord, branch: str | None = None) -> Loaded:
        """Load one branch, the one it goes on in if none is named."""
        name = branch or record.branch
        header = work.rehearsals.branch(record.id, name).header
        rows = tuple(work.rehearsals.turns(record.id, name))
        waiting = rows[-1] if rows and rows[-1].document is None else None
        heard = tuple(row for row in rows if row.document is not None)
        document = {**header, "turns": [row.document for row in heard]}
        return Loaded(record, Rehearsal.from_json(document), heard, waiting)

    def casting(self, rehearsal: Rehearsal) -> Casting:
        """Scenario and persona to go on with; ConflictError when the files have changed since it began."""
        repertoire = self._repertoire()
        scenario = repertoire.scenarios.get(rehearsal.scenario_id)
        is_same = scenario is not None and scenario.version == rehearsal.scenario_version
        if scenario is None or not is_same or scenario.persona != rehearsal.persona_id:
            raise ConflictError(
                "This scenario has been changed since. You can read the rehearsal; start a new one to go on."
            )
        return Casting(scenario, repertoire.persona_of(scenario))

    def save_state(self, work: UnitOfWork, record: RehearsalRecord, rehearsal: Rehearsal) -> None:
        """Store everything of a branch but its turns, and that it was touched now."""
        now = self._clock.now()
        work.rehearsals.set_branch(record.id, rehearsal.branch, header_of(rehearsal), now)
        work.rehearsals.update(replace(record, touched_at=now))

    def append(
        self, work: UnitOfWork, record: RehearsalRecord, branch: str, turn: RehearsalTurn
    ) -> RehearsalTurnRecord:
        """Store one more turn of a branch with what was made of it."""
        return work.rehearsals.add_turn(
            RehearsalTurnRecord(
                id="",
                rehearsal_id=record.id,
                branch=branch,
                index=turn.index,
                speaker=turn.speaker,
                text=turn.text,
                said_at=self._clock.now(),
                document=turn.as_json(),
            )
        )

    def store_words(
        self, work: UnitOfWork, record: RehearsalRecord, index: int, text: str, segment: str | None
    ) -> RehearsalTurnRecord:
        """Store a trainee's words before anybody has heard them."""
        return work.rehearsals.add_turn(
            RehearsalTurnRecord(
                id="",
                rehearsal_id=record.id,
                branch=record.branch,
                index=index,
                speaker=Speaker.COLLECTOR,
                text=text,
                said_at=self._clock.now(),
                segment_id=segment,
            )
        )


def header_of(rehearsal: Rehearsal) -> dict[str, Any]:
    """The core's document of a branch without its turns, which have rows of their own."""
    document = rehearsal.as_json()
    del document["turns"]
    return document


def of_owner(record: RehearsalRecord, viewer: Viewer) -> RehearsalRecord:
    """The rehearsal for the person whose it is; NotFoundError for everybody else."""
    if record.user_id != viewer.user_id:
        raise NotFoundError("There is no such rehearsal among yours.")
    return record


def for_reader(record: RehearsalRecord, viewer: Viewer, has_score: bool) -> RehearsalRecord:
    """The rehearsal for its owner, and for trainers by the sharing rule; NotFoundError for everybody else.

    The rule: a trainer reads a rehearsal that was taken for an assignment, once it has a score, and one that its
    owner has shared. Nobody else reads any rehearsal but their own.
    """
    assigned = record.assignment_id is not None and has_score
    if viewer.role is Role.TRAINER and (record.shared or assigned):
        return record
    return of_owner(record, viewer)


def open_of_owner(record: RehearsalRecord, viewer: Viewer) -> RehearsalRecord:
    """The rehearsal to go on with; ConflictError when it is finished."""
    if of_owner(record, viewer).status == FINISHED:
        raise ConflictError("This rehearsal is finished. Rewind it to a turn, or start another.")
    return record
