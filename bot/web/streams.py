"""Sends the turns of a call to a panel as they are answered (server-sent events)."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app

from bot.core.errors import ParleyError, UnavailableError
from bot.web.metrics import metrics
from bot.web.strings import text

if TYPE_CHECKING:
    from bot.settings import Settings

#: Turns that another process answered are found by looking; those of this process ring the bell.
LOOK_EVERY = 1.0
#: Also how soon a browser that has gone gives its thread back.
HEARTBEAT_EVERY = 5.0
#: After this a stream ends and the browser comes back with its last event: who it is, is checked anew.
LIFETIME = 300.0
RECONNECT_MS = 1000


@dataclass
class Bell:
    """Wakes the streams of a call when something happened in it."""

    _changed: threading.Condition = field(default_factory=threading.Condition)
    _counts: dict[str, int] = field(default_factory=dict)
    _listeners: dict[str, int] = field(default_factory=dict)

    def ring(self, call_id: str) -> None:
        """Say that something happened in a call."""
        with self._changed:
            if call_id in self._listeners:
                self._counts[call_id] = self._counts.get(call_id, 0) + 1
                self._changed.notify_all()

    def wait(self, call_id: str, heard: int, seconds: float) -> int:
        """Wait for a ring after the `heard`-th, at most so long; returns the count."""
        with self._changed:
            self._changed.wait_for(lambda: self._counts.get(call_id, 0) != heard, seconds)
            return self._counts.get(call_id, 0)

    @contextmanager
    def listening(self, call_id: str) -> Iterator[None]:
        """Keep count of a call while somebody listens to it."""
        with self._changed:
            self._listeners[call_id] = self._listeners.get(call_id, 0) + 1
        try:
            yield
        finally:
            with self._changed:
                self._listeners[call_id] -= 1
                if not self._listeners[call_id]:
                    del self._listeners[call_id]
                    self._counts.pop(call_id, None)


@dataclass(frozen=True)
class CallFeed:
    """What a stream needs to know of its call."""

    call_id: str
    events: Callable[[int], list[dict[str, Any]]]
    is_closed: Callable[[], bool]


def init_app(app: Flask, settings: Settings) -> None:
    """Keep half of the threads free of streams, so that turns are always answered."""
    app.extensions["parley-bell"] = Bell()
    app.extensions["parley-stream-places"] = threading.BoundedSemaphore(
        max(1, int(settings.web_threads) // 2)
    )


def ring(call_id: str) -> None:
    """Say to the streams of this process that something happened in a call."""
    current_app.extensions["parley-bell"].ring(call_id)


def stream(feed: CallFeed, after: int, *, lifetime: float = LIFETIME) -> Iterator[str]:
    """Yield events until the call is closed or the stream has lived its time."""
    places: threading.BoundedSemaphore = current_app.extensions["parley-stream-places"]
    if not places.acquire(blocking=False):
        raise UnavailableError(text("error.streams"))
    gauge = metrics().streams
    gauge.inc()

    def leave() -> None:
        places.release()
        gauge.dec()

    return _Held(
        _events(feed, after, lifetime, current_app.extensions["parley-bell"]), _once(leave)
    )


class _Held(Iterator[str]):
    """An iterator that gives its place back however it ends, even when it was never begun."""

    def __init__(self, inner: Iterator[str], done: Callable[[], None]) -> None:
        self._inner = inner
        self._done = done

    def __next__(self) -> str:
        try:
            return next(self._inner)
        except ParleyError:
            # The ledger does not answer: end quietly, the browser comes back with its last event.
            self._done()
            raise StopIteration from None
        except BaseException:
            self._done()
            raise

    def close(self) -> None:
        """End the stream; the server calls this when the browser has gone."""
        try:
            self._inner.close()  # type: ignore[attr-defined]  # it is a generator
        finally:
            self._done()


def _once(action: Callable[[], None]) -> Callable[[], None]:
    lock = threading.Lock()

    def run() -> None:
        if lock.acquire(blocking=False):
            action()

    return run


def _events(feed: CallFeed, after: int, lifetime: float, bell: Bell) -> Iterator[str]:
    yield f"retry: {RECONNECT_MS}\n\n"
    heard = 0
    ends = time.monotonic() + lifetime
    beat = time.monotonic() + HEARTBEAT_EVERY
    with bell.listening(feed.call_id):
        while time.monotonic() < ends:
            # First the state, then the turns: a turn before the closing is never left out.
            closed = feed.is_closed()
            for event in feed.events(after):
                after = event["index"]
                yield f"id: {after}\nevent: turn\ndata: {json.dumps(event)}\n\n"
            if closed:
                yield f"id: {after}\nevent: closed\ndata: {{}}\n\n"
                return
            if time.monotonic() >= beat:
                beat = time.monotonic() + HEARTBEAT_EVERY
                yield ": still here\n\n"
            heard = bell.wait(feed.call_id, heard, LOOK_EVERY)
