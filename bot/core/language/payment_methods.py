"""The ways to pay as people name them, and the one name each goes by in the records."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.language.figures import Figures
from bot.core.reading import Entity

#: Pattern by method; the words that make a "check" or "cash" something else are part of the pattern.
_METHODS = {
    "bank_transfer": (
        r"(?:bank|by wire|wire|online|money|same day|interac|e-?) ?-?transfers?|bacs|b a c s|"
        r"backs payment|faster payments?|chaps|"
        r"wir(?:e|ed|ing)(?= |$|[.,!?])(?! (?:mesh|rope|fenc|cutter))|by wire|ach|a c h|eft|sepa|"
        r"swift|zelle|bpay|direct credit|"
        r"(?:by|via|a|the|do a|through) transfer|transfer (?:it|that|this|the money|the lot|the "
        r"rest|the balance|over|across|today|tomorrow|on|now)|"
        r"online banking|internet banking|bank giro|giro"
    ),
    "standing_order": r"standing orders?",
    "direct_debit": r"direct debits?|direct debt mandate|d ?/?d(?= |$|[.,!?])|auto-?pay|auto pay",
    "cheque": (
        r"cheques?|chq|(?:cashier'?s|certified|paper|company|business|personal|milk|rent|"
        r"pay) checks?|checks? (?:is|are|was|went|'s) in the (?:mail|post)|check's in the (?:mail|"
        r"post)|"
        r"(?:by|per|cut(?: you)? a|cutting(?: you)? a|cut the|write(?: you)? a|wrote(?: you)? a|"
        r"writing(?: you)? a|written a|mail(?: you)? a|mailed(?: you)? a|mailing a|"
        r"send(?: you)? a|sent(?: you)? a|"
        r"post(?: you)? a|our|with a) check(?! (?:on|that|if|with|of|in with|up|your|the|my|our|"
        r"and see))|check number|check run"
    ),
    "cash": (
        r"(?:in|by|with|pay|paid|paying|or) cash(?! ?-?flow| (?:is|was) (?:tight|short|king|low))|"
        r"cash (?:in hand|on (?:delivery|collection)|payment|today|tomorrow|on \w+day|or card|or "
        r"cheque)|"
        r"[0-9] (?:quid |pounds? |euros? |dollars? )?(?:in )?cash(?! ?-?flow)"
    ),
    "card": (
        r"(?:by|via|on|with|over|off|use|take|taking|using|the|my|our|your|a|his|her|company|"
        r"credit|debit|business|corporate|purchasing|procurement|charge|visa) "
        r"(?:(?:company|credit|debit|corporate|bank|purchasing|same|other) )?card(?! (?:reader|"
        r"machine|shop|terminal|game|trick|on the table))|"
        r"card (?:payment|number|details|over the phone)|(?:visa|amex|mastercard|american "
        r"express)(?: card)?|card(?= over)"
    ),
    "payment_link": r"(?:payment|pay) link|pay by link|link to pay",
    "paypal": r"pay ?pal",
}
_METHOD = re.compile(
    r"(?<![a-z0-9-])(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _METHODS.items())
    + r")(?![a-z0-9])"
)
_HINT = re.compile(
    r"transfer|bacs|b a c|backs|faster|chaps|wire|wiring|ach|a c h|eft|sepa|swift|zelle|bpay|"
    r"credit|bank|giro|standing|debit|debt|"
    r"\bd ?/?d\b|auto|cheque|chq|check|cash|card|visa|amex|american|link|pal"
)
_NOT_A_CARD = re.compile(
    r"(?:business|birthday|sim|christmas|loyalty|trump|get well|sympathy|id|report|post|"
    r"race) card|business card$"
)


def find_payment_methods(figures: Figures) -> Iterator[Entity]:
    """Every way to pay named in the turn."""
    if not _HINT.search(figures.text):
        return
    for match in _METHOD.finditer(figures.text):
        if match.lastgroup == "card" and _NOT_A_CARD.search(match.group()):
            continue
        if match.lastgroup == "cash" and match.group()[0].isdigit():
            start = match.end() - len("cash")
            yield figures.entity("payment_method", "cash", start, match.end())
            continue
        yield figures.entity("payment_method", match.lastgroup, match.start(), match.end())
