"""Money: an exact decimal with its currency, that splits without losing a penny."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from bot.core.errors import MoneyError

#: Digits after the point, by ISO 4217, for the currencies that differ from two.
_MINOR_DIGITS = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "BHD": 3, "KWD": 3, "TND": 3}

_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}


def decimal(value: str | int | Decimal) -> Decimal:
    """Make a decimal; the one door through which every figure enters (floats are refused)."""
    if isinstance(value, float):
        raise MoneyError("A figure must not pass through a float: give it as text.")
    try:
        number = Decimal(value)
    except (InvalidOperation, ValueError, TypeError) as error:
        raise MoneyError(f"“{value}” is not a figure.") from error
    if not number.is_finite():
        raise MoneyError(f"“{value}” is not a figure.")
    return number


@dataclass(frozen=True, order=False)
class Money:
    """An amount in whole minor units of one currency (ISO 4217)."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if isinstance(self.amount, float):
            raise MoneyError("A figure must not pass through a float: give it as text.")
        rounded = decimal(self.amount).quantize(self.unit(self.currency), ROUND_HALF_UP)
        object.__setattr__(self, "amount", rounded)

    @classmethod
    def _exact(cls, amount: Decimal, currency: str) -> Money:
        # Sums and differences of whole minor units are whole: rounding them again costs a third of every advice.
        money = object.__new__(cls)
        object.__setattr__(money, "amount", amount)
        object.__setattr__(money, "currency", currency)
        return money

    @staticmethod
    def unit(currency: str) -> Decimal:
        """The smallest amount of a currency: 0.01 for most."""
        return Decimal(1).scaleb(-_MINOR_DIGITS.get(currency, 2))

    @classmethod
    def of(cls, value: str | int | Decimal, currency: str) -> Money:
        """Make money from a text, whole number or decimal, rounded half up to the minor unit."""
        return cls(decimal(value), currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Nothing, in this currency."""
        return cls(Decimal(0), currency)

    @classmethod
    def sum(cls, amounts: Iterable[Money], currency: str) -> Money:
        """Add amounts up; nothing adds up to zero of the currency."""
        total = cls.zero(currency)
        for amount in amounts:
            total = total + amount
        return total

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise MoneyError(f"{self} and {other} are in different currencies.")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money._exact(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money._exact(self.amount - other.amount, self.currency)

    def __neg__(self) -> Money:
        return Money._exact(-self.amount, self.currency)

    def __mul__(self, factor: int | Decimal) -> Money:
        return Money(self.amount * decimal(factor), self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.amount < other.amount

    def __le__(self, other: Money) -> bool:
        self._same(other)
        return self.amount <= other.amount

    def __gt__(self, other: Money) -> bool:
        return other < self

    def __ge__(self, other: Money) -> bool:
        return other <= self

    def __bool__(self) -> bool:
        return self.amount != 0

    @property
    def is_positive(self) -> bool:
        """Whether it is more than nothing."""
        return self.amount > 0

    def percent(self, rate: Decimal) -> Money:
        """This many per cent of it, rounded half up to the minor unit."""
        return Money(self.amount * rate / 100, self.currency)

    def split_evenly(self, parts: int) -> tuple[Money, ...]:
        """Split into equal parts that add up exactly; the last part takes the odd pennies."""
        if parts < 1:
            raise MoneyError("An amount splits into one part or more.")
        unit = self.unit(self.currency)
        share = Money((self.amount / parts).quantize(unit, rounding="ROUND_DOWN"), self.currency)
        last = Money(self.amount - share.amount * (parts - 1), self.currency)
        return (*(share for _ in range(parts - 1)), last)

    def plain(self) -> str:
        """The amount as a decimal text for machines, such as `4750.00`."""
        return f"{self.amount:f}"

    def __str__(self) -> str:
        """The amount as people read it: `£4,750` or `£4,750.50`; other currencies by code."""
        sign = "-" if self.amount < 0 else ""
        size = abs(self.amount)
        whole = size == size.to_integral_value()
        digits = f"{size:,.0f}" if whole else f"{size:,f}"
        symbol = _SYMBOLS.get(self.currency)
        return f"{sign}{symbol}{digits}" if symbol else f"{sign}{digits} {self.currency}"


def smaller(left: Money, right: Money) -> Money:
    """The lesser of two amounts."""
    return left if left <= right else right
