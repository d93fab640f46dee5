"""Parley starts while one fetches a coffee, and leaves room on a small machine."""

from __future__ import annotations

import pytest

from bot.cli.installation import Installation
from tests.e2e.speaking import SIXTY_DAYS, Speaker

pytestmark = pytest.mark.rasa

#: The budget of thirty seconds is measured by `parley bench live` on a quiet machine; this one shares its machine.
LONGEST_START = 60.0
MOST_MEMORY_MIB = 2.5 * 1024


def test_the_installation_is_ready_within_a_minute(installation: Installation) -> None:
    print(f"\nReady after {installation.ready_after:.1f} s.")
    assert installation.ready_after < LONGEST_START


def test_all_processes_together_stay_under_two_and_a_half_gigabytes(
    installation: Installation, sam: Speaker
) -> None:
    call = sam.open_call()
    for number in range(20):
        assert sam.say(call, f"{SIXTY_DAYS}, and that was call {number}").ok
        assert sam.post("/coach", {"text": "what can I offer Hartley Joinery?"}).ok

    used = installation.memory_mib()

    print(f"\n{used:.0f} MiB in all.")
    assert 100 < used < MOST_MEMORY_MIB
