"""Loads everything a desk is made of from data/, once for each state of the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.content.calendars import calendar_for
from bot.content.checks import play_faults, reserved_key_faults, wording_warnings
from bot.content.looked_through import Looked, look_through, look_through_file
from bot.content.rehearsal_files import rehearsal_faults
from bot.core.coaching.advice import Role
from bot.core.coaching.checklist import ChecklistRules
from bot.core.coaching.corrections import Corrections
from bot.core.coaching.desk import Desk
from bot.core.coaching.escalation import EscalationRules
from bot.core.coaching.house_rules import HouseRules
from bot.core.coaching.law import LawPack
from bot.core.coaching.playbook import Playbook
from bot.core.coaching.reference import Directory, Glossary
from bot.core.coaching.safety import ProtocolRules
from bot.core.coaching.topics import Topics
from bot.core.dates import Calendar
from bot.core.errors import ContentError, Fault, InvalidInputError
from bot.core.studio.kinds import DocumentKind, DocumentName

#: How far calendars reach: plans and ladders end within these years around today.
_YEARS_BACK, _YEARS_ON = 1, 3


@dataclass(frozen=True)
class Content:
    """The words and rules of the house as core objects."""

    playbook: Playbook
    house: HouseRules
    laws: tuple[LawPack, ...]
    escalation: EscalationRules
    protocols: ProtocolRules
    checklist: ChecklistRules
    corrections: Corrections
    glossary: Glossary
    directory: Directory
    topics: Topics

    def desk(
        self, country: str, today: date, role: Role = Role.COLLECTOR, seniority: str = "junior"
    ) -> Desk:
        """The desk of one person for one client's country."""
        return Desk(
            playbook=self.playbook,
            house=self.house,
            laws=self.laws,
            escalation=self.escalation,
            protocols=self.protocols,
            checklist=self.checklist,
            corrections=self.corrections,
            calendar=_calendar(country, today.year),
            role=role,
            seniority=seniority,
        )


@dataclass(frozen=True)
class ContentReport:
    """What is wrong with the files, and what is only hard to take in by ear."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


#: The files of the house that a desk is made of, by the names that they have there.
_OF_A_DESK = (
    *("limits", "escalation", "protocols", "checklist", "corrections"),
    *("glossary", "directory", "topics"),
)

_State = tuple[tuple[str, int, int], ...]
_loaded: dict[Path, tuple[_State, Content]] = {}


def load_desk_content(root: Path) -> Content:
    """Load playbook and house from the data folder (or the folder it is in); ContentError lists every fault.

    What was loaded is kept until a file changes.
    """
    data = _data_folder(root)
    state = _state_of(data)
    kept = _loaded.get(data)
    if kept and kept[0] == state:
        return kept[1]
    content = _load(data)
    _loaded[data] = (state, content)
    return content


def check_content(root: Path) -> ContentReport:
    """Check everything under data/: what keeps it from loading or training, and what could be worded better."""
    data = _data_folder(root)
    faults = (*reserved_key_faults(data), *rehearsal_faults(data), *_publishing_faults(data))
    try:
        glossary = load_desk_content(data).glossary
    except ContentError as error:
        return ContentReport(tuple(dict.fromkeys((*error.faults, *faults))), ())
    plays = _Reader(data).all(DocumentKind.PLAYBOOK)
    sound = ((play.part, play.document) for play in plays if play.document is not None)
    return ContentReport(tuple(dict.fromkeys(faults)), wording_warnings(sound, glossary))


def _publishing_faults(data: Path) -> tuple[Fault, ...]:
    """What is wrong with the margins for new models: nothing that is loaded for a call needs them."""
    return _Reader(data).looked(DocumentName(DocumentKind.HOUSE, "publishing")).faults


def content_with(root: Path, texts: Mapping[DocumentName, str]) -> Content:
    """What a desk is made of with some texts in place of their files; ContentError lists every fault."""
    return _load(_data_folder(root), texts)


class _Reader:
    """Reads file after file and keeps the faults, so that all are told at once."""

    def __init__(
        self, data: Path, texts: Mapping[DocumentName, str] = MappingProxyType({})
    ) -> None:
        self.data = data
        self.texts = texts
        self.faults: list[Fault] = []

    def all(self, kind: DocumentKind) -> list[Looked]:
        """Every document of a kind."""
        mine = (name for name in self.texts if name.kind is kind)
        return [self.looked(name) for name in sorted({*self._on_file(kind), *mine})]

    def _on_file(self, kind: DocumentKind) -> Iterator[DocumentName]:
        for path in (self.data / kind.folder).glob("*.yml"):
            try:
                yield DocumentName(kind, path.stem)
            except InvalidInputError as error:
                shown = f"data/{kind.folder}/{path.name}"
                self.faults.append(Fault(shown, 1, error.detail, "Rename the file."))

    def house(self, slug: str) -> Any:
        """A file of the house."""
        return self.looked(DocumentName(DocumentKind.HOUSE, slug)).part

    def looked(self, name: DocumentName) -> Looked:
        """One document."""
        text, path = self.texts.get(name), self.data / name.path
        if text is not None:
            looked = look_through(name, text)
        elif path.is_file():
            looked = look_through_file(name, path)
        else:
            fault = Fault(f"data/{name.path}", 1, "The file is missing.", "Put it back.")
            looked = Looked(name, None, None, (fault,), is_readable=False)
        self.faults += looked.faults
        return looked


def _load(data: Path, texts: Mapping[DocumentName, str] = MappingProxyType({})) -> Content:
    reader = _Reader(data, texts)
    plays, laws = reader.all(DocumentKind.PLAYBOOK), reader.all(DocumentKind.LAW)
    house = {slug: reader.house(slug) for slug in _OF_A_DESK}
    sound = [(x.part, x.document) for x in plays if x.document is not None and not x.faults]
    reader.faults += play_faults(sound, unread=len(plays) - len(sound))
    if reader.faults:
        faults = dict.fromkeys(reader.faults)
        raise ContentError(tuple(sorted(faults, key=lambda f: (f.file, f.line))))
    return Content(
        playbook=Playbook.of(play for play, _ in sound),
        house=house.pop("limits"),
        laws=tuple(law.part for law in laws),
        **house,
    )


@lru_cache(maxsize=64)
def _calendar(country: str, year: int) -> Calendar:
    return calendar_for(country, range(year - _YEARS_BACK, year + _YEARS_ON + 1))


def _data_folder(root: Path) -> Path:
    return root / "data" if (root / "data" / "playbook").is_dir() else root


def _state_of(data: Path) -> _State:
    files = (
        p for part in ("playbook", "house", "law") for p in sorted((data / part).glob("*.yml"))
    )
    return tuple((str(p), (stat := p.stat()).st_mtime_ns, stat.st_size) for p in files)
