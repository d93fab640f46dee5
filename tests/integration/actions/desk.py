"""Sam at work with the action server's executor, and messages as Rasa passes them on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rasa_sdk.executor import ActionExecutor
from ruamel.yaml import YAML

from bot.bootstrap import Services
from bot.core.account import Account
from bot.core.coaching.advice import Role
from bot.core.labels import Speaker
from bot.core.signing import seal
from bot.services.ports import Viewer

ROOT = Path(__file__).parents[3]
DOMAIN = YAML(typ="safe").load((ROOT / "domain.yml").read_text("utf-8"))
KEY = b"the key of the tests"

SAM = Viewer("usr_sam", "Sam Okafor", Role.COLLECTOR, "junior")
PRIYA = Viewer("usr_priya", "Priya Raman", Role.COLLECTOR, "senior")
OMAR = Viewer("usr_omar", "Omar Haddad", Role.SUPERVISOR, "senior")

REFUSAL = "This message was not sent by the web application."


@dataclass
class Answered:
    """What an action gave back: texts, documents and slots."""

    texts: list[str]
    documents: list[dict[str, Any]]
    slots: dict[str, Any]
    responses: list[str]


@dataclass
class Desk:
    """Sam at work: an executor with our actions and a message as Rasa would pass it on."""

    executor: ActionExecutor
    services: Services
    slots: dict[str, Any] = field(default_factory=dict)

    def run(
        self,
        action: str,
        text: str = "",
        *,
        viewer: Viewer = SAM,
        sealed: str | None = None,
        call: str | None = None,
        turn: str | None = None,
        rehearsal: str | None = None,
        slots: dict[str, Any] | None = None,
        **message: Any,
    ) -> Answered:
        """Run one action on a tracker and collect its answer."""
        if sealed is None:
            sealed = sealed_by(viewer, call=call, turn=turn, rehearsal=rehearsal)
        metadata = {"sealed": sealed, "speaker": message.pop("speaker", "coach")}
        tracker = {
            "sender_id": "chat_1",
            "slots": {"account_id": None, "pending_note": None, **(slots or {})},
            "latest_message": {"text": text, "metadata": metadata, "entities": [], **message},
            "events": [],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": "action_listen",
        }
        call_of_action = {"next_action": action, "tracker": tracker, "domain": {}}
        result = asyncio.run(self.executor.run(call_of_action))
        events, said = result["events"], result["responses"]
        return Answered(
            [m["text"] for m in said if m.get("text")],
            [m["custom"] for m in said if m.get("custom")],
            {e["name"]: e["value"] for e in events if e["event"] == "slot"},
            [m["response"] for m in said if m.get("response")],
        )


def sealed_by(viewer: Viewer, *, key: bytes = KEY, ago: float = 0.0, **claims: Any) -> str:
    """The claims of the web application: who asks, on which call and turn."""
    who = {
        "user": viewer.user_id,
        "name": viewer.name,
        "role": viewer.role.value,
        "seniority": viewer.seniority,
    }
    return seal(key, {**claims, **who}, datetime.now(UTC) - timedelta(seconds=ago))


def accounts_of(services: Services, viewer: Viewer) -> list[Account]:
    with services.unit_of_work() as work:
        rows = work.accounts.search("", viewer, 200)
        return [work.accounts.get(row.id, viewer) for row in rows if row.overdue_invoices]


def a_turn(services: Services, call: str, text: str) -> str:
    """A client turn, stored but not heard yet."""
    with services.unit_of_work() as work:
        turn, _ = work.calls.add_turn(call, Speaker.CLIENT, text, services.clock.now(), None)
        work.commit()
    return turn.id


def heard(*labels: str, entities: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """What our pipeline adds to a message."""
    return {
        "labels": [{"name": name, "confidence": 0.9, "evidence": ""} for name in labels],
        "intent": {"name": labels[0], "confidence": 0.9},
        "entities": list(entities),
        "heat": 0,
        "heat_cues": [],
        "flags": [],
    }


def money(amount: str) -> dict[str, Any]:
    return {"entity": "money", "value": {"amount": amount, "currency": "GBP"}, "text": amount}


def promises(services: Services, account: Account) -> int:
    with services.unit_of_work() as work:
        return len(work.accounts.get(account.id, SAM).promises)


def disputes(services: Services, account: Account) -> int:
    with services.unit_of_work() as work:
        return len(work.accounts.get(account.id, SAM).disputes)


def a_promise(services: Services) -> dict[str, Any]:
    day = services.clock.today() + timedelta(days=5)
    date_named = {"entity": "date", "value": day.isoformat(), "text": "then"}
    return heard("record_promise", entities=(money("120.00"), date_named))
