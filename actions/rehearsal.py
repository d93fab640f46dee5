"""Rehearsing in the chat: to start, to say something or ask the coach while it is on, to end."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions._doorway import asked_in, caller, reading_of, says_refusals, services, tell
from bot.services.rehearsal_chat import Told


class ActionStartRehearsal(Action):
    """Rings the client who was asked for, or goes on with what was left."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_start_rehearsal"

    @says_refusals
    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Says who it is, the briefing and how to stop, and that a rehearsal is on."""
        return _tell_all(dispatcher, services().practice.start(asked_in(tracker)))


class ActionRehearse(Action):
    """Answers a request to the coach, or has the words said to the client."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_rehearse"

    @says_refusals
    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Decides by what the words were heard as; the web application passes turns on."""
        told = services().practice.answer(
            asked_in(tracker),
            str(tracker.get_slot("rehearsal_id")),
            reading_of(tracker),
            caller(tracker).as_turn,
        )
        return _tell_all(dispatcher, told)


class ActionEndRehearsal(Action):
    """Answers the wish to stop, or to resume, when no rehearsal is on."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_end_rehearsal"

    @says_refusals
    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Says that none is on, or goes on with what was left."""
        return _tell_all(dispatcher, services().practice.end(asked_in(tracker)))


def _tell_all(dispatcher: CollectingDispatcher, told: Told) -> list[dict[str, Any]]:
    """Say every answer; the slots keep which rehearsal is on, and the rules go by them."""
    for answer in told.answers:
        tell(dispatcher, answer)
    return [
        SlotSet("rehearsing", told.rehearsal_id is not None),
        SlotSet("rehearsal_id", told.rehearsal_id),
    ]
