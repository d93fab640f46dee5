"""The interface over the real ledger and the real playbook, with the assistant off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import bot
from bot.bootstrap import build_services
from bot.content.demo_ledger import load_demo_ledger
from bot.core.errors import UnavailableError
from bot.db.engine import open_engine
from bot.db.migrate import upgrade
from bot.db.seed import seed
from bot.settings import Settings
from bot.web import create_app
from tests.integration.web.conftest import Program
from tests.people_fakes import QUICK_HASHER, MovingClock

DATA = Path(bot.__file__).parents[1] / "data"

ODD_TEXTS = ("/restart", "/EXTERNAL_x", "<b>no</b>", "💥", "'; drop table calls; --")


class AssistantOff:
    """An assistant that does not answer."""

    def advise_on_turn(self, *_: Any) -> dict[str, Any]:
        raise UnavailableError("The assistant does not answer.")

    def chat(self, *_: Any) -> list[dict[str, Any]]:
        raise UnavailableError("The assistant does not answer.")

    def is_ready(self) -> bool:
        return False


@pytest.fixture
def collector(tmp_path: Path) -> Program:
    settings = Settings(home=str(tmp_path), secret="only for tests", content=str(DATA))
    clock = MovingClock()
    upgrade(settings.ledger_url)
    engine = open_engine(settings.ledger_url)
    password_hash = QUICK_HASHER.hash("a long winter evening")
    seed(engine, today=clock.today(), password_hash=password_hash, ledger=load_demo_ledger(DATA))
    services = build_services(settings, clock=clock, assistant=AssistantOff())
    return Program(create_app(services, settings), services.people.issue_token("sam"))


@pytest.fixture
def call(collector: Program) -> str:
    [first, *_] = collector.get("/accounts").json["accounts"]
    return str(collector.post("/calls", {"account_id": first["id"]}).json["id"])


def test_labels_by_hand_get_advice_in_the_figures_of_the_account(
    collector: Program, call: str
) -> None:
    turn = {"speaker": "client", "text": "", "labels": ["terms_dispute"]}
    advice = collector.post(f"/calls/{call}/turns", turn).json["advice"]

    assert advice["heard"] == ["terms_dispute"]
    assert len(advice["say"]) >= 2


def test_without_the_assistant_a_turn_is_kept_and_said_to_be_unheard(
    collector: Program, call: str
) -> None:
    turn = {"speaker": "client", "text": "try me again next week", "segment_id": "s1"}
    first = collector.post(f"/calls/{call}/turns", turn)
    again = collector.post(f"/calls/{call}/turns", turn)

    assert first.status_code == again.status_code == 200
    assert "listening_off" in first.json["reading"]["flags"]
    assert first.json["turn_id"] == again.json["turn_id"]
    assert len(collector.get(f"/calls/{call}").json["turns"]) == 1


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_text_is_stored_as_it_came(collector: Program, call: str, text: str) -> None:
    answer = collector.post(f"/calls/{call}/turns", {"speaker": "client", "text": text})

    assert answer.status_code == 200
    assert collector.get(f"/calls/{call}").json["turns"][-1]["text"] == text


def test_the_coach_that_is_off_says_so(collector: Program) -> None:
    answer = collector.post("/coach", {"text": "what can I offer?"})

    assert (answer.status_code, answer.json["code"]) == (503, "unavailable")
    assert "Retry-After" in answer.headers


def test_a_collector_finds_only_the_own_portfolio(collector: Program) -> None:
    rows = collector.get("/accounts?limit=200").json["accounts"]

    assert rows
    assert len({row["owner"] for row in rows}) == 1


def test_a_closed_call_streams_what_was_said_and_ends(collector: Program, call: str) -> None:
    collector.post(f"/calls/{call}/turns", {"speaker": "collector", "text": "Good morning"})
    closed = collector.post(f"/calls/{call}/close", {"confirmed": {"notes": "rang off"}})
    assert closed.status_code == 200

    text = collector.get(f"/calls/{call}/stream").text
    assert text.count("event: turn") == 1
    assert "event: closed" in text
