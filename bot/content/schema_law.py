"""Reads data/law/*.yml: one law pack a file, every fault with file, line and remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from marshmallow import Schema, fields, validate

from bot.content.schema_faults import check, in_order, sound
from bot.content.schema_fields import (
    Figure,
    Matching,
    Whole,
    Words,
    YesNo,
    country,
    currency,
    half_year,
)
from bot.content.yaml_lines import Document, read_yaml
from bot.core.account import LegalForm
from bot.core.coaching.advice import OptionKind
from bot.core.coaching.law import (
    Circumstance,
    ContactLimits,
    CreditorRole,
    LawPack,
    LawRule,
    Scope,
)
from bot.core.errors import Fault
from bot.core.interest import FixedSum, StatutoryRates
from bot.core.labels import CLIENT_LABELS
from bot.core.money import Money


class ScopeSchema(Schema):
    """Whom a pack or a rule binds."""

    countries = fields.List(country(), load_default=list)
    legal_forms = fields.List(fields.Enum(LegalForm, by_value=True), load_default=list)
    vat_registered = YesNo(load_default=None)
    creditor_roles = fields.List(fields.Enum(CreditorRole, by_value=True), load_default=list)


class RateSchema(Schema):
    """One half-year's rate."""

    half_year = half_year(required=True)
    percent = Figure(0, 100, required=True)
    source = Words(required=True)


class StatutoryInterestSchema(Schema):
    """The statutory rates by half-year."""

    fixed_per_debt = YesNo(required=True)
    review_by = fields.Date(required=True)
    extra_points = fields.Dict(keys=country(), values=Figure(0, 100), load_default=dict)
    rates = fields.List(fields.Nested(RateSchema), required=True)


class BandSchema(Schema):
    """The fixed sum from a size of debt up."""

    currency = currency(required=True)
    from_amount = Figure(required=True, data_key="from")
    sum = Figure(required=True)


class FixedSumsSchema(Schema):
    """The fixed sums and where they come from."""

    source = Words(required=True)
    bands = fields.List(fields.Nested(BandSchema), required=True)


class ContactSchema(Schema):
    """Limits on calls."""

    max_calls = Whole(1, 1000, required=True)
    within_days = Whole(1, 365, required=True)
    pause_after_conversation_days = Whole(0, 365, required=True)
    earliest_hour = Whole(0, 23, required=True)
    latest_hour = Whole(1, 24, required=True)


class RuleSchema(Schema):
    """One rule of law."""

    id = Matching("[a-z0-9]+(-[a-z0-9]+)*", "uk-fixed-sum", required=True)
    text = Words(required=True)
    source = Words(required=True)
    effective_from = fields.Date(required=True)
    review_by = fields.Date(required=True)
    scope = fields.Nested(ScopeSchema, load_default=dict)
    shown_on = fields.List(fields.String(validate=validate.OneOf(CLIENT_LABELS)), load_default=list)
    closes = fields.List(fields.Enum(OptionKind, by_value=True), load_default=list)
    while_ = fields.List(
        fields.Enum(Circumstance, by_value=True), load_default=list, data_key="while"
    )
    forbids = fields.List(Words(), load_default=list)
    contact = fields.Nested(ContactSchema, load_default=None)
    no_payment_floor = YesNo(load_default=False)
    no_interest = YesNo(load_default=False)
    no_interest_on_disputed = YesNo(load_default=False)


class LawPackSchema(Schema):
    """A whole file."""

    pack = Matching("[a-z0-9]+(_[a-z0-9]+)*", "uk_b2b", required=True)
    title = Words(required=True)
    scope = fields.Nested(ScopeSchema, required=True)
    statutory_interest = fields.Nested(StatutoryInterestSchema, load_default=None)
    fixed_sums = fields.Nested(FixedSumsSchema, load_default=None)
    # Rasa reads every YAML below data/ and takes a top key "rules" for its own.
    provisions = fields.List(fields.Nested(RuleSchema), required=True)


