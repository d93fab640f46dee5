"""Takes names and numbers out of a turn, so that it can be kept as a training line; a person confirms the result.

Rules
- The client's name, its people, e-mail addresses and numbers that lead to somebody give way to made-up ones.
- Invoice, order and account numbers keep their shape: letters, length, spoken or written, but with other digits.
- A phone number keeps its leading zero or country code. Sums and days stay: they identify nobody and are what is heard.
- The same text with the same seed gives the same result, and the same number the same stand-in.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.language.amounts import find_amounts
from bot.core.language.digit_runs import digit_runs
from bot.core.language.figures import small_letters
from bot.core.language.known_names import find_names
from bot.core.language.number_words import SMALL, TENS
from bot.core.language.references import find_references
from bot.core.language.spans import Taken

EMAIL, NUMBER = "email", "number"

#: So many digits in a row are a phone or an account, unless they are a sum or a day.
_LONG_RUN = 7

_EMAIL = re.compile(r"(?<![\w.+%'-])[\w.+%'-]+@[\w-]+(?:\.[\w-]+)*")
_SPOKEN_EMAIL = re.compile(
    r"\b[\w-]{1,64}(?: dot [\w-]+){0,3} at [\w-]+(?: dot [\w-]+){0,2} dot "
    r"(?:co(?: dot uk)?|com|org(?: dot uk)?|net|ie|eu|de|uk|us)\b",
    re.I,
)
_NUMBERED = re.compile(
    r"\b(?:account|acc|customer|client|ref|reference|order|job|claim|policy|case|ticket|docket|tracking|vat|company)"
    r"(?: (?:number|no\.?|num|ref))?(?: is|:)? ?#?(?P<id>[a-z]{0,4}[-/]?[0-9][0-9a-z/-]{2,})",
    re.I,
)
_DAY = re.compile(r"[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{1,4}")
_DIGIT_OR_WORD = re.compile(r"[0-9]|[a-z]+")
_HAS_DIGIT = re.compile(r"[0-9]")
_UNITS = [word for word, number in SMALL.items() if 1 <= number <= 9]
_TEENS = [word for word, number in SMALL.items() if number >= 10]
_TENS = list(TENS)[:8]


@dataclass(frozen=True)
class Replacement:
    """What stood there, what stands there now, and its kind: client, person, email or number."""

    kind: str
    was: str
    now: str


@dataclass(frozen=True)
class Disguised:
    """The text as it may be kept, and everything that was replaced in it."""

    text: str
    replacements: tuple[Replacement, ...]


def disguise(
    text: str, *, clients: Sequence[str] = (), people: Sequence[str] = (), seed: str = ""
) -> Disguised:
    """Put made-up names and numbers where the text has real ones."""
    taken = Taken()
    edits: list[tuple[int, int, Replacement]] = []
    for kind, start, end, now in _edits(text, clients, people, seed):
        if taken.take(start, end) and kind and text[start:end] != now:
            edits.append((start, end, Replacement(kind, text[start:end], now)))
    edits.sort(key=lambda edit: edit[0])
    kept: list[str] = []
    done = 0
    for start, end, replacement in edits:
        kept += [text[done:start], replacement.now]
        done = end
    return Disguised("".join((*kept, text[done:])), tuple(dict.fromkeys(edit[2] for edit in edits)))


def _edits(
    text: str, clients: Sequence[str], people: Sequence[str], seed: str
) -> Iterator[tuple[str, int, int, str]]:
    """What may be replaced, the surest first; of two over the same words the first stays. No kind: it stays."""
    for match in _EMAIL.finditer(text):
        yield EMAIL, *match.span(), "someone@example.com"
    for match in _SPOKEN_EMAIL.finditer(text):
        yield EMAIL, *match.span(), "someone at example dot com"
    for name in find_names(text, clients, people, _number(seed, "names")):
        yield name.kind, name.start, name.end, name.stand_in
    for entity in find_references(text):
        if entity.type in ("invoice_number", "po_number"):
            yield NUMBER, entity.start, entity.end, _other_digits(entity.text, seed)
    for match in _NUMBERED.finditer(text):
        yield NUMBER, *match.span("id"), _other_digits(match["id"], seed)
    for amount in find_amounts(text):
        yield "", amount.start, amount.end, amount.text
    for match in _DAY.finditer(text):
        yield "", *match.span(), match.group()
    for run in digit_runs(small_letters(text)):
        if len(run.digits) >= _LONG_RUN:
            start = run.start - (text[run.start - 1 : run.start] == "+")
            yield NUMBER, start, run.end, _other_digits(text[start : run.end], seed)


def _other_digits(said: str, seed: str) -> str:
    """The number with every digit, or every spoken digit, changed and everything else as it was."""
    low = small_letters(said)
    written = bool(_HAS_DIGIT.search(low))
    digits = "".join(c for c in low if c.isdigit()) or low
    keep = _kept_digits(low) if written else 0
    out: list[str] = []
    done = 0
    for place, match in enumerate(_DIGIT_OR_WORD.finditer(low)):
        piece = match.group()
        if piece.isdigit() is not written:
            continue
        if keep:
            keep -= 1
            continue
        now = _other(piece, _number(seed, f"{digits}/{place}"), is_first=not out)
        out += [said[done : match.start()], now]
        done = match.end()
    return "".join((*out, said[done:]))


def _kept_digits(low: str) -> int:
    """A phone number's country code or leading zero stays, so that it still looks like one."""
    if low.startswith(("+", "00")):
        return 2
    return 1 if low.startswith("0") else 0


def _other(piece: str, choice: int, *, is_first: bool) -> str:
    if piece.isdigit():
        others = [d for d in "0123456789" if d != piece and not (is_first and d == "0")]
        return others[choice % len(others)]
    for words in (_UNITS, _TEENS, _TENS):
        if piece in words:
            others = [word for word in words if word != piece]
            return others[choice % len(others)]
    return piece


def _number(seed: str, subject: str) -> int:
    """A number that looks thrown and comes again for the same seed and subject."""
    digest = hashlib.sha256(f"{seed}:{subject}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:6], "big")
