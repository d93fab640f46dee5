"""Corrections in a real database: grouped by turn and labels, and decided on once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, insert, select

from bot.core.errors import ConflictError, NotFoundError
from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from bot.db import tables as t
from bot.db.engine import open_engine
from bot.db.migrate import downgrade, upgrade
from bot.db.unit_of_work import SqlUnitOfWork
from bot.services.correction_ports import ACCEPTED, DISMISSED, Review
from tests.integration.db.rows import NOW, a_client_row
from tests.integration.db.test_rehearsals import a_rehearsal, a_turn

Start = Callable[[], SqlUnitOfWork]

WORDS = "we settle at month end"
ACCEPT = Review(ACCEPTED, "usr_omar", NOW, line={"text": WORDS})
DISMISS = Review(DISMISSED, "usr_priya", NOW, reason="half a sentence")


@pytest.fixture
def turn(engine: Engine, start_work: Start) -> str:
    """A client's turn on Sam's call, heard as stalling."""
    with engine.begin() as connection:
        connection.execute(insert(t.clients), [a_client_row()])
    with start_work() as work:
        call = work.calls.open("cli_1", "usr_sam", NOW)
        turn, _ = work.calls.add_turn(call.id, Speaker.CLIENT, WORDS, NOW, None)
        heard = Reading(Speaker.CLIENT, WORDS, (HeardLabel("stalling", 0.6, "month end"),), 2)
        work.calls.answer_turn(turn.id, heard.as_json(), {}, {})
        work.commit()
    return turn.id


def say(start_work: Start, turn: str, user: str, *labels: str, minutes: int = 0) -> None:
    """Somebody says what the turn should have been."""
    with start_work() as work:
        at = NOW + timedelta(minutes=minutes)
        work.calls.add_feedback(turn, f"usr_{user}", "misheard", None, labels, at)
        work.commit()


def test_a_correction_has_the_words_what_was_heard_and_who_said_otherwise(
    start_work: Start, turn: str
) -> None:
    say(start_work, turn, "sam", "terms_dispute")
    with start_work() as work:
        [found] = work.corrections.open(9)
        assert work.corrections.get(found.id) == found

    assert (found.text, found.speaker, found.account_id) == (WORDS, Speaker.CLIENT, "cli_1")
    assert [(label.name, label.confidence) for label in found.heard] == [("stalling", 0.6)]
    assert (found.heat, found.labels, found.said_by) == (2, ("terms_dispute",), ("Sam",))


def test_the_same_labels_in_any_order_are_one_correction_of_several_people(
    start_work: Start, turn: str
) -> None:
    say(start_work, turn, "sam", "terms_dispute", "abuse")
    say(start_work, turn, "priya", "abuse", "terms_dispute", minutes=1)
    say(start_work, turn, "sam", "terms_dispute", "abuse", minutes=2)
    with start_work() as work:
        [found] = work.corrections.open(9)

    assert found.labels == ("terms_dispute", "abuse")
    assert found.said_by == ("Sam", "Priya")
    assert found.said_at == NOW + timedelta(minutes=2)


def test_other_labels_are_another_correction_and_the_newest_comes_first(
    start_work: Start, turn: str
) -> None:
    say(start_work, turn, "sam", "terms_dispute")
    say(start_work, turn, "priya", "refusal", minutes=1)
    say(start_work, turn, "priya", minutes=2)
    with start_work() as work:
        found = work.corrections.open(9)
        assert len(work.corrections.open(2)) == 2

    assert [each.labels for each in found] == [(), ("refusal",), ("terms_dispute",)]


def test_other_feedback_is_no_correction(start_work: Start, turn: str) -> None:
    with start_work() as work:
        work.calls.add_feedback(turn, "usr_sam", "used", "stalling-01", None, NOW)
        work.calls.add_feedback(turn, "usr_sam", "misheard", None, None, NOW)
        work.commit()
        assert list(work.corrections.open(9)) == []


@pytest.mark.parametrize("review", [ACCEPT, DISMISS])
def test_what_was_decided_waits_no_more_even_if_said_again(
    start_work: Start, turn: str, review: Review
) -> None:
    say(start_work, turn, "sam", "terms_dispute")
    with start_work() as work:
        [found] = work.corrections.open(9)
        work.corrections.decide(found, review)
        work.commit()
    say(start_work, turn, "priya", "terms_dispute", minutes=5)
    with start_work() as work:
        assert list(work.corrections.open(9)) == []
        assert work.corrections.get(found.id).said_by == ("Sam", "Priya")


def test_a_second_decision_is_told_who_was_first(start_work: Start, turn: str) -> None:
    say(start_work, turn, "sam", "terms_dispute")
    with start_work() as work:
        [found] = work.corrections.open(9)
        work.corrections.decide(found, DISMISS)
        work.commit()
    with start_work() as work, pytest.raises(ConflictError, match="Priya has dismissed"):
        work.corrections.decide(found, ACCEPT)


def test_of_two_decisions_at_once_one_holds(
    start_work: Start, turn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(start_work, turn, "sam", "terms_dispute")
    with start_work() as work:
        [found] = work.corrections.open(9)
        work.corrections.decide(found, DISMISS)
        work.commit()
    with start_work() as work:
        # As if the first decision had come between the look and the write.
        monkeypatch.setattr(work.corrections, "_refuse_a_second", lambda *_: None)
        with pytest.raises(ConflictError, match="a moment ago"):
            work.corrections.decide(found, ACCEPT)


def test_what_is_not_committed_is_still_open(start_work: Start, turn: str) -> None:
    say(start_work, turn, "sam", "terms_dispute")
    with start_work() as work:
        work.corrections.decide(work.corrections.open(9)[0], ACCEPT)
    with start_work() as work:
        assert len(work.corrections.open(9)) == 1


def test_an_unknown_correction_is_not_found(start_work: Start, turn: str) -> None:
    with start_work() as work, pytest.raises(NotFoundError):
        work.corrections.get("fbk_none")


def test_a_collectors_turn_has_no_heat(start_work: Start, turn: str) -> None:
    say(start_work, turn, "sam", "terms_dispute")
    with start_work() as work:
        call_id = work.calls.get_turn(turn).call_id
        said, _ = work.calls.add_turn(call_id, Speaker.COLLECTOR, "I am sorry", NOW, None)
        work.commit()
    say(start_work, said.id, "sam", "apologise", minutes=1)
    with start_work() as work:
        found = work.corrections.open(9)[0]

    assert (found.heat, found.heard) == (None, ())


def test_feedback_from_before_keeps_its_labels_and_becomes_a_correction(
    database_url: str, engine: Engine, start_work: Start, turn: str
) -> None:
    say(start_work, turn, "sam", "terms_dispute", "abuse")
    engine.dispose()
    downgrade(database_url, "0003")
    upgrade(database_url)

    again = open_engine(database_url)
    with again.connect() as connection:
        keys = connection.execute(select(t.turn_feedback.c.labels_key)).scalars().all()
    again.dispose()
    assert keys == ["abuse,terms_dispute"]
    with start_work() as work:
        [found] = work.corrections.open(9)
    assert found == replace(found, labels=("terms_dispute", "abuse"))


@pytest.fixture
def rehearsed(start_work: Start) -> tuple[str, str]:
    """Sam's rehearsal with one turn of Sam's, heard as an argument: the ids of both."""
    text = "I see why you are cross"
    heard = Reading(Speaker.COLLECTOR, text, (HeardLabel("argue", 0.5, text),))
    with start_work() as work:
        record = work.rehearsals.add(a_rehearsal(), {"parent": None})
        document = {"reading": heard.as_json()}
        turn = work.rehearsals.add_turn(a_turn(record.id, text=text, document=document))
        work.commit()
    return record.id, turn.id


def tell(start_work: Start, rehearsed: tuple[str, str], *labels: str, minutes: int = 0) -> bool:
    """Sam says what the rehearsed turn should have been."""
    with start_work() as work:
        at = NOW + timedelta(minutes=minutes)
        is_new = work.corrections.add_rehearsed(*rehearsed, "usr_sam", labels, at)
        work.commit()
    return is_new


def test_a_rehearsed_turn_stands_among_those_of_calls_by_the_hour(
    start_work: Start, turn: str, rehearsed: tuple[str, str]
) -> None:
    say(start_work, turn, "sam", "terms_dispute", minutes=1)
    tell(start_work, rehearsed, "acknowledge", minutes=2)
    tell(start_work, rehearsed, "paraphrase")
    with start_work() as work:
        found = work.corrections.open(9)
        assert [each.turn_id for each in found] == [rehearsed[1], turn, rehearsed[1]]
        assert work.corrections.open(1) == found[:1]
        assert work.corrections.get(found[0].id) == found[0]

    newest = found[0]
    assert (newest.speaker, newest.heat, newest.labels) == (
        Speaker.COLLECTOR,
        None,
        ("acknowledge",),
    )
    assert (newest.call_id, newest.account_id) == (None, None)
    assert (newest.rehearsal_id, newest.scenario_id) == (rehearsed[0], a_rehearsal().scenario_id)
    assert [label.name for label in newest.heard] == ["argue"]
    assert newest.said_by == ("Sam",)


def test_the_same_said_twice_of_a_rehearsed_turn_is_one(
    start_work: Start, rehearsed: tuple[str, str]
) -> None:
    assert tell(start_work, rehearsed, "acknowledge", "apologise")
    assert not tell(start_work, rehearsed, "apologise", "acknowledge", minutes=1)
    with start_work() as work:
        assert len(work.corrections.open(9)) == 1
        assert work.corrections.rehearsed(rehearsed[0]) == [
            (rehearsed[1], ("acknowledge", "apologise"))
        ]


@pytest.mark.parametrize(
    ("first", "says"), [(ACCEPT, "Omar has added"), (DISMISS, "Priya has dismissed")]
)
def test_a_rehearsed_turn_is_decided_on_once(
    start_work: Start, rehearsed: tuple[str, str], first: Review, says: str
) -> None:
    tell(start_work, rehearsed, "acknowledge")
    with start_work() as work:
        [correction] = work.corrections.open(9)
        work.corrections.decide(correction, first)
        work.commit()
    with start_work() as work:
        assert work.corrections.open(9) == []
        with pytest.raises(ConflictError, match=says):
            work.corrections.decide(correction, DISMISS)


def test_what_was_said_of_a_rehearsal_goes_with_it(
    start_work: Start, rehearsed: tuple[str, str]
) -> None:
    tell(start_work, rehearsed, "acknowledge")
    with start_work() as work:
        [correction] = work.corrections.open(9)
        work.rehearsals.delete(rehearsed[0])
        work.commit()
    with start_work() as work:
        assert work.corrections.open(9) == []
        with pytest.raises(NotFoundError):
            work.corrections.get(correction.id)
        with pytest.raises(NotFoundError):
            work.corrections.decide(correction, DISMISS)
