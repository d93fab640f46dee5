"""The words that numbers are made of."""

from __future__ import annotations

from decimal import Decimal

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS_WORDS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
#: One to nineteen, in order.
BELOW_TWENTY = (*_UNITS, *_TEENS)
#: Words below twenty, and the spellings that recognisers and people produce.
SMALL = {word: n for n, word in enumerate(BELOW_TWENTY, start=1)} | {"zero": 0, "nought": 0}
TENS = {word: 10 * n for n, word in enumerate(_TENS_WORDS, start=2)} | {"fourty": 40, "ninty": 90}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
PLURAL_SCALES = {"hundreds": 100, "thousands": 1_000, "millions": 1_000_000}
ANY_SCALE = SCALES | PLURAL_SCALES
ORDINAL_UNITS = {
    word: n
    for n, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"],
        start=1,
    )
}
ORDINAL_REST = {
    word: n
    for n, word in enumerate(
        [
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
        ],
        start=10,
    )
} | {"twentieth": 20, "thirtieth": 30}
REPEATS = {"double": 2, "triple": 3, "treble": 3}
VAGUE = frozenset(["few", "several", "many", "some", "odd"])
#: "a couple of quid" is a manner of speaking, not two pounds.
NOT_TWO = frozenset(
    ["quid", "pounds", "pound", "euros", "euro", "dollars", "bucks", "bob", "pence"]
)

#: Every word at which a number can begin; the scanner asks nothing of the others.
STARTERS = frozenset(
    [
        *SMALL,
        *TENS,
        *SCALES,
        *ORDINAL_UNITS,
        *ORDINAL_REST,
        *REPEATS,
        "a",
        "an",
        "half",
        "couple",
        "point",
        "too",
        "oh",
    ]
)

#: What "a" must be followed by to begin a number.
AFTER_A = frozenset([*SCALES, "couple"])


def in_plain_figures(value: int | Decimal) -> str:
    """4750 or 2.5, without noughts at the end."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_suffix(value: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    if 10 <= value % 100 <= 20:
        return f"{value}th"
    return f"{value}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th') }"
