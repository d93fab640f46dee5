"""Reads data/house/limits.yml, the authority matrix: every fault with file, line and remedy."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields, validate

from bot.content.schema_faults import check, in_order, sound
from bot.content.schema_fields import Figure, Whole, Words, YesNo, currency
from bot.content.schema_partial import RestsOn, load_partly, unharmed
from bot.content.yaml_lines import Document, read_yaml
from bot.core.account import RiskClass
from bot.core.coaching.advice import OptionKind, Role
from bot.core.coaching.house_rules import (
    FREQUENCIES,
    PAUSES,
    Concession,
    Conditions,
    HouseRules,
    Limit,
)
from bot.core.coaching.law import CreditorRole
from bot.core.errors import Fault

_KINDS = [kind.value for kind in OptionKind]
_ROLES = [role.value for role in Role]

#: The figures in which a senior must not be held shorter than those below.
_GROWING = ("max_amount", "max_percent", "max_days", "max_instalments", "first_within_days")


class ConditionsSchema(Schema):
    """What the account must be like."""

    risk_classes = fields.List(fields.Enum(RiskClass, by_value=True), load_default=None)
    max_broken_promises = Whole(load_default=None)
    dispute_open = YesNo(load_default=True)
    on_stop = YesNo(load_default=True)
    live_plan = YesNo(load_default=True)


def _amounts(**kwargs: Any) -> fields.Dict:
    return fields.Dict(keys=currency(), values=Figure(), **kwargs)


class LimitSchema(Schema):
    """How far one role may go."""

    max_amount = _amounts(load_default=None)
    min_amount = _amounts(load_default=dict)
    max_percent = Figure(0, 100, load_default=None)
    max_days = Whole(0, 1000, required=True)
    max_instalments = Whole(2, 120, load_default=0)
    first_payment_percent = Figure(0, 100, load_default=Decimal(0))
    first_within_days = Whole(0, 365, load_default=0)
    frequencies = fields.List(
        fields.String(validate=validate.OneOf(FREQUENCIES)), load_default=lambda: list(FREQUENCIES)
    )
    max_annual_percent = Figure(load_default=None)
    sooner_days = Whole(1, 1000, load_default=1)
    conditions = fields.Nested(ConditionsSchema, load_default=lambda: ConditionsSchema().load({}))


class ConcessionSchema(Schema):
    """One row of the matrix."""

    expires_after_days = Whole(1, 365, required=True)
    evidence = Words(required=True)
    limits = fields.Dict(
        keys=fields.String(validate=validate.OneOf(_ROLES)),
        values=fields.Nested(LimitSchema),
        required=True,
    )


class RoleSchema(Schema):
    """Who decides above a role, and whose limits it shares."""

    approver = fields.Enum(Role, by_value=True, load_default=None)
    same_as = fields.Enum(Role, by_value=True, load_default=None)


class HouseSchema(Schema):
    """The whole file."""

    source = Words(required=True)
    dated = fields.Date(required=True)
    review_by = fields.Date(required=True)
    creditor_role = fields.Enum(CreditorRole, by_value=True, required=True)
    roles = fields.Dict(
        keys=fields.String(validate=validate.OneOf(_ROLES)),
        values=fields.Nested(RoleSchema),
        required=True,
    )
    pauses = fields.Dict(
        keys=fields.String(validate=validate.OneOf(PAUSES)), values=Words(), required=True
    )
    concessions = fields.Dict(
        keys=fields.String(validate=validate.OneOf(_KINDS)),
        values=fields.Nested(ConcessionSchema),
        required=True,
    )


HOUSE = HouseSchema()
_RESTS_ON: RestsOn = {
    ("roles",): (("roles",),),
    ("review_by",): (("dated",), ("review_by",)),
    ("concessions", "*"): (("concessions",), ("roles",)),
}


def read_house_rules(path: Path, shown_as: str | None = None) -> HouseRules:
    """Read the authority matrix; ContentError carries every fault of the file."""
    return sound(find_house_rules(read_yaml(path, shown_as)))


def find_house_rules(document: Document) -> tuple[HouseRules | None, tuple[Fault, ...]]:
    """The authority matrix that a document holds, with every fault."""
    data, faults = check(document, HOUSE)
    missing = _missing(document)
    read = load_partly(HOUSE, document.data) if faults else data
    crossed = unharmed(document, HOUSE, _inverted(document, read), faults, _RESTS_ON)
    found = in_order((*faults, *missing, *crossed))
    return (None if found else _house(data)), found


def _missing(document: Document) -> list[Fault]:
    """Roles, pauses and concessions that the file leaves out altogether."""
    data = document.data if isinstance(document.data, dict) else {}
    wanted = (("roles", _ROLES), ("pauses", PAUSES), ("concessions", _KINDS))
    return [
        document.fault((part,), f"“{part}” says nothing of “{name}”.", "Add it.")
        for part, names in wanted
        if isinstance(data.get(part), dict)
        for name in names
        if name not in data[part]
    ]


def _inverted(document: Document, data: dict[str, Any]) -> list[Fault]:
    """What contradicts itself: approvers in a circle, a senior with less authority, dates reversed."""
    approvers = {name: role["approver"] for name, role in data["roles"].items()}
    faults = [
        document.fault(
            ("roles", name, "approver"),
            f"The approvers above “{name}” go round in a circle.",
            "Let the last one have no approver.",
        )
        for name in approvers
        if _circles(name, approvers)
    ]
    if data["dated"] > data["review_by"]:
        faults.append(
            document.fault(("review_by",), "“review_by” comes before “dated”.", "Correct one.")
        )
    for kind, row in data["concessions"].items():
        for name, limit in row["limits"].items():
            senior = approvers.get(name)
            above = row["limits"].get(senior.value) if senior else None
            faults.extend(
                document.fault(
                    ("concessions", kind, "limits", senior.value, key),
                    f"“{senior}” may grant less than “{name}” in “{key}”.",
                    "Give the senior at least as much.",
                )
                for key in _GROWING
                if senior and above and _less(above[key], limit[key])
            )
    return faults


def _circles(name: str, approvers: dict[str, Role | None]) -> bool:
    seen = {name}
    above = approvers.get(name)
    while above is not None:
        if above.value in seen:
            return True
        seen.add(above.value)
        above = approvers.get(above.value)
    return False


def _less(senior: Any, junior: Any) -> bool:
    """Whether the senior's figure is the smaller; None is no limit."""
    if isinstance(senior, dict):
        pairs = junior.items() if isinstance(junior, dict) else ()
        return junior is None or any(senior.get(code, Decimal(0)) < most for code, most in pairs)
    if senior is None:
        return False
    return junior is None or bool(senior < junior)


