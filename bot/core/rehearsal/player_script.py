"""The lines of a scripted collector: what each does in a call, and when it fits."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from bot.core.coaching.playbook import ALL_HEATS, placeholders_in

#: What a player's line may leave open; a line whose fact is missing is never chosen.
PLAYER_PLACEHOLDERS = frozenset(
    {
        "contact",
        "collector",
        "company",
        "invoice",
        "amount",
        "overdue",
        "due_date",
        "fee",
        "offer",
        "counter",
        "promise",
    }
)


class Step(StrEnum):
    """What a player's line is for, in the order in which a good call goes."""

    GREET = "greet"
    HEAR = "hear"
    ASK = "ask"
    SUM_UP = "sum_up"
    TAKE_UP = "take_up"
    PROPOSE = "propose"
    AGREE = "agree"
    COMMIT = "commit"
    RECAP = "recap"
    HOLD = "hold"
    PROTECT = "protect"
    CLOSE = "close"
    FAULT = "fault"


@dataclass(frozen=True)
class PlayerLine:
    """One line of a collector: the step it is for, the move it is meant as, and where it fits.

    `objections` are the scenarios' opening labels that it fits (empty: any).
    """

    id: str
    text: str
    step: Step
    move: str
    heat: frozenset[int] = ALL_HEATS
    objections: tuple[str, ...] = ()
    placeholders: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "placeholders", placeholders_in(self.text))


@dataclass(frozen=True)
class Player:
    """A scripted collector: `good`, `middling` or `poor`."""

    id: str
    lines: tuple[PlayerLine, ...]

    @cached_property
    def _by_step(self) -> dict[Step, tuple[PlayerLine, ...]]:
        return {step: tuple(x for x in self.lines if x.step is step) for step in Step}

    def of_step(self, step: Step) -> tuple[PlayerLine, ...]:
        """The lines of one step, in the order in which they were written."""
        return self._by_step[step]
