"""What a collector turn does, from its labels and its words; a label that its own words speak against is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.labels import FAULTS, OFFERS, Move
from bot.core.rehearsal import collector_cues as cues
from bot.core.rehearsal import fault_cues
from bot.core.rehearsal.cues import (
    ABOUT_THE_DEBT,
    MAY_NOT_TELL,
    NO_MONEY_ASKED,
    SUM,
    names_sum_or_day,
    sentence_of,
)
from bot.core.rehearsal.echo import echoes
from bot.core.rehearsal.scorecard import ScoredTurn

#: A label this sure stands by itself; below it the words or the other labels have a say.
SURE = 0.6
#: Empathy and recaps below this need words beside the label: they are what a recogniser hears too easily.
_HEARD_TOO_EASILY = 0.45
#: A fault this sure needs no second witness; below that no second witness helps.
_BEYOND_DOUBT, _FAINT = 0.85, 0.3
#: Below this a fault that only the recogniser heard is not believed, even when it heard nothing else.
_FAULT_ALONE = 0.55
#: What only the recogniser heard is believed of a turn with kind words or a question in it from here.
_IN_SPITE_OF_KINDNESS = 0.95
#: The collector turns that may open a call; a recap is none of the first two.
_OPENING_TURNS, _NO_RECAP_YET = 3, 2

_FAULTS = frozenset(fault.value for fault in FAULTS)
_THREATEN, _DISCLOSE = Move.THREATEN.value, Move.DISCLOSE.value
_ESCALATE, _DOCUMENTS = Move.ESCALATE.value, Move.SEND_DOCUMENTS.value
_RECAP, _QUESTION = Move.CONFIRM_AGREEMENT.value, Move.OPEN_QUESTION.value
#: Moves that a rude turn may hold as well, so that they do not speak against a fault.
_ALSO_RUDE = frozenset(
    {
        Move.NEUTRAL.value,
        Move.SEEK_COMMITMENT.value,
        Move.EXPLAIN_TERMS.value,
        Move.GREET_IDENTIFY.value,
        _RECAP,
        "echo",
    }
)
#: Lawful moves that a recogniser may take for a threat, and words of kindness that it may take for a fault.
_NO_THREAT = (
    Move.STATE_CONSEQUENCE.value,
    Move.SIGNPOST.value,
    Move.ACKNOWLEDGE.value,
    Move.APOLOGISE.value,
    Move.EXPLAIN_TERMS.value,
)
_KIND = frozenset(
    {
        Move.ACKNOWLEDGE.value,
        Move.APOLOGISE.value,
        Move.CLOSE_POLITELY.value,
        Move.SIGNPOST.value,
        Move.PARAPHRASE.value,
        _QUESTION,
    }
)


@dataclass(frozen=True)
class Before:
    """What had been said when the turn began: the collector's turns so far, and the client's last words.

    `confirmed`: the client had said that they are the person asked for, and nobody else has taken the phone.
    `is_other`: somebody else than the debtor is on the line.
    """

    own_turns: int = 0
    answered: str = ""
    confirmed: bool = False
    is_other: bool = False


def acts_of_collector(turn: ScoredTurn, text: str, before: Before) -> dict[str, str]:
    """The moves of a collector turn, each with the sentence that shows it."""
    acts = {name: behind(turn, text, name) for name in turn.names if name != Move.NEUTRAL.value}
    for name, pattern in cues.MOVES.items():
        found = pattern.search(text)
        if found and name not in acts and _stands(name, turn, text, before):
            acts[name] = sentence_of(text, *found.span())
    question = "" if _QUESTION in acts or _is_small_talk(turn) else _open_question(text)
    if question:
        acts[_QUESTION] = question
    if "?" in text:
        acts["asked"] = sentence_of(text, text.index("?"), text.index("?") + 1)
    if echoes(text, before.answered) and Move.PARAPHRASE.value not in acts:
        acts["echo"] = sentence_of(text, 0, min(len(text), 40))
    kept = {
        name: words for name, words in acts.items() if not _speaks_against(name, turn, text, before)
    }
    return _with_faults(kept, turn, text, before)


def behind(turn: ScoredTurn, text: str, name: str) -> str:
    """The sentence in which a label's words stand; without any, the start of the turn."""
    words = turn.evidence.get(name, "")
    start = text.find(words) if words else -1
    if start < 0:
        return " ".join(text[:160].split())
    return sentence_of(text, start, start + len(words))


def _stands(name: str, turn: ScoredTurn, text: str, before: Before) -> bool:
    """Whether the words for a move are enough by themselves, in this place."""
    if name == Move.GREET_IDENTIFY.value:
        return before.own_turns < _OPENING_TURNS
    if name in (_RECAP, Move.OFFER_PLAN.value):
        return names_sum_or_day(turn, text)
    if name == Move.SEEK_COMMITMENT.value:
        return bool(cues.ASKS_ABOUT_PAYING.search(text)) or names_sum_or_day(turn, text)
    return True


