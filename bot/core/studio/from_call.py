"""Drafts a scenario from a real call: which turn becomes what, and the values of the form as far as the call tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.core.coaching.wording import FAULT_WORDS, label_in_words
from bot.core.labels import FAMILY_OF, FAULTS, Family, Objection, Speaker
from bot.core.money import Money
from bot.core.reading import Reading
from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.scenario import Protection, Scenario
from bot.core.studio.from_call_case import (
    currency_of,
    invoices_of,
    limits_of,
    parties_of,
)
from bot.core.studio.from_call_lines import Becomes, lines_from

_WEIGHTS = {
    "composure": 15,
    "empathy": 15,
    "listening": 15,
    "clarity": 10,
    "problem_solving": 15,
    "firmness": 10,
    "process": 10,
    "escalation_judgement": 10,
}
_GOOD_ENDS: Mapping[Family, tuple[str, ...]] = {
    Family.DISPUTED_TERMS: ("dispute_logged", "undisputed_part", "promise"),
    Family.CASH_FLOW_HARDSHIP: ("plan", "promise", "follow_up"),
    Family.AVOIDANCE: ("promise", "follow_up"),
    Family.HOSTILITY: ("promise", "plan", "handed_over", "follow_up"),
    Family.PROTECTED: ("protocol", "signposted", "follow_up"),
}
_END_WORDS: Mapping[Family, str] = {
    Family.DISPUTED_TERMS: "The dispute is in hand, and what is not in dispute has a day",
    Family.CASH_FLOW_HARDSHIP: "There is a plan that they can keep, or a day to speak again",
    Family.AVOIDANCE: "There is a sum and a day, or a time to speak again",
    Family.HOSTILITY: "There is a sum and a day, or a proper hand-over",
    Family.PROTECTED: "The protocol was kept, and nobody spoke of money",
}
#: Other ends by one label of a family.
_ENDS_OF = {
    Objection.MISSING_PAPERWORK: ("documents", "promise"),
    Objection.INSOLVENCY: ("protocol", "documents", "follow_up"),
}
_PROTECTIONS = tuple(protection.value for protection in Protection)
_FAULT_NAMES = frozenset(fault.value for fault in FAULTS)


@dataclass(frozen=True)
class Proposal:
    """The values of a scenario's form, and what each turn of the call becomes."""

    data: dict[str, Any]
    becomes: tuple[Becomes, ...]
    objection: str | None
    persona: str | None
    parts: Mapping[str, int] = field(default_factory=dict)


