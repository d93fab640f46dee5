"""What the use cases need from the outside world, as protocols. Adapters carry the technology in their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from bot.core.account import Account
from bot.core.coaching.advice import Role
from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from bot.services.correction_ports import CorrectionRepository
from bot.services.rehearsal_ports import (
    AssignmentRepository,
    RehearsalRecord,
    RehearsalRepository,
    RehearsalTurnRecord,
)
from bot.services.studio_ports import DraftRepository, PublicationRepository, VersionRepository


@dataclass(frozen=True)
class Viewer:
    """Who is asking: a collector sees only their own portfolio, the other roles see every account."""

    user_id: str
    name: str
    role: Role
    seniority: str = "junior"

    @property
    def sees_all(self) -> bool:
        """Whether the portfolio limit does not apply."""
        return self.role in (Role.SUPERVISOR, Role.ADMIN, Role.TRAINER)


@dataclass(frozen=True)
class AccountRow:
    """One account in a list."""

    id: str
    name: str
    industry: str
    country: str
    currency: str
    overdue: str
    overdue_invoices: int
    oldest_days: int
    risk_class: str
    owner: str


@dataclass(frozen=True)
class CallRecord:
    """A call as stored; `memory` is CallMemory's document, `status` open or closed."""

    id: str
    account_id: str
    user_id: str
    status: str
    started_at: datetime
    closed_at: datetime | None = None
    memory: dict[str, Any] = field(default_factory=dict)
    summary: dict[str, Any] | None = None
    packet: dict[str, Any] | None = None


@dataclass(frozen=True)
class TurnRecord:
    """A turn as stored; `reading` and `advice` are None until it has been answered."""

    id: str
    call_id: str
    index: int
    speaker: Speaker
    text: str
    said_at: datetime
    segment_id: str | None = None
    reading: dict[str, Any] | None = None
    advice: dict[str, Any] | None = None


@dataclass(frozen=True)
class User:
    """A person who signs in."""

    id: str
    name: str
    full_name: str
    role: Role
    seniority: str
    password_hash: str | None = None
    active: bool = True


class AccountRepository(Protocol):
    """Clients and their ledgers."""

    def get(self, account_id: str, viewer: Viewer) -> Account:
        """Load the whole account; NotFoundError when unknown or outside the viewer's portfolio."""

    def search(self, text: str, viewer: Viewer, limit: int = 50) -> Sequence[AccountRow]:
        """Accounts whose name, id, industry or invoice number fits, largest overdue first."""

    def add_promise(
        self,
        account_id: str,
        amount: str,
        currency: str,
        due_on: date,
        by: str,
        call_id: str | None,
    ) -> str:
        """Store a promise to pay; returns its id."""

    def add_dispute(
        self,
        account_id: str,
        invoice_number: str,
        reason: str,
        amount: str | None,
        note: str,
        by: str,
        call_id: str | None,
    ) -> str:
        """Open a dispute on an invoice (amount None: its whole balance); returns its id."""

    def add_plan(
        self,
        account_id: str,
        schedule: Sequence[tuple[str, date]],
        currency: str,
        by: str,
        call_id: str | None,
    ) -> str:
        """Store an agreed plan; returns its id."""

    def add_document_request(
        self, account_id: str, kind: str, reference: str | None, by: str
    ) -> str:
        """Queue a document that the client asked for; returns its id."""

    def add_follow_up(self, account_id: str, due_on: date, note: str, by: str) -> str:
        """Note the next contact; returns its id."""

    def add_contact(
        self, account_id: str, at: datetime, channel: str, by: str, summary: str
    ) -> str:
        """Write a line in the contact log; returns its id."""

    def set_protection(self, account_id: str, kind: str, on: date, note: str, by: str) -> None:
        """Record a pause: `vulnerable`, `adviser`, `moratorium`, `insolvent` or `contact_stopped`."""

    def withdraw_protection(self, account_id: str, kind: str, call_id: str) -> None:
        """Take back a pause that rests on a turn of this call which was misheard."""


