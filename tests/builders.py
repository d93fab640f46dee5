"""Readable test data: an account with three overdue invoices, and everything on it by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.core.account import (
    Account,
    Charge,
    Contact,
    Dispute,
    Instalment,
    Invoice,
    LegalForm,
    Payment,
    Plan,
    PlanStatus,
    Promise,
    PromiseStatus,
    Protections,
    RiskClass,
    Terms,
)
from bot.core.coaching.advice import OptionKind, Role
from bot.core.coaching.house_rules import PAUSES, Concession, HouseRules, Limit
from bot.core.coaching.law import LawPack, LawRule, Scope
from bot.core.interest import FixedSum, StatutoryRates
from bot.core.labels import Speaker
from bot.core.money import Money
from bot.core.reading import HeardLabel, Reading

#: A working Tuesday in a half-year whose United Kingdom rate is known.
TODAY = date(2026, 3, 10)


def pounds(amount: str | int) -> Money:
    """An amount in pounds."""
    return Money.of(amount, "GBP")


def an_invoice(
    number: str = "4417",
    balance: str | int = 1000,
    *,
    days_late: int = 30,
    disputed: str | int = 0,
    currency: str = "GBP",
    today: date = TODAY,
    **changes: Any,
) -> Invoice:
    """An invoice that fell due so many days ago (below zero: not yet due)."""
    due_on = today - timedelta(days=days_late)
    invoice = Invoice(
        id=f"inv_{number}",
        number=number,
        issued_on=due_on - timedelta(days=30),
        due_on=due_on,
        total=Money.of(balance, currency),
        balance=Money.of(balance, currency),
        disputed=Money.of(disputed, currency),
        po_number=f"PO-{number}",
    )
    return replace(invoice, **changes)


def a_charge(
    amount: str | int = 40,
    *,
    invoice: str = "4417",
    kind: str = "late_fee",
    currency: str = "GBP",
    charged_on: date = TODAY - timedelta(days=10),
    **changes: Any,
) -> Charge:
    """A late fee (or interest) that stands on an invoice."""
    charge = Charge(f"chg_{invoice}_{kind}", kind, invoice, Money.of(amount, currency), charged_on)
    return replace(charge, **changes)


def a_payment(
    amount: str | int = 500,
    *,
    days_ago: int = 40,
    method: str = "bank_transfer",
    currency: str = "GBP",
    today: date = TODAY,
) -> Payment:
    """Money that came in so many days ago."""
    received_on = today - timedelta(days=days_ago)
    return Payment(f"pay_{days_ago}", received_on, Money.of(amount, currency), method)


def a_promise(
    status: str = "kept",
    amount: str | int = 500,
    *,
    due_in: int = -20,
    currency: str = "GBP",
    today: date = TODAY,
) -> Promise:
    """A promise to pay, due so many days from today (below zero: in the past)."""
    due_on = today + timedelta(days=due_in)
    return Promise(
        f"prm_{status}_{due_in}",
        Money.of(amount, currency),
        due_on,
        min(due_on, today) - timedelta(days=7),
        PromiseStatus(status),
    )


def a_plan(
    *amounts: str | int, status: str = "live", currency: str = "GBP", today: date = TODAY
) -> Plan:
    """A plan with monthly instalments of these amounts, the first in a week."""
    schedule = tuple(
        Instalment(Money.of(amount, currency), today + timedelta(days=7 + 30 * index))
        for index, amount in enumerate(amounts or (250, 250))
    )
    return Plan("pln_1", today - timedelta(days=14), schedule, PlanStatus(status))


def a_dispute(
    invoice: str = "4417",
    amount: str | int = 300,
    *,
    reason: str = "service_dispute",
    currency: str = "GBP",
    **changes: Any,
) -> Dispute:
    """An open dispute on an invoice."""
    opened_on = TODAY - timedelta(days=5)
    dispute = Dispute(f"dsp_{invoice}", invoice, reason, Money.of(amount, currency), opened_on)
    return replace(dispute, **changes)


def some_terms(**changes: Any) -> Terms:
    """Thirty days with statutory interest."""
    return replace(Terms(effective_from=date(2024, 1, 1), credit_days=30), **changes)


def an_account(*invoices: Invoice, today: date = TODAY, **changes: Any) -> Account:
    """A bakery company in the United Kingdom, risk class B, with three overdue invoices unless others are given."""
    currency = changes.get("currency", "GBP")
    held = invoices or tuple(
        an_invoice(number, balance, days_late=late, currency=currency, today=today)
        for number, balance, late in (("4417", 1200, 45), ("4423", 800, 30), ("4431", 500, 12))
    )
    account = Account(
        id="acc_bakery",
        name="Harbour Bakery Ltd",
        legal_form=LegalForm.COMPANY,
        country="GB",
        vat_registered=True,
        industry="bakery",
        currency=currency,
        risk_class=RiskClass.B,
        relationship_value=Money.of(30000, currency),
        as_of=datetime(today.year, today.month, today.day, 6, tzinfo=UTC),
        terms=some_terms(),
        owner="usr_amina",
        customer_since=date(2019, 5, 1),
        invoices=held,
        contacts=(Contact("con_1", "Ruth Mercer", "accounts payable", "+442079460000"),),
    )
    return replace(account, **changes)


def a_protected_account(today: date = TODAY, **protections: Any) -> Account:
    """The bakery with a pause recorded: `a_protected_account(vulnerable_since=day)`."""
    return an_account(today=today, protections=Protections(**protections))


def a_reading(
    *labels: str, text: str = "", heat: int = 0, speaker: Speaker = Speaker.CLIENT, **changes: Any
) -> Reading:
    """What was heard in a turn, each label at confidence 0.9."""
    heard = tuple(HeardLabel(label, 0.9, text) for label in labels)
    return replace(Reading(speaker=speaker, text=text, labels=heard, heat=heat), **changes)


def per_cent(rate: str | int) -> Decimal:
    """A rate in per cent."""
    return Decimal(rate)


def a_limit(**changes: Any) -> Limit:
    """A limit of £5,000, four instalments within 120 days, a fifth of the sum first."""
    limit = Limit(
        max_amount={"GBP": Decimal(5000), "EUR": Decimal(5000)},
        max_percent=Decimal(100),
        max_days=120,
        max_instalments=4,
        first_payment_percent=Decimal(20),
        first_within_days=10,
    )
    return replace(limit, **changes)


def some_house_rules(
    limits: dict[tuple[Role, OptionKind], Limit] | None = None, **changes: Any
) -> HouseRules:
    """House rules in which every concession has `a_limit` for collectors and ten times that for supervisors.

    `limits` replaces single cells of the matrix.
    """
    wide = a_limit(max_amount={"GBP": Decimal(50000)}, max_days=240, max_instalments=8)
    cells = {
        kind: {Role.COLLECTOR: a_limit(), Role.TRAINER: a_limit(), Role.SUPERVISOR: wide}
        for kind in OptionKind
    }
    for (role, kind), limit in (limits or {}).items():
        cells[kind][role] = limit
    rules = HouseRules(
        concessions={
            kind: Concession(row, expires_after_days=5, evidence="Note it.")
            for kind, row in cells.items()
        },
        approvers={
            Role.COLLECTOR: Role.SUPERVISOR,
            Role.TRAINER: Role.SUPERVISOR,
            Role.SUPERVISOR: Role.ADMIN,
        },
        pauses={name: f"Paused: {name}." for name in PAUSES},
        dated=date(2026, 1, 1),
        review_by=date(2026, 7, 1),
    )
    return replace(rules, **changes)


def a_rule(rule_id: str = "gb-rule", **changes: Any) -> LawRule:
    """A rule of law in force since 2024."""
    rule = LawRule(rule_id, "The rule's words.", "the statute", date(2024, 1, 1), date(2027, 1, 1))
    return replace(rule, **changes)


def a_law_pack(*rules: LawRule, **changes: Any) -> LawPack:
    """A United Kingdom pack whose rate is known for the first half of 2026 only."""
    pack = LawPack(
        name="gb",
        title="United Kingdom",
        scope=Scope(countries=("GB",)),
        rules=rules,
        rates=StatutoryRates({"2026H1": Decimal("11.75")}, fixed_per_debt=True),
        fixed_sums=(
            FixedSum(pounds("0.01"), pounds(40)),
            FixedSum(pounds(1000), pounds(70)),
            FixedSum(pounds(10000), pounds(100)),
        ),
    )
    return replace(pack, **changes)
