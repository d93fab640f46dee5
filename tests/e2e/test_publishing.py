"""Publishing with everything running: calls go on, a kill leaves what was, a roll-back brings back every reading."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli.bench_live import unseen_turns
from bot.cli.bench_publish import (
    BUDGETS,
    SLUG,
    TRAINER,
    installed_apart,
    measure_publish,
    new_draft,
)
from bot.cli.installation import Installation, family_of, token_of
from bot.cli.live_load import Api
from bot.core.studio.kinds import DocumentName
from bot.db.engine import open_engine
from bot.db.unit_of_work import SqlUnitOfWork
from bot.nlu.archives import name_of, newest_model
from bot.rasa_http import RasaAssistant
from bot.services.studio_ports import PublicationRecord
from tests.e2e.processes import RASA, kill
from tests.e2e.speaking import CALDER, Speaker, until
from tests.fakes import FixedClock

pytestmark = pytest.mark.rasa

WORKER = "bot.worker"
NAME = DocumentName.parse(f"scenario:{SLUG}")


@dataclass
class Running:
    """An installation with words of its own, and the trainer's way into it."""

    installation: Installation
    folder: Path

    def __post_init__(self) -> None:
        self.trainer = Api(
            self.installation.settings.web_url, token_of(self.installation.environment, TRAINER)
        )
        self._engine = open_engine(self.installation.settings.ledger_url)

    @property
    def data(self) -> Path:
        return self.folder / "house" / "data"

    def in_service(self) -> str:
        model = newest_model(self.installation.settings.models_folder)
        assert model is not None
        return name_of(model)

    def answers(self) -> str | None:
        settings = self.installation.settings
        return RasaAssistant(settings.rasa_url, settings.signing_key, FixedClock(), 2).model()

    def readings(self) -> list[dict[str, Any]]:
        """What two dozen turns that nobody trained on are heard as, to the last digit."""
        sam = Speaker(self.installation)
        call = sam.open_call(CALDER)
        heard = [sam.say(call, text, speaker).json() for speaker, text in unseen_turns()[:24]]
        return [answer["reading"] for answer in heard]

    def publish(self) -> str:
        draft = new_draft(self.trainer)
        wish = {"drafts": [{"id": draft["id"], "revision": draft["revision"]}], "note": "Lines"}
        return str(self.trainer.send("/studio/publications", wish)["id"])

    def record(self, publication: str) -> PublicationRecord:
        with SqlUnitOfWork(self._engine, FixedClock()) as work:
            return work.publications.get(publication)

    def wait_for(self, publication: str, holds: Callable[[PublicationRecord], bool]) -> None:
        assert until(lambda: holds(self.record(publication)), 300, step=0.02)

    def has_draft(self) -> bool:
        with SqlUnitOfWork(self._engine, FixedClock()) as work:
            return work.drafts.of(NAME) is not None

    def state(self) -> tuple[str, dict[str, bytes]]:
        """The model that a start loads, and every file of words."""
        files = {str(p.relative_to(self.data)): p.read_bytes() for p in self.data.rglob("*.yml")}
        return self.in_service(), files

    def take_back(self, publication: str) -> None:
        """Leave everything as it was found."""
        if self.record(publication).status == "in_service":
            self.trainer.send(f"/studio/publications/{publication}/roll-back", {})
            self.wait_for(publication, lambda now: now.status == "rolled_back")


@pytest.fixture(scope="module")
def folder(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of an installation of its own, begun from the trained model."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PARLEY_MODELS", str(model.parent))
        yield tmp_path_factory.mktemp("apart")


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    with installed_apart(folder) as installation:
        yield Running(installation, folder)


def slow(stage: str) -> Any:
    """A stage whose kill takes the same ways as the one that is always tested."""
    return pytest.param(stage, marks=pytest.mark.slow)


def has_ended(record: PublicationRecord) -> bool:
    return record.status not in ("queued", "running")


def test_twenty_calls_go_on_while_a_scenario_is_published_and_rolled_back(folder: Path) -> None:
    with running(folder) as house:
        state, readings = house.state(), house.readings()
        tokens = house.installation.token, token_of(house.installation.environment, TRAINER)
        figures = measure_publish(house.installation.settings.web_url, *tokens, calls=20)

        assert figures["status"] == "in_service", figures
        assert (figures["during"]["failed"], figures["during"]["delayed"]) == (0, 0), figures
        # `parley bench publish` holds the promise itself; here something else may run beside it.
        assert figures["publish_s"] <= 2 * BUDGETS["publish_s"], figures
        assert house.state() == state
        assert house.answers() == state[0]
        assert house.readings() == readings


@pytest.mark.parametrize("stage", [*map(slow, ("train", "compare", "switch", "smoke"))])
def test_a_killed_worker_leaves_what_was_in_service_and_the_draft(folder: Path, stage: str) -> None:
    with running(folder) as house:
        state = house.state()
        publication = house.publish()
        house.wait_for(publication, lambda now: now.stage == stage or has_ended(now))
        kill(house.installation, WORKER)

        house.wait_for(publication, has_ended)
        check(house, publication, state)
        house.take_back(publication)


@pytest.mark.parametrize("stage", [*map(slow, ("train", "switch", "smoke"))])
def test_a_killed_rasa_leaves_what_was_in_service_or_finds_all_done(
    folder: Path, stage: str
) -> None:
    with running(folder) as house:
        state = house.state()
        publication = house.publish()
        house.wait_for(publication, lambda now: now.stage == stage or has_ended(now))
        kill(house.installation, RASA)

        house.wait_for(publication, has_ended)
        check(house, publication, state)
        house.take_back(publication)


@pytest.mark.parametrize("stage", ["train", *map(slow, ("switch", "smoke"))])
def test_after_the_machine_died_the_next_start_is_clean(folder: Path, stage: str) -> None:
    with running(folder) as house:
        state = house.state()
        publication = house.publish()
        house.wait_for(publication, lambda now: now.stage == stage or has_ended(now))
        # The watcher first, or it starts again what dies.
        for pid in family_of(house.installation.process.pid):
            os.kill(pid, signal.SIGKILL)
        house.installation.process.wait(10)
        time.sleep(0.5)

    with running(folder) as house:
        assert has_ended(house.record(publication))
        check(house, publication, state)
        if house.record(publication).status == "failed":
            log = (folder / "home" / "serve.log").read_text("utf-8")
            assert "A publication was interrupted" in log
        house.take_back(publication)


def check(house: Running, publication: str, state: tuple[str, dict[str, bytes]]) -> None:
    """All as it was and the draft there, or all done; and the assistant uses the model that a start would load."""
    record = house.record(publication)
    if record.status == "failed":
        assert house.state() == state
        assert house.has_draft()
        assert record.error
    else:
        assert record.status == "in_service"
        assert f"scenarios/{SLUG}.yml" in house.state()[1]
        assert house.in_service() == record.model_after
        assert not house.has_draft()
    assert until(lambda: house.answers() == house.in_service(), 120)
    assert until(lambda: _is_heard(house), 60)
    assert not list((house.installation.settings.models_folder / "candidates").glob("*.json"))


def _is_heard(house: Running) -> bool:
    sam = Speaker(house.installation)
    answer = sam.say(sam.open_call(CALDER), "try me next week")
    return bool(answer.ok and answer.json()["advice"]["listening"])
