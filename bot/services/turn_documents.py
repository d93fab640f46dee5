"""Writes turns as the interface publishes them."""

from __future__ import annotations

from typing import Any

from bot.services.ports import TurnRecord


def turn_document(turn: TurnRecord) -> dict[str, Any]:
    """A turn as the interface publishes it."""
    return {
        "turn_id": turn.id,
        "index": turn.index,
        "speaker": turn.speaker.value,
        "text": turn.text,
        "said_at": turn.said_at.isoformat(),
        "segment_id": turn.segment_id,
        "reading": turn.reading,
        "advice": turn.advice,
    }


def turn_answer(turn: TurnRecord) -> dict[str, Any]:
    """The answer to a turn that was stored and heard."""
    return {"turn_id": turn.id, "reading": turn.reading, "advice": turn.advice}


def standing_advice(turns: Any) -> dict[str, Any] | None:
    """The advice that stands on the panel: the last that was not silent."""
    shown = (turn.advice for turn in reversed(turns) if turn.advice and not turn.advice["silent"])
    return next(shown, None)
