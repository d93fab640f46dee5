"""Masks numbers that must never be kept: cards, bank accounts, national numbers, security codes and passwords.

Rules
- A card is 13 to 19 digits with the right check digit, written or spoken; so many spoken digits are masked even when one
  was misheard, and so are digits right after "card number". Lists of invoices, sums, dates and phone numbers stay.
- Sort codes, account and routing numbers need their word, or each other, because dates and orders look like them.
- Everything between the first and the last digit becomes "•", one for one, so that places in the text stay true.
- The mask is taken once: masking a masked text changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.language.checksums import (
    IBAN_LENGTH,
    is_card_number,
    is_iban,
    is_routing_number,
    is_social_security_number,
)
from bot.core.language.digit_runs import DigitRun, digit_runs
from bot.core.language.figures import small_letters
from bot.core.language.guard import clean_turn

MASK = "•"

_IS = r"(?: ?(?:number|no\.?|code|is|was|it's|its|of|that's|thats|:|=|,|um|uh|er|erm|\.|-|#|for you|here|then|right|okay|ok|on it|on mine|starts?|the|my|would be|should be)){0,5}[ :=#]{0,3}$"
_CARD_WORD = re.compile(
    r"\b(?:card|long number|16 digit|sixteen digit|visa|mastercard|amex|debit|pan)(?: number)?s?"
    + _IS
)
_CODE_WORD = re.compile(
    r"\b(?:cvv2?|cvc2?|c v v|c v c|security code|security number|card verification|(?:last )?(?:3|"
    r"three) digits on the back|pin|pass ?code|pin number|passcode|one time code|otp|verification "
    r"code)" + _IS
)
_SORT_WORD = re.compile(r"\bsort(?:ing)?(?:[ -]?code)?" + _IS)
_ACCOUNT_WORD = re.compile(
    r"\b(?:accounts?|acct?\.?|a/c|bank details|iban|checking|savings)(?: (?:number|no\.?|num))?"
    + _IS
)
_ROUTING_WORD = re.compile(r"\b(?:routing|aba|transit|bsb)(?: (?:transit|number))?" + _IS)
_NATIONAL_WORD = re.compile(
    r"\b(?:social security|social|ssn|s s n|national insurance|ni number|n i number|nino|pps|ppsn|"
    r"p p s|tax file|tfn|itin|passport|driving licen[cs]e)(?: (?:number|no\.?))?" + _IS
)
_INVOICES = re.compile(
    r"\b(?:invoices?|inv|in voices?|po|order|orders|references?|dockets?|numbers are)\b"
)
_PASSWORD = re.compile(
    r"\b(?:password|passphrase|pass word|memorable word)(?: (?:is|was)|'s|"
    r" ?[:=]) ?[\"'“]?(?P<secret>[^\s•\"'“”]{1,64})"
)
_IBAN_HEAD = re.compile(r"(?<![a-z0-9•])[a-z]{2}[ -]?[0-9]{2}(?=[ -]?[a-z0-9])")
_NINO = re.compile(
    r"(?<![a-z0-9•])(?P<letters>[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z])(?P<rest>[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[a-d])(?![a-z0-9•])"
)
_SPOKEN_LETTERS = re.compile(r"(?<![a-z•])(?:[a-z] ){1,2}$")
#: Without one of these before a number none of the patterns above can match; it keeps long texts quick.
_ANY_WORD = re.compile(
    r"card|long|digit|visa|mastercard|amex|debit|pan|cv|c v|code|number|pin|otp|verif|sort|acc|"
    r"a/c|bank|iban|checking|savings|routing|aba|transit|bsb|"
    r"social|ss|s s n|insurance|ni|n i|pps|p p s|tax|tfn|itin|passport|licen"
)
_SSN_GROUPS = (3, 2, 4)
_WORTH_A_LOOK = re.compile(
    r"[0-9]|password|passphrase|pass word|memorable|(?:\b(?:one|two|three|four|five|six|seven|"
    r"eight|nine|zero|nought|ten|twenty|forty)\b[ ,-]{1,3}){2}|pin|cvv|code"
)


def kept_words(text: str) -> str:
    """What somebody said as it may be kept: no control characters, cut to a turn's length, secret numbers masked."""
    cleaned, _ = clean_turn(text)
    return redact(cleaned)[0]


def redact(text: str) -> tuple[str, frozenset[str]]:
    """The text with its secrets masked, and their kinds: card, bank, national_id, security_code."""
    low = small_letters(text)
    if not _WORTH_A_LOOK.search(low):
        return text, frozenset()
    found = [*_by_shape(text, low), *_by_run(low)]
    signs = list(text)
    for _, start, end in found:
        signs[start:end] = MASK * (end - start)
    return "".join(signs), frozenset(kind for kind, _, _ in found)