LAW_PACK = LawPackSchema()


def read_law_pack(path: Path, shown_as: str | None = None) -> LawPack:
    """Read one law pack; ContentError carries every fault of the file."""
    return sound(find_law_pack(read_yaml(path, shown_as), path.stem))


def find_law_pack(document: Document, stem: str) -> tuple[LawPack | None, tuple[Fault, ...]]:
    """The law pack that a document holds, with every fault."""
    data, faults = check(document, LAW_PACK)
    found = in_order((*faults, *_crossed(document, stem)))
    return (None if found else _pack(data)), found


def _crossed(document: Document, stem: str) -> list[Fault]:
    """What no single field can tell: ids given twice, dates the wrong way round, a name unlike its file."""
    data = document.data if isinstance(document.data, dict) else {}
    faults = []
    if isinstance(data.get("pack"), str) and data["pack"] != stem:
        faults.append(
            document.fault(
                ("pack",),
                f"“{data['pack']}” is not the file's name.",
                f"Write {stem} or rename the file.",
            )
        )
    interest = data.get("statutory_interest")
    rates = interest.get("rates") if isinstance(interest, dict) else None
    faults += _repeats(document, rates, ("statutory_interest", "rates"), "half_year")
    faults += _repeats(document, data.get("provisions"), ("provisions",), "id")
    for index, rule in enumerate(_dicts(data.get("provisions"))):
        start, end = str(rule.get("effective_from", "")), str(rule.get("review_by", "9999"))
        if start > end:
            faults.append(
                document.fault(
                    ("provisions", index, "review_by"),
                    "“review_by” comes before “effective_from”.",
                    "Give the day by which the rule is looked at again.",
                )
            )
    return faults


def _repeats(document: Document, rows: Any, place: tuple[str, ...], key: str) -> list[Fault]:
    seen: set[Any] = set()
    faults = []
    for index, row in enumerate(_dicts(rows)):
        value = row.get(key)
        if isinstance(value, str) and value in seen:
            faults.append(
                document.fault(
                    (*place, index, key), f"“{value}” is given twice.", "Keep one of them."
                )
            )
        seen.add(value if isinstance(value, str) else None)
    return faults


def _dicts(rows: Any) -> list[dict[str, Any]]:
    return [row if isinstance(row, dict) else {} for row in rows] if isinstance(rows, list) else []


def _pack(data: dict[str, Any]) -> LawPack:
    interest, sums = data["statutory_interest"], data["fixed_sums"]
    return LawPack(
        name=data["pack"],
        title=data["title"],
        scope=_scope(data["scope"]),
        rules=tuple(_rule(rule) for rule in data["provisions"]),
        rates=_rates(interest) if interest else None,
        rates_review_by=interest["review_by"] if interest else None,
        fixed_sums=tuple(_band(band) for band in sums["bands"]) if sums else (),
    )


def _rates(interest: dict[str, Any]) -> StatutoryRates:
    return StatutoryRates(
        by_half_year={rate["half_year"]: rate["percent"] for rate in interest["rates"]},
        fixed_per_debt=interest["fixed_per_debt"],
        extra_points=interest["extra_points"],
    )


def _band(band: dict[str, Any]) -> FixedSum:
    return FixedSum(
        Money(band["from_amount"], band["currency"]), Money(band["sum"], band["currency"])
    )


def _scope(scope: dict[str, Any]) -> Scope:
    return Scope(
        countries=tuple(scope.get("countries", ())),
        legal_forms=tuple(scope.get("legal_forms", ())),
        vat_registered=scope.get("vat_registered"),
        creditor_roles=tuple(scope.get("creditor_roles", ())),
    )


def _rule(rule: dict[str, Any]) -> LawRule:
    values = {
        **rule,
        **{key: tuple(rule[key]) for key in ("shown_on", "closes", "while_", "forbids")},
        "scope": _scope(rule["scope"]),
        "contact": ContactLimits(**rule["contact"]) if rule["contact"] else None,
    }
    return LawRule(**values)
