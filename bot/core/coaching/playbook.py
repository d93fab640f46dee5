"""What a playbook file means: for one label, the lines to say, ask and avoid, and the options that fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.coaching.advice import OptionKind

#: What a line may leave open, to be filled from the account.
PLACEHOLDERS = frozenset(
    {
        "client",
        "contact",
        "invoice",
        "amount",
        "due_date",
        "days",
        "overdue",
        "count",
        "fee",
        "fee_invoice",
        "undisputed",
        "disputed",
        "last_payment",
        "last_payment_date",
        "promise_amount",
        "promise_date",
        "terms_days",
        "po",
        "today_plus_3",
    }
)

#: Placeholders that make a line personal but not concrete.
_NOT_CONCRETE = frozenset({"client", "contact"})

ALL_HEATS = frozenset({0, 1, 2, 3})

_OPEN_PLACE = re.compile(r"\{([a-z0-9_]+)\}")


class Stance(StrEnum):
    """What a line does in the talk, in the order in which a good call does it."""

    ACKNOWLEDGE = "acknowledge"
    PROBE = "probe"
    PROPOSE = "propose"


STANCES = tuple(Stance)


def placeholders_in(text: str) -> frozenset[str]:
    """The names in braces that a text leaves open."""
    return frozenset(_OPEN_PLACE.findall(text))


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Put the facts in place; one that opens a sentence gets its capital."""

    def value(match: re.Match[str]) -> str:
        word = facts[match.group(1)]
        before = text[: match.start()].rstrip("“\"'( ")
        opens = not before or before[-1] in ".?!"
        return word[:1].upper() + word[1:] if opens else word

    return _OPEN_PLACE.sub(value, text)


@dataclass(frozen=True)
class Line:
    """One line of a play; `stance` is None for what is asked or avoided."""

    id: str
    text: str
    stance: Stance | None = None
    heat: frozenset[int] = ALL_HEATS
    placeholders: frozenset[str] = field(init=False)
    concrete: int = field(init=False)

    def __post_init__(self) -> None:
        found = placeholders_in(self.text)
        object.__setattr__(self, "placeholders", found)
        object.__setattr__(self, "concrete", len(found - _NOT_CONCRETE))


@dataclass(frozen=True)
class Play:
    """Everything the playbook says on one label."""

    label: str
    priority: int
    cooldown_turns: int
    options: tuple[OptionKind, ...] = ()
    do_not_trigger: tuple[str, ...] = ()
    say: tuple[Line, ...] = ()
    ask: tuple[Line, ...] = ()
    avoid: tuple[Line, ...] = ()
    vetoes: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "vetoes", tuple(_plain(p) for p in self.do_not_trigger))

    def is_vetoed_by(self, text: str) -> bool:
        """Whether the turn has a phrase that must not bring this card up."""
        if not self.vetoes:
            return False
        plain = f" {_plain(text)} "
        return any(f" {phrase} " in plain for phrase in self.vetoes)


@dataclass(frozen=True)
class Playbook:
    """The plays by label."""

    plays: Mapping[str, Play]

    @classmethod
    def of(cls, plays: Iterable[Play]) -> Playbook:
        """Make a playbook of plays."""
        return cls({play.label: play for play in plays})

    def play(self, label: str) -> Play | None:
        """The play of a label, if it has one."""
        return self.plays.get(label)


def _plain(text: str) -> str:
    words = re.sub(r"[^\w\s]", "", text.replace("\u2019", "'").casefold())
    return " ".join(words.split())
