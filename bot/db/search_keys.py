"""Makes names findable: without accents, capitals or double spaces, alike on every engine."""

from __future__ import annotations

import unicodedata

#: Letters that do not come apart into a base and an accent.
_WHOLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae"})


def search_key(*parts: str | None) -> str:
    """Fold texts into one search key: `Bäckerei  GRÜN` is found by `backerei grun`."""
    text = " ".join(part for part in parts if part)
    text = text.casefold().translate(_WHOLE)
    plain = "".join(
        mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark)
    )
    return " ".join(plain.split())
