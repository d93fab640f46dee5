"""Reads protocols, checklist and corrections under data/house/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields, validate

from bot.content.schema_escalation import names_of, one_of, repeated_ids
from bot.content.schema_faults import Found, Part, check, in_order, sound
from bot.content.schema_fields import Whole, Words, country
from bot.content.schema_playbook import unknown_placeholders
from bot.content.yaml_lines import Document, read_yaml
from bot.core.account import LegalForm
from bot.core.coaching.advice import SayLine
from bot.core.coaching.checklist import ChecklistRule, ChecklistRules
from bot.core.coaching.corrections import FAULT_ORDER, Corrections, FaultCorrection
from bot.core.coaching.playbook import PLACEHOLDERS, Line
from bot.core.coaching.safety import PROTOCOL_ORDER, ProtocolCard, ProtocolRules
from bot.core.errors import Fault
from bot.core.labels import CLIENT_LABELS, Move

_FORMS = [form.value for form in LegalForm]
_MOVES = [move.value for move in Move]

#: The pauses that can be recorded on an account.
_PAUSES = ("vulnerable", "adviser", "moratorium", "insolvent", "contact_stopped")
_CUES = ("heat_1", "heat_2", "heat_3", "after_hard_call", "survey_question")


class DatedSchema(Schema):
    """What every file of the house carries: where it is from and when it was looked through."""

    source = Words(required=True)
    reviewed_on = fields.Date(required=True)
    review_by = fields.Date(load_default=None)


class ProtocolSchema(Schema):
    """One protocol."""

    title = Words(required=True)
    pause = one_of(_PAUSES, load_default=None)
    steps = fields.List(Words(), required=True, validate=validate.Length(min=3, max=8))
    say = fields.List(Words(), required=True, validate=validate.Length(min=1, max=3))
    avoid = Words(load_default=None)
    source = Words(required=True)


class ProtocolsSchema(DatedSchema):
    """data/house/protocols.yml."""

    protocols = fields.Dict(
        keys=one_of(PROTOCOL_ORDER), values=fields.Nested(ProtocolSchema), required=True
    )


class ChecklistItemSchema(Schema):
    """One item."""

    id = Words(required=True)
    text = Words(required=True)
    moves = fields.List(one_of(_MOVES), required=True, validate=validate.Length(min=1))
    legal_forms = names_of(_FORMS)
    countries = fields.List(country(), load_default=list)
    labels = names_of(CLIENT_LABELS)
    unless_labels = names_of(CLIENT_LABELS)


class ChecklistSchema(DatedSchema):
    """data/house/checklist.yml."""

    items = fields.List(fields.Nested(ChecklistItemSchema), required=True)
    cues = fields.Dict(keys=one_of(_CUES), values=Words(), load_default=dict)


class BetterSchema(Schema):
    """One better line, and the labels it suits best."""

    id = Words(required=True)
    text = Words(required=True)
    labels = names_of(CLIENT_LABELS)


class FaultSchema(Schema):
    """The correction of one fault."""

    note = Words(required=True)
    better = fields.List(
        fields.Nested(BetterSchema), required=True, validate=validate.Length(min=1)
    )


class CorrectionsSchema(DatedSchema):
    """data/house/corrections.yml."""

    cooldown_turns = Whole(0, 50, required=True)
    faults = fields.Dict(keys=one_of(FAULT_ORDER), values=fields.Nested(FaultSchema), required=True)


PROTOCOLS, CHECKLIST, CORRECTIONS = ProtocolsSchema(), ChecklistSchema(), CorrectionsSchema()


def read_protocols(path: Path, shown_as: str | None = None) -> ProtocolRules:
    """Read the safety protocols; ContentError carries every fault of the file."""
    return sound(find_protocols(read_yaml(path, shown_as)))


def find_protocols(document: Document) -> Found[ProtocolRules]:
    """The safety protocols that a document holds, with every fault."""
    return find_dated(document, PROTOCOLS, _protocol_faults, _protocols)


def read_checklist(path: Path, shown_as: str | None = None) -> ChecklistRules:
    """Read the call checklist; ContentError carries every fault of the file."""
    return sound(find_checklist(read_yaml(path, shown_as)))


def find_checklist(document: Document) -> Found[ChecklistRules]:
    """The checklist that a document holds, with every fault."""
    return find_dated(document, CHECKLIST, lambda d: repeated_ids(d, "items"), _checklist)


def read_corrections(path: Path, shown_as: str | None = None) -> Corrections:
    """Read the corrections; ContentError carries every fault of the file."""
    return sound(find_corrections(read_yaml(path, shown_as)))


def find_corrections(document: Document) -> Found[Corrections]:
    """The corrections that a document holds, with every fault."""
    return find_dated(document, CORRECTIONS, _correction_faults, _corrections)


def _protocols(data: dict[str, Any]) -> ProtocolRules:
    return ProtocolRules(
        {
            name: ProtocolCard(
                name=name,
                title=row["title"],
                steps=tuple(row["steps"]),
                say=tuple(
                    SayLine(f"protocol-{name}-{n:02}", text) for n, text in enumerate(row["say"], 1)
                ),
                avoid=row["avoid"],
                pause=row["pause"],
                source=row["source"],
            )
            for name, row in data["protocols"].items()
        }
    )


def _checklist(data: dict[str, Any]) -> ChecklistRules:
    return ChecklistRules(
        tuple(
            ChecklistRule(
                id=row["id"],
                text=row["text"],
                moves=frozenset(row["moves"]),
                legal_forms=frozenset(LegalForm(form) for form in row["legal_forms"]),
                countries=frozenset(row["countries"]),
                labels=frozenset(row["labels"]),
                unless_labels=frozenset(row["unless_labels"]),
            )
            for row in data["items"]
        ),
        data["cues"],
    )


def _corrections(data: dict[str, Any]) -> Corrections:
    return Corrections(
        {
            fault: FaultCorrection(
                fault=fault,
                note=row["note"],
                better=tuple(Line(x["id"], x["text"]) for x in row["better"]),
                labels={x["id"]: frozenset(x["labels"]) for x in row["better"]},
            )
            for fault, row in data["faults"].items()
        },
        data["cooldown_turns"],
    )


def find_dated(
    document: Document,
    schema: Schema,
    more: Callable[[Document], Iterable[Fault]],
    made: Callable[[dict[str, Any]], Part],
) -> Found[Part]:
    """Look through one document by its schema; `more` finds what no single field can tell, `made` makes the object."""
    data, faults = check(document, schema)
    found = in_order((*faults, *more(document)))
    return (None if found else made(data)), found


def _part(document: Document, name: str) -> dict[str, Any]:
    data = document.data if isinstance(document.data, dict) else {}
    part = data.get(name)
    return part if isinstance(part, dict) else {}


def _protocol_faults(document: Document) -> Iterator[Fault]:
    part = _part(document, "protocols")
    for name in PROTOCOL_ORDER:
        if part and name not in part:
            yield document.fault(("protocols",), f"“{name}” is missing.", "Add the protocol.")
    for name, row in part.items():
        lines = row.get("say") if isinstance(row, dict) else None
        for index, text in enumerate(lines if isinstance(lines, list) else []):
            place = ("protocols", name, "say", index)
            yield from unknown_placeholders(document, place, text, frozenset({"client"}))


def _correction_faults(document: Document) -> Iterator[Fault]:
    known = PLACEHOLDERS | {"consequence"}
    for fault, row in _part(document, "faults").items():
        lines = row.get("better") if isinstance(row, dict) else None
        for index, line in enumerate(lines if isinstance(lines, list) else []):
            text = line.get("text") if isinstance(line, dict) else None
            place = ("faults", fault, "better", index, "text")
            yield from unknown_placeholders(document, place, text, known)