def _by_shape(text: str, low: str) -> Iterator[tuple[str, int, int]]:
    for match in _PASSWORD.finditer(low):
        yield "security_code", *match.span("secret")
    for match in _IBAN_HEAD.finditer(low):
        end = _iban_end(low, match.start())
        if end:
            yield "bank", match.start(), end
    for match in _NINO.finditer(low):
        written = text[match.start() : match.end()]
        close = not re.search(r"[ -]", written)
        before = low[max(0, match.start() - 40) : match.start()]
        if close or written[:2].isupper() or _NATIONAL_WORD.search(before):
            yield "national_id", match.start(), match.end()


def _iban_end(low: str, start: int) -> int | None:
    """Where the IBAN that begins here ends; after the word "iban" a misheard one counts too."""
    wanted = IBAN_LENGTH.get(low[start : start + 2].upper())
    if wanted is None:
        return None
    code, at = "", start
    while len(code) < wanted and at < min(len(low), start + 2 * wanted):
        if low[at].isascii() and low[at].isalnum():
            code += low[at]
        elif low[at] not in " -":
            return None
        at += 1
    whole = len(code) == wanted and not (at < len(low) and low[at].isalnum())
    named = re.search(r"\biban\b[^.;]{0,16}$", low[max(0, start - 24) : start])
    shaped = sum(sign.isdigit() for sign in code) >= 10
    return at if whole and (is_iban(code) or (named and shaped)) else None


def _by_run(low: str) -> Iterator[tuple[str, int, int]]:
    previous: DigitRun | None = None
    for run in digit_runs(low):
        if len(run.digits) < 3 or _is_sum(low, run):
            continue
        before = low[max(0, run.start - 64) : run.start]
        kind = _kind(run, before, low)
        if kind is None and previous and _pairs(previous, run, low):
            yield "bank", previous.start, run.end
            kind = "bank"
        if kind:
            letters = _SPOKEN_LETTERS.search(before) if kind == "national_id" else None
            yield kind, run.start - (len(letters.group()) if letters else 0), run.end
        previous = None if kind else run


def _is_sum(low: str, run: DigitRun) -> bool:
    return (
        low[max(0, run.start - 1) : run.start] in ("£", "€", "$", "#", "+") and len(run.digits) < 13
    )


def _kind(run: DigitRun, before: str, low: str) -> str | None:
    count = len(run.digits)
    if count < 9 and not run.spoken and not _ANY_WORD.search(before):
        return None
    if _CODE_WORD.search(before) and 3 <= count <= 8:
        return "security_code"
    if _NATIONAL_WORD.search(_SPOKEN_LETTERS.sub("", before)) and 4 <= count <= 11:
        return "national_id"
    if run.groups == _SSN_GROUPS and not run.spoken and low[run.start + 3] == "-":
        return "national_id" if is_social_security_number(run.digits) else None
    if _SORT_WORD.search(before) and count in (6, 13, 14, 15):
        return "bank"
    if _ROUTING_WORD.search(before) and (is_routing_number(run.digits) or 6 <= count <= 9):
        return "bank"
    if _looks_like_sort_and_account(run):
        return "bank"
    if _is_card(run, before):
        return "card"
    return "bank" if _ACCOUNT_WORD.search(before) and 8 <= count <= 18 else None


def _is_card(run: DigitRun, before: str) -> bool:
    count = len(run.digits)
    if (
        run.plain
        and is_card_number(run.digits)
        and not (run.groups[0] < 4 and not run.spoken and run.groups[0] > 1)
    ):
        return True
    if _CARD_WORD.search(before) and 8 <= count <= 24:
        return True
    if not run.spoken or not 13 <= count <= 19:
        return False
    return is_card_number(run.digits) or not _INVOICES.search(before)


def _looks_like_sort_and_account(run: DigitRun) -> bool:
    """ "20-00-00 55779911": a sort code and an eight-digit account in one go."""
    return not run.spoken and run.groups == (2, 2, 2, 8)


def _pairs(first: DigitRun, second: DigitRun, low: str) -> bool:
    """A sort code and an account number that belong together: "20-00-00, account 55779911"."""
    between = low[first.end : second.end]
    return (
        len(first.digits) == 6
        and len(second.digits) == 8
        and first.groups == (2, 2, 2)
        and len(between) < 40
        and "acc" in between
    )
