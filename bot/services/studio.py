"""The studio: every document of the house with its state, drafts, versions, export and import."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from bot.core.errors import ContentError
from bot.core.studio.glance import glance
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.services.ports import Audit, Clock, UnitOfWork, Viewer
from bot.services.studio_documents import named
from bot.services.studio_drafts import Drafts
from bot.services.studio_exchange import Exchange
from bot.services.studio_parts import people_of
from bot.services.studio_ports import Checked, ContentDesk, DraftRecord, VersionRecord
from bot.services.studio_rules import check_reader, digest_of, kind_of, may_edit
from bot.services.studio_versions import Versions

#: So many drafts are known by their count of faults; a check of a text that has not changed is not worth its time.
KNOWN_COUNTS = 500


class Studio(Drafts, Versions, Exchange):
    """Use cases of trainers and administrators on the words of the house."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        desk: ContentDesk,
        audit: Audit,
        clock: Clock,
    ) -> None:
        super().__init__(unit_of_work, desk, audit, clock)
        self._counts: OrderedDict[tuple[DocumentName, str | None], int] = OrderedDict()
        self._lock = Lock()

    def documents(
        self, viewer: Viewer, kind: DocumentKind | str | None = None
    ) -> list[dict[str, Any]]:
        """Every document with its state, by kind and title: `shipped`, `published`, `draft` or `new`."""
        check_reader(viewer)
        only = kind_of(kind) if kind else None
        with self._unit_of_work() as work:
            drafts = {draft.name: draft for draft in work.drafts.all()}
            newest = work.versions.newest()
            people = people_of(work)
        on_file = set(self._desk.names())
        found = [
            self._listed(viewer, name, drafts.get(name), newest.get(name), people, name in on_file)
            for name in on_file | set(drafts)
            if only in (None, name.kind)
        ]
        order = list(DocumentKind)
        return sorted(found, key=lambda d: (order.index(d["kind"]), d["title"], d["slug"]))

    def _listed(
        self,
        viewer: Viewer,
        name: DocumentName,
        draft: DraftRecord | None,
        newest: VersionRecord | None,
        people: Mapping[str, str],
        is_on_file: bool,
    ) -> dict[str, Any]:
        if draft is not None and digest_of(draft.text) == draft.base_digest:
            draft = None  # it was opened and nothing was changed
        text = draft.text if draft else self._text_to_show(name)
        seen = glance(name, text)
        published = newest is not None and newest.number > 0
        state = "published" if published else "shipped"
        if draft is not None:
            state = "draft" if is_on_file else "new"
        return {
            **named(name),
            "title": seen.title,
            "state": state,
            "version": newest.number if newest else 0,
            "draft_id": draft.id if draft else None,
            "edited_by": people.get(draft.edited_by, draft.edited_by) if draft else None,
            "edited_at": draft.edited_at.isoformat() if draft else None,
            "faults": self._count_of_faults(draft) if draft else None,
            "may_edit": may_edit(viewer, name.kind),
            "objection": seen.objection,
            "levels": list(seen.levels),
            "coverage": seen.coverage(),
        }

    def _text_to_show(self, name: DocumentName) -> str:
        """The file's text; nothing of a file that is no text, so that the others are listed."""
        try:
            return self._desk.text(name) or ""
        except ContentError:
            return ""

    def _checked(self, name: DocumentName, text: str) -> Checked:
        checked = super()._checked(name, text)
        key = (name, digest_of(text))
        with self._lock:
            self._counts[key] = len(checked.faults)
            self._counts.move_to_end(key)
            while len(self._counts) > KNOWN_COUNTS:
                self._counts.popitem(last=False)
        return checked

    def _count_of_faults(self, draft: DraftRecord) -> int:
        """As of the last check of this very text; reading the draft checks it anew."""
        known = self._counts.get((draft.name, digest_of(draft.text)))
        return len(self._checked(draft.name, draft.text).faults) if known is None else known
