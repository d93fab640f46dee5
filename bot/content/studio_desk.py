"""The words of the house as files and as texts: what the studio reads, checks, changes and writes."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from bot.content.document_forms import form_of
from bot.content.document_schemas import reader_of
from bot.content.file_writing import remove_file, replace_file
from bot.content.lines_in_files import KEPT_FOLDERS
from bot.content.loader import content_with
from bot.content.looked_through import look_through, look_through_file
from bot.content.rehearsal_files import load_repertoire
from bot.content.studio_blanks import blank_text, copied_values
from bot.content.studio_checks import Checks
from bot.content.studio_hints import hints_of
from bot.content.studio_lines_on_file import lines_on_file, state_of_lines
from bot.content.studio_packs import packed, unpacked
from bot.content.training_files import training_path, training_text
from bot.content.yaml_edit import with_values
from bot.content.yaml_write import Manner
from bot.core.coaching.advice import Role
from bot.core.coaching.desk import Desk
from bot.core.errors import (
    ContentError,
    Fault,
    InvalidInputError,
    NotFoundError,
    UnavailableError,
)
from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.player_script import Player
from bot.core.rehearsal.scenario import Scenario
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.core.studio.likeness import LineIndex
from bot.services.studio_ports import Checked


class StudioDesk:
    """The content files under one folder (see port `ContentDesk`)."""

    def __init__(self, content_folder: Path) -> None:
        self._data = content_folder
        self._checks = Checks(content_folder)
        self._lines: tuple[Any, LineIndex] | None = None

    def names(self) -> Sequence[DocumentName]:
        """Every document that is on file (see port)."""
        found = []
        for kind in DocumentKind:
            for path in sorted((self._data / kind.folder).glob("*.yml")):
                try:
                    name = DocumentName(kind, path.stem)
                except InvalidInputError:
                    continue  # no document of ours is called that; `parley content check` tells of the file
                if reader_of(name) is not None:
                    found.append(name)
        return found

    def text(self, name: DocumentName) -> str | None:
        """The file's text as it is (see port)."""
        path = self._data / name.path
        try:
            return path.read_bytes().decode("utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as error:
            raise ContentError(look_through(name, error.object).faults) from error
        except OSError as error:
            raise UnavailableError(f"{path} cannot be read: {error.strerror}.") from error

    def check(self, name: DocumentName, text: str) -> Checked:
        """Every fault of a text among the other files (see port)."""
        looked, faults = self._checks.one(name, text)
        return Checked(looked.values, faults, () if faults else hints_of(looked, self._data))

    def check_together(self, texts: Mapping[DocumentName, str]) -> tuple[Fault, ...]:
        """Every fault of texts that come together (see port)."""
        return self._checks.together(texts)

    def with_data(self, name: DocumentName, text: str, data: Mapping[str, Any]) -> str:
        """The text with a form's values put in (see port)."""
        reader = reader_of(name)
        if reader is None:
            raise NotFoundError(f"There is no file “{name.slug}” of the house.")
        manner = Manner(quoted_figures=name.kind is DocumentKind.SCENARIO)
        return with_values(text, reader.schema, data, manner)

    def blank(self, name: DocumentName, title: str) -> str:
        """A new document's text (see port)."""
        return blank_text(name, title, self._somebody())

    def copied(self, name: DocumentName, source: str, title: str) -> str:
        """A text under a new name (see port)."""
        values = look_through(name, source).values
        if values is None:
            raise ContentError(look_through(name, source).faults)
        return self.with_data(name, source, copied_values(name, values, title))

    def form(self, kind: DocumentKind, slug: str = "") -> dict[str, Any]:
        """The sections and fields of a kind's form (see port)."""
        return form_of(kind, slug)

    def scenario_parts(
        self, texts: Mapping[DocumentName, str], scenario: str
    ) -> tuple[Scenario, Persona]:
        """Scenario and persona as core objects (see port)."""
        name = DocumentName(DocumentKind.SCENARIO, scenario)
        case = self._part(name, texts)
        persona = self._part(DocumentName(DocumentKind.PERSONA, case.persona), texts)
        return case, persona

    def desk_with(
        self,
        texts: Mapping[DocumentName, str],
        country: str,
        today: date,
        role: Role,
        seniority: str,
    ) -> Desk:
        """The desk that calls are coached by, with texts in place of their files (see port)."""
        content = content_with(self._data, texts)
        return content.desk(country, today, role, seniority)

    def players(self) -> Mapping[str, Player]:
        """The scripted collectors by id (see port)."""
        return load_repertoire(self._data).players

    def line_index(self) -> LineIndex:
        """Every line that is on file (see port); made again only when a file has changed."""
        root = self._data.resolve().parent
        kept = tuple(root / folder for folder in KEPT_FOLDERS)
        state = state_of_lines(self._data, kept)
        if self._lines is None or self._lines[0] != state:
            self._lines = (state, LineIndex(lines_on_file(self._data, kept)))
        return self._lines[1]

    def training_file(self, name: DocumentName, text: str | None) -> tuple[str, str | None] | None:
        """The NLU file that a document's examples make (see port)."""
        if name.kind is not DocumentKind.SCENARIO:
            return None
        path = training_path(name.slug)
        looked = look_through(name, text) if text is not None else None
        if looked is not None and looked.faults:
            raise ContentError(looked.faults)
        lines = training_text(name.slug, looked.part) if looked else None
        if lines is None and not (self._data / path).is_file():
            return None
        return path, lines

    def put(self, files: Mapping[str, str | None]) -> None:
        """Write files under data/, each whole or not at all (see port)."""
        places = {self._place(file): text for file, text in files.items()}
        for path, text in places.items():
            try:
                if text is None:
                    remove_file(path)
                else:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    replace_file(path, text)
            except OSError as error:
                raise UnavailableError(f"{path} cannot be written: {error.strerror}.") from error

    def pack(self, texts: Mapping[DocumentName, str]) -> bytes:
        """A zip archive of documents (see port)."""
        return packed(texts)

    def unpack(self, file_name: str, raw: bytes) -> dict[DocumentName, str]:
        """The documents of a YAML file or a pack (see port)."""
        return unpacked(file_name, raw)

    def _somebody(self) -> dict[str, Any] | None:
        """The persona that a new scenario begins with: the first that can be played."""
        for path in sorted((self._data / DocumentKind.PERSONA.folder).glob("*.yml")):
            looked = look_through_file(DocumentName(DocumentKind.PERSONA, path.stem), path)
            if not looked.faults:
                return looked.values
        return None

    def _part(self, name: DocumentName, texts: Mapping[DocumentName, str]) -> Any:
        text = texts.get(name) or self.text(name)
        if text is None:
            fault = Fault(
                f"data/{name.path}", 1, "There is no such file.", "Write it, or name another one."
            )
            raise ContentError((fault,))
        looked = look_through(name, text)
        if looked.faults or looked.part is None:
            raise ContentError(looked.faults)
        return looked.part

    def _place(self, file: str) -> Path:
        """A file's path under the data folder; nothing else may be written."""
        parts = PurePosixPath(file)
        path = self._data / parts
        is_inside = (
            not parts.is_absolute()
            and ".." not in parts.parts
            and "\\" not in file
            and parts.suffix == ".yml"
            and Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self._data))
        )
        if not is_inside:
            raise InvalidInputError(f"“{file}” is no content file under data/.", field="file")
        return path
