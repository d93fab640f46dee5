"""When a call goes up, what pauses the ladder, and which step is lawful next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.account import Document, LegalForm, Protections
from bot.core.coaching.advice import Option, OptionKind, OptionStatus
from bot.core.coaching.escalation import after_move, escalate, note_options
from bot.core.coaching.ladder import neutral_parties, next_lawful_step
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.position import position_of
from bot.core.dates import Calendar
from tests.builders import (
    TODAY,
    a_dispute,
    a_plan,
    a_promise,
    a_protected_account,
    an_account,
    an_invoice,
    pounds,
)
from tests.desks import a_ladder

RULES = a_ladder()
TRIED = {"acknowledge": 1, "open_question": 1}


def state(memory=CallMemory(), account=None):
    account = account or an_account()
    return escalate(memory, account, position_of(account, TODAY), RULES, Calendar())


def step(account):
    return next_lawful_step(RULES.rungs, account, position_of(account, TODAY), Calendar())


def an_option(kind: OptionKind, status: OptionStatus) -> Option:
    return Option(kind, kind.value, status, pounds(100), (), pounds(0), "why")


def sent(kind: str, days_ago: int) -> Document:
    return Document(kind, None, "sent", TODAY - timedelta(days=days_ago))


def test_nothing_happens_without_a_trigger_and_the_untried_is_listed():
    found = state()

    assert "not_yet" == found.state
    assert ("acknowledge it", "ask for the cause") == found.untried


def test_a_trigger_waits_while_something_is_untried():
    found = state(CallMemory(heard={"legal_threat": 1}, moves={"acknowledge": 1}))

    assert ("not_yet", "Legal threat.") == (found.state, found.reason)
    assert ("ask for the cause",) == found.untried


def test_a_trigger_fires_once_everything_is_tried():
    found = state(CallMemory(heard={"legal_threat": 1}, moves=TRIED))

    assert "ready" == found.state
    assert "Hand over to the legal contact, with the hand-over packet" == found.next_step


@pytest.mark.parametrize(
    "memory",
    [
        CallMemory(heard={"vulnerability": 1}),
        CallMemory(heard={"insolvency": 1}),
        CallMemory(heard={"manager_request": 2}),
        CallMemory(heat_3_turns=2),
    ],
)
def test_an_absolute_trigger_fires_at_once(memory):
    assert "required" == state(memory).state


def test_one_request_for_a_manager_is_not_enough():
    assert "not_yet" == state(CallMemory(heard={"manager_request": 1}, moves=TRIED)).state


def test_an_option_counts_as_untried_only_while_it_is_open_here():
    memory = CallMemory(heard={"plan_request": 1}, moves=TRIED, open_kinds=("instalments",))

    assert ("instalments",) == state(memory).untried
    assert () == state(replace(memory, offered=("instalments",))).untried
    assert () == state(replace(memory, open_kinds=())).untried


def test_what_only_a_senior_may_grant_exceeds_authority():
    options = (
        an_option(OptionKind.FULL_PAYMENT, OptionStatus.OPEN),
        an_option(OptionKind.INSTALMENTS, OptionStatus.NEEDS_APPROVAL),
    )

    memory = note_options(CallMemory(moves=TRIED), options, ("plan_request",))

    assert ("authority_exceeded",) == memory.triggers
    assert "ready" == state(memory).state


def test_an_option_within_authority_keeps_the_call_here():
    options = (
        an_option(OptionKind.PART_PAYMENT, OptionStatus.OPEN),
        an_option(OptionKind.INSTALMENTS, OptionStatus.NEEDS_APPROVAL),
    )

    assert () == note_options(CallMemory(), options, ("plan_request",)).triggers


def test_a_hand_over_ends_the_ladder_for_this_call():
    memory = CallMemory(
        heard={"manager_request": 2}, escalation_state="required", moves={"escalate": 1}
    )

    assert "handed_over" == state(after_move(memory)).state


def test_handing_over_too_early_changes_nothing():
    assert "not_yet" == after_move(CallMemory(moves={"escalate": 1})).escalation_state


@pytest.mark.parametrize(
    "account",
    [
        an_account(promises=(a_promise("pending", due_in=3),)),
        an_account(plans=(a_plan(),)),
        an_account(an_invoice(balance=500, disputed=500), disputes=(a_dispute(amount=500),)),
        a_protected_account(vulnerable_since=TODAY),
        a_protected_account(adviser_since=TODAY),
        a_protected_account(moratorium_until=TODAY + timedelta(days=5)),
        a_protected_account(insolvent_since=TODAY),
    ],
)
def test_the_ladder_pauses(account):
    found = state(account=account)

    assert ("paused", None) == (found.state, found.next_step)
    assert found.reason.startswith("Paused: ")


@pytest.mark.parametrize(
    "account",
    [
        an_account(promises=(a_promise("pending", due_in=-1),)),
        an_account(plans=(a_plan(status="broken"),)),
        an_account(an_invoice(balance=500, disputed=200)),
        a_protected_account(moratorium_until=TODAY - timedelta(days=1)),
        an_account(protections=Protections()),
    ],
)
def test_what_is_over_pauses_no_longer(account):
    assert "not_yet" == state(account=account).state


def test_a_dispute_logged_in_the_call_pauses_when_nothing_else_is_overdue():
    account = an_account(an_invoice("4417", 500))
    memory = CallMemory(disputes={"4417": "invoice_dispute"}, moves={"log_dispute": 1})

    assert "paused" == state(memory, account).state
    assert "not_yet" == state(memory).state


def test_a_pause_does_not_keep_an_absolute_trigger_back():
    account = an_account(plans=(a_plan(),))

    assert "required" == state(CallMemory(heat_3_turns=2), account).state


def test_the_next_step_asks_only_for_what_nobody_contests():
    found = step(an_account(an_invoice(balance=500, disputed=200, days_late=40)))

    assert ("demand", pounds(300), TODAY) == (found.id, found.amount, found.on)


def test_a_step_by_age_comes_first():
    assert "reminder" == step(an_account(an_invoice(days_late=1))).id


@pytest.mark.parametrize(
    ("form", "rung"), [(LegalForm.COMPANY, "lba"), (LegalForm.SOLE_TRADER, "loc")]
)
def test_the_legal_form_chooses_the_letter(form, rung):
    account = an_account(legal_form=form, documents=(sent("formal_demand", 20),))

    assert rung == step(account).id


def test_a_letter_leaves_the_demand_its_time():
    found = step(an_account(documents=(sent("formal_demand", 4),)))

    assert date(2026, 3, 20) == found.on


def test_a_step_falls_on_a_working_day():
    found = step(an_account(an_invoice(days_late=26)))

    assert date(2026, 3, 16) == found.on  # the 14th is a Saturday


def test_nothing_overdue_means_no_step():
    assert step(an_account(an_invoice(days_late=-3))) is None


def test_the_consequence_names_sum_and_day():
    assert (
        "The next step is a demand from 10 March 2026, for £2,500."
        == step(an_account()).consequence
    )


def test_the_commissioner_takes_cases_of_the_last_year_in_britain():
    open_case = neutral_parties(RULES.neutral, an_account(), TODAY)[0]
    abroad = neutral_parties(RULES.neutral, an_account(country="DE"), TODAY)[0]
    person = neutral_parties(RULES.neutral, an_account(legal_form=LegalForm.SOLE_TRADER), TODAY)[0]
    old = neutral_parties(RULES.neutral, an_account(an_invoice(days_late=400)), TODAY)[0]
    at_court = neutral_parties(
        RULES.neutral, an_account(documents=(sent("claim_issued", 3),)), TODAY
    )[0]

    assert (True, ("Staff?",)) == (open_case.is_open, open_case.confirm)
    assert not any(v.is_open for v in (abroad, person, old, at_court))
    assert "Does not take cases in DE." == abroad.why
