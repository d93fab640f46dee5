"""The action of a live turn."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._doorway import caller, reading_of, services, tell
from bot.services.coach_answers import OUT_OF_SCOPE, Answer


class ActionAdvise(Action):
    """Answers a live turn with advice from the account; in the chat it says what the coach is for."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_advise"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Stores reading and advice of the turn and sends them back as one message."""
        who = caller(tracker)
        if who.turn_id is None:
            return tell(dispatcher, Answer(OUT_OF_SCOPE))
        answer = services().calls.answer_turn(who.turn_id, reading_of(tracker), who.viewer)
        dispatcher.utter_message(json_message=answer)
        return []
