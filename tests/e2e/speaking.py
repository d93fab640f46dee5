"""Speaks to a running installation over HTTP, as a telephone system with a bearer token does."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import requests

from bot.cli.installation import Installation

API = "/api/v1"
#: The client of the first call, and one whose calls may end in anything.
HARTLEY = "cli_hartley_joinery"
CALDER = "cli_calder_precision"

#: What the first user of the product hears.
SIXTY_DAYS = (
    "you lot agreed sixty days and now you're slapping a late fee on me, that's a bloody joke"
)


class Speaker:
    """One person at the interface; every method answers with the response or its document."""

    def __init__(self, installation: Installation, token: str | None = None) -> None:
        self.url = installation.settings.web_url
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"Bearer {token or installation.token}"

    def get(self, path: str, **options: Any) -> requests.Response:
        """Ask for a resource of the interface."""
        return self.session.get(f"{self.url}{API}{path}", timeout=30, **options)

    def post(self, path: str, body: Any, **options: Any) -> requests.Response:
        """Send a document to the interface."""
        return self.session.post(f"{self.url}{API}{path}", json=body, timeout=30, **options)

    def open_call(self, account: str = CALDER) -> str:
        """Open a call; returns its id."""
        answer = self.post("/calls", {"account_id": account})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def say(self, call: str, text: str, speaker: str = "client", **more: Any) -> requests.Response:
        """Send a turn."""
        return self.post(f"/calls/{call}/turns", {"speaker": speaker, "text": text, **more})

    def turns(self, call: str) -> list[dict[str, Any]]:
        """The turns of a call as they are kept."""
        answer = self.get(f"/calls/{call}")
        assert answer.status_code == 200, answer.text
        return list(answer.json()["turns"])

    def is_ready(self) -> bool:
        """Whether the installation says that it can answer a turn."""
        try:
            return self.session.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except requests.ConnectionError:
            return False


def problem(answer: requests.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document of an answer, which must have this status and code."""
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["Content-Type"] == "application/problem+json"
    document = dict(answer.json())
    assert (document["status"], document["code"]) == (status, code)
    assert document["title"]
    assert document["detail"]
    assert document["request_id"]
    return document


def until(holds: Callable[[], bool], seconds: float, step: float = 0.25) -> bool:
    """Wait for something to hold; says whether it did in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(step)
    return False
