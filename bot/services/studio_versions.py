"""Versions of a document: what was in service, what changed between them, and a draft made of an old one."""

from __future__ import annotations

from typing import Any

from bot.core.errors import ConflictError, InvalidInputError, NotFoundError
from bot.core.studio.differences import differences
from bot.core.studio.glance import glance
from bot.core.studio.kinds import DocumentName
from bot.services.ports import Viewer
from bot.services.studio_documents import named, shipped_document, version_document
from bot.services.studio_parts import StudioPart, people_of
from bot.services.studio_ports import VersionRecord
from bot.services.studio_rules import check_editor, check_reader, name_of

#: What stands for the draft where a version's number is asked for.
DRAFT = "draft"


class Versions(StudioPart):
    """Use cases on published texts."""

    def versions(self, viewer: Viewer, name: DocumentName | str) -> list[dict[str, Any]]:
        """Every version of a document, the newest first; number 0 is what the product came with."""
        check_reader(viewer)
        name = name_of(name)
        with self._unit_of_work() as work:
            found = work.versions.of(name)
            people = people_of(work)
        if found:
            in_service = self._in_service(name, found)
            return [version_document(one, people, in_service) for one in found]
        if self._desk.text(name) is None:
            self._refuse_unknown(name)
            return []
        return [shipped_document()]

    def version(self, viewer: Viewer, name: DocumentName | str, number: int) -> dict[str, Any]:
        """One version with its text (null: the document was taken away)."""
        check_reader(viewer)
        name = name_of(name)
        with self._unit_of_work() as work:
            found = work.versions.of(name)
            people = people_of(work)
        one = next((version for version in found if version.number == number), None)
        if one is not None:
            document = version_document(one, people, self._in_service(name, found))
            return {**named(name), **document, "text": one.text}
        text = self._desk.text(name)
        if number != 0 or found or text is None:
            raise NotFoundError(f"There is no version {number} of {name}.")
        return {**named(name), **shipped_document(), "text": text}

    def in_service(self, viewer: Viewer, name: DocumentName | str) -> dict[str, Any]:
        """The text of the file with its version's number; null where somebody has changed the file by hand."""
        check_reader(viewer)
        name = name_of(name)
        text = self._desk.text(name)
        if text is None:
            raise NotFoundError(f"There is no {name.kind.value} “{name.slug}”.")
        with self._unit_of_work() as work:
            found = work.versions.of(name)
        number = self._in_service(name, found) if found else 0
        title = glance(name, text).title
        return {**named(name), "number": number, "title": title, "text": text}

    def difference(
        self, viewer: Viewer, name: DocumentName | str, old: int | str, new: int | str
    ) -> dict[str, Any]:
        """What changed from one version to another, or to the draft, line by line."""
        check_reader(viewer)
        name = name_of(name)
        old, new = _side(old, "old"), _side(new, "new")
        lines = differences(self._text_at(viewer, name, old), self._text_at(viewer, name, new))
        return {**named(name), "old": old, "new": new, "lines": [line.as_json() for line in lines]}

    def draft_of_version(
        self, viewer: Viewer, name: DocumentName | str, number: int
    ) -> dict[str, Any]:
        """Make a version the document's draft; what stood in the draft is kept among its revisions."""
        check_reader(viewer)
        name = name_of(name)
        check_editor(viewer, name.kind)
        text = self.version(viewer, name, number)["text"]
        if text is None:
            raise ConflictError(f"In version {number} the document was taken away.")
        with self._unit_of_work() as work:
            draft = work.drafts.of(name)
            if draft is None:
                draft_id = work.drafts.add(self._new_draft(viewer, name, text))
                event = "draft_created"
            else:
                draft_id = draft.id
                work.drafts.save(draft_id, draft.revision, text, viewer.user_id, self._clock.now())
                event = "draft_saved"
            work.commit()
        self._record(event, viewer, name, draft=draft_id, version=number)
        return self._document(draft_id, viewer)

    def _in_service(self, name: DocumentName, versions: Any) -> int | None:
        """The newest version whose text is the file's; None when somebody has changed the file by hand."""
        text = self._desk.text(name)
        found: list[VersionRecord] = [one for one in versions if one.text == text]
        return found[0].number if found else None

    def _text_at(self, viewer: Viewer, name: DocumentName, side: int | str) -> str:
        if side != DRAFT:
            return self.version(viewer, name, int(side))["text"] or ""
        with self._unit_of_work() as work:
            draft = work.drafts.of(name)
        if draft is None:
            raise NotFoundError(f"There is no draft of {name}.")
        return draft.text

    def _refuse_unknown(self, name: DocumentName) -> None:
        """Refuse a name that means nothing; a draft that was never published has no versions yet."""
        with self._unit_of_work() as work:
            if work.drafts.of(name) is None:
                raise NotFoundError(f"There is no {name.kind.value} “{name.slug}”.")


def _side(side: int | str, field: str) -> int | str:
    if side == DRAFT:
        return DRAFT
    try:
        number = int(side)
    except ValueError:
        number = -1
    if not 0 <= number < 1_000_000:
        raise InvalidInputError("Name a version by its number, or “draft”.", field=field)
    return number
