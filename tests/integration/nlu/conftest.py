"""A real Rasa agent on the trained model, with our stores; imported without TensorFlow, as our launcher does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.nlu.light import leave_tensorflow_out

leave_tensorflow_out()


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