class CallRepository(Protocol):
    """Calls and their turns."""

    def open(self, account_id: str, user_id: str, at: datetime) -> CallRecord:
        """Start a call."""

    def get(self, call_id: str, viewer: Viewer) -> CallRecord:
        """Load a call; NotFoundError when it is unknown or somebody else's (supervisors see all)."""

    def add_turn(
        self, call_id: str, speaker: Speaker, text: str, said_at: datetime, segment_id: str | None
    ) -> tuple[TurnRecord, bool]:
        """Store a turn; with a segment id already stored, returns that turn and False."""

    def answer_turn(
        self, turn_id: str, reading: dict[str, Any], advice: dict[str, Any], memory: dict[str, Any]
    ) -> None:
        """Store reading and advice of a turn and the call's new memory, in one."""

    def get_turn(self, turn_id: str) -> TurnRecord:
        """Load one turn."""

    def turns(
        self, call_id: str, after: int = -1, *, unanswered: bool = False
    ) -> Sequence[TurnRecord]:
        """The turns of a call in order, those after an index; if asked, only those without advice."""

    def claim(self, call_id: str) -> dict[str, Any]:
        """Take the call for this transaction, so that no other turn is answered at once; returns its memory."""

    def latest(self, user_id: str) -> CallRecord | None:
        """The call that this user opened last."""

    def close(self, call_id: str, at: datetime, summary: dict[str, Any]) -> None:
        """End a call with its summary."""

    def add_escalation(
        self,
        call_id: str,
        account_id: str,
        state: str,
        packet: dict[str, Any],
        by: str,
        at: datetime,
    ) -> str:
        """Store a hand-over packet; returns its id."""

    def acknowledge_escalation(self, escalation_id: str, by: str, at: datetime) -> None:
        """Note who took the hand-over; NotFoundError when unknown, ConflictError when it was taken already."""

    def set_memory(
        self, call_id: str, memory: dict[str, Any], packet: dict[str, Any] | None
    ) -> None:
        """Replace a call's memory and packet outside a turn: hand-over, a misheard turn."""

    def add_feedback(
        self,
        turn_id: str,
        user_id: str,
        kind: str,
        line_id: str | None,
        labels: Sequence[str] | None,
        at: datetime,
    ) -> None:
        """Store `used`, `not_useful` or `misheard` (with the labels it should have been)."""


class UserRepository(Protocol):
    """People and their tokens."""

    def by_name(self, name: str) -> User | None:
        """The user with this sign-in name."""

    def by_id(self, user_id: str) -> User | None:
        """The user with this id."""

    def by_token_hash(self, token_hash: str, now: datetime) -> User | None:
        """The user a bearer token belongs to, when it is neither expired nor withdrawn."""

    def add(self, user: User) -> None:
        """Store a new user; ConflictError when the name is taken."""

    def add_token(
        self, user_id: str, token_hash: str, expires_at: datetime | None, note: str
    ) -> None:
        """Store the hash of a bearer token."""

    def set_password_hash(self, user_id: str, password_hash: str) -> None:
        """Replace a user's password hash; NotFoundError when there is no such user."""

    def all(self) -> Sequence[User]:
        """Every user, by name."""


class UnitOfWork(AbstractContextManager["UnitOfWork"], Protocol):
    """One transaction: leaves no trace unless `commit` was called."""

    accounts: AccountRepository
    calls: CallRepository
    users: UserRepository
    corrections: CorrectionRepository
    rehearsals: RehearsalRepository
    assignments: AssignmentRepository
    drafts: DraftRepository
    versions: VersionRepository
    publications: PublicationRepository
    audit: Audit

    def commit(self) -> None:
        """Make what was done last."""


class Audit(Protocol):
    """Who did and saw what."""

    def record(
        self, event: str, *, user_id: str | None, subject: str, detail: dict[str, Any] | None = None
    ) -> None:
        """Write one line of the audit trail (past tense: `call_opened`, `advice_shown`)."""


class Clock(Protocol):
    """The time, passed in."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""

    def today(self) -> date:
        """The day at the collector's desk."""


class Recogniser(Protocol):
    """Hears a turn."""

    def read(self, text: str, speaker: Speaker, today: date) -> Reading:
        """What the turn means; UnavailableError when the recogniser does not answer."""


class ImportRepository(Protocol):
    """Takes a whole ledger in at once."""

    def replace_open_items(
        self,
        source: str,
        clients: Iterable[Any],
        invoices: Iterable[Any],
        *,
        as_of: datetime | None = None,
        restamp: bool = True,
    ) -> dict[str, int]:
        """Insert or update by external key; counts new, changed and unchanged. `restamp`: what is unchanged is as fresh as `as_of`."""

    def was_imported(self, source: str, digest: str) -> bool:
        """Whether this very file has been taken in before."""

    def record(
        self,
        source: str,
        digest: str,
        file_name: str,
        by: str,
        at: datetime,
        counts: dict[str, int],
    ) -> None:
        """Note that a file was taken in."""


class Assistant(Protocol):
    """The running assistant, which hears a turn and calls the action that advises."""

    def advise_on_turn(self, turn: TurnRecord, call: CallRecord, viewer: Viewer) -> dict[str, Any]:
        """Have a stored turn heard and answered; UnavailableError when the assistant does not answer."""

    def hear_rehearsal_turn(
        self, turn: RehearsalTurnRecord, rehearsal: RehearsalRecord, today: date, viewer: Viewer
    ) -> dict[str, Any]:
        """Have a stored turn of a rehearsal heard as of that day and answered; UnavailableError as above."""

    def hear_as_turn(self, text: str, rehearsal_id: str, viewer: Viewer) -> tuple[HeardLabel, ...]:
        """Hear what may be a turn of a rehearsal as the collector's, and store nothing; UnavailableError as above."""

    def chat(
        self,
        text: str,
        conversation: str,
        viewer: Viewer,
        call_id: str | None,
        as_turn: tuple[HeardLabel, ...] | None = None,
    ) -> list[dict[str, Any]]:
        """Answer a coach request with messages; UnavailableError when the assistant does not answer.

        `as_turn` is what the same words were heard as if they were said on a rehearsed call.
        """

    def is_ready(self) -> bool:
        """Whether a trained model answers."""
