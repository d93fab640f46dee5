"""The only module that knows every adapter: wires settings into use cases."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bot.content.current import desk_maker, repertoire_reader
from bot.content.loader import load_desk_content
from bot.content.studio_desk import StudioDesk
from bot.content.training_lines import NluFiles
from bot.db.engine import database_answers, open_engine
from bot.db.supervision import SqlSupervision
from bot.db.unit_of_work import SqlUnitOfWork
from bot.rasa_http import RasaAssistant
from bot.services.accounts import Accounts
from bot.services.assignments import Assignments
from bot.services.coach_answers import CoachAnswers
from bot.services.coach_chat import CoachChat
from bot.services.correction_ports import TrainingLines
from bot.services.corrections import Corrections
from bot.services.desks import Desks
from bot.services.difficulty import Difficulty
from bot.services.live_call import LiveCalls
from bot.services.notes import Notes
from bot.services.people import People
from bot.services.ports import Assistant, Audit, Clock, UnitOfWork
from bot.services.progress import Progress
from bot.services.publish_job import PublishJob
from bot.services.publishing import Publishing
from bot.services.rehearsal_chat import RehearsalChat
from bot.services.rehearsal_feedback import RehearsalFeedback
from bot.services.rehearse import LARGEST_SEED, Rehearsals
from bot.services.scenarios import Scenarios
from bot.services.studio import Studio
from bot.services.studio_from_call import FromCalls
from bot.services.studio_ports import ModelServer
from bot.services.studio_trials import Trials
from bot.services.supervision import Supervision
from bot.services.wrap_up import WrapUp
from bot.settings import Settings


class SystemClock:
    """The machine's clock; the collector's desk is where the machine is."""

    def now(self) -> datetime:
        """The instant, in UTC (see port)."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The day by the machine's time zone (see port)."""
        return datetime.now(UTC).astimezone().date()


class AuditTrail:
    """Writes each line of the audit trail in a transaction of its own."""

    def __init__(self, unit_of_work: Callable[[], SqlUnitOfWork]) -> None:
        self._unit_of_work = unit_of_work

    def record(
        self, event: str, *, user_id: str | None, subject: str, detail: dict[str, Any] | None = None
    ) -> None:
        """Write one line (see port)."""
        with self._unit_of_work() as work:
            work.audit.record(event, user_id=user_id, subject=subject, detail=detail)
            work.commit()


@dataclass(frozen=True)
class Services:
    """Every use case, wired."""

    settings: Settings
    clock: Clock
    audit: Audit
    assistant: Assistant
    unit_of_work: Callable[[], UnitOfWork]
    calls: LiveCalls
    accounts: Accounts
    coach: CoachChat
    practice: RehearsalChat
    answers: CoachAnswers
    notes: Notes
    people: People
    supervision: Supervision
    corrections: Corrections
    scenarios: Scenarios
    rehearsals: Rehearsals
    rehearsal_feedback: RehearsalFeedback
    assignments: Assignments
    progress: Progress
    difficulty: Difficulty
    studio: Studio
    trials: Trials
    from_calls: FromCalls
    publishing: Publishing
    database_ready: Callable[[], bool]


def build_services(
    settings: Settings,
    *,
    clock: Clock | None = None,
    assistant: Assistant | None = None,
    ears: ModelServer | None = None,
    lines: TrainingLines | None = None,
    dice: Callable[[], int] = lambda: secrets.randbelow(LARGEST_SEED),
) -> Services:
    """Wire everything; a test passes its own clock, assistant, ears, training lines or dice."""
    clock = clock or SystemClock()
    engine = open_engine(settings.ledger_url)
    content = load_desk_content(settings.content_folder)
    rasa = RasaAssistant(
        settings.rasa_url, settings.signing_key, clock, int(settings.rasa_timeout_ms) / 1000
    )
    assistant, ears = assistant or rasa, ears or rasa

    def unit_of_work() -> SqlUnitOfWork:
        return SqlUnitOfWork(engine, clock)

    audit = AuditTrail(unit_of_work)
    desks = Desks(desk_maker(settings.content_folder, clock), clock)
    wrap_up = WrapUp(unit_of_work, desks, audit, clock)
    calls = LiveCalls(unit_of_work, desks, assistant, audit, clock, wrap_up)
    repertoire = repertoire_reader(settings.content_folder)
    answers = CoachAnswers(
        unit_of_work, desks, clock, content.glossary, content.directory, content.topics
    )
    scenarios = Scenarios(unit_of_work, repertoire, clock)
    rehearsals = Rehearsals(unit_of_work, repertoire, desks, assistant, audit, clock, dice)
    assignments = Assignments(unit_of_work, repertoire, audit, clock)
    progress = Progress(unit_of_work, repertoire, clock)
    practice = RehearsalChat(
        rehearsals, scenarios, assignments, progress, answers, repertoire, content.topics
    )
    studio_desk = StudioDesk(settings.content_folder)
    studio = Studio(unit_of_work, studio_desk, audit, clock)
    return Services(
        settings=settings,
        clock=clock,
        audit=audit,
        assistant=assistant,
        unit_of_work=unit_of_work,
        calls=calls,
        accounts=Accounts(unit_of_work, desks, audit),
        coach=CoachChat(assistant, unit_of_work, clock, practice),
        practice=practice,
        answers=answers,
        notes=Notes(unit_of_work, answers, audit, clock, content.topics),
        people=People(unit_of_work, clock),
        supervision=Supervision(SqlSupervision(engine), clock),
        corrections=Corrections(unit_of_work, lines or NluFiles(), audit, clock, repertoire),
        scenarios=scenarios,
        rehearsals=rehearsals,
        rehearsal_feedback=RehearsalFeedback(unit_of_work, clock),
        assignments=assignments,
        progress=progress,
        difficulty=Difficulty(unit_of_work, repertoire),
        studio=studio,
        trials=Trials(unit_of_work, studio_desk, desks, ears, clock),
        from_calls=FromCalls(unit_of_work, studio, ears, clock, repertoire),
        publishing=Publishing(unit_of_work, studio_desk, audit, clock),
        database_ready=lambda: database_answers(engine),
    )


def build_publish_job(settings: Settings) -> PublishJob:
    """Wire what the worker does; it is imported late, since models are made with heavy libraries."""
    from bot.content.schema_publishing import read_publishing
    from bot.nlu.candidates import ModelWorkshop

    clock = SystemClock()
    engine = open_engine(settings.ledger_url)

    def unit_of_work() -> SqlUnitOfWork:
        return SqlUnitOfWork(engine, clock)

    return PublishJob(
        unit_of_work,
        StudioDesk(settings.content_folder),
        ModelWorkshop(settings),
        RasaAssistant(
            settings.rasa_url, settings.signing_key, clock, int(settings.rasa_timeout_ms) / 1000
        ),
        clock,
        margins=lambda: read_publishing(settings.content_folder / "house" / "publishing.yml"),
    )
