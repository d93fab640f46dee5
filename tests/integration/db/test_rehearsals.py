"""Rehearsals in SQL: kept whole, one turn of a number, segments once, and gone without a trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.errors import ConflictError, NotFoundError
from bot.core.labels import Speaker
from bot.db.unit_of_work import SqlUnitOfWork
from bot.services.rehearsal_ports import (
    AssignmentRecord,
    RehearsalRecord,
    RehearsalTurnRecord,
    ScoreRecord,
)

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
Start = Callable[[], SqlUnitOfWork]


def a_rehearsal(**changes: object) -> RehearsalRecord:
    record = RehearsalRecord(
        id="",
        user_id="usr_sam",
        scenario_id="disputed-terms-haulier",
        scenario_version=1,
        level=2,
        mode="practice",
        seed=2**31 - 2,
        status="open",
        branch="b1",
        branch_count=1,
        started_at=AT,
        touched_at=AT,
    )
    return replace(record, **changes)


def a_turn(rehearsal: str, index: int = 0, **changes: object) -> RehearsalTurnRecord:
    turn = RehearsalTurnRecord("", rehearsal, "b1", index, Speaker.COLLECTOR, "Hello", AT)
    return replace(turn, **changes)


def a_score(rehearsal: str, **changes: object) -> ScoreRecord:
    score = ScoreRecord(
        rehearsal_id=rehearsal,
        branch="b1",
        user_id="usr_sam",
        scenario_id="disputed-terms-haulier",
        level=2,
        mode="practice",
        total=72,
        passed=True,
        outcome="plan",
        hints=0,
        rubric_version=1,
        scored_at=AT,
        scorecard={"skills": {"empathy": 80}},
        debrief={},
    )
    return replace(score, **changes)


@pytest.fixture
def stored(start_work: Start) -> RehearsalRecord:
    with start_work() as work:
        record = work.rehearsals.add(a_rehearsal(), {"parent": None})
        work.commit()
    return record


def test_a_rehearsal_comes_back_as_it_was_stored(
    start_work: Start, stored: RehearsalRecord
) -> None:
    with start_work() as work:
        assert work.rehearsals.get(stored.id) == stored
        assert work.rehearsals.branch(stored.id, "b1").header == {"parent": None}
        assert [r.id for r in work.rehearsals.of_user("usr_sam")] == [stored.id]
        assert work.rehearsals.of_user("usr_priya") == []


def test_turns_stand_in_order_and_one_waits(start_work: Start, stored: RehearsalRecord) -> None:
    with start_work() as work:
        first = work.rehearsals.add_turn(a_turn(stored.id, 0, document={"text": "a\x00"[:1]}))
        waiting = work.rehearsals.add_turn(a_turn(stored.id, 1, segment_id="s1", text="x\x00y"))
        work.commit()
    with start_work() as work:
        assert [t.id for t in work.rehearsals.turns(stored.id, "b1")] == [first.id, waiting.id]
        assert work.rehearsals.last_turn(stored.id, "b1") == waiting
        assert work.rehearsals.segment(stored.id, "s1") == waiting
        assert waiting.text == "xy"
        work.rehearsals.answer_turn(waiting.id, {"heard": True})
        assert work.rehearsals.get_turn(waiting.id).document == {"heard": True}


@pytest.mark.parametrize("same", [{"index": 0}, {"index": 1, "segment_id": "s1"}])
def test_a_number_and_a_segment_are_given_once(
    start_work: Start, stored: RehearsalRecord, same: dict[str, object]
) -> None:
    with start_work() as work:
        work.rehearsals.add_turn(a_turn(stored.id, 0, segment_id="s1"))
        with pytest.raises(ConflictError):
            work.rehearsals.add_turn(a_turn(stored.id, **{"index": 1, **same}))


def test_what_was_not_committed_is_gone(start_work: Start, stored: RehearsalRecord) -> None:
    with start_work() as work:
        work.rehearsals.add_turn(a_turn(stored.id))
    with start_work() as work:
        assert work.rehearsals.turns(stored.id, "b1") == []


def test_a_verdict_takes_the_place_of_an_earlier_one(
    start_work: Start, stored: RehearsalRecord
) -> None:
    with start_work() as work:
        work.rehearsals.put_score(a_score(stored.id, total=50))
        work.rehearsals.put_score(a_score(stored.id, total=72))
        assert [s.total for s in work.rehearsals.scores_of(stored.id)] == [72]
        assert work.rehearsals.scores_of_user("usr_sam")[0].scorecard == {"skills": {"empathy": 80}}


def test_branches_are_in_the_order_in_which_they_were_cut(
    start_work: Start, stored: RehearsalRecord
) -> None:
    with start_work() as work:
        for number in (11, 2, 10):
            work.rehearsals.set_branch(stored.id, f"b{number}", {"n": number}, AT)
        work.rehearsals.set_branch(stored.id, "b2", {"n": 3}, AT)
        found = work.rehearsals.branches(stored.id)
    assert [branch.name for branch in found] == ["b1", "b2", "b10", "b11"]
    assert found[1].header == {"n": 3}


def test_deleting_takes_everything(start_work: Start, stored: RehearsalRecord) -> None:
    with start_work() as work:
        turn = work.rehearsals.add_turn(a_turn(stored.id))
        work.rehearsals.put_score(a_score(stored.id))
        work.rehearsals.delete(stored.id)
        work.commit()
    with start_work() as work:
        for missing in (
            lambda: work.rehearsals.get(stored.id),
            lambda: work.rehearsals.get_turn(turn.id),
            lambda: work.rehearsals.branch(stored.id, "b1"),
            lambda: work.rehearsals.delete(stored.id),
            lambda: work.rehearsals.claim(stored.id),
        ):
            with pytest.raises(NotFoundError):
                missing()
        assert work.rehearsals.scores_of_user("usr_sam") == []


def test_assignments_reach_a_person_by_name_role_and_seniority(start_work: Start) -> None:
    base = AssignmentRecord("", "cash-flow-cafe", "exam", date(2026, 12, 1), "usr_omar", AT)
    with start_work() as work:
        by_name = work.assignments.add(replace(base, user_id="usr_sam"))
        by_role = work.assignments.add(
            replace(base, role="collector", due_on=base.due_on - timedelta(days=1))
        )
        seniors = work.assignments.add(replace(base, role="collector", seniority="senior"))
        work.commit()
    with start_work() as work:
        assert [a.id for a in work.assignments.for_person("usr_sam", "collector", "junior")] == [
            by_role,
            by_name,
        ]
        assert {a.id for a in work.assignments.for_person("usr_priya", "collector", "senior")} == {
            by_role,
            seniors,
        }
        work.assignments.withdraw(by_role, AT)
        assert len(work.assignments.all()) == 2
        for gone in (work.assignments.get, lambda name: work.assignments.withdraw(name, AT)):
            with pytest.raises(NotFoundError):
                gone(by_role)
