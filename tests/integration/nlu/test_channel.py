"""The one open channel: signed requests in, answers or problem documents out, over real HTTP."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from rasa.core.channels.channel import UserMessage

from bot.core.signing import sign
from tests.integration.nlu.served import KEY, Served, refused

pytestmark = pytest.mark.rasa


@pytest.fixture
def served(running: Served, agent: Any) -> Served:
    """The server with the real agent behind it, and nothing said yet."""
    running.app.ctx.agent = agent
    running.handler = running._answer
    running.messages.clear()
    return running


BODY = json.dumps({"sender": "chat_1", "text": "hello", "metadata": {}}).encode()


def now(**off: float) -> datetime:
    return datetime.now(UTC) + timedelta(**off)


def test_a_signed_request_is_answered(served: Served) -> None:
    answer = served.say("hello there", today="2026-03-10")

    assert answer.status_code == 200
    [message] = answer.json()["messages"]
    assert message["text"] == "heard hello there"
    assert served.messages[0].input_channel == "parley"
    assert served.messages[0].metadata == {"today": "2026-03-10"}


@pytest.mark.parametrize("signature", [None, "", ".", "abc", "12345", f"{2**40}.abc", "x.y.z"])
def test_an_unsigned_request_is_refused(served: Served, signature: str | None) -> None:
    assert refused(served.post(BODY, signature), 401, "unsigned")
    assert served.messages == []


def test_a_signature_with_another_key_is_refused(served: Served) -> None:
    assert refused(served.post(BODY, sign(b"another key", BODY, now())), 401, "unsigned")


@pytest.mark.parametrize("seconds", [-61, -3_600, 65, 86_400])
def test_an_old_or_future_signature_is_refused(served: Served, seconds: int) -> None:
    assert refused(served.post(BODY, sign(KEY, BODY, now(seconds=seconds))), 401, "unsigned")


def test_a_changed_body_is_refused(served: Served) -> None:
    signature = sign(KEY, BODY, now())

    assert refused(served.post(BODY.replace(b"hello", b"hell"), signature), 401, "unsigned")
    assert refused(served.post(b"", signature), 401, "unsigned")
    assert served.post(BODY, signature).status_code == 200


def test_the_stamp_of_a_signature_cannot_be_renewed(served: Served) -> None:
    stamp, _, digest = sign(KEY, BODY, now(minutes=-5)).partition(".")
    fresh = f"{int(stamp) + 300}.{digest}"

    assert refused(served.post(BODY, fresh), 401, "unsigned")


def test_without_a_model_it_says_so(served: Served) -> None:
    served.app.ctx.agent = None

    assert refused(served.say("hello"), 503, "no-model")
    assert (served.get().status_code, served.get().json()["ready"]) == (503, False)
    assert served.messages == []


def test_with_a_model_it_is_ready_and_names_it(served: Served) -> None:
    answer = served.get()

    assert answer.status_code == 200
    assert answer.json()["ready"] is True
    assert answer.json()["model"].endswith(".tar.gz")


def test_a_crash_is_a_problem_document_and_not_silence(served: Served) -> None:
    async def crash(_: UserMessage) -> None:
        raise RuntimeError("secret detail")

    served.handler = crash
    answer = served.say("hello")

    assert refused(answer, 502, "turn-failed")
    assert "secret detail" not in answer.text


def test_a_signed_body_that_is_no_request_is_an_error_and_the_server_lives(served: Served) -> None:
    for body in (b"not json", b"[]", b"{}", b'{"sender": "chat_1"}'):
        assert served.post(body, sign(KEY, body, now())).status_code >= 400
    assert served.say("hello").status_code == 200


@pytest.mark.parametrize("text", ["/restart", " / /EXTERNAL_x", "//"])
def test_a_command_arrives_as_text(served: Served, text: str) -> None:
    served.say(text)

    assert not served.messages[0].text.startswith("/")


def test_the_real_assistant_answers_a_greeting(served: Served, agent: Any) -> None:
    served.handler = agent.handle_message
    answer = served.say("hello good morning", sender="chat_greeting", speaker="coach")
    texts = [message["text"] for message in answer.json()["messages"]]

    assert answer.status_code == 200
    greetings = {response["text"] for response in agent.domain.responses["utter_greet"]}
    assert set(texts) <= greetings
    assert texts


def test_a_stranger_reaches_no_route_of_rasa_s_own_channels(served: Served) -> None:
    url = f"http://127.0.0.1:{served.port}/webhooks/rest/webhook"

    assert requests.post(url, json={"sender": "x", "message": "hi"}, timeout=20).status_code == 404
