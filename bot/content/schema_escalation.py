"""Reads data/house/escalation.yml: ladder, triggers, what is tried first, neutral third parties."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields, validate

from bot.content.schema_faults import check, in_order, sound
from bot.content.schema_fields import Whole, Words, YesNo, country
from bot.content.yaml_lines import Document, read_yaml
from bot.core.account import LegalForm
from bot.core.coaching.advice import OptionKind
from bot.core.coaching.escalation import AUTHORITY_EXCEEDED, Alternative, EscalationRules, Trigger
from bot.core.coaching.ladder import NeutralParty, Rung
from bot.core.errors import Fault
from bot.core.labels import CLIENT_LABELS, Move

_FORMS = [form.value for form in LegalForm]
_MOVES = [move.value for move in Move]
_KINDS = [kind.value for kind in OptionKind]


def one_of(names: list[str] | tuple[str, ...], **kwargs: Any) -> fields.String:
    """Text that must be one of these names."""
    return fields.String(validate=validate.OneOf(names), **kwargs)


def names_of(names: list[str] | tuple[str, ...]) -> fields.List[Any]:
    """A list of such names, empty when it is left out."""
    return fields.List(one_of(names), load_default=list)


class ScopedSchema(Schema):
    """What holds for some clients only."""

    legal_forms = names_of(_FORMS)
    countries = fields.List(country(), load_default=list)
    source = Words(load_default="")


class RungSchema(ScopedSchema):
    """One step towards the client."""

    id = Words(required=True)
    title = Words(required=True)
    after_days = fields.Integer(strict=True, required=True, validate=validate.Range(-60, 1000))
    says = Words(required=True)
    document = Words(load_default=None)
    wait_days = Whole(0, 365, load_default=0)
    only_in_dispute = YesNo(load_default=False)


class TriggerSchema(Schema):
    """What sends a call up."""

    id = Words(required=True)
    reason = Words(required=True)
    hand_to = Words(required=True)
    absolute = YesNo(load_default=False)
    label = one_of(CLIENT_LABELS, load_default=None)
    heat = Whole(1, 3, load_default=None)
    times = Whole(1, 20, load_default=1)


class AlternativeSchema(Schema):
    """What is tried before."""

    id = Words(required=True)
    text = Words(required=True)
    labels = names_of(CLIENT_LABELS)
    moves = names_of(_MOVES)
    kind = one_of(_KINDS, load_default=None)


class NeutralSchema(ScopedSchema):
    """Who stands outside."""

    id = Words(required=True)
    title = Words(required=True)
    text = Words(required=True)
    due_within_days = Whole(1, 3650, load_default=None)
    confirm = fields.List(Words(), load_default=list)


class EscalationSchema(Schema):
    """The whole file."""

    source = Words(required=True)
    reviewed_on = fields.Date(required=True)
    review_by = fields.Date(required=True)
    follow_up_days = Whole(1, 60, required=True)
    ladder = fields.List(fields.Nested(RungSchema), required=True)
    triggers = fields.List(fields.Nested(TriggerSchema), required=True)
    try_first = fields.List(fields.Nested(AlternativeSchema), required=True)
    neutral_parties = fields.List(fields.Nested(NeutralSchema), load_default=list)


ESCALATION = EscalationSchema()


def read_escalation(path: Path, shown_as: str | None = None) -> EscalationRules:
    """Read the escalation rules; ContentError carries every fault of the file."""
    return sound(find_escalation(read_yaml(path, shown_as)))


def find_escalation(document: Document) -> tuple[EscalationRules | None, tuple[Fault, ...]]:
    """The escalation rules that a document holds, with every fault."""
    data, faults = check(document, ESCALATION)
    found = in_order((*faults, *_crossed(document)))
    return (None if found else _rules(data)), found


def _rules(data: dict[str, Any]) -> EscalationRules:
    return EscalationRules(
        rungs=tuple(Rung(**_sets(rung)) for rung in data["ladder"]),
        triggers=tuple(Trigger(**trigger) for trigger in data["triggers"]),
        alternatives=tuple(_alternative(row) for row in data["try_first"]),
        neutral=tuple(
            NeutralParty(**{**_sets(row), "confirm": tuple(row["confirm"])})
            for row in data["neutral_parties"]
        ),
        follow_up_days=data["follow_up_days"],
    )


def repeated_ids(document: Document, part: str) -> Iterator[Fault]:
    """A fault for every id that a list of the file gives twice."""
    data = document.data if isinstance(document.data, dict) else {}
    rows = data.get(part)
    seen: dict[str, int] = {}
    for index, row in enumerate(rows if isinstance(rows, list) else []):
        name = row.get("id") if isinstance(row, dict) else None
        if not isinstance(name, str):
            continue
        if name in seen:
            place = (part, index, "id")
            yield document.fault(
                place, f"The id “{name}” is on line {seen[name]} already.", "Give it another id."
            )
        else:
            seen[name] = document.line_of((part, index, "id"))


def _crossed(document: Document) -> Iterator[Fault]:
    for part in ("ladder", "triggers", "try_first", "neutral_parties"):
        yield from repeated_ids(document, part)
    data = document.data if isinstance(document.data, dict) else {}
    last = None
    for index, rung in enumerate(_dicts(data.get("ladder"))):
        days = rung.get("after_days")
        if isinstance(days, int) and isinstance(last, int) and days < last:
            yield document.fault(
                ("ladder", index, "after_days"),
                f"This step comes after {days} days, the one before it after {last}.",
                "Put the steps in order of days.",
            )
        last = days if isinstance(days, int) else last
    for index, trigger in enumerate(_dicts(data.get("triggers"))):
        named = [key for key in ("label", "heat") if trigger.get(key) is not None]
        wanted = 0 if trigger.get("id") == AUTHORITY_EXCEEDED else 1
        if len(named) != wanted:
            yield document.fault(
                ("triggers", index),
                "A trigger needs either a label or a heat.",
                f"Give one of them (none for {AUTHORITY_EXCEEDED}).",
            )
    for index, row in enumerate(_dicts(data.get("try_first"))):
        if not row.get("moves") and not row.get("kind"):
            yield document.fault(
                ("try_first", index), "Nothing could ever tick this.", "Give moves or a kind."
            )


def _dicts(rows: Any) -> list[dict[str, Any]]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _sets(row: dict[str, Any]) -> dict[str, Any]:
    forms = frozenset(LegalForm(form) for form in row["legal_forms"])
    return {**row, "legal_forms": forms, "countries": frozenset(row["countries"])}


def _alternative(row: dict[str, Any]) -> Alternative:
    return Alternative(
        id=row["id"],
        text=row["text"],
        labels=frozenset(row["labels"]),
        moves=frozenset(row["moves"]),
        kind=OptionKind(row["kind"]) if row["kind"] else None,
    )
