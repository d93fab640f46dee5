"""Calls begin anew with every turn and are never stored; chats are kept in SQL under SQLAlchemy 2."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest
import sqlalchemy
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.tracker_store import CallTrackerStore

Result = TypeVar("Result")


def done(work: Coroutine[Any, Any, Result]) -> Result:
    return asyncio.run(work)


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(Path(__file__).parents[3] / "domain.yml"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "conversations.sqlite"


@pytest.fixture
def store(domain: Domain, file: Path) -> CallTrackerStore:
    return CallTrackerStore(domain=domain, host=f"sqlite:///{file}")


async def say(store: CallTrackerStore, sender: str, *texts: str) -> DialogueStateTracker:
    """What Rasa does with a turn: retrieve, add events, save."""
    tracker = await store.get_or_create_tracker(sender)
    for text in texts:
        tracker.update(UserUttered(text, {"name": "ask_brief", "confidence": 0.9}), store.domain)
        tracker.update(SlotSet("account_id", text), store.domain)
        tracker.update(ActionExecuted("action_listen"), store.domain)
    await store.save(tracker)
    return tracker


def stored_senders(file: Path) -> set[str]:
    with sqlite3.connect(file) as connection:
        return {row[0] for row in connection.execute("select sender_id from events")}


def test_the_environment_has_sqlalchemy_2() -> None:
    assert sqlalchemy.__version__.startswith("2.")


@pytest.mark.parametrize("sender", ["call_1", "rehearsal_reh_1"])
def test_a_call_and_a_rehearsed_one_begin_anew_with_every_turn(
    store: CallTrackerStore, sender: str
) -> None:
    done(say(store, sender, "first"))
    again = done(store.retrieve(sender))

    assert again is not None
    assert [event.type_name for event in again.events] == ["action", "session_started", "action"]
    assert again.get_slot("account_id") is None
    assert again.latest_action_name == "action_listen"


def test_a_call_is_never_stored(store: CallTrackerStore, file: Path) -> None:
    for number in range(5):
        done(say(store, f"call_{number}", "my card is hidden"))
        done(say(store, f"rehearsal_{number}", "neither is this kept"))

    assert stored_senders(file) == set()
    assert list(done(store.keys())) == []


def test_turn_400_of_a_call_carries_no_more_than_turn_5(store: CallTrackerStore) -> None:
    for _ in range(40):
        done(say(store, "call_long", "again"))

    assert len(done(store.retrieve("call_long")).events) == 3


def test_a_chat_is_kept_with_its_slots(store: CallTrackerStore, domain: Domain, file: Path) -> None:
    done(say(store, "chat_sam", "acc_bakery"))
    other_process = CallTrackerStore(domain=domain, host=f"sqlite:///{file}")
    tracker = done(other_process.retrieve("chat_sam"))

    assert tracker.get_slot("account_id") == "acc_bakery"
    assert [e.text for e in tracker.events if isinstance(e, UserUttered)] == ["acc_bakery"]
    assert stored_senders(file) == {"chat_sam"}


def test_a_chat_grows_and_two_chats_stay_apart(store: CallTrackerStore) -> None:
    done(say(store, "chat_sam", "one"))
    done(say(store, "chat_sam", "two"))
    done(say(store, "chat_priya", "three"))
    texts = [e.text for e in done(store.retrieve("chat_sam")).events if isinstance(e, UserUttered)]

    assert texts == ["one", "two"]


def test_an_unknown_chat_is_none(store: CallTrackerStore) -> None:
    assert done(store.retrieve("chat_nobody")) is None


def test_the_address_of_the_endpoints_file_is_taken_whole(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'x.sqlite'}"

    assert CallTrackerStore.get_db_url("sqlite", address) == address
