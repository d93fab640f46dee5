"""A real Rasa agent on the trained model, with our stores; imported without TensorFlow, as our launcher does it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.nlu.light import leave_tensorflow_out

leave_tensorflow_out()

if TYPE_CHECKING:
    from tests.integration.nlu.served import Served


@pytest.fixture(scope="module")
def agent(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The assistant as the Rasa server runs it, without an action server beside it."""
    from rasa.core.agent import Agent

    from bot.nlu.lock_store import QuickLockStore
    from bot.nlu.tracker_store import CallTrackerStore

    folder = tmp_path_factory.mktemp("chats")
    agent = Agent(
        tracker_store=CallTrackerStore(host=f"sqlite:///{folder / 'chats.sqlite'}"),
        lock_store=QuickLockStore(),
    )
    agent.load_model(str(model))
    return agent


@pytest.fixture(scope="session")
def models(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a model, a candidate and what is no model."""
    folder = tmp_path_factory.mktemp("models")
    (folder / "candidates").mkdir()
    shutil.copy(model, folder / "parley-one.tar.gz")
    shutil.copy(model, folder / "candidates" / "parley-two.tar.gz")
    half = model.read_bytes()[:100_000]
    (folder / "parley-half.tar.gz").write_bytes(half)
    (folder / "parley-none.tar.gz").write_bytes(b"no archive at all")
    (folder.parent / "parley-outside.tar.gz").write_bytes(half)
    return folder


@pytest.fixture(scope="session")
def running(models: Path) -> Iterator[Served]:
    """One server for all tests: Sanic prepares its classes only once in a process."""
    from tests.integration.nlu.served import Served

    served = Served("channel_tests", models)
    yield served
    served.close()
