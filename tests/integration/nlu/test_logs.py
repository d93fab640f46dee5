"""What Rasa logs: where something failed, never what somebody said."""

from __future__ import annotations

import subprocess
import sys

FAILING = """
from bot.nlu.light import leave_tensorflow_out
leave_tensorflow_out()
from bot.nlu.logs import quiet_logs
quiet_logs()
import structlog

def hear(words):
    raise ValueError("no model")

try:
    hear("we are going " + "under")
except ValueError:
    structlog.get_logger().exception("parley.turn_failed", sender="call_1")
"""


def test_a_trace_names_the_place_and_not_the_words_that_were_being_heard() -> None:
    done = subprocess.run([sys.executable, "-c", FAILING], capture_output=True, text=True)
    logged = done.stdout + done.stderr

    assert "parley.turn_failed" in logged
    assert '"name": "hear"' in logged
    assert "going under" not in logged
