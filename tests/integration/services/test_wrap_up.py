"""The end of a call: the summary fills itself, only what was confirmed is written, and a hand-over is complete."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.core.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from tests.integration.services.conftest import HARTLEY, TODAY, House, day, money

FRIDAY = TODAY + timedelta(days=7)
PROMISE = {"amount": "2000.00", "due_on": FRIDAY.isoformat()}


def close(house: House, call: str, **confirmed: Any) -> dict[str, Any]:
    return house.services.calls.close(call, house.sam, confirmed)


def test_the_summary_fills_itself_and_shows_what_nobody_said(house: House) -> None:
    call = house.open()
    house.client(call, "all right, I'll pay you something", "promise_to_pay", heat=2)
    summary = house.services.calls.view(call, house.sam)["summary"]

    assert (summary["outcome"], summary["hard_call"]) == ("promise to pay", True)
    assert {"promise: how much?", "promise: by which day?"} <= set(summary["gaps"])
    assert "Ask for a day, a sum and a way to pay" in summary["left_open"]
    assert list(summary["client_words"]) == ["all right, I'll pay you something"]

    house.client(call, "2,000 on Friday", "promise_to_pay", entities=(money("2000"), day(FRIDAY)))
    summary = house.services.calls.view(call, house.sam)["summary"]
    [promise] = [p for p in summary["proposals"] if p["kind"] == "promise"]
    assert (promise["values"]["amount"], promise["values"]["due_on"]) == (
        "2000.00",
        FRIDAY.isoformat(),
    )
    assert not [gap for gap in summary["gaps"] if gap.startswith("promise")]


def test_what_the_summary_proposes_can_be_confirmed_as_it_stands(house: House) -> None:
    call = house.open()
    text = "2,000 on Friday, but the fee on 4417 is a cheek"
    figures = (money("2000"), day(FRIDAY))
    house.client(call, text, "promise_to_pay", "terms_dispute", entities=figures)
    summary = house.services.calls.view(call, house.sam)["summary"]
    values = {p["kind"]: p["values"] for p in summary["proposals"]}

    closed = close(
        house,
        call,
        promise=values["promise"],
        dispute=values["dispute"],
        follow_up=values["follow_up"],
    )
    assert [item["kind"] for item in closed["written"]] == ["promise", "dispute", "follow_up"]


def test_everything_that_was_confirmed_is_written(house: House) -> None:
    call = house.open()
    closed = close(
        house,
        call,
        promise=PROMISE,
        plan={
            "schedule": [
                {"amount": "1,000.00", "due": FRIDAY.isoformat()},
                {"amount": "1000.5", "due": (FRIDAY + timedelta(days=30)).isoformat()},
            ]
        },
        dispute={"invoice_number": "4417", "reason": "terms_dispute", "amount": "70"},
        document=[{"kind": "invoice copy", "reference": "4417"}],
        follow_up={"due_on": FRIDAY.isoformat(), "note": "ring Ruth"},
        notes="Ruth wants the letter again.",
    )
    assert [item["kind"] for item in closed["written"]] == [
        "promise",
        "plan",
        "dispute",
        "document",
        "follow_up",
    ]
    account = house.account()
    promise = account.pending_promise()
    assert promise is not None
    assert (promise.amount.plain(), promise.due_on, promise.made_on) == ("2000.00", FRIDAY, TODAY)
    plan = account.live_plan()
    assert plan is not None
    assert [instalment.amount.plain() for instalment in plan.schedule] == ["1000.00", "1000.50"]
    [dispute] = [d for d in account.disputes if d.is_open]
    assert (dispute.invoice_number, dispute.amount.plain()) == ("4417", "70.00")
    assert [(d.kind, d.status) for d in account.documents if d.on == TODAY] == [
        ("invoice copy", "requested")
    ]
    assert closed["summary"]["notes"] == "Ruth wants the letter again."
    assert house.services.calls.view(call, house.sam)["status"] == "closed"


def test_nothing_is_written_that_was_not_confirmed(house: House) -> None:
    before = house.account()
    call = house.open()
    figures = (money("2000"), day(FRIDAY))
    house.client(call, "2,000 on Friday", "promise_to_pay", entities=figures)
    house.client(call, "and 4431 is wrong", "invoice_dispute")
    closed = close(house, call)

    after = house.account()
    assert closed["written"] == []
    assert (after.promises, after.plans, after.disputes, after.documents) == (
        before.promises,
        before.plans,
        before.disputes,
        before.documents,
    )
    assert len(after.contact_log) == len(before.contact_log) + 1


def test_the_contact_log_gets_one_line_with_the_outcome(house: House) -> None:
    call = house.open()
    close(house, call, promise=PROMISE, notes="Ruth was friendly.")
    newest = max(house.account().contact_log, key=lambda entry: entry.at)
    assert (newest.channel, newest.by) == ("phone", "Sam Okafor")
    assert newest.summary == "promise to pay. Ruth was friendly."


@pytest.mark.parametrize(
    ("confirmed", "outcome"),
    [
        ({"promise": PROMISE}, "promise to pay"),
        (
            {"plan": {"schedule": [{"amount": "500", "due": FRIDAY.isoformat()}]}},
            "plan agreed",
        ),
        (
            {"dispute": {"invoice_number": "4417", "reason": "invoice_dispute"}},
            "dispute to settle",
        ),
    ],
)
def test_the_outcome_is_what_was_confirmed_though_nobody_was_heard(
    house: House, confirmed: dict[str, Any], outcome: str
) -> None:
    summary = close(house, house.open(), **confirmed)["summary"]
    assert (summary["outcome"], summary["look_again"]) == (outcome, False)
    kind = next(iter(confirmed))
    assert not [gap for gap in summary["gaps"] if gap.startswith(kind)]


@pytest.mark.parametrize(
    ("confirmed", "field"),
    [
        ({"promise": PROMISE | {"amount": "0"}}, "promise.amount"),
        ({"promise": PROMISE | {"amount": "-5"}}, "promise.amount"),
        ({"promise": PROMISE | {"amount": "two thousand"}}, "promise.amount"),
        ({"promise": PROMISE | {"amount": "NaN"}}, "promise.amount"),
        ({"promise": PROMISE | {"amount": "Infinity"}}, "promise.amount"),
        ({"promise": PROMISE | {"amount": "1e3"}}, "promise.amount"),
        ({"promise": PROMISE | {"amount": "1e999999"}}, "promise.amount"),
        ({"promise": PROMISE | {"amount": "9" * 60}}, "promise.amount"),
        ({"promise": PROMISE | {"amount": "2.000,50"}}, "promise.amount"),
        ({"promise": PROMISE | {"amount": "2,50"}}, "promise.amount"),
        ({"promise": PROMISE | {"amount": "2.000"}}, "promise.amount"),
        ({"promise": PROMISE | {"amount": "٢٠٠٠"}}, "promise.amount"),
        ({"promise": PROMISE | {"amount": None}}, "promise.amount"),
        ({"promise": PROMISE | {"amount": "14320.01"}}, "promise.amount"),
        ({"promise": PROMISE | {"due_on": "2026-11-19"}}, "promise.due_on"),
        ({"promise": PROMISE | {"due_on": "2036-11-19"}}, "promise.due_on"),
        ({"promise": PROMISE | {"due_on": "next Friday"}}, "promise.due_on"),
        ({"promise": PROMISE | {"due_on": "2026-02-30"}}, "promise.due_on"),
        ({"promise": {"amount": "5"}}, "promise.due_on"),
        ({"promise": "2000 on Friday"}, "promise"),
        ({"promise": [PROMISE]}, "promise"),
        ({"plan": {"schedule": []}}, "plan.schedule"),
        ({"plan": {"kind": "instalments"}}, "plan.schedule"),
        ({"plan": {"schedule": ["500"]}}, "plan.schedule"),
        ({"plan": {"schedule": {"amount": "1"}}}, "plan.schedule"),
        ({"plan": {"schedule": [{"amount": "x", "due": "2026-12-01"}]}}, "plan.schedule.0.amount"),
        ({"plan": {"schedule": [{"amount": "9", "due": "2026-01-01"}]}}, "plan.schedule.0.due"),
        ({"plan": {"schedule": [{"amount": "20000", "due": "2026-12-01"}]}}, "plan.schedule"),
        ({"dispute": {"invoice_number": "9999", "reason": "invoice_dispute"}}, "dispute.invoice_number"),
        ({"dispute": {"invoice_number": "", "reason": "invoice_dispute"}}, "dispute.invoice_number"),
        ({"dispute": {"invoice_number": "3602", "reason": "invoice_dispute"}}, "dispute.invoice_number"),
        ({"dispute": {"invoice_number": "4417", "reason": "stalling"}}, "dispute.reason"),
        ({"dispute": {"invoice_number": "4417", "reason": "invoice_dispute", "amount": "4750.01"}}, "dispute.amount"),
        ({"dispute": {"invoice_number": "4417", "reason": "invoice_dispute", "amount": 0}}, "dispute.amount"),
        ({"dispute": "4417"}, "dispute"),
        ({"document": {"kind": "  "}}, "document.kind"),
        ({"document": ["invoice copy"]}, "document"),
        ({"follow_up": {"due_on": "yesterday"}}, "follow_up.due_on"),
        ({"follow_up": "Friday"}, "follow_up"),
        ({"refund": {"amount": "5"}}, "refund"),
    ],
)  # fmt: skip
def test_a_fault_names_its_field_and_leaves_the_call_open(
    house: House, confirmed: dict[str, Any], field: str
) -> None:
    call, before = house.open(), house.account()
    good = {"follow_up": {"due_on": FRIDAY.isoformat(), "note": "ring"}} | confirmed
    with pytest.raises(InvalidInputError) as refused:
        close(house, call, **good)

    assert refused.value.field == f"confirmed.{field}"
    assert house.services.calls.status(call, house.sam) == "open"
    assert house.account() == before


def test_a_promise_of_everything_that_is_owed_is_taken(house: House) -> None:
    everything = house.account().exposure().plain()
    closed = close(house, house.open(), promise=PROMISE | {"amount": everything})
    assert [item["kind"] for item in closed["written"]] == ["promise"]


def test_a_call_is_closed_once(house: House) -> None:
    call = house.open()
    close(house, call, promise=PROMISE)
    with pytest.raises(ConflictError):
        close(house, call, promise=PROMISE)
    assert sum(p.made_on == TODAY for p in house.account().promises) == 1


def test_card_numbers_in_notes_are_masked(house: House) -> None:
    call = house.open()
    words = "Ruth's card 4111 1111 1111 1111 was read out"
    house.services.calls.escalate(call, house.sam, words)
    close(
        house,
        call,
        notes=words,
        follow_up={"due_on": FRIDAY.isoformat(), "note": words},
        dispute={"invoice_number": "4417", "reason": "invoice_dispute", "note": words},
    )
    held = json.dumps(house.services.calls.view(call, house.omar))
    account = house.account()
    assert "1111 1111" not in held + repr(account)
    assert "was read out" in held


def test_a_hand_over_holds_what_the_next_person_needs(house: House) -> None:
    call = house.open()
    house.client(call, "that fee is a joke", "terms_dispute", heat=1)
    house.collector(call, "I can offer you instalments", "offer_plan")
    house.client(call, "no way", "decline_offer", heat=2)
    house.client(call, "get me your manager now", "manager_request", heat=3)
    packet = house.services.calls.escalate(call, house.sam, "Ruth wants a call today.")

    assert packet["client"]["name"] == "Hartley Joinery Ltd"
    assert packet["exposure"]["total"] == house.account().exposure().plain()
    assert [row["number"] for row in packet["invoices"]] == ["4417", "4431", "4440"]
    assert packet["client_words"][-1] == "get me your manager now"
    assert packet["heat_path"] == [1, 2, 3]
    assert (packet["offered"], packet["refused"]) == (["instalments"], ["instalments"])
    assert packet["decision_asked_for"]
    assert packet["hand_to"]
    assert packet["note"] == "Ruth wants a call today."
    json.dumps(packet)


def test_handing_over_again_gives_the_same_packet(house: House) -> None:
    call = house.open()
    first = house.services.calls.escalate(call, house.sam, "please")
    assert house.services.calls.escalate(call, house.sam, "please!!") == first
    assert house.services.calls.view(call, house.sam)["packet"] == first


def test_a_hand_over_of_a_call_that_said_nothing_is_possible(house: House) -> None:
    packet = house.services.calls.escalate(house.open(), house.sam)
    assert (packet["heat_path"], packet["hand_to"]) == ([], "supervisor")


def test_what_was_handed_over_in_words_keeps_its_reason(house: House) -> None:
    call = house.open()
    house.client(call, "I want your manager", "manager_request", heat=2)
    house.client(call, "I said your manager", "manager_request", heat=3)
    house.collector(call, "I'll put you through", "escalate")
    packet = house.services.calls.escalate(call, house.sam)
    assert packet["reason"] != "The call has been handed over."


def test_misheard_words_are_no_reason_to_hand_over(house: House) -> None:
    call = house.open()
    turn = house.client(call, "this is killing me", "vulnerability")["turn_id"]
    house.services.calls.feedback(call, turn, house.sam, "misheard", labels=("cash_flow",))
    packet = house.services.calls.escalate(call, house.sam)
    assert (packet["state"], "vulnerability" in packet["heard"]) == ("not_yet", False)


def test_a_supervisor_acknowledges_a_hand_over_once(house: House) -> None:
    packet = house.services.calls.escalate(house.open(), house.sam)
    take = house.services.calls.acknowledge
    for name in ("sam", "tess"):
        with pytest.raises(ForbiddenError):
            take(packet["id"], house.viewer(name))

    take(packet["id"], house.omar)
    with pytest.raises(ConflictError) as taken:
        take(packet["id"], house.omar)
    assert "Omar Haddad" in taken.value.detail
    with pytest.raises(NotFoundError):
        take("esc_nothing", house.omar)


def test_a_protected_call_ends_as_protected(house: House) -> None:
    call = house.open()
    house.client(call, "my husband died on Sunday", "vulnerability")
    closed = close(house, call, notes="Spoke with care.")
    assert closed["summary"]["outcome"] == "protected: collection paused"
    assert closed["summary"]["survey_question"] is None


def test_what_was_written_stands_in_the_next_brief(house: House) -> None:
    close(house, house.open(), promise=PROMISE)
    brief = house.services.accounts.brief(HARTLEY, house.sam)
    assert "promised" in brief["paused"]


def test_an_accepted_plan_brings_the_schedule_that_was_on_the_panel(house: House) -> None:
    call = house.open()
    house.client(call, "could we do it in three goes", "plan_request")
    house.collector(call, "three monthly payments, how is that", "offer_plan")
    house.client(call, "yes that works", "accept_offer")
    summary = house.services.calls.view(call, house.sam)["summary"]
    [plan] = [p for p in summary["proposals"] if p["kind"] == "plan"]
    total = sum(float(row["amount"]) for row in plan["values"]["schedule"])

    assert total == pytest.approx(14320.00) or total == pytest.approx(14250.00)
    closed = close(house, call, plan={"schedule": plan["values"]["schedule"]})
    assert [item["kind"] for item in closed["written"]] == ["plan"]


def test_no_promise_is_taken_in_a_protected_call(house: House) -> None:
    call = house.open()
    house.client(call, "my husband died on Sunday, I can't do this", "vulnerability")

    with pytest.raises(InvalidInputError, match="protection") as refused:
        close(house, call, promise=PROMISE)
    assert refused.value.field == "confirmed.promise"
    assert house.stored(call).status == "open"


def test_a_pause_can_be_confirmed_and_is_written_to_the_account(house: House) -> None:
    call = house.open()
    closed = close(house, call, pause={"kind": "contact_stopped"})

    assert closed["written"] == [{"kind": "pause", "id": "contact_stopped"}]
    assert house.account().protections.contact_stopped_since == TODAY
    with pytest.raises(InvalidInputError, match="A pause is one of"):
        close(house, house.open(), pause={"kind": "holiday"})
