"""The call summary that fills itself: what was heard, agreed and is still missing, and what to record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from bot.core.account import Account
from bot.core.coaching.advice import Option, OptionKind
from bot.core.coaching.checklist import left_open, tick
from bot.core.coaching.desk import Desk
from bot.core.coaching.escalation import HANDED_OVER, READY, REQUIRED
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.wording import HEAT_WORDS, PAUSE_WORDS, label_in_words
from bot.core.dates import in_words
from bot.core.labels import SILENT, Signal
from bot.core.money import Money

#: A call this hot is looked at again, and is followed by a break.
HARD_CALL_HEAT = 2

_PLANS = frozenset({OptionKind.INSTALMENTS.value, OptionKind.PART_PAYMENT.value})


@dataclass(frozen=True)
class Proposal:
    """One thing to write to the ledger once a person has confirmed it; `gaps` names what nobody has said."""

    kind: str
    text: str
    values: dict[str, Any]
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class CallSummary:
    """What the collector checks, completes and confirms when the call ends."""

    client: str
    heard: tuple[str, ...]
    outcome: str
    heat: str
    proposals: tuple[Proposal, ...]
    gaps: tuple[str, ...]
    left_open: tuple[str, ...]
    offered: tuple[str, ...]
    refused: tuple[str, ...]
    client_words: tuple[str, ...]
    hard_call: bool
    look_again: bool
    cue: str | None
    survey_question: str | None

    def as_json(self) -> dict[str, Any]:
        """The summary as the interface publishes it."""
        return asdict(self)


def summarise(
    memory: CallMemory,
    account: Account,
    desk: Desk,
    today: date,
    options: Sequence[Option] = (),
) -> CallSummary:
    """Sum a call up; `options` are those last shown, for the schedule of a plan that was accepted."""
    proposals = tuple(_proposals(memory, account, desk, today, options))
    outcome = _outcome(memory, proposals)
    highest = max(memory.heat_path, default=0)
    hard = highest >= HARD_CALL_HEAT
    gaps = tuple(f"{p.kind.replace('_', ' ')}: {gap}" for p in proposals for gap in p.gaps)
    heard = [name for name in (memory.heard or {}) if name not in SILENT]
    went_up = memory.escalation_state in (READY, REQUIRED, HANDED_OVER)
    cues = desk.checklist.cues
    return CallSummary(
        client=account.name,
        heard=tuple(label_in_words(name) for name in heard),
        outcome=outcome,
        heat=_heat(memory),
        proposals=proposals,
        gaps=gaps,
        left_open=left_open(tick(desk.checklist, memory, account)),
        offered=memory.offered,
        refused=memory.refused,
        client_words=memory.quotes,
        hard_call=hard,
        look_again=hard or went_up or outcome == "no outcome yet",
        cue=cues.get("after_hard_call") if hard else None,
        survey_question=None if memory.protocol else cues.get("survey_question"),
    )


def _proposals(
    memory: CallMemory, account: Account, desk: Desk, today: date, options: Sequence[Option]
) -> list[Proposal]:
    found: list[Proposal] = []
    protected = memory.protocol is not None
    if memory.promise and not protected:
        found.append(_promise(memory.promise, account))
    plan = None if protected else _plan(memory, options)
    if plan:
        found.append(plan)
    on_record = {(d.invoice_number, d.reason) for d in account.disputes if d.is_open}
    found += [
        _dispute(number, reason, account)
        for number, reason in (memory.disputes or {}).items()
        if (number, reason) not in on_record
    ]
    found += [_document(kind) for kind in memory.documents]
    found += [_pause(kind, today) for kind in memory.pauses]
    if memory.escalation_state in (READY, REQUIRED):
        found.append(Proposal("escalation", "Send the hand-over packet", {}, ()))
    if not protected:
        found.append(_follow_up(memory, desk, today))
    return found


def _promise(heard: dict[str, Any], account: Account) -> Proposal:
    amount, day = heard.get("amount"), heard.get("due_on")
    currency = heard.get("currency") or account.currency
    money = Money.of(str(amount), currency) if amount else None
    gaps = (*(() if money else ("how much?",)), *(() if day else ("by which day?",)))
    text = f"{money or 'amount not said'} by {in_words(date.fromisoformat(day)) if day else 'day not said'}"
    values = {
        "amount": money.plain() if money else None,
        "currency": currency,
        "due_on": day,
        "method": heard.get("method"),
    }
    return Proposal("promise", text, values, gaps)


def _plan(memory: CallMemory, options: Sequence[Option]) -> Proposal | None:
    taken = [kind for kind in memory.accepted if kind in _PLANS]
    if not taken:
        return None
    option = next((o for o in options if o.kind.value == taken[-1] and o.schedule), None)
    if option is None:
        return Proposal("plan", "A plan was agreed", {"kind": taken[-1]}, ("sums and days?",))
    schedule = [{"amount": i.amount.plain(), "due": i.due.isoformat()} for i in option.schedule]
    approval = (f"the {option.approver} approves it first",) if option.approver else ()
    read_back = () if memory.agreed else ("read it back to the client",)
    gaps = (*approval, *read_back)
    values = {"kind": taken[-1], "currency": option.total.currency, "schedule": schedule}
    return Proposal("plan", option.title, values, gaps)


def _dispute(number: str, reason: str, account: Account) -> Proposal:
    invoice = next((i for i in account.invoices if i.number == number), None)
    balance = invoice.balance.plain() if invoice else None
    values = {"invoice_number": number, "reason": reason, "amount": None, "at_most": balance}
    text = f"Invoice {number}: {label_in_words(reason)}"
    return Proposal("dispute", text, values, ("how much of it is contested?",))


def _document(kind: str) -> Proposal:
    return Proposal("document_request", f"Send: {kind.replace('_', ' ')}", {"kind": kind})


def _pause(kind: str, today: date) -> Proposal:
    return Proposal("pause", PAUSE_WORDS.get(kind, kind), {"kind": kind, "on": today.isoformat()})


def _follow_up(memory: CallMemory, desk: Desk, today: date) -> Proposal:
    calendar = desk.calendar
    if memory.follow_up:
        day = date.fromisoformat(memory.follow_up)
        return _contact(day, "as said in the call")
    promised = (memory.promise or {}).get("due_on")
    if promised:
        day = calendar.add_working_days(date.fromisoformat(promised), 1)
        return _contact(day, "check that the promised payment came")
    day = calendar.next_working_day(today + timedelta(days=desk.escalation.follow_up_days))
    note = "answer on the dispute" if memory.disputes else "next contact"
    return _contact(day, note, ("not agreed with the client yet",))


def _contact(day: date, note: str, gaps: tuple[str, ...] = ()) -> Proposal:
    values = {"due_on": day.isoformat(), "note": note}
    return Proposal("follow_up", f"{in_words(day)}: {note}", values, gaps)


def _outcome(memory: CallMemory, proposals: Sequence[Proposal]) -> str:
    if memory.protocol:
        return "protected: collection paused"
    kinds = {proposal.kind for proposal in proposals}
    if memory.escalation_state == HANDED_OVER:
        return "handed over"
    if "plan" in kinds:
        waits = any("approves it first" in gap for p in proposals for gap in p.gaps)
        return "plan to be approved" if waits else "plan agreed"
    if memory.promise:
        return "promise to pay"
    if memory.count(Signal.ACCEPT_OFFER.value) and memory.accepted:
        return f"accepted: {memory.accepted[-1].replace('_', ' ')}"
    if memory.disputes:
        return "dispute to settle"
    return "no outcome yet"


def _heat(memory: CallMemory) -> str:
    path = memory.heat_path
    if not path:
        return "not heard"
    return f"{HEAT_WORDS[path[0]]} at first, {HEAT_WORDS[max(path)]} at worst, {HEAT_WORDS[path[-1]]} at the end"
