"""Whether the trainee asks again what they have asked before, whatever the order of the words."""

from __future__ import annotations

import re

from bot.core.labels import Move
from bot.core.reading import Reading
from bot.core.rehearsal.state import ClientState

#: Questions that are remembered; older ones may be asked again.
_KEPT = 8
#: Shared words from which on two questions are the same one.
_SAME = 0.75

_ASKING = frozenset({Move.OPEN_QUESTION.value, Move.SEEK_COMMITMENT.value})
_WORD = re.compile(r"[a-z0-9']+")
#: Words that say nothing of what is asked.
_FILLERS = (
    "a|an|the|to|of|and|or|so|is|it|that|this|do|did|can|could|would|will|you|your|i|we|me|us|for|in|on|at|be|"
    "please|just|then|well|okay|ok|right|now|with"
)


def is_repeated(state: ClientState, reading: Reading) -> bool:
    """Whether the trainee asks what they have asked before."""
    words = set(_key(reading.text).split())
    return bool(words) and _asks(reading) and any(_same(words, q) for q in state.questions)


def with_question(state: ClientState, reading: Reading) -> tuple[str, ...]:
    """The questions asked so far with this turn's, if it asks one."""
    key = _key(reading.text)
    return (*state.questions, key)[-_KEPT:] if _asks(reading) and key else state.questions


def _asks(reading: Reading) -> bool:
    return not _ASKING.isdisjoint(reading.names)


def _key(text: str) -> str:
    words = _WORD.findall(text.casefold().replace("\u2019", "'"))
    return " ".join(sorted(set(words) - set(_FILLERS.split("|"))))


def _same(words: set[str], earlier: str) -> bool:
    other = set(earlier.split())
    return len(words & other) / len(words | other) > _SAME
