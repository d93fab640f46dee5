"""What the client can truly pay: whether a schedule is within its limits, and the best it can propose itself.

Paying later is never harder: a schedule within the limits stays so when a payment moves to a later day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.account import Instalment
from bot.core.coaching.advice import OptionKind
from bot.core.dates import Calendar, add_months
from bot.core.money import Money, smaller
from bot.core.rehearsal.scenario import Limits

#: The shortest month: from its first day on, what can be paid grows by one instalment in each.
_MONTH = 28

_PART = frozenset({OptionKind.PART_PAYMENT, OptionKind.INSTALMENTS})
_WHOLE = frozenset({OptionKind.FULL_PAYMENT, OptionKind.EXTENSION})


@dataclass(frozen=True)
class Capacity:
    """The limits as money and days on the day of the call."""

    limits: Limits
    currency: str
    today: date

    @property
    def now(self) -> Money:
        """What can be paid today."""
        return Money(self.limits.today, self.currency)

    @property
    def each(self) -> Money:
        """The most in a month."""
        return Money(self.limits.per_instalment, self.currency)

    def everything_by(self, day: date) -> bool:
        """Whether all of it could be paid on a day."""
        full = self.limits.full_on
        return full is not None and (day - self.today).days >= full

    def up_to(self, day: date) -> Money:
        """The most that can have been paid by a day on which not everything could be."""
        ahead = (day - self.today).days
        if ahead < self.limits.first_day:
            return self.now
        return self.now + self.each * (1 + (ahead - self.limits.first_day) // _MONTH)

    def allows(self, schedule: tuple[Instalment, ...]) -> bool:
        """Whether every payment can be met on its day."""
        paid = Money.zero(self.currency)
        for payment in sorted(schedule, key=lambda p: p.due):
            paid = paid + payment.amount
            if payment.due < self.today or not payment.amount.is_positive:
                return False
            if self.everything_by(payment.due):
                continue
            most = self.now if self.each < self.now else self.each
            if payment.amount > most or paid > self.up_to(payment.due):
                return False
        return len(schedule) <= max(self.limits.longest, 2)

    def first_day(self, calendar: Calendar) -> date:
        """The working day of the earliest payment out of monthly money."""
        day = self.today + timedelta(days=max(0, self.limits.first_day))
        return calendar.next_working_day(day)

    def likes(self, kinds: frozenset[OptionKind]) -> bool:
        """Whether it can say yes to one of these kinds."""
        return not kinds.isdisjoint(self.limits.accepts)


def kinds_of(
    schedule: tuple[Instalment, ...], undisputed: bool, complete: bool
) -> frozenset[OptionKind]:
    """Which kinds of compromise a schedule can be called."""
    part = frozenset({OptionKind.UNDISPUTED_PART}) if undisputed else frozenset()
    if len(schedule) > 2:
        return part | {OptionKind.INSTALMENTS}
    return part | (_WHOLE if len(schedule) == 1 and complete else _PART)


def own_terms(
    capacity: Capacity, base: Money, calendar: Calendar
) -> tuple[tuple[Instalment, ...], bool]:
    """The best that the client can propose towards a sum, and whether it pays all of it; empty: nothing at all."""
    for schedule in (_at_once(capacity, base), *_by_the_full_day(capacity, base, calendar)):
        if schedule and capacity.allows(schedule):
            return schedule, True
    return _bit_by_bit(capacity, base, calendar)


def _at_once(capacity: Capacity, base: Money) -> tuple[Instalment, ...]:
    fits = capacity.now >= base and capacity.likes(_WHOLE)
    return (Instalment(base, capacity.today),) if fits else ()


def _by_the_full_day(
    capacity: Capacity, base: Money, calendar: Calendar
) -> list[tuple[Instalment, ...]]:
    full = capacity.limits.full_on
    if full is None:
        return []
    last = calendar.next_working_day(capacity.today + timedelta(days=full))
    found: list[tuple[Instalment, ...]] = []
    first = _first_payment(capacity, base, calendar)
    if first and first.amount < base and first.due < last and capacity.likes(_PART):
        found.append((first, Instalment(base - first.amount, last)))
    if capacity.likes(_WHOLE):
        found.append((Instalment(base, last),))
    return found


def _first_payment(capacity: Capacity, base: Money, calendar: Calendar) -> Instalment | None:
    if capacity.now.is_positive:
        return Instalment(smaller(capacity.now, base), capacity.today)
    if capacity.each.is_positive:
        return Instalment(smaller(capacity.each, base), capacity.first_day(calendar))
    return None


def _bit_by_bit(
    capacity: Capacity, base: Money, calendar: Calendar
) -> tuple[tuple[Instalment, ...], bool]:
    if not capacity.likes(_PART):
        return (), False
    first = _first_payment(capacity, base, calendar)
    if first is None:
        return (), False
    schedule, rest = [first], base - first.amount
    most = capacity.limits.longest if capacity.likes(frozenset({OptionKind.INSTALMENTS})) else 2
    start = capacity.today + timedelta(days=capacity.limits.first_day)
    month = 0 if first.due < start else 1
    while rest.is_positive and capacity.each.is_positive and len(schedule) < most:
        amount = smaller(capacity.each, rest)
        day = calendar.next_working_day(add_months(start, month))
        schedule.append(Instalment(amount, day))
        rest, month = rest - amount, month + 1
    return tuple(schedule), not rest.is_positive
