"""A small world to publish in: ledger, files, models and assistant in memory, that can fail or die at any step."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.core.coaching.advice import Role
from bot.core.errors import ConflictError, Fault, NotFoundError, UnavailableError
from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from bot.core.studio.kinds import DocumentName
from bot.core.studio.margins import Margins
from bot.services.ports import User, Viewer
from bot.services.publish_job import PublishJob
from bot.services.publishing import Publishing
from bot.services.studio_ports import (
    Candidate,
    Checked,
    DraftConflictError,
    DraftRecord,
    Judgement,
    PublicationRecord,
    PublicationStatus,
    Stage,
    VersionRecord,
)

TESS = Viewer("usr_tess", "Tess Moore", Role.TRAINER)
ADA = Viewer("usr_ada", "Ada Quinn", Role.ADMIN)
SAM = Viewer("usr_sam", "Sam Okafor", Role.COLLECTOR)

MARGINS = Margins(Decimal("0.005"), Decimal("0.02"), Decimal("0.10"), Decimal("0.08"), 10)

OLD_MODEL, NEW_MODEL = "parley-old", "parley-new"

HAULIER = DocumentName.parse("scenario:haulier")
FLORIST = DocumentName.parse("scenario:florist")
PERSONA = DocumentName.parse("persona:builder")
LIMITS = DocumentName.parse("house:limits")

OLD_TEXT = "title: Sixty days\nlevel 1"
NEW_TEXT = (
    "title: “Sixty days”, again\n- try me when the diary is empty\n- another week will not hurt"
)
LESSONS = "nlu/client/scenario-haulier.yml"

_UNDER_WAY = (PublicationStatus.QUEUED, PublicationStatus.RUNNING)


class Killed(BaseException):
    """The process is gone: nothing that it would have done afterwards happens."""


@dataclass
class Ledger:
    """What the tables hold."""

    drafts: dict[str, DraftRecord] = field(default_factory=dict)
    versions: list[VersionRecord] = field(default_factory=list)
    publications: dict[str, PublicationRecord] = field(default_factory=dict)
    audit: list[tuple[str, str | None, str, dict[str, Any]]] = field(default_factory=list)


@dataclass
class World:
    """Everything that outlives a process, and a count of every step that a process takes in it."""

    ledger: Ledger = field(default_factory=Ledger)
    files: dict[str, str] = field(default_factory=dict)
    archives: set[str] = field(default_factory=lambda: {OLD_MODEL})
    candidates: set[str] = field(default_factory=set)
    pointer: str = OLD_MODEL
    running: str | None = OLD_MODEL

    #: What the next training gives, turn by turn; and what the assistant makes of texts, by model.
    judgements: tuple[Judgement, ...] = ()
    hears: Callable[[str, str], frozenset[str]] = lambda model, text: frozenset({"stalling"})
    while_training: Callable[[], None] = lambda: None
    broken: set[str] = field(default_factory=set)

    steps: list[str] = field(default_factory=list)
    fails_at: dict[int, BaseException] = field(default_factory=dict)
    is_dead: bool = False
    instant: datetime = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

    def step(self, name: str) -> None:
        """One thing that the process does; here it may fail or die."""
        if self.is_dead:
            raise Killed
        number = len(self.steps)
        self.steps.append(name)
        error = self.fails_at.pop(number, None)
        if error is not None:
            self.is_dead = isinstance(error, Killed)
            raise error

    def restart(self) -> None:
        """A new process begins."""
        self.is_dead = False
        self.fails_at.clear()

    def now(self) -> datetime:
        self.instant += timedelta(seconds=1)
        return self.instant

    def today(self) -> date:
        return self.instant.date()

    def record(
        self, event: str, *, user_id: str | None, subject: str, detail: dict[str, Any] | None = None
    ) -> None:
        self.step(f"audit {event}")
        self.ledger.audit.append((event, user_id, subject, detail or {}))

    @property
    def audit(self) -> list[tuple[str, str | None, str, dict[str, Any]]]:
        return self.ledger.audit

    @property
    def events(self) -> list[str]:
        return [line[0] for line in self.audit]

    def draft(self, name: DocumentName, text: str, by: Viewer = TESS) -> tuple[str, int]:
        """A new draft: its id and revision."""
        at = self.now()
        draft_id = f"drf_{len(self.ledger.drafts) + 1}_{name.slug}"
        self.ledger.drafts[draft_id] = DraftRecord(
            draft_id, name, text, 1, by.user_id, at, by.user_id, at
        )
        return draft_id, 1

    def edit(self, draft_id: str, text: str) -> None:
        """Somebody saves the draft."""
        old = self.ledger.drafts[draft_id]
        self.ledger.drafts[draft_id] = replace(old, text=text, revision=old.revision + 1)

    def state(self) -> dict[str, Any]:
        """What is in service: files, pointer, running model; and what the ledger holds but for publications."""
        return copy.deepcopy(
            {
                "files": self.files,
                "pointer": self.pointer,
                "running": self.running,
                "drafts": self.ledger.drafts,
                "versions": self.ledger.versions,
            }
        )

    def publishing(self) -> Publishing:
        return Publishing(lambda: Work(self), Desk(self), self, self)

    def job(self) -> PublishJob:
        return PublishJob(
            lambda: Work(self),
            Desk(self),
            Maker(self),
            Server(self),
            self,
            margins=lambda: MARGINS,
        )


class Work:
    """A unit of work; what is not committed is gone."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.drafts = Drafts(world)
        self.versions = Versions(world)
        self.publications = Publications(world)
        self.users = Users()
        self.audit = world

    def __enter__(self) -> Self:
        self._kept = copy.deepcopy(self._world.ledger)
        self._wrote = False
        return self

    def commit(self) -> None:
        self._world.step("ledger commit")
        self._kept = copy.deepcopy(self._world.ledger)
        self._world.step("ledger committed")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._world.ledger = self._kept


