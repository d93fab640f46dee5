"""What a protocol asks for and no move names: the privacy rule to a third party, consent of a vulnerable client."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.labels import Move, Objection
from bot.core.rehearsal.record import account_for
from bot.core.rehearsal.scenario import ContactPart, EarnedBy, GoodEnd, HiddenFact, Protection
from tests.builders import TODAY
from tests.unit.core.rehearsal.cases import Call, a_scenario, an_account_sketch, some_lines

DAUGHTER = ContactPart("Priya Raman", "daughter", is_debtor=False)


def protected_call(protection: Protection, objection: Objection, **changes: Any) -> Call:
    case = {"protected": protection, "objection": objection, "good_end": (GoodEnd.PROTOCOL,)}
    call = Call(level=1, seed=7, **{**case, **changes})
    return call.say(Move.GREET_IDENTIFY, text="Joel of Meridian here.")


@pytest.mark.parametrize(
    "words",
    [
        "We may only speak with the person themselves.",
        "I'm not able to discuss that with anybody but her.",
        "It's a private matter, so I can only speak with her.",
        "I can't go into it without her written permission.",
    ],
)
def test_the_privacy_rule_told_to_a_third_party_is_understood_and_right(words: str) -> None:
    call = protected_call(Protection.THIRD_PARTY, Objection.THIRD_PARTY, contact=DAUGHTER)
    before = call.state
    call.say(text=words)
    assert "privacy_kept" in call.rules
    assert "not_understood" not in call.rules
    assert call.state.trust > before.trust
    assert call.mine.note.did == "You kept the account private."


def test_who_says_why_they_may_not_say_more_has_explained() -> None:
    fact = HiddenFact("form", "A form.", EarnedBy((Move.EXPLAIN_TERMS.value,)), some_lines("form"))
    call = protected_call(
        Protection.THIRD_PARTY, Objection.THIRD_PARTY, contact=DAUGHTER, hidden_facts=(fact,)
    )
    assert call.say(text="We may only speak with her.").state.revealed == ("form",)


@pytest.mark.parametrize(
    "words",
    [
        "Would it be all right if I made a note of that?",
        "Are you happy for me to record what you've told me?",
        "May I note that down, with your permission?",
        "Do I have your consent to keep that on record?",
    ],
)
def test_asking_a_vulnerable_client_for_consent_is_understood_and_right(words: str) -> None:
    call = protected_call(Protection.VULNERABILITY, Objection.VULNERABILITY).say(text=words)
    assert "consent_asked" in call.rules
    assert call.mine.note.did == "You asked for their consent."


def test_saying_it_again_and_again_wins_nothing_more() -> None:
    call = protected_call(Protection.THIRD_PARTY, Objection.THIRD_PARTY, contact=DAUGHTER)
    for turn in range(5):
        call.say(text=f"I can only speak with her, number {turn}.")
    gains = [c.trust for c in call.mine.causes if c.rule == "privacy_kept"]
    assert gains == [0]


def test_outside_a_protocol_the_same_words_are_nothing_special() -> None:
    call = Call(1).say(Move.GREET_IDENTIFY).say(text="We may only speak with her.")
    assert "privacy_kept" not in call.rules


def test_nothing_before_the_call_tells_that_somebody_else_will_answer() -> None:
    scenario = a_scenario(
        contact=DAUGHTER, account=an_account_sketch(name="Kamala Raman t/a Raman Saris")
    )
    assert scenario.asked_for == ContactPart("Kamala Raman", "account holder")
    account = account_for(scenario, TODAY)
    assert [(c.name, c.role) for c in account.contacts] == [("Kamala Raman", "account holder")]
    assert a_scenario().asked_for.name == "Dermot Keane"
