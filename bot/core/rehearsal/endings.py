"""How a call ends: the client hangs up or has enough, is handed over, or the trainee closes and is taken at their word."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core.labels import OFFERS, Move, Objection
from bot.core.rehearsal.bargain import Undertaking
from bot.core.rehearsal.exchange import Exchange
from bot.core.rehearsal.farewells import FAREWELL, GOODBYE, THANKS_FOR_TELLING
from bot.core.rehearsal.persona import Beat
from bot.core.rehearsal.scenario import GoodEnd
from bot.core.rehearsal.speech import Part
from bot.core.rehearsal.state import FULL, Ended
from bot.core.rehearsal.words import UNDERTAKING_WORDS

#: Temper at which anybody hangs up, and patience at which an abusive client does.
_BOILING = FULL - 3
_LAST_STRAW = 15
#: Silences after which the client gives up; one fewer when angry.
_SILENCES_BORNE = 4
#: Trainee turns after a promise (or its recap) after which the client closes by itself.
_LINGERING = 5
_WARM_TRUST = 40
#: Turns in which an undertaking need not be named again: it is still in the client's ear.
_GRACE = 3

#: A turn with one of these goes on, however politely it ends.
_GOES_ON = OFFERS | {Move.OPEN_QUESTION.value, Move.SEEK_COMMITMENT.value, Move.PARAPHRASE.value}

_UNDERTAKES = (Move.SEND_DOCUMENTS, Move.LOG_DISPUTE, Move.SCHEDULE_FOLLOW_UP, Move.ESCALATE)
_NAMED_AGAIN = {
    Move.SEND_DOCUMENTS: re.compile(
        r"send|e-?mail|copy|statement|paperwork|document|invoice|delivery note|proof", re.I
    ),
    Move.LOG_DISPUTE: re.compile(r"dispute|query|log|hold|on file|note|look into", re.I),
    Move.SCHEDULE_FOLLOW_UP: re.compile(r"call|ring|phone|speak|talk|touch|hear from", re.I),
    Move.ESCALATE: re.compile(r"manager|supervisor|team|colleague|pass|hand|senior", re.I),
}
_PROTOCOL_MOVES = (
    Move.SIGNPOST,
    Move.ESCALATE,
    Move.SCHEDULE_FOLLOW_UP,
    Move.SEND_DOCUMENTS,
    Move.ACKNOWLEDGE,
)


def note_undertakings(ex: Exchange) -> None:
    """Remember what the collector undertakes, and which earlier undertakings they name again."""
    if ex.reading is None or ex.faults:
        return
    # A summary of what both will do counts for all of it, the right word or the same again for one.
    summed_up = Move.CONFIRM_AGREEMENT in ex.names
    kept = tuple(
        replace(u, kept=u.kept or summed_up or _is_named(ex, u))
        for u in ex.state.promises_to_client
    )
    known = {u.kind for u in kept}
    new = tuple(
        Undertaking(move.value, ex.state.turn, ex.reading.evidence_of(move.value))
        for move in _UNDERTAKES
        if move in ex.names and move.value not in known
    )
    ex.state = replace(ex.state, promises_to_client=(*kept, *new))


def end_by_client(ex: Exchange) -> list[Part]:
    """The client's own end of the call, when it has had enough."""
    state = ex.state
    patience_gone = state.patience == 0
    # Nobody rings off at the first wrong word: there is one answer before.
    boils = state.temper >= _BOILING and state.turn > 2
    boils = boils or (state.heat == 3 and state.patience <= _LAST_STRAW)
    betrayed = Move.DISCLOSE in ex.names and ex.before.count(Move.DISCLOSE) > 0
    waits = _SILENCES_BORNE - (1 if state.heat >= 2 else 0)
    if boils or betrayed or (patience_gone and state.heat >= 2):
        return _hang_up(ex)
    if patience_gone or state.silence >= waits:
        return _hang_up(ex) if state.heat >= 2 else _close(ex, Ended.CLOSED)
    return []


def end_by_hand_over(ex: Exchange) -> list[Part]:
    """The end that a manager's turn at the phone makes, once asked for twice.

    Where payment waits for the hand-over, or the trainee asks something first, the client stays on the line.
    """
    waited_for = Move.ESCALATE in ex.scene.scenario.pays_only_after
    goes_on = bool(ex.names & _GOES_ON)
    if "handed_over_as_asked" not in ex.rules or waited_for or goes_on:
        return []
    ex.end(Ended.HANDED_OVER)
    return ex.first_of(Beat.REACT_ESCALATE, Beat.CLOSE_COOL)


