"""Whether what was offered or agreed is the collector's to grant; the client takes it all the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.core.account import Account, Instalment
from bot.core.coaching.advice import Option, OptionKind, OptionStatus
from bot.core.coaching.case import OptionRequest
from bot.core.coaching.desk import Desk
from bot.core.coaching.law import law_for
from bot.core.coaching.options import open_options
from bot.core.money import Money
from bot.core.rehearsal.state import ClientState

#: What is given away, and what it is called.
_CONCESSIONS = {
    OptionKind.FEE_WAIVER: "Taking the fee off",
    OptionKind.SETTLEMENT_DISCOUNT: "A discount",
    OptionKind.RETURN_OR_CREDIT: "A credit",
    OptionKind.EXTENSION: "So long an extension",
    OptionKind.INSTALMENTS: "So long a plan",
}


def beyond_authority(account: Account, desk: Desk, state: ClientState, today: date) -> str:
    """What of this turn's offer or agreement the house rules keep from the collector, in one sentence; or nothing."""
    schedule, kinds = _put_on_the_table(state)
    for kind, words in _CONCESSIONS.items():
        if kind not in kinds:
            continue
        found = list(_options(account, desk, kind, schedule, today))
        if any(
            option.status is OptionStatus.OPEN and _covers(option, schedule) for option in found
        ):
            continue
        return f"{words} on these terms is beyond your authority: {_instead(found)}."
    return ""


def _instead(found: list[Option]) -> str:
    """Who may grant it, else what the collector may grant of the kind."""
    senior = next((option.approver for option in found if option.approver), None)
    if senior:
        return f"your {senior} must agree first"
    own = next((option.title for option in found if option.status is OptionStatus.OPEN), None)
    return f"you may “{own}”" if own else "the house rules do not allow it here"


def _put_on_the_table(state: ClientState) -> tuple[tuple[Instalment, ...], set[OptionKind]]:
    offers = [offer for offer in state.offers if offer.turn == state.turn]
    promise = state.promise
    agreed = promise is not None and promise.turn == state.turn
    if not offers and not agreed:
        return (), set()
    schedule = promise.schedule if promise is not None and agreed else offers[-1].schedule
    kinds = {OptionKind(kind) for offer in offers for kind in offer.kinds}
    kinds -= {OptionKind.INSTALMENTS}
    if any(offer.conceded for offer in (state.offers if agreed else offers)):
        kinds.add(OptionKind.FEE_WAIVER)
    if len(schedule) > 2:
        kinds.add(OptionKind.INSTALMENTS)
    return schedule, kinds


def _options(
    account: Account,
    desk: Desk,
    kind: OptionKind,
    schedule: tuple[Instalment, ...],
    today: date,
) -> Iterator[Option]:
    is_plan = kind is OptionKind.INSTALMENTS
    last = max((payment.due for payment in schedule), default=None)
    ask = OptionRequest(
        role=desk.role,
        preferred=(kind,),
        named_date=None if is_plan else last,
        named_instalments=len(schedule) if is_plan else None,
    )
    law = law_for(account, desk.laws, today)
    for option in open_options(account, ask, desk.house, law, desk.calendar, today):
        if option.kind is kind:
            yield option


def _covers(option: Option, schedule: tuple[Instalment, ...]) -> bool:
    """Whether terms that may be granted are at least as generous as those on the table."""
    if not schedule or not option.schedule:
        return True
    if option.kind is OptionKind.INSTALMENTS:
        return len(option.schedule) >= len(schedule)
    if option.kind is OptionKind.SETTLEMENT_DISCOUNT:
        paid = Money.sum((p.amount for p in schedule), option.total.currency)
        if paid < option.total:
            return False
    return max(p.due for p in option.schedule) >= max(p.due for p in schedule)
