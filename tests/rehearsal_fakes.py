"""Rehearsals wired over a ledger in memory, heard by an assistant that can be scripted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bot
from bot.content.loader import load_desk_content
from bot.content.rehearsal_files import load_repertoire
from bot.core.coaching.advice import Role
from bot.core.rehearsal.repertoire import Repertoire
from bot.db.engine import open_engine
from bot.db.tables import metadata
from bot.db.unit_of_work import SqlUnitOfWork
from bot.services.assignments import Assignments
from bot.services.desks import Desks
from bot.services.ports import Audit, Clock, User
from bot.services.progress import Progress
from bot.services.rehearsal_feedback import RehearsalFeedback
from bot.services.rehearse import Rehearsals
from bot.services.scenarios import Scenarios
from tests.fakes import ScriptedAssistant

DATA = Path(bot.__file__).parents[1] / "data"


def repertoire() -> Repertoire:
    """What ships, read once for all tests of a process."""
    return load_repertoire(DATA)


@dataclass
class RehearsalRoom:
    """The use cases of rehearsing, and the assistant to be scripted."""

    rehearsals: Rehearsals
    scenarios: Scenarios
    progress: Progress
    assignments: Assignments
    feedback: RehearsalFeedback
    assistant: ScriptedAssistant
    unit_of_work: Callable[[], Any]


def rehearsal_room(
    users: Iterable[User], audit: Audit, clock: Clock, url: str = "sqlite://"
) -> RehearsalRoom:
    """Wire a room of its own for these people."""
    engine = open_engine(url)
    metadata.create_all(engine)

    def unit_of_work() -> Any:
        return SqlUnitOfWork(engine, clock)

    with unit_of_work() as work:
        for user in users:
            work.users.add(user)
        work.commit()
    assistant = ScriptedAssistant()
    content = load_desk_content(DATA)
    desks = Desks(
        lambda country, role, seniority: content.desk(
            country, clock.today(), Role(role), seniority
        ),
        clock,
    )
    rehearsals = Rehearsals(unit_of_work, repertoire, desks, assistant, audit, clock, lambda: 7)
    assistant.rehearsals = rehearsals
    return RehearsalRoom(
        rehearsals,
        Scenarios(unit_of_work, repertoire, clock),
        Progress(unit_of_work, repertoire, clock),
        Assignments(unit_of_work, repertoire, audit, clock),
        RehearsalFeedback(unit_of_work, clock),
        assistant,
        unit_of_work,
    )
