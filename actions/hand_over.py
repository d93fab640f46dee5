"""Handing the call over, in the chat."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._doorway import caller, says_refusals, services, tell
from bot.services.coach_answers import Answer


class ActionHandOver(Action):
    """Hands the running call over with its packet."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_hand_over"

    @says_refusals
    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Sends the packet of the call that the chat belongs to."""
        who = caller(tracker)
        if who.call_id is None:
            text = "No call is running here. Open the call, and I will hand it over with everything that was said."
            return tell(dispatcher, Answer(text))
        note = tracker.latest_message.get("text") or ""
        packet = services().calls.escalate(who.call_id, who.viewer, note)
        text = f"Handed over to {packet['hand_to']}. They have the whole packet; you can tell the client who will ring."
        return tell(dispatcher, Answer(text, {"packet": packet}))
