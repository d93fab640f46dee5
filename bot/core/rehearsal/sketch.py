"""An account as a scenario sketches it: days count from the day of the call, so the case never ages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from bot.core.account import (
    Account,
    Charge,
    Contact,
    ContactLogEntry,
    Dispute,
    Invoice,
    InvoiceLine,
    LegalForm,
    Payment,
    Promise,
    PromiseStatus,
    Protections,
    RiskClass,
    Terms,
)
from bot.core.money import Money


@dataclass(frozen=True)
class TermsSketch:
    """Terms that bind from a day on: `from_day` is `from` in the file, `days` the credit period, `limit` the credit limit."""

    from_day: int
    days: int
    late_fee: Decimal | None = None
    interest: str = "statutory"
    interest_rate: Decimal | None = None
    limit: Decimal | None = None


@dataclass(frozen=True)
class InvoiceSketch:
    """An invoice; `what` says what was sold."""

    number: str
    issued: int
    due: int
    total: Decimal
    balance: Decimal
    disputed: Decimal = Decimal(0)
    po: str | None = None
    what: str = ""


@dataclass(frozen=True)
class ChargeSketch:
    """A late fee or interest on an invoice."""

    invoice: str
    kind: str
    amount: Decimal
    on: int
    waived: bool = False


@dataclass(frozen=True)
class PromiseSketch:
    """An earlier promise and what became of it."""

    amount: Decimal
    made: int
    due: int
    status: PromiseStatus


@dataclass(frozen=True)
class PaymentSketch:
    """Money that came in."""

    on: int
    amount: Decimal
    method: str = "bank_transfer"
    invoice: str | None = None


@dataclass(frozen=True)
class DisputeSketch:
    """An open dispute on an invoice."""

    invoice: str
    reason: str
    amount: Decimal
    opened: int
    note: str = ""


@dataclass(frozen=True)
class ProtectionsSketch:
    """What is already recorded on the account, in days from the call."""

    vulnerable_since: int | None = None
    adviser_since: int | None = None
    adviser_name: str | None = None
    moratorium_until: int | None = None
    insolvent_since: int | None = None
    insolvency_practitioner: str | None = None
    contact_stopped_since: int | None = None


@dataclass(frozen=True)
class LogSketch:
    """One earlier contact; `at` is a day."""

    at: int
    channel: str
    by: str
    summary: str


@dataclass(frozen=True)
class AccountSketch:
    """The client's account with days from the call instead of dates, and amounts in `currency`."""

    name: str
    legal_form: LegalForm
    country: str
    currency: str
    terms: tuple[TermsSketch, ...]
    invoices: tuple[InvoiceSketch, ...]
    vat_registered: bool = True
    industry: str = ""
    risk_class: RiskClass = RiskClass.U
    relationship_value: Decimal = Decimal(0)
    customer_since: int | None = None
    on_stop: bool = False
    charges: tuple[ChargeSketch, ...] = ()
    promises: tuple[PromiseSketch, ...] = ()
    payments: tuple[PaymentSketch, ...] = ()
    disputes: tuple[DisputeSketch, ...] = ()
    protections: ProtectionsSketch = ProtectionsSketch()
    log: tuple[LogSketch, ...] = ()
    notes: str = ""


def account_of(
    sketch: AccountSketch, scenario_id: str, contact: tuple[str, str], today: date
) -> Account:
    """The account as it stands on the day of the call; `contact` is the name and role of who answers."""
    draw = _Drawing(sketch, today)
    return Account(
        id=f"acc_{scenario_id}",
        name=sketch.name,
        legal_form=sketch.legal_form,
        country=sketch.country,
        vat_registered=sketch.vat_registered,
        industry=sketch.industry,
        currency=sketch.currency,
        risk_class=sketch.risk_class,
        relationship_value=draw.money(sketch.relationship_value),
        as_of=datetime.combine(today, time(6), UTC),
        terms=draw.terms(),
        owner="",
        on_stop=sketch.on_stop,
        customer_since=draw.maybe_day(sketch.customer_since),
        invoices=tuple(draw.invoice(x) for x in sketch.invoices),
        charges=tuple(
            Charge(f"chg_{n}", x.kind, x.invoice, draw.money(x.amount), draw.day(x.on), x.waived)
            for n, x in enumerate(sketch.charges)
        ),
        payments=tuple(
            Payment(f"pay_{n}", draw.day(x.on), draw.money(x.amount), x.method, x.invoice)
            for n, x in enumerate(sketch.payments)
        ),
        promises=tuple(
            Promise(f"prm_{n}", draw.money(x.amount), draw.day(x.due), draw.day(x.made), x.status)
            for n, x in enumerate(sketch.promises)
        ),
        disputes=tuple(draw.dispute(n, x) for n, x in enumerate(sketch.disputes)),
        contacts=(Contact("con_0", *contact),),
        contact_log=tuple(
            ContactLogEntry(
                datetime.combine(draw.day(x.at), time(10), UTC), x.channel, x.by, x.summary
            )
            for x in sketch.log
        ),
        protections=draw.protections(),
        notes=sketch.notes,
    )


@dataclass(frozen=True)
class _Drawing:
    sketch: AccountSketch
    today: date

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def maybe_day(self, days: int | None) -> date | None:
        return None if days is None else self.day(days)

    def money(self, amount: Decimal) -> Money:
        return Money(amount, self.sketch.currency)

    def maybe_money(self, amount: Decimal | None) -> Money | None:
        return None if amount is None else self.money(amount)

    def terms(self) -> Terms:
        past = [x for x in self.sketch.terms if x.from_day <= 0] or list(self.sketch.terms)
        now = max(past, key=lambda x: x.from_day)
        return Terms(
            effective_from=self.day(now.from_day),
            credit_days=now.days,
            late_fee=self.maybe_money(now.late_fee),
            interest=now.interest,
            interest_rate=now.interest_rate,
            credit_limit=self.maybe_money(now.limit),
        )

    def invoice(self, x: InvoiceSketch) -> Invoice:
        total = self.money(x.total)
        return Invoice(
            id=f"inv_{x.number}",
            number=x.number,
            issued_on=self.day(x.issued),
            due_on=self.day(x.due),
            total=total,
            balance=self.money(x.balance),
            disputed=self.money(x.disputed),
            po_number=x.po,
            lines=(InvoiceLine(x.what, Decimal(1), total, total),) if x.what else (),
        )

    def dispute(self, n: int, x: DisputeSketch) -> Dispute:
        amount, opened = self.money(x.amount), self.day(x.opened)
        return Dispute(f"dsp_{n}", x.invoice, x.reason, amount, opened, x.note)

    def protections(self) -> Protections:
        p = self.sketch.protections
        return Protections(
            vulnerable_since=self.maybe_day(p.vulnerable_since),
            adviser_since=self.maybe_day(p.adviser_since),
            adviser_name=p.adviser_name,
            moratorium_until=self.maybe_day(p.moratorium_until),
            insolvent_since=self.maybe_day(p.insolvent_since),
            insolvency_practitioner=p.insolvency_practitioner,
            contact_stopped_since=self.maybe_day(p.contact_stopped_since),
        )
