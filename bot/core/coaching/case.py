"""What is asked on a call and what the account says to it: the figures that every option starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from bot.core.account import Account
from bot.core.coaching.advice import OptionKind, Role
from bot.core.coaching.law import LawPack
from bot.core.dates import Calendar
from bot.core.interest import FlatRate, InterestBasis
from bot.core.labels import Objection, Signal
from bot.core.money import Money


@dataclass(frozen=True)
class OptionRequest:
    """Who asks, what was heard, which kinds the playbook prefers, and the terms that the client named."""

    role: Role
    labels: tuple[str, ...] = ()
    preferred: tuple[OptionKind, ...] = ()
    named_amount: Money | None = None
    named_date: date | None = None
    named_instalments: int | None = None
    named_frequency: str | None = None
    fee_contested: bool = True


def basis_for(account: Account, law: LawPack) -> InterestBasis:
    """What a late debt of this client bears: nothing, the contract's rate or the statutory one."""
    if account.terms.interest == "none" or law.no_interest:
        return FlatRate(Decimal(0))
    if account.terms.interest == "contract":
        return FlatRate(account.terms.interest_rate)
    return law.rates or FlatRate(None)


@dataclass(frozen=True)
class Slice:
    """A part of what is asked for; `due_on` is None for charges, which bear no interest of their own."""

    amount: Money
    due_on: date | None


@dataclass(frozen=True)
class Case:
    """An account, a request, the law and the calendar on one day; figures are worked out once."""

    account: Account
    ask: OptionRequest
    law: LawPack
    calendar: Calendar
    today: date

    @cached_property
    def due_now(self) -> Money:
        """Everything that is due now, disputed or not."""
        return self.account.due_now(self.today)

    @cached_property
    def disputed(self) -> Money:
        """What of it is in dispute."""
        return self.account.disputed(self.today)

    @cached_property
    def charged(self) -> Money:
        """Late fees and interest that stand."""
        return self.account.charged()

    @cached_property
    def base(self) -> Money:
        """What may be asked for now: due and not in dispute."""
        return self.due_now - self.disputed

    @cached_property
    def slices(self) -> tuple[Slice, ...]:
        """The base, oldest debt first, charges last."""
        debts = tuple(
            Slice(invoice.balance - invoice.disputed, invoice.due_on)
            for invoice in self.account.overdue_invoices(self.today)
            if (invoice.balance - invoice.disputed).is_positive
        )
        return (*debts, Slice(self.charged, None)) if self.charged.is_positive else debts

    @cached_property
    def basis(self) -> InterestBasis:
        """What a late debt of this client bears."""
        return basis_for(self.account, self.law)

    @cached_property
    def zero(self) -> Money:
        """Nothing, in the account's currency."""
        return Money.zero(self.account.currency)

    @cached_property
    def named_amount(self) -> Money | None:
        """The sum that the client named, when it is in the account's currency and below what is asked."""
        named = self.ask.named_amount
        if named is None or named.currency != self.account.currency:
            return None
        return named if named.is_positive and named < self.base else None

    @cached_property
    def named_date(self) -> date | None:
        """The day that the client named, when it has not passed."""
        named = self.ask.named_date
        return named if named is not None and named >= self.today else None

    @cached_property
    def first_working_day(self) -> date:
        """Today, or the next day on which a payment can reach us."""
        return self.calendar.next_working_day(self.today)

    @property
    def track_record(self) -> str:
        """How promises went: `They kept 4 of 5 promises.`"""
        kept = self.account.promises_kept()
        made = kept + self.account.promises_broken()
        if not made:
            return "No promise is on record yet."
        return f"They kept {kept} of {made} promise{'' if made == 1 else 's'}."

    @property
    def lateness(self) -> str:
        """What is late: `3 invoices are overdue, the oldest by 45 days.`"""
        count = len(self.account.overdue_invoices(self.today))
        days = self.account.oldest_days(self.today)
        late = f"{days} day{'' if days == 1 else 's'}"
        if count == 1:
            return f"One invoice is overdue, by {late}."
        return f"{count} invoices are overdue, the oldest by {late}."

    def heard(self, *labels: Objection | Signal) -> bool:
        """Whether one of these was heard in the turn."""
        return any(label in self.ask.labels for label in labels)
