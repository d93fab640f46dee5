"""The action of a turn on a call, live or rehearsed."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._doorway import caller, reading_of, services, tell
from bot.services.coach_answers import OUT_OF_SCOPE, Answer


class ActionAdvise(Action):
    """Answers a live turn with advice, a rehearsed one with the client's words; in the chat it says what the coach is for."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_advise"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Stores what was heard and what follows from it, and sends it back as one message."""
        who = caller(tracker)
        if who.turn_id is None and who.rehearsal_id is not None:
            # Words that may be a turn or a request to the coach: only what was heard is asked for.
            heard = [[label.name, label.confidence] for label in reading_of(tracker).labels]
            dispatcher.utter_message(json_message={"heard": heard})
            return []
        if who.turn_id is None:
            return tell(dispatcher, Answer(OUT_OF_SCOPE))
        use_cases = services().calls if who.rehearsal_id is None else services().rehearsals
        answer = use_cases.answer_turn(who.turn_id, reading_of(tracker), who.viewer)
        dispatcher.utter_message(json_message=answer)
        return []
