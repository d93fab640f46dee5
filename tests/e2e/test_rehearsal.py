"""A rehearsal through the whole installation: fast, kept when servers are killed, the same afterwards."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests

from bot.cli.installation import Installation
from tests.e2e.processes import ACTIONS, RASA, WEB, kill
from tests.e2e.speaking import Speaker, until

pytestmark = pytest.mark.rasa

HAULIER = "disputed-terms-haulier"

#: A collector's side of a call; none of it depends on what the client says.
SCRIPT = (
    "Good afternoon, this is Amina from Northgate Supplies, about your account. Am I speaking with Dermot?",
    "I can hear why you're annoyed, Dermot, and I'm sorry that nobody rang you back.",
    "What were you told about the terms, and who told you?",
    "So you were on sixty days, and nobody told you about a change. Have I understood that correctly?",
    "I'll log the late fee as disputed today, so nobody asks you for it while we look into it.",
    "How much could you pay, and on which day?",
)
#: Milliseconds from the turn to the client's answer, at the 95th percentile.
BUDGET = 150


def start(speaker: Speaker, **more: Any) -> str:
    answer = speaker.post("/rehearsals", {"scenario_id": HAULIER, "level": 2, "seed": 7, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def say(speaker: Speaker, rehearsal: str, text: str, **more: Any) -> requests.Response:
    return speaker.post(f"/rehearsals/{rehearsal}/turns", {"text": text, **more})


def view(speaker: Speaker, rehearsal: str) -> dict[str, Any]:
    return dict(speaker.get(f"/rehearsals/{rehearsal}").json())


def without_times(document: dict[str, Any]) -> Any:
    return [(t["index"], t["text"], t["state"], t["causes"]) for t in document["turns"]]


def test_the_client_answers_within_its_budget(sam: Speaker) -> None:
    # A machine that is busy with something else tells nothing about us, so the best of three rounds counts.
    p95 = min(_p95_of_a_round(sam, round_) for round_ in range(3))

    print(f"turn to the client's answer: p95 {p95:.0f} ms")
    assert p95 < BUDGET


@pytest.mark.parametrize("server", [WEB, RASA, ACTIONS])
def test_a_server_killed_in_mid_rehearsal_changes_nothing(
    installation: Installation, sam: Speaker, server: str
) -> None:
    undisturbed, disturbed = start(sam), start(sam)
    for text in SCRIPT:
        say(sam, undisturbed, text)
    for text in SCRIPT[:3]:
        say(sam, disturbed, text)
    before = view(sam, disturbed)

    kill(installation, server)
    assert until(sam.is_ready, 90)
    assert view(sam, disturbed) == before

    for number, text in enumerate(SCRIPT[3:]):
        # Until the assistant is back, the words are kept and sent again.
        assert until(lambda n=number, t=text: _is_answered(sam, disturbed, t, f"s{n}"), 60, step=1)
    assert without_times(view(sam, disturbed)) == without_times(view(sam, undisturbed))


def test_the_words_are_kept_while_the_assistant_is_dead(
    installation: Installation, sam: Speaker
) -> None:
    rehearsal = start(sam)
    kill(installation, RASA)

    off = say(sam, rehearsal, SCRIPT[0], segment_id="s1")

    assert (off.status_code, off.json()["listening"], off.json()["reply"]) == (200, False, None)
    assert view(sam, rehearsal)["turns"][-1]["waiting"] is True
    assert until(lambda: _is_answered(sam, rehearsal, SCRIPT[0], "s1"), 90, step=1)
    assert len(view(sam, rehearsal)["turns"]) == 3


def _is_answered(speaker: Speaker, rehearsal: str, text: str, segment: str) -> bool:
    try:
        answer = say(speaker, rehearsal, text, segment_id=segment)
    except requests.ConnectionError:
        return False
    return answer.status_code == 200 and bool(answer.json()["listening"])


def _p95_of_a_round(speaker: Speaker, round_: int) -> float:
    times: list[float] = []
    for seed in range(6):
        rehearsal = start(speaker, seed=10 * round_ + seed)
        for text in SCRIPT:
            began = time.perf_counter()
            answer = say(speaker, rehearsal, text).json()
            times.append((time.perf_counter() - began) * 1000)
            assert answer["listening"], answer
            if answer["reply"]["state"]["ended"]:
                break
    return sorted(times)[int(0.95 * len(times))]
