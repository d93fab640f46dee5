"""How the client deals with what is on the table: offers, recaps, its own counter-offers, and words gone back on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.core.coaching.advice import OptionKind
from bot.core.labels import OFFERS, Move, Objection, Signal
from bot.core.money import Money
from bot.core.rehearsal.bargain import AnswerKind, OfferMade, PromiseGiven
from bot.core.rehearsal.exchange import Exchange
from bot.core.rehearsal.figures_meant import days_meant, sums_meant
from bot.core.rehearsal.negotiation import Answer, answer, noted, own_offer, promised
from bot.core.rehearsal.persona import Beat
from bot.core.rehearsal.proposal import Proposal, proposal_in, says_yes
from bot.core.rehearsal.speech import Part
from bot.core.rehearsal.state import ClientState
from bot.core.rehearsal.words import UNDERTAKING_WORDS, schedule_in_words

_ACCEPTED = (Signal.ACCEPT_OFFER.value, Signal.PROMISE_TO_PAY.value)
_COUNTERED = (Objection.PLAN_REQUEST.value, Signal.DECLINE_OFFER.value)
_DECLINED = (Signal.DECLINE_OFFER.value,)
_PROMISED = (Signal.PROMISE_TO_PAY.value,)

_DENIES = re.compile(
    r"\b(?:never|didn'?t|did not|don'?t remember|nobody)\s+(?:ever\s+)?"
    r"(?:sa(?:y|id|ying)|promised?|promising|agreed?|agreeing|offer(?:ed|ing)?)\b",
    re.I,
)
_ASKS_THEM = re.compile(
    r"\b(?:what|how much|which (?:sum|amount))\b[^.?!]{0,25}\b(?:could|can|would) you\b", re.I
)
#: Offers that are remembered; who makes more is not bargaining any more.
_KEPT = 24


def broken_word(ex: Exchange) -> list[Part]:
    """Catch the collector out when they deny or worsen what they put on the table."""
    undertaking = _denied(ex) or _worsened(ex)
    if undertaking is None:
        return []
    ex.rule("word_broken")
    return ex.say(Beat.BROKEN_WORD, undertaking=undertaking)


def deal(ex: Exchange) -> list[Part]:
    """Answer what was put on the table; nothing when nothing was."""
    if ex.reading is None or ex.faults - {Move.PRESSURE.value}:
        return []
    if ex.state.promise is not None:
        return _after_promise(ex, ex.state.promise)
    counter = ex.state.counter
    proposal = proposal_in(ex.reading, ex.table())
    asks = not _named(ex)[0] and bool(_ASKS_THEM.search(ex.text))
    if proposal and asks:
        # "What could you pay by Friday?" leaves the sum to them.
        proposal = replace(proposal, schedule=())
    if counter and counter.schedule and _takes_up(ex, proposal):
        _remember_waiver(ex, counter)
        return _agree(ex, Answer(AnswerKind.ACCEPT, "counter_taken", counter), None)
    if proposal is None:
        return _empty_recap(ex)
    ex.state = replace(ex.state, offers=(*ex.state.offers, _as_offer(ex, proposal))[-_KEPT:])
    asked = not proposal.schedule and (asks or not OFFERS & ex.names)
    given = (own_offer if asked else answer)(ex.bargain(), proposal)
    return _said(ex, given, proposal)


def promise_in_words(promise: PromiseGiven, today: date) -> str:
    """What the client promised, as it says it."""
    return schedule_in_words(promise.schedule, today)


def _takes_up(ex: Exchange, proposal: Proposal | None) -> bool:
    """Whether the trainee agrees to the client's own terms."""
    if ex.reading is None or ex.state.counter is None:
        return False
    if not ex.bargain().in_the_mood or not ex.bargain().capacity.allows(ex.state.counter.schedule):
        return False
    if proposal and proposal.schedule:
        return proposal.schedule == ex.state.counter.schedule
    last = ex.state.answers[-1] if ex.state.answers else None
    grants = bool(proposal and proposal.waives_fee) and last is not None and last.reason == "wants"
    return grants or (says_yes(ex.reading) and not ex.faults)


def _remember_waiver(ex: Exchange, counter: OfferMade) -> None:
    """Who says yes to terms "with the fee off" has taken it off."""
    last = ex.state.answers[-1] if ex.state.answers else None
    if last is None or last.reason != "wants":
        return
    kinds = (OptionKind.FEE_WAIVER.value, *counter.kinds)
    fee = ex.table().position.charged.plain()
    granted = replace(counter, turn=ex.state.turn, kinds=kinds, conceded=fee)
    ex.state = replace(ex.state, offers=(*ex.state.offers, granted)[-_KEPT:])


def _said(ex: Exchange, given: Answer, proposal: Proposal) -> list[Part]:
    if given.kind is AnswerKind.ACCEPT:
        return _agree(ex, given, proposal.method)
    if given.kind is AnswerKind.COUNTER and given.terms is not None:
        return _put_forward(ex, given, given.terms)
    ex.state = replace(ex.state, answers=(*ex.state.answers, noted(ex.state, given))[-_KEPT:])
    if given.kind is AnswerKind.ASK:
        part = ex.voice.spare("ask_terms")
        return [part] if part else ex.say(Beat.CANNOT_SAY)
    return ex.say(Beat.REFUSE, _DECLINED)


