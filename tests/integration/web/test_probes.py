"""What machines ask: alive, ready, figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from bot.core.errors import UnavailableError
from bot.settings import Settings
from bot.web.serve import options
from tests.integration.web.conftest import Browser, Program
from tests.integration.web.standins import StandInServices


def test_a_process_that_runs_is_alive(app: Flask, services: StandInServices) -> None:
    services.assistant.ready = False

    assert app.test_client().get("/healthz").json == {"status": "ok"}


@pytest.mark.parametrize(
    ("database", "assistant", "status"),
    [(True, True, 200), (True, False, 503), (False, True, 503), (False, False, 503)],
)
def test_ready_is_when_a_turn_can_be_answered(
    app: Flask, services: StandInServices, database: bool, assistant: bool, status: int
) -> None:
    services.database_ready = lambda: database
    services.assistant.ready = assistant
    answer = app.test_client().get("/readyz")

    assert answer.status_code == status
    assert (answer.json["database"], answer.json["assistant"]) == (database, assistant)


def test_a_check_that_fails_is_not_ready(app: Flask, services: StandInServices) -> None:
    def fail() -> bool:
        raise UnavailableError("locked")

    services.database_ready = fail

    assert app.test_client().get("/readyz").status_code == 503


def test_figures_are_for_this_machine_and_administrators(
    app: Flask, signed_in: Callable[[str], Browser]
) -> None:
    client = app.test_client()
    far = {"REMOTE_ADDR": "10.1.1.1"}

    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", environ_base=far).status_code == 403
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403
    assert signed_in("ada").client.get("/metrics", environ_base=far).status_code == 200
    assert signed_in("amina").client.get("/metrics", environ_base=far).status_code == 403


def test_turns_are_timed_and_answers_counted(app: Flask, amina: Program, call: str) -> None:
    amina.post(f"/calls/{call}/turns", {"speaker": "client", "text": "next week"})
    amina.get("/nothing")
    text = app.test_client().get("/metrics").text

    assert 'parley_turn_seconds_count{heard="assistant",speaker="client"} 1.0' in text
    assert (
        'parley_requests_total{endpoint="turns.take_turn",method="POST",status="200"} 1.0' in text
    )
    assert 'parley_requests_total{endpoint="unknown",method="GET",status="404"} 1.0' in text
    assert "parley_open_streams 0.0" in text


def test_gunicorn_gets_one_worker_and_the_threads_of_the_settings() -> None:
    told = options(Settings(host="::1", port="8123", web_threads="7"))

    assert (told["bind"], told["workers"], told["threads"]) == ("[::1]:8123", 1, 7)


def test_made_up_methods_make_no_series_of_their_own(app: Flask) -> None:
    for number in range(5):
        app.test_client().open("/nowhere", method=f"MADEUP{number}")

    shown = app.test_client().get("/metrics").text
    assert "MADEUP" not in shown
    assert 'method="OTHER"' in shown
