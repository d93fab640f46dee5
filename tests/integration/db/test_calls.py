"""Calls and turns: numbered without gaps, stored once, answered in one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, insert

from bot.core.coaching.advice import Role
from bot.core.errors import ConflictError, InvalidInputError, NotFoundError
from bot.core.labels import Speaker
from bot.db import tables as t
from bot.db.unit_of_work import SqlUnitOfWork
from bot.services.ports import Viewer
from tests.integration.db.rows import NOW, a_client_row

SAM = Viewer("usr_sam", "sam", Role.COLLECTOR)
PRIYA = Viewer("usr_priya", "priya", Role.COLLECTOR)
OMAR = Viewer("usr_omar", "omar", Role.SUPERVISOR)

Start = Callable[[], SqlUnitOfWork]


@pytest.fixture
def call_id(engine: Engine, start_work: Start) -> str:
    """A call of Sam's that is open."""
    with engine.begin() as connection:
        connection.execute(insert(t.clients), [a_client_row(owner_id="usr_sam")])
    with start_work() as work:
        call = work.calls.open("cli_1", "usr_sam", NOW)
        work.commit()
    return call.id


def say(start: Start, call_id: str, text: str, segment_id: str | None = None) -> tuple[int, bool]:
    """Store a client turn; its number and whether it was new."""
    with start() as work:
        turn, is_new = work.calls.add_turn(call_id, Speaker.CLIENT, text, NOW, segment_id)
        work.commit()
    return turn.index, is_new


def test_a_call_belongs_to_who_opened_it(start_work: Start, call_id: str) -> None:
    with start_work() as work:
        assert work.calls.get(call_id, SAM).status == "open"
        assert work.calls.get(call_id, OMAR).account_id == "cli_1"
        with pytest.raises(NotFoundError):
            work.calls.get(call_id, PRIYA)


def test_a_segment_that_comes_again_is_the_same_turn(start_work: Start, call_id: str) -> None:
    assert say(start_work, call_id, "hello", "s1") == (0, True)
    assert say(start_work, call_id, "hello again", "s1") == (0, False)
    assert say(start_work, call_id, "next", "s2") == (1, True)
    with start_work() as work:
        assert [turn.text for turn in work.calls.turns(call_id)] == ["hello", "next"]
        assert [turn.index for turn in work.calls.turns(call_id, after=0)] == [1]


def test_turns_that_arrive_together_are_numbered_without_gaps(
    start_work: Start, call_id: str
) -> None:
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda n: say(start_work, call_id, str(n), f"s{n % 20}"), range(40)))
    assert sorted(index for index, is_new in said if is_new) == list(range(20))
    with start_work() as work:
        assert [turn.index for turn in work.calls.turns(call_id)] == list(range(20))


def test_an_answer_and_the_memory_are_stored_together(start_work: Start, call_id: str) -> None:
    say(start_work, call_id, '/restart {"a": 1} 😀\x00', None)
    with start_work() as work:
        (turn,) = work.calls.turns(call_id)
        assert (turn.reading, turn.text) == (None, '/restart {"a": 1} 😀')
        work.calls.answer_turn(turn.id, {"heat": 2}, {"silent": False}, {"turns": 1})
        work.commit()
    with start_work() as work:
        assert work.calls.get_turn(turn.id).reading == {"heat": 2}
        assert work.calls.get(call_id, SAM).memory == {"turns": 1}


def test_a_closed_call_takes_no_turns_and_closes_once(start_work: Start, call_id: str) -> None:
    with start_work() as work:
        work.calls.close(call_id, NOW, {"outcome": "promise"})
        work.commit()
    with pytest.raises(ConflictError):
        say(start_work, call_id, "still there?")
    with start_work() as work:
        with pytest.raises(ConflictError):
            work.calls.close(call_id, NOW, {})
        assert work.calls.get(call_id, SAM).summary == {"outcome": "promise"}


def test_unknown_calls_and_turns_are_not_found(start_work: Start, call_id: str) -> None:
    with pytest.raises(NotFoundError):
        say(start_work, "call_nobody", "hello")
    with start_work() as work:
        with pytest.raises(NotFoundError):
            work.calls.get_turn("turn_nobody")
        with pytest.raises(NotFoundError):
            work.calls.answer_turn("turn_nobody", {}, {}, {})


def test_feedback_and_escalation_are_kept(engine: Engine, start_work: Start, call_id: str) -> None:
    say(start_work, call_id, "hello")
    with start_work() as work:
        (turn,) = work.calls.turns(call_id)
        work.calls.add_feedback(turn.id, "usr_sam", "misheard", None, ["stalling"], NOW)
        with pytest.raises(InvalidInputError):
            work.calls.add_feedback(turn.id, "usr_sam", "liked", None, None, NOW)
        packet = {"exposure": "4850.10"}
        work.calls.add_escalation(call_id, "cli_1", "handed_over", packet, "usr_sam", NOW)
        work.commit()
    with engine.connect() as connection:
        assert connection.scalar(
            t.turn_feedback.select().with_only_columns(t.turn_feedback.c.labels)
        ) == ["stalling"]
    with start_work() as work:
        assert work.calls.get(call_id, SAM).packet == packet
