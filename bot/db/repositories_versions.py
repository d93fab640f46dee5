"""Published texts of documents, in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, select
from sqlalchemy.exc import IntegrityError

from bot.core.errors import ConflictError, NotFoundError
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.db import tables as t
from bot.db.types import storable_text
from bot.services.studio_ports import VersionRecord

_VERSION = t.studio_versions.c


class SqlVersionRepository:
    """Versions over one database connection; nothing is ever changed here."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, version: VersionRecord) -> int:
        """Store the next version of a document, or number 0 unless it is there; returns the number."""
        newest = self._newest_number(version.name)
        if version.number == 0 and self._has(version.name, 0):
            return 0
        number = 0 if version.number == 0 else (newest or 0) + 1
        try:
            self._connection.execute(
                insert(t.studio_versions).values(
                    kind=version.name.kind.value,
                    slug=version.name.slug,
                    number=number,
                    text=None if version.text is None else storable_text(version.text),
                    published_by=version.published_by,
                    published_at=version.published_at,
                    note=storable_text(version.note),
                    publication_id=version.publication_id,
                )
            )
        except IntegrityError as error:
            raise ConflictError("Another version was stored at the same moment.") from error
        return number

    def of(self, name: DocumentName) -> Sequence[VersionRecord]:
        """All versions of a document, the newest first."""
        rows = self._connection.execute(
            select(t.studio_versions).where(_is(name)).order_by(_VERSION.number.desc())
        )
        return [_record(row) for row in rows]

    def get(self, name: DocumentName, number: int) -> VersionRecord:
        """One version; NotFoundError."""
        row = self._connection.execute(
            select(t.studio_versions).where(_is(name), _VERSION.number == number)
        ).one_or_none()
        if row is None:
            raise NotFoundError(f"There is no version {number} of {name}.")
        return _record(row)

    def newest(self) -> Mapping[DocumentName, VersionRecord]:
        """The newest version of every document that has one."""
        last = (
            select(_VERSION.kind, _VERSION.slug, func.max(_VERSION.number).label("number"))
            .group_by(_VERSION.kind, _VERSION.slug)
            .subquery()
        )
        rows = self._connection.execute(
            select(t.studio_versions).join(
                last,
                and_(
                    last.c.kind == _VERSION.kind,
                    last.c.slug == _VERSION.slug,
                    last.c.number == _VERSION.number,
                ),
            )
        )
        return {version.name: version for version in map(_record, rows)}

    def _newest_number(self, name: DocumentName) -> int | None:
        return self._connection.execute(
            select(func.max(_VERSION.number)).where(_is(name))
        ).scalar_one()

    def _has(self, name: DocumentName, number: int) -> bool:
        found = select(_VERSION.number).where(_is(name), _VERSION.number == number)
        return self._connection.execute(found).one_or_none() is not None


def _is(name: DocumentName) -> Any:
    return and_(_VERSION.kind == name.kind.value, _VERSION.slug == name.slug)


def _record(row: Row[Any]) -> VersionRecord:
    return VersionRecord(
        name=DocumentName(DocumentKind(row.kind), row.slug),
        number=row.number,
        text=row.text,
        published_by=row.published_by,
        published_at=row.published_at,
        note=row.note,
        publication_id=row.publication_id,
    )
