"""Rehearsing: start, speak, be silent, take a hint, rewind, and finish with a scorecard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.core.errors import ConflictError, InvalidInputError, NotFoundError
from bot.core.reading import Reading
from bot.core.rehearsal import rehearsal as play
from bot.core.rehearsal.hints import hint, with_hint
from bot.core.rehearsal.record import Mode, RehearsalTurn, account_for
from bot.core.rehearsal.repertoire import Repertoire
from bot.services.desks import Desks
from bot.services.ports import Assistant, Audit, Clock, UnitOfWork, Viewer
from bot.services.rehearsal_ports import FINISHED, OPEN, RehearsalRecord
from bot.services.rehearsal_store import (
    Loaded,
    RehearsalStore,
    header_of,
    of_owner,
    open_of_owner,
)
from bot.services.rehearsal_turns import RehearsalTurns
from bot.services.rehearsal_verdict import Verdicts
from bot.services.rehearsal_views import RehearsalViews

#: Any program can hold such a number.
LARGEST_SEED = 2**31 - 1
MOST_BRANCHES = 50


class Rehearsals:
    """Use cases of a rehearsal. A turn is stored before it is heard: a killed server loses none."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        repertoire: Callable[[], Repertoire],
        desks: Desks,
        assistant: Assistant,
        audit: Audit,
        clock: Clock,
        dice: Callable[[], int],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._repertoire = repertoire
        self._desks = desks
        self._audit = audit
        self._clock = clock
        self._dice = dice
        self._store = RehearsalStore(repertoire, clock)
        self._turns = RehearsalTurns(unit_of_work, self._store, desks, assistant)
        self._verdicts = Verdicts(repertoire, clock)
        self._views = RehearsalViews(unit_of_work, repertoire, self._store)

    def start(
        self,
        viewer: Viewer,
        scenario_id: str,
        *,
        level: int | None = None,
        seed: int | None = None,
        mode: str = Mode.PRACTICE.value,
        assignment_id: str | None = None,
    ) -> dict[str, Any]:
        """Begin a rehearsal: the client has picked up the phone."""
        repertoire = self._repertoire()
        scenario = repertoire.scenario(scenario_id)
        if seed is not None and not 0 <= seed <= LARGEST_SEED:
            raise InvalidInputError(f"A seed lies between 0 and {LARGEST_SEED}.", field="seed")
        if mode not in (Mode.PRACTICE, Mode.EXAM):
            raise InvalidInputError("The mode is `practice` or `exam`.", field="mode")
        now = self._clock.now()
        with self._unit_of_work() as work:
            if assignment_id is not None:
                level, mode = _as_assigned(work, viewer, assignment_id, scenario_id, level, mode)
            begun = play.begin(
                scenario,
                repertoire.persona_of(scenario),
                scenario.levels[0] if level is None else level,
                self._dice() % LARGEST_SEED if seed is None else seed,
                self._clock.today(),
                Mode(mode),
            )
            record = RehearsalRecord(
                id="",
                user_id=viewer.user_id,
                scenario_id=scenario.id,
                scenario_version=scenario.version,
                level=begun.level,
                mode=begun.mode.value,
                seed=begun.seed,
                status=OPEN,
                branch=begun.branch,
                branch_count=1,
                started_at=now,
                touched_at=now,
                assignment_id=assignment_id,
            )
            record = work.rehearsals.add(record, header_of(begun))
            for turn in begun.turns:
                self._store.append(work, record, begun.branch, turn)
            work.commit()
        self._audit.record(
            "rehearsal_started",
            user_id=viewer.user_id,
            subject=record.id,
            detail={"scenario": scenario.id, "level": begun.level, "mode": mode},
        )
        return self.view(record.id, viewer)

    def take_turn(
        self, rehearsal_id: str, viewer: Viewer, text: str, *, segment_id: str | None = None
    ) -> dict[str, Any]:
        """Store what the trainee said, have it heard, and give the client's answer.

        The same segment twice gives the same answer. When nobody listens the words are kept and nothing is answered.
        """
        return self._turns.take_turn(rehearsal_id, viewer, text, segment_id=segment_id)

    def be_silent(
        self, rehearsal_id: str, viewer: Viewer, *, segment_id: str | None = None
    ) -> dict[str, Any]:
        """Say nothing, and see what the client makes of it."""
        return self._turns.be_silent(rehearsal_id, viewer, segment_id=segment_id)

    def answer_turn(self, turn_id: str, reading: Reading, viewer: Viewer) -> dict[str, Any]:
        """Let the client answer a stored turn from what was heard; everything is stored in one."""
        return self._turns.answer_turn(turn_id, reading, viewer)

    def hint(self, rehearsal_id: str, viewer: Viewer, level: int) -> dict[str, Any]:
        """Give a hint for the next turn; the more it gives away, the more it costs."""
        with self._unit_of_work() as work:
            record = open_of_owner(work.rehearsals.claim(rehearsal_id), viewer)
            loaded = self._store.load(work, record)
            cast = self._store.casting(loaded.rehearsal)
            desk = self._desks.desk_for(account_for(cast.scenario, loaded.rehearsal.today), viewer)
            given = hint(loaded.rehearsal, cast.scenario, desk, level)
            hinted = with_hint(loaded.rehearsal, given)
            self._store.save_state(work, record, hinted)
            work.commit()
        return {
            "level": given.level,
            "text": given.text,
            "cost": given.cost,
            "cost_so_far": sum(used.cost for used in hinted.hints_used),
        }

    def rewind(
        self, rehearsal_id: str, viewer: Viewer, turn: int, branch: str | None = None
    ) -> dict[str, Any]:
        """Go back to before one of the trainee's turns, in a new branch; the old one is kept."""
        with self._unit_of_work() as work:
            record = of_owner(work.rehearsals.claim(rehearsal_id), viewer)
            if record.branch_count >= MOST_BRANCHES:
                raise ConflictError(
                    f"A rehearsal has at most {MOST_BRANCHES} branches; start anew."
                )
            loaded = self._store.load(work, record, branch)
            self._store.casting(loaded.rehearsal)
            name = f"b{record.branch_count + 1}"
            back = play.rewind(loaded.rehearsal, turn, name)
            record = replace(
                record,
                branch=name,
                branch_count=record.branch_count + 1,
                status=OPEN,
                finished_at=None,
            )
            self._store.save_state(work, record, back)
            for kept in back.turns:
                self._store.append(work, record, name, kept)
            work.commit()
        return self.view(rehearsal_id, viewer)

    def finish(self, rehearsal_id: str, viewer: Viewer) -> dict[str, Any]:
        """End the call where it stands and score it; a second time gives the same verdict."""
        with self._unit_of_work() as work:
            record = of_owner(work.rehearsals.claim(rehearsal_id), viewer)
            loaded = self._store.load(work, record)
            is_new = record.status != FINISHED
            if is_new:
                self._score(work, record, loaded)
                work.commit()
        if is_new:
            self._audit.record("rehearsal_finished", user_id=viewer.user_id, subject=rehearsal_id)
        return self._views.result(rehearsal_id, viewer)

    def view(self, rehearsal_id: str, viewer: Viewer, branch: str | None = None) -> dict[str, Any]:
        """The rehearsal with its turns, its branches, and the verdict once it is finished."""
        return self._views.view(rehearsal_id, viewer, branch)

    def result(
        self, rehearsal_id: str, viewer: Viewer, branch: str | None = None
    ) -> dict[str, Any]:
        """Scorecard and debrief of a finished branch."""
        return self._views.result(rehearsal_id, viewer, branch)

    def mine(self, viewer: Viewer) -> list[dict[str, Any]]:
        """The viewer's own rehearsals, the latest first."""
        return self._views.mine(viewer)

    def share(self, rehearsal_id: str, viewer: Viewer, shared: bool) -> dict[str, Any]:
        """Let trainers read one of the viewer's rehearsals, or no longer."""
        with self._unit_of_work() as work:
            record = of_owner(work.rehearsals.claim(rehearsal_id), viewer)
            work.rehearsals.update(replace(record, shared=shared))
            work.commit()
        event = "rehearsal_shared" if shared else "rehearsal_unshared"
        self._audit.record(event, user_id=viewer.user_id, subject=rehearsal_id)
        return {"id": rehearsal_id, "shared": shared}

    def delete(self, rehearsal_id: str, viewer: Viewer) -> None:
        """Delete one of the viewer's own rehearsals with everything in it."""
        with self._unit_of_work() as work:
            of_owner(work.rehearsals.claim(rehearsal_id), viewer)
            work.rehearsals.delete(rehearsal_id)
            work.commit()
        self._audit.record("rehearsal_deleted", user_id=viewer.user_id, subject=rehearsal_id)

    def _score(self, work: UnitOfWork, record: RehearsalRecord, loaded: Loaded) -> None:
        if not any(_is_spoken(turn) for turn in loaded.rehearsal.turns):
            raise ConflictError("Nothing has been said yet: there is nothing to score.")
        ended = play.finish(loaded.rehearsal)
        score = self._verdicts.on(work, record, ended)
        work.rehearsals.put_score(score)
        now = self._clock.now()
        self._store.save_state(work, replace(record, status=FINISHED, finished_at=now), ended)


def _as_assigned(
    work: UnitOfWork,
    viewer: Viewer,
    assignment_id: str,
    scenario_id: str,
    level: int | None,
    mode: str,
) -> tuple[int | None, str]:
    mine = work.assignments.for_person(viewer.user_id, viewer.role.value, viewer.seniority)
    found = next((one for one in mine if one.id == assignment_id), None)
    if found is None:
        raise NotFoundError("There is no such assignment among yours.")
    if found.scenario_id != scenario_id or (level and found.level and level != found.level):
        raise ConflictError("This assignment is for another scenario or level.")
    return found.level or level, found.mode if found.mode == Mode.EXAM.value else mode


def _is_spoken(turn: RehearsalTurn) -> bool:
    return turn.reading is not None
