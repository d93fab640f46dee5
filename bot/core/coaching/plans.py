"""Payment schedules that add up exactly and fall on working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.account import Instalment
from bot.core.dates import Calendar, step
from bot.core.errors import MoneyError
from bot.core.money import Money


@dataclass(frozen=True)
class Rhythm:
    """How a schedule goes: so many payments, how often, the first one when."""

    count: int
    frequency: str
    first_on: date


def even_amounts(total: Money, count: int, floor: Money) -> tuple[Money, ...]:
    """Equal payments, the first raised to the floor when that is more; the last takes the odd penny."""
    shares = total.split_evenly(count)
    if count == 1 or shares[0] >= floor:
        amounts = shares
    else:
        amounts = (floor, *(total - floor).split_evenly(count - 1))
    return _all_positive(amounts)


def led_amounts(total: Money, count: int, first: Money) -> tuple[Money, ...]:
    """A first payment as named, then equal payments; the last takes the odd penny."""
    if count == 1:
        return _all_positive((total,))
    return _all_positive((first, *(total - first).split_evenly(count - 1)))


def stepped_amounts(total: Money, each: Money) -> tuple[Money, ...]:
    """Payments of one named size until it is paid; the last takes what is left."""
    if not each.is_positive:
        raise MoneyError("A payment is more than nothing.")
    whole, rest = divmod(total.amount, each.amount)
    last = (Money(rest, total.currency),) if rest else ()
    return _all_positive((*(each for _ in range(int(whole))), *last))


def dated(amounts: tuple[Money, ...], rhythm: Rhythm, calendar: Calendar) -> tuple[Instalment, ...]:
    """Put the payments on working days, each later than the one before."""
    schedule: list[Instalment] = []
    for index, amount in enumerate(amounts):
        due = calendar.next_working_day(step(rhythm.first_on, rhythm.frequency, index))
        if schedule and due <= schedule[-1].due:
            due = calendar.next_working_day(schedule[-1].due + timedelta(days=1))
        schedule.append(Instalment(amount, due))
    return tuple(schedule)


def total_of(schedule: tuple[Instalment, ...], currency: str) -> Money:
    """What a schedule brings in all."""
    return Money.sum((instalment.amount for instalment in schedule), currency)


def _all_positive(amounts: tuple[Money, ...]) -> tuple[Money, ...]:
    if not all(amount.is_positive for amount in amounts):
        raise MoneyError("The sum is too small for so many payments.")
    return amounts
