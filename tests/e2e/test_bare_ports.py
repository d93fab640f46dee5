"""What listens beside the web application is bound to this machine and answers nobody but its neighbours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.cli.installation import Installation
from bot.core.signing import seal, sign
from bot.rasa_http import SIGNATURE_HEADER
from tests.e2e.speaking import HARTLEY, Speaker

pytestmark = pytest.mark.rasa

LOOPBACK = "0100007F"
LISTENING = "0A"


def listening(port: str) -> set[str]:
    """The addresses, as the kernel writes them, on which this port listens."""
    found = set()
    for table in ("tcp", "tcp6"):
        for row in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            _, local, _, state = row.split()[:4]
            address, number = local.split(":")
            if state == LISTENING and int(number, 16) == int(port):
                found.add(address)
    return found


def test_every_server_listens_on_this_machine_alone(
    installation: Installation, sam: Speaker
) -> None:
    settings = installation.settings
    for port in (settings.rasa_port, settings.actions_port, settings.port):
        assert listening(port) == {LOOPBACK}


# Rasa


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/model/parse"),
        ("POST", "/model/train"),
        ("PUT", "/model"),
        ("DELETE", "/model"),
        ("GET", "/status"),
        ("GET", "/domain"),
        ("GET", "/conversations/any/tracker"),
        ("POST", "/conversations/any/messages"),
        ("POST", "/conversations/any/trigger_intent"),
    ],
)
def test_rasas_own_interface_is_closed_without_a_token(
    installation: Installation, sam: Speaker, method: str, path: str
) -> None:
    answer = requests.request(
        method, f"{installation.settings.rasa_url}{path}", json={"text": "hello"}, timeout=10
    )

    assert answer.status_code == 401


@pytest.mark.parametrize("channel", ["rest", "callback", "socketio", "slack", "facebook"])
def test_no_stock_channel_is_open(installation: Installation, sam: Speaker, channel: str) -> None:
    answer = requests.post(
        f"{installation.settings.rasa_url}/webhooks/{channel}/webhook",
        json={"sender": "x", "message": "hello"},
        timeout=10,
    )

    assert answer.status_code == 404


@pytest.mark.parametrize("fault", ["unsigned", "another_key", "another_body", "old", "no_sense"])
def test_our_channel_takes_only_what_this_installation_signed(
    installation: Installation, sam: Speaker, fault: str
) -> None:
    key, now, body = installation.settings.signing_key, datetime.now(UTC), _message()
    signatures = {
        "unsigned": "",
        "another_key": sign(b"another key", body, now),
        "another_body": sign(key, b"{}", now),
        "old": sign(key, body, now - timedelta(hours=1)),
        "no_sense": "v1=;;é",
    }

    answer = _send(installation, body, signatures[fault])

    assert answer.status_code == 401
    assert answer.json()["code"] == "unsigned"
    assert _send(installation, body, sign(key, body, now)).status_code == 200


def _message() -> bytes:
    return b'{"sender": "chat_of_test", "text": "what is a statutory demand?", "metadata": {"speaker": "coach"}}'


def _send(installation: Installation, body: bytes, signature: str) -> requests.Response:
    return requests.post(
        f"{installation.settings.rasa_url}/webhooks/parley/webhook",
        data=body,
        headers={"Content-Type": "application/json", SIGNATURE_HEADER: signature.encode()},
        timeout=10,
    )


# The action server

ACTIONS = ("action_advise", "action_brief", "action_show_options", "action_hand_over")


@pytest.mark.parametrize("fault", ["missing", "another_key", "old"])
@pytest.mark.parametrize("action", ACTIONS)
def test_the_action_server_gives_nothing_without_our_seal(
    installation: Installation, sam: Speaker, action: str, fault: str
) -> None:
    key, now, call = installation.settings.signing_key, datetime.now(UTC), sam.open_call()
    account = sam.get(f"/accounts/{HARTLEY}").json()
    claims = {
        "user": "usr_sam",
        "name": "Sam",
        "role": "admin",
        "seniority": "senior",
        "call": call,
    }
    sealed = {
        "missing": "",
        "another_key": seal(b"another key", claims, now),
        "old": seal(key, claims, now - timedelta(hours=1)),
    }

    answer = _run(installation, action, sealed[fault])

    assert answer.status_code == 500 or [
        message["text"] for message in answer.json()["responses"]
    ] == ["This message was not sent by the web application."]
    assert answer.json().get("events", []) == []
    for fact in (account["name"], account["due_now"], "14,250", "4417", "Colin Dace"):
        assert fact not in answer.text
    assert sam.turns(call) == []


def test_the_action_server_does_answer_with_our_seal(
    installation: Installation, sam: Speaker
) -> None:
    claims = {"user": "usr_sam", "name": "Sam", "role": "collector", "seniority": "junior"}
    sealed = seal(installation.settings.signing_key, claims, datetime.now(UTC))

    answer = _run(installation, "action_brief", sealed)

    assert "14,250" in answer.text


def _run(installation: Installation, action: str, sealed: str) -> requests.Response:
    tracker: dict[str, Any] = {
        "sender_id": "chat_of_test",
        "slots": {"account_id": HARTLEY, "pending_note": None},
        "latest_message": {"text": "brief me on this one", "metadata": {"sealed": sealed}},
        "events": [],
        "paused": False,
        "followup_action": None,
        "active_loop": {},
        "latest_action_name": None,
    }
    body = {"next_action": action, "sender_id": "chat_of_test", "tracker": tracker, "domain": {}}
    return requests.post(installation.settings.actions_url, json=body, timeout=10)