def _speaks_against(name: str, turn: ScoredTurn, text: str, before: Before) -> bool:
    """Whether the turn's own words or its place rule out a move that the recogniser heard."""
    if name in (Move.ACKNOWLEDGE.value, Move.APOLOGISE.value):
        return _is_taken_back(text) or _is_faint(name, turn, text)
    if name == _QUESTION:
        return before.own_turns == 0 and not cues.ABOUT_THE_MATTER.search(text)
    if name == _RECAP:
        return before.own_turns < _NO_RECAP_YET or _is_faint(name, turn, text)
    if name in OFFERS:
        return bool(cues.NO_OFFER.search(text))
    if name == _ESCALATE:
        return bool(cues.LAST_STEP.search(text)) and not cues.SOMEBODY_INSIDE.search(text)
    if name == _DOCUMENTS:
        return bool(cues.ASKS_TO_SEND.search(text)) and not cues.SENDS.search(text)
    return False


def _is_faint(name: str, turn: ScoredTurn, text: str) -> bool:
    heard = turn.confidence.get(name, 1.0) if name in turn.names else 1.0
    return heard < _HEARD_TOO_EASILY and not cues.MOVES[name].search(text)


def _open_question(text: str) -> str:
    """The open question in a turn; a speech recogniser's text without marks is taken at its words."""
    has_marks = bool(re.search(r"[.?!]", text))
    for found in cues.OPEN_QUESTION.finditer(text):
        middle = found.start() + 1 + len(found.group().rstrip()) // 2
        asked = sentence_of(text, found.start() + 1, middle)
        if (asked.endswith("?") or not has_marks) and not cues.DEMAND.search(found.group()):
            return asked
    return ""


def _is_small_talk(turn: ScoredTurn) -> bool:
    return turn.confidence.get(Move.NEUTRAL.value, 0.0) >= SURE


def _is_taken_back(text: str) -> bool:
    taken = cues.TAKEN_BACK.search(text)
    if taken is None:
        return False
    rest = text[: taken.start()] + text[taken.end() :]
    return not any(cues.MOVES[name].search(rest) for name in ("acknowledge", "apologise"))


def _with_faults(
    acts: Mapping[str, str], turn: ScoredTurn, text: str, before: Before
) -> dict[str, str]:
    """Keep the faults that stand: by plain words, or by a sure label that nothing in the turn speaks against."""
    kept = {name: words for name, words in acts.items() if name not in _FAULTS}
    faults: dict[str, str] = {}
    for name in sorted(_FAULTS):
        pattern = fault_cues.FAULTS.get(name)
        found = pattern.search(text) if pattern else None
        said = sentence_of(text, *found.span()) if found else ""
        if said and not is_taken_away(name, said):
            faults[name] = said
        elif name in turn.names and _stands_as_fault(name, kept, turn, text, before):
            faults[name] = behind(turn, text, name)
    return {**kept, **faults}


def _stands_as_fault(
    name: str, kept: Mapping[str, str], turn: ScoredTurn, text: str, before: Before
) -> bool:
    """Whether a fault that only the recogniser heard is believed."""
    sure = turn.confidence.get(name, 1.0)
    if is_taken_away(name, text):
        return False
    if name == _DISCLOSE:
        return is_disclosure(text, sure, before, Move.GREET_IDENTIFY.value in kept)
    rivals = {x: turn.confidence.get(x, 1.0) for x in turn.names if x != name}
    if name == _THREATEN:
        menacing = bool(fault_cues.MENACE.search(text))
        lawful = max(
            (rivals[x] for x in rivals if x in _NO_THREAT or x not in _FAULTS | _ALSO_RUDE),
            default=0.0,
        )
        return lawful < sure and (sure >= _BEYOND_DOUBT or (menacing and sure >= _FAINT))
    good = {x for x in {*kept, *turn.names} - _FAULTS - _ALSO_RUDE if x != "asked"}
    if sure < SURE:
        return not good and sure >= _FAULT_ALONE
    kind_words = bool(_KIND & kept.keys()) or bool(NO_MONEY_ASKED.search(text))
    return max((rivals.get(x, 0.0) for x in good), default=0.0) < sure and (
        sure >= _IN_SPITE_OF_KINDNESS or not kind_words
    )


def is_taken_away(name: str, text: str) -> bool:
    """Whether the words of a fault are only named to be taken away: "nobody will send bailiffs"."""
    if name == _THREATEN:
        return bool(fault_cues.NOT_MEANT.search(text)) and not fault_cues.CONDITION.search(text)
    if name == Move.PRESSURE.value:
        return bool(fault_cues.WITHIN_MEANS.search(text))
    return name == Move.DISMISS.value and bool(MAY_NOT_TELL.search(text))


def is_disclosure(text: str, sure: float, before: Before, greets: bool) -> bool:
    """Whether a turn that sounds like a disclosure is one: told to another, of another, or to nobody checked."""
    tells = ABOUT_THE_DEBT.search(text) or SUM.search(text)
    if not tells and (MAY_NOT_TELL.search(text) or not fault_cues.NAMES_THE_MATTER.search(text)):
        return False
    if before.is_other or _speaks_of_somebody(text):
        return sure >= _FAINT
    is_opening = before.own_turns == 0 and not before.confirmed
    return is_opening and not greets and sure >= SURE


def _speaks_of_somebody(text: str) -> bool:
    """Whether one sentence holds both the debt and a person who is not spoken to."""
    return any(
        ABOUT_THE_DEBT.search(part) and fault_cues.ABOUT_SOMEBODY.search(part)
        for part in re.split(r"[.?!]", text)
    )
