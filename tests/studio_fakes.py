"""Content files in memory, and a studio over a real ledger: for tests of what trainers do with documents."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.core.coaching.advice import Role
from bot.core.errors import ContentError, Fault
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.db.engine import open_engine
from bot.db.tables import metadata
from bot.db.unit_of_work import SqlUnitOfWork
from bot.services.ports import User, Viewer
from bot.services.publishing import Publishing
from bot.services.studio import Studio
from bot.services.studio_ports import Checked
from tests.fakes import RecordedAudit
from tests.people_fakes import MovingClock

TARA = Viewer("usr_tara", "Tara", Role.TRAINER)
TOM = Viewer("usr_tom", "Tom", Role.TRAINER)
ADA = Viewer("usr_ada", "Ada", Role.ADMIN)

CAFE = DocumentName(DocumentKind.SCENARIO, "cash-flow-cafe")
COOK = DocumentName(DocumentKind.PERSONA, "weary-cafe-owner")
CARD = DocumentName(DocumentKind.PLAYBOOK, "stalling")
LIMITS = DocumentName(DocumentKind.HOUSE, "limits")
LAW = DocumentName(DocumentKind.LAW, "uk_b2b")

CAFE_TEXT = """# the street is closed
id: cash-flow-cafe
title: "The street is closed"
objection: cash_flow
persona: weary-cafe-owner
levels: [1, 2, 3]
"""


def some_files() -> dict[DocumentName, str]:
    """One document of each kind."""
    return {
        CAFE: CAFE_TEXT,
        COOK: "id: weary-cafe-owner\nname: Marta Nowak\n",
        CARD: "label: stalling\n",
        LIMITS: "source: house rule\n",
        LAW: "pack: uk_b2b\ntitle: United Kingdom, business debt\n",
    }


@dataclass
class DeskInMemory:
    """The port of content files over a dictionary; a line that begins with “wrong” is a fault, a tab is no YAML."""

    files: dict[DocumentName, str] = field(default_factory=some_files)

    def names(self) -> Sequence[DocumentName]:
        return sorted(self.files)

    def text(self, name: DocumentName) -> str | None:
        return self.files.get(name)

    def check(self, name: DocumentName, text: str) -> Checked:
        if "\t" in text:
            line = text[: text.index("\t")].count("\n") + 1
            message = "The line is indented with a tab."
            return Checked(None, (Fault(_file(name), line, message, "Indent with spaces."),))
        data: dict[str, Any] = dict(_PAIR.findall(text))
        faults = [
            Fault(_file(name), number, "This is wrong.", "Right it.", ("account", 0, "total"))
            for number, line in enumerate(text.split("\n"), 1)
            if line.startswith("wrong")
        ]
        hints = (Fault(_file(name), 1, "could be plainer: a hint", "Say it shorter."),)
        return Checked(data, tuple(faults), hints if "hint:" in text else ())

    def check_together(self, texts: Mapping[DocumentName, str]) -> tuple[Fault, ...]:
        return tuple(f for name, text in texts.items() for f in self.check(name, text).faults)

    def with_data(self, name: DocumentName, text: str, data: Mapping[str, Any]) -> str:
        for key, value in data.items():
            line = f"{key}: {value}"
            text, count = re.subn(
                rf"^{re.escape(key)}:.*$", lambda _, new=line: new, text, flags=re.M
            )
            text += "" if count else line + "\n"
        return text

    def blank(self, name: DocumentName, title: str) -> str:
        return f"id: {name.slug}\ntitle: {title}\n"

    def copied(self, name: DocumentName, source: str, title: str) -> str:
        return self.with_data(name, source, {"id": name.slug, "title": title})

    def form(self, kind: DocumentKind, slug: str = "") -> dict[str, Any]:
        return {"kind": kind.value, "sections": [{"id": "about", "title": "About", "fields": []}]}

    def pack(self, texts: Mapping[DocumentName, str]) -> bytes:
        raw = io.BytesIO()
        with zipfile.ZipFile(raw, "w") as archive:
            for name, text in sorted(texts.items()):
                archive.writestr(zipfile.ZipInfo(name.path), text)
        return raw.getvalue()

    def unpack(self, file_name: str, raw: bytes) -> dict[DocumentName, str]:
        if raw.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                found = {name: archive.read(name).decode() for name in archive.namelist()}
            kinds = {kind.folder: kind for kind in DocumentKind}
            if any(path.split("/")[0] not in kinds for path in found):
                raise ContentError((Fault(file_name, 1, "This is no pack.", "Export one."),))
            return {
                DocumentName(kinds[path.split("/")[0]], path.split("/")[1][:-4]): text
                for path, text in found.items()
            }
        text = raw.decode(errors="replace")
        slug = dict(_PAIR.findall(text)).get("id")
        if not slug:
            raise ContentError((Fault(file_name, 1, "“id” is missing.", "Add it."),))
        return {DocumentName(DocumentKind.SCENARIO, slug): text}


_PAIR = re.compile(r'^(\w+): "?(.*?)"?$', re.M)


def _file(name: DocumentName) -> str:
    return f"data/{name.path}"


@dataclass
class StudioRoom:
    """A studio over a ledger of its own, with what it reads and writes."""

    studio: Studio
    publishing: Publishing
    desk: DeskInMemory
    audit: RecordedAudit
    clock: MovingClock
    unit_of_work: Callable[[], SqlUnitOfWork]

    def events(self) -> list[str]:
        return [line[0] for line in self.audit.lines]


def studio_room(
    url: str = "sqlite://",
    people: Sequence[Viewer] = (TARA, TOM, ADA),
    clock: MovingClock | None = None,
) -> StudioRoom:
    """Wire a studio for these people."""
    engine, clock = open_engine(url), clock or MovingClock()
    metadata.create_all(engine)

    def unit_of_work() -> SqlUnitOfWork:
        return SqlUnitOfWork(engine, clock)

    with unit_of_work() as work:
        for one in people:
            user = User(one.user_id, one.name.lower(), one.name, one.role, "junior")
            work.users.add(user)
        work.commit()
    desk, audit = DeskInMemory(), RecordedAudit()
    studio = Studio(unit_of_work, desk, audit, clock)
    publishing = Publishing(unit_of_work, desk, audit, clock)
    return StudioRoom(studio, publishing, desk, audit, clock, unit_of_work)
