"""How scripted collectors proceed: a good one by the state of the call, a middling one out of order, a poor one badly."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.core.coaching.folding import ACKNOWLEDGING
from bot.core.labels import OFFERS, Move, Objection, Speaker
from bot.core.rehearsal.player_script import Step
from bot.core.rehearsal.record import Rehearsal
from bot.core.rehearsal.scenario import GoodEnd, Scenario
from bot.core.rehearsal.state import ClientState

_EAR = frozenset(str(move) for move in ACKNOWLEDGING)
_KIND = frozenset({Move.ACKNOWLEDGE.value, Move.APOLOGISE.value})
_ANYTHING = frozenset(move.value for move in Move)
_MONEY = frozenset({*OFFERS, Move.SEEK_COMMITMENT.value})
_AGREED = frozenset({Move.CONFIRM_AGREEMENT.value})
_CLOSING = frozenset({Move.CLOSE_POLITELY.value})
_QUESTION = frozenset({Move.OPEN_QUESTION.value})
_PARAPHRASE = frozenset({Move.PARAPHRASE.value})
#: Only a model turn will do.
_NO_LINE = frozenset({"no line"})
_NOT_YET = _MONEY | _AGREED | _CLOSING

#: Turns after which each player ends the call.
_LONGEST = {"good": 18, "middling": 9, "poor": 8}
_ASKS = 2
_PROPOSALS = 4


@dataclass(frozen=True)
class Wish:
    """What is to be said next: a step's line (of these moves), or a model turn that makes one of `model`."""

    step: Step
    moves: frozenset[str] = frozenset()
    model: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


Plan = Callable[[Rehearsal, Scenario, random.Random], Iterator[Wish]]


def good(call: Rehearsal, scenario: Scenario, dice: random.Random) -> Iterator[Wish]:
    """Acknowledges first, asks, says back, takes in hand, proposes what the account allows, sums up, closes."""
    state, turn = call.state, _turns(call)
    if turn == 0:
        yield Wish(Step.GREET, model=frozenset({Move.GREET_IDENTIFY.value}), without=_NOT_YET)
    if turn >= _LONGEST["good"]:
        yield from _follow_up_and_close(state)
        return
    if state.promise is None:
        yield from _calm(call)
    if scenario.protected is not None:
        yield from _protect(call)
        return
    if state.promise is not None:
        yield from _settle(state)
        return
    if _is_countered(call):
        yield Wish(Step.AGREE)
    if state.count(Move.OPEN_QUESTION) < 1:
        yield Wish(Step.ASK, model=_QUESTION, without=_NOT_YET)
    if state.count(Move.PARAPHRASE) < 1:
        yield Wish(Step.SUM_UP, model=_PARAPHRASE, without=_NOT_YET)
    yield from _take_up(state, scenario)
    if state.count(Move.OPEN_QUESTION) < _ASKS:
        yield Wish(Step.ASK, model=_QUESTION, without=_NOT_YET)
    if _was_refused(call):
        yield from _win_trust(state, dice)
    if len(state.offers) < _PROPOSALS:
        yield Wish(Step.PROPOSE, model=_MONEY, without=_AGREED | _CLOSING)
    yield Wish(Step.COMMIT)
    yield from _follow_up_and_close(state)


def middling(call: Rehearsal, scenario: Scenario, dice: random.Random) -> Iterator[Wish]:
    """Means well, but speaks of money before it has listened, asks once, and leaves loose ends."""
    state, turn = call.state, _turns(call)
    if turn == 0:
        yield Wish(Step.GREET)
    if turn >= _LONGEST["middling"] or (state.promise is not None and dice.random() < 0.6):
        yield Wish(Step.CLOSE)
    early = (Step.COMMIT, Step.PROPOSE) if dice.random() < 0.6 else (Step.ASK, Step.COMMIT)
    order = {
        1: early,
        2: (Step.HEAR, Step.COMMIT),
        3: (Step.ASK, Step.PROPOSE),
        4: (Step.FAULT, Step.PROPOSE),
        5: (Step.PROPOSE, Step.HEAR),
        6: (Step.HEAR, Step.ASK),
    }
    if _is_countered(call) and dice.random() < 0.5:
        yield Wish(Step.AGREE)
    yield from (Wish(step) for step in order.get(turn, (Step.COMMIT, Step.PROPOSE)))
    yield Wish(Step.CLOSE)


def poor(call: Rehearsal, scenario: Scenario, dice: random.Random) -> Iterator[Wish]:
    """Demands, argues, blames and threatens."""
    turn = _turns(call)
    if turn == 0:
        yield Wish(Step.GREET)
    if turn >= _LONGEST["poor"]:
        yield Wish(Step.CLOSE)
        return
    yield Wish(Step.COMMIT if dice.random() < 0.2 else Step.FAULT)
    yield Wish(Step.FAULT)
    yield Wish(Step.CLOSE)


