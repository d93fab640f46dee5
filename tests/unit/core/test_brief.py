"""What a collector knows before dialling."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.account import ContactLogEntry, RiskClass
from bot.core.coaching.brief import brief
from tests.builders import (
    TODAY,
    a_charge,
    a_dispute,
    a_payment,
    a_promise,
    a_protected_account,
    an_account,
    an_invoice,
    pounds,
    some_terms,
)
from tests.desks import a_desk


def told(account=None, **changes):
    found = brief(account or an_account(**changes), a_desk(), TODAY)
    json.dumps(found.as_json())
    return found


def test_who_and_how_much():
    found = told()

    assert "Harbour Bakery Ltd: company, bakery, GB, VAT registered" == found.who
    assert "£2,500 overdue on three invoices, oldest 45 days late." == found.standing
    assert {
        "1-30": "1300.00",
        "31-60": "1200.00",
        "61-90": "0.00",
        "over 90": "0.00",
    } == found.ageing


def test_the_opening_line_asks_for_the_person_and_tells_nobody_of_the_debt():
    line = told().opening_line

    assert "Ruth Mercer" in line
    assert "£" not in line
    assert "invoice" not in line


def test_the_purpose_follows_once_the_person_is_known_with_sum_and_day():
    line = told().purpose_line

    assert "£2,500" in line
    assert "24 January" in line
    assert len(line.split()) <= 25


def test_the_habit_of_paying_is_worked_out_from_matched_payments():
    invoices = (an_invoice("4001", 0, days_late=60), an_invoice("4417", 500))
    paid = replace(a_payment(days_ago=50), invoice_number="4001")

    found = told(an_account(*invoices, payments=(paid,)))

    assert "pays ten days late on average; last payment 50 days ago" == found.habit


def test_what_the_ledger_lets_us_expect_comes_with_its_ground():
    found = told(disputes=(a_dispute("4417"),), charges=(a_charge(70),), risk_class=RiskClass.D)

    assert "goods or service complained of: open on invoice 4417" == found.expect[0]
    assert "agreed terms contested: late fee of £70 on 4417" == found.expect[1]
    assert any(line.startswith("money is short") for line in found.expect)


def test_our_own_faults_are_found_before_the_client_finds_them():
    account = an_account(
        an_invoice("4417", 500),
        an_invoice("4418", 500),
        an_invoice("4419", 300, po_number=None),
        an_invoice("4420", 200, issued_on=TODAY - timedelta(days=40)),
    )

    faults = told(account).invoice_faults

    assert "invoice 4418 looks like a duplicate of 4417" in faults
    assert "invoice 4419 has no PO number, others have" in faults
    assert "invoice 4420 falls due before the 30 days agreed" in faults


def test_early_warnings_are_flagged():
    found = told(
        promises=(a_promise("broken", due_in=-5),),
        on_stop=True,
        terms=some_terms(credit_limit=pounds(2000)),
    )

    assert (
        "a promise was broken lately",
        "£500 over the credit limit of £2,000",
        "on stop",
    ) == found.early_warnings


def test_the_last_three_contacts_come_latest_first():
    log = tuple(
        ContactLogEntry(datetime(2026, 2, day, tzinfo=UTC), "phone", "Amina", f"call {day}")
        for day in (1, 4, 2, 3)
    )

    contacts = told(contact_log=log).last_contacts

    assert ["call 4", "call 3", "call 2"] == [line.split(": ")[1] for line in contacts]


def test_a_pause_keeps_the_next_step_away():
    found = told(promises=(a_promise("pending", 300, due_in=5),))

    assert "Paused: £300 is promised for 15 March 2026." == found.paused
    assert found.next_step is None


def test_a_protected_client_is_not_to_be_rung_for_money():
    found = told(a_protected_account(vulnerable_since=TODAY))

    assert found.opening_line.startswith("Stop")
    assert found.purpose_line == ""
    assert found.strategy.startswith("Do not collect")


def test_strategy_tells_those_who_cannot_from_those_who_will_not():
    broken = (a_promise("broken", due_in=-5), a_promise("broken", due_in=-9))

    assert "one day and one sum" in told(promises=broken).strategy
    assert "short plan" in told(promises=broken, risk_class=RiskClass.D).strategy


def test_an_account_in_order_gets_a_friendly_check():
    found = told(an_account(an_invoice(days_late=-5)))

    assert "Nothing overdue; £1,000 open." == found.standing
    assert found.strategy.startswith("A friendly check")
