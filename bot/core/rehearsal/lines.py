"""A line that a simulated client may say, and the facts that it can leave open."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.core.coaching.playbook import ALL_HEATS, placeholders_in

#: What a client's line may leave open; a line whose fact is missing is never chosen.
CLIENT_PLACEHOLDERS = frozenset(
    {
        "collector",
        "company",
        "invoice",
        "amount",
        "overdue",
        "due_date",
        "offer",
        "counter",
        "promise",
        "undertaking",
    }
)


@dataclass(frozen=True)
class ClientLine:
    """One authored line with the heat bands that it fits; its id is said at most once in a call."""

    id: str
    text: str
    heat: frozenset[int] = ALL_HEATS
    placeholders: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "placeholders", placeholders_in(self.text))
