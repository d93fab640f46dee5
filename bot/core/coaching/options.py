"""Which compromises are open on an account now, at whose say, at what cost, and why the others are closed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from bot.core.account import Account
from bot.core.coaching.advice import Option, OptionKind, OptionStatus, Role
from bot.core.coaching.case import Case, OptionRequest
from bot.core.coaching.draft import Builder, Draft, Refused
from bot.core.coaching.house_rules import HouseRules
from bot.core.coaching.law import LawPack
from bot.core.coaching.options_concede import fee_waiver, return_or_credit, settlement_discount
from bot.core.coaching.options_pay import (
    extension,
    full_payment,
    method_change,
    part_payment,
    undisputed_part,
)
from bot.core.coaching.options_plan import instalments
from bot.core.coaching.pauses import pause_on
from bot.core.dates import Calendar
from bot.core.labels import Objection

__all__ = ["MOST_SHOWN", "OptionRequest", "open_options"]

#: How many options that may be offered are shown; a collector cannot weigh more during a call.
MOST_SHOWN = 4

_BUILDERS: dict[OptionKind, Builder] = {
    OptionKind.FULL_PAYMENT: full_payment,
    OptionKind.PART_PAYMENT: part_payment,
    OptionKind.INSTALMENTS: instalments,
    OptionKind.UNDISPUTED_PART: undisputed_part,
    OptionKind.EXTENSION: extension,
    OptionKind.FEE_WAIVER: fee_waiver,
    OptionKind.SETTLEMENT_DISCOUNT: settlement_discount,
    OptionKind.METHOD_CHANGE: method_change,
    OptionKind.RETURN_OR_CREDIT: return_or_credit,
}

_TITLES: dict[OptionKind, str] = {
    OptionKind.FULL_PAYMENT: "Pay in full now",
    OptionKind.PART_PAYMENT: "Part now, the rest on a date",
    OptionKind.INSTALMENTS: "Instalments",
    OptionKind.UNDISPUTED_PART: "Pay the undisputed part",
    OptionKind.EXTENSION: "A short extension",
    OptionKind.FEE_WAIVER: "Waive fees or interest",
    OptionKind.SETTLEMENT_DISCOUNT: "Early-settlement discount",
    OptionKind.METHOD_CHANGE: "Another way to pay",
    OptionKind.RETURN_OR_CREDIT: "Return or credit note",
}

#: Kinds whose point is the term that was named: what was asked for is put to a senior as well.
_PUT_TO_A_SENIOR = frozenset(
    {
        OptionKind.PART_PAYMENT,
        OptionKind.INSTALMENTS,
        OptionKind.EXTENSION,
        OptionKind.SETTLEMENT_DISCOUNT,
    }
)

#: Which kinds answer a label when the playbook does not say.
_FITTING: dict[str, tuple[OptionKind, ...]] = {
    Objection.TERMS_DISPUTE: (OptionKind.UNDISPUTED_PART, OptionKind.FEE_WAIVER),
    Objection.INVOICE_DISPUTE: (OptionKind.UNDISPUTED_PART,),
    Objection.SERVICE_DISPUTE: (OptionKind.RETURN_OR_CREDIT, OptionKind.UNDISPUTED_PART),
    Objection.MISSING_PAPERWORK: (OptionKind.EXTENSION, OptionKind.METHOD_CHANGE),
    Objection.CASH_FLOW: (OptionKind.INSTALMENTS, OptionKind.PART_PAYMENT, OptionKind.EXTENSION),
    Objection.PLAN_REQUEST: (OptionKind.INSTALMENTS, OptionKind.PART_PAYMENT, OptionKind.EXTENSION),
    Objection.STALLING: (OptionKind.FULL_PAYMENT, OptionKind.PART_PAYMENT),
    Objection.REFUSAL: (OptionKind.FULL_PAYMENT, OptionKind.FEE_WAIVER),
}


def open_options(
    account: Account,
    ask: OptionRequest,
    house: HouseRules,
    law: LawPack,
    calendar: Calendar,
    today: date,
) -> tuple[Option, ...]:
    """What may be offered, at most four and best first, then what is closed with its reason.

    Nothing due gives nothing at all; a pause (protection, insolvency, wrong person) closes everything.
    """
    case = Case(account, ask, law, calendar, today)
    if not case.due_now.is_positive:
        return ()
    pause = pause_on(account, ask.labels, today)
    if pause is not None:
        return tuple(_closed(kind, case, house.pauses[pause], house) for kind in OptionKind)
    found = [option for kind in OptionKind for option in _options_of(kind, case, house)]
    offers = [option for option in found if option.status is not OptionStatus.CLOSED]
    offers.sort(key=lambda option: _rank(option, ask))
    closed = [option for option in found if option.status is OptionStatus.CLOSED]
    return (*offers[:MOST_SHOWN], *closed)


def _options_of(kind: OptionKind, case: Case, house: HouseRules) -> list[Option]:
    rule = case.law.closing_rule(kind, case.account, case.today)
    if rule is not None:
        return [_closed(kind, case, rule.text, house, rule.source)]
    named = _names_terms(case)
    own = _attempt(kind, case, house, case.ask.role, exact=True)
    if isinstance(own, Draft):
        return [_offer(kind, case, own, house)]
    inside = _attempt(kind, case, house, case.ask.role, exact=False) if named else own
    found = [_offer(kind, case, inside, house, own)] if isinstance(inside, Draft) else []
    if found and kind not in _PUT_TO_A_SENIOR:
        return found
    above = _from_above(kind, case, house, exact=True)
    if named and not found and not isinstance(above[0], Draft):
        above = _from_above(kind, case, house, exact=False)
    draft, approver = above
    if isinstance(draft, Draft):
        return [*found, _offer(kind, case, draft, house, own, approver)]
    return found or [_closed(kind, case, draft.reason if approver else own.reason, house)]


def _attempt(
    kind: OptionKind, case: Case, house: HouseRules, role: Role, *, exact: bool
) -> Draft | Refused:
    limit = house.limit(role, kind)
    if limit is None:
        return Refused(f"This is not for the role “{role}” to grant.")
    unmet = limit.conditions.unmet(case.account, case.today)
    return Refused(unmet) if unmet else _BUILDERS[kind](case, limit, exact)


def _from_above(
    kind: OptionKind, case: Case, house: HouseRules, *, exact: bool
) -> tuple[Draft | Refused, Role | None]:
    """The nearest senior who may grant it; else the last refusal, with the role it came from."""
    last: tuple[Draft | Refused, Role | None] = (Refused("Nobody above may grant it."), None)
    for role in house.seniors(case.ask.role):
        if house.limit(role, kind) is None:
            continue
        last = _attempt(kind, case, house, role, exact=exact), role
        if isinstance(last[0], Draft):
            break
    return last


def _names_terms(case: Case) -> bool:
    ask = case.ask
    named = (case.named_amount, case.named_date, ask.named_instalments, ask.named_frequency)
    return any(term is not None for term in named)


def _offer(
    kind: OptionKind,
    case: Case,
    draft: Draft,
    house: HouseRules,
    beyond: Refused | None = None,
    approver: Role | None = None,
) -> Option:
    row = house.concessions[kind]
    why = f"{draft.why} {beyond.reason}" if beyond else draft.why
    return Option(
        kind=kind,
        title=draft.title,
        status=OptionStatus.NEEDS_APPROVAL if approver else OptionStatus.OPEN,
        total=draft.total(case.account.currency),
        schedule=draft.schedule,
        cost=draft.cost.amount,
        cost_note=draft.cost.note,
        why=why,
        approver=approver.value if approver else None,
        source=house.citation,
        evidence=row.evidence,
        expires_on=case.today + timedelta(days=row.expires_after_days),
    )


def _closed(
    kind: OptionKind, case: Case, reason: str, house: HouseRules, source: str = ""
) -> Option:
    return Option(
        kind=kind,
        title=_TITLES[kind],
        status=OptionStatus.CLOSED,
        total=case.zero,
        schedule=(),
        cost=case.zero,
        why=reason,
        source=source or house.citation,
    )


def _rank(option: Option, ask: OptionRequest) -> tuple[int, bool, Decimal, int]:
    fitting = ask.preferred or tuple(
        kind for label in ask.labels for kind in _FITTING.get(label, ())
    )
    fit = fitting.index(option.kind) if option.kind in fitting else len(fitting)
    order = list(OptionKind).index(option.kind)
    return fit, option.status is OptionStatus.NEEDS_APPROVAL, option.cost.amount, order
