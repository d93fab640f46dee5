"""Reads numbers as people say them: "four thousand seven hundred and fifty", "two and a half", "double four one".

Rules
- "eleven hundred" is 1,100; "a hundred", "half a thousand" and "a couple of hundred" are exact here, "a few hundred" is not a number.
- "and" joins only what still fits below: "between one hundred and two hundred" stays two numbers.
- Small numbers said one after the other ("four four one seven", "forty-four seventeen", "twelve fifty") are a run:
  it is written with middle dots (`4·4·1·7`), because only the reader of the run knows whether it is a name or a sum.
- "oh" is a nought only inside a run; "double" and "triple" only before a digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from bot.core.language.number_words import (
    ANY_SCALE,
    NOT_TWO,
    ORDINAL_REST,
    ORDINAL_UNITS,
    PLURAL_SCALES,
    REPEATS,
    SCALES,
    SMALL,
    TENS,
    VAGUE,
    in_plain_figures,
    with_suffix,
)


class Word(NamedTuple):
    """A word or figure of the text; `joined` tells that only a space or hyphen stands before it."""

    text: str
    start: int
    end: int
    joined: bool
    after_comma: bool = False


class SpokenNumber(NamedTuple):
    """A number in figures (`4750`, `2.5`, `21st`, `4·4·1·7`) and the index of the word after it."""

    figures: str
    next: int


def read_number(words: Sequence[Word], at: int) -> SpokenNumber | None:
    """The number that begins at this word, as long as it goes; None where none begins."""
    reader = _Reader(words)
    text = words[at].text
    if text in ("half", "couple") or (text in ("a", "an") and reader.word(at + 1) == "couple"):
        return reader.about_a_scale(at)
    if text == "point":
        decimals, after = reader.decimals(at + 1)
        return SpokenNumber(f"0.{decimals}", after) if decimals else None
    if text == "oh":
        digits = [reader.word(at + 1), reader.word(at + 2)]
        return reader.run(at) if all(SMALL.get(d, 99) < 10 for d in digits) else None
    if text in REPEATS:
        return reader.run(at)
    ordinal = reader.ordinal(at)
    if ordinal:
        return ordinal
    if text in SCALES and at and words[at - 1].text in VAGUE:
        return None
    return reader.cardinal(at)


class _Reader:
    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words

    def word(self, at: int, *, comma: bool = False) -> str:
        """The word here if it hangs together with the one before it, else an empty text."""
        if not 0 < at < len(self._words):
            return ""
        word = self._words[at]
        return word.text if word.joined or (comma and word.after_comma) else ""

    def about_a_scale(self, at: int) -> SpokenNumber | None:
        """ "half a thousand", "a couple of hundred", "couple of weeks"."""
        if self._words[at].text == "half":
            scale = SCALES.get(self.word(at + 2)) if self.word(at + 1) == "a" else None
            return SpokenNumber(str(scale // 2), at + 3) if scale else None
        after = at + 1 if self._words[at].text == "couple" else at + 2
        if self.word(after) == "of":
            after += 1
        following = self.word(after)
        if following in SCALES:
            return SpokenNumber(str(2 * SCALES[following]), after + 1)
        return None if not following or following in NOT_TWO else SpokenNumber("2", after)

    def ordinal(self, at: int) -> SpokenNumber | None:
        """ "first", "twenty-first", "thirtieth"."""
        text = self._words[at].text
        if text in ORDINAL_UNITS or text in ORDINAL_REST:
            return SpokenNumber(with_suffix((ORDINAL_UNITS | ORDINAL_REST)[text]), at + 1)
        unit = ORDINAL_UNITS.get(self.word(at + 1))
        return (
            SpokenNumber(with_suffix(TENS[text] + unit), at + 2) if text in TENS and unit else None
        )

    def cardinal(self, at: int) -> SpokenNumber | None:
        """A number of any size; a small one goes on as a run when more of them follow."""
        first = self._leading(at)
        if first is None:
            return None
        value, after, small = first
        if small and not isinstance(value, Decimal):
            run = self.run(at)
            if run and run.next > after:
                return run
        if small or self.word(after) in ("thousand", "thousands", "million", "millions"):
            value, after = self._scaled(value, after)
        return SpokenNumber(in_plain_figures(value), after)

    def run(self, at: int) -> SpokenNumber | None:
        """Small numbers one after the other; None when fewer than two atoms follow each other."""
        atoms: list[str] = []
        here = at
        while here < len(self._words) and (here == at or self.word(here)):
            atom = self._atom(here, bool(atoms))
            if atom is None:
                break
            found, here = atom
            atoms.extend(found)
        return SpokenNumber("·".join(atoms), here) if len(atoms) > 1 else None

    def _atom(self, at: int, inside: bool) -> tuple[list[str], int] | None:
        text = self._words[at].text
        if text in REPEATS:
            digit = SMALL.get(self.word(at + 1), 99)
            return ([str(digit)] * REPEATS[text], at + 2) if digit < 10 else None
        if text in ("oh", "o"):
            return (["0"], at + 1)
        leading = self._below_hundred(at)
        if leading is None:
            return None
        value, after = leading
        following = self.word(after)
        if following in SCALES or following in PLURAL_SCALES or following == "point":
            return None
        if inside and following == "and" and self._fraction(after)[1] > after:
            return None
        return ([str(value)], after)

    def _leading(self, at: int) -> tuple[int | Decimal, int, bool] | None:
        """The number up to the first "thousand", and whether it is still small (below a hundred)."""
        text = self._words[at].text
        if text in SCALES:
            value, after = self._hundreds(1, at) if text == "hundred" else (1, at)
            return (value, after, False) if text == "hundred" else (*self._scaled(1, at), False)
        if text in ("a", "an"):
            if self.word(at + 1) not in SCALES:
                return None
            value, after = self._hundreds(1, at + 1)
            return (value, after, False) if after > at + 1 else (*self._scaled(1, at + 1), False)
        if text == "too" and self.word(at + 1) in ("thousand", "hundred"):
            value, after = self._hundreds(2, at + 1)
            return (value, after, False) if after > at + 1 else (*self._scaled(2, at + 1), False)
        start = self._figure(at) or self._below_hundred(at)
        if start is None:
            return None
        number, after = start
        fraction, after_fraction = self._fraction(after)
        if after_fraction > after:
            return number + fraction, after_fraction, True
        if text[0].isdigit() and self.word(after) not in SCALES:
            return None
        value, past = self._hundreds(number, after)
        return value, past, past == after

    def _hundreds(self, value: int | Decimal, at: int) -> tuple[int | Decimal, int]:
        if self.word(at) not in ("hundred", "hundreds"):
            return value, at
        value, at = value * 100, at + 1
        for start in (at + 1, at) if self.word(at) in ("and", "an") else (at,):
            rest = (self._below_hundred(start) or self._figure(start)) if self.word(start) else None
            if rest and rest[0] < 100 and self.word(rest[1]) not in ("hundred", "hundreds"):
                return value + rest[0], rest[1]
        return value, at

    def _scaled(self, value: int | Decimal, at: int) -> tuple[int | Decimal, int]:
        """Multiply by "hundred", "thousand" or "million" and add what is said after it."""
        scale = ANY_SCALE.get(self._words[at].text) if at < len(self._words) else None
        if scale is None:
            return value, at
        value, at = value * scale, at + 1
        start = at + 1 if self.word(at) == "and" else at
        if not self.word(start, comma=True):
            return value, at
        rest = self._rest(start, scale)
        if rest and rest[0] < scale and SCALES.get(self.word(rest[1]), 0) < scale:
            return value + rest[0], rest[1]
        return value, at

    def _rest(self, at: int, scale: int) -> tuple[int | Decimal, int] | None:
        """What may follow a scale: a number below it, without a run of digits."""
        text = self._words[at].text
        if text in ("a", "an") and self.word(at + 1) == "hundred":
            return self._hundreds(1, at + 1)
        start = self._below_hundred(at) or self._figure(at)
        if start is None:
            return None
        value, after = self._hundreds(*start)
        # Only below a million: otherwise "two thousand two thousand …" would go deeper with every word.
        is_thousands = self.word(after) == "thousand" and scale > SCALES["thousand"]
        return self._scaled(value, after) if is_thousands else (value, after)

    def _below_hundred(self, at: int) -> tuple[int, int] | None:
        text = self._words[at].text
        if text in SMALL:
            return SMALL[text], at + 1
        if text not in TENS:
            return None
        unit = SMALL.get(self.word(at + 1), 99)
        return (TENS[text] + unit, at + 2) if 0 < unit < 10 else (TENS[text], at + 1)

    def _figure(self, at: int) -> tuple[int | Decimal, int] | None:
        """A number in figures at the head of a spoken one: "2 hundred", "1.5 million"."""
        text = self._words[at].text.replace(",", "")
        if not text[0].isdigit() or len(text) > 7 or text.count(".") > 1 or not text.isascii():
            return None
        return (Decimal(text) if "." in text else int(text)), at + 1

    def _fraction(self, at: int) -> tuple[Decimal, int]:
        """ "and a half", "and three quarters", "point two five"; nought when none follows."""
        if self.word(at) == "point":
            decimals, after = self.decimals(at + 1)
            return (Decimal(f"0.{decimals}"), after) if decimals else (Decimal(0), at)
        if self.word(at) == "and":
            what = (self.word(at + 1), self.word(at + 2).removesuffix("s"))
            part = {("a", "half"): "0.5", ("a", "quarter"): "0.25", ("three", "quarter"): "0.75"}
            if what in part:
                return Decimal(part[what]), at + 3
        return Decimal(0), at

    def decimals(self, at: int) -> tuple[str, int]:
        """The digits after "point", at most four."""
        digits = ""
        while len(digits) < 4 and (SMALL.get(self.word(at), 99) < 10 or self.word(at) == "oh"):
            digits += str(SMALL.get(self.word(at), 0))
            at += 1
        if not digits and self.word(at) in TENS:
            value, at = self._below_hundred(at) or (0, at)
            digits = str(value)
        return digits, at
