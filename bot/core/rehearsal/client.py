"""The simulated client: what was said (or not) and its state in, its next words and state out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.core.labels import Move, Objection
from bot.core.rehearsal.bargain import AnswerKind
from bot.core.rehearsal.dealing import broken_word, deal
from bot.core.rehearsal.endings import (
    closes,
    end_after_promise,
    end_by_client,
    end_by_hand_over,
    end_by_trainee,
    end_for_want_of_words,
    note_undertakings,
)
from bot.core.rehearsal.exchange import Exchange
from bot.core.rehearsal.persona import Beat
from bot.core.rehearsal.reactions import react, react_to_silence
from bot.core.rehearsal.speech import Part, composed
from bot.core.rehearsal.state import Cause, ClientState
from bot.core.rehearsal.telling import (
    answer_to_question,
    fact,
    opening,
    restate,
    second_objection,
    stay_with_it,
)

#: What a fault is answered with, the gravest first.
_FAULT_BEATS = (
    (Move.DISCLOSE, Beat.REACT_DISCLOSE),
    (Move.THREATEN, Beat.REACT_THREATEN),
    (Move.BLAME, Beat.REACT_BLAME),
    (Move.DISMISS, Beat.REACT_DISMISS),
    (Move.PRESSURE, Beat.REACT_PRESSURE),
    (Move.ARGUE, Beat.REACT_ARGUE),
)
#: What a move is answered with, the one that people hear first before the others.
_MOVE_BEATS = (
    (Move.SET_BOUNDARY, Beat.REACT_BOUNDARY),
    (Move.ESCALATE, Beat.REACT_ESCALATE),
    (Move.STATE_CONSEQUENCE, Beat.REACT_CONSEQUENCE),
    (Move.APOLOGISE, Beat.REACT_APOLOGISE),
    (Move.LOG_DISPUTE, Beat.REACT_LOG_DISPUTE),
    (Move.SEND_DOCUMENTS, Beat.REACT_DOCUMENTS),
    (Move.SIGNPOST, Beat.REACT_SIGNPOST),
    (Move.PARAPHRASE, Beat.REACT_PARAPHRASE),
    (Move.ACKNOWLEDGE, Beat.REACT_ACKNOWLEDGE),
    (Move.EXPLAIN_TERMS, Beat.REACT_EXPLAIN),
)

_LITTLE_TRUST = 20
_LITTLE_PATIENCE = 35
_TIRED = 25
#: Demands for a manager in one call; after these it hangs up sooner than ask again.
_MANAGER_DEMANDS = 3
_THAWS_AT = 50


@dataclass(frozen=True)
class Reply:
    """What the client says and how it is afterwards."""

    parts: tuple[Part, ...]
    state: ClientState
    causes: tuple[Cause, ...]

    @property
    def text(self) -> str:
        """The client's words."""
        return " ".join(part.text for part in self.parts)


def reply(ex: Exchange) -> Reply:
    """Let the client react to the exchange and answer it."""
    if ex.reading is None:
        ex.state, ex.causes = react_to_silence(ex.scene, ex.state)
    else:
        ex.state, ex.causes = react(ex.scene, ex.state, ex.reading)
    note_undertakings(ex)
    parts = composed(_words(ex), ex.spoken)
    if not parts and ex.state.ended is None:
        parts = composed(end_for_want_of_words(ex), ex.spoken)
    said = (*ex.state.said, *(part.line_id for part in parts))
    return Reply(parts, replace(ex.state, said=said), tuple(ex.causes))


def answers_the_phone(ex: Exchange) -> Reply:
    """The first words of the call; at the third level the objection comes at once."""
    parts = ex.say(Beat.GREET)
    if ex.scene.level >= 3 or not parts:
        parts = [*parts, *opening(ex)]
    kept = composed(parts, ex.spoken)
    said = tuple(part.line_id for part in kept)
    return Reply(kept, replace(ex.state, said=said), ())


def _words(ex: Exchange) -> list[Part]:
    """What the client says: an end of the call before anything else, then the reaction and the point."""
    ending = end_by_client(ex) or end_by_hand_over(ex)
    if ending:
        return ending
    if ex.reading is None:
        return _to_silence(ex)
    if not ex.state.opened:
        return [*(_to_fault(ex) if ex.faults else []), *opening(ex)]
    caught = broken_word(ex)
    if caught:
        return [*caught, *(stay_with_it(ex) if ex.state.heat >= 2 else [])]
    if ex.faults:
        return [*_to_fault(ex), *_after_fault(ex)]
    return _close(ex) if closes(ex) else _point(ex)


def _close(ex: Exchange) -> list[Part]:
    """What was agreed or summed up in the last breath comes first; a client who disagrees stays on the line."""
    dealt = deal(ex)
    last = ex.state.answers[-1] if ex.state.answers else None
    objects = last is not None and last.turn == ex.state.turn and last.kind is not AnswerKind.ACCEPT
    if dealt and (objects or "recap_wrong" in ex.rules):
        return dealt
    return [*dealt[:1], *end_by_trainee(ex)]


