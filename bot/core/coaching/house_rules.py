"""House rules: who may grant which concession, up to what, on which accounts, and who decides above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.core.account import Account, RiskClass
from bot.core.coaching.advice import OptionKind, Role
from bot.core.coaching.law import CreditorRole
from bot.core.money import Money

FREQUENCIES = ("weekly", "fortnightly", "monthly")

#: The reasons for which money is not spoken of; house rules give the words for each.
PAUSES = ("vulnerable", "adviser", "moratorium", "insolvent", "contact_stopped", "third_party")


@dataclass(frozen=True)
class Conditions:
    """What the account must be like for a limit to hold."""

    risk_classes: tuple[RiskClass, ...] = tuple(RiskClass)
    max_broken_promises: int | None = None
    dispute_open: bool = True
    on_stop: bool = True
    live_plan: bool = True

    def unmet(self, account: Account, today: date) -> str | None:
        """Why the account does not meet them, or None."""
        broken = account.promises_broken()
        if account.risk_class not in self.risk_classes:
            return f"Risk class {account.risk_class} is outside this limit."
        if self.max_broken_promises is not None and broken > self.max_broken_promises:
            return (
                f"{_count(broken, 'promise')} broken; {self.max_broken_promises} at most allowed."
            )
        if not self.dispute_open and account.disputed(today).is_positive:
            return f"{account.disputed(today)} of it is in dispute."
        if not self.on_stop and account.on_stop:
            return "The account is on stop."
        if not self.live_plan and account.live_plan() is not None:
            return "A payment plan is already being paid."
        return None


@dataclass(frozen=True)
class Limit:
    """How far one role may go with one concession.

    `max_amount` (the sum put off, or the sum given up) and `min_amount` go by currency; None means no limit,
    a currency that is not named means nothing may be granted in it. Days count from today.
    `sooner_days` says how much later the money would come without a discount.
    """

    max_amount: Mapping[str, Decimal] | None = None
    min_amount: Mapping[str, Decimal] = field(default_factory=dict)
    max_percent: Decimal | None = None
    max_days: int = 0
    max_instalments: int = 0
    first_payment_percent: Decimal = Decimal(0)
    first_within_days: int = 0
    frequencies: tuple[str, ...] = FREQUENCIES
    max_annual_percent: Decimal | None = None
    sooner_days: int = 1
    conditions: Conditions = Conditions()

    def ceiling(self, currency: str) -> Money | None:
        """The largest sum in this currency; None when there is no limit at all."""
        if self.max_amount is None:
            return None
        return Money(self.max_amount.get(currency, Decimal(0)), currency)

    def excess(self, amount: Money) -> str | None:
        """Why this sum is beyond the limit, or None."""
        ceiling = self.ceiling(amount.currency)
        if ceiling is None or amount <= ceiling:
            return None
        if not ceiling:
            return f"No limit is set in {amount.currency}."
        return f"{amount} is above the limit of {ceiling}."

    def shortfall(self, amount: Money) -> str | None:
        """Why this sum is too small to bother with the concession, or None."""
        least = Money(self.min_amount.get(amount.currency, Decimal(0)), amount.currency)
        return f"Only from {least}; this is {amount}." if amount < least else None


@dataclass(frozen=True)
class Concession:
    """One row of the matrix: the limits by role, how long an offer holds, and what must be noted."""

    limits: Mapping[Role, Limit]
    expires_after_days: int
    evidence: str


@dataclass(frozen=True)
class HouseRules:
    """The whole authority matrix with its date, and the words for each pause."""

    concessions: Mapping[OptionKind, Concession]
    approvers: Mapping[Role, Role]
    pauses: Mapping[str, str]
    dated: date
    review_by: date
    source: str = "house rule"
    creditor_role: CreditorRole = CreditorRole.FIRST_PARTY

    def limit(self, role: Role, kind: OptionKind) -> Limit | None:
        """How far a role may go; None when it may not grant this at all."""
        row = self.concessions.get(kind)
        return row.limits.get(role) if row else None

    def seniors(self, role: Role) -> tuple[Role, ...]:
        """Who decides above this role, nearest first."""
        chain: list[Role] = []
        above = self.approvers.get(role)
        while above is not None and above not in chain:
            chain.append(above)
            above = self.approvers.get(above)
        return tuple(chain)

    @property
    def citation(self) -> str:
        """Where the limits come from, as shown beside an option."""
        return f"{self.source} of {self.dated.isoformat()}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun} was" if number == 1 else f"{number} {noun}s were"
