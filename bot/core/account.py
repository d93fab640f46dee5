"""A client's account as it stood at one instant: frozen facts, each with its freshness."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bot.core.money import Money


class LegalForm(StrEnum):
    """What kind of debtor the client is in law; with country and VAT flag it chooses the law pack."""

    COMPANY = "company"
    PARTNERSHIP = "partnership"
    SOLE_TRADER = "sole_trader"
    PUBLIC_BODY = "public_body"
    CHARITY = "charity"
    CONSUMER = "consumer"


class RiskClass(StrEnum):
    """How likely the client is not to pay, A best to D worst; U when it has not been assessed."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    U = "U"


class PromiseStatus(StrEnum):
    """What became of a promise to pay."""

    PENDING = "pending"
    KEPT = "kept"
    BROKEN = "broken"
    CANCELLED = "cancelled"


class PlanStatus(StrEnum):
    """What became of a payment plan."""

    LIVE = "live"
    COMPLETED = "completed"
    BROKEN = "broken"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class InvoiceLine:
    """One line of an invoice."""

    description: str
    quantity: Decimal
    unit_price: Money
    total: Money


@dataclass(frozen=True)
class Invoice:
    """An invoice; `balance` is what is still open of `total`, `disputed` the part of the balance in dispute."""

    id: str
    number: str
    issued_on: date
    due_on: date
    total: Money
    balance: Money
    disputed: Money
    po_number: str | None = None
    lines: tuple[InvoiceLine, ...] = ()

    def days_overdue(self, today: date) -> int:
        """Days since it fell due; 0 when it has not, or nothing is open."""
        return max(0, (today - self.due_on).days) if self.balance.is_positive else 0


@dataclass(frozen=True)
class Charge:
    """A late fee or interest put on an invoice; `kind` is `late_fee` or `interest`."""

    id: str
    kind: str
    invoice_number: str
    amount: Money
    charged_on: date
    waived: bool = False


@dataclass(frozen=True)
class Payment:
    """Money that came in."""

    id: str
    received_on: date
    amount: Money
    method: str
    invoice_number: str | None = None


@dataclass(frozen=True)
class Promise:
    """A promise to pay an amount on a day."""

    id: str
    amount: Money
    due_on: date
    made_on: date
    status: PromiseStatus


@dataclass(frozen=True)
class Instalment:
    """One payment of a schedule."""

    amount: Money
    due: date


@dataclass(frozen=True)
class Plan:
    """An agreed payment plan."""

    id: str
    agreed_on: date
    schedule: tuple[Instalment, ...]
    status: PlanStatus