def _house(data: dict[str, Any]) -> HouseRules:
    shared = {
        Role(name): role["same_as"] for name, role in data["roles"].items() if role["same_as"]
    }
    return HouseRules(
        concessions={
            OptionKind(kind): _concession(row, shared) for kind, row in data["concessions"].items()
        },
        approvers={
            Role(name): role["approver"] for name, role in data["roles"].items() if role["approver"]
        },
        pauses=data["pauses"],
        dated=data["dated"],
        review_by=data["review_by"],
        source=data["source"],
        creditor_role=data["creditor_role"],
    )


def _concession(row: dict[str, Any], shared: dict[Role, Role]) -> Concession:
    limits = {Role(name): _limit(limit) for name, limit in row["limits"].items()}
    for role, model in shared.items():
        if model in limits:
            limits.setdefault(role, limits[model])
    return Concession(limits, row["expires_after_days"], row["evidence"])


def _limit(limit: dict[str, Any]) -> Limit:
    conditions = dict(limit["conditions"])
    risk = conditions.pop("risk_classes")
    held = Conditions(
        **conditions, risk_classes=tuple(risk) if risk is not None else tuple(RiskClass)
    )
    plain = {key: value for key, value in limit.items() if key not in ("conditions", "frequencies")}
    return Limit(**plain, conditions=held, frequencies=tuple(limit["frequencies"]))
