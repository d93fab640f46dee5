"""Server-sent events: turns as they are answered, resumed where they broke off, ended with the call."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import Any

import pytest

from bot.settings import Settings
from bot.web import streams
from tests.integration.web.conftest import Program, an_app
from tests.integration.web.standins import StandInServices


def a_turn(amina: Program, call: str, text: str) -> None:
    amina.post(f"/calls/{call}/turns", {"speaker": "client", "text": text})


def events(answer: Any) -> list[tuple[str, Any]]:
    blocks = [block for block in answer.text.split("\n\n") if "data: " in block]
    lines = [dict(line.split(": ", 1) for line in block.split("\n")) for block in blocks]
    return [(line["event"], json.loads(line["data"])) for line in lines]


def test_a_closed_call_gives_its_turns_and_ends(amina: Program, call: str) -> None:
    a_turn(amina, call, "one\ntwo")
    a_turn(amina, call, "three")
    amina.post(f"/calls/{call}/close")

    answer = amina.get(f"/calls/{call}/stream")

    assert answer.mimetype == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    found = events(answer)
    assert [kind for kind, _ in found] == ["turn", "turn", "closed"]
    assert found[0][1]["text"] == "one\ntwo"


def test_a_stream_goes_on_after_the_last_event(amina: Program, call: str) -> None:
    for text in ("one", "two", "three"):
        a_turn(amina, call, text)
    amina.post(f"/calls/{call}/close")

    by_header = events(amina.get(f"/calls/{call}/stream", **{"Last-Event-ID": "1"}))
    by_query = events(amina.get(f"/calls/{call}/stream?after=1"))

    assert [document.get("text") for _, document in by_header] == ["three", None]
    assert by_header == by_query


@pytest.mark.parametrize("last", ["x", "-2", "1.5", "9" * 30, "²"])
def test_a_last_event_that_is_no_number_is_refused(amina: Program, call: str, last: str) -> None:
    answer = amina.get(f"/calls/{call}/stream", **{"Last-Event-ID": last})

    assert answer.status_code == 422


def test_a_turn_reaches_an_open_stream_at_once(
    amina: Program, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only the bell can wake it in time: looking by itself would take a minute.
    monkeypatch.setattr(streams, "LOOK_EVERY", 60.0)
    got: list[list[tuple[str, Any]]] = []
    listener = threading.Thread(
        target=lambda: got.append(events(amina.get(f"/calls/{call}/stream")))
    )
    listener.start()
    bell = amina.client.application.extensions["parley-bell"]
    for _ in range(100):
        if call in bell._listeners:
            break
        threading.Event().wait(0.02)

    a_turn(amina, call, "hello")
    amina.post(f"/calls/{call}/close")
    listener.join(5)

    assert [kind for kind, _ in got[0]] == ["turn", "closed"]
    assert bell._counts == {}


def test_a_quiet_stream_says_that_it_lives(
    amina: Program, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(streams, "HEARTBEAT_EVERY", 0.0)
    stream = amina.client.get(f"/api/v1/calls/{call}/stream", headers=amina.headers, buffered=False)
    parts = stream.iter_encoded()

    assert next(parts).startswith(b"retry: ")
    assert next(parts) == b": still here\n\n"
    stream.close()


def test_streams_leave_threads_for_turns(services: StandInServices, settings: Settings) -> None:
    app = an_app(services, replace(settings, web_threads="2"))
    amina = Program(app, services.people.issue_token("amina"))
    call = amina.post("/calls", {"account_id": "acc_bakery"}).json["id"]

    first = amina.client.get(f"/api/v1/calls/{call}/stream", headers=amina.headers, buffered=False)
    second = amina.get(f"/calls/{call}/stream")
    assert second.status_code == 503
    first.close()

    amina.post(f"/calls/{call}/close")
    assert amina.get(f"/calls/{call}/stream").status_code == 200
