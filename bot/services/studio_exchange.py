"""Documents as files: out as YAML or a pack, in again as drafts, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.core.errors import (
    ContentError,
    InvalidInputError,
    NotFoundError,
    TooLargeError,
)
from bot.core.studio.glance import glance
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.services.ports import UnitOfWork, Viewer
from bot.services.studio_parts import StudioPart
from bot.services.studio_rules import (
    LARGEST_IMPORT,
    check_editor,
    check_reader,
    name_of,
    storable,
)

#: More documents than there are is a mistake.
MOST_DOCUMENTS = 200

_YAML, _ZIP = "application/yaml", "application/zip"


@dataclass(frozen=True)
class ExportedFile:
    """A file to hand over."""

    file_name: str
    media_type: str
    content: bytes = field(repr=False)


class Exchange(StudioPart):
    """Use cases of export and import."""

    def export(self, viewer: Viewer, names: Iterable[DocumentName | str]) -> ExportedFile:
        """One document as its YAML text, several as a pack; a scenario in a pack brings its persona."""
        check_reader(viewer)
        wanted = list(dict.fromkeys(name_of(name) for name in names))
        if not wanted:
            raise InvalidInputError("Name at least one document.", field="name")
        if len(wanted) > MOST_DOCUMENTS:
            raise TooLargeError(f"Export {MOST_DOCUMENTS} documents at once at most.", field="name")
        texts = {name: self._text_of(name) for name in wanted}
        if len(wanted) == 1:
            exported = ExportedFile(
                f"{wanted[0].slug}.yml", _YAML, texts[wanted[0]].encode("utf-8")
            )
        else:
            pack = self._desk.pack(self._with_personas(texts))
            exported = ExportedFile("parley-pack.zip", _ZIP, pack)
        for name in wanted:
            self._record("exported", viewer, name, file=exported.file_name)
        return exported

    def import_(self, viewer: Viewer, file_name: str, raw: bytes) -> dict[str, Any]:
        """Make drafts of the documents of a YAML file or a pack; one fault anywhere and nothing changes."""
        check_reader(viewer)
        if len(raw) > LARGEST_IMPORT:
            raise TooLargeError("A file has 5 MB at most. Import fewer documents.", field="file")
        texts = self._desk.unpack(file_name, raw)
        for name in texts:
            check_editor(viewer, name.kind)
            if not name.kind.is_open and self._desk.text(name) is None:
                raise InvalidInputError(
                    f"The {name.kind.value} documents are a fixed set; “{name.slug}” is none of them.",
                    field="file",
                )
        texts = {name: storable(text) for name, text in texts.items()}
        faults = self._desk.check_together(texts)
        if faults:
            raise ContentError(tuple(faults))
        drafted, unchanged = self._import_drafts(viewer, texts)
        for name in drafted:
            self._record("imported", viewer, name, draft=drafted[name], file=file_name[:200])
        return {
            "drafts": [self._document(draft_id, viewer) for draft_id in drafted.values()],
            "unchanged": [str(name) for name in unchanged],
        }

    def _import_drafts(
        self, viewer: Viewer, texts: Mapping[DocumentName, str]
    ) -> tuple[dict[DocumentName, str], list[DocumentName]]:
        """Store them in one transaction; what is in the draft, or in the file and no draft, stays as it is."""
        drafted: dict[DocumentName, str] = {}
        unchanged: list[DocumentName] = []
        with self._unit_of_work() as work:
            for name, text in sorted(texts.items()):
                draft_id = self._import_one(work, viewer, name, text)
                if draft_id is None:
                    unchanged.append(name)
                else:
                    drafted[name] = draft_id
            work.commit()
        return drafted, unchanged

    def _import_one(
        self, work: UnitOfWork, viewer: Viewer, name: DocumentName, text: str
    ) -> str | None:
        draft = work.drafts.of(name)
        present = draft.text if draft else self._desk.text(name)
        if present == text:
            return None
        if draft is None:
            return work.drafts.add(self._new_draft(viewer, name, text))
        # What stood in the draft stays among its revisions.
        work.drafts.save(draft.id, draft.revision, text, viewer.user_id, self._clock.now())
        return draft.id

    def _text_of(self, name: DocumentName) -> str:
        """The text in service; the draft's when it was never published."""
        text = self._desk.text(name)
        if text is not None:
            return text
        with self._unit_of_work() as work:
            draft = work.drafts.of(name)
        if draft is None:
            raise NotFoundError(f"There is no {name.kind.value} “{name.slug}”.", field="name")
        return draft.text

    def _with_personas(self, texts: Mapping[DocumentName, str]) -> dict[DocumentName, str]:
        found = dict(texts)
        for name in personas_of(texts):
            if name not in found:
                try:
                    found[name] = self._text_of(name)
                except NotFoundError:
                    continue  # the scenario's own checks say so
        return found


def personas_of(texts: Mapping[DocumentName, str]) -> Sequence[DocumentName]:
    """The personas that scenarios name."""
    found = []
    for name, text in texts.items():
        persona = glance(name, text).persona
        if name.kind is DocumentKind.SCENARIO and persona:
            try:
                found.append(DocumentName(DocumentKind.PERSONA, persona))
            except InvalidInputError:
                continue  # no name of a file: the scenario's own checks say so
    return list(dict.fromkeys(found))
