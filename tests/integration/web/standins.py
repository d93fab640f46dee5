"""Use cases behind the web application, small enough to read: two accounts, two portfolios, calls in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.core.coaching.advice import Advice, EscalationAdvice, SayLine
from bot.core.errors import ConflictError, NotFoundError
from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from bot.services.assignments import Assignments
from bot.services.corrections import Corrections
from bot.services.difficulty import Difficulty
from bot.services.facts import account_facts
from bot.services.people import People
from bot.services.ports import Viewer
from bot.services.progress import Progress
from bot.services.publishing import Publishing
from bot.services.rehearsal_feedback import RehearsalFeedback
from bot.services.rehearse import Rehearsals
from bot.services.scenarios import Scenarios
from bot.services.studio import Studio
from bot.services.supervision import (
    OpenCall,
    OpenDispute,
    Supervision,
    WaitingEscalation,
    WatchedPromise,
)
from tests.builders import an_account, an_invoice
from tests.correction_fakes import CorrectionsAtWork, InMemoryLines, a_correction
from tests.people_fakes import MovingClock, UsersAtWork, some_people
from tests.rehearsal_fakes import RehearsalRoom, rehearsal_room, repertoire
from tests.studio_fakes import StudioRoom, studio_room

PASSWORD = "a long winter evening"

BAKERY = an_account(
    id="acc_bakery", name="Harbour Bakery Ltd", owner="usr_amina", charges=(), contact_log=()
)
FARM = an_account(
    an_invoice("9001", 4000, days_late=70),
    id="acc_farm",
    name="<b>Hill</b> Farm & Sons",
    owner="usr_ben",
)


@dataclass
class StandInAccounts:
    """Accounts by portfolio."""

    clock: MovingClock

    def search(self, text: str, viewer: Viewer, limit: int = 50) -> list[dict[str, Any]]:
        seen = [a for a in (BAKERY, FARM) if viewer.sees_all or a.owner == viewer.user_id]
        fits = [a for a in seen if text.lower() in a.name.lower()]
        facts = [account_facts(account, self.clock.today()) for account in fits[:limit]]
        keys = [
            "id",
            "name",
            "industry",
            "country",
            "currency",
            "overdue",
            "overdue_invoices",
            "oldest_days",
            "risk_class",
            "owner",
        ]
        return [{key: account[key] for key in keys} for account in facts]

    def get(self, account_id: str, viewer: Viewer) -> dict[str, Any]:
        for account in (BAKERY, FARM):
            if account.id == account_id and (viewer.sees_all or account.owner == viewer.user_id):
                return account_facts(account, self.clock.today())
        raise NotFoundError("There is no such account in your portfolio.")

    def brief(self, account_id: str, viewer: Viewer) -> dict[str, Any]:
        account = self.get(account_id, viewer)
        return {
            "who": account["name"],
            "standing": "Overdue.",
            "strategy": "Ask for the day and the sum.",
            "opening_line": "May I speak to Ruth Mercer, please?",
            "expect": ["puts it off"],
            "stale": [],
            "paused": None,
            "as_of": account["as_of"],
        }


@dataclass
class StandInCalls:
    """Calls in memory, with an advice that repeats what it heard."""

    accounts: StandInAccounts
    clock: MovingClock
    calls: dict[str, dict[str, Any]] = field(default_factory=dict)
    feedbacks: list[tuple[Any, ...]] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    confirmed: list[dict[str, Any]] = field(default_factory=list)
    fault: BaseException | None = None

    def open_call(self, account_id: str, viewer: Viewer) -> dict[str, Any]:
        self.accounts.get(account_id, viewer)
        call_id = f"call_{len(self.calls) + 1}"
        self.calls[call_id] = {
            "account_id": account_id,
            "owner": viewer.user_id,
            "status": "open",
            "turns": [],
        }
        return self.view(call_id, viewer)

    def view(self, call_id: str, viewer: Viewer) -> dict[str, Any]:
        call = self._call(call_id, viewer)
        return {
            "id": call_id,
            "account_id": call["account_id"],
            "status": call["status"],
            "started_at": self.clock.now().isoformat(),
            "account": self.accounts.get(call["account_id"], viewer),
            "brief": self.accounts.brief(call["account_id"], viewer),
            "advice": None,
            "turns": list(call["turns"]),
            "summary": None,
        }

    def status(self, call_id: str, viewer: Viewer) -> str:
        return str(self._call(call_id, viewer)["status"])

    def take_turn(
        self,
        call_id: str,
        viewer: Viewer,
        speaker: Speaker,
        text: str,
        *,
        segment_id: str | None = None,
        final: bool = True,
        at: datetime | None = None,
        labels: tuple[str, ...] | None = None,
    ) -> dict[str, Any]:
        call = self._call(call_id, viewer)
        if call["status"] != "open":
            raise ConflictError("This call is closed.")
        heard = tuple(HeardLabel(name, 1.0, text[:20]) for name in labels or ("stalling",))
        reading = Reading(speaker, text, heard, flags=("by_hand",) if labels else ())
        advice = Advice(
            silent=False,
            heard=reading.names,
            say=(SayLine("stalling-01", "Shall we fix the day now?"),),
            escalation=EscalationAdvice("not_yet"),
        )
        turn = {
            "turn_id": f"turn_{len(call['turns']) + 1}",
            "index": len(call["turns"]),
            "speaker": speaker.value,
            "text": text,
            "said_at": (at or self.clock.now()).isoformat(),
            "segment_id": segment_id,
            "reading": reading.as_json(),
            "advice": advice.as_json(),
        }
        call["turns"].append(turn)
        return {key: turn[key] for key in ("turn_id", "reading", "advice")}

    def events(self, call_id: str, viewer: Viewer, after: int = -1) -> list[dict[str, Any]]:
        return [turn for turn in self._call(call_id, viewer)["turns"] if turn["index"] > after]

    def close(self, call_id: str, viewer: Viewer, confirmed: dict[str, Any]) -> dict[str, Any]:
        self._call(call_id, viewer)["status"] = "closed"
        self.confirmed.append(confirmed)
        return {"summary": {"outcome": "promise"}, "written": [{"kind": "promise", "id": "prm_1"}]}

    def feedback(self, call_id: str, turn_id: str, viewer: Viewer, kind: str, **rest: Any) -> None:
        self._call(call_id, viewer)
        self.feedbacks.append((turn_id, kind, rest["line_id"], rest["labels"]))

    def escalate(self, call_id: str, viewer: Viewer, note: str = "") -> dict[str, Any]:
        self._call(call_id, viewer)
        return {"id": "esc_1", "note": note}

    def acknowledge(self, escalation_id: str, viewer: Viewer) -> None:
        self.acknowledged.append(escalation_id)

    def _call(self, call_id: str, viewer: Viewer) -> dict[str, Any]:
        if self.fault:
            raise self.fault
        call = self.calls.get(call_id)
        if call is None or not (viewer.sees_all or call["owner"] == viewer.user_id):
            raise NotFoundError("There is no such call.")
        return call


class StandInCoach:
    """A coach that repeats the question."""

    def ask(self, text: str, viewer: Viewer, call_id: str | None = None) -> dict[str, Any]:
        return {"messages": [{"text": f"You asked: {text}", "custom": None}]}


@dataclass
class StandInAssistant:
    """An assistant that is ready when told so."""

    ready: bool = True

    def is_ready(self) -> bool:
        return self.ready


class StandInQueries:
    """A board with one row of each kind."""

    def open_calls(self) -> Sequence[OpenCall]:
        started = datetime(2026, 3, 10, 8, 48, tzinfo=UTC)
        heat = (0, 1, 2, 3)
        return [
            OpenCall(
                "call_1", "acc_farm", FARM.name, "Ben", started, 4, heat, "vulnerability", "offered"
            )
        ]

    def waiting_escalations(self) -> Sequence[WaitingEscalation]:
        raised = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
        return [
            WaitingEscalation(
                "esc_1", "call_1", "acc_farm", FARM.name, "Ben", "handed_over", raised, "angry"
            )
        ]

    def watched_promises(
        self, due_by: date, owner_id: str | None = None
    ) -> Sequence[WatchedPromise]:
        if owner_id not in (None, BAKERY.owner):
            return []
        return [
            WatchedPromise(
                "acc_bakery", BAKERY.name, "Amina", "500.00", "GBP", date(2026, 3, 9), "broken"
            )
        ]

    def open_disputes(self) -> Sequence[OpenDispute]:
        opened = date(2026, 2, 1)
        return [
            OpenDispute("acc_farm", FARM.name, "9001", "service_dispute", "300.00", "GBP", opened)
        ]


@dataclass
class StandInAudit:
    """A trail in a list."""

    lines: list[tuple[str, str | None]] = field(default_factory=list)

    def record(
        self, event: str, *, user_id: str | None, subject: str, detail: dict[str, Any] | None = None
    ) -> None:
        self.lines.append((event, user_id))


@dataclass
class StandInServices:
    """Everything that `create_app` asks of the wired services."""

    clock: MovingClock
    work: UsersAtWork
    people: People
    accounts: StandInAccounts
    calls: StandInCalls
    supervision: Supervision
    corrections: Corrections
    corrected: CorrectionsAtWork
    lines: InMemoryLines
    coach: StandInCoach = field(default_factory=StandInCoach)
    folder: Path | None = None
    assistant: StandInAssistant = field(default_factory=StandInAssistant)
    audit: StandInAudit = field(default_factory=StandInAudit)
    database_ready: Callable[[], bool] = lambda: True

    @cached_property
    def room(self) -> RehearsalRoom:
        """Rehearsals over a ledger of their own, made when a test first asks for them."""
        url = self.ledger_url("rehearsals")
        return rehearsal_room(self.work.users.all(), self.audit, self.clock, url)

    @cached_property
    def studio_room(self) -> StudioRoom:
        """The studio over a ledger of its own and files in memory, made when a test first asks for it."""
        people = [self.people.viewer(user) for user in self.work.users.all()]
        return studio_room(self.ledger_url("studio"), people, self.clock)

    def ledger_url(self, name: str) -> str:
        """A ledger in memory, or a file in the folder: only that may be used by several threads at once."""
        return f"sqlite:///{self.folder / name}.sqlite" if self.folder else "sqlite://"

    @property
    def studio(self) -> Studio:
        return self.studio_room.studio

    @property
    def publishing(self) -> Publishing:
        return self.studio_room.publishing

    @property
    def difficulty(self) -> Difficulty:
        return Difficulty(self.room.unit_of_work, repertoire)

    @property
    def rehearsals(self) -> Rehearsals:
        return self.room.rehearsals

    @property
    def rehearsal_feedback(self) -> RehearsalFeedback:
        return self.room.feedback

    @property
    def scenarios(self) -> Scenarios:
        return self.room.scenarios

    @property
    def progress(self) -> Progress:
        return self.room.progress

    @property
    def assignments(self) -> Assignments:
        return self.room.assignments


def some_services(folder: Path | None = None) -> StandInServices:
    """Services with five people: amina and ben (collectors), tara (trainer), sam (supervisor), ada (admin)."""
    clock, work = MovingClock(), UsersAtWork()
    people = some_people(work, clock)
    for name, role in (
        ("amina", "collector"),
        ("ben", "collector"),
        ("tara", "trainer"),
        ("sam", "supervisor"),
        ("ada", "admin"),
    ):
        user = people.add_user(name, name.title(), role, "junior", PASSWORD)
        del work.users.users[user.id]
        work.users.users[f"usr_{name}"] = user
        work.users.change(f"usr_{name}", id=f"usr_{name}")
    accounts = StandInAccounts(clock)
    corrected, lines, audit = CorrectionsAtWork(), InMemoryLines(), StandInAudit()
    corrected.corrections.corrections.append(a_correction())
    return StandInServices(
        clock=clock,
        work=work,
        people=people,
        accounts=accounts,
        calls=StandInCalls(accounts, clock),
        supervision=Supervision(StandInQueries(), clock),
        corrections=Corrections(lambda: corrected, lines, audit, clock, repertoire),
        corrected=corrected,
        lines=lines,
        folder=folder,
        audit=audit,
    )
