"""What the studio needs from the outside: drafts, versions and publications, content files, models and ears."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from bot.core.coaching.advice import Role
from bot.core.coaching.desk import Desk
from bot.core.errors import ConflictError, Fault
from bot.core.labels import Speaker
from bot.core.reading import Reading
from bot.core.rehearsal.player_script import Player
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.core.studio.likeness import LineIndex


@dataclass(frozen=True)
class DraftRecord:
    """The one draft of a document; `revision` grows by one with every save, `base_digest` is of the file it began from."""

    id: str
    name: DocumentName
    text: str
    revision: int
    created_by: str
    created_at: datetime
    edited_by: str
    edited_at: datetime
    base_digest: str | None = None


@dataclass(frozen=True)
class RevisionRecord:
    """What a draft was after one save."""

    draft_id: str
    revision: int
    text: str
    edited_by: str
    edited_at: datetime


@dataclass(frozen=True)
class VersionRecord:
    """A text that was in service; number 0 is what was shipped with the product, `text` None means removed."""

    name: DocumentName
    number: int
    text: str | None
    published_by: str | None
    published_at: datetime
    note: str
    publication_id: str | None


class PublicationStatus(StrEnum):
    """What has become of a publication."""

    QUEUED = "queued"
    RUNNING = "running"
    IN_SERVICE = "in_service"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ROLLED_BACK = "rolled_back"


class Stage(StrEnum):
    """How far a publication is, in order."""

    QUEUED = "queued"
    CHECK = "check"
    TRAIN = "train"
    COMPARE = "compare"
    SWITCH = "switch"
    SMOKE = "smoke"
    DONE = "done"


@dataclass(frozen=True)
class PublishedDocument:
    """A document in a publication: what it becomes, and the file's text before (None: there was none)."""

    name: DocumentName
    text: str
    before: str | None
    draft_id: str | None = None
    revision: int | None = None


@dataclass(frozen=True)
class PublicationRecord:
    """One publication from the wish to its end; `progress` is a percentage, `report` the comparison's document."""

    id: str
    status: PublicationStatus
    stage: Stage
    progress: int
    note: str
    requested_by: str
    requested_at: datetime
    documents: tuple[PublishedDocument, ...]
    started_at: datetime | None = None
    heartbeat_at: datetime | None = None
    finished_at: datetime | None = None
    model_before: str | None = None
    model_after: str | None = None
    report: dict[str, Any] | None = None
    faults: tuple[dict[str, Any], ...] = ()
    error: str | None = None
    override_reason: str | None = None
    rolled_back_by: str | None = None
    rolled_back_at: datetime | None = None


class DraftConflictError(ConflictError):
    """Somebody else has saved the draft meanwhile; `current` is what they saved."""

    code = "draft-changed"
    title = "Somebody else has saved this draft meanwhile"

    def __init__(self, detail: str, current: DraftRecord, edited_by: str = "") -> None:
        super().__init__(detail, field="revision")
        self.current = current
        #: The full name of who saved it.
        self.edited_by = edited_by


class DraftRepository(Protocol):
    """Drafts, one for each document at most."""

    def add(self, draft: DraftRecord) -> str:
        """Store a draft at revision 1 (its id is made here); ConflictError when the document has one already."""

    def get(self, draft_id: str) -> DraftRecord:
        """One draft; NotFoundError."""

    def of(self, name: DocumentName) -> DraftRecord | None:
        """The draft of a document, if there is one."""

    def all(self) -> Sequence[DraftRecord]:
        """Every draft, the last edited first."""

    def save(self, draft_id: str, revision: int, text: str, by: str, at: datetime) -> DraftRecord:
        """Store a text over `revision`; DraftConflictError when the draft is further. Keeps the last fifty revisions."""

    def rename(self, draft_id: str, name: DocumentName) -> None:
        """Give a draft of a new document another slug; ConflictError when that has a draft."""

    def revisions(self, draft_id: str) -> Sequence[RevisionRecord]:
        """The kept revisions, the newest first."""

    def revision(self, draft_id: str, revision: int) -> RevisionRecord:
        """One kept revision; NotFoundError."""

    def discard(self, draft_id: str, revision: int | None = None) -> None:
        """Take a draft and its revisions away; DraftConflictError when it is no longer at `revision`."""


class VersionRepository(Protocol):
    """Published texts; nothing is ever changed here."""

    def add(self, version: VersionRecord) -> int:
        """Store the next version of a document and return its number (given numbers other than 0 are ignored)."""

    def of(self, name: DocumentName) -> Sequence[VersionRecord]:
        """All versions of a document, the newest first."""

    def get(self, name: DocumentName, number: int) -> VersionRecord:
        """One version; NotFoundError."""

    def newest(self) -> Mapping[DocumentName, VersionRecord]:
        """The newest version of every document that has one."""


