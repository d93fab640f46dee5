"""What a client turn says, from its labels and its words: objections, answers, relief, and an end to the call."""

from __future__ import annotations

import re

from bot.core.labels import PROTECTED, Objection, Signal
from bot.core.language.safety_words import danger_words
from bot.core.rehearsal import client_cues as cues
from bot.core.rehearsal.collector_acts import SURE, behind
from bot.core.rehearsal.cues import names_sum_or_day, sentence_of
from bot.core.rehearsal.scorecard import ScoredTurn

_PROTECTING = frozenset({label.value for label in PROTECTED} | {Objection.INSOLVENCY.value})
_OBJECTIONS = frozenset(label.value for label in Objection)
_ACCEPT, _DECLINE = Signal.ACCEPT_OFFER.value, Signal.DECLINE_OFFER.value
#: A protected label counts with its words beside it from here, and alone from there.
_WITH_WORDS, _ALONE = 0.45, 0.98
#: An answer longer than this says more than yes.
_SHORT_ANSWER = 25
_TAKEN_BACK = re.compile(r"\b(?:but|not|no|never|can'?t|won'?t|don'?t|whatever)\b", re.I)


def acts_of_client(turn: ScoredTurn, text: str, was_asked: bool) -> dict[str, str]:
    """The labels of a client turn with their quotes, and whether they are eased, unheard or gone.

    `was_asked`: the collector proposed or asked just before, so that a bare yes or no is an answer.
    """
    acts = {
        name: behind(turn, text, name)
        for name in turn.names
        if name not in cues.WITNESSES or _is_witnessed(name, turn, text)
    }
    for name, pattern in cues.SIGNALS.items():
        found = pattern.search(text)
        if found and name not in acts and _stands(name, turn, text, was_asked):
            acts[name] = sentence_of(text, *found.span())
    if _ACCEPT in acts and _DECLINE in acts:
        del acts[min((_ACCEPT, _DECLINE), key=lambda name: turn.confidence.get(name, 0.0))]
    danger = danger_words(text)
    if danger:
        acts.setdefault(Objection.VULNERABILITY.value, danger)
    return acts


def _is_witnessed(name: str, turn: ScoredTurn, text: str) -> bool:
    """Whether a label that changes the whole call has a second witness: plain words, or no rival and no doubt."""
    if name not in turn.confidence:
        return True  # an authored label, which nobody had to hear
    sure = turn.confidence[name]
    if sure >= _WITH_WORDS and cues.WITNESSES[name].search(text):
        return True
    others = [
        turn.confidence.get(other, 1.0)
        for other in turn.names
        if other in _OBJECTIONS and other != name
    ]
    return name in _PROTECTING and sure >= _ALONE and max(others, default=0.0) < SURE


def _stands(name: str, turn: ScoredTurn, text: str, was_asked: bool) -> bool:
    """Whether the words for a signal are enough by themselves, in this place."""
    if name == _ACCEPT:
        return was_asked and _is_a_yes(text, turn.heat or 0)
    if name == _DECLINE:
        return was_asked
    if name == Signal.PROMISE_TO_PAY.value:
        return names_sum_or_day(turn, text) and not _OBJECTIONS & {*turn.names} - {"stalling"}
    return name != "eased" or not cues.SARCASM.search(text)


def _is_a_yes(text: str, heat: int) -> bool:
    """Whether a short answer agrees and nothing in it takes that back."""
    return (
        heat <= 1
        and "?" not in text
        and len(text.split()) <= _SHORT_ANSWER
        and not _TAKEN_BACK.search(text)
    )
