"""Publications as programs and pages read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.coaching.advice import Role
from bot.core.studio.glance import glance
from bot.services.ports import Viewer
from bot.services.publication_words import DOING, WAITS_FOR_ROLL_BACK
from bot.services.studio_ports import PublicationRecord, PublicationStatus, PublishedDocument


def publication_document(
    record: PublicationRecord,
    viewer: Viewer,
    people: Mapping[str, str],
    now: datetime,
    *,
    may_roll_back: bool,
) -> dict[str, Any]:
    """One publication; `people` are full names by user id."""
    report = dict(record.report or {})
    doing = report.pop("doing", None)
    report.pop("kept", None)  # the roll-back's business
    return {
        "id": record.id,
        "status": record.status.value,
        "stage": record.stage.value,
        "progress": record.progress,
        "words": _words(record, doing),
        "note": record.note,
        "requested_by": people.get(record.requested_by, record.requested_by),
        "requested_at": record.requested_at.isoformat(),
        "started_at": _instant(record.started_at),
        "heartbeat_at": _instant(record.heartbeat_at),
        "finished_at": _instant(record.finished_at),
        "documents": [_document(each) for each in record.documents],
        "model_before": record.model_before,
        "model_after": record.model_after,
        "report": report or None,
        "faults": list(record.faults),
        "error": record.error,
        "override_reason": record.override_reason,
        "rolled_back_by": people.get(record.rolled_back_by or "", record.rolled_back_by),
        "rolled_back_at": _instant(record.rolled_back_at),
        "may_roll_back": may_roll_back,
        "may_override": may_override(record, viewer),
        "seconds": round(((record.finished_at or now) - record.requested_at).total_seconds(), 1),
    }


def may_override(record: PublicationRecord, viewer: Viewer) -> bool:
    """Whether this person may ask again with a reason: an admin, when only the comparison stood against it."""
    is_worse = bool((record.report or {}).get("refusals"))
    return record.status is PublicationStatus.REFUSED and is_worse and viewer.role is Role.ADMIN


def waits_for_roll_back(record: PublicationRecord) -> bool:
    """Whether somebody has asked for it to be rolled back, and nobody has done so yet."""
    return record.status is PublicationStatus.IN_SERVICE and record.rolled_back_by is not None


def _document(document: PublishedDocument) -> dict[str, Any]:
    return {
        "name": str(document.name),
        "kind": document.name.kind.value,
        "slug": document.name.slug,
        "title": glance(document.name, document.text).title,
        "is_new": document.before is None,
        "draft_id": document.draft_id,
        "revision": document.revision,
    }


def _words(record: PublicationRecord, doing: str | None) -> str:
    if waits_for_roll_back(record):
        return WAITS_FOR_ROLL_BACK
    if record.status is PublicationStatus.RUNNING and doing:
        return doing
    if record.status in (PublicationStatus.QUEUED, PublicationStatus.RUNNING):
        return DOING[record.stage]
    return record.error or ENDED[record.status]


ENDED = {
    PublicationStatus.IN_SERVICE: "In service.",
    PublicationStatus.REFUSED: "Refused.",
    PublicationStatus.FAILED: "It did not go through; everything is as it was before.",
    PublicationStatus.CANCELLED: "Cancelled before it began.",
    PublicationStatus.ROLLED_BACK: "Rolled back.",
}


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