PLANS: dict[str, Plan] = {"good": good, "middling": middling, "poor": poor}


def _turns(call: Rehearsal) -> int:
    return sum(turn.speaker is Speaker.COLLECTOR for turn in call.turns)


def _last_moves(call: Rehearsal) -> frozenset[str]:
    mine = [turn for turn in call.turns if turn.speaker is Speaker.COLLECTOR]
    return frozenset(mine[-1].names) if mine else frozenset()


def _calm(call: Rehearsal) -> Iterator[Wish]:
    """Listens before anything else: once in any case, and again while it is hot, never twice in a row."""
    state = call.state
    hear = Wish(Step.HEAR, model=_KIND, without=_NOT_YET)
    if state.opened and not state.acknowledged:
        yield hear
    elif state.heat >= 2 and not _last_moves(call) & _EAR:
        yield Wish(Step.HEAR)
    elif state.heat == 3 and not state.count(Move.SET_BOUNDARY):
        yield Wish(Step.HOLD)


def _protect(call: Rehearsal) -> Iterator[Wish]:
    """Where a protocol rules: no money; the model turns in their order, then help, hand-over and the next contact."""
    state = call.state
    yield Wish(Step.PROTECT, _NO_LINE, _ANYTHING, _NOT_YET)
    if state.count(Move.OPEN_QUESTION) < 1:
        yield Wish(Step.ASK)
    for move in (Move.ESCALATE, Move.SIGNPOST, Move.SCHEDULE_FOLLOW_UP):
        if not state.count(move):
            yield Wish(Step.PROTECT, frozenset({move.value}))
    yield Wish(Step.CLOSE, model=_CLOSING, without=_MONEY | _AGREED)


def _settle(state: ClientState) -> Iterator[Wish]:
    """Makes an agreement certain: says it back, names what was undertaken, closes."""
    if not state.recapped and state.count(Move.CONFIRM_AGREEMENT) < 3:
        yield Wish(Step.RECAP)
    yield from _follow_up_and_close(state)


def _follow_up_and_close(state: ClientState) -> Iterator[Wish]:
    open_word = next((u.kind for u in state.promises_to_client if not u.kept), None)
    if open_word is not None:
        yield Wish(Step.TAKE_UP, frozenset({open_word}))
    if not state.count(Move.SCHEDULE_FOLLOW_UP):
        move = frozenset({Move.SCHEDULE_FOLLOW_UP.value})
        yield Wish(Step.TAKE_UP, move, move, _MONEY | _AGREED | _CLOSING)
    yield Wish(Step.CLOSE, model=_CLOSING, without=_MONEY | _AGREED)
    yield Wish(Step.CLOSE)


def _take_up(state: ClientState, scenario: Scenario) -> Iterator[Wish]:
    """Takes in hand what the objection calls for, each thing once."""
    for move in _called_for(state, scenario):
        if not state.count(move):
            name = frozenset({move.value})
            yield Wish(Step.TAKE_UP, name, name, _AGREED | _CLOSING)


def _called_for(state: ClientState, scenario: Scenario) -> Iterator[Move]:
    """What a collector takes up by what was said: disputes are logged, papers sent, managers fetched."""
    label = scenario.objection
    if label in (
        Objection.TERMS_DISPUTE,
        Objection.INVOICE_DISPUTE,
        Objection.SERVICE_DISPUTE,
        Objection.FORMAL_COMPLAINT,
    ):
        yield Move.LOG_DISPUTE
    if label in (Objection.MISSING_PAPERWORK, Objection.STALLING, Objection.PAYMENT_CLAIMED):
        yield Move.SEND_DOCUMENTS
    if label is Objection.MANAGER_REQUEST or state.manager_asked:
        yield Move.ESCALATE
    if label in (Objection.CASH_FLOW, Objection.PLAN_REQUEST) and (
        GoodEnd.SIGNPOSTED in scenario.good_end
    ):
        yield Move.SIGNPOST


def _win_trust(state: ClientState, dice: random.Random) -> Iterator[Wish]:
    """After a no: says sorry once, asks what stands in the way, listens."""
    if not state.count(Move.APOLOGISE):
        yield Wish(Step.TAKE_UP, frozenset({Move.APOLOGISE.value}))
    asked = Wish(Step.ASK, model=_QUESTION, without=_NOT_YET)
    listened = Wish(Step.HEAR, model=_KIND, without=_NOT_YET)
    summed_up = Wish(Step.SUM_UP)
    yield from (asked, summed_up) if dice.random() < 0.6 else (listened, asked)


def _is_countered(call: Rehearsal) -> bool:
    """Whether the client has just put terms of its own on the table."""
    counter = call.state.counter
    return counter is not None and counter.turn == call.state.turn


def _was_refused(call: Rehearsal) -> bool:
    answers = call.state.answers
    return bool(answers) and answers[-1].turn == call.state.turn and answers[-1].kind == "refuse"
