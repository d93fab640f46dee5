"""The first text of a new document: everything structural is there, and what only its author knows is left open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.content.yaml_write import quoted
from bot.core.errors import InvalidInputError
from bot.core.rehearsal.persona import BEAT_HEATS, RICH_BEATS, Beat
from bot.core.studio.kinds import DocumentKind, DocumentName

_SCENARIO = """\
# {comment}
id: {slug}
title: {title}
edition: 1
objection: stalling
persona: {persona}
levels: [1, 2, 3]
minutes: 8
briefing: ""
collector: {{name: "Sam", company: "Northgate Supplies"}}
contact: {{name: {contact}, role: {role}}}
account:
  name: ""
  legal_form: company
  country: GB
  vat_registered: yes
  industry: ""
  currency: GBP
  risk_class: B
  relationship_value: "12000.00"
  customer_since: -730
  on_stop: no
  terms:
    - {{from: -730, days: 30, late_fee: null, interest: statutory, limit: "5000.00"}}
  invoices:
    - {{number: "1001", issued: -65, due: -35, total: "1200.00", balance: "1200.00", disputed: "0.00", po: null, what: ""}}
  charges: []
  promises: []
  payments: []
  disputes: []
  protections: {{}}
  log: []
  notes: ""
opening:
  1: ""
  2: ""
  3: ""
restate: []
objections: []
hidden_facts: []
answers: []
limits:
  today: "0.00"
  full_on: 21
  per_instalment: "400.00"
  first_day: 5
  longest: 3
  accepts: [part_payment, instalments, full_payment]
  needs: {{trust: 40, temper_below: 60}}
  wants: []
pays_only_after: []
protected: null
good_end: [promise, plan]
goals:
  - {{id: heard, text: "The client feels heard before you speak of money", needs: {{moves: [acknowledge], temper_below: 50}}}}
  - {{id: cause, text: "You find out what is behind it", needs: {{moves: [open_question]}}}}
  - {{id: agreed, text: "You agree on a day and a sum", needs: {{end: [promise, plan]}}}}
blockers: [threaten, disclose]
weights: {{composure: 15, empathy: 15, listening: 15, clarity: 10, problem_solving: 15, firmness: 10, process: 10, escalation_judgement: 10}}
model_turns: []
next: []
"""

_PERSONA = """\
# {comment}
id: {slug}
name: {title}
role: ""
summary: ""
speech: clean
temper: {{start: {{1: 25, 2: 45, 3: 65}}, cools: 1.0, heats: 1.0}}
trust: {{start: {{1: 35, 2: 25, 3: 15}}}}
patience: {{start: {{1: 85, 2: 70, 3: 55}}, tires: 1.0}}
soft_spots: []
sore_spots: []
lines:
"""

#: The lists of a scenario whose items have lines of their own.
_WITH_LINES = ("objections", "hidden_facts", "answers")


def blank_text(name: DocumentName, title: str, persona: Mapping[str, Any] | None = None) -> str:
    """A new scenario or persona; `persona` is who shall be on the phone in a scenario."""
    words = " ".join(title.split()) or name.slug.replace("-", " ").capitalize()
    basic = {"slug": name.slug, "title": quoted(words), "comment": _comment(words)}
    if name.kind is DocumentKind.PERSONA:
        return _PERSONA.format(**basic) + "".join(_persona_lines(name.slug))
    if name.kind is DocumentKind.SCENARIO:
        who = persona or {}
        return _SCENARIO.format(
            **basic,
            persona=who.get("id") or '""',
            contact=quoted(str(who.get("name") or "")),
            role=quoted(str(who.get("role") or "")),
        )
    raise InvalidInputError(f"No new {name.kind} can be added; there is a fixed set.", field="kind")


def copied_values(name: DocumentName, values: Mapping[str, Any], title: str) -> dict[str, Any]:
    """The values of a document under another name: its id, its title and its line ids are its own.

    Lines for the ear stay with the original: the recogniser must not learn the same words twice.
    """
    copy = {**values, "id": name.slug, **({_title_key(name): title} if title else {})}
    copy.pop("examples", None)
    taken: set[str] = set()
    for key in ("restate", "lines"):
        if key in copy:
            copy[key] = _renamed(copy[key], name.slug, taken)
    for key in _WITH_LINES:
        if isinstance(copy.get(key), list):
            copy[key] = [
                {**row, "lines": _renamed(row.get("lines"), name.slug, taken)}
                if isinstance(row, dict) and "lines" in row
                else row
                for row in copy[key]
            ]
    return copy


def _title_key(name: DocumentName) -> str:
    return "name" if name.kind is DocumentKind.PERSONA else "title"


def _renamed(rows: Any, slug: str, taken: set[str]) -> Any:
    return [_with_own_id(row, slug, taken) for row in rows] if isinstance(rows, list) else rows


def _with_own_id(row: Any, slug: str, taken: set[str]) -> Any:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str):
        return row
    was = row["id"]
    # Line ids begin with initials of their document: `lfa-res-01`.
    name = f"{slug}-{was.partition('-')[2] or was}"
    if name in taken:
        name = f"{slug}-{was}"
    taken.add(name)
    return {**row, "id": name}


def _persona_lines(slug: str) -> Iterator[str]:
    """An empty line for every one that a persona needs at least."""
    for beat in Beat:
        heats = sorted(BEAT_HEATS[beat])
        halves = [part for part in (heats[:2], heats[2:]) if part]
        parts = halves if beat in RICH_BEATS else [heats]
        spans = [part for part in parts for _ in range(2)]
        yield f"  # {beat.value.replace('_', ' ')}\n"
        for number, span in enumerate(spans, 1):
            line_id = f"{slug}-{beat.value.replace('_', '-')}-{number:02}"
            yield f'  - {{id: {line_id}, beat: {beat.value}, heat: {span}, text: ""}}\n'


def _comment(words: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in words)
