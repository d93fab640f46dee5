"""Asks for publications and roll-backs, and tells what became of them; the worker does them one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.core.errors import (
    ConflictError,
    ContentError,
    InvalidInputError,
    NotFoundError,
)
from bot.services.ports import Audit, Clock, UnitOfWork, Viewer
from bot.services.publication_documents import (
    publication_document,
    waits_for_roll_back,
)
from bot.services.publication_words import CHANGED_SINCE
from bot.services.publish_wish import MAX_NOTE_CHARACTERS as MAX_NOTE_CHARACTERS
from bot.services.publish_wish import checked_note, checked_reason
from bot.services.studio_ports import (
    ContentDesk,
    DraftConflictError,
    DraftRecord,
    PublicationRecord,
    PublicationStatus,
    PublishedDocument,
    Stage,
)
from bot.services.studio_rules import check_editor, check_reader, may_edit

#: How many publications a list shows.
SHOWN = 50


class Publishing:
    """Use cases of editors on what goes into service."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        desk: ContentDesk,
        audit: Audit,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._desk = desk
        self._audit = audit
        self._clock = clock

    def request(
        self,
        viewer: Viewer,
        drafts: Sequence[tuple[str, int]],
        note: str,
        *,
        override_reason: str | None = None,
    ) -> dict[str, Any]:
        """Queue drafts at these revisions to be put in service together.

        ContentError lists their faults, DraftConflictError says that one was saved meanwhile, ConflictError that
        one is being published already.
        """
        words = checked_note(note)
        reason = checked_reason(viewer, override_reason)
        documents = self._documents(viewer, drafts)
        faults = self._desk.check_together({each.name: each.text for each in documents})
        if faults:
            raise ContentError(tuple(faults))
        record = PublicationRecord(
            id="",
            status=PublicationStatus.QUEUED,
            stage=Stage.QUEUED,
            progress=0,
            note=words,
            requested_by=viewer.user_id,
            requested_at=self._clock.now(),
            documents=documents,
            override_reason=reason,
        )
        with self._unit_of_work() as work:
            standing = work.publications.standing()
            if standing is not None and waits_for_roll_back(standing):
                raise ConflictError("A roll-back is under way; publish again in a moment.")
            publication_id = work.publications.add(record)
            work.commit()
        names = [str(each.name) for each in documents]
        self._record("publication_requested", publication_id, viewer, documents=names, note=words)
        return self.get(viewer, publication_id)

    def all(self, viewer: Viewer) -> list[dict[str, Any]]:
        """The publications, the newest first."""
        check_reader(viewer)
        with self._unit_of_work() as work:
            records = work.publications.all(SHOWN)
            standing = work.publications.standing()
            is_free = not work.publications.under_way()
            people = {user.id: user.full_name for user in work.users.all()}
        return [self._shown(each, viewer, people, standing, is_free) for each in records]

    def get(self, viewer: Viewer, publication_id: str) -> dict[str, Any]:
        """One publication; NotFoundError."""
        check_reader(viewer)
        with self._unit_of_work() as work:
            record = work.publications.get(publication_id)
            standing = work.publications.standing()
            is_free = not work.publications.under_way()
            people = {user.id: user.full_name for user in work.users.all()}
        return self._shown(record, viewer, people, standing, is_free)

    def cancel(self, viewer: Viewer, publication_id: str) -> dict[str, Any]:
        """Take back a publication that waits; ConflictError once it has begun."""
        check_reader(viewer)
        with self._unit_of_work() as work:
            record = work.publications.get(publication_id)
            _check_kinds(viewer, record)
            if record.status is not PublicationStatus.QUEUED:
                raise ConflictError("Only a publication that waits can be cancelled.")
            # The worker may have begun it since it was read.
            work.publications.update(
                replace(record, status=PublicationStatus.CANCELLED, finished_at=self._clock.now()),
                was=record.status,
            )
            work.commit()
        self._record("publication_cancelled", publication_id, viewer)
        return self.get(viewer, publication_id)

    def roll_back(self, viewer: Viewer, publication_id: str | None = None) -> dict[str, Any]:
        """Ask for the newest publication in service to be undone; only the newest can be."""
        check_reader(viewer)
        with self._unit_of_work() as work:
            record = _to_roll_back(
                work.publications.get(publication_id) if publication_id else None,
                work.publications.standing(),
                work.publications.under_way(),
            )
            _check_kinds(viewer, record)
            if not waits_for_roll_back(record):
                self._refuse_if_changed(record)
                # The worker finds it by this mark; asked for twice, it is done once.
                work.publications.update(
                    replace(record, rolled_back_by=viewer.user_id, error=None), was=record.status
                )
                work.commit()
        return self.get(viewer, record.id)

    def _documents(
        self, viewer: Viewer, drafts: Sequence[tuple[str, int]]
    ) -> tuple[PublishedDocument, ...]:
        if not drafts:
            raise InvalidInputError("Choose at least one draft to publish.", field="drafts")
        documents = []
        with self._unit_of_work() as work:
            for draft_id, revision in dict(drafts).items():
                draft = work.drafts.get(draft_id)
                check_editor(viewer, draft.name.kind)
                if draft.revision != revision:
                    raise _moved(draft)
                before = self._desk.text(draft.name)
                documents.append(
                    PublishedDocument(draft.name, draft.text, before, draft_id, revision)
                )
        if all(each.text == each.before for each in documents):
            raise InvalidInputError(
                "There is nothing to publish: the text is as it is in service.", field="drafts"
            )
        return tuple(documents)

    def _refuse_if_changed(self, record: PublicationRecord) -> None:
        for each in record.documents:
            if self._desk.text(each.name) not in (each.text, each.before):
                raise ConflictError(CHANGED_SINCE.format(path=each.name.path))

    def _shown(
        self,
        record: PublicationRecord,
        viewer: Viewer,
        people: dict[str, str],
        standing: PublicationRecord | None,
        is_free: bool,
    ) -> dict[str, Any]:
        is_newest = standing is not None and standing.id == record.id
        may = is_newest and is_free and not waits_for_roll_back(record)
        may = may and all(may_edit(viewer, each.name.kind) for each in record.documents)
        return publication_document(record, viewer, people, self._clock.now(), may_roll_back=may)

    def _record(self, event: str, publication_id: str, viewer: Viewer, **detail: Any) -> None:
        self._audit.record(event, user_id=viewer.user_id, subject=publication_id, detail=detail)


def _to_roll_back(
    asked: PublicationRecord | None, standing: PublicationRecord | None, is_under_way: bool
) -> PublicationRecord:
    if asked is not None and asked.status is not PublicationStatus.IN_SERVICE:
        raise ConflictError("Only a publication that is in service can be rolled back.")
    if standing is None:
        raise NotFoundError("Nothing that was published is in service, so nothing can be undone.")
    if asked is not None and asked.id != standing.id:
        raise ConflictError(
            f"Later publications rest on this one. Roll back “{standing.note}” first, the newest in service."
        )
    if is_under_way:
        raise ConflictError("Something is being published at the moment; roll back after that.")
    return standing


def _moved(draft: DraftRecord) -> DraftConflictError:
    return DraftConflictError(
        "This draft was saved again after you opened it. Look at it once more, then publish.", draft
    )


def _check_kinds(viewer: Viewer, record: PublicationRecord) -> None:
    for each in record.documents:
        check_editor(viewer, each.name.kind)
