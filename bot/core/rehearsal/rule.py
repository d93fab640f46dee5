"""What a rule of the rubric is: when it is met, how many points it moves, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.core.rehearsal.heard_call import HeardCall, HeardTurn


@dataclass(frozen=True)
class Hit:
    """One place where a rule is met: the turn's index (None: the call as a whole) and the words."""

    turn: int | None
    quote: str = ""


@dataclass(frozen=True)
class Rule:
    """One readable rule: `text` says what it looks at, `source` why it is right, `better` what to try instead.

    A rule counts once, or up to `at_most` times for what takes points; `applies` keeps it out of calls that do not
    call for it.
    """

    id: str
    skill: str
    points: int
    text: str
    source: str
    finds: Callable[[HeardCall], Iterable[Hit]]
    at_most: int = 1
    applies: Callable[[HeardCall], bool] = lambda call: True
    better: str = ""


def at(turn: HeardTurn | None, *acts: str) -> tuple[Hit, ...]:
    """A hit on this turn with the words behind the first of the acts; none without a turn."""
    return (Hit(turn.index, turn.quote(*acts)),) if turn else ()


def whole(is_so: bool, quote: str = "") -> tuple[Hit, ...]:
    """A hit on the call as a whole, if it is so."""
    return (Hit(None, quote),) if is_so else ()


def each(turns: Iterable[HeardTurn], *acts: str) -> tuple[Hit, ...]:
    """A hit on every turn that shows one of the acts."""
    return tuple(Hit(turn.index, turn.quote(*acts)) for turn in turns if turn.did(*acts))
