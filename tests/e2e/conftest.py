"""One whole installation for all tests of this folder, and Debian's Chromium to look at it with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli.installation import Installation, copy_vectors, installed
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.e2e.speaking import Speaker, until


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser where no Chromium is installed, and say so."""
    if CHROMIUM:
        return
    here = Path(__file__).parent
    skip = pytest.mark.skip(reason="No Chromium is installed: `apt-get install chromium`.")
    for item in items:
        if here in item.path.parents and item.get_closest_marker("browser"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def installation(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Everything that `parley serve` starts, in a folder of its own with the demo ledger."""
    home = tmp_path_factory.mktemp("home")
    copy_vectors(home)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PARLEY_MODELS", str(model.parent))
        with installed(home) as running:
            yield running


@pytest.fixture(scope="session")
def password(installation: Installation) -> str:
    """The password of the demo's people."""
    kept = installation.settings.home_folder / "demo-sign-ins.json"
    return str(json.loads(kept.read_text("utf-8"))["password"])


@pytest.fixture
def sam(installation: Installation) -> Speaker:
    """Sam's telephone system, once everything answers."""
    speaker = Speaker(installation)
    assert until(speaker.is_ready, 90), "the installation is not ready"
    return speaker


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, without anything that rings home."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """The reader is in Britain."""
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London"}
