"""How the client answers an offer: yes, a counter-offer with figures, no, or a question; never beyond its limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.core.account import Instalment
from bot.core.coaching.advice import OptionKind
from bot.core.dates import Calendar
from bot.core.money import Money
from bot.core.rehearsal.bargain import AnswerGiven, AnswerKind, OfferMade, PromiseGiven
from bot.core.rehearsal.capacity import Capacity, kinds_of, own_terms
from bot.core.rehearsal.proposal import Proposal
from bot.core.rehearsal.scenario import Limits, Scenario
from bot.core.rehearsal.state import ClientState

#: Below this trust the client takes back what it put on the table.
COLLAPSED = 12


@dataclass(frozen=True)
class Bargain:
    """Everything that the client weighs an offer by."""

    scenario: Scenario
    state: ClientState
    level: int
    capacity: Capacity
    calendar: Calendar

    @property
    def in_the_mood(self) -> bool:
        """Whether trust and temper allow any yes."""
        needs = self.capacity.limits.needs
        return self.state.trust >= needs.trust and self.state.temper < needs.temper_below


@dataclass(frozen=True)
class Answer:
    """What the client says to an offer; `terms` is what it agrees to or puts on the table, `wants` what it adds."""

    kind: AnswerKind
    reason: str
    terms: OfferMade | None = None
    wants: OptionKind | None = None


def limits_now(scenario: Scenario, state: ClientState) -> Limits:
    """The limits as the facts that came out have opened them."""
    limits = scenario.limits
    for fact in scenario.hidden_facts:
        if fact.id in state.revealed:
            limits = limits.changed(fact.opens)
    return limits


def bargain_of(
    scenario: Scenario, state: ClientState, level: int, today: date, calendar: Calendar
) -> Bargain:
    """Draw up what the client weighs offers by at this moment."""
    capacity = Capacity(limits_now(scenario, state), scenario.account.currency, today)
    return Bargain(scenario, state, level, capacity, calendar)


def answer(bargain: Bargain, proposal: Proposal) -> Answer:
    """Answer an offer: what is missing first, then the mood, then the figures."""
    if bargain.scenario.protected is not None:
        return Answer(AnswerKind.REFUSE, "protected")
    missing = missing_undertaking(bargain.scenario, bargain.state)
    if missing is not None:
        return Answer(AnswerKind.REFUSE, f"needs_{missing}")
    if not bargain.in_the_mood:
        return Answer(AnswerKind.REFUSE, "mood")
    if not proposal.schedule:
        if proposal.waives_fee and bargain.state.counter is None:
            return _counter(bargain, proposal, "conceded")
        return Answer(AnswerKind.ASK, "figures")
    within = bargain.capacity.allows(proposal.schedule) and bargain.capacity.likes(
        kinds_of(proposal.schedule, proposal.undisputed, proposal.complete)
    )
    if not within:
        return _counter(bargain, proposal, "capacity")
    wish = _wish(bargain, proposal)
    if wish is not None:
        return _counter(bargain, proposal, "wants", wish)
    return Answer(AnswerKind.ACCEPT, "within", _offer(bargain, proposal.schedule, proposal))


def own_offer(bargain: Bargain, proposal: Proposal) -> Answer:
    """Answer the question what could be paid, when no figures were named."""
    blocked = answer(bargain, proposal)
    if blocked.kind is not AnswerKind.ASK:
        return blocked
    return _counter(bargain, proposal, "asked")


def missing_undertaking(scenario: Scenario, state: ClientState) -> str | None:
    """What the client needs to be promised before it pays, if that has not happened."""
    return next((m for m in scenario.pays_only_after if not state.count(m)), None)


def promised(offer: OfferMade, turn: int, method: str | None) -> PromiseGiven:
    """The promise that follows from terms both agreed to."""
    first = offer.schedule[0]
    return PromiseGiven(
        first.amount, first.due, method or offer.method, offer.kinds[0], offer.schedule, turn
    )


def noted(state: ClientState, given: Answer) -> AnswerGiven:
    """The answer as it is remembered."""
    return AnswerGiven(state.turn, given.kind, given.reason)


def _wish(bargain: Bargain, proposal: Proposal) -> OptionKind | None:
    """What the client asks for before it says yes: once, from level 2, and only what it has not been given."""
    asked = any(given.reason == "wants" for given in bargain.state.answers)
    if bargain.level < 2 or asked or proposal.waives_fee:
        return None
    fee = bool(bargain.scenario.account.charges) and OptionKind.FEE_WAIVER in (
        bargain.capacity.limits.wants
    )
    owed, charged = _sum(proposal.schedule, proposal.base.currency), _charged(bargain)
    # Whoever is asked for everything but the fee has nothing left to wish for.
    stands = not proposal.complete or bool(proposal.fee_in and proposal.fee_in.is_positive)
    wishes = fee and stands and charged.is_positive and owed > charged
    return OptionKind.FEE_WAIVER if wishes else None


def _charged(bargain: Bargain) -> Money:
    sketch = bargain.scenario.account
    amounts = (Money(c.amount, sketch.currency) for c in sketch.charges if not c.waived)
    return Money.sum(amounts, sketch.currency)


def _counter(
    bargain: Bargain, proposal: Proposal, reason: str, wish: OptionKind | None = None
) -> Answer:
    """Put own terms on the table: never worse than those that lie there, unless trust has collapsed."""
    if bargain.state.trust < COLLAPSED:
        return Answer(AnswerKind.REFUSE, "mood")
    if wish is not None:
        none = Money.zero(proposal.base.currency)
        schedule = _without(proposal.schedule, proposal.fee_in or none)
        return Answer(
            AnswerKind.COUNTER, reason, _offer(bargain, schedule, proposal, proposal.complete), wish
        )
    schedule, complete = own_terms(bargain.capacity, proposal.base, bargain.calendar)
    earlier = bargain.state.counter
    if earlier and _still_better(earlier, schedule, bargain, proposal.base):
        return Answer(AnswerKind.COUNTER, reason, earlier)
    if not schedule:
        return Answer(AnswerKind.REFUSE, "capacity")
    return Answer(AnswerKind.COUNTER, reason, _offer(bargain, schedule, proposal, complete))


def _still_better(
    earlier: OfferMade, schedule: tuple[Instalment, ...], bargain: Bargain, base: Money
) -> bool:
    laid = _sum(earlier.schedule, base.currency)
    more = _sum(schedule, base.currency) < laid <= base
    return more and bargain.capacity.allows(earlier.schedule)


def _without(schedule: tuple[Instalment, ...], fee: Money) -> tuple[Instalment, ...]:
    """The schedule with as much of the fee as it pays taken off its last payments."""
    left, kept = fee, list(schedule)
    while left.is_positive and kept:
        last = kept.pop()
        if last.amount > left:
            kept.append(Instalment(last.amount - left, last.due))
            return tuple(kept)
        left = left - last.amount
    return tuple(kept)


def _offer(
    bargain: Bargain,
    schedule: tuple[Instalment, ...],
    proposal: Proposal,
    complete: bool | None = None,
) -> OfferMade:
    whole = proposal.complete if complete is None else complete
    kinds = kinds_of(schedule, proposal.undisputed, whole)
    ordered = [kind.value for kind in OptionKind if kind in kinds]
    liked = [k for k in ordered if OptionKind(k) in bargain.capacity.limits.accepts]
    undisputed = OptionKind.UNDISPUTED_PART.value
    first = [undisputed] if undisputed in liked else []
    return OfferMade(
        turn=bargain.state.turn,
        kinds=tuple(dict.fromkeys((*first, *liked, *ordered))),
        schedule=schedule,
        complete=whole,
        conceded=proposal.conceded.plain() if proposal.conceded else None,
        method=proposal.method,
    )


def _sum(schedule: tuple[Instalment, ...], currency: str) -> Money:
    return Money.sum((p.amount for p in schedule), currency)
