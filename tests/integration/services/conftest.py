"""The use cases wired as in production over a seeded ledger of their own; only the assistant is a stand-in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.bootstrap import Services, build_services
from bot.content.demo_ledger import load_demo_ledger
from bot.core.account import Account
from bot.core.coaching.memory import CallMemory
from bot.core.labels import Speaker
from bot.core.reading import Entity, HeardLabel, Reading
from bot.db.engine import open_engine
from bot.db.migrate import upgrade
from bot.db.seed import seed
from bot.services.ports import CallRecord, Viewer
from bot.settings import Settings
from tests.fakes import FixedClock, ScriptedAssistant

DATA = Path(bot.__file__).parents[1] / "data"

HARTLEY = "cli_hartley_joinery"

#: A Friday.
TODAY = FixedClock().today()


@dataclass
class House:
    """The use cases, the people who use them, and the assistant to be scripted."""

    services: Services
    assistant: ScriptedAssistant
    settings: Settings

    def viewer(self, name: str) -> Viewer:
        return self.services.people.viewer(self.services.people.named(name))

    @property
    def sam(self) -> Viewer:
        return self.viewer("sam")

    @property
    def priya(self) -> Viewer:
        return self.viewer("priya")

    @property
    def omar(self) -> Viewer:
        return self.viewer("omar")

    def open(self, account_id: str = HARTLEY) -> str:
        """A new call of Sam's."""
        return str(self.services.calls.open_call(account_id, self.sam)["id"])

    def client(
        self,
        call_id: str,
        text: str,
        *labels: str,
        heat: int = 0,
        entities: tuple[Entity, ...] = (),
    ) -> dict[str, Any]:
        """A client turn, heard as told."""
        return self._say(call_id, Speaker.CLIENT, text, labels, heat, entities)

    def collector(
        self, call_id: str, text: str, *labels: str, entities: tuple[Entity, ...] = ()
    ) -> dict[str, Any]:
        """A collector turn, heard as told."""
        return self._say(call_id, Speaker.COLLECTOR, text, labels, 0, entities)

    def _say(
        self,
        call_id: str,
        speaker: Speaker,
        text: str,
        labels: tuple[str, ...],
        heat: int,
        entities: tuple[Entity, ...],
    ) -> dict[str, Any]:
        heard = tuple(HeardLabel(name, 0.9, text[:80]) for name in labels)
        self.assistant.will_hear(Reading(speaker, text, heard, heat, entities=entities))
        return self.services.calls.take_turn(call_id, self.sam, speaker, text)

    def account(self, account_id: str = HARTLEY) -> Account:
        """The account as it stands in the ledger now."""
        with self.services.unit_of_work() as work:
            return work.accounts.get(account_id, self.omar)

    def stored(self, call_id: str) -> CallRecord:
        """The call as it stands in the ledger now."""
        with self.services.unit_of_work() as work:
            return work.calls.get(call_id, self.omar)

    def memory(self, call_id: str) -> CallMemory:
        return CallMemory.from_json(self.stored(call_id).memory)

    def turns(self, call_id: str) -> list[dict[str, Any]]:
        return list(self.services.calls.view(call_id, self.sam)["turns"])


def money(amount: str, currency: str = "GBP", text: str = "") -> Entity:
    """A sum that was named."""
    return Entity(
        "money",
        {"amount": str(Decimal(amount)), "currency": currency},
        text or amount,
        0,
        len(text or amount),
    )


def day(when: date, text: str = "Friday") -> Entity:
    """A day that was named."""
    return Entity("date", when.isoformat(), text, 0, len(text))


def invoice(number: str) -> Entity:
    """An invoice that was named."""
    return Entity("invoice_number", number, number, 0, len(number))


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the demo clients and users, made once and never written to."""
    file = tmp_path_factory.mktemp("template") / "parley.sqlite"
    url = f"sqlite:///{file}"
    upgrade(url)
    engine = open_engine(url)
    seed(engine, TODAY, "no password enters", load_demo_ledger(DATA))
    engine.dispose()
    return file


@pytest.fixture
def new_house(seeded_file: Path, tmp_path: Path) -> Callable[[], House]:
    """Opens one more set of use cases on the same ledger, as a second process would."""
    shutil.copy(seeded_file, tmp_path / "parley.sqlite")
    settings = Settings(home=str(tmp_path), secret="only for tests", content=str(DATA))

    def start() -> House:
        assistant = ScriptedAssistant()
        services = build_services(settings, clock=FixedClock(), assistant=assistant)
        assistant.calls = services.calls
        assistant.rehearsals = services.rehearsals
        return House(services, assistant, settings)

    return start


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    return new_house()
