"""The ladder towards the client: its rungs, what pauses it, and the next step that is lawful on this account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.account import Account, LegalForm
from bot.core.coaching.facts import count_in_words
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.position import Position
from bot.core.coaching.safety import CARERS
from bot.core.coaching.wording import PAUSE_WORDS
from bot.core.dates import Calendar, in_words
from bot.core.labels import Move
from bot.core.money import Money

#: Documents that end the road to a neutral third party: the matter is with a mediator or a court already.
_BEFORE_A_NEUTRAL = frozenset({"claim_issued", "mediation_started"})


@dataclass(frozen=True)
class Rung:
    """One step: from how many days late, on which clients; `document` is what proves that it was taken.

    `wait_days` is how long the step before must have had; empty forms or countries mean all.
    """

    id: str
    title: str
    after_days: int
    says: str
    document: str | None = None
    wait_days: int = 0
    legal_forms: frozenset[LegalForm] = frozenset()
    countries: frozenset[str] = frozenset()
    only_in_dispute: bool = False
    source: str = ""

    def applies_to(self, account: Account) -> bool:
        """Whether the step exists for this kind of client."""
        return (not self.legal_forms or account.legal_form in self.legal_forms) and (
            not self.countries or account.country in self.countries
        )


@dataclass(frozen=True)
class NeutralParty:
    """Somebody outside who can settle it: for whom, within what time, and what must be confirmed first."""

    id: str
    title: str
    text: str
    countries: frozenset[str] = frozenset()
    legal_forms: frozenset[LegalForm] = frozenset()
    due_within_days: int | None = None
    confirm: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class NeutralVerdict:
    """Whether a neutral third party may be asked about this account, why, and what to confirm."""

    title: str
    is_open: bool
    why: str
    confirm: tuple[str, ...] = ()


@dataclass(frozen=True)
class LadderStep:
    """The next lawful step: what, from when, for how much."""

    id: str
    title: str
    says: str
    on: date
    amount: Money

    @property
    def text(self) -> str:
        """The step in one line for the panel."""
        return f"{self.title} for {self.amount}, from {in_words(self.on)}"

    @property
    def consequence(self) -> str:
        """What may be said of it, as fact and policy."""
        return f"{self.says} from {in_words(self.on)}, for {self.amount}."


def pause_of(memory: CallMemory, account: Account, position: Position) -> str | None:
    """Why the ladder stands still, or None."""
    today, protections = position.today, account.protections
    if memory.pauses:
        return f"Paused: {PAUSE_WORDS.get(memory.pauses[-1], memory.pauses[-1])}."
    if memory.protocol == CARERS:
        return "Paused: the speaker is not the client."
    recorded = (
        ("vulnerable", protections.vulnerable_since),
        ("moratorium", protections.moratorium_until and protections.moratorium_until >= today),
        ("adviser", protections.adviser_since),
        ("insolvent", protections.insolvent_since),
        ("contact_stopped", protections.contact_stopped_since),
    )
    protected = next((kind for kind, since in recorded if since), None)
    if protected:
        return f"Paused: {PAUSE_WORDS[protected]}."
    if account.live_plan():
        return "Paused: a payment plan is being kept."
    promise = account.pending_promise()
    if promise and promise.due_on >= today:
        return f"Paused: {promise.amount} is promised for {in_words(promise.due_on)}."
    return _pause_by_dispute(memory, account, position)


def next_lawful_step(
    rungs: tuple[Rung, ...], account: Account, position: Position, calendar: Calendar
) -> LadderStep | None:
    """The first step that has not been taken, on the sum nobody contests; None when nothing is overdue."""
    amount = position.overdue - position.disputed
    if not amount.is_positive:
        return None
    sent = {d.kind: d.on for d in account.documents if d.status == "sent"}
    oldest = next(i for i in position.overdue_invoices if i.disputed < i.balance)
    in_dispute = any(dispute.is_open for dispute in account.disputes)
    last_sent: date | None = None
    for rung in rungs:
        if not rung.applies_to(account) or (rung.only_in_dispute and not in_dispute):
            continue
        if rung.document in sent:
            last_sent = sent[rung.document]
        elif rung.document or (position.today - oldest.due_on).days <= rung.after_days:
            earliest = max(position.today, oldest.due_on + timedelta(days=rung.after_days))
            if last_sent:
                earliest = max(earliest, last_sent + timedelta(days=rung.wait_days))
            day = calendar.next_working_day(earliest)
            return LadderStep(rung.id, rung.title, rung.says, day, amount)
    return None


def neutral_parties(
    parties: tuple[NeutralParty, ...], account: Account, today: date
) -> tuple[NeutralVerdict, ...]:
    """Who outside could settle this account's dispute, and why each may or may not be asked."""
    return tuple(_verdict(party, account, today) for party in parties)


def _verdict(party: NeutralParty, account: Account, today: date) -> NeutralVerdict:
    if party.countries and account.country not in party.countries:
        return NeutralVerdict(party.title, False, f"Does not take cases in {account.country}.")
    if party.legal_forms and account.legal_form not in party.legal_forms:
        form = account.legal_form.value.replace("_", " ")
        return NeutralVerdict(party.title, False, f"Does not take cases against a {form}.")
    if any(d.kind in _BEFORE_A_NEUTRAL for d in account.documents):
        return NeutralVerdict(party.title, False, "Mediation or a court claim has begun.")
    if party.due_within_days is not None:
        since = today - timedelta(days=party.due_within_days)
        if not any(i.due_on >= since for i in account.overdue_invoices(today)):
            days = count_in_words(party.due_within_days, "day")
            return NeutralVerdict(party.title, False, f"Nothing fell due within the last {days}.")
    return NeutralVerdict(party.title, True, party.text, party.confirm)


def _pause_by_dispute(memory: CallMemory, account: Account, position: Position) -> str | None:
    if position.disputed.is_positive and position.disputed >= position.overdue:
        return f"Paused: all of {position.overdue} is in dispute."
    logged = memory.did(Move.LOG_DISPUTE.value) and memory.disputes
    if not logged:
        return None
    # What is on record as disputed in part leaves the rest of the invoice free.
    free = [
        i
        for i in position.overdue_invoices
        if i.disputed.is_positive or i.number not in (memory.disputes or {})
    ]
    if any(i.disputed < i.balance for i in free):
        return None
    return "Paused: everything overdue was put in dispute in this call."
