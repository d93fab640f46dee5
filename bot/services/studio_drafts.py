"""Drafts of the studio: begun, saved by whoever comes first, checked, taken back to what they were, discarded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.core.errors import ConflictError, InvalidInputError, NotFoundError
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.services.ports import Viewer
from bot.services.studio_documents import checked_document, revision_document
from bot.services.studio_parts import StudioPart, people_of
from bot.services.studio_ports import DraftConflictError, DraftRecord
from bot.services.studio_rules import (
    check_editor,
    check_reader,
    kind_of,
    name_of,
    storable,
    title_of,
)

#: Saves of one person with smaller gaps are one stretch of editing, and one line in the audit trail.
STRETCH = timedelta(minutes=10)


class Drafts(StudioPart):
    """Use cases on drafts; one draft a document, shared by all who edit it."""

    def create(
        self,
        viewer: Viewer,
        kind: DocumentKind | str,
        slug: str,
        *,
        title: str = "",
        copy_of: str | None = None,
        text: str | None = None,
    ) -> dict[str, Any]:
        """Begin a document that is not there yet: blank, as a copy of another one, or from a text."""
        name = DocumentName(kind_of(kind), slug)
        check_editor(viewer, name.kind)
        if not name.kind.is_open:
            raise InvalidInputError(
                f"The {name.kind.value} documents are a fixed set. Open one of them.", field="kind"
            )
        if copy_of is not None and text is not None:
            raise InvalidInputError("Give a text or name what to copy, not both.", field="copy_of")
        if self._desk.text(name) is not None:
            raise ConflictError(f"There is a {name.kind.value} “{slug}” already.", field="slug")
        first = self._first_text(name, title_of(title), copy_of, text)
        draft_id = self._begin(viewer, name, first)
        self._record("draft_created", viewer, name, draft=draft_id, copy_of=copy_of)
        return self._document(draft_id, viewer)

    def open(self, viewer: Viewer, name: DocumentName | str) -> dict[str, Any]:
        """The draft of a document, made from its file when there is none; who may not edit it only reads."""
        check_reader(viewer)
        name = name_of(name)
        with self._unit_of_work() as work:
            draft = work.drafts.of(name)
        if draft is not None:
            return self._document(draft.id, viewer)
        text = self._desk.text(name)
        if text is None:
            raise NotFoundError(f"There is no {name.kind.value} “{name.slug}”.")
        check_editor(viewer, name.kind)
        try:
            draft_id = self._begin(viewer, name, storable(text))
        except ConflictError:
            return self.open(viewer, name)  # somebody else opened it at the same moment
        self._record("draft_created", viewer, name, draft=draft_id)
        return self._document(draft_id, viewer)

    def read(self, viewer: Viewer, draft_id: str) -> dict[str, Any]:
        """A draft as it is now, with what the checks say."""
        check_reader(viewer)
        return self._document(draft_id, viewer)

    def save(
        self,
        viewer: Viewer,
        draft_id: str,
        revision: int,
        *,
        text: str | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Keep what was typed, faults and all; DraftConflictError when somebody has saved after `revision`."""
        draft = self._of_editor(viewer, draft_id)
        if (text is None) == (data is None):
            raise InvalidInputError("Send either the text or the form's values.", field="text")
        if text is None:
            if draft.revision != revision:
                self._refuse(draft)
            text = self._desk.with_data(draft.name, draft.text, data or {})
        self._store(viewer, draft, revision, storable(text))
        return self._document(draft_id, viewer)

    def check(
        self,
        viewer: Viewer,
        name: DocumentName | str,
        text: str | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """What the checks say of a text, or of a form's values put into the draft; nothing is stored."""
        check_reader(viewer)
        name = name_of(name)
        if (text is None) == (data is None):
            raise InvalidInputError("Send either the text or the form's values.", field="text")
        if text is None:
            text = self._desk.with_data(name, self._present_text(name), data or {})
        text = storable(text)
        return checked_document(self._checked(name, text), text)

    def revisions(self, viewer: Viewer, draft_id: str) -> list[dict[str, Any]]:
        """The kept revisions, the newest first."""
        check_reader(viewer)
        with self._unit_of_work() as work:
            work.drafts.get(draft_id)
            people = people_of(work)
            return [revision_document(one, people) for one in work.drafts.revisions(draft_id)]

    def restore(
        self, viewer: Viewer, draft_id: str, revision: int, to_revision: int
    ) -> dict[str, Any]:
        """Make an earlier revision the newest one; those between are kept."""
        draft = self._of_editor(viewer, draft_id)
        with self._unit_of_work() as work:
            text = work.drafts.revision(draft_id, to_revision).text
        self._store(viewer, draft, revision, text, restored=to_revision)
        return self._document(draft_id, viewer)

    def discard(self, viewer: Viewer, draft_id: str, revision: int | None = None) -> None:
        """Take a draft away; with a revision only if nobody has saved since."""
        draft = self._of_editor(viewer, draft_id)
        with self._unit_of_work() as work:
            work.drafts.discard(draft_id, revision)
            work.commit()
        self._record("draft_discarded", viewer, draft.name, draft=draft_id, revision=draft.revision)

    def form(self, viewer: Viewer, kind: DocumentKind | str, slug: str = "") -> dict[str, Any]:
        """The sections and fields of a kind's form."""
        check_reader(viewer)
        kind = kind_of(kind)
        if slug:
            DocumentName(kind, slug)
        return self._desk.form(kind, slug)

    def _first_text(
        self, name: DocumentName, title: str, copy_of: str | None, text: str | None
    ) -> str:
        if text is not None:
            return storable(text)
        title = title or name.slug.replace("-", " ").replace("_", " ").capitalize()
        if copy_of is None:
            return storable(self._desk.blank(name, title))
        source = name_of(copy_of) if ":" in copy_of else DocumentName(name.kind, copy_of)
        if source.kind is not name.kind:
            raise InvalidInputError(
                f"A {name.kind.value} can only be copied from another one.", field="copy_of"
            )
        copied = self._desk.text(source)
        if copied is None:
            with self._unit_of_work() as work:
                draft = work.drafts.of(source)
            if draft is None:
                raise NotFoundError(f"There is no {source.kind.value} “{source.slug}” to copy.")
            copied = draft.text
        return storable(self._desk.copied(name, copied, title))

    def _begin(self, viewer: Viewer, name: DocumentName, text: str) -> str:
        with self._unit_of_work() as work:
            draft_id = work.drafts.add(self._new_draft(viewer, name, text))
            work.commit()
        return draft_id

    def _of_editor(self, viewer: Viewer, draft_id: str) -> DraftRecord:
        check_reader(viewer)
        with self._unit_of_work() as work:
            draft = work.drafts.get(draft_id)
        check_editor(viewer, draft.name.kind)
        return draft

    def _store(
        self, viewer: Viewer, before: DraftRecord, revision: int, text: str, **detail: Any
    ) -> None:
        now = self._clock.now()
        with self._unit_of_work() as work:
            saved = work.drafts.save(before.id, revision, text, viewer.user_id, now)
            work.commit()
        is_changed = saved.revision != before.revision
        if is_changed and (detail or begins_a_stretch(before, viewer, now)):
            self._record(
                "draft_saved",
                viewer,
                before.name,
                draft=before.id,
                revision=saved.revision,
                **detail,
            )

    def _refuse(self, draft: DraftRecord) -> None:
        with self._unit_of_work() as work:
            who = people_of(work).get(draft.edited_by, "Somebody else")
        raise DraftConflictError(
            f"{who} has saved this draft meanwhile (revision {draft.revision}). "
            "Nothing of yours is lost: compare the two, then save again.",
            draft,
            who,
        )

    def _present_text(self, name: DocumentName) -> str:
        with self._unit_of_work() as work:
            draft = work.drafts.of(name)
        if draft is not None:
            return draft.text
        return self._desk.text(name) or self._desk.blank(name, name.slug)


def begins_a_stretch(before: DraftRecord, viewer: Viewer, now: datetime) -> bool:
    """Whether a save is the first of a stretch of editing: by somebody else than before, or after a pause."""
    return before.edited_by != viewer.user_id or now - before.edited_at > STRETCH
