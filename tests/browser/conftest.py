"""Chromium for the browser tests, and a coach that answers by script."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page

from tests.browser.documents import a_call, an_account
from tests.browser.scripted import CoachServer, Script, started

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests of this folder where no Chromium is installed, and say so."""
    if CHROMIUM:
        return
    here = Path(__file__).parent
    skip = pytest.mark.skip(reason="No Chromium is installed: `apt-get install chromium`.")
    for item in items:
        if here in item.path.parents:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, without anything that rings home."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """The reader is in Britain."""
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London"}


@pytest.fixture(scope="session")
def server() -> Iterator[CoachServer]:
    """The host page and the scripted coach."""
    running = started()
    yield running
    running.shutdown()


@pytest.fixture
def script(server: CoachServer) -> Iterator[Script]:
    """What the coach answers in this test: at first an open call with one answered turn."""
    server.script = Script(call=a_call(), account=an_account())
    yield server.script
    server.script.is_over = True


@pytest.fixture
def expected_complaints() -> list[str]:
    """Parts of messages that a test brings about itself, such as a request that fails."""
    return []


@pytest.fixture
def complaints(page: Page, expected_complaints: list[str]) -> Iterator[list[str]]:
    """What the browser complained of; a test that leaves a complaint fails."""
    found: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(
            part in message.text for part in expected_complaints
        ):
            found.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: found.append(str(error)))
    yield found
    refused = page.evaluate("document.refused ?? []")
    assert refused == []
    assert found == []


@pytest.fixture
def pictures() -> Path | None:
    """Where screenshots go when `PARLEY_TEST_PICTURES` names a folder."""
    folder = os.environ.get("PARLEY_TEST_PICTURES")
    return Path(folder) if folder else None
