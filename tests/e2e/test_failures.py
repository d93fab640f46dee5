"""A server dies, the ledger is locked, the line drops: the call goes on and nothing acknowledged is lost."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy.engine import make_url

from bot.cli.installation import Installation
from tests.e2e.processes import ACTIONS, RASA, WEB, kill, pids_of
from tests.e2e.speaking import HARTLEY, SIXTY_DAYS, Speaker, until

pytestmark = pytest.mark.rasa

#: A collector has the client on the line; longer than this is silence.
LONGEST_WAIT = 3.0


def is_heard(answer: requests.Response) -> bool:
    """Whether the assistant heard this turn."""
    return answer.ok and "listening_off" not in answer.json()["reading"]["flags"]


# A server dies in mid-call


@pytest.mark.parametrize("server", [RASA, ACTIONS])
def test_a_call_goes_on_while_a_server_behind_it_is_dead_and_is_heard_again_later(
    installation: Installation, sam: Speaker, server: str
) -> None:
    call = sam.open_call(HARTLEY)
    assert until(lambda: is_heard(sam.say(call, "before the fall")), 30)
    before = len(sam.turns(call))

    kill(installation, server)
    started = time.monotonic()
    answer = sam.say(call, SIXTY_DAYS, segment_id="deaf")
    waited = time.monotonic() - started

    assert answer.status_code == 200, answer.text
    assert waited < LONGEST_WAIT
    assert answer.json()["advice"]["listening"] is False
    assert answer.json()["reading"]["flags"] == ["listening_off"]
    assert sam.turns(call)[before]["text"] == SIXTY_DAYS

    # By hand the collector still gets advice from the account's own figures.
    by_hand = sam.say(call, "he says sixty days were agreed", labels=["terms_dispute"])
    assert any("4417" in line for line in by_hand.json()["advice"]["say"])

    assert until(lambda: is_heard(sam.say(call, "and now you hear me again")), 60, step=1)
    assert pids_of(installation, server)
    kept = sam.turns(call)
    assert [turn["index"] for turn in kept] == list(range(len(kept)))
    assert kept[before]["segment_id"] == "deaf"


def test_the_coach_says_that_it_cannot_answer_while_the_assistant_is_dead(
    installation: Installation, sam: Speaker
) -> None:
    assert until(lambda: sam.post("/coach", {"text": "what is a statutory demand?"}).ok, 30)

    kill(installation, RASA)
    answer = sam.post("/coach", {"text": "what is a statutory demand?"})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.json()["code"] == "unavailable"
    assert until(lambda: sam.post("/coach", {"text": "what is a statutory demand?"}).ok, 60, 1)


def test_everything_acknowledged_is_there_after_the_web_server_was_killed_in_mid_sentence(
    installation: Installation, sam: Speaker
) -> None:
    call = sam.open_call()

    with _Talk(installation, call) as talk:
        kill(installation, WEB)
        assert until(sam.is_ready, 60)

    talk.check(sam.turns(call))


class _Talk:
    """Two sides that send turns to a call without a pause, each turn until the server has it."""

    def __init__(self, installation: Installation, call: str) -> None:
        self._installation = installation
        self._call = call
        self._stop = threading.Event()
        self._pool = ThreadPoolExecutor(2)
        self.refusals: list[requests.Response] = []

    def __enter__(self) -> _Talk:
        self._sides = [self._pool.submit(self._side, name) for name in ("first", "second")]
        time.sleep(1.5)
        return self

    def __exit__(self, *_: object) -> None:
        time.sleep(1)
        self._stop.set()
        self._pool.shutdown()

    def check(self, turns: list[dict[str, Any]]) -> None:
        """Whether every acknowledged turn is among these, once and in order."""
        kept = [turn["text"] for turn in turns]
        assert [turn["index"] for turn in turns] == list(range(len(turns)))
        assert len(kept) == len(set(kept))
        for side in self._sides:
            sent = side.result()
            assert len(sent) > 2
            assert [text for text in kept if text in set(sent)] == sent

    def _side(self, name: str) -> list[str]:
        speaker, sent = Speaker(self._installation), []
        while not self._stop.is_set():
            text = f"{name} says that number {len(sent)} is wrong"
            assert until(partial(self._send, speaker, text, f"{name}-{len(sent)}"), 60)
            sent.append(text)
        return sent

    def _send(self, speaker: Speaker, text: str, segment: str) -> bool:
        try:
            answer = speaker.say(self._call, text, segment_id=segment)
        except requests.RequestException:
            return False
        if not answer.ok:
            self.refusals.append(answer)
        return answer.ok


# The ledger is locked


def test_a_locked_ledger_answers_busy_or_waits_and_loses_nothing(
    installation: Installation, sam: Speaker
) -> None:
    call = sam.open_call()

    with _Talk(installation, call) as talk, _locked(installation, 6):
        started = time.monotonic()
        # Reading goes on while somebody else writes.
        assert len(sam.turns(call)) > 2
        assert time.monotonic() - started < 1

    for refusal in talk.refusals:
        assert refusal.status_code == 503
        assert refusal.json()["code"] == "unavailable"
        assert int(refusal.headers["Retry-After"]) > 0
        assert refusal.elapsed.total_seconds() < 8
    talk.check(sam.turns(call))


class _locked:  # noqa: N801 - reads as a sentence after `with`
    """The ledger with its write lock held by somebody else for some seconds."""

    def __init__(self, installation: Installation, seconds: float) -> None:
        self._file = make_url(installation.settings.ledger_url).database
        self._seconds = seconds
        self._is_held = threading.Event()
        self._thread = threading.Thread(target=self._hold)

    def __enter__(self) -> None:
        self._thread.start()
        assert self._is_held.wait(10)

    def __exit__(self, *_: object) -> None:
        self._thread.join()

    def _hold(self) -> None:
        connection = sqlite3.connect(str(self._file), timeout=10, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        self._is_held.set()
        time.sleep(self._seconds)
        connection.execute("ROLLBACK")
        connection.close()


# The stream


def test_a_stream_brings_each_turn_once_and_goes_on_after_the_last_one_seen(
    sam: Speaker,
) -> None:
    call = sam.open_call()
    sam.say(call, "zero", segment_id="0")

    with sam.get(f"/calls/{call}/stream", stream=True) as line:
        events = _events(line)
        assert next(events)[:2] == ("0", "turn")
        for number in (1, 2):
            sam.say(call, f"turn number {number}")
            name, kind, turn = next(events)
            assert (name, kind, turn["text"]) == (str(number), "turn", f"turn number {number}")
            assert turn["advice"] is not None

    sam.say(call, "said while nobody listened")
    sam.say(call, "zero", segment_id="0")
    sam.post(f"/calls/{call}/close", {"confirmed": {}})
    with sam.get(f"/calls/{call}/stream", stream=True, headers={"Last-Event-ID": "2"}) as line:
        rest = list(_events(line))

    assert [(name, kind) for name, kind, _ in rest] == [("3", "turn"), ("3", "closed")]
    assert rest[0][2]["text"] == "said while nobody listened"


def test_a_stream_that_the_server_drops_is_resumed_without_a_gap(
    installation: Installation, sam: Speaker
) -> None:
    call, seen = sam.open_call(), []
    sam.say(call, "before the drop")

    with sam.get(f"/calls/{call}/stream", stream=True) as line:
        events = _events(line)
        seen.append(next(events))
        kill(installation, WEB)
        assert list(events) == []
    assert until(sam.is_ready, 60)
    sam.say(call, "after the drop")
    sam.post(f"/calls/{call}/close", {"confirmed": {}})
    last = {"Last-Event-ID": seen[-1][0]}
    with sam.get(f"/calls/{call}/stream", stream=True, headers=last) as line:
        seen += _events(line)

    assert [turn["text"] for _, kind, turn in seen if kind == "turn"] == [
        "before the drop",
        "after the drop",
    ]


def _events(line: requests.Response) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The events of a stream as (id, kind, document), until it ends or breaks."""
    fields: dict[str, str] = {}
    try:
        for row in line.iter_lines(chunk_size=1, decode_unicode=True):
            name, _, value = row.partition(": ")
            if row and name:
                fields[name] = value
            elif not row and "data" in fields:
                yield fields["id"], fields["event"], json.loads(fields["data"])
                fields = {}
    except requests.RequestException:
        return