def propose(
    readings: Sequence[Reading],
    *,
    slug: str,
    title: str,
    today: date,
    personas: Iterable[Persona] = (),
    scenarios: Iterable[Scenario] = (),
) -> Proposal:
    """Draft a scenario from what was heard in a masked call; what the call does not tell is left for the trainer."""
    objection = opening_objection(readings)
    protected = next((n for r in readings for n in r.names if n in _PROTECTIONS), None)
    lines = lines_from(readings, slug, objection)
    data: dict[str, Any] = {
        "id": slug,
        "title": title,
        "edition": 1,
        **({"objection": objection.value} if objection else {}),
        "levels": [lines.level],
        "minutes": max(4, min(20, len(readings) // 3)),
        **_parties(readings),
        "account": _account(readings, today),
        **lines.data,
        "limits": limits_of(readings, today),
        "protected": protected,
        "pays_only_after": _undertakings(objection),
        "blockers": ["threaten", "disclose", *(["money_in_protocol"] if protected else [])],
        "weights": dict(_WEIGHTS),
        "next": [],
    }
    persona = nearest_persona(readings, objection, lines.level, personas, scenarios)
    if persona is not None:
        data["persona"] = persona
    family = Family.PROTECTED if protected else FAMILY_OF[objection] if objection else None
    if family is not None:
        ends = _ENDS_OF.get(objection, _GOOD_ENDS[family]) if objection else _GOOD_ENDS[family]
        data["good_end"] = list(ends)
        data["goals"] = _goals(readings, family, list(ends), lines.data["hidden_facts"])
    data["briefing"] = _briefing(data, objection)
    return Proposal(data, lines.becomes, data.get("objection"), persona, lines.counts)


def opening_objection(readings: Sequence[Reading]) -> Objection | None:
    """What the client came with: the first objection; where another was said far more often, that one."""
    known = {label.value: label for label in Objection}
    heard = [
        known[name]
        for reading in readings
        if reading.speaker is Speaker.CLIENT
        for name in reading.names
        if name in known
    ]
    if not heard:
        return None
    often = max(dict.fromkeys(heard), key=heard.count)
    return often if heard.count(often) >= 3 * heard.count(heard[0]) else heard[0]


def nearest_persona(
    readings: Sequence[Reading],
    objection: Objection | None,
    level: int,
    personas: Iterable[Persona],
    scenarios: Iterable[Scenario],
) -> str | None:
    """The persona that begins about as hot as this client, rather one that has brought this objection before."""
    theirs = [reading.heat for reading in readings if reading.speaker is Speaker.CLIENT]
    # The middle of a heat band, as temper is counted.
    temper = 25 * (sum(theirs) / len(theirs) if theirs else 0) + 12
    used = {one.persona for one in scenarios if one.objection is objection}

    def distance(persona: Persona) -> tuple[float, str]:
        start = persona.temper.start.get(level, 50)
        return abs(start - temper) - (15 if persona.id in used else 0), persona.id

    nearest = min(personas, key=distance, default=None)
    return nearest.id if nearest else None


def _parties(readings: Sequence[Reading]) -> dict[str, Any]:
    named = parties_of(readings)
    third = any("third_party" in reading.names for reading in readings)
    collector = {"name": named.collector, "company": named.company}
    contact = {"name": named.contact, "role": "who picked up" if third else "owner"}
    return {
        "collector": {key: value for key, value in collector.items() if value},
        "contact": {
            **{key: value for key, value in contact.items() if value},
            "is_debtor": not third,
        },
    }


def _account(readings: Sequence[Reading], today: date) -> dict[str, Any]:
    client = parties_of(readings).client
    return {
        **({"name": client} if client else {}),
        "legal_form": "company",
        "country": "GB",
        "vat_registered": True,
        "currency": currency_of(readings),
        "terms": [{"from": -365, "days": 30}],
        "invoices": invoices_of(readings, today),
    }


def _undertakings(objection: Objection | None) -> list[str]:
    return ["send_documents"] if objection is Objection.MISSING_PAPERWORK else []


def _goals(
    readings: Sequence[Reading], family: Family, ends: list[str], facts: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    found = [
        {
            "id": "heard",
            "text": "They were acknowledged before a figure was named",
            "needs": {"moves": ["acknowledge"]},
        },
        {
            "id": "cause",
            "text": "You know what is behind it",
            "needs": {
                "moves": ["open_question"],
                **({"facts": [facts[0]["id"]]} if facts else {}),
            },
        },
        {"id": "end", "text": _END_WORDS[family], "needs": {"end": ends}},
    ]
    made = list(dict.fromkeys(n for r in readings for n in r.names if n in _FAULT_NAMES))
    if made:
        words = ", ".join(FAULT_WORDS[name] for name in made)
        text = f"Nothing of what went wrong in the real call: {words}"
        found.append({"id": "not-again", "text": text, "needs": {"none_of": made}})
    return found


def _briefing(data: Mapping[str, Any], objection: Objection | None) -> str:
    account = data["account"]
    name = account.get("name") or "The client"
    owed = [row for row in account["invoices"] if "total" in row]
    sums = ", ".join(
        f"{Money.of(row['balance'], account['currency'])} on invoice {row['number']}"
        for row in owed
    )
    what = f"{name} owes {sums}." if sums else f"{name} is behind with its payments."
    words = f" Expect this: {label_in_words(objection.value)}." if objection else ""
    return f"{what}{words} Drawn from a real call; every name and number has been changed."
