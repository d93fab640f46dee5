"""Loads everything a desk is made of from data/, once for each state of the files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from bot.content.calendars import calendar_for
from bot.content.checks import play_faults, reserved_key_faults, wording_warnings
from bot.content.rehearsal_files import rehearsal_faults
from bot.content.schema_coaching import read_checklist, read_corrections, read_protocols
from bot.content.schema_escalation import read_escalation
from bot.content.schema_house import read_house_rules
from bot.content.schema_law import read_law_pack
from bot.content.schema_playbook import read_play
from bot.content.schema_reference import read_directory, read_glossary
from bot.content.schema_topics import read_topics
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
from bot.core.errors import ContentError, Fault

Read = TypeVar("Read")

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
    faults = (*reserved_key_faults(data), *rehearsal_faults(data))
    try:
        glossary = load_desk_content(data).glossary
    except ContentError as error:
        return ContentReport((*error.faults, *faults), ())
    files = sorted((data / "playbook").glob("*.yml"))
    plays = (read_play(path, f"data/playbook/{path.name}") for path in files)
    return ContentReport(faults, wording_warnings(plays, glossary))


class _Reader:
    """Reads file after file and keeps the faults, so that all are told at once."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.faults: list[Fault] = []

    def shown(self, path: Path) -> str:
        return f"data/{path.relative_to(self.data).as_posix()}"

    def read(self, reader: Callable[[Path, str], Read], path: Path) -> Read | None:
        try:
            return reader(path, self.shown(path))
        except ContentError as error:
            self.faults += error.faults
            return None


def _load(data: Path) -> Content:
    reader = _Reader(data)
    house = data / "house"
    plays = [reader.read(read_play, path) for path in sorted((data / "playbook").glob("*.yml"))]
    laws = [reader.read(read_law_pack, path) for path in sorted((data / "law").glob("*.yml"))]
    limits = reader.read(read_house_rules, house / "limits.yml")
    escalation = reader.read(read_escalation, house / "escalation.yml")
    protocols = reader.read(read_protocols, house / "protocols.yml")
    checklist = reader.read(read_checklist, house / "checklist.yml")
    corrections = reader.read(read_corrections, house / "corrections.yml")
    glossary = reader.read(read_glossary, house / "glossary.yml")
    directory = reader.read(read_directory, house / "directory.yml")
    topics = reader.read(read_topics, house / "topics.yml")
    read_plays = [play for play in plays if play is not None]
    reader.faults += play_faults(read_plays, unread=len(plays) - len(read_plays))
    if reader.faults:
        faults = dict.fromkeys(reader.faults)
        raise ContentError(tuple(sorted(faults, key=lambda f: (f.file, f.line))))
    return Content(
        playbook=Playbook.of(play for play, _ in read_plays),
        house=_whole(limits),
        laws=tuple(law for law in laws if law is not None),
        escalation=_whole(escalation),
        protocols=_whole(protocols),
        checklist=_whole(checklist),
        corrections=_whole(corrections),
        glossary=_whole(glossary),
        directory=_whole(directory),
        topics=_whole(topics),
    )


@lru_cache(maxsize=64)
def _calendar(country: str, year: int) -> Calendar:
    return calendar_for(country, range(year - _YEARS_BACK, year + _YEARS_ON + 1))


def _whole(part: Read | None) -> Read:
    if part is None:  # a reader that gives nothing has told its faults, so this is not reached
        raise ContentError(())
    return part


def _data_folder(root: Path) -> Path:
    return root / "data" if (root / "data" / "playbook").is_dir() else root


def _state_of(data: Path) -> _State:
    files = (
        p for part in ("playbook", "house", "law") for p in sorted((data / part).glob("*.yml"))
    )
    return tuple((str(p), (stat := p.stat()).st_mtime_ns, stat.st_size) for p in files)
