"""Tables of the calls: what was said, heard and advised, and what people thought of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables_base import At, Base, Id, Ref, Short, Word
from bot.db.types import Document


class CallTable(Base):
    """A call; `memory` is the coach's running sum, `turn_count` hands out the turns' numbers."""

    __tablename__ = "calls"

    id: Mapped[Id]
    client_id: Mapped[Ref] = mapped_column(ForeignKey("clients.id"), index=True)
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"), index=True)
    status: Mapped[Word]
    started_at: Mapped[At]
    closed_at: Mapped[At | None]
    turn_count: Mapped[int] = mapped_column(default=0)
    memory: Mapped[dict[str, Any]] = mapped_column(Document)
    summary: Mapped[dict[str, Any] | None] = mapped_column(Document)
    packet: Mapped[dict[str, Any] | None] = mapped_column(Document)


class TurnTable(Base):
    """One turn of a call; without reading and advice it waits for its answer."""

    __tablename__ = "turns"
    __table_args__ = (
        UniqueConstraint("call_id", "turn_index"),
        UniqueConstraint("call_id", "segment_id"),
    )

    id: Mapped[Id]
    call_id: Mapped[Ref] = mapped_column(ForeignKey("calls.id"))
    turn_index: Mapped[int]
    segment_id: Mapped[str | None] = mapped_column(String(200))
    speaker: Mapped[Word]
    text: Mapped[str] = mapped_column(Text)
    said_at: Mapped[At]
    reading: Mapped[dict[str, Any] | None] = mapped_column(Document)
    advice: Mapped[dict[str, Any] | None] = mapped_column(Document)


class TurnFeedbackTable(Base):
    """What a collector thought of an advice: used, not useful, or misheard with the right labels.

    `labels_key` is those labels in alphabetical order, so that the same set is found however it was said.
    """

    __tablename__ = "turn_feedback"

    id: Mapped[Id]
    turn_id: Mapped[Ref] = mapped_column(ForeignKey("turns.id"), index=True)
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[Word]
    line_id: Mapped[str | None] = mapped_column(String(80))
    labels: Mapped[list[Any] | None] = mapped_column(Document)
    labels_key: Mapped[str | None] = mapped_column(Text)
    given_at: Mapped[At]


class CorrectionReviewTable(Base):
    """What a trainer decided on a correction: a turn and the set of labels that it should have had."""

    __tablename__ = "correction_reviews"
    __table_args__ = (UniqueConstraint("turn_id", "labels_key"),)

    id: Mapped[Id]
    turn_id: Mapped[Ref] = mapped_column(ForeignKey("turns.id"))
    labels_key: Mapped[str] = mapped_column(Text)
    decision: Mapped[Word]
    reviewed_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    reviewed_at: Mapped[At]
    reason: Mapped[str | None] = mapped_column(Text)
    line: Mapped[dict[str, Any] | None] = mapped_column(Document)


class EscalationTable(Base):
    """A hand-over and its acknowledgement by the one who takes it."""

    __tablename__ = "escalations"

    id: Mapped[Id]
    client_id: Mapped[Ref] = mapped_column(ForeignKey("clients.id"), index=True)
    call_id: Mapped[str | None] = mapped_column(ForeignKey("calls.id"))
    state: Mapped[Word]
    packet: Mapped[dict[str, Any]] = mapped_column(Document)
    raised_by: Mapped[Short]
    raised_at: Mapped[At]
    acknowledged_by: Mapped[str | None] = mapped_column(String(80))
    acknowledged_at: Mapped[At | None]
