"""What a protocol asks a trainee to say and no move names: the privacy rule to a third party, and asking for consent."""

from __future__ import annotations

import re

from bot.core.rehearsal.cues import MAY_NOT_TELL
from bot.core.rehearsal.scenario import Protection

_ONLY_WITH = re.compile(
    r"\b(?:may|can|could|allowed to|able to) only (?:speak|talk|discuss|deal|share)\b"
    r"|\bonly (?:speak|talk|discuss (?:it|this|that)) (?:with|to)\b"
    r"|\bwithout (?:her|his|their|\w+['\u2019]s) (?:\w+ )?(?:permission|consent|authority)\b"
    r"|\b(?:written|signed) (?:permission|consent|authority)\b|\bform of authority\b|\bnamed (?:to us )?in writing\b",
    re.I,
)
_CONSENT = re.compile(
    r"\b(?:with|do i have|have i|may i have|i(?:['\u2019]d)? need) your (?:consent|permission)\b"
    r"|\b(?:would it be|is it|is that|are you|would you be|would you mind if) (?:\w+ ){0,2}?"
    r"(?:all ?right|ok(?:ay)?|happy|comfortable|fine|content|i)\b[^.?!]{0,40}"
    r"\b(?:not(?:e|ed|ing)|record\w*|keep|kept|pass\w*|shar\w+|tell|told|writ\w+|put|save)\b"
    r"|\b(?:may|can|could) i (?:please |just )?(?:note|record|keep|make a note|write|pass|share|put)\b",
    re.I,
)

#: What each rule is called after "You".
RULE_WORDS = {
    "privacy_kept": "kept the account private",
    "consent_asked": "asked for their consent",
}


def protocol_kept(protection: Protection | None, text: str) -> str | None:
    """The rule that the turn's words set off by keeping to the protocol, if they do."""
    if protection is Protection.THIRD_PARTY and (
        MAY_NOT_TELL.search(text) or _ONLY_WITH.search(text)
    ):
        return "privacy_kept"
    if protection is Protection.VULNERABILITY and _CONSENT.search(text):
        return "consent_asked"
    return None