def _point(ex: Exchange) -> list[Part]:
    if {"not_understood", "idle"} & ex.rules:
        return _to_nonsense(ex)
    if "long_speech" in ex.rules:
        cut = ex.say(Beat.INTERRUPT)
        # Cut in on while angry, the rest of the speech is not heard.
        if ex.state.heat >= 2:
            return [*cut, *stay_with_it(ex)]
        return [*cut, *_content(ex)]
    if "repeated_question" in ex.rules:
        return [*ex.say(Beat.REPEAT_QUESTION), *(deal(ex) or stay_with_it(ex))]
    demanded = _manager(ex)
    if demanded:
        return demanded
    return [*_reaction(ex), *_content(ex)]


def _content(ex: Exchange) -> list[Part]:
    dealt = deal(ex)
    lingering = [] if dealt else end_after_promise(ex)
    if dealt or lingering:
        return dealt or lingering
    told = fact(ex) or answer_to_question(ex)
    if told:
        return told
    if Move.OPEN_QUESTION in ex.names and ex.scene.dice.random() < 0.3:
        unknown = ex.say(Beat.CANNOT_SAY)
        if unknown:
            return unknown
    tired = ex.say(Beat.TIRED) if _has_just_tired(ex) else []
    return second_objection(ex) or tired or stay_with_it(ex)


def _reaction(ex: Exchange) -> list[Part]:
    """The first words to a move: mood that changed much is heard before what was said."""
    cooled = ex.state.heat < ex.before.heat
    trusts = ex.state.trust >= _THAWS_AT and ex.state.trust - ex.before.trust >= 6
    if trusts and ex.state.heat <= 1 and ex.scene.dice.random() < 0.5:
        thawed = ex.say(Beat.THAW)
        if thawed:
            return thawed
    if cooled and ex.scene.dice.random() < 0.5:
        softened = ex.say(Beat.SOFTEN)
        if softened:
            return softened
    if "empty_empathy" in ex.rules:
        return ex.say(Beat.TIRED)
    for move, beat in _MOVE_BEATS:
        if move in ex.names:
            return ex.say(beat)
    if "privacy_kept" in ex.rules:
        return ex.say(Beat.REACT_EXPLAIN)
    asked = Move.OPEN_QUESTION in ex.names or "consent_asked" in ex.rules
    return ex.say(Beat.REACT_QUESTION) if asked else []


def _to_fault(ex: Exchange) -> list[Part]:
    return next((ex.say(beat) for fault, beat in _FAULT_BEATS if fault in ex.faults), [])


def _after_fault(ex: Exchange) -> list[Part]:
    demanded = _manager(ex)
    if demanded:
        return demanded
    # Hurt and without trust, a calm person says no more.
    if ex.state.heat < 2 and ex.state.trust < _LITTLE_TRUST and ex.scene.dice.random() < 0.5:
        return ex.say(Beat.SILENCE)
    return stay_with_it(ex) if ex.state.heat >= 2 else restate(ex)


def _manager(ex: Exchange) -> list[Part]:
    """The demand for a superior, when trust or patience is nearly gone."""
    state = ex.state
    fed_up = state.trust < _LITTLE_TRUST or state.patience < _LITTLE_PATIENCE
    provoked = bool(ex.faults) or state.heat >= 2
    again = state.manager_asked < _MANAGER_DEMANDS and state.turn % 2 == 0
    if not (fed_up and provoked and again) or state.heat == 0 or Move.ESCALATE in ex.names:
        return []
    # An easy client does not ask before it has been wronged.
    if ex.scene.level == 1 and not ex.faults:
        return []
    said = ex.say(Beat.MANAGER, (Objection.MANAGER_REQUEST.value,))
    if said:
        ex.state = replace(ex.state, manager_asked=state.manager_asked + 1)
    return said


def _to_silence(ex: Exchange) -> list[Part]:
    if not ex.state.opened and ex.state.silence > 1:
        return opening(ex)
    first = Beat.SILENCE if ex.state.silence == 1 else Beat.NUDGE
    return ex.first_of(first, Beat.NUDGE, Beat.TIRED)


def _to_nonsense(ex: Exchange) -> list[Part]:
    if "not_understood" in ex.rules:
        return ex.first_of(Beat.PUZZLED, Beat.NUDGE, Beat.TIRED)
    calm = ex.state.heat <= 1 and ex.scene.dice.random() < 0.3
    return (ex.say(Beat.SMALL_TALK) if calm else []) or second_objection(ex) or stay_with_it(ex)


def _has_just_tired(ex: Exchange) -> bool:
    return ex.state.patience < _TIRED <= ex.before.patience
