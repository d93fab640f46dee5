"""Turns rows of calls and turns into records."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bot.core.labels import Speaker
from bot.services.ports import CallRecord, TurnRecord


def call_record(row: Row[Any]) -> CallRecord:
    """A call as the use cases see it."""
    return CallRecord(
        id=row.id,
        account_id=row.client_id,
        user_id=row.user_id,
        status=row.status,
        started_at=row.started_at,
        closed_at=row.closed_at,
        memory=row.memory,
        summary=row.summary,
        packet=row.packet,
    )


def turn_record(row: Row[Any]) -> TurnRecord:
    """A turn as the use cases see it."""
    return TurnRecord(
        id=row.id,
        call_id=row.call_id,
        index=row.turn_index,
        speaker=Speaker(row.speaker),
        text=row.text,
        said_at=row.said_at,
        segment_id=row.segment_id,
        reading=row.reading,
        advice=row.advice,
    )
