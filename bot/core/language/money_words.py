"""The words and marks of money, and how a figure beside them is read."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.core.money import Money, decimal

_CODES = [
    "gbp",
    "eur",
    "usd",
    "cad",
    "aud",
    "nzd",
    "chf",
    "sek",
    "nok",
    "dkk",
    "pln",
    "czk",
    "huf",
    "jpy",
    "zar",
    "inr",
    "aed",
]
_DOLLARS = frozenset(("USD", "CAD", "AUD", "NZD"))
_MARKS = {
    "£": "GBP",
    "€": "EUR",
    "us$": "USD",
    "c$": "CAD",
    "ca$": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "nz$": "NZD",
} | {code: code.upper() for code in _CODES}

#: A figure in any house style: 1,200 · 1.234,56 · 1 234,56 · 4750.00 · 12, or a run of spoken digits.
FIGURE = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,2})?"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){1,4}(?:,[0-9]{1,2})?"
    r"|[0-9]{1,3}(?: [0-9]{3}){1,3},[0-9]{2}"
    r"|[0-9]{1,10}(?:[.,][0-9]{1,2})?"
    r"|[0-9]{1,2}(?:·[0-9]{1,2}){1,8})"
)
#: Where a figure may begin and end, so that no part of a date, phone number or reference is taken for one.
FIGURE_START = r"(?<![0-9a-z_/·#@&•.,])(?<![0-9]-)(?<![a-z][a-z]-)"
FIGURE_END = r"(?![0-9•·_]|[.,:/-][0-9])"
MARK = r"(?:us\$|ca\$|c\$|au\$|a\$|nz\$|[£€$]|(?:" + "|".join(_CODES) + r")(?= ?[0-9]))"
SCALE = r"(?:k|grand|g|thou|thousand|mil|mill|mln|million|m)(?![a-z0-9])"
UNIT = (
    r"(?:pounds?(?! of (?!the |that|it|this|my |your |our |debt|money))|quid|squid|sterling|stg|"
    r"euros?"
    r"|dollars?|bucks?|pence|pee|p(?![ .]?[mo]\b)|cents?|[£€$]|"
    + "|".join(_CODES)
    + r")(?![a-z0-9])"
)
_FACTOR = {"k": 3, "grand": 3, "g": 3, "thou": 3, "thousand": 3}

#: What one may put between a number and what it counts without making it anything but money.
PERIOD_NEXT = r" (?:a|an|per|each|every|ever) (?:week|month|fortnight|wk|mth|year|quarter)\b"
_GOES_ON = re.compile(
    r"""[ ]?(?:$|[.;:!?)\]"'•…/-](?![0-9a-z])|,(?![0-9])|[^\x00-\x7f])"""
    + rf"|{PERIOD_NEXT}|"
    + r""" (?:on|by|for|now|today|tomorrow|tonight|tmrw|next|this|per|and|then|but|off|towards?|up|upfront|down
|straight|in|at|if|or|to|until|till?|before|after|from|with|without|cos|cause|because|so|when|while|is|was|were|isn't
|does|i|we|you|ye|he|she|they|it|that|thats|its|ill|i'll|we'll|you'll|plus|the|my|our|your|mate|pet|love|please
|ok|okay|yeah|yes|no|not|instead|max|maximum|tops|minimum|total|all|again|only|also|cash|cheque|card|by|left
|short|over|under|more|less|late|here|there|like|er|erm|um|uh|exactly|flat|first|1st|would|will|might|can|could|has
|have|had|went|comes?|came|goes|gone|due|outstanding|owed|owing|overdue|balance|deposit|payment|which|what|who|odd
|or|monday|tuesday|wednesday|thursday|friday|saturday|sunday|straightaway|immediately|a|as|ish|apiece|each|every
|weekly|monthly|fortnightly|pcm|net|gross|plus|inc|including|excluding|vat|something|maybe|right|out|minus
|of (?:it|that|this|the|my|our|your)|back|and|even|still|just|sooner|whatever|end|sure|sir|madam|leaves?|left
|settles?|clears?|covers?|closes?)(?![a-z0-9])""".replace("\n", ""),
)
_NOT_A_SUM_NEXT = re.compile(
    r" (?:and|or|to) (?:[0-9]+ )?(?:day|week|month|year|hour|pallet|minute|time)s?\b(?! )|"
    r" a (?:day|kilo|box|pallet|unit)\b"
)


def goes_on_like_money(text: str, at: int) -> bool:
    """Whether what follows a bare number leaves it a sum: "500 on Friday" does, "500 pallets" does not."""
    return bool(_GOES_ON.match(text, at)) and not _NOT_A_SUM_NEXT.match(text, at)


def read_figure(text: str, *, scaled: bool = False) -> Decimal | None:
    """The value of a figure; the last mark is the decimal one unless exactly three digits follow it."""
    if "·" in text:
        return _read_run(text.split("·"))
    text = text.replace(" ", "")
    head, _, tail = text.replace(",", ".").rpartition(".")
    if not head:
        return decimal(text)
    thousands = len(tail) == 3 and not (scaled and "," not in text and text.count(".") == 1)
    whole = head.replace(".", "")
    return decimal(whole + tail) if thousands else decimal(f"{whole}.{tail}")


def _read_run(atoms: list[str]) -> Decimal | None:
    """ "seven fifty" is 750 and "four one nine" 419; "fifty, sixty" is two guesses and no sum."""
    if len(atoms) == 2 and len(atoms[1]) == 2:
        first, second = int(atoms[0]), int(atoms[1])
        steps = first % 10 == 0 and second == first + 10
        return None if steps or first == 0 else Decimal(100 * first + second)
    single = len(atoms) > 2 and all(len(atom) == 1 for atom in atoms)
    return Decimal("".join(atoms)) if single else None


def scale_by(value: Decimal, scale: str) -> Decimal:
    """ "k", "grand" and "thou" are thousands, "m", "mil" and "million" are millions."""
    return value.scaleb(_FACTOR.get(scale, 6))


def is_small_coin(unit: str) -> bool:
    """Whether the word counts pence or cents."""
    return unit in ("p", "pee", "pence", "cent", "cents")


def currency_of(mark: str, unit: str, house: str) -> str:
    """The currency of a sum by its mark or word; the account's own where none is said.

    "Dollars" are the account's own dollars when it has some, else US dollars; "cents" go with euros or dollars.
    """
    for word in (mark, unit):
        if word in _MARKS:
            return _MARKS[word]
    if unit.startswith("euro"):
        return "EUR"
    if (
        unit.startswith(("pound", "quid", "squid", "sterling", "stg", "pence", "pee"))
        or unit == "p"
    ):
        return "GBP"
    if "$" in (mark, unit) or unit.startswith(("dollar", "buck")):
        return house if house in _DOLLARS else "USD"
    if unit.startswith("cent"):
        return house if house in _DOLLARS or house == "EUR" else "USD"
    return house


def money_value(value: Decimal, currency: str) -> dict[str, str]:
    """The JSON-ready value of a sum, exact to the smallest coin."""
    money = Money.of(value, currency)
    return {"amount": money.plain(), "currency": money.currency}
