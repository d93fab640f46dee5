"""What fails a call whatever the sum: a threat, a disclosure, money spoken of where a protocol rules."""

from __future__ import annotations

from bot.core.labels import FAULTS, Move, Objection
from bot.core.rehearsal import cues
from bot.core.rehearsal.heard_call import HeardCall, HeardTurn, Line, line_after
from bot.core.rehearsal.scenario import MONEY_IN_PROTOCOL
from bot.core.rehearsal.scorecard import Blocker

_THREATEN = Move.THREATEN.value
_DISCLOSE = Move.DISCLOSE.value
_THIRD_PARTY = Objection.THIRD_PARTY.value
_ASKS_FOR_MONEY = (
    Move.SEEK_COMMITMENT.value,
    Move.OFFER_PLAN.value,
    Move.OFFER_PART_PAYMENT.value,
    Move.STATE_CONSEQUENCE.value,
    Move.PRESSURE.value,
)

#: Why each of them fails a call, in words.
NOTES: dict[str, str] = {
    _THREATEN: "An improper threat: it is against the law and it ends the talk.",
    _DISCLOSE: "The debt was spoken of to somebody who may not hear of it.",
    MONEY_IN_PROTOCOL: "Money was asked for where a safety protocol rules.",
    Move.PRESSURE.value: "Pressure beyond what the client can carry.",
    Move.BLAME.value: "The client was blamed or mocked.",
    Move.DISMISS.value: "The client's concern was brushed aside.",
    Move.ARGUE.value: "The collector argued.",
}
#: They fail every call; a scenario may add other faults.
ALWAYS = (_THREATEN, _DISCLOSE, MONEY_IN_PROTOCOL)


def blockers_of(call: HeardCall) -> tuple[Blocker, ...]:
    """Every blocker in the order of the call."""
    faults = {fault.value for fault in FAULTS} & {*ALWAYS, *call.situation.blockers}
    found = [
        Blocker(turn.index, turn.quote(name), name, NOTES[name])
        for turn in call.collector
        for name in sorted(faults & turn.acts.keys())
    ]
    found += [
        Blocker(turn.index, quote, _DISCLOSE, NOTES[_DISCLOSE])
        for turn, quote in told_a_third_party(call)
        if not turn.did(_DISCLOSE)
    ]
    found += [
        Blocker(turn.index, quote, MONEY_IN_PROTOCOL, NOTES[MONEY_IN_PROTOCOL])
        for turn, quote in money_in_protocol(call)
    ]
    return tuple(sorted(found, key=lambda blocker: (blocker.turn, blocker.rule)))


def told_a_third_party(call: HeardCall) -> tuple[tuple[HeardTurn, str], ...]:
    """The turns that speak of the debt while a third party is on the line."""
    found = []
    line = Line.OPEN
    was_other = False
    for turn in call.turns:
        if not turn.is_collector:
            line = line_after(turn, line)
            was_other = line is Line.OTHER and (was_other or turn.did(_THIRD_PARTY))
        elif was_other:
            said = cues.ABOUT_THE_DEBT.search(turn.text)
            if said and not cues.MAY_NOT_TELL.search(turn.text):
                found.append((turn, cues.sentence_of(turn.text, *said.span())))
    return tuple(found)


def money_in_protocol(call: HeardCall) -> tuple[tuple[HeardTurn, str], ...]:
    """The turns that ask for money, or name what follows without it, once the call is a protected one."""
    start = call.protected_from
    if start is None:
        return ()
    found = []
    for turn in call.collector:
        asks = next((act for act in _ASKS_FOR_MONEY if _is_about_paying(turn, act)), None)
        if turn.place <= start or asks is None:
            continue
        if cues.NO_MONEY_ASKED.search(turn.text) or _client_offered(call, turn):
            continue
        found.append((turn, turn.quote(asks)))
    return tuple(found)


def _is_about_paying(turn: HeardTurn, act: str) -> bool:
    """Whether the sentence that shows an act is about paying: a hand-over has its dates and requests too."""
    said = turn.acts.get(act, "")
    return bool(cues.ABOUT_PAYING.search(said) or cues.SUM.search(said))


def _client_offered(call: HeardCall, turn: HeardTurn) -> bool:
    """Whether the client had just named a payment of their own will; taking it down is not asking."""
    last = call.last_client(turn.place)
    return bool(
        last
        and last.did("promise_to_pay", "plan_request")
        and not turn.did(Move.PRESSURE.value, Move.STATE_CONSEQUENCE.value)
    )
