"""When a turn earns the panel."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.coaching.attention import (
    choose_card,
    heat_trend,
    lines_wanted,
    wants_ask,
    wants_avoid,
)
from bot.core.coaching.memory import CallMemory
from bot.core.reading import Entity, HeardLabel
from tests.builders import a_reading
from tests.desks import a_play, a_playbook

BOOK = a_playbook()


def after(label: str, priority: int, turns_ago: int = 1, **changes) -> CallMemory:
    memory = CallMemory(
        client_turns=10 + turns_ago,
        card=label,
        card_priority=priority,
        card_turn=10,
        card_labels=(label,),
    )
    return replace(memory, **changes)


@pytest.mark.parametrize("label", ["neutral", "out_of_scope"])
def test_small_talk_and_other_matters_stay_silent(label):
    assert ((), "quiet") == _of(choose_card(CallMemory(), a_reading(label), BOOK))


def test_an_unsure_reading_says_not_sure_and_shows_nothing():
    assert ((), "not_sure") == _of(choose_card(CallMemory(), a_reading(flags=("unsure",)), BOOK))


def test_the_weightiest_label_leads():
    choice = choose_card(CallMemory(), a_reading("stalling", "legal_threat", "cash_flow"), BOOK)

    assert ["legal_threat", "cash_flow", "stalling"] == [play.label for play in choice.plays]


def test_confidence_decides_between_equals():
    reading = a_reading(
        labels=(HeardLabel("terms_dispute", 0.5), HeardLabel("invoice_dispute", 0.8))
    )

    assert "invoice_dispute" == choose_card(CallMemory(), reading, BOOK).leader.label


def test_a_do_not_trigger_phrase_keeps_the_card_away():
    book = a_playbook(a_play("stalling", do_not_trigger=("the year end",)))
    reading = a_reading("stalling", text="It's The Year-end... the year end, you see")

    assert not choose_card(CallMemory(), reading, book).plays


def test_the_same_card_rests_for_its_cooldown():
    reading = a_reading("stalling")

    assert "cooldown" == choose_card(after("stalling", 40, 2), reading, BOOK).outcome
    assert choose_card(after("stalling", 40, 3), reading, BOOK).plays


def test_rising_heat_breaks_the_cooldown():
    assert choose_card(after("stalling", 40), a_reading("stalling", heat=2), BOOK).plays


def test_figures_break_the_cooldown():
    money = Entity("money", {"amount": "500", "currency": "GBP"}, "500", 0, 3)
    reading = a_reading("plan_request", entities=(money,))

    assert choose_card(after("plan_request", 55), reading, BOOK).plays


def test_a_lighter_card_waits_until_the_weightier_has_been_answered():
    heavy = after("legal_threat", 80)

    assert "outranked" == choose_card(heavy, a_reading("stalling"), BOOK).outcome
    assert choose_card(replace(heavy, answered=True), a_reading("stalling"), BOOK).plays


def test_a_weightier_card_comes_at_once():
    assert choose_card(after("stalling", 40), a_reading("abuse"), BOOK).plays


def test_a_promise_comes_whatever_stands():
    reading = a_reading("promise_to_pay")

    assert choose_card(after("legal_threat", 80, 0), reading, BOOK).plays


def test_seniors_see_less_than_juniors():
    play = a_play("stalling")

    assert (3, 1) == (lines_wanted(play, 0, "junior"), lines_wanted(play, 0, "senior"))
    assert 2 == lines_wanted(a_play("legal_threat", 80), 0, "senior")
    assert (True, False) == (wants_ask(play, 0, "junior"), wants_ask(play, 0, "senior"))
    assert (True, False) == (wants_avoid(play, 1, "junior"), wants_avoid(play, 1, "senior"))
    assert (
        "cooldown"
        == choose_card(after("stalling", 40, 4), a_reading("stalling"), BOOK, "senior").outcome
    )


@pytest.mark.parametrize(
    ("path", "trend"),
    [
        ((), "steady"),
        ((2,), "steady"),
        ((0, 0, 1), "rising"),
        ((3, 3, 2, 0), "falling"),
        ((1, 3, 1), "steady"),
    ],
)
def test_the_trend_is_that_of_the_last_three_turns(path, trend):
    assert trend == heat_trend(path)


def _of(choice):
    return choice.plays, choice.outcome
