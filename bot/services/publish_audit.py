"""Writes what became of a publication into the audit trail, in the transaction that makes it so."""

from __future__ import annotations

from typing import Any

from bot.services.ports import UnitOfWork
from bot.services.studio_ports import PublicationRecord


def record_event(
    work: UnitOfWork, event: str, record: PublicationRecord, by: str | None, **detail: Any
) -> None:
    """Add an event of a publication, with its documents, under the name of who asked for it."""
    names = [str(each.name) for each in record.documents]
    work.audit.record(event, user_id=by, subject=record.id, detail={"documents": names, **detail})
