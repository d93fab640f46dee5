"""What was made quicker still refuses what it refused."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import YamlException
from rasa.shared.nlu.training_data.formats.rasa_yaml import NLU_SCHEMA_FILE
from rasa.shared.utils import validation
from rasa.utils.endpoints import EndpointConfig

from bot.nlu.lean import is_plain_training_file, make_lean, remember_valid_files

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def lean(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lean for one test; what stock Rasa has comes back after it."""
    monkeypatch.setattr(
        RemoteAction, "_validate_action_result", RemoteAction._validate_action_result
    )
    monkeypatch.setattr(Event, "resolve_by_type", Event.__dict__["resolve_by_type"])
    make_lean()


class ActionServer(ThreadingHTTPServer):
    """An action server that answers what it was told to answer."""

    answer: Any = None


class _Answers(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps(self.server.answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def server() -> Iterator[ActionServer]:
    server = ActionServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def run_action(server: ActionServer) -> list[Event]:
    """Run a custom action as Rasa does when the rule says so."""
    domain = Domain.load(str(ROOT / "domain.yml"))
    tracker = DialogueStateTracker("chat_1", domain.slots)
    action = RemoteAction(
        "action_brief", EndpointConfig(f"http://127.0.0.1:{server.server_port}/webhook")
    )
    nlg = TemplatedNaturalLanguageGenerator(domain.responses)
    return asyncio.run(action.run(CollectingOutputChannel(), nlg, tracker, domain))


@pytest.mark.parametrize(
    "bad",
    [
        {"events": "none", "responses": []},
        {"events": [{"event": 7}], "responses": []},
        {"events": [{"name": "no event"}], "responses": []},
        {"events": [], "responses": "hello"},
    ],
)
def test_a_bad_answer_of_the_action_server_is_still_refused(
    server: ActionServer, bad: dict[str, Any]
) -> None:
    server.answer = bad

    with pytest.raises(ValidationError):
        run_action(server)


def test_a_good_answer_is_taken(server: ActionServer) -> None:
    slot = {"event": "slot", "name": "account_id", "value": "acc_1", "timestamp": None}
    server.answer = {"events": [slot], "responses": [{"text": "Here it is."}]}
    events = run_action(server)

    assert SlotSet("account_id", "acc_1") in events


def test_event_classes_are_looked_up_once() -> None:
    Event.resolve_by_type("slot")
    before = Event.resolve_by_type.cache_info().hits
    found = Event.resolve_by_type("slot")

    assert found is SlotSet
    assert Event.resolve_by_type.cache_info().hits == before + 1


def test_an_unknown_event_type_is_still_refused() -> None:
    assert Event.resolve_by_type("no such event", Event) is Event
    with pytest.raises(ValueError, match="no such event"):
        Event.resolve_by_type("no such event")


def test_it_is_safe_to_apply_twice() -> None:
    make_lean()
    once = Event.resolve_by_type
    make_lean()

    assert Event.resolve_by_type is once


PLAIN = (
    'version: "3.1"\nnlu:\n- intent: refusal\n  examples:\n  - {text: "no", metadata: {heat: 1}}\n'
)

#: Files that are not of our plain shape; the last two Rasa refuses.
NOT_PLAIN = [
    PLAIN.replace('- {text: "no", metadata: {heat: 1}}', "|\n    - no").replace(":\n  |", ": |"),
    PLAIN + "responses:\n  utter_a:\n  - text: b\n",
    PLAIN.replace('"no"', "[1]"),
    PLAIN.replace("intent: refusal", "intent: 5"),
]


def test_every_training_file_is_of_the_plain_shape() -> None:
    for path in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        assert is_plain_training_file(path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize("content", NOT_PLAIN)
def test_other_shapes_are_left_to_rasas_own_check(content: str) -> None:
    assert is_plain_training_file(PLAIN)
    assert not is_plain_training_file(content)


def test_what_rasa_refuses_is_still_refused_with_its_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validation, "validate_yaml_schema", validation.validate_yaml_schema)
    remember_valid_files(tmp_path / "valid.txt")

    validation.validate_yaml_schema(PLAIN, NLU_SCHEMA_FILE)
    for content in NOT_PLAIN[2:]:
        with pytest.raises(YamlException):
            validation.validate_yaml_schema(content, NLU_SCHEMA_FILE)
    assert len((tmp_path / "valid.txt").read_text().split()) == 1
