"""Runs the test conversations as `rasa test core` does, without TensorFlow: `python -m tests.conversations`."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import tempfile
from pathlib import Path

from bot.nlu.light import leave_tensorflow_out
from bot.nlu.logs import quiet_logs
from bot.nlu.server import QUIET, newest_model
from bot.settings import Settings

FOLDER = "tests/conversations"


def run() -> int:
    """Play every story against the newest model; the number of stories that failed."""
    os.environ.update(QUIET)
    leave_tensorflow_out()
    quiet_logs(logging.WARNING)
    from rasa.core.agent import Agent
    from rasa.core.test import test as play

    model = newest_model(Settings.from_environment().models_folder)
    agent = Agent.load(str(model))
    with tempfile.TemporaryDirectory() as out:
        report = asyncio.run(
            play(FOLDER, agent, out_directory=out, e2e=True, disable_plotting=True)
        )
        failed = Path(out) / "failed_test_stories.yml"
        if failed.exists():
            print(failed.read_text(encoding="utf-8"))
    accuracy = report["report"]["conversation_accuracy"]
    print(f"{accuracy['correct']} of {accuracy['total']} conversations as promised")
    return int(accuracy["total"] - accuracy["correct"])


if __name__ == "__main__":
    sys.exit(1 if run() else 0)