@dataclass(frozen=True)
class Dispute:
    """A dispute on one invoice; `reason` is a label of the disputed-terms family."""

    id: str
    invoice_number: str
    reason: str
    amount: Money
    opened_on: date
    note: str = ""
    owner: str | None = None
    resolved_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it yet."""
        return self.resolved_on is None


@dataclass(frozen=True)
class Terms:
    """The credit terms that bind from a day on; rates in per cent, periods in days.

    `late_fee` is the contract's fee per late invoice (None: none agreed). `interest` is `statutory`, `contract` or `none`.
    """

    effective_from: date
    credit_days: int
    late_fee: Money | None = None
    interest: str = "statutory"
    interest_rate: Decimal | None = None
    early_discount_percent: Decimal | None = None
    early_discount_days: int | None = None
    credit_limit: Money | None = None


@dataclass(frozen=True)
class Contact:
    """A person at the client."""

    id: str
    name: str
    role: str
    phone: str | None = None
    email: str | None = None
    preferred_channel: str | None = None


@dataclass(frozen=True)
class ContactLogEntry:
    """One earlier contact with the client."""

    at: datetime
    channel: str
    by: str
    summary: str


@dataclass(frozen=True)
class Document:
    """A document sent or asked for; `status` is `requested` or `sent`."""

    kind: str
    reference: str | None
    status: str
    on: date


@dataclass(frozen=True)
class Protections:
    """What pauses collection on this account, each with the day it was recorded (None: not so)."""

    vulnerable_since: date | None = None
    adviser_since: date | None = None
    adviser_name: str | None = None
    moratorium_until: date | None = None
    insolvent_since: date | None = None
    insolvency_practitioner: str | None = None
    contact_stopped_since: date | None = None

    @property
    def any(self) -> bool:
        """Whether anything at all pauses collection."""
        return any(
            (
                self.vulnerable_since,
                self.adviser_since,
                self.moratorium_until,
                self.insolvent_since,
                self.contact_stopped_since,
            )
        )


@dataclass(frozen=True)
class Account:
    """Everything known of one client at `as_of`; amounts are in `currency`.

    `stale` names the facts whose source is older than it should be; they are marked before they are quoted.
    """

    id: str
    name: str
    legal_form: LegalForm
    country: str
    vat_registered: bool
    industry: str
    currency: str
    risk_class: RiskClass
    relationship_value: Money
    as_of: datetime
    terms: Terms
    owner: str
    on_stop: bool = False
    customer_since: date | None = None
    invoices: tuple[Invoice, ...] = ()
    charges: tuple[Charge, ...] = ()
    payments: tuple[Payment, ...] = ()
    promises: tuple[Promise, ...] = ()
    plans: tuple[Plan, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    contacts: tuple[Contact, ...] = ()
    contact_log: tuple[ContactLogEntry, ...] = ()
    documents: tuple[Document, ...] = ()
    protections: Protections = field(default_factory=Protections)
    payment_methods: tuple[str, ...] = ("bank_transfer", "card", "direct_debit")
    notes: str = ""
    stale: tuple[str, ...] = ()

    def overdue_invoices(self, today: date) -> tuple[Invoice, ...]:
        """Open invoices past their due date, oldest first."""
        late = (i for i in self.invoices if i.balance.is_positive and i.due_on < today)
        return tuple(sorted(late, key=lambda i: (i.due_on, i.number)))

    def overdue(self, today: date) -> Money:
        """What is past due on invoices, disputed parts included, charges not."""
        return Money.sum((i.balance for i in self.overdue_invoices(today)), self.currency)

    def open_charges(self) -> tuple[Charge, ...]:
        """Late fees and interest that stand."""
        return tuple(c for c in self.charges if not c.waived)

    def charged(self) -> Money:
        """The sum of the charges that stand."""
        return Money.sum((c.amount for c in self.open_charges()), self.currency)

    def disputed(self, today: date) -> Money:
        """What of the overdue sum is in dispute."""
        return Money.sum((i.disputed for i in self.overdue_invoices(today)), self.currency)

    def due_now(self, today: date) -> Money:
        """Overdue invoices and standing charges together."""
        return self.overdue(today) + self.charged()

    def undisputed(self, today: date) -> Money:
        """What is due now and nobody contests."""
        return self.due_now(today) - self.disputed(today)

    def exposure(self) -> Money:
        """Everything open, due or not, charges included."""
        return Money.sum((i.balance for i in self.invoices), self.currency) + self.charged()

    def oldest_days(self, today: date) -> int:
        """Days that the oldest overdue invoice is late."""
        return max((i.days_overdue(today) for i in self.overdue_invoices(today)), default=0)

    def promises_kept(self) -> int:
        """How many promises the client has kept."""
        return sum(p.status is PromiseStatus.KEPT for p in self.promises)

    def promises_broken(self) -> int:
        """How many promises the client has broken."""
        return sum(p.status is PromiseStatus.BROKEN for p in self.promises)

    def pending_promise(self) -> Promise | None:
        """The promise that is still open, the nearest first."""
        pending = (p for p in self.promises if p.status is PromiseStatus.PENDING)
        return min(pending, key=lambda p: p.due_on, default=None)

    def live_plan(self) -> Plan | None:
        """The plan that is being paid, if there is one."""
        return next((p for p in self.plans if p.status is PlanStatus.LIVE), None)
