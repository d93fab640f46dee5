"""Protection outranks collection."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.coaching.advise import advise
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.safety import without_protocol
from bot.core.labels import Speaker
from tests.builders import TODAY, a_protected_account, a_reading, an_account
from tests.desks import a_desk

DESK = a_desk()


def hear(*labels, memory=CallMemory(), account=None, **changes):
    reading = a_reading(*labels, **changes)
    return advise(memory, reading, account or an_account(), DESK, TODAY)


@pytest.mark.parametrize(
    ("label", "protocol", "pause"),
    [
        ("vulnerability", "texas", "vulnerable"),
        ("third_party", "carers", None),
        ("adviser_in_charge", "adviser_in_charge", "adviser"),
        ("insolvency", "insolvency", "insolvent"),
    ],
)
def test_each_protected_label_brings_its_protocol_alone(label, protocol, pause):
    advice, memory = hear(label, "plan_request", "stalling")

    assert (protocol, pause) == (advice.protocol.name, advice.pause)
    assert () == advice.options
    assert advice.ask is None
    assert (f"First words of {protocol}.",) == tuple(line.text for line in advice.say)
    assert protocol == memory.protocol


def test_words_of_self_harm_bring_blake_even_without_a_label():
    advice, memory = hear("stalling", text="I just want to end it all")

    assert ("blake", "vulnerable") == (advice.protocol.name, advice.pause)
    assert "Heard “end it all”" == advice.because[0]
    assert ("vulnerable",) == memory.pauses


def test_idioms_are_not_self_harm():
    advice, _ = hear("stalling", text="this is killing me, honestly")

    assert advice.protocol is None


def test_a_flag_counts_like_the_label():
    advice, _ = hear(flags=("vulnerability",))

    assert "texas" == advice.protocol.name


def test_hard_news_from_somebody_else_is_noted_and_nothing_disclosed():
    advice, _ = hear("third_party", "vulnerability")

    assert ("carers", "vulnerable") == (advice.protocol.name, advice.pause)


def test_breathing_space_is_recorded_as_a_moratorium():
    advice, _ = hear("adviser_in_charge", text="I'm in breathing space")

    assert "moratorium" == advice.pause


def test_the_protocol_stays_and_the_pause_is_asked_for_once():
    _, memory = hear("vulnerability")
    advice, memory = hear("plan_request", memory=memory)

    assert (True, "texas", None) == (advice.silent, advice.protocol.name, advice.pause)
    assert ((), ()) == (advice.say, advice.options)
    assert ("vulnerable",) == memory.pauses


def test_a_graver_protocol_replaces_a_lighter_one_and_never_the_other_way():
    _, memory = hear("insolvency")
    graver, memory = hear("vulnerability", memory=memory)
    lighter, _ = hear("adviser_in_charge", memory=memory)

    assert ("texas", False) == (graver.protocol.name, graver.silent)
    assert ("texas", True) == (lighter.protocol.name, lighter.silent)


@pytest.mark.parametrize(
    ("recorded", "protocol"),
    [
        ({"vulnerable_since": TODAY}, "texas"),
        ({"moratorium_until": TODAY + timedelta(days=1)}, "adviser_in_charge"),
        ({"adviser_since": TODAY}, "adviser_in_charge"),
        ({"insolvent_since": TODAY}, "insolvency"),
    ],
)
def test_what_is_on_record_protects_from_the_first_turn(recorded, protocol):
    advice, _ = hear("stalling", account=a_protected_account(**recorded))

    assert (protocol, None) == (advice.protocol.name, advice.pause)
    assert advice.because[0].startswith("Record: ")
    assert () == advice.options


def test_a_moratorium_that_is_over_protects_no_longer():
    account = a_protected_account(moratorium_until=TODAY - timedelta(days=1))

    assert hear("stalling", account=account)[0].protocol is None


def test_a_new_identity_check_lifts_the_third_party_protocol_only():
    _, memory = hear("third_party")
    _, memory = hear("greet_identify", memory=memory, speaker=Speaker.COLLECTOR)
    assert memory.protocol is None

    _, memory = hear("vulnerability")
    _, memory = hear("greet_identify", memory=memory, speaker=Speaker.COLLECTOR)
    assert "texas" == memory.protocol


def test_a_person_can_lift_a_protocol_called_up_in_error():
    _, memory = hear("vulnerability")

    assert without_protocol(memory).protocol is None


def test_words_of_the_collector_bring_no_protocol():
    advice, _ = hear("acknowledge", text="end it all", speaker=Speaker.COLLECTOR)

    assert advice.protocol is None


def test_a_third_party_call_shows_no_next_step_with_a_sum():
    advice, _ = hear("third_party")

    assert ("paused", None, ()) == (
        advice.escalation.state,
        advice.escalation.next_step,
        advice.escalation.untried,
    )


def test_a_recorded_protection_names_who_looks_after_the_client():
    advice, _ = hear("stalling", account=a_protected_account(insolvent_since=TODAY))

    assert "the insolvency contact" == advice.escalation.hand_to


def test_a_recorded_wish_for_no_calls_is_kept_whatever_the_client_says():
    account = a_protected_account(contact_stopped_since=TODAY)
    advice, _ = hear("stalling", account=account)

    assert advice.protocol is not None
    assert advice.protocol.name == "contact_stopped"
    assert advice.options == ()
