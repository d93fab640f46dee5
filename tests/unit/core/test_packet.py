"""The hand-over packet is complete and JSON-ready."""

from __future__ import annotations

import json
from decimal import Decimal

from bot.core.coaching.advice import EscalationAdvice
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.packet import hand_over_packet
from tests.builders import (
    TODAY,
    a_charge,
    a_dispute,
    a_promise,
    a_protected_account,
    an_account,
    an_invoice,
)
from tests.desks import a_ladder

ASKED = EscalationAdvice("ready", "Hand over", (), "Legal threat.", "the legal contact")


def a_packet(memory=CallMemory(), account=None, **changes):
    packet = hand_over_packet(
        memory, account or an_account(), ASKED, TODAY, rules=a_ladder(), **changes
    )
    return json.loads(json.dumps(packet))


def test_exposure_adds_up():
    account = an_account(
        an_invoice("4417", 1200, disputed=300),
        an_invoice("4423", 800),
        an_invoice("4500", 100, days_late=-5),
        charges=(a_charge(70),),
    )
    exposure = a_packet(account=account)["exposure"]

    assert "2170.00" == exposure["total"]
    assert "2000.00" == exposure["overdue"]
    assert Decimal(exposure["disputed"]) + Decimal(exposure["undisputed"]) == Decimal("2070.00")


def test_each_overdue_invoice_is_split_by_dispute():
    packet = a_packet(account=an_account(an_invoice("4417", 1200, disputed=300)))

    assert ("300.00", "900.00") == (
        packet["invoices"][0]["disputed"],
        packet["invoices"][0]["undisputed"],
    )


def test_promises_offers_words_and_heat_go_with_it():
    memory = CallMemory(
        heat_path=(1, 3, 2),
        quotes=("you'll hear from my solicitor",),
        offered=("instalments",),
        refused=("instalments",),
        heard={"legal_threat": 1, "neutral": 4},
    )
    account = an_account(promises=(a_promise("kept"), a_promise("broken", due_in=-5)))
    packet = a_packet(memory, account)

    assert (1, 1) == (packet["promises"]["kept"], packet["promises"]["broken"])
    assert (["instalments"], ["instalments"]) == (packet["offered"], packet["refused"])
    assert ["you'll hear from my solicitor"] == packet["client_words"]
    assert ([1, 3, 2], "abusive") == (packet["heat_path"], packet["heat_highest"])
    assert {"legal threat": 1} == packet["heard"]
    assert "legal threat" in packet["flags"]


def test_disputes_of_the_ledger_and_of_the_call_stand_side_by_side():
    memory = CallMemory(disputes={"4417": "service_dispute", "4423": "invoice_dispute"})
    packet = a_packet(memory, an_account(disputes=(a_dispute("4417"),)))

    assert [("4417", False), ("4423", True)] == [
        (d["invoice"], d["new"]) for d in packet["disputes"]
    ]


def test_the_decision_is_asked_for_in_words():
    assert "Take the call over: Legal threat." == a_packet()["decision_asked_for"]
    assert "Waive £70?" == a_packet(decision="Waive £70?")["decision_asked_for"]
    beyond = CallMemory(triggers=("authority_exceeded",), named={"amount": "50", "currency": "GBP"})
    assert a_packet(beyond)["decision_asked_for"].endswith(": 50 GBP.")


def test_protections_are_flagged_and_a_deadline_is_set():
    packet = a_packet(account=a_protected_account(insolvent_since=TODAY))

    assert ["insolvency recorded"] == packet["flags"]
    assert "2026-03-12" == packet["answer_by"]


def test_a_neutral_third_party_is_weighed():
    assert a_packet()["neutral_parties"][0]["open"]


def test_under_protection_the_pause_is_asked_for_and_not_a_plan():
    memory = CallMemory(triggers=("authority_exceeded",), pauses=("insolvent",))

    assert a_packet(memory)["decision_asked_for"].startswith("Confirm the pause")


def test_a_new_dispute_claims_no_sum_that_nobody_named():
    packet = a_packet(
        CallMemory(disputes={"4417": "terms_dispute"}), an_account(an_invoice("4417"))
    )

    assert packet["disputes"][0]["amount"] is None
    assert packet["disputes"][0]["at_most"]
