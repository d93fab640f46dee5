"""Drafts of the studio and their revisions, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.core.errors import ConflictError, NotFoundError
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.db import tables as t
from bot.db.types import new_id, storable_text
from bot.services.studio_ports import DraftConflictError, DraftRecord, RevisionRecord

_DRAFT, _REVISION = t.studio_drafts.c, t.studio_revisions.c

#: How many revisions of a draft are kept.
KEPT_REVISIONS = 50


class SqlDraftRepository:
    """Drafts over one database connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, draft: DraftRecord) -> str:
        """Store a draft at revision 1; ConflictError when the document has one already."""
        draft_id = new_id("drf")
        text = storable_text(draft.text)
        try:
            self._connection.execute(
                insert(t.studio_drafts).values(
                    id=draft_id,
                    kind=draft.name.kind.value,
                    slug=draft.name.slug,
                    text=text,
                    revision=1,
                    created_by=draft.created_by,
                    created_at=draft.created_at,
                    edited_by=draft.edited_by,
                    edited_at=draft.edited_at,
                    base_digest=draft.base_digest,
                )
            )
        except IntegrityError as error:
            raise _has_one(draft.name) from error
        self._keep(draft_id, 1, text, draft.edited_by, draft.edited_at)
        return draft_id

    def get(self, draft_id: str) -> DraftRecord:
        """One draft; NotFoundError."""
        row = self._connection.execute(
            select(t.studio_drafts).where(_DRAFT.id == draft_id)
        ).one_or_none()
        if row is None:
            raise NotFoundError("There is no such draft. It may have been published or discarded.")
        return _record(row)

    def of(self, name: DocumentName) -> DraftRecord | None:
        """The draft of a document, if there is one."""
        row = self._connection.execute(
            select(t.studio_drafts).where(_DRAFT.kind == name.kind.value, _DRAFT.slug == name.slug)
        ).one_or_none()
        return None if row is None else _record(row)

    def all(self) -> Sequence[DraftRecord]:
        """Every draft, the last edited first."""
        rows = self._connection.execute(
            select(t.studio_drafts).order_by(_DRAFT.edited_at.desc(), _DRAFT.id)
        )
        return [_record(row) for row in rows]

    def save(self, draft_id: str, revision: int, text: str, by: str, at: datetime) -> DraftRecord:
        """Store a text over `revision`; a text that is there already changes nothing."""
        text = storable_text(text)
        current = self.get(draft_id)
        if current.text == text:
            return current
        # Compare and set in one statement: of two who save at once, the second finds another number.
        row = self._connection.execute(
            update(t.studio_drafts)
            .where(_DRAFT.id == draft_id, _DRAFT.revision == revision)
            .values(text=text, revision=revision + 1, edited_by=by, edited_at=at)
            .returning(t.studio_drafts)
        ).one_or_none()
        if row is None:
            raise self._conflict(draft_id)
        self._keep(draft_id, revision + 1, text, by, at)
        self._connection.execute(
            delete(t.studio_revisions).where(
                _REVISION.draft_id == draft_id, _REVISION.revision <= revision + 1 - KEPT_REVISIONS
            )
        )
        return _record(row)

    def rename(self, draft_id: str, name: DocumentName) -> None:
        """Give a draft of a new document another slug; ConflictError when that has a draft."""
        try:
            renamed = self._connection.execute(
                update(t.studio_drafts)
                .where(_DRAFT.id == draft_id)
                .values(kind=name.kind.value, slug=name.slug)
            )
        except IntegrityError as error:
            raise _has_one(name) from error
        if not renamed.rowcount:
            self.get(draft_id)

    def revisions(self, draft_id: str) -> Sequence[RevisionRecord]:
        """The kept revisions, the newest first."""
        rows = self._connection.execute(
            select(t.studio_revisions)
            .where(_REVISION.draft_id == draft_id)
            .order_by(_REVISION.revision.desc())
        )
        return [RevisionRecord(*row) for row in rows]

    def revision(self, draft_id: str, revision: int) -> RevisionRecord:
        """One kept revision; NotFoundError."""
        row = self._connection.execute(
            select(t.studio_revisions).where(
                _REVISION.draft_id == draft_id, _REVISION.revision == revision
            )
        ).one_or_none()
        if row is None:
            raise NotFoundError(f"Revision {revision} of this draft is not kept.")
        return RevisionRecord(*row)

    def discard(self, draft_id: str, revision: int | None = None) -> None:
        """Take a draft and its revisions away; DraftConflictError when it is no longer at `revision`."""
        # A write that changes nothing takes the lock, so that nobody saves between the look and the removal.
        locked = self._connection.execute(
            update(t.studio_drafts)
            .where(_DRAFT.id == draft_id)
            .values(revision=_DRAFT.revision)
            .returning(_DRAFT.revision)
        ).scalar_one_or_none()
        if locked is None:
            self.get(draft_id)
        if revision is not None and locked != revision:
            raise self._conflict(draft_id)
        self._connection.execute(delete(t.studio_revisions).where(_REVISION.draft_id == draft_id))
        self._connection.execute(delete(t.studio_drafts).where(_DRAFT.id == draft_id))

    def _keep(self, draft_id: str, revision: int, text: str, by: str, at: datetime) -> None:
        self._connection.execute(
            insert(t.studio_revisions).values(
                draft_id=draft_id, revision=revision, text=text, edited_by=by, edited_at=at
            )
        )

    def _conflict(self, draft_id: str) -> DraftConflictError:
        current = self.get(draft_id)
        name = self._connection.execute(
            select(t.users.c.full_name).where(t.users.c.id == current.edited_by)
        ).scalar_one_or_none()
        who = name or "Somebody else"
        return DraftConflictError(
            f"{who} has saved this draft meanwhile (revision {current.revision}). "
            "Nothing of yours is lost: compare the two, then save again.",
            current,
            who,
        )


def _has_one(name: DocumentName) -> ConflictError:
    return ConflictError(f"There is a draft of {name} already. Open that one.", field="slug")


def _record(row: Row[Any]) -> DraftRecord:
    return DraftRecord(
        id=row.id,
        name=DocumentName(DocumentKind(row.kind), row.slug),
        text=row.text,
        revision=row.revision,
        created_by=row.created_by,
        created_at=row.created_at,
        edited_by=row.edited_by,
        edited_at=row.edited_at,
        base_digest=row.base_digest,
    )
