"""Shows a supervisor what goes on: open calls, hand-overs, promises and disputes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.core.coaching.advice import Role
from bot.core.errors import ForbiddenError
from bot.services.ports import Clock, Viewer

#: Promises are listed from the day they fall due to so many days ahead.
DAYS_AHEAD = 3

OVERSEERS = (Role.SUPERVISOR, Role.ADMIN)


@dataclass(frozen=True)
class OpenCall:
    """A call that is going on."""

    call_id: str
    account_id: str
    account_name: str
    collector: str
    started_at: datetime
    turns: int
    heat_path: tuple[int, ...] = ()
    protocol: str | None = None
    escalation_state: str = "not_yet"

    @property
    def heat(self) -> int:
        """How hostile the last client turn was."""
        return self.heat_path[-1] if self.heat_path else 0

    @property
    def trend(self) -> str:
        """Whether the last turns went up, down or neither: `rising`, `falling`, `steady`."""
        recent = self.heat_path[-4:]
        change = recent[-1] - recent[0] if len(recent) > 1 else 0
        return "rising" if change > 0 else "falling" if change < 0 else "steady"

    def minutes(self, now: datetime) -> int:
        """How long it has been going on."""
        return max(0, int((now - self.started_at).total_seconds() // 60))


@dataclass(frozen=True)
class WaitingEscalation:
    """A hand-over that nobody has acknowledged."""

    id: str
    call_id: str
    account_id: str
    account_name: str
    collector: str
    state: str
    raised_at: datetime
    note: str = ""
    decision: str = ""

    def minutes(self, now: datetime) -> int:
        """How long it has been waiting."""
        return max(0, int((now - self.raised_at).total_seconds() // 60))


@dataclass(frozen=True)
class WatchedPromise:
    """A promise that falls due soon, or was broken."""

    account_id: str
    account_name: str
    owner: str
    amount: str
    currency: str
    due_on: date
    status: str


@dataclass(frozen=True)
class OpenDispute:
    """A dispute that nobody has settled."""

    account_id: str
    account_name: str
    invoice_number: str
    reason: str
    amount: str
    currency: str
    opened_on: date

    def age(self, today: date) -> int:
        """Days since it was opened."""
        return max(0, (today - self.opened_on).days)


@dataclass(frozen=True)
class Board:
    """Everything on the supervisor's page at one instant."""

    now: datetime
    today: date
    calls: Sequence[OpenCall]
    escalations: Sequence[WaitingEscalation]
    promises: Sequence[WatchedPromise]
    disputes: Sequence[OpenDispute]


class SupervisionQueries(Protocol):
    """The lists a supervisor reads, straight from the ledger."""

    def open_calls(self) -> Sequence[OpenCall]:
        """Calls that are open, the longest first."""

    def waiting_escalations(self) -> Sequence[WaitingEscalation]:
        """Hand-overs without acknowledgement, the oldest first."""

    def watched_promises(
        self, due_by: date, owner_id: str | None = None
    ) -> Sequence[WatchedPromise]:
        """Pending promises due by a day, then broken ones, the latest first; of one portfolio if named."""

    def open_disputes(self) -> Sequence[OpenDispute]:
        """Disputes without resolution, by reason and then the oldest first."""


class Supervision:
    """Use cases of supervisors."""

    def __init__(self, queries: SupervisionQueries, clock: Clock) -> None:
        self._queries = queries
        self._clock = clock

    def board(self, viewer: Viewer) -> Board:
        """The supervisor's page; ForbiddenError for other roles."""
        if viewer.role not in OVERSEERS:
            raise ForbiddenError("Only supervisors see other people's calls.")
        today = self._clock.today()
        return Board(
            now=self._clock.now(),
            today=today,
            calls=self._queries.open_calls(),
            escalations=self._queries.waiting_escalations(),
            promises=self._queries.watched_promises(_later(today, DAYS_AHEAD)),
            disputes=self._queries.open_disputes(),
        )

    def promises_to_watch(self, viewer: Viewer) -> Sequence[WatchedPromise]:
        """Promises that are due or were broken, of the accounts that the viewer sees."""
        owner = None if viewer.sees_all else viewer.user_id
        return self._queries.watched_promises(self._clock.today(), owner)


def _later(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)
