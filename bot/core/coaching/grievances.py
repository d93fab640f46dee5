"""What the client contests when the terms are contested: a fee or interest, the stop on the account, or else a date."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core.labels import Objection
from bot.core.reading import Reading

_FEE_WORDS = re.compile(
    r"\b(?:fees?|late charges?|charges|interest|penalt(?:y|ies)|surcharges?|admin charge)\b", re.I
)

_STOP_WORDS = re.compile(
    r"\b(?:on stop|on hold|stopped (?:our|my|the) (?:account|orders?|deliver\w+|supplies)|credit limit)\b",
    re.I,
)


def speaks_of_fee(reading: Reading) -> bool:
    """Whether the terms that the client contests are a fee or interest."""
    return Objection.TERMS_DISPUTE.value in reading.names and bool(_FEE_WORDS.search(reading.text))


def speaks_of_stop(reading: Reading) -> bool:
    """Whether the terms that the client contests are the stop or the credit limit, so no invoice of theirs."""
    return bool(_STOP_WORDS.search(reading.text)) and not speaks_of_fee(reading)


def fee_was_contested(reading: Reading, quotes: Iterable[str]) -> bool:
    """Whether a fee or interest is what is contested, in this turn or earlier in the call."""
    return speaks_of_fee(reading) or any(_FEE_WORDS.search(words) for words in quotes)
