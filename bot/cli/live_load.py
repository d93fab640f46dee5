"""A load of live calls over HTTP, the way panels use it: every turn is timed, and one that is not heard counts as failed."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass
from typing import Any, Self

import requests

from bot.cli.bench_live import percentiles, unseen_turns
from bot.core.errors import UnavailableError

#: One turn of a call follows another after this many seconds, as on the telephone.
TURN_EVERY_SECONDS = 4.0

#: A collector has the client on the line; a turn that takes longer is a delay.
DELAYED_SECONDS = 1.0

TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class SentTurn:
    """One turn: when it was sent (monotonic), how long its advice took, and whether it was heard."""

    at: float
    seconds: float
    is_heard: bool


class Api:
    """One person's way into an installation; keeps its connection."""

    def __init__(self, url: str, token: str) -> None:
        self._base = f"{url.rstrip('/')}/api/v1"
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"
        self._session.trust_env = False

    def get(self, path: str) -> Any:
        """A document; UnavailableError with what was said."""
        return self._answer(self._session.get(self._base + path, timeout=TIMEOUT_SECONDS))

    def send(self, path: str, document: dict[str, Any], method: str = "POST") -> Any:
        """The answer to a document; UnavailableError with what was said."""
        return self._answer(
            self._session.request(method, self._base + path, json=document, timeout=TIMEOUT_SECONDS)
        )

    @staticmethod
    def _answer(answer: requests.Response) -> Any:
        if not answer.ok:
            raise UnavailableError(f"{answer.url}: {answer.status_code} {answer.text[:2000]}")
        return answer.json() if answer.content else None


class LiveLoad:
    """So many calls that go on until the block ends: `with LiveLoad(url, token, calls=20) as load:`."""

    def __init__(self, url: str, token: str, calls: int, every: float = TURN_EVERY_SECONDS) -> None:
        self._url, self._token = url, token
        self._calls = calls
        self._every = every
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self.turns: list[SentTurn] = []

    def __enter__(self) -> Self:
        accounts = Api(self._url, self._token).get("/accounts")
        rows = accounts["accounts"] if isinstance(accounts, dict) else accounts
        turns = unseen_turns()
        begin = time.monotonic() + 0.5
        for number in range(self._calls):
            api = Api(self._url, self._token)
            opened = api.send("/calls", {"account_id": rows[number % len(rows)]["id"]})
            mine = itertools.cycle(turns[number :: self._calls])
            first = begin + number * self._every / self._calls
            arguments = (api, str(opened["id"]), mine, first)
            self._threads.append(threading.Thread(target=self._talk, args=arguments, daemon=True))
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def figures(self, since: float, until: float) -> dict[str, Any]:
        """What became of the turns sent between two moments (monotonic)."""
        sent = [turn for turn in list(self.turns) if since <= turn.at <= until]
        times = [turn.seconds for turn in sent]
        spread = percentiles(times) if times else {"p50": 0.0, "p95": 0.0, "p99": 0.0, "turns": 0}
        return {
            **{name: round(value, 1) for name, value in spread.items()},
            "failed": sum(not turn.is_heard for turn in sent),
            "delayed": sum(turn.seconds > DELAYED_SECONDS for turn in sent),
            "slowest": round(max(times, default=0.0) * 1000, 1),
        }

    def _talk(self, api: Api, call: str, turns: Any, due: float) -> None:
        while not self._stop.wait(max(0.0, due - time.monotonic())):
            speaker, text = next(turns)
            at = time.monotonic()
            try:
                answer = api.send(f"/calls/{call}/turns", {"speaker": speaker, "text": text})
                is_heard = bool(answer["advice"]["listening"])
            except (requests.RequestException, UnavailableError, KeyError):
                is_heard = False
            self.turns.append(SentTurn(at, time.monotonic() - at, is_heard))
            due += self._every