class PublicationRepository(Protocol):
    """Publications; one runs at a time."""

    def add(self, publication: PublicationRecord) -> str:
        """Store a wish (its id is made here); ConflictError while one of its documents is queued or running."""

    def get(self, publication_id: str) -> PublicationRecord:
        """One publication; NotFoundError."""

    def all(self, limit: int = 50) -> Sequence[PublicationRecord]:
        """The newest first."""

    def claim(self, at: datetime) -> PublicationRecord | None:
        """Take the oldest queued one and mark it running; None when there is none or another is running."""

    def running(self) -> PublicationRecord | None:
        """The one that runs, if any."""

    def standing(self) -> PublicationRecord | None:
        """Of those in service, the one that was put there last."""

    def under_way(self) -> bool:
        """Whether one is queued or running; cheap, as pages ask every second how far one is."""

    def waiting(self) -> bool:
        """Whether one is queued, or one in service is to be rolled back; cheap, as it is asked twice a second."""

    def update(
        self, publication: PublicationRecord, *, was: PublicationStatus | None = None
    ) -> None:
        """Store everything but the documents; ConflictError when the stored status is not `was`."""


@dataclass(frozen=True)
class Checked:
    """What the reading of one text gave: its faults, and its values when it could be read at all."""

    data: dict[str, Any] | None
    faults: tuple[Fault, ...]
    hints: tuple[Fault, ...] = ()


class ContentDesk(Protocol):
    """The words of the house as files and as texts. Implemented by `bot.content.studio_desk.StudioDesk`."""

    def names(self) -> Sequence[DocumentName]:
        """Every document that is on file."""

    def text(self, name: DocumentName) -> str | None:
        """The file's text as it is; None when there is no such file."""

    def check(self, name: DocumentName, text: str) -> Checked:
        """Read a text as if it were that file among the others; every fault at once, with line, place and remedy."""

    def check_together(self, texts: Mapping[DocumentName, str]) -> tuple[Fault, ...]:
        """The faults of several texts that would be put in service together."""

    def with_data(self, name: DocumentName, text: str, data: Mapping[str, Any]) -> str:
        """The text with a form's values put in; comments and untouched lines stay as they were."""

    def blank(self, name: DocumentName, title: str) -> str:
        """A new document's text, with what every one of its kind has."""

    def copied(self, name: DocumentName, source: str, title: str) -> str:
        """A text under a new name: id, title and line ids are its own."""

    def form(self, kind: DocumentKind, slug: str = "") -> dict[str, Any]:
        """The sections and fields of a kind's form, with labels, hints and choices."""

    def scenario_parts(self, texts: Mapping[DocumentName, str], scenario: str) -> tuple[Any, Any]:
        """Scenario and persona as core objects, from texts first and from files otherwise; ContentError."""

    def desk_with(
        self,
        texts: Mapping[DocumentName, str],
        country: str,
        today: date,
        role: Role,
        seniority: str,
    ) -> Desk:
        """The desk that calls are coached by, with playbook, house or law texts in place of their files; ContentError."""

    def players(self) -> Mapping[str, Player]:
        """The scripted collectors by id: good, middling and poor."""

    def line_index(self) -> LineIndex:
        """Every line that is on file: spoken, trained on, and the client's turns that are kept apart."""

    def training_file(self, name: DocumentName, text: str | None) -> tuple[str, str | None] | None:
        """The NLU file that a document's examples make: its path under data/ and its text (None: it goes).

        None for a document that teaches the recogniser nothing and has no such file.
        """

    def put(self, files: Mapping[str, str | None]) -> None:
        """Write files under data/ (None removes one), each whole or not at all; UnavailableError."""

    def pack(self, texts: Mapping[DocumentName, str]) -> bytes:
        """A zip archive of documents; the same texts give the same bytes."""

    def unpack(self, file_name: str, raw: bytes) -> dict[DocumentName, str]:
        """The documents of a YAML file or a pack; ContentError lists everything that is wrong with it."""


@dataclass(frozen=True)
class Judgement:
    """One kept turn with what it says and what two models hear in it."""

    text: str
    speaker: Speaker
    truth: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]


@dataclass(frozen=True)
class Candidate:
    """A trained model that is not in service: its name, its file, and how it does on the kept turns."""

    name: str
    file: Path
    judgements: tuple[Judgement, ...] = field(repr=False)
    seconds: float = 0.0


class ModelMaker(Protocol):
    """Trains models. Implemented by `bot.nlu.candidates.ModelWorkshop`."""

    def in_service(self) -> str | None:
        """The name of the model in service (without the ending)."""

    def make(
        self, files: Mapping[str, str | None], told: Callable[[Stage, int, str], None]
    ) -> Candidate:
        """Train on the lines with some files under data/ replaced; the model in service and its files stay as they are.

        `told` hears of the stage, the percentage of the whole publication and what is being done, in plain words.
        """

    def file_of(self, name: str) -> Path:
        """The archive of a model that is in service, was, or is a candidate; NotFoundError."""

    def put_in_service(self, name: str) -> None:
        """Make a model the one that a starting server loads."""

    def clear_candidates(self) -> None:
        """Remove what interrupted trainings left."""


class ModelServer(Protocol):
    """The running assistant as the studio needs it. Implemented by `bot.rasa_http.RasaAssistant`."""

    def hear_all(self, turns: Sequence[tuple[str, Speaker]], today: date) -> list[Reading]:
        """What turns mean to the model in service; nothing is stored; UnavailableError."""

    def load_model(self, file: Path) -> str:
        """Have the server go over to another model while turns go on; returns the model's name; UnavailableError."""

    def model(self) -> str | None:
        """The name of the model that answers; None when none does."""
