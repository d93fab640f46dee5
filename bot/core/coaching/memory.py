"""What the coach remembers of a call: folded turn by turn, so turn 400 costs what turn 5 costs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

#: How many client quotes and heat points are kept; older ones leave (the turns table keeps all words).
QUOTES_KEPT = 12
HEAT_KEPT = 60
#: Disputes and documents noted in one call; more than these are for the summary's free text.
NOTES_KEPT = 12


@dataclass(frozen=True)
class CallMemory:
    """The running sums of a call. Plain JSON-ready values only; `turns` counts turns of both speakers."""

    turns: int = 0
    client_turns: int = 0
    acknowledged: bool = False
    plan_asked: bool = False
    identified: bool = False
    heat_path: tuple[int, ...] = ()
    heat_3_turns: int = 0
    heard: dict[str, int] | None = None
    moves: dict[str, int] | None = None
    said_line_ids: tuple[str, ...] = ()
    avoid_shown: tuple[str, ...] = ()
    card: str | None = None
    card_priority: int = 0
    card_turn: int = 0
    protocol: str | None = None
    offered: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    escalation_state: str = "not_yet"
    quotes: tuple[str, ...] = ()
    corrections: int = 0
    last_correction_turn: int = -99
    card_heat: int = 0
    card_labels: tuple[str, ...] = ()
    answered: bool = False
    invoice: str | None = None
    named: dict[str, Any] | None = None
    promise: dict[str, Any] | None = None
    disputes: dict[str, str] | None = None
    documents: tuple[str, ...] = ()
    follow_up: str | None = None
    agreed: bool = False
    last_offer: str | None = None
    open_kinds: tuple[str, ...] = ()
    beyond_kinds: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    asked_us: str | None = None

    def count(self, label: str) -> int:
        """How many client turns carried the label so far."""
        return (self.heard or {}).get(label, 0)

    def did(self, move: str) -> int:
        """How many collector turns carried the move so far."""
        return (self.moves or {}).get(move, 0)

    def as_json(self) -> dict[str, Any]:
        """The memory as a JSON-ready document."""
        return {
            name: list(value) if isinstance(value := getattr(self, name), tuple) else value
            for name in _NAMES
        }

    @classmethod
    def from_json(cls, document: dict[str, Any] | None) -> CallMemory:
        """Rebuild a memory from `as_json`'s document; unknown keys of a newer version are left out."""
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in (document or {}).items()
            if key in _NAMES
        }
        return cls(**values)


_NAMES = tuple(f.name for f in fields(CallMemory))
