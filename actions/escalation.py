"""Whether to pass a call up, in the chat."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._doorway import answer_with, services


class ActionShowEscalation(Action):
    """Says what the escalation protocol allows now."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_show_escalation"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answers and remembers the account it was about."""
        return answer_with(services().answers.escalation, dispatcher, tracker)
