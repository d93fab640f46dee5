"""Who may grant what."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.core.account import RiskClass
from bot.core.coaching.advice import OptionKind, Role
from bot.core.coaching.house_rules import Conditions
from bot.core.coaching.pauses import pause_on
from bot.core.money import Money
from tests.builders import (
    TODAY,
    a_limit,
    a_plan,
    a_promise,
    a_protected_account,
    an_account,
    an_invoice,
    pounds,
    some_house_rules,
)


def test_a_sum_at_the_limit_is_inside_it() -> None:
    assert a_limit().excess(pounds(5000)) is None
    assert a_limit().excess(pounds("5000.01")) == "£5,000.01 is above the limit of £5,000."


def test_a_currency_without_a_limit_allows_nothing() -> None:
    assert a_limit().excess(Money.of(1, "CHF")) == "No limit is set in CHF."


def test_no_ceiling_at_all_allows_any_sum() -> None:
    assert a_limit(max_amount=None).excess(Money.of(10**9, "CHF")) is None


def test_a_small_sum_is_not_worth_a_plan() -> None:
    limit = a_limit(min_amount={"GBP": Decimal(200)})
    assert limit.shortfall(pounds("199.99")) == "Only from £200; this is £199.99."
    assert limit.shortfall(pounds(200)) is None


@pytest.mark.parametrize(
    ("conditions", "account", "reason"),
    [
        (
            Conditions(risk_classes=(RiskClass.A,)),
            an_account(),
            "Risk class B is outside this limit.",
        ),
        (
            Conditions(max_broken_promises=0),
            an_account(promises=(a_promise("broken"),)),
            "1 promise was broken; 0 at most allowed.",
        ),
        (
            Conditions(max_broken_promises=1),
            an_account(promises=(a_promise("broken"), a_promise("broken", due_in=-9))),
            "2 promises were broken; 1 at most allowed.",
        ),
        (
            Conditions(dispute_open=False),
            an_account(an_invoice(disputed=300)),
            "£300 of it is in dispute.",
        ),
        (Conditions(on_stop=False), an_account(on_stop=True), "The account is on stop."),
        (
            Conditions(live_plan=False),
            an_account(plans=(a_plan(),)),
            "A payment plan is already being paid.",
        ),
    ],
)
def test_an_unmet_condition_is_named(conditions: Conditions, account, reason: str) -> None:  # type: ignore[no-untyped-def]  # any account
    assert conditions.unmet(account, TODAY) == reason


def test_an_account_that_meets_every_condition_has_no_reason_against_it() -> None:
    strict = Conditions((RiskClass.B,), 0, dispute_open=False, on_stop=False, live_plan=False)
    assert strict.unmet(an_account(plans=(a_plan(status="completed"),)), TODAY) is None


def test_seniors_come_nearest_first() -> None:
    assert some_house_rules().seniors(Role.TRAINER) == (Role.SUPERVISOR, Role.ADMIN)
    assert some_house_rules().seniors(Role.ADMIN) == ()


def test_a_circle_of_approvers_ends() -> None:
    house = some_house_rules(approvers={Role.COLLECTOR: Role.ADMIN, Role.ADMIN: Role.COLLECTOR})
    assert house.seniors(Role.COLLECTOR) == (Role.ADMIN, Role.COLLECTOR)


def test_a_role_without_a_cell_may_not_grant_the_concession() -> None:
    assert some_house_rules().limit(Role.ADMIN, OptionKind.EXTENSION) is None


def test_house_rules_say_where_they_come_from() -> None:
    assert some_house_rules().citation == "house rule of 2026-01-01"


@pytest.mark.parametrize(
    ("protection", "pause"),
    [
        ({"vulnerable_since": TODAY}, "vulnerable"),
        ({"adviser_since": TODAY}, "adviser"),
        ({"moratorium_until": TODAY}, "moratorium"),
        ({"insolvent_since": TODAY}, "insolvent"),
        ({"contact_stopped_since": TODAY}, "contact_stopped"),
    ],
)
def test_each_recorded_protection_pauses(protection: dict[str, date], pause: str) -> None:
    assert pause_on(a_protected_account(**protection), (), TODAY) == pause


def test_a_moratorium_that_has_ended_no_longer_pauses() -> None:
    over = a_protected_account(moratorium_until=TODAY - timedelta(days=1))
    assert pause_on(over, (), TODAY) is None


@pytest.mark.parametrize(
    ("label", "pause"),
    [
        ("vulnerability", "vulnerable"),
        ("adviser_in_charge", "adviser"),
        ("third_party", "third_party"),
        ("insolvency", "insolvent"),
    ],
)
def test_what_is_heard_pauses_before_it_is_recorded(label: str, pause: str) -> None:
    assert pause_on(an_account(), ("cash_flow", label), TODAY) == pause


def test_other_labels_do_not_pause() -> None:
    assert pause_on(an_account(), ("cash_flow", "abuse", "neutral"), TODAY) is None