class Users:
    def all(self) -> list[User]:
        return [User(v.user_id, v.name, v.name, v.role, v.seniority) for v in (TESS, ADA, SAM)]


class Drafts:
    def __init__(self, world: World) -> None:
        self._world = world

    def get(self, draft_id: str) -> DraftRecord:
        if draft_id not in self._world.ledger.drafts:
            raise NotFoundError("There is no such draft.")
        return self._world.ledger.drafts[draft_id]

    def discard(self, draft_id: str, revision: int | None = None) -> None:
        self._world.step("ledger discard draft")
        draft = self.get(draft_id)
        if revision is not None and draft.revision != revision:
            raise DraftConflictError("It was saved again.", draft)
        del self._world.ledger.drafts[draft_id]


class Versions:
    def __init__(self, world: World) -> None:
        self._world = world

    def add(self, version: VersionRecord) -> int:
        self._world.step("ledger add version")
        numbers = [each.number for each in self.of(version.name)]
        number = 0 if version.number == 0 else max(numbers, default=0) + 1
        self._world.ledger.versions.append(replace(version, number=number))
        return number

    def of(self, name: DocumentName) -> list[VersionRecord]:
        return [each for each in reversed(self._world.ledger.versions) if each.name == name]


class Publications:
    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def _all(self) -> dict[str, PublicationRecord]:
        return self._world.ledger.publications

    def add(self, publication: PublicationRecord) -> str:
        names = {each.name for each in publication.documents}
        for other in self._all.values():
            if other.status in _UNDER_WAY and names & {each.name for each in other.documents}:
                raise ConflictError("A publication of it is under way already.")
        publication_id = f"pub_{len(self._all) + 1}"
        self._all[publication_id] = replace(publication, id=publication_id)
        return publication_id

    def get(self, publication_id: str) -> PublicationRecord:
        if publication_id not in self._all:
            raise NotFoundError("There is no such publication.")
        return self._all[publication_id]

    def all(self, limit: int = 50) -> Sequence[PublicationRecord]:
        return list(reversed(self._all.values()))[:limit]

    def claim(self, at: datetime) -> PublicationRecord | None:
        self._world.step("ledger claim")
        queued = [e for e in self._all.values() if e.status is PublicationStatus.QUEUED]
        if not queued or self.running() is not None:
            return None
        record = replace(
            queued[0], status=PublicationStatus.RUNNING, started_at=at, heartbeat_at=at
        )
        self._all[record.id] = record
        return record

    def running(self) -> PublicationRecord | None:
        running = (e for e in self._all.values() if e.status is PublicationStatus.RUNNING)
        return next(running, None)

    def under_way(self) -> bool:
        return any(e.status in _UNDER_WAY for e in self._all.values())

    def standing(self) -> PublicationRecord | None:
        in_service = [e for e in self._all.values() if e.status is PublicationStatus.IN_SERVICE]
        return max(in_service, key=lambda e: e.finished_at or e.requested_at, default=None)

    def update(
        self, publication: PublicationRecord, *, was: PublicationStatus | None = None
    ) -> None:
        self._world.step(f"ledger {publication.status} {publication.stage}")
        now = self.get(publication.id).status
        if was is not None and now is not was:
            raise ConflictError(f"The publication is {now} by now.")
        self._all[publication.id] = publication


