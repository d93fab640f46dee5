"""Measures our own installation over HTTP, the way a panel uses it."""

from __future__ import annotations

import itertools
import random
import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

from bot.cli.installation import Installation

#: Turns that the model has not been trained on.
UNSEEN = Path("tests/validation")


def unseen_turns() -> list[tuple[str, str]]:
    """Turns of the validation part as (speaker, text), client and collector by turns."""
    from ruamel.yaml import YAML

    parts = []
    for speaker in ("client", "collector"):
        blocks = YAML(typ="safe").load((UNSEEN / f"{speaker}.yml").read_text("utf-8"))["nlu"]
        texts = [example["text"] for block in blocks for example in block["examples"]]
        random.Random(7).shuffle(texts)  # noqa: S311 - the same order at every run
        parts.append([(speaker, text) for text in texts])
    return [turn for pair in zip(*parts, strict=False) for turn in pair]


def percentiles(times: list[float]) -> dict[str, Any]:
    """p50, p95 and p99 of times in seconds, as milliseconds."""
    ordered = sorted(times)
    at = lambda share: ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000  # noqa: E731
    return {"p50": at(0.50), "p95": at(0.95), "p99": at(0.99), "turns": len(ordered)}


class Caller:
    """One collector's panel: keeps its connection and its calls."""

    def __init__(self, installation: Installation) -> None:
        self._base = f"{installation.settings.web_url}/api/v1"
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {installation.token}"
        self._session.trust_env = False
        self.failed = 0

    def accounts(self) -> list[str]:
        """The ids of the portfolio."""
        answer = self._session.get(f"{self._base}/accounts", timeout=30)
        answer.raise_for_status()
        rows = answer.json()
        return [row["id"] for row in (rows["accounts"] if isinstance(rows, dict) else rows)]

    def open(self, account_id: str) -> str:
        """Start a call."""
        answer = self._session.post(
            f"{self._base}/calls", json={"account_id": account_id}, timeout=30
        )
        answer.raise_for_status()
        return str(answer.json()["id"])

    def turn(self, call_id: str, speaker: str, text: str) -> float:
        """Send a turn; seconds until the advice was there."""
        started = time.perf_counter()
        answer = self._session.post(
            f"{self._base}/calls/{call_id}/turns",
            json={"speaker": speaker, "text": text},
            timeout=30,
        )
        spent = time.perf_counter() - started
        if answer.status_code != 200 or not answer.json()["advice"]["listening"]:
            self.failed += 1
        return spent


def measure_live(installation: Installation, seconds: int) -> dict[str, Any]:
    """All figures of our own installation."""
    turns = itertools.cycle(unseen_turns())
    caller = Caller(installation)
    accounts = caller.accounts()
    _one_at_a_time(caller, accounts, turns, calls=4)
    one = _one_at_a_time(caller, accounts, turns, calls=40)
    early, late = _one_long_call(caller, accounts, turns, repeats=3)
    many, failed = _at_once(installation, accounts, turns, calls=100, seconds=seconds)
    return {
        "one_call": percentiles(one),
        "one_call_p95": percentiles(one)["p95"],
        "hundred_calls": percentiles(many),
        "hundred_calls_p95": percentiles(many)["p95"],
        "early_turns": percentiles(early),
        "late_turns": percentiles(late),
        "growth_400_to_5": statistics.median(late) / statistics.median(early),
        "memory_mib": installation.memory_mib(),
        "ready_s": installation.ready_after,
        "failed": caller.failed + failed,
    }


def _one_at_a_time(
    caller: Caller, accounts: list[str], turns: Iterator[tuple[str, str]], calls: int
) -> list[float]:
    times = []
    for number in range(calls):
        call_id = caller.open(accounts[number % len(accounts)])
        times += [caller.turn(call_id, *next(turns)) for _ in range(10)]
    return times


def _one_long_call(
    caller: Caller, accounts: list[str], turns: Iterator[tuple[str, str]], repeats: int
) -> tuple[list[float], list[float]]:
    """Turns 3 to 12 and 391 to 400 of calls on one account."""
    early: list[float] = []
    late: list[float] = []
    for _ in range(repeats):
        call_id = caller.open(accounts[0])
        times = [caller.turn(call_id, *next(turns)) for _ in range(400)]
        early += times[2:12]
        late += times[390:400]
    return early, late


def _at_once(
    installation: Installation,
    accounts: list[str],
    turns: Iterator[tuple[str, str]],
    calls: int,
    seconds: int,
) -> tuple[list[float], int]:
    """So many calls, one turn per call every four seconds, evenly spread."""
    times: list[float] = []
    callers = [Caller(installation) for _ in range(calls)]
    opened = [caller.open(accounts[n % len(accounts)]) for n, caller in enumerate(callers)]
    script = [[next(turns) for _ in range(seconds // 4 + 1)] for _ in range(calls)]
    begin = time.perf_counter() + 0.5

    def play(number: int) -> None:
        for index, (speaker, text) in enumerate(script[number]):
            due = begin + index * 4 + number * 4 / calls
            time.sleep(max(0.0, due - time.perf_counter()))
            times.append(callers[number].turn(opened[number], speaker, text))

    threads = [threading.Thread(target=play, args=(number,)) for number in range(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, sum(caller.failed for caller in callers)
