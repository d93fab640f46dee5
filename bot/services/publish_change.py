"""What a publication does to files and model, and how that is done and undone."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.core.errors import ContentError, ParleyError
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.services.studio_ports import ContentDesk, ModelMaker, ModelServer, PublishedDocument

log = logging.getLogger(__name__)

#: What others rest on is written first, so that nobody reads a scenario before its persona.
_ORDER = (
    DocumentKind.LAW,
    DocumentKind.HOUSE,
    DocumentKind.PERSONA,
    DocumentKind.PLAYBOOK,
    DocumentKind.SCENARIO,
)


@dataclass(frozen=True)
class FileChange:
    """One file under data/ before and after; `name` is None for a file of training lines."""

    path: str
    before: str | None
    after: str | None
    name: DocumentName | None = None


@dataclass(frozen=True)
class Change:
    """The files in the order of writing, and the models; where these are equal or None the model stays."""

    files: tuple[FileChange, ...]
    model_before: str | None = None
    model_after: str | None = None

    @property
    def lessons(self) -> dict[str, str | None]:
        """The training files that change, as they will be."""
        return {file.path: file.after for file in self.files if file.name is None}

    @property
    def moves_model(self) -> bool:
        """Whether another model goes into service."""
        return self.model_after is not None and self.model_after != self.model_before

    def between(self, before: str | None, after: str | None) -> Change:
        """The same files with models."""
        return replace(self, model_before=before, model_after=after)

    def reversed(self) -> Change:
        """The way back."""
        return Change(
            tuple(replace(f, before=f.after, after=f.before) for f in reversed(self.files)),
            self.model_after,
            self.model_before,
        )


@dataclass(frozen=True)
class NewLine:
    """A line that the model is to learn, with what it means."""

    text: str
    labels: frozenset[str]


def change_of(desk: ContentDesk, documents: Sequence[PublishedDocument]) -> Change:
    """What the documents change, their training files included."""
    ordered = sorted(documents, key=lambda each: _ORDER.index(each.name.kind))
    files = [FileChange(each.name.path, each.before, each.text, each.name) for each in ordered]
    return Change((*files, *_lessons(desk, ordered)))


def new_lines(desk: ContentDesk, documents: Sequence[PublishedDocument]) -> tuple[NewLine, ...]:
    """The lines for the ear that the documents have and their files have not."""
    found: list[NewLine] = []
    for each in documents:
        known = {line.text for line in _lines_of(desk, each.name, each.before)}
        found += [line for line in _lines_of(desk, each.name, each.text) if line.text not in known]
    return tuple(found)


class Switchover:
    """Takes a change to the files, the pointer and the running assistant, and takes it back."""

    def __init__(self, desk: ContentDesk, maker: ModelMaker, server: ModelServer) -> None:
        self._desk = desk
        self._maker = maker
        self._server = server

    def load(self, model: str) -> bool:
        """Have the running assistant go over to a model; False when none runs."""
        if self._server.model() is None:
            return False
        self._server.load_model(self._maker.file_of(model))
        return True

    def put(self, change: Change) -> None:
        """Write the files and make the new model the one that a starting server loads."""
        self._desk.put({file.path: file.after for file in change.files})
        if change.moves_model and change.model_after is not None:
            self._maker.put_in_service(change.model_after)

    def undo(self, change: Change) -> None:
        """Bring back what was before, however far the change had come; what others have written stays."""
        ours = [file for file in reversed(change.files) if self._is_ours(file)]
        if ours:
            self._desk.put({file.path: file.before for file in ours})
        model = change.model_before
        if not change.moves_model or model is None:
            return
        if self._maker.in_service() != model:
            self._maker.put_in_service(model)
        try:
            if self._server.model() not in (None, model):
                self._server.load_model(self._maker.file_of(model))
        except ParleyError as error:
            # It is either down, and starts with what the pointer says, or is brought in line later (`align`).
            log.warning("The assistant could not go back to %s: %s", model, error)

    def align(self) -> bool:
        """Have the running assistant use the model in service; whether it does."""
        model = self._maker.in_service()
        answers = self._server.model()
        if model is None or answers is None:
            return False
        if answers != model:
            log.info("The assistant answers with %s and goes over to %s.", answers, model)
            self._server.load_model(self._maker.file_of(model))
        return True

    def _is_ours(self, file: FileChange) -> bool:
        return file.name is None or self._desk.text(file.name) == file.after


def _lessons(desk: ContentDesk, documents: Iterable[PublishedDocument]) -> Iterable[FileChange]:
    for each in documents:
        after = desk.training_file(each.name, each.text)
        before = _lesson_before(desk, each)
        path = after[0] if after else before[0] if before else None
        was, will_be = before[1] if before else None, after[1] if after else None
        if path is not None and was != will_be:
            yield FileChange(path, was, will_be)


def _lesson_before(desk: ContentDesk, document: PublishedDocument) -> tuple[str, str | None] | None:
    try:
        return desk.training_file(document.name, document.before)
    except ContentError:  # the file had faults, which this publication mends
        return desk.training_file(document.name, None)


def _lines_of(desk: ContentDesk, name: DocumentName, text: str | None) -> list[NewLine]:
    if text is None:
        return []
    rows = (desk.check(name, text).data or {}).get("examples")
    return [
        NewLine(str(row["text"]), frozenset(str(label) for label in row.get("labels") or ()))
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict) and row.get("text")
    ]
