"""What trainers set: for a person or a group, with as many attempts as are wanted; and how hard scenarios prove."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.core.coaching.advice import Role
from bot.core.errors import ForbiddenError, InvalidInputError
from bot.services.difficulty import Difficulty
from bot.services.ports import User, Viewer
from bot.services.rehearsal_ports import RehearsalRecord, ScoreRecord
from tests.fakes import RecordedAudit
from tests.people_fakes import MovingClock
from tests.rehearsal_fakes import RehearsalRoom, rehearsal_room, repertoire

CAFE = "cash-flow-cafe"
TARA = Viewer("usr_tara", "Tara", Role.TRAINER)
PEOPLE = ("amina", "ben", "cleo")


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


@pytest.fixture
def room(clock: MovingClock) -> RehearsalRoom:
    users = [
        User("usr_tara", "tara", "Tara", Role.TRAINER, "senior"),
        User("usr_amina", "amina", "Amina", Role.COLLECTOR, "junior"),
        User("usr_ben", "ben", "Ben", Role.COLLECTOR, "senior"),
        User("usr_cleo", "cleo", "Cleo", Role.COLLECTOR, "junior"),
    ]
    return rehearsal_room(users, RecordedAudit(), clock)


def rehearse(
    room: RehearsalRoom,
    clock: MovingClock,
    who: str,
    *,
    assignment: str | None = None,
    score: int | None = 70,
    **changes: Any,
) -> str:
    """A rehearsal of the café, finished unless there is no score."""
    clock.move(minutes=10)
    now = clock.now()
    record = RehearsalRecord(
        id="",
        user_id=f"usr_{who}",
        scenario_id=CAFE,
        scenario_version=1,
        level=1,
        mode="practice",
        seed=1,
        status="open",
        branch="b1",
        branch_count=1,
        started_at=now,
        touched_at=now,
        assignment_id=assignment,
    )
    with room.unit_of_work() as work:
        record = work.rehearsals.add(record, {"parent": None})
        if score is not None:
            card = {"skills": {"empathy": 30}, "weights": {"empathy": 100}, "heat": [3, 1]}
            verdict = {"branch": "b1", "outcome": "plan", "scorecard": card, **changes}
            work.rehearsals.put_score(
                ScoreRecord(
                    rehearsal_id=record.id,
                    user_id=record.user_id,
                    scenario_id=CAFE,
                    level=1,
                    mode="practice",
                    total=score,
                    passed=score >= 60,
                    hints=0,
                    rubric_version=1,
                    scored_at=now,
                    **verdict,
                )
            )
        work.commit()
    return record.id


def test_an_assignment_is_done_after_as_many_finished_attempts_as_are_wanted(
    room: RehearsalRoom, clock: MovingClock
) -> None:
    due = clock.today() + timedelta(days=7)
    made = room.assignments.add(TARA, CAFE, due, user="amina", attempts_wanted=2)
    amina = Viewer("usr_amina", "Amina", Role.COLLECTOR)
    told = []
    for score in (40, None, 80):
        rehearse(room, clock, "amina", assignment=made["id"], score=score)
        [mine] = room.assignments.mine(amina)
        told.append((len(mine["attempts"]), mine["finished"], mine["done"]))

    assert made["attempts_wanted"] == 2
    assert told == [(1, 1, False), (2, 1, False), (3, 2, True)]


def test_a_group_is_a_role_or_those_of_one_seniority(
    room: RehearsalRoom, clock: MovingClock
) -> None:
    due = clock.today() + timedelta(days=7)
    room.assignments.add(TARA, CAFE, due, role="collector", seniority="junior", attempts_wanted=1)
    room.assignments.add(TARA, CAFE, due + timedelta(days=1), role="collector")
    juniors, everybody = room.assignments.all(TARA)

    assert [p["name"] for p in juniors["people"]] == ["Amina", "Cleo"]
    assert [p["name"] for p in everybody["people"]] == ["Amina", "Ben", "Cleo"]


@pytest.mark.parametrize("attempts", [0, -1, 21])
def test_a_number_of_attempts_that_nobody_means_is_refused(
    room: RehearsalRoom, clock: MovingClock, attempts: int
) -> None:
    with pytest.raises(InvalidInputError):
        room.assignments.add(TARA, CAFE, clock.today(), user="amina", attempts_wanted=attempts)


@pytest.mark.parametrize("role", Role)
def test_who_sees_how_hard_scenarios_prove(room: RehearsalRoom, role: Role) -> None:
    report = Difficulty(room.unit_of_work, repertoire)
    viewer = Viewer("usr_x", "X", role)
    if role in (Role.TRAINER, Role.ADMIN, Role.SUPERVISOR):
        assert report.report(viewer) == []
    else:
        with pytest.raises(ForbiddenError):
            report.report(viewer)


def test_the_report_counts_first_branches_of_everybody(
    room: RehearsalRoom, clock: MovingClock
) -> None:
    for name in PEOPLE:
        rehearse(room, clock, name, score=40)
    rehearse(room, clock, "ben", score=90)
    rehearse(room, clock, "ben", score=None)
    rehearse(room, clock, "ben", score=100, branch="b2")
    [row] = Difficulty(room.unit_of_work, repertoire).report(TARA)

    assert row["title"] == repertoire().scenario(CAFE).title
    assert (row["attempts"], row["people"], row["finished"]) == (6, 3, 4)
    assert (row["first"]["median_score"], row["first"]["passed_share"]) == (40, 0)
    assert (row["median_heat_drop"], row["hardest_skill"], row["hung_up"]) == (2, "empathy", 0)
    assert row["later"]["median_score"] is None
    assert (row["few"], row["note"][:4]) == (True, "Only")
