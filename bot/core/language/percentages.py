"""Finds percentages: "ten per cent", "2.5%", "half a per cent" (0.5); "a hundred per cent sure" is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.language.figures import Figures
from bot.core.language.money_words import FIGURE_START
from bot.core.reading import Entity

_PERCENT = re.compile(
    rf"(?:{FIGURE_START}(?P<figure>[0-9]{{1,3}}(?:[.,][0-9]{{1,4}})?)|\b(?P<part>half|"
    rf"quarter)(?: of)?(?: a| 1)?) ?-?(?:%|per ?-?cents?\b|pct\b)"
    r"(?! (?:sure|certain|agree|right|behind|with you|honest|correct|positive|not|going|genuine|"
    r"serious))"
)


def find_percentages(figures: Figures) -> Iterator[Entity]:
    """Every percentage of the turn, as a plain number in text."""
    for match in _PERCENT.finditer(figures.text):
        if match["part"]:
            value = "0.5" if match["part"] == "half" else "0.25"
        else:
            value = match["figure"].replace(",", ".")
            value = value.rstrip("0").rstrip(".") if "." in value else value
        yield figures.entity("percentage", value or "0", match.start(), match.end())