def _agree(ex: Exchange, given: Answer, method: str | None) -> list[Part]:
    if given.terms is None or not given.terms.schedule:
        return []
    words = schedule_in_words(given.terms.schedule, ex.today)
    said = ex.say(Beat.ACCEPT, _ACCEPTED, offer=words)
    if said:
        ex.state = replace(
            ex.state,
            promise=promised(given.terms, ex.state.turn, method),
            # Terms that were said as a summary need no second one.
            recapped=Move.CONFIRM_AGREEMENT in ex.names and all(_named(ex)),
            answers=(*ex.state.answers, noted(ex.state, given))[-_KEPT:],
        )
        ex.rule("agreed")
    return said


def _put_forward(ex: Exchange, given: Answer, terms: OfferMade) -> list[Part]:
    words = schedule_in_words(terms.schedule, ex.today)
    if given.wants is OptionKind.FEE_WAIVER:
        words = f"{words} with the fee off"
    elif not terms.complete:
        words = f"{words} for now"
    said = ex.say(Beat.COUNTER, _COUNTERED, counter=words)
    if not said:
        return ex.say(Beat.REFUSE, _DECLINED)
    beyond = sum(a.reason == "capacity" for a in ex.state.answers)
    ex.state = replace(
        ex.state,
        counter=replace(terms, turn=ex.state.turn),
        answers=(*ex.state.answers, noted(ex.state, given))[-_KEPT:],
    )
    if given.reason == "capacity" and beyond:
        ex.rule("hopes_high")
    return said


def _after_promise(ex: Exchange, promise: PromiseGiven) -> list[Part]:
    """Once promised, a promise is only confirmed or held up against what is said now."""
    words = promise_in_words(promise, ex.today)
    if Move.CONFIRM_AGREEMENT in ex.names:
        if _matches(ex, promise):
            ex.state = replace(ex.state, recapped=True)
            return ex.say(Beat.RECAP_YES)
        ex.rule("recap_wrong", Move.CONFIRM_AGREEMENT.value)
        return ex.say(Beat.RECAP_NO, _DECLINED, promise=words)
    if ex.names & (OFFERS | {Move.SEEK_COMMITMENT.value}):
        return ex.say(Beat.PROMISE, _PROMISED, promise=words)
    return []


def _matches(ex: Exchange, promise: PromiseGiven) -> bool:
    sums, days = _named(ex)
    amounts = {p.amount for p in promise.schedule}
    total = Money.sum((p.amount for p in promise.schedule), promise.amount.currency)
    dates = {p.due for p in promise.schedule}
    sums_fit = not sums or not amounts.isdisjoint(sums) or total in sums
    days_fit = not days or not dates.isdisjoint(days)
    return sums_fit and days_fit


def _named(ex: Exchange) -> tuple[set[Money], set[date]]:
    """The sums and days that the trainee means to be paid."""
    if ex.reading is None:
        return set(), set()
    sums = sums_meant(ex.reading, ex.table().position, ex.account.currency)
    return set(sums.to_pay), set(days_meant(ex.reading, ex.today))


def _empty_recap(ex: Exchange) -> list[Part]:
    """A summary of an agreement that there is none of."""
    if Move.CONFIRM_AGREEMENT not in ex.names:
        return []
    return ex.say(Beat.RECAP_YES if ex.state.promises_to_client else Beat.RECAP_NO)


def _denied(ex: Exchange) -> str | None:
    if not _DENIES.search(ex.text):
        return None
    undertaken = ex.before.promises_to_client
    if undertaken:
        return UNDERTAKING_WORDS.get(undertaken[-1].kind)
    offered = next((o for o in reversed(ex.before.offers) if o.schedule), None)
    return schedule_in_words(offered.schedule, ex.today) if offered else None


def _worsened(ex: Exchange) -> str | None:
    """What the collector had put on the table, if they now ask for more or sooner, or for the fee they took off."""
    if ex.reading is None:
        return None
    sums, _ = _named(ex)
    position = ex.table().position
    if _waived(ex.before) and position.charged and sums & {position.due_now, position.charged}:
        return UNDERTAKING_WORDS[Move.OFFER_CONCESSION]
    proposal = proposal_in(ex.reading, ex.table()) if ex.names & OFFERS else None
    if proposal is None or not proposal.schedule:
        return None
    promise = ex.before.promise
    before = [o.schedule for o in ex.before.offers if o.schedule]
    earlier = promise.schedule if promise else next(reversed(before), None)
    if earlier is None or len(earlier) != len(proposal.schedule):
        return None
    now, then = proposal.schedule[0], earlier[0]
    worse = now.amount > then.amount and now.due <= then.due
    sooner = now.amount >= then.amount and now.due < then.due
    return schedule_in_words(earlier, ex.today) if worse or sooner else None


def _waived(state: ClientState) -> bool:
    return any(offer.conceded for offer in state.offers)


def _as_offer(ex: Exchange, proposal: Proposal) -> OfferMade:
    return OfferMade(
        turn=ex.state.turn,
        kinds=proposal.kinds,
        schedule=proposal.schedule,
        complete=proposal.complete,
        conceded=proposal.conceded.plain() if proposal.conceded else None,
        method=proposal.method,
    )
