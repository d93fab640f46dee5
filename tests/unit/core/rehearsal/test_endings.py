"""How a call ends: by farewell and not by thanks, with what was agreed in the last breath, and with undertakings kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.labels import Move
from bot.core.rehearsal.record import Rehearsal
from bot.core.rehearsal.state import Ended
from tests.unit.core.rehearsal.cases import Call, day, money


def countered() -> Call:
    """A call in which the client has put £500 today and £1,540 in 62 days on the table."""
    return (
        Call()
        .won_over()
        .say(Move.OFFER_PART_PAYMENT, text="All of it?", entities=(money(2040), day(3)))
    )


def test_what_is_agreed_and_closed_in_one_turn_ends_agreed() -> None:
    call = countered().say(
        Move.CONFIRM_AGREEMENT, Move.CLOSE_POLITELY, text="Agreed, that's noted. Goodbye."
    )
    assert call.state.promise is not None
    assert call.state.ended is Ended.AGREED


def test_who_disagrees_with_the_last_summary_stays_on_the_line() -> None:
    call = Call().won_over()
    call.say(
        Move.CONFIRM_AGREEMENT,
        Move.CLOSE_POLITELY,
        text="So it is all of it on Friday. Goodbye.",
        entities=(money(2040), day(3)),
    )
    assert not call.now.is_over
    assert call.state.counter is not None


@pytest.mark.parametrize(
    "thanks",
    ["Thank you for telling me.", "Thanks, that's helpful.", "Thank you very much, Dermot."],
)
def test_thanks_in_mid_call_do_not_end_it(thanks: str) -> None:
    assert not Call().won_over().say(Move.CLOSE_POLITELY, text=thanks).now.is_over


@pytest.mark.parametrize(
    "farewell",
    [
        "Thank you for your time. Goodbye.",
        "Take care, Dermot.",
        "Have a good afternoon.",
        "I'll let you get on.",
        "That's everything from me, thanks for calling.",
    ],
)
def test_words_of_farewell_end_it(farewell: str) -> None:
    call = Call().say(Move.GREET_IDENTIFY).say(Move.ACKNOWLEDGE)
    assert call.say(Move.CLOSE_POLITELY, text=farewell).now.is_over


def test_thanks_end_it_once_all_is_agreed_unless_they_are_for_something_told() -> None:
    call = countered().say(Move.SEEK_COMMITMENT, text="Agreed, let's do that.")
    assert not call.say(Move.CLOSE_POLITELY, text="Thank you for telling me.").now.is_over
    call.say(Move.CLOSE_POLITELY, text="It's all on file, thank you very much.")
    assert call.state.ended is Ended.AGREED


def test_goodbye_ends_it_even_where_an_offer_was_heard_too() -> None:
    call = countered().say(Move.SEEK_COMMITMENT, text="Agreed, let's do that.")
    call.say(
        Move.CLOSE_POLITELY, Move.OFFER_CONCESSION, text="I'll ring in a week about it. Goodbye."
    )
    assert call.state.ended is Ended.AGREED


def test_a_fresh_undertaking_needs_no_second_mention() -> None:
    call = Call().say(Move.GREET_IDENTIFY).say(Move.ACKNOWLEDGE)
    call.say(Move.SEND_DOCUMENTS, text="I'll send it.").say(Move.CLOSE_POLITELY, text="Goodbye.")
    assert "word_forgotten" not in call.rules
    assert call.now.is_over


def test_an_undertaking_that_was_summed_up_is_kept() -> None:
    call = Call().say(Move.GREET_IDENTIFY).say(Move.ACKNOWLEDGE)
    call.say(Move.SEND_DOCUMENTS, text="I'll send it.")
    call.say(Move.CONFIRM_AGREEMENT, text="So that is what we both do.")
    for words in ("One.", "Two.", "Three."):
        call.say(Move.ACKNOWLEDGE, text=words)
    assert "word_forgotten" not in call.say(Move.CLOSE_POLITELY, text="Goodbye.").rules


def test_who_pays_only_after_a_hand_over_stays_to_settle_the_rest() -> None:
    call = Call(pays_only_after=("escalate",)).won_over()
    call.say(Move.OFFER_PART_PAYMENT, text="Half?", entities=(money(500), day(0), day(62)))
    assert call.state.answers[-1].reason == "needs_escalate"
    call.now = _asked_for_the_manager(call)
    call.say(Move.ESCALATE, text="I'm putting my supervisor on it now.")
    assert not call.now.is_over
    call.say(Move.OFFER_PART_PAYMENT, text="So half?", entities=(money(500), day(0), day(62)))
    assert call.state.promise is not None


def test_a_hand_over_with_a_question_before_it_goes_on() -> None:
    call = Call().say(Move.GREET_IDENTIFY)
    call.now = _asked_for_the_manager(call)
    words = "My supervisor will ring you. What should she know?"
    assert not call.say(Move.ESCALATE, Move.OPEN_QUESTION, text=words).now.is_over


def _asked_for_the_manager(call: Call) -> Rehearsal:
    return replace(call.now, state=replace(call.state, manager_asked=2))
