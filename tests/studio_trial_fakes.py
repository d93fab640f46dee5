"""Stand-ins for trials: drafts in memory, a desk over the files that ship, and ears that can be scripted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import bot
from bot.content.loader import load_desk_content
from bot.content.studio_desk import StudioDesk
from bot.core.account import Account
from bot.core.coaching.advice import Role
from bot.core.errors import NotFoundError, UnavailableError
from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from bot.core.studio.kinds import DocumentName
from bot.services.desks import Desks
from bot.services.ports import Viewer
from bot.services.studio_ports import DraftRecord
from bot.services.studio_trials import Trials
from tests.fakes import FixedClock

ROOT = Path(bot.__file__).parents[1]
DATA = ROOT / "data"
TRAINER = Viewer("usr_priya", "priya", Role.TRAINER, "senior")
COLLECTOR = Viewer("usr_sam", "sam", Role.COLLECTOR)


@dataclass
class ScriptedEars:
    """Hears what it was told to hear; other words as small talk. Counts what it was asked."""

    readings: dict[tuple[Speaker, str], Reading] = field(default_factory=dict)
    is_on: bool = True
    name: str | None = "parley-one"
    asked: list[tuple[str, Speaker]] = field(default_factory=list)

    def will_hear(self, text: str, speaker: Speaker, *labels: str, heat: int = 0) -> None:
        heard = tuple(HeardLabel(label, 0.9, text) for label in labels)
        self.readings[(speaker, text)] = Reading(speaker, text, heard, heat)

    def hear_all(self, turns: Sequence[tuple[str, Speaker]], today: date) -> list[Reading]:
        if not self.is_on:
            raise UnavailableError("The assistant does not answer.")
        self.asked += turns
        return [self.readings.get((who, text)) or Reading(who, text) for text, who in turns]

    def model(self) -> str | None:
        return self.name

    def load_model(self, file: Path) -> str:
        raise UnavailableError("No model here.")


@dataclass
class DraftsInMemory:
    """Drafts by id."""

    rows: dict[str, DraftRecord] = field(default_factory=dict)

    def get(self, draft_id: str) -> DraftRecord:
        if draft_id not in self.rows:
            raise NotFoundError("There is no such draft.")
        return self.rows[draft_id]

    def of(self, name: DocumentName) -> DraftRecord | None:
        return next((row for row in self.rows.values() if row.name == name), None)


@dataclass
class AccountsInMemory:
    """Accounts by id, seen by everybody."""

    rows: dict[str, Account] = field(default_factory=dict)

    def get(self, account_id: str, viewer: Viewer) -> Account:
        if account_id not in self.rows:
            raise NotFoundError("There is no such account in your portfolio.")
        return self.rows[account_id]


@dataclass
class TrialWork:
    """A unit of work that knows drafts and accounts."""

    drafts: DraftsInMemory = field(default_factory=DraftsInMemory)
    accounts: AccountsInMemory = field(default_factory=AccountsInMemory)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to give back."""


@dataclass
class TrialRoom:
    """The use cases of trying, and what they are tried with."""

    trials: Trials
    work: TrialWork
    desk: StudioDesk
    ears: Any

    def draft(self, name: str, text: str | None = None, revision: int = 3) -> str:
        """A draft of a document, of the file's text when none is given; returns its id."""
        parsed = DocumentName.parse(name)
        given = self.desk.text(parsed) if text is None else text
        now = datetime(2026, 11, 20, 9, tzinfo=UTC)
        draft_id = f"drf_{len(self.work.drafts.rows)}"
        self.work.drafts.rows[draft_id] = DraftRecord(
            draft_id, parsed, given or "", revision, "usr_priya", now, "usr_priya", now
        )
        return draft_id

    def change(self, draft_id: str, old: str, new: str) -> None:
        """Change a draft's text, as a save does."""
        row = self.work.drafts.get(draft_id)
        assert old in row.text
        text = row.text.replace(old, new)
        self.work.drafts.rows[draft_id] = replace(row, text=text, revision=row.revision + 1)


def trial_room(ears: Any = None) -> TrialRoom:
    """Wire a room of its own."""
    work, desk, clock = TrialWork(), StudioDesk(DATA), FixedClock()
    content = load_desk_content(DATA)
    desks = Desks(
        lambda country, role, seniority: content.desk(
            country, clock.today(), Role(role), seniority
        ),
        clock,
    )
    heard = ears or ScriptedEars()
    trials = Trials(lambda: work, desk, desks, heard, clock)  # type: ignore[arg-type, return-value]  # same shape, fewer parts
    return TrialRoom(trials, work, desk, heard)
