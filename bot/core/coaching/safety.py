"""Protection before collection: which safety protocol stands alone on the panel, and which pause it calls for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.core.account import Account, Protections
from bot.core.coaching.advice import Protocol, SayLine
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.playbook import fill
from bot.core.dates import in_words
from bot.core.labels import Move, Objection, Speaker
from bot.core.language.safety_words import danger_words
from bot.core.reading import Reading

TEXAS, BLAKE, CARERS = "texas", "blake", "carers"
ADVISER, INSOLVENCY = "adviser_in_charge", "insolvency"
NO_CALLS = "contact_stopped"

#: The most urgent first.
PROTOCOL_ORDER = (BLAKE, TEXAS, CARERS, ADVISER, INSOLVENCY, NO_CALLS)

_MORATORIUM = re.compile(r"\b(?:breathing space|moratorium|debt respite)\b", re.I)

_BY_LABEL = {
    Objection.VULNERABILITY.value: TEXAS,
    Objection.THIRD_PARTY.value: CARERS,
    Objection.ADVISER_IN_CHARGE.value: ADVISER,
    Objection.INSOLVENCY.value: INSOLVENCY,
}


@dataclass(frozen=True)
class ProtocolCard:
    """A protocol as its file has it: steps, the first sentences to say, and the pause to record (None: none)."""

    name: str
    title: str
    steps: tuple[str, ...]
    say: tuple[SayLine, ...]
    avoid: str | None = None
    pause: str | None = None
    source: str = ""


@dataclass(frozen=True)
class ProtocolRules:
    """The protocol cards by name."""

    cards: Mapping[str, ProtocolCard]


@dataclass(frozen=True)
class Safeguard:
    """The protocol that this moment calls for: its card, the client's words or the record behind it, the pause."""

    card: ProtocolCard
    evidence: str
    pause: str | None
    from_record: bool = False

    def protocol(self) -> Protocol:
        """The card as the panel shows it."""
        return Protocol(self.card.name, self.card.title, self.card.steps)

    def say(self, facts: Mapping[str, str]) -> tuple[SayLine, ...]:
        """The protocol's own first sentences."""
        return tuple(SayLine(line.id, fill(line.text, facts)) for line in self.card.say)


def safeguard_for(
    memory: CallMemory, reading: Reading, account: Account, rules: ProtocolRules, today: date
) -> Safeguard | None:
    """The protocol that stands now: heard in this turn, or still standing, or recorded on the account."""
    heard = called_up_by(reading, rules)
    standing = rules.cards.get(memory.protocol or "")
    if heard and not (standing and _urgency(standing.name) < _urgency(heard.card.name)):
        return heard
    if standing:
        return Safeguard(standing, "", None)
    return _recorded(account, rules, today)


def called_up_by(reading: Reading, rules: ProtocolRules) -> Safeguard | None:
    """The protocol that the words of this turn call up, whatever is on record."""
    if reading.speaker is not Speaker.CLIENT:
        return None
    danger = danger_words(reading.text)
    found = {
        _BY_LABEL[name]: name for name in (*reading.names, *reading.flags) if name in _BY_LABEL
    }
    if danger:
        name, words = BLAKE, danger
    elif TEXAS in found and CARERS in found:
        # The news comes from somebody who is not the debtor: listen, note it, disclose nothing.
        name, words = CARERS, reading.evidence_of(Objection.THIRD_PARTY.value)
    elif found:
        name = min(found, key=_urgency)
        words = reading.evidence_of(found[name])
    else:
        return None
    card = rules.cards.get(name)
    if card is None:
        return None
    pause = "vulnerable" if TEXAS in found or danger else card.pause
    if name == ADVISER and _MORATORIUM.search(reading.text):
        pause = "moratorium"
    return Safeguard(card, words or _excerpt(reading.text), pause)


def after_identity_check(memory: CallMemory, reading: Reading) -> CallMemory:
    """Lift the third-party protocol once the collector has identified whoever took over the call."""
    if memory.protocol == CARERS and Move.GREET_IDENTIFY.value in reading.names:
        return without_protocol(memory)
    return memory


def without_protocol(memory: CallMemory) -> CallMemory:
    """The memory after a person has said that the protocol was called up in error."""
    return replace(memory, protocol=None, card=None, card_priority=0, card_labels=())


def _urgency(name: str) -> int:
    return PROTOCOL_ORDER.index(name) if name in PROTOCOL_ORDER else len(PROTOCOL_ORDER)


def _recorded(account: Account, rules: ProtocolRules, today: date) -> Safeguard | None:
    recorded = _record_of(account.protections, today)
    if recorded is None:
        return None
    name, words = recorded
    card = rules.cards.get(name)
    return Safeguard(card, words, None, from_record=True) if card else None


def _record_of(protections: Protections, today: date) -> tuple[str, str] | None:
    if protections.vulnerable_since:
        return TEXAS, f"vulnerability on record since {in_words(protections.vulnerable_since)}"
    if protections.moratorium_until and protections.moratorium_until >= today:
        return ADVISER, f"moratorium on record until {in_words(protections.moratorium_until)}"
    if protections.adviser_since:
        who = f" ({protections.adviser_name})" if protections.adviser_name else ""
        return ADVISER, f"adviser{who} on record since {in_words(protections.adviser_since)}"
    if protections.insolvent_since:
        return INSOLVENCY, f"insolvency on record since {in_words(protections.insolvent_since)}"
    if protections.contact_stopped_since:
        return NO_CALLS, f"no calls wanted since {in_words(protections.contact_stopped_since)}"
    return None


def _excerpt(text: str) -> str:
    return text if len(text) <= 120 else text[:117].rstrip() + "…"
