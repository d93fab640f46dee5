"""What may be offered, in the chat."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._doorway import answer_with, services


class ActionShowOptions(Action):
    """Lists the compromises open on the account."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_show_options"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answers and remembers the account it was about."""
        return answer_with(services().answers.options, dispatcher, tracker)
