"""How the simulated client takes what a trainee does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.labels import FAULTS, Move
from bot.core.rehearsal.reaction_rules import MOST_CALMED
from bot.core.rehearsal.state import Ended
from tests.unit.core.rehearsal.cases import Call, a_persona


def change(call: Call) -> tuple[int, int]:
    """What the last turn did to temper and trust."""
    before = call.now.turns[-3].state
    return call.mine.state.temper - before.temper, call.mine.state.trust - before.trust


def opened(level: int = 2, **changes: object) -> Call:
    return Call(level, **changes).say(Move.GREET_IDENTIFY, text="Amina of Northgate here.")


def test_being_acknowledged_first_calms_and_wins_trust() -> None:
    temper, trust = change(opened().say(Move.ACKNOWLEDGE))
    assert temper < -8
    assert trust > 5


def test_options_before_any_ear_make_an_angry_client_worse() -> None:
    call = opened().say(Move.OFFER_PLAN)
    temper, trust = change(call)
    assert "options_before_ear" in call.rules
    assert temper > 0 > trust


def test_options_in_the_same_breath_as_an_acknowledgement_are_not_held_against_it() -> None:
    assert "options_before_ear" not in opened().say(Move.ACKNOWLEDGE, Move.OFFER_PLAN).rules


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_every_fault_heats_and_costs_trust(fault: str) -> None:
    told = "Your husband still owes us £2,000 on his account."
    temper, trust = change(opened().say(fault, text=told))
    assert temper > 0 > trust


def test_disclosure_ends_trust() -> None:
    told = "Your husband still owes us £2,000 on his account."
    assert opened().say(Move.DISCLOSE, text=told).state.trust == 0


def test_a_kind_word_beside_a_fault_is_not_believed() -> None:
    call = opened().say(Move.ACKNOWLEDGE, Move.ARGUE, text="I do see that. Now calm down.")
    assert change(call)[0] > 0
    assert not call.state.acknowledged


def test_a_soft_spot_calms_more_and_a_sore_spot_hurts_more() -> None:
    soft = replace(a_persona(), soft_spots=("acknowledge",), sore_spots=("argue",))
    plain, touched = opened().say(Move.ACKNOWLEDGE), opened(persona=soft).say(Move.ACKNOWLEDGE)
    assert change(touched)[0] < change(plain)[0]
    plain, touched = opened().say(Move.ARGUE), opened(persona=soft).say(Move.ARGUE)
    assert change(touched)[0] > change(plain)[0]


@pytest.mark.parametrize("level", [1, 2, 3])
def test_one_turn_never_undoes_it_all_however_much_good_it_holds(level: int) -> None:
    every = (Move.ACKNOWLEDGE, Move.APOLOGISE, Move.PARAPHRASE, Move.LOG_DISPUTE)
    call = opened(level).say(*every, Move.SEND_DOCUMENTS, text="I'm sorry. That is on us.")
    assert -MOST_CALMED[level] <= change(call)[0] < -8


def test_an_apology_counts_once() -> None:
    call = opened().say(Move.APOLOGISE, text="I'm sorry about the letter.")
    assert change(call)[1] > 0
    temper, trust = change(call.say(Move.APOLOGISE, text="Sorry again."))
    assert temper >= 0
    assert trust <= 0


def test_empty_empathy_loses_its_effect() -> None:
    call = opened()
    for words in ("I understand.", "I do understand.", "I really understand."):
        call.say(Move.ACKNOWLEDGE, text=words)
    assert "empty_empathy" in call.rules
    assert change(call)[1] < 0


def test_the_same_question_twice_irritates() -> None:
    call = opened(1).say(Move.ACKNOWLEDGE).say(Move.OPEN_QUESTION, text="What happened with it?")
    call.say(Move.OPEN_QUESTION, text="So what happened with it?")
    assert "repeated_question" in call.rules
    assert change(call)[0] > 0
    assert "repeat_question" in call.theirs.beats


def test_a_long_speech_is_cut_short() -> None:
    call = opened().say(Move.EXPLAIN_TERMS, text="word " * 61)
    assert "long_speech" in call.rules
    assert "interrupt" in call.theirs.beats


def test_a_calm_boundary_works_once_when_abused() -> None:
    call = opened(3).say(Move.SET_BOUNDARY, text="I want to help, not with that language.")
    assert "boundary_held" in call.rules
    assert change(call)[0] < 0
    assert "boundary_worn" in call.say(Move.SET_BOUNDARY, text="That language again.").rules


def test_a_boundary_from_somebody_without_trust_heats() -> None:
    call = opened(3).say(Move.ARGUE).say(Move.SET_BOUNDARY, text="Mind your tone.")
    assert "boundary_not_trusted" in call.rules
    assert change(call)[0] > 0


def test_a_boundary_set_to_a_calm_client_stings() -> None:
    assert "boundary_too_soon" in opened(1).say(Move.SET_BOUNDARY).rules


def test_temper_never_falls_without_a_cause() -> None:
    call = opened()
    for turn in range(6):
        call.say(Move.NEUTRAL, text=f"Well, number {turn}.")
        if call.now.is_over:
            break
        assert change(call)[0] >= 0


def test_every_change_adds_up_from_its_causes() -> None:
    call = opened(3).say(Move.ACKNOWLEDGE).say(Move.BLAME).say(Move.PARAPHRASE)
    for before, turn in zip(call.now.turns, call.now.turns[1:], strict=False):
        for name in ("temper", "trust", "patience"):
            moved = getattr(turn.state, name) - getattr(before.state, name)
            assert moved == sum(getattr(cause, name) for cause in turn.causes)


def test_patience_falls_each_turn_and_faster_with_nothing_achieved() -> None:
    good, idle = opened().say(Move.PARAPHRASE), opened().say(Move.NEUTRAL)
    assert idle.state.patience < good.state.patience


def test_a_client_who_is_insulted_on_and_on_hangs_up() -> None:
    call = opened(2)
    for n in range(8):
        if call.now.is_over:
            break
        call.say(Move.BLAME, text=f"That is your fault, number {n}.")
    assert call.state.ended is Ended.HUNG_UP
    assert call.theirs.beats == ("hang_up",)


def test_a_provoked_client_asks_for_the_manager() -> None:
    call = opened(2).say(Move.DISMISS).say(Move.ARGUE)
    assert call.state.manager_asked or call.say(Move.DISMISS).state.manager_asked


def test_being_handed_over_after_asking_twice_calms() -> None:
    call = opened(1)
    call.now = replace(call.now, state=replace(call.state, manager_asked=2, temper=80))
    call.say(Move.ESCALATE, text="I'm putting you through to Priya.")
    assert "handed_over_as_asked" in call.rules
    assert call.state.temper < 80
    assert call.state.ended is Ended.HANDED_OVER


def test_being_passed_on_unasked_heats() -> None:
    assert change(opened(1).say(Move.ESCALATE))[0] > 0
