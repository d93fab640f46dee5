"""Publications of the studio, in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.core.errors import ConflictError, NotFoundError
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.db import tables as t
from bot.db.types import new_id, storable_text
from bot.services.studio_ports import (
    PublicationRecord,
    PublicationStatus,
    PublishedDocument,
    Stage,
)

_PUBLICATION = t.studio_publications.c
_DOCUMENT = t.studio_publication_documents.c

_UNDER_WAY = (PublicationStatus.QUEUED, PublicationStatus.RUNNING)

#: The value of `slot` in the one publication that runs.
_SLOT = "running"


class SqlPublicationRepository:
    """Publications over one database connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, publication: PublicationRecord) -> str:
        """Store a wish; ConflictError while one of its documents is queued or running."""
        publication_id = new_id("pub")
        is_under_way = publication.status in _UNDER_WAY
        self._connection.execute(
            insert(t.studio_publications).values(
                id=publication_id,
                requested_by=publication.requested_by,
                requested_at=publication.requested_at,
                **_changing(publication),
            )
        )
        for position, document in enumerate(publication.documents):
            try:
                self._connection.execute(
                    insert(t.studio_publication_documents).values(
                        publication_id=publication_id,
                        position=position,
                        kind=document.name.kind.value,
                        slug=document.name.slug,
                        text=storable_text(document.text),
                        before=None if document.before is None else storable_text(document.before),
                        draft_id=document.draft_id,
                        revision=document.revision,
                        held=str(document.name) if is_under_way else None,
                    )
                )
            except IntegrityError as error:
                raise ConflictError(
                    f"A publication of {document.name} is under way already. Wait until it has ended."
                ) from error
        return publication_id

    def get(self, publication_id: str) -> PublicationRecord:
        """One publication; NotFoundError."""
        found = self._records(_PUBLICATION.id == publication_id)
        if not found:
            raise NotFoundError("There is no such publication.")
        return found[0]

    def all(self, limit: int = 50) -> Sequence[PublicationRecord]:
        """The newest first."""
        return self._records(None, limit)

    def claim(self, at: datetime) -> PublicationRecord | None:
        """Take the oldest queued one and mark it running; None when there is none or another is running."""
        oldest = (
            select(_PUBLICATION.id)
            .where(_PUBLICATION.status == PublicationStatus.QUEUED.value)
            .order_by(_PUBLICATION.requested_at, _PUBLICATION.id)
            .limit(1)
            .scalar_subquery()
        )
        another = t.studio_publications.alias()
        try:
            # One statement, and `slot` is unique: of two workers at once the second gets nothing.
            claimed = self._connection.execute(
                update(t.studio_publications)
                .where(
                    _PUBLICATION.id == oldest,
                    _PUBLICATION.status == PublicationStatus.QUEUED.value,
                    ~exists().where(another.c.slot == _SLOT),
                )
                .values(
                    status=PublicationStatus.RUNNING.value,
                    slot=_SLOT,
                    started_at=at,
                    heartbeat_at=at,
                )
                .returning(_PUBLICATION.id)
            ).scalar_one_or_none()
        except IntegrityError:
            return None
        return None if claimed is None else self.get(claimed)

    def running(self) -> PublicationRecord | None:
        """The one that runs, if any."""
        found = self._records(_PUBLICATION.status == PublicationStatus.RUNNING.value, 1)
        return found[0] if found else None

    def standing(self) -> PublicationRecord | None:
        """Of those in service, the one that was put there last."""
        newest = (
            select(_PUBLICATION.id)
            .where(_PUBLICATION.status == PublicationStatus.IN_SERVICE.value)
            .order_by(_PUBLICATION.finished_at.desc(), _PUBLICATION.requested_at.desc())
            .limit(1)
            .scalar_subquery()
        )
        found = self._records(_PUBLICATION.id == newest, 1)
        return found[0] if found else None

    def under_way(self) -> bool:
        """Whether one is queued or running; cheap, as pages ask every second how far one is."""
        status = [one.value for one in _UNDER_WAY]
        found = select(_PUBLICATION.id).where(_PUBLICATION.status.in_(status)).limit(1)
        return self._connection.execute(found).first() is not None

    def waiting(self) -> bool:
        """Whether one is queued, or one in service is to be rolled back; cheap, as it is asked twice a second."""
        in_service = _PUBLICATION.status == PublicationStatus.IN_SERVICE.value
        waits = select(_PUBLICATION.id).where(
            or_(
                _PUBLICATION.status == PublicationStatus.QUEUED.value,
                and_(in_service, _PUBLICATION.rolled_back_by.is_not(None)),
            )
        )
        return self._connection.execute(waits.limit(1)).first() is not None

    def update(
        self, publication: PublicationRecord, *, was: PublicationStatus | None = None
    ) -> None:
        """Store everything but the documents; ConflictError when the stored status is not `was`."""
        which = update(t.studio_publications).where(_PUBLICATION.id == publication.id)
        if was is not None:
            which = which.where(_PUBLICATION.status == was.value)
        try:
            changed = self._connection.execute(which.values(**_changing(publication)))
        except IntegrityError as error:
            raise ConflictError("Another publication is running.") from error
        if not changed.rowcount:
            now = self.get(publication.id).status
            raise ConflictError(f"The publication is {now.value.replace('_', ' ')} by now.")
        if publication.status not in _UNDER_WAY:
            self._connection.execute(
                update(t.studio_publication_documents)
                .where(_DOCUMENT.publication_id == publication.id)
                .values(held=None)
            )

    def _records(self, condition: Any, limit: int | None = None) -> Sequence[PublicationRecord]:
        query = select(t.studio_publications).order_by(
            _PUBLICATION.requested_at.desc(), _PUBLICATION.id.desc()
        )
        if condition is not None:
            query = query.where(condition)
        rows = self._connection.execute(query.limit(limit)).all()
        documents = self._documents([row.id for row in rows])
        return [_record(row, documents.get(row.id, ())) for row in rows]

    def _documents(self, ids: Iterable[str]) -> dict[str, list[PublishedDocument]]:
        rows = self._connection.execute(
            select(t.studio_publication_documents)
            .where(_DOCUMENT.publication_id.in_(list(ids)))
            .order_by(_DOCUMENT.publication_id, _DOCUMENT.position)
        )
        found: dict[str, list[PublishedDocument]] = {}
        for row in rows:
            name = DocumentName(DocumentKind(row.kind), row.slug)
            document = PublishedDocument(name, row.text, row.before, row.draft_id, row.revision)
            found.setdefault(row.publication_id, []).append(document)
        return found


#: What `update` stores as it is.
_PLAIN = (
    "progress",
    "started_at",
    "heartbeat_at",
    "finished_at",
    "model_before",
    "model_after",
    "report",
    "rolled_back_by",
    "rolled_back_at",
)
_TEXTS = ("note", "error", "override_reason")


def _changing(publication: PublicationRecord) -> dict[str, Any]:
    texts = {name: getattr(publication, name) for name in _TEXTS}
    return {
        **{name: getattr(publication, name) for name in _PLAIN},
        **{name: None if text is None else storable_text(text) for name, text in texts.items()},
        "status": publication.status.value,
        "stage": publication.stage.value,
        "faults": list(publication.faults),
        "slot": _SLOT if publication.status is PublicationStatus.RUNNING else None,
    }


def _record(row: Row[Any], documents: Iterable[PublishedDocument]) -> PublicationRecord:
    return PublicationRecord(
        id=row.id,
        status=PublicationStatus(row.status),
        stage=Stage(row.stage),
        note=row.note,
        requested_by=row.requested_by,
        requested_at=row.requested_at,
        documents=tuple(documents),
        **{name: getattr(row, name) for name in (*_PLAIN, "error", "override_reason")},
        faults=tuple(row.faults),
    )