def closes(ex: Exchange) -> bool:
    """Whether the trainee ends the call: in farewell words, or by thanks once all is agreed or summed up."""
    if ex.reading is None or Move.CLOSE_POLITELY not in ex.names or ex.faults:
        return False
    if not ex.before.opened or ex.state.turn <= 1:
        return False
    if ex.names & _GOES_ON and ("?" in ex.text or not GOODBYE.search(ex.text)):
        return False
    if FAREWELL.search(ex.text):
        return True
    return _is_settled(ex) and not THANKS_FOR_TELLING.search(ex.text)


def end_by_trainee(ex: Exchange) -> list[Part]:
    """The end that a close makes; a forgotten undertaking keeps the client on the line once."""
    forgotten = next((u for u in ex.before.promises_to_client if _is_forgotten(ex, u)), None)
    if forgotten:
        said = ex.say(Beat.BROKEN_WORD, undertaking=UNDERTAKING_WORDS[forgotten.kind])
        if said:
            ex.rule("word_forgotten")
            ex.state = replace(
                ex.state,
                promises_to_client=tuple(
                    replace(u, kept=True) for u in ex.state.promises_to_client
                ),
            )
            return said
    return _close(ex, _how_closed(ex))


def end_after_promise(ex: Exchange) -> list[Part]:
    """The client's own close when all is agreed and the trainee lingers."""
    promise = ex.state.promise
    if promise is None or ex.state.turn - promise.turn < _LINGERING:
        return []
    return _close(ex, Ended.AGREED)


def end_for_want_of_words(ex: Exchange) -> list[Part]:
    """The end when there is nothing left to say."""
    said = _hang_up(ex) if ex.state.heat >= 2 else _close(ex, Ended.CLOSED)
    part = None if said else ex.voice.spare("dead_line")
    return said or ([part] if part else [])


def _is_settled(ex: Exchange) -> bool:
    """Whether nothing is open any more: summed up, promised, or the next contact is fixed."""
    state = ex.before
    next_contact = state.undertook(Move.SCHEDULE_FOLLOW_UP.value)
    return state.recapped or state.promise is not None or next_contact is not None


def _is_named(ex: Exchange, undertaking: Undertaking) -> bool:
    named = _NAMED_AGAIN[Move(undertaking.kind)].search(ex.text)
    return bool(named) or undertaking.kind in ex.names


def _is_forgotten(ex: Exchange, undertaking: Undertaking) -> bool:
    now = ex.state.undertook(undertaking.kind)
    fresh = ex.state.turn - undertaking.turn <= _GRACE
    return now is not None and not now.kept and not fresh


def _how_closed(ex: Exchange) -> Ended:
    state, scenario = ex.state, ex.scene.scenario
    if state.promise is not None:
        return Ended.AGREED
    if scenario.protected is not None:
        right = any(state.count(move) for move in _PROTOCOL_MOVES)
        return Ended.PROTECTED_CLOSE if right else Ended.CLOSED
    if state.undertook(Move.ESCALATE.value) and (
        state.manager_asked or GoodEnd.HANDED_OVER in scenario.good_end
    ):
        return Ended.HANDED_OVER
    return Ended.CLOSED


def _hang_up(ex: Exchange) -> list[Part]:
    said = ex.first_of(Beat.HANG_UP)
    part = None if said else ex.voice.spare("dead_line")
    ex.end(_stopped(ex, Ended.HUNG_UP))
    return said or ([part] if part else [])


def _close(ex: Exchange, how: Ended) -> list[Part]:
    if ex.state.promise is not None and how is Ended.CLOSED:
        how = Ended.AGREED
    warm = ex.state.heat <= 1 and ex.state.trust >= _WARM_TRUST
    said = ex.first_of(*((Beat.CLOSE_WARM, Beat.CLOSE_COOL) if warm else (Beat.CLOSE_COOL,)))
    part = None if said else ex.voice.spare("dead_line")
    ex.end(_stopped(ex, how))
    return said or ([part] if part else [])


def _stopped(ex: Exchange, how: Ended) -> Ended:
    # Whoever asked for no more contact ends it for good, however they put the phone down.
    unresolved = how in (Ended.HUNG_UP, Ended.CLOSED)
    stops = ex.scene.scenario.objection is Objection.NO_CONTACT
    return Ended.CONTACT_STOPPED if stops and unresolved else how
