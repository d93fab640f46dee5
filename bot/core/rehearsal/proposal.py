"""What a trainee's turn puts on the table: its figures and days drawn together into one schedule.

Figures are read the way a listener does: a sum that is the whole debt (or one invoice) is what is spoken of, the fee named
beside a concession is what is given up, and what is left are payments. Past days are due dates, not proposals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.core.account import Account, Instalment
from bot.core.coaching.advice import OptionKind
from bot.core.coaching.folding import offered_in
from bot.core.coaching.plans import Rhythm, dated, even_amounts, led_amounts, stepped_amounts
from bot.core.coaching.position import Position, position_of
from bot.core.dates import Calendar
from bot.core.errors import ParleyError
from bot.core.labels import OFFERS, Move
from bot.core.money import Money, smaller
from bot.core.reading import Reading
from bot.core.rehearsal.figures_meant import days_meant, sums_meant
from bot.core.rehearsal.state import ClientState

#: Moves that speak of paying; figures in other turns are only mentioned.
ABOUT_PAYING = OFFERS | {
    Move.SEEK_COMMITMENT.value,
    Move.LOG_DISPUTE.value,
    Move.CONFIRM_AGREEMENT.value,
    Move.PRESSURE.value,
}

_REST = re.compile(r"\b(?:rest|balance|remainder|remaining|other half|what'?s left)\b", re.I)
_UNDISPUTED = re.compile(
    r"\bundisputed\b|\b(?:nobody|no one|not|isn['\u2019]?t)\b[^.?!]{0,15}\b(?:dispute|query)\w*",
    re.I,
)
_YES = re.compile(
    r"\b(?:agreed|deal|done|that works|works for (?:me|us)|i can (?:do|accept|agree)|we can (?:do|accept|agree)"
    r"|happy (?:to|with)|that'?s fine|fine by|let'?s do that|i'?ll take that|sounds (?:good|fair))\b|^(?:yes|yeah|okay|ok|sure)\b",
    re.I,
)
#: More payments than this are not a plan but a misunderstanding.
_MOST_PAYMENTS = 60


@dataclass(frozen=True)
class Proposal:
    """Terms as heard; an empty schedule means that figures are lacking, `base` is the sum they are about.

    `fee_in` is how much of the late fee the schedule pays.
    """

    kinds: tuple[str, ...]
    base: Money
    schedule: tuple[Instalment, ...] = ()
    complete: bool = True
    undisputed: bool = False
    conceded: Money | None = None
    method: str | None = None
    waives_fee: bool = False
    fee_in: Money | None = None


@dataclass(frozen=True)
class Table:
    """What a proposal is read against; `first_day` is the day a payment without one is taken to mean."""

    account: Account
    state: ClientState
    calendar: Calendar
    today: date
    first_day: date
    position: Position = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "position", position_of(self.account, self.today))


def says_yes(reading: Reading) -> bool:
    """Whether the trainee agrees to what the client asked for."""
    if Move.OPEN_QUESTION.value in reading.names:
        return False
    agreed = Move.CONFIRM_AGREEMENT.value in reading.names or bool(_YES.search(reading.text))
    return agreed and not re.search(r"\b(?:can'?t|cannot|not|won'?t|but)\b", reading.text, re.I)


def proposal_in(reading: Reading, table: Table) -> Proposal | None:
    """The proposal that a turn makes, or None when it makes none."""
    names = set(reading.names)
    if not names & ABOUT_PAYING:
        return None
    figures = _Figures(reading, table)
    if not names & (OFFERS | {Move.SEEK_COMMITMENT.value}) and not figures.names_a_sum:
        return None
    schedule, complete = figures.schedule()
    kinds = dict.fromkeys(
        (*offered_in(reading), *(["extension"] if figures.extends else []))
    ) or dict.fromkeys([OptionKind.FULL_PAYMENT.value])
    return Proposal(
        kinds=tuple(kinds),
        base=figures.base,
        schedule=schedule,
        complete=complete,
        undisputed=figures.undisputed,
        conceded=figures.fee if figures.waives else None,
        method=figures.method,
        waives_fee=figures.waives,
        fee_in=figures.fee_in(schedule),
    )


class _Figures:
    """The figures of one turn sorted into what is owed, what is given up, and payments."""

    def __init__(self, reading: Reading, table: Table) -> None:
        self.reading, self.table = reading, table
        names, position = set(reading.names), table.position
        kinds = offered_in(reading)
        concedes = Move.OFFER_CONCESSION.value in names
        self.fee = position.charged
        waiving = concedes and OptionKind.FEE_WAIVER.value in kinds
        self.waives = bool(self.fee) and (waiving or _stands(table.state))
        self.extends = concedes and not set(kinds) - {OptionKind.UNDISPUTED_PART.value}
        logged = table.state.undertook(Move.LOG_DISPUTE.value) is not None
        disputes = (
            logged or Move.LOG_DISPUTE.value in names or bool(_UNDISPUTED.search(reading.text))
        )
        self.undisputed = disputes and position.undisputed.is_positive
        meant = sums_meant(reading, position, table.account.currency)
        self.aside = meant.aside
        self.sums = [m for m in meant.to_pay if not (waiving and m == self.fee)]
        self.names_a_sum = bool(self.sums)
        self.base = self._base()
        self.days = days_meant(reading, table.today)
        self.plan: dict[str, Any] = next(
            (e.value for e in reading.entities if e.type == "instalments"), {}
        )
        method = next((e.value for e in reading.entities if e.type == "payment_method"), None)
        self.method = str(method) if method else None

    def schedule(self) -> tuple[tuple[Instalment, ...], bool]:
        """The payments, and whether they pay all that is spoken of; none when figures are lacking."""
        try:
            found = self._plan() if self._is_plan() else self._payments()
        except (ParleyError, OverflowError, ValueError):
            # Payments of nothing, or a plan beyond the calendar: the client has not understood it.
            return (), False
        paid = Money.sum((p.amount for p in found), self.base.currency)
        return found, bool(found) and paid >= self.base

    def fee_in(self, schedule: tuple[Instalment, ...]) -> Money:
        """How much of the fee the payments cover: what they pay beyond the debt itself."""
        paid = Money.sum((p.amount for p in schedule), self.base.currency)
        bare = self._owed() - self.fee
        return smaller(self.fee, paid - bare) if paid > bare else self.fee - self.fee

    def _owed(self) -> Money:
        """What is due, less what is in dispute on the ledger or put aside in this turn."""
        position = self.table.position
        if not self.undisputed:
            return position.due_now
        new = Money.sum((m for m in set(self.aside) if m != position.disputed), self.fee.currency)
        left = position.undisputed - new
        return left if left.is_positive else position.undisputed

    def _base(self) -> Money:
        position = self.table.position
        owed = self._owed()
        if self.waives and owed > self.fee:
            owed = owed - self.fee
        whole = [owed, position.due_now, position.overdue, position.undisputed]
        invoices = [i.balance for i in self.table.account.invoices if i.balance.is_positive]
        named = next((m for m in self.sums if m in whole or m in invoices), None)
        if named is None:
            return owed
        self.sums.remove(named)
        return named

    def _is_plan(self) -> bool:
        count = self.plan.get("count") or 0
        return count > 1 or bool(self.plan.get("frequency") and (self._each() or self.sums))

    def _each(self) -> Money | None:
        each = self.plan.get("amount")
        amount = each.get("amount") if isinstance(each, dict) else each
        return Money.of(str(amount), self.base.currency) if amount else None

    def _plan(self) -> tuple[Instalment, ...]:
        count = min(int(self.plan.get("count") or 0), _MOST_PAYMENTS)
        rhythm = str(self.plan.get("frequency") or "monthly")
        first_on = self.days[0] if self.days else self.table.first_day
        one, sums = Money.of(1, self.base.currency), self.sums
        if count and sums and _REST.search(self.reading.text):
            amounts = led_amounts(self.base, count + 1, sums[0])
            first_on = self.days[0] if self.days else self.table.today
        elif count and (not sums or sums[0] * count >= self.base - one):
            amounts = even_amounts(self.base, count, one - one)
        elif count:
            amounts = led_amounts(self.base, count, sums[0])
        else:
            amounts = stepped_amounts(self.base, self._each() or sums[0])
        if len(amounts) > _MOST_PAYMENTS:
            return ()
        return dated(amounts, Rhythm(len(amounts), rhythm, first_on), self.table.calendar)

    def _payments(self) -> tuple[Instalment, ...]:
        days, sums = self.days, self.sums
        if not days:
            return ()
        if not sums:
            return (Instalment(self.base, days[0]),)
        paid = tuple(Instalment(m, d) for m, d in zip(sums, days, strict=False))
        rest = self.base - Money.sum((p.amount for p in paid), self.base.currency)
        if len(days) > len(paid) and rest.is_positive:
            paid = (*paid, Instalment(rest, days[len(paid)]))
        return paid


def _stands(state: ClientState) -> bool:
    # What the collector once took off stays off; going back on it is a broken word.
    return any(OptionKind.FEE_WAIVER.value in offer.kinds for offer in state.offers)
