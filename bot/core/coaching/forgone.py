"""What an option costs us: sums given up, and the interest that we could have claimed meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.core.account import Instalment
from bot.core.coaching.case import Case
from bot.core.interest import StatutoryRates
from bot.core.money import Money, smaller


@dataclass(frozen=True)
class Cost:
    """A cost and how it came about; `known` is false when a rate is missing, so the amount is a lower bound."""

    amount: Money
    note: str
    known: bool = True


def cost_of(case: Case, schedule: tuple[Instalment, ...], given_up: Money, what: str = "") -> Cost:
    """The cost of a schedule: what is given up (`what` says in words) plus the interest forgone till it is paid."""
    interest = interest_forgone(case, schedule)
    parts = [f"{given_up} {what}"] if given_up else []
    if interest is None:
        parts.append(f"interest forgone not known: {_missing(case)}")
        return Cost(given_up, _sentence(parts), known=False)
    if interest:
        parts.append(f"{interest} interest forgone")
    return Cost(given_up + interest, _sentence(parts))


def interest_forgone(case: Case, schedule: tuple[Instalment, ...]) -> Money | None:
    """Interest from tomorrow until each payment, oldest debts paid first; None when a rate is not known."""
    total = case.zero
    left = [(piece.amount, piece.due_on) for piece in case.slices]
    for payment in schedule:
        to_place = payment.amount
        while to_place and left:
            amount, due_on = left[0]
            placed = smaller(amount, to_place)
            to_place = to_place - placed
            left[0] = (amount - placed, due_on)
            if not left[0][0]:
                left.pop(0)
            if due_on is None:
                continue
            interest = case.basis.interest(
                placed,
                due_on=due_on,
                since=case.today + timedelta(days=1),
                until=payment.due,
                country=case.account.country,
            )
            if interest is None:
                return None
            total = total + interest
    return total


def _missing(case: Case) -> str:
    if isinstance(case.basis, StatutoryRates):
        missing = sorted(_half_years(case, case.basis) - set(case.basis.by_half_year))
        if missing:
            return f"no rate is held for {', '.join(missing)}"
        return "no rate is held for the days ahead"
    if case.account.terms.interest == "contract":
        return "the contract's rate is not recorded"
    return "no statutory rate is held for this client"


def _half_years(case: Case, basis: StatutoryRates) -> set[str]:
    return {
        basis.half_year_for(case.today, due_on=piece.due_on)
        for piece in case.slices
        if piece.due_on is not None
    }


def _sentence(parts: list[str]) -> str:
    if not parts:
        return "Costs us nothing."
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}."
