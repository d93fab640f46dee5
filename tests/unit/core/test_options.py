"""Which compromises are open on an account, in whose authority, at what cost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.core.account import Account, RiskClass
from bot.core.coaching.advice import Option, OptionKind, OptionStatus, Role
from bot.core.coaching.house_rules import Conditions, HouseRules
from bot.core.coaching.law import LawPack
from bot.core.coaching.options import MOST_SHOWN, OptionRequest, open_options
from bot.core.dates import Calendar
from bot.core.money import Money
from tests.builders import (
    TODAY,
    a_charge,
    a_dispute,
    a_law_pack,
    a_limit,
    a_payment,
    a_promise,
    a_protected_account,
    a_rule,
    an_account,
    an_invoice,
    pounds,
    some_house_rules,
    some_terms,
)

SATURDAY = date(2026, 3, 14)
OPEN, ASK, CLOSED = OptionStatus.OPEN, OptionStatus.NEEDS_APPROVAL, OptionStatus.CLOSED


def the_options(
    account: Account | None = None,
    *labels: str,
    house: HouseRules | None = None,
    law: LawPack | None = None,
    today: date = TODAY,
    role: Role = Role.COLLECTOR,
    **named: Any,
) -> tuple[Option, ...]:
    """What `open_options` answers with our usual rules, law and a calendar without holidays."""
    return open_options(
        account or an_account(),
        OptionRequest(role, labels, **named),
        house or some_house_rules(),
        law or a_law_pack(),
        Calendar(),
        today,
    )


def the_option(
    kind: OptionKind, account: Account | None = None, *labels: str, **kwargs: Any
) -> Option:
    """The first option of one kind, which is preferred so that it is always among those shown."""
    found = the_options(account, *labels, preferred=(kind,), **kwargs)
    return next(option for option in found if option.kind is kind)


def test_nothing_overdue_gives_no_options_at_all() -> None:
    assert the_options(an_account(an_invoice(days_late=-5))) == ()


def test_full_payment_is_everything_due_today() -> None:
    option = the_option(OptionKind.FULL_PAYMENT, an_account(charges=(a_charge(40),)))
    assert option.status is OPEN
    assert option.total == pounds(2540)
    assert [i.due for i in option.schedule] == [TODAY]
    assert option.cost_note == "Costs us nothing."


def test_a_payment_asked_for_on_a_saturday_is_due_on_monday() -> None:
    option = the_option(OptionKind.FULL_PAYMENT, an_account(today=SATURDAY), today=SATURDAY)
    assert option.schedule[0].due == SATURDAY + timedelta(days=2)


def test_a_disputed_sum_is_never_asked_for_in_full() -> None:
    option = the_option(OptionKind.FULL_PAYMENT, an_account(an_invoice(disputed=300)))
    assert option.status is CLOSED
    assert option.why == "£300 of it is in dispute: ask for the undisputed part."


def test_the_undisputed_part_leaves_the_disputed_sum_out() -> None:
    option = the_option(OptionKind.UNDISPUTED_PART, an_account(an_invoice(disputed=300)))
    assert option.total == pounds(700)
    assert "£300 is logged as a dispute" in option.title


def test_contested_terms_put_the_fee_in_dispute_and_the_invoices_not() -> None:
    account = an_account(charges=(a_charge(40),))
    option = the_option(OptionKind.UNDISPUTED_PART, account, "terms_dispute")
    assert option.total == pounds(2500)


def test_without_a_dispute_there_is_no_undisputed_part() -> None:
    assert the_option(OptionKind.UNDISPUTED_PART).status is CLOSED


def test_a_part_payment_clears_the_oldest_invoice_first() -> None:
    option = the_option(OptionKind.PART_PAYMENT)
    assert [i.amount for i in option.schedule] == [pounds(1200), pounds(1300)]
    assert option.schedule[0].due == TODAY


def test_a_named_part_and_day_are_honoured_inside_the_limit() -> None:
    friday = TODAY + timedelta(days=10)
    option = the_option(OptionKind.PART_PAYMENT, named_amount=pounds(900), named_date=friday)
    assert [(i.amount, i.due) for i in option.schedule] == [
        (pounds(900), TODAY),
        (pounds(1600), friday),
    ]


def test_a_named_part_below_the_floor_is_raised_and_says_so() -> None:
    option = the_option(OptionKind.PART_PAYMENT, named_amount=pounds(100))
    assert option.status is OPEN
    assert option.schedule[0].amount == pounds(500)
    assert "£100 is below the first payment of £500" in option.why


def test_instalments_are_three_monthly_payments_unless_asked_otherwise() -> None:
    option = the_option(OptionKind.INSTALMENTS)
    assert [i.amount for i in option.schedule] == [
        pounds("833.33"),
        pounds("833.33"),
        pounds("833.34"),
    ]
    assert option.schedule[0].due == TODAY + timedelta(days=3)


def test_named_instalments_inside_the_limit_are_honoured() -> None:
    option = the_option(OptionKind.INSTALMENTS, named_instalments=4, named_frequency="fortnightly")
    assert option.status is OPEN
    assert len(option.schedule) == 4
    assert option.schedule[1].due - option.schedule[0].due == timedelta(days=14)


def test_more_instalments_than_the_limit_go_to_the_supervisor_beside_what_is_open() -> None:
    found = the_options(preferred=(OptionKind.INSTALMENTS,), named_instalments=7)
    plans = [option for option in found if option.kind is OptionKind.INSTALMENTS]
    assert [(o.status, len(o.schedule), o.approver) for o in plans] == [
        (OPEN, 4, None),
        (ASK, 7, "supervisor"),
    ]
    assert "7 payments asked for; 4 is the limit." in plans[0].why


def test_a_plan_that_would_run_past_the_days_allowed_has_fewer_payments() -> None:
    short = a_limit(max_days=45)
    cells = {(role, OptionKind.INSTALMENTS): short for role in (Role.COLLECTOR, Role.SUPERVISOR)}
    option = the_option(OptionKind.INSTALMENTS, house=some_house_rules(cells), named_instalments=4)
    assert option.status is OPEN
    assert len(option.schedule) == 2
    assert "It would run past the limit of 45 days." in option.why


def test_a_sum_a_month_gives_as_many_payments_as_it_takes() -> None:
    option = the_option(OptionKind.INSTALMENTS, named_amount=pounds(700), named_frequency="monthly")
    assert [i.amount for i in option.schedule] == [
        pounds(700),
        pounds(700),
        pounds(700),
        pounds(400),
    ]


def test_a_sum_that_needs_one_small_payment_more_than_the_limit_is_not_open() -> None:
    found = the_options(
        preferred=(OptionKind.INSTALMENTS,), named_amount=pounds("624.99"), named_frequency="weekly"
    )
    plans = [option for option in found if option.kind is OptionKind.INSTALMENTS]
    assert [(option.status, len(option.schedule)) for option in plans] == [(OPEN, 4), (ASK, 5)]


def test_a_crumb_a_month_is_brought_inside_the_limit() -> None:
    option = the_option(
        OptionKind.INSTALMENTS, named_amount=pounds("0.01"), named_frequency="weekly"
    )
    assert option.status is OPEN
    assert len(option.schedule) == 4


def test_what_nobody_may_grant_is_closed_with_the_reason_and_has_no_schedule() -> None:
    limit = a_limit(conditions=Conditions(risk_classes=(RiskClass.A,)))
    cells = {(role, OptionKind.INSTALMENTS): limit for role in (Role.COLLECTOR, Role.SUPERVISOR)}
    option = the_option(OptionKind.INSTALMENTS, house=some_house_rules(cells))
    assert option.status is CLOSED
    assert option.why == "Risk class B is outside this limit."
    assert option.schedule == ()


def test_the_law_may_forbid_a_floor_under_the_first_payment() -> None:
    law = a_law_pack(a_rule(no_payment_floor=True))
    option = the_option(OptionKind.PART_PAYMENT, law=law, named_amount=pounds(5))
    assert option.status is OPEN
    assert option.schedule[0].amount == pounds(5)


def test_an_extension_is_a_week_unless_a_day_is_named() -> None:
    assert the_option(OptionKind.EXTENSION).schedule[0].due == TODAY + timedelta(days=7)


def test_an_extension_costs_the_interest_that_we_do_not_claim() -> None:
    option = the_option(OptionKind.EXTENSION, an_account(an_invoice(balance=1000)))
    assert option.cost == pounds("0.32") * 7
    assert option.cost_note == "£2.24 interest forgone."


def test_instalments_count_the_interest_forgone_on_each_payment() -> None:
    option = the_option(
        OptionKind.INSTALMENTS,
        an_account(an_invoice(balance=1000)),
        named_instalments=2,
        named_frequency="weekly",
    )
    assert option.cost == pounds("0.16") * 3 + pounds("0.16") * 10


def test_an_unknown_rate_is_said_and_never_guessed() -> None:
    option = the_option(OptionKind.EXTENSION, an_account(an_invoice(days_late=400)))
    assert option.cost == pounds(0)
    assert option.cost_note == "Interest forgone not known: no rate is held for 2025H1."


def test_a_contract_rate_that_is_not_recorded_is_said() -> None:
    account = an_account(terms=some_terms(interest="contract"))
    note = the_option(OptionKind.EXTENSION, account).cost_note
    assert note == "Interest forgone not known: the contract's rate is not recorded."


def test_terms_without_interest_cost_nothing_to_wait() -> None:
    account = an_account(terms=some_terms(interest="none"))
    assert the_option(OptionKind.EXTENSION, account).cost_note == "Costs us nothing."


def test_a_fee_is_waived_against_payment_of_the_rest() -> None:
    option = the_option(OptionKind.FEE_WAIVER, an_account(charges=(a_charge(40),)))
    assert option.total == pounds(2500)
    assert option.cost == pounds(40)
    assert option.cost_note == "£40 waived."


def test_only_as_much_of_a_fee_is_waived_as_the_role_may() -> None:
    house = some_house_rules(
        {(Role.COLLECTOR, OptionKind.FEE_WAIVER): a_limit(max_percent=Decimal(50))}
    )
    account = an_account(charges=(a_charge("40.01"),))
    option = the_option(OptionKind.FEE_WAIVER, account, house=house)
    assert option.cost == pounds(20)
    assert option.total == pounds("2520.01")


def test_without_a_fee_there_is_nothing_to_waive() -> None:
    assert (
        the_option(OptionKind.FEE_WAIVER).why == "No late fee or interest stands on this account."
    )


def test_a_waived_charge_is_not_waived_again() -> None:
    account = an_account(charges=(a_charge(40, waived=True),))
    assert the_option(OptionKind.FEE_WAIVER, account).status is CLOSED


def test_a_discount_shows_what_it_costs_in_a_year() -> None:
    limit = a_limit(max_percent=Decimal(2), max_days=7, sooner_days=20)
    house = some_house_rules({(Role.COLLECTOR, OptionKind.SETTLEMENT_DISCOUNT): limit})
    account = an_account(an_invoice(balance=1000), terms=some_terms(interest="none"))
    option = the_option(OptionKind.SETTLEMENT_DISCOUNT, account, house=house)
    assert option.total == pounds(980)
    assert option.cost_note == "£20 discount, 37.2% a year."


def test_a_discount_dearer_than_the_yearly_limit_is_closed() -> None:
    limit = a_limit(max_percent=Decimal(2), sooner_days=20, max_annual_percent=Decimal(20))
    cells = {
        (role, OptionKind.SETTLEMENT_DISCOUNT): limit for role in (Role.COLLECTOR, Role.SUPERVISOR)
    }
    account = an_account(an_invoice(balance=1000))
    option = the_option(OptionKind.SETTLEMENT_DISCOUNT, account, house=some_house_rules(cells))
    assert option.why == "It would cost 37.2% a year; 20% is the limit."


def test_a_settlement_figure_that_the_client_names_is_met_inside_the_limit() -> None:
    limit = a_limit(max_percent=Decimal(5), sooner_days=60)
    house = some_house_rules({(Role.COLLECTOR, OptionKind.SETTLEMENT_DISCOUNT): limit})
    option = the_option(OptionKind.SETTLEMENT_DISCOUNT, house=house, named_amount=pounds(2450))
    assert option.total == pounds(2450)


def test_another_method_leaves_out_the_one_they_use() -> None:
    account = an_account(payments=(a_payment(method="bank_transfer"),))
    option = the_option(OptionKind.METHOD_CHANGE, account)
    assert "by card or direct debit" in option.title
    assert option.why.startswith("Their last payment came by bank transfer.")


def test_an_account_with_one_method_has_no_other() -> None:
    account = an_account(payments=(a_payment(method="card"),), payment_methods=("card",))
    assert the_option(OptionKind.METHOD_CHANGE, account).status is CLOSED


def test_failed_goods_are_credited_and_the_rest_is_paid() -> None:
    account = an_account(an_invoice(disputed=300), disputes=(a_dispute(amount=300),))
    option = the_option(OptionKind.RETURN_OR_CREDIT, account, "service_dispute")
    assert option.total == pounds(700)
    assert option.cost == pounds(300)
    assert option.cost_note == "£300 credited."


def test_no_more_is_credited_than_is_in_dispute_on_the_invoice() -> None:
    account = an_account(an_invoice(disputed=300), disputes=(a_dispute(amount=900),))
    assert the_option(OptionKind.RETURN_OR_CREDIT, account).cost == pounds(300)


def test_a_settled_dispute_or_one_about_price_is_not_credited() -> None:
    settled = a_dispute(resolved_on=TODAY)
    price = a_dispute(reason="invoice_dispute")
    for dispute in (settled, price):
        account = an_account(an_invoice(disputed=300), disputes=(dispute,))
        assert the_option(OptionKind.RETURN_OR_CREDIT, account).status is CLOSED


def test_a_service_complaint_without_a_sum_asks_for_the_sum_first() -> None:
    option = the_option(OptionKind.RETURN_OR_CREDIT, None, "service_dispute")
    assert option.why.startswith("Log the sum that failed first")


def test_when_all_of_it_is_disputed_nothing_is_asked_for() -> None:
    account = an_account(an_invoice(disputed=1000), disputes=(a_dispute(amount=1000),))
    found = the_options(account)
    assert [o.kind for o in found if o.status is not CLOSED] == [OptionKind.RETURN_OR_CREDIT]
    assert found[0].total == pounds(0)


@pytest.mark.parametrize(
    "protection",
    ["vulnerable_since", "adviser_since", "moratorium_until", "insolvent_since"],
)
def test_a_protected_account_has_every_money_option_closed(protection: str) -> None:
    found = the_options(a_protected_account(**{protection: TODAY}))
    assert [option.kind for option in found] == list(OptionKind)
    assert all(option.status is CLOSED and option.why for option in found)


@pytest.mark.parametrize(
    "label", ["vulnerability", "third_party", "adviser_in_charge", "insolvency"]
)
def test_a_protected_label_closes_money_at_once(label: str) -> None:
    assert all(o.status is CLOSED for o in the_options(None, "plan_request", label))


def test_a_law_that_closes_a_kind_is_the_reason() -> None:
    law = a_law_pack(a_rule(closes=(OptionKind.EXTENSION,)))
    option = the_option(OptionKind.EXTENSION, law=law)
    assert option.status is CLOSED
    assert (option.why, option.source) == ("The rule's words.", "the statute")


def test_at_most_four_may_be_offered() -> None:
    found = the_options(an_account(charges=(a_charge(),)))
    assert len([o for o in found if o.status is not CLOSED]) == MOST_SHOWN


def test_closed_options_come_last() -> None:
    states = [option.status is CLOSED for option in the_options()]
    assert states == sorted(states)


def test_what_the_playbook_prefers_comes_first() -> None:
    preferred = (OptionKind.EXTENSION, OptionKind.INSTALMENTS)
    assert [o.kind for o in the_options(preferred=preferred)][:2] == list(preferred)


def test_without_a_preference_the_label_decides_and_then_the_cost() -> None:
    kinds = [o.kind for o in the_options(None, "cash_flow")]
    assert kinds[:3] == [OptionKind.INSTALMENTS, OptionKind.PART_PAYMENT, OptionKind.EXTENSION]
    costs = [o.cost.amount for o in the_options() if o.status is not CLOSED]
    assert costs == sorted(costs)


def test_the_reason_counts_the_promises_kept() -> None:
    promises = (a_promise(due_in=-30), a_promise(due_in=-20), a_promise("broken", due_in=-10))
    assert (
        "They kept 2 of 3 promises."
        in the_option(OptionKind.EXTENSION, an_account(promises=promises)).why
    )


def test_an_offer_says_what_to_note_and_how_long_it_holds() -> None:
    option = the_option(OptionKind.EXTENSION)
    assert option.evidence == "Note it."
    assert option.expires_on == TODAY + timedelta(days=5)
    assert option.source == "house rule of 2026-01-01"


def test_a_named_sum_in_another_currency_or_above_the_debt_is_left_aside() -> None:
    usual = the_option(OptionKind.PART_PAYMENT).schedule
    for named in (Money.of(900, "EUR"), pounds(9000), pounds(0)):
        assert the_option(OptionKind.PART_PAYMENT, named_amount=named).schedule == usual


def test_a_day_that_has_passed_is_left_aside() -> None:
    past = TODAY - timedelta(days=3)
    assert the_option(OptionKind.EXTENSION, named_date=past).schedule[0].due > TODAY


def test_a_trainer_has_what_a_collector_has() -> None:
    assert the_options(role=Role.TRAINER) == the_options()


def test_a_role_at_the_top_has_nobody_to_ask() -> None:
    option = the_option(OptionKind.FULL_PAYMENT, role=Role.ADMIN)
    assert option.status is CLOSED
    assert option.why == "This is not for the role “admin” to grant."


def test_the_day_of_a_promise_belongs_to_the_sum_promised():
    friday = TODAY + timedelta(days=3)
    option = the_option(
        OptionKind.PART_PAYMENT,
        an_account(),
        "promise_to_pay",
        named_amount=pounds(1000),
        named_date=friday,
    )

    assert (pounds(1000), friday) == (option.schedule[0].amount, option.schedule[0].due)
    assert option.schedule[1].due > friday


def test_a_fee_is_in_question_only_when_it_is_contested():
    account = an_account(charges=(a_charge(70),))
    kind = OptionKind.UNDISPUTED_PART

    assert OPEN is the_option(kind, account, "terms_dispute").status
    assert CLOSED is the_option(kind, account, "terms_dispute", fee_contested=False).status


def test_whoever_must_not_be_pressed_gets_the_days_that_the_limit_has():
    law = a_law_pack(a_rule(no_payment_floor=True))
    hurried = the_option(OptionKind.FULL_PAYMENT)
    patient = the_option(OptionKind.FULL_PAYMENT, law=law)

    assert patient.schedule[0].due > hurried.schedule[0].due


def test_a_small_sum_named_gets_more_time_rather_than_more_each_time():
    option = the_option(
        OptionKind.INSTALMENTS,
        an_account(),
        "plan_request",
        named_amount=pounds(50),
        named_frequency="weekly",
    )

    assert " monthly payments" in option.title
