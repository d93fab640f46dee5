"""What the parts of the studio share: how a draft is loaded, checked and told of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.core.errors import ContentError
from bot.core.studio.kinds import DocumentName
from bot.services.ports import Audit, Clock, UnitOfWork, Viewer
from bot.services.studio_documents import draft_document
from bot.services.studio_ports import Checked, ContentDesk, DraftRecord
from bot.services.studio_rules import digest_of, may_edit


class StudioPart:
    """One part of the studio's use cases, over the ledger and the content files."""

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

    def _document(self, draft_id: str, viewer: Viewer) -> dict[str, Any]:
        """A draft as it is stored now, with what the checks say of it."""
        with self._unit_of_work() as work:
            draft = work.drafts.get(draft_id)
            people = people_of(work)
            versions = work.versions.of(draft.name)
            own = {digest_of(one.text) for one in work.drafts.revisions(draft_id)}
        file = self._desk.text(draft.name)
        begun_from = (one.number for one in versions if digest_of(one.text) == draft.base_digest)
        shipped = 0 if draft.base_digest and not versions else None
        now = digest_of(file)
        return draft_document(
            draft,
            self._checked(draft.name, draft.text),
            people=people,
            base_version=next(begun_from, shipped),
            is_new=file is None,
            # What was published from this very draft is no change by others.
            changed_elsewhere=now != draft.base_digest and now not in own,
            may_edit=may_edit(viewer, draft.name.kind),
        )

    def _checked(self, name: DocumentName, text: str) -> Checked:
        """What the checks say; a text that they refuse as a whole has that as its faults."""
        try:
            return self._desk.check(name, text)
        except ContentError as error:
            return Checked(None, error.faults)

    def _record(self, event: str, viewer: Viewer, name: DocumentName, **detail: Any) -> None:
        self._audit.record(event, user_id=viewer.user_id, subject=str(name), detail=detail or None)

    def _new_draft(self, viewer: Viewer, name: DocumentName, text: str) -> DraftRecord:
        """A draft that begins now, from the file as it is."""
        now = self._clock.now()
        return DraftRecord(
            id="",
            name=name,
            text=text,
            revision=1,
            created_by=viewer.user_id,
            created_at=now,
            edited_by=viewer.user_id,
            edited_at=now,
            base_digest=digest_of(self._desk.text(name)),
        )


def people_of(work: UnitOfWork) -> Mapping[str, str]:
    """Full names by id."""
    return {user.id: user.full_name for user in work.users.all()}
