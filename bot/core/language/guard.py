"""Makes text from outside harmless without changing what it says."""

from __future__ import annotations

import re
import unicodedata

#: The longest turn that is read; a person speaks about 900 characters a minute.
MAX_TURN_CHARACTERS = 8_000

_BREAKS = "\n\r\t\v\f\x85\u2028\u2029"
#: Slashes and spaces in any order: "/ /restart" must not become a command once the first slash is gone.
_LEADING = re.compile(r"^[\s/]+")


def plain_text(text: str) -> str:
    """Take the command meaning from a leading "/": what is typed is only ever text."""
    return _LEADING.sub("", text).rstrip()


def clean_turn(text: str) -> tuple[str, bool]:
    """Drop control characters and cut an overlong turn; tells whether it was cut.

    Line breaks and tabs become spaces, so that one turn stays one turn for every reader after us.
    """
    kept = "".join(
        " " if character in _BREAKS else character
        for character in text[: MAX_TURN_CHARACTERS * 2]
        if character in _BREAKS or unicodedata.category(character) not in ("Cc", "Cs")
    ).strip()
    too_long = len(kept) > MAX_TURN_CHARACTERS or len(text) > MAX_TURN_CHARACTERS * 2
    return kept[:MAX_TURN_CHARACTERS], too_long
