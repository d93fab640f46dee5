"""The assistant over real HTTP: what it is sent, what is made of its answers, and what happens when it fails."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

import bot.rasa_http
from bot.core.coaching.advice import Role
from bot.core.errors import UnavailableError
from bot.core.labels import Speaker
from bot.core.reading import HeardLabel
from bot.core.signing import is_signed, unseal
from bot.rasa_http import SIGNATURE_HEADER, RasaAssistant
from bot.services.ports import CallRecord, TurnRecord, Viewer
from bot.services.rehearsal_ports import RehearsalRecord, RehearsalTurnRecord

KEY = b"shared key"
SAM = Viewer("usr_sam", "Sam Okafor", Role.COLLECTOR, "junior")
STARTED = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
CALL = CallRecord("call_1", "acc_1", "usr_sam", "open", STARTED)
TURN = TurnRecord("trn_1", "call_1", 0, Speaker.CLIENT, "try me next week", STARTED)
ADVICE = {"turn_id": "trn_1", "reading": {}, "advice": {"silent": True}}


class NowClock:
    """The machine's time, on a fixed day."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return date(2026, 3, 10)


class Rasa(ThreadingHTTPServer):
    """A server that answers what it was told to, and remembers what it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.status = 200
        self.body = json.dumps({"messages": [{"custom": ADVICE}]}).encode()
        self.wait_seconds = 0.0
        self.got: list[tuple[str, bytes, dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: Any) -> None:
        """A client that went away is expected here."""


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.got.append((self.path, body, dict(self.headers)))
        time.sleep(self.server.wait_seconds)
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    do_GET = do_POST = _answer  # noqa: N815 - the names that the base class calls

    def log_message(self, *_: Any) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def rasa() -> Iterator[Rasa]:
    server = Rasa()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def assistant_of(rasa: Rasa, timeout: float = 5.0) -> RasaAssistant:
    return RasaAssistant(rasa.url, KEY, NowClock(), timeout)


def test_a_turn_is_sent_signed_with_sealed_claims(rasa: Rasa) -> None:
    assistant_of(rasa).advise_on_turn(TURN, CALL, SAM)
    path, body, headers = rasa.got[0]
    document = json.loads(body)
    claims = unseal(KEY, document["metadata"]["sealed"], datetime.now(UTC))

    assert path == "/webhooks/parley/webhook"
    assert is_signed(KEY, body, headers[SIGNATURE_HEADER], datetime.now(UTC))
    assert (document["sender"], document["text"]) == ("call_1", "try me next week")
    assert document["metadata"]["speaker"] == "client"
    assert document["metadata"]["today"] == "2026-03-10"
    assert claims is not None
    assert (claims["turn"], claims["call"], claims["user"]) == ("trn_1", "call_1", "usr_sam")
    assert (claims["role"], claims["seniority"]) == ("collector", "junior")


def test_the_key_is_never_sent(rasa: Rasa) -> None:
    assistant_of(rasa).advise_on_turn(TURN, CALL, SAM)
    _, body, headers = rasa.got[0]

    assert KEY not in body
    assert KEY.decode() not in str(headers)


def test_the_advice_of_the_turn_comes_back(rasa: Rasa) -> None:
    rasa.body = json.dumps({"messages": [{"text": "hm"}, {"custom": ADVICE}]}).encode()

    assert assistant_of(rasa).advise_on_turn(TURN, CALL, SAM) == ADVICE


def test_a_chat_says_what_the_words_were_heard_as_on_a_call(rasa: Rasa) -> None:
    rasa.body = b'{"messages": []}'
    assistant_of(rasa).chat("hi", "chat_usr_sam", SAM, None, (HeardLabel("neutral", 0.5),))
    claims = unseal(KEY, json.loads(rasa.got[0][1])["metadata"]["sealed"], datetime.now(UTC)) or {}

    assert claims["as_turn"] == [["neutral", 0.5]]


def test_words_that_may_be_a_turn_are_heard_as_the_collectors_and_name_no_turn(rasa: Rasa) -> None:
    rasa.body = b'{"messages": [{"custom": {"heard": [["apologise", 0.9]]}}]}'
    heard = assistant_of(rasa).hear_as_turn("sorry", "reh_1", SAM)
    metadata = json.loads(rasa.got[0][1])["metadata"]
    claims = unseal(KEY, metadata["sealed"], datetime.now(UTC)) or {}

    assert heard == (HeardLabel("apologise", 0.9),)
    assert metadata["speaker"] == "collector"
    assert claims["rehearsal"] == "reh_1"
    assert "turn" not in claims


@pytest.mark.parametrize("body", [b'{"messages": []}', b'{"messages": [{"custom": {}}]}'])
def test_words_that_got_no_reading_are_an_assistant_that_is_away(rasa: Rasa, body: bytes) -> None:
    rasa.body = body
    with pytest.raises(UnavailableError):
        assistant_of(rasa).hear_as_turn("sorry", "reh_1", SAM)


def test_a_chat_gives_its_messages_and_names_no_turn(rasa: Rasa) -> None:
    rasa.body = b'{"messages": [{"text": "one"}, {"text": "two"}]}'
    messages = assistant_of(rasa).chat("brief me", "chat_usr_sam", SAM, None)
    document = json.loads(rasa.got[0][1])
    claims = unseal(KEY, document["metadata"]["sealed"], datetime.now(UTC))

    assert [message["text"] for message in messages] == ["one", "two"]
    assert document["metadata"]["speaker"] == "coach"
    assert claims is not None
    assert "turn" not in claims


@pytest.mark.parametrize(
    "body",
    [
        b'{"messages": []}',
        b'{"messages": [{"text": "I do not know."}]}',
        b'{"messages": [{"custom": {}}]}',
        b'{"messages": [{"custom": {"turn_id": "trn_other"}}]}',
        b"",
        b"not json",
        b"[]",
        b"null",
        b"{}",
        b'{"messages": null}',
        b'{"messages": 7}',
        b'{"messages": ["custom"]}',
        b'{"messages": [{"custom": "words"}]}',
        b"\xff\xfe",
    ],
)
def test_a_wrong_answer_is_unavailable_and_never_another_error(rasa: Rasa, body: bytes) -> None:
    rasa.body = body

    with pytest.raises(UnavailableError):
        assistant_of(rasa).advise_on_turn(TURN, CALL, SAM)


@pytest.mark.parametrize("status", [401, 404, 500, 502, 503])
def test_a_refusal_or_crash_is_unavailable(rasa: Rasa, status: int) -> None:
    rasa.status, rasa.body = status, b'{"status": 0}'

    with pytest.raises(UnavailableError):
        assistant_of(rasa).advise_on_turn(TURN, CALL, SAM)


@pytest.mark.timed
def test_a_server_that_is_not_there_is_unavailable_at_once() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    assistant = RasaAssistant(f"http://127.0.0.1:{port}", KEY, NowClock(), 5.0)
    started = time.monotonic()

    with pytest.raises(UnavailableError):
        assistant.advise_on_turn(TURN, CALL, SAM)
    assert time.monotonic() - started < 2
    assert assistant.is_ready() is False


@pytest.mark.timed
def test_a_slow_server_is_waited_for_no_longer_than_the_timeout(rasa: Rasa) -> None:
    rasa.wait_seconds = 3.0
    assistant = assistant_of(rasa, timeout=0.2)
    started = time.monotonic()

    with pytest.raises(UnavailableError):
        assistant.advise_on_turn(TURN, CALL, SAM)
    assert time.monotonic() - started < 1.5


def test_after_a_failure_it_is_left_alone_for_a_while_and_then_asked_again(
    rasa: Rasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.rasa_http, "REST_SECONDS", 0.3)
    assistant = assistant_of(rasa)
    rasa.status = 500
    with pytest.raises(UnavailableError):
        assistant.advise_on_turn(TURN, CALL, SAM)
    rasa.status = 200

    with pytest.raises(UnavailableError):
        assistant.advise_on_turn(TURN, CALL, SAM)
    assert len(rasa.got) == 1
    time.sleep(0.35)
    assert assistant.advise_on_turn(TURN, CALL, SAM) == ADVICE
    assert len(rasa.got) == 2


def test_it_is_ready_when_a_model_answers(rasa: Rasa) -> None:
    assistant = assistant_of(rasa)

    assert assistant.is_ready() is True
    assert rasa.got[0][0] == "/webhooks/parley/"
    rasa.status = 503
    assert assistant.is_ready() is False


@pytest.mark.timed
def test_a_busy_server_is_not_taken_for_one_that_is_down_and_one_that_is_down_is_told_at_once(
    rasa: Rasa,
) -> None:
    rasa.body = json.dumps({"model": "parley-1.tar.gz"}).encode()
    rasa.wait_seconds = 1.3
    # The last check of a publication would be left out for a server that only took its time.
    assert assistant_of(rasa, timeout=0.2).model() == "parley-1"

    started = time.monotonic()
    nobody = RasaAssistant("http://127.0.0.1:9", KEY, NowClock(), 0.2)
    assert nobody.model() is None
    assert time.monotonic() - started < 1


def test_a_proxy_of_the_environment_is_not_asked(
    rasa: Rasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert assistant_of(rasa).advise_on_turn(TURN, CALL, SAM) == ADVICE


def test_many_threads_share_one_assistant(rasa: Rasa) -> None:
    assistant = assistant_of(rasa)
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: assistant.advise_on_turn(TURN, CALL, SAM), range(64)))

    assert answers == [ADVICE] * 64


def test_a_rehearsed_turn_names_its_rehearsal_and_is_heard_as_of_the_day_of_the_call(
    rasa: Rasa,
) -> None:
    began = date(2026, 2, 27)
    kept = RehearsalRecord(
        "reh_1", "usr_sam", "some-case", 1, 2, "practice", 7, "open", "b1", 1, STARTED, STARTED
    )
    turn = RehearsalTurnRecord("trn_1", "reh_1", "b1", 1, Speaker.COLLECTOR, "by Friday", STARTED)

    answer = assistant_of(rasa).hear_rehearsal_turn(turn, kept, began, SAM)

    sent = json.loads(rasa.got[-1][1])
    claims = unseal(KEY, sent["metadata"]["sealed"], datetime.now(UTC)) or {}
    assert answer == ADVICE
    assert sent["metadata"]["today"] == "2026-02-27"
    assert sent["metadata"]["speaker"] == "collector"
    assert (claims["rehearsal"], claims["turn"], claims["user"]) == ("reh_1", "trn_1", "usr_sam")
    assert "call" not in claims
