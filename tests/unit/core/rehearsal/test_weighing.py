"""Which faults the client takes offence at: those that the rubric would believe, and none heard faintly beside a good move."""

from __future__ import annotations

from bot.core.labels import FAULTS, Move, Speaker
from bot.core.reading import Entity, HeardLabel, Reading
from bot.core.rehearsal.collector_acts import Before, acts_of_collector
from bot.core.rehearsal.rehearsal import take
from bot.core.rehearsal.scorecard import ScoredTurn
from bot.core.rehearsal.weighing import weighed
from tests.unit.core.rehearsal.cases import DESK, Call, day, money


def read(text: str, *heard: tuple[str, float]) -> Reading:
    labels = tuple(HeardLabel(str(name), sure, text) for name, sure in heard)
    return Reading(Speaker.COLLECTOR, text, labels)


def taken(reading: Reading) -> Call:
    call = Call(2).say(Move.GREET_IDENTIFY, text="Amina of Northgate here.")
    call.now = take(call.now, call.scenario, call.persona, reading, DESK)
    return call


def test_a_fault_heard_faintly_beside_a_sure_good_move_costs_nothing() -> None:
    call = taken(
        read("I can see why that annoys you.", (Move.ACKNOWLEDGE, 0.97), (Move.BLAME, 0.3))
    )
    assert call.rules == {"acknowledged_first", "tired"}
    assert call.mine.note.did == "You acknowledged it."


def test_a_sure_fault_counts_though_something_kind_was_heard_faintly() -> None:
    call = taken(read("You people never learn.", (Move.BLAME, 0.97), (Move.ACKNOWLEDGE, 0.2)))
    assert "blame" in call.rules


def test_plain_words_of_a_fault_count_though_the_recogniser_missed_it() -> None:
    assert "argue" in taken(read("Calm down.", (Move.NEUTRAL, 0.6))).rules


def test_a_fault_that_is_not_believed_puzzles_nobody() -> None:
    call = taken(read("It's a private matter, so only with her.", (Move.DISCLOSE, 0.72)))
    assert {"disclose", "not_understood"}.isdisjoint(call.rules)


def test_where_nothing_is_sure_the_plain_words_speak() -> None:
    assert "acknowledged_first" in taken(read("I can see why that annoys you.")).rules


def test_a_sum_and_a_day_in_one_question_ask_for_a_payment() -> None:
    text = "The £500, would seven days from now suit you?"
    figures = (
        Entity("money", {"amount": "500", "currency": "GBP"}, "£500", 4, 8),
        Entity("date", "2026-03-17", "seven days from now", 16, 35),
    )
    call = Call(1).won_over()
    reading = weighed(Reading(Speaker.COLLECTOR, text, entities=figures), call.now, call.scenario)
    assert Move.SEEK_COMMITMENT in reading.names


def test_a_yes_to_the_clients_own_terms_is_taken_up_though_nothing_was_heard() -> None:
    call = Call().won_over()
    call.say(Move.OFFER_PART_PAYMENT, text="All of it?", entities=(money(2040), day(3)))
    reading = read("Grand, that'll work, let's do that.")
    call.now = take(call.now, call.scenario, call.persona, reading, DESK)
    assert call.state.promise is not None
    assert not call.state.recapped


def test_the_client_and_the_rubric_believe_the_same_faults() -> None:
    call = Call(1)
    for text, *heard in (
        ("Fair enough, but whatever.", (Move.DISMISS, 0.5), (Move.ACKNOWLEDGE, 0.6)),
        ("You should have planned for that.", (Move.BLAME, 0.9)),
        ("Nobody will send bailiffs to you.", (Move.THREATEN, 0.7)),
        ("Pay up or we take you to court.", (Move.THREATEN, 0.99)),
    ):
        reading = read(text, *heard)
        before = Before(own_turns=0, answered=call.theirs.text)
        acts = acts_of_collector(ScoredTurn.of(1, reading), text, before)
        client = weighed(reading, call.now, call.scenario)
        assert FAULTS & set(client.names) == FAULTS & acts.keys()


def test_weighing_twice_changes_nothing() -> None:
    call = Call(1)
    once = weighed(read("Calm down.", (Move.BLAME, 0.2)), call.now, call.scenario)
    assert weighed(once, call.now, call.scenario) == once
