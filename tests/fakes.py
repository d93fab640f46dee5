"""Stand-ins of the ports, small enough to be read at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Any, Self

from bot.core.errors import UnavailableError
from bot.core.reading import HeardLabel, Reading
from bot.services.ledger_rows import ImportedClient, ImportedInvoice
from bot.services.live_call import LiveCalls
from bot.services.ports import CallRecord, TurnRecord, Viewer
from bot.services.rehearsal_ports import RehearsalRecord, RehearsalTurnRecord
from bot.services.rehearse import Rehearsals


@dataclass(frozen=True)
class FixedClock:
    """A clock that always shows the same instant."""

    instant: datetime = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant

    def today(self) -> date:
        return self.instant.date()


@dataclass
class RecordedAudit:
    """An audit trail that can be asked what it was told."""

    lines: list[tuple[str, str | None, str, dict[str, Any] | None]] = field(default_factory=list)

    def record(
        self, event: str, *, user_id: str | None, subject: str, detail: dict[str, Any] | None = None
    ) -> None:
        self.lines.append((event, user_id, subject, detail))


@dataclass
class InMemoryImports:
    """The port of imports over dictionaries."""

    clients: dict[str, ImportedClient] = field(default_factory=dict)
    invoices: dict[str, ImportedInvoice] = field(default_factory=dict)
    files: list[tuple[str, str]] = field(default_factory=list)

    def replace_open_items(
        self,
        source: str,
        clients: Iterable[ImportedClient],
        invoices: Iterable[ImportedInvoice],
        *,
        as_of: datetime | None = None,
        restamp: bool = True,
    ) -> dict[str, int]:
        counts = self._compare("clients", self.clients, clients)
        return counts | self._compare("invoices", self.invoices, invoices)

    def was_imported(self, source: str, digest: str) -> bool:
        return (source, digest) in self.files

    def record(
        self,
        source: str,
        digest: str,
        file_name: str,
        by: str,
        at: datetime,
        counts: dict[str, int],
    ) -> None:
        self.files.append((source, digest))

    @staticmethod
    def _compare(what: str, known: dict[str, Any], given: Iterable[Any]) -> dict[str, int]:
        counts = {f"{what}_{how}": 0 for how in ("new", "changed", "unchanged")}
        for item in given:
            how = "new" if item.key not in known else "changed"
            counts[f"{what}_{'unchanged' if known.get(item.key) == item else how}"] += 1
            known[item.key] = item
        return counts


@dataclass
class ImportsAtWork:
    """A unit of work that knows only imports; what is not committed is gone."""

    imports: InMemoryImports = field(default_factory=InMemoryImports)
    committed: int = 0

    def __enter__(self) -> Self:
        self._kept = (
            dict(self.imports.clients),
            dict(self.imports.invoices),
            list(self.imports.files),
        )
        self._is_committed = False
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._is_committed:
            self.imports.clients, self.imports.invoices, self.imports.files = self._kept

    def commit(self) -> None:
        self._is_committed = True
        self.committed += 1


@dataclass
class ScriptedAssistant:
    """An assistant that hears what it was told to hear and answers by the use case, as the action server does."""

    readings: dict[str, Reading] = field(default_factory=dict)
    is_on: bool = True
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)
    calls: LiveCalls | None = None
    rehearsals: Rehearsals | None = None
    heard_as_of: list[date] = field(default_factory=list)

    def will_hear(self, reading: Reading) -> None:
        self.readings[reading.text] = reading

    def advise_on_turn(self, turn: TurnRecord, call: CallRecord, viewer: Viewer) -> dict[str, Any]:
        if not self.is_on or self.calls is None:
            raise UnavailableError("The assistant does not answer.")
        heard = self.readings.get(turn.text) or Reading(turn.speaker, turn.text)
        return self.calls.answer_turn(turn.id, heard, viewer)

    def hear_rehearsal_turn(
        self, turn: RehearsalTurnRecord, rehearsal: RehearsalRecord, today: date, viewer: Viewer
    ) -> dict[str, Any]:
        if not self.is_on or self.rehearsals is None:
            raise UnavailableError("The assistant does not answer.")
        self.heard_as_of.append(today)
        heard = self.readings.get(turn.text) or Reading(turn.speaker, turn.text)
        return self.rehearsals.answer_turn(turn.id, heard, viewer)

    def hear_as_turn(self, text: str, rehearsal_id: str, viewer: Viewer) -> tuple[HeardLabel, ...]:
        if not self.is_on:
            raise UnavailableError("The assistant does not answer.")
        heard = self.readings.get(text)
        return heard.labels if heard else ()

    def chat(
        self,
        text: str,
        conversation: str,
        viewer: Viewer,
        call_id: str | None,
        as_turn: tuple[HeardLabel, ...] | None = None,
    ) -> list[dict[str, Any]]:
        if not self.is_on:
            raise UnavailableError("The assistant does not answer.")
        self.asked.append((text, conversation, call_id))
        return [{"text": f"You asked: {text}"}, {"custom": {"kind": "echo"}}]

    def is_ready(self) -> bool:
        return self.is_on