# What must never be kept


CARDS = (
    "my card is 4111 1111 1111 1111 and the security code is 737",
    "take it off 5500-0055-5555-5559, expires next year",
    "amex 378282246310005 then",
    "it's four oh one two eight eight eight eight, eight eight eight eight one eight eight one",
    "password: hunter2-of-the-client",
)
NEVER_KEPT = (
    "4111 1111 1111 1111",
    "4111111111111111",
    "5500-0055-5555-5559",
    "5500005555555559",
    "378282246310005",
    "four oh one two eight",
    "is 737",
    "hunter2",
)


def test_card_numbers_and_passwords_are_nowhere_in_database_conversations_and_logs(
    installation: Installation, sam: Speaker
) -> None:
    call = sam.open_call()
    for words in CARDS:
        for speaker in ("client", "collector"):
            assert sam.say(call, words, speaker=speaker).status_code == 200
        assert sam.say(call, words, labels=["promise_to_pay"]).status_code == 200
        assert sam.post("/coach", {"text": words, "call_id": call}).status_code == 200
        assert sam.post("/coach", {"text": f"note a promise: {words}"}).status_code == 200
        sam.get("/accounts", params={"q": words})
        sam.get(f"/accounts/{words}")
    assert sam.post(f"/calls/{call}/escalation", {"note": " ".join(CARDS)}).status_code == 201
    read = str(sam.get(f"/calls/{call}").json())

    assert "•••" in read
    assert [secret for secret in NEVER_KEPT if secret in read] == []
    assert _kept_in(installation.settings.home_folder) == []


def _kept_in(home: Path) -> list[str]:
    found = []
    for file in home.rglob("*"):
        content = file.read_bytes().lower() if file.is_file() else b""
        found += [f"{file.name}: {secret}" for secret in NEVER_KEPT if secret.encode() in content]
    return found