@dataclass
class Desk:
    """Documents as texts; `examples:` lines below a scenario's text are lines for the ear."""

    world: World

    def names(self) -> list[DocumentName]:
        paths = [path for path in self.world.files if not path.startswith("nlu/")]
        return [_name(path) for path in paths]

    def text(self, name: DocumentName) -> str | None:
        return self.world.files.get(name.path)

    def check(self, name: DocumentName, text: str) -> Checked:
        return Checked({"examples": _examples(text)}, ())

    def check_together(self, texts: Mapping[DocumentName, str]) -> tuple[Fault, ...]:
        missing = [t.split("persona: ")[1].split()[0] for t in texts.values() if "persona: " in t]
        known = set(self.world.files) | {name.path for name in texts}
        faults = [
            Fault("data/x.yml", 3, f"There is no persona {slug}.", "Name another.", ("persona",))
            for slug in missing
            if f"personas/{slug}.yml" not in known
        ]
        faults += [
            Fault(name.path, 1, "It is wrong.", "Mend it.")
            for name, text in texts.items()
            if "faulty" in text or str(name) in self.world.broken
        ]
        return tuple(faults)

    def training_file(self, name: DocumentName, text: str | None) -> tuple[str, str | None] | None:
        path = f"nlu/client/scenario-{name.slug}.yml"
        lines = [row["text"] for row in _examples(text or "")]
        if not lines and path not in self.world.files:
            return None
        return path, "\n".join(lines) if lines else None

    def put(self, files: Mapping[str, str | None]) -> None:
        for path, text in files.items():
            self.world.step(f"put {path}")
            if text is None:
                self.world.files.pop(path, None)
            else:
                self.world.files[path] = text


@dataclass
class Maker:
    world: World

    def in_service(self) -> str | None:
        return self.world.pointer

    def make(
        self, files: Mapping[str, str | None], told: Callable[[Stage, int, str], None]
    ) -> Candidate:
        told(Stage.TRAIN, 10, "Training on 20 new lines.")
        self.world.step("train")
        self.world.while_training()
        self.world.candidates.add(NEW_MODEL)
        self.world.step("trained")
        told(Stage.COMPARE, 70, "Hearing 1,497 kept turns.")
        return Candidate(NEW_MODEL, self.file_of(NEW_MODEL), self.world.judgements, 12.0)

    def file_of(self, name: str) -> Path:
        if name not in self.world.archives | self.world.candidates:
            raise NotFoundError(f"There is no model {name}.")
        return Path(f"{name}.tar.gz")

    def put_in_service(self, name: str) -> None:
        self.world.step("put archive")
        self.world.archives.add(name)
        self.world.candidates.discard(name)
        self.world.step("put pointer")
        self.world.pointer = name

    def clear_candidates(self) -> None:
        self.world.step("clear candidates")
        self.world.candidates.clear()


@dataclass
class Server:
    world: World

    def hear_all(self, turns: Sequence[tuple[str, Speaker]], today: date) -> list[Reading]:
        self.world.step("hear")
        model = self.world.running
        if model is None:
            raise UnavailableError("The assistant does not answer.")
        return [
            Reading(
                speaker,
                text,
                tuple(HeardLabel(name, 0.9) for name in sorted(self.world.hears(model, text))),
            )
            for text, speaker in turns
        ]

    def load_model(self, file: Path) -> str:
        self.world.step("load")
        if self.world.running is None:
            raise UnavailableError("The assistant does not answer.")
        self.world.running = file.name.removesuffix(".tar.gz")
        self.world.step("loaded")
        return self.world.running

    def model(self) -> str | None:
        return self.world.running


def _name(path: str) -> DocumentName:
    folder, slug = path.removesuffix(".yml").split("/")
    return DocumentName.parse(f"{folder.removesuffix('s') if folder != 'house' else folder}:{slug}")


def _examples(text: str) -> list[dict[str, Any]]:
    rows = [row.removeprefix("- ") for row in text.split("\n") if row.startswith("- ")]
    return [{"text": row, "labels": ["stalling"], "heat": 0, "style": "clean"} for row in rows]


def judged(
    truth: str, before: str, after: str, text: str = "a kept turn", times: int = 1
) -> tuple[Judgement, ...]:
    """So many kept turns of a client's, with what they mean and what two models hear."""
    return tuple(
        Judgement(
            f"{text} {number}",
            Speaker.CLIENT,
            frozenset({truth}),
            frozenset({before}),
            frozenset({after}),
        )
        for number in range(times)
    )


def fresh() -> World:
    """A world with one scenario and one house rule in service, where a new model hears the same as the old one."""
    same = judged("stalling", "stalling", "stalling", times=30)
    return World(files={HAULIER.path: OLD_TEXT, LIMITS.path: "limit: 10"}, judgements=same)
