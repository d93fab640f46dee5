"""The words of the house may be edited while calls go on."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.content import current
from bot.content.current import desk_maker
from tests.fakes import FixedClock
from tests.integration.services.conftest import DATA


def test_a_fault_in_a_file_leaves_the_last_good_words_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current, "LOOK_AGAIN_SECONDS", 0.0)
    shutil.copytree(DATA, tmp_path / "data")
    make = desk_maker(tmp_path / "data", FixedClock())
    before = make("GB", "collector", "junior")
    limits = tmp_path / "data" / "house" / "limits.yml"
    limits.write_text("a: [1", "utf-8")
    time.sleep(0.01)

    assert make("GB", "collector", "junior").house == before.house


def test_many_threads_get_a_desk_while_files_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "LOOK_AGAIN_SECONDS", 0.0)
    make = desk_maker(DATA, FixedClock())

    with ThreadPoolExecutor(8) as pool:
        desks = list(pool.map(lambda _: make("GB", "collector", "junior"), range(200)))
    assert len(desks) == 200
