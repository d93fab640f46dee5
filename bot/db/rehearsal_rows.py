"""Turns rows of rehearsals into records."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bot.core.errors import NotFoundError
from bot.core.labels import Speaker
from bot.services.rehearsal_ports import RehearsalRecord, RehearsalTurnRecord


def unknown_rehearsal() -> NotFoundError:
    """What is said of a rehearsal that is not there, or is somebody else's."""
    return NotFoundError("There is no such rehearsal among yours.")


def rehearsal_record(row: Row[Any]) -> RehearsalRecord:
    """A rehearsal as the use cases see it."""
    return RehearsalRecord(
        id=row.id,
        user_id=row.user_id,
        scenario_id=row.scenario_id,
        scenario_version=row.scenario_version,
        level=row.level,
        mode=row.mode,
        seed=row.seed,
        status=row.status,
        branch=row.branch,
        branch_count=row.branch_count,
        started_at=row.started_at,
        touched_at=row.touched_at,
        assignment_id=row.assignment_id,
        shared=row.shared,
        finished_at=row.finished_at,
    )


def rehearsal_turn_record(row: Row[Any]) -> RehearsalTurnRecord:
    """A turn of a rehearsal as the use cases see it."""
    return RehearsalTurnRecord(
        id=row.id,
        rehearsal_id=row.rehearsal_id,
        branch=row.branch,
        index=row.turn_index,
        speaker=Speaker(row.speaker),
        text=row.text,
        said_at=row.said_at,
        segment_id=row.segment_id,
        document=row.document,
    )
