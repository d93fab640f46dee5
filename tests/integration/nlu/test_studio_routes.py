"""The studio's routes over real HTTP: turns heard aside, and a model changed while turns go on."""

from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import TooLargeError, UnavailableError
from bot.core.labels import Speaker
from bot.nlu.recogniser import RasaRecogniser
from bot.rasa_http import RasaAssistant
from tests.integration.nlu.served import KEY, Served, refused

pytestmark = pytest.mark.rasa

TODAY = date(2026, 3, 10)
TURNS = [
    ("I never got the invoice, send it again and I'll pay £500 on friday", Speaker.CLIENT),
    ("my card is 4111 1111 1111 1111 if that's any use to you", Speaker.CLIENT),
    ("Good morning, it's Amina from Fenwick about invoice 4417", Speaker.COLLECTOR),
    ("what do I say when they swear?", Speaker.COACH),
    ("/restart", Speaker.COACH),
    ("", Speaker.CLIENT),
    ("lone \ud83d half", Speaker.CLIENT),
    ("\ud83d", Speaker.CLIENT),
    ("line\nbreaks\tand \x07 bells", Speaker.CLIENT),
    ("you'll get nothing from me, you thieving cow " * 300, Speaker.CLIENT),
]


class RightClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return TODAY


@pytest.fixture
def served(running: Served, agent: Any) -> Served:
    """The server with the real agent behind it."""
    running.app.ctx.agent = agent
    running.handler = agent.handle_message
    return running


@pytest.fixture
def assistant(served: Served) -> RasaAssistant:
    """The server as the studio talks to it."""
    return RasaAssistant(served.url, KEY, RightClock(), timeout_seconds=5)


def test_what_is_heard_aside_is_what_the_recogniser_hears(
    assistant: RasaAssistant, recogniser: RasaRecogniser
) -> None:
    heard = assistant.hear_all(TURNS, TODAY)

    assert heard == [rounded(recogniser.read(text, who, TODAY)) for text, who in TURNS]
    assert "4111" not in heard[1].text
    assert "truncated" in heard[-1].flags


def rounded(reading: Any) -> Any:
    """A reading as it comes over the wire."""
    return type(reading).from_json(reading.as_json(), speaker=reading.speaker, text=reading.text)


def test_nothing_to_hear_is_no_reading(assistant: RasaAssistant) -> None:
    assert assistant.hear_all([], TODAY) == []


def test_more_turns_than_go_at_once_come_back_in_order(assistant: RasaAssistant) -> None:
    words = [f"that is {number} pounds" for number in range(120)]

    heard = assistant.hear_all([(text, Speaker.CLIENT) for text in words], TODAY)
    assert [reading.text for reading in heard] == words


def test_a_turn_of_more_than_20_kb_is_refused(assistant: RasaAssistant, served: Served) -> None:
    text = "£" * 10_001
    with pytest.raises(TooLargeError):
        assistant.hear_all([(text, Speaker.CLIENT)], TODAY)
    body = {"turns": [{"text": text, "speaker": "client"}], "today": "2026-03-10"}
    assert refused(served.ask("hearing", body), 413, "too-large")
    many = {"turns": [{"text": "no", "speaker": "client"}] * 201, "today": "2026-03-10"}
    assert refused(served.ask("hearing", many), 413, "too-large")


@pytest.mark.parametrize(
    "body",
    [
        [],
        "text",
        {"turns": "all of them", "today": "2026-03-10"},
        {"turns": []},
        {"turns": [], "today": "soon"},
        {"turns": ["hello"], "today": "2026-03-10"},
        {"turns": [{"text": 5, "speaker": "client"}], "today": "2026-03-10"},
        {"turns": [{"text": "hello", "speaker": "agent"}], "today": "2026-03-10"},
        {"turns": [{"text": "hello"}], "today": "2026-03-10"},
    ],
)
def test_a_request_that_cannot_be_read_is_refused(served: Served, body: Any) -> None:
    assert refused(served.ask("hearing", body), 400, "invalid-input")


@pytest.mark.parametrize("route", ["hearing", "model"])
def test_only_signed_requests_are_answered(served: Served, route: str) -> None:
    for signature in (None, "", "12345.abc"):
        assert refused(served.post(b"{}", signature, route), 401, "unsigned")


@pytest.mark.parametrize("route", ["hearing", "model"])
def test_without_a_model_the_studio_hears_so(served: Served, route: str) -> None:
    served.app.ctx.agent = None

    assert refused(served.ask(route, {}), 503, "no-model")


def test_a_candidate_is_loaded_and_answers(
    assistant: RasaAssistant, served: Served, models: Path
) -> None:
    before = assistant.hear_all(TURNS, TODAY)

    assert assistant.load_model(models / "candidates" / "parley-two.tar.gz") == "parley-two"
    assert assistant.model() == "parley-two"
    assert assistant.hear_all(TURNS, TODAY) == before
    assert served.say("hello good morning", sender="chat_x", speaker="coach").status_code == 200

    assert assistant.load_model(models / "parley-one.tar.gz") == "parley-one"
    assert assistant.model() == "parley-one"


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("parley-half.tar.gz", 503, "unavailable"),
        ("parley-none.tar.gz", 503, "unavailable"),
        ("parley-nowhere.tar.gz", 404, "not-found"),
        ("../parley-outside.tar.gz", 400, "invalid-input"),
        ("candidates/../../parley-outside.tar.gz", 400, "invalid-input"),
        ("in-service", 400, "invalid-input"),
        ("parley-one.tar.gz\0", 400, "invalid-input"),
    ],
)
def test_what_cannot_be_loaded_leaves_the_old_model(
    served: Served, assistant: RasaAssistant, models: Path, name: str, status: int, code: str
) -> None:
    assistant.load_model(models / "parley-one.tar.gz")
    processor = served.app.ctx.agent.processor

    assert refused(served.ask("model", {"file": f"{models}/{name}"}), status, code)
    assert served.app.ctx.agent.processor is processor
    assert assistant.model() == "parley-one"


@pytest.mark.parametrize("body", [{}, [], {"file": 5}, None])
def test_a_model_has_to_be_named(served: Served, body: Any) -> None:
    assert refused(served.ask("model", body), 400, "invalid-input")


def test_a_server_that_is_gone_is_unavailable_and_has_no_model() -> None:
    gone = RasaAssistant("http://127.0.0.1:9", KEY, RightClock(), timeout_seconds=1)

    assert gone.model() is None
    with pytest.raises(UnavailableError):
        gone.hear_all(TURNS[:1], TODAY)
    with pytest.raises(UnavailableError):
        gone.load_model(Path("parley-one.tar.gz"))


@pytest.mark.timed
def test_no_turn_fails_or_waits_half_a_second_while_the_model_changes(
    served: Served, assistant: RasaAssistant, models: Path
) -> None:
    waits: list[float] = []
    stop = threading.Event()

    def talk() -> None:
        while not stop.is_set():
            began = time.perf_counter()
            answer = served.say(
                "hello good morning", sender=f"chat_busy_{len(waits)}", speaker="coach"
            )
            waits.append(time.perf_counter() - began)
            assert answer.status_code == 200
            assert answer.json()["messages"]
            stop.wait(0.2)

    served.say("hello good morning", sender="chat_warm", speaker="coach")
    talker = threading.Thread(target=talk)
    talker.start()
    for name in ("candidates/parley-two.tar.gz", "parley-one.tar.gz") * 4:
        assistant.load_model(models / name)
    stop.set()
    talker.join(10)

    assert len(waits) >= 5
    assert max(waits) < 0.5
