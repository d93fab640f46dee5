"""Notes that the collector has taken: a promise, a dispute, and the yes or no that follows."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions._doorway import asked_in, caller, reading_of, says_refusals, services, tell
from bot.services.coach_answers import Answer


class ActionNotePromise(Action):
    """Reads a promise back before it is written."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_note_promise"

    @says_refusals
    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Keeps the promise in a slot until the yes."""
        answer, pending = services().notes.propose_promise(asked_in(tracker), reading_of(tracker))
        return [*tell(dispatcher, answer), SlotSet("pending_note", pending)]


class ActionNoteDispute(Action):
    """Reads a dispute back before it is written."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_note_dispute"

    @says_refusals
    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Keeps the dispute in a slot until the yes."""
        answer, pending = services().notes.propose_dispute(asked_in(tracker), reading_of(tracker))
        return [*tell(dispatcher, answer), SlotSet("pending_note", pending)]


class ActionConfirmNote(Action):
    """Writes what waited for a yes."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_confirm_note"

    @says_refusals
    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Writes the note to the ledger and empties the slot."""
        who = caller(tracker)
        pending = tracker.get_slot("pending_note")
        answer = services().notes.confirm(pending, who.viewer, who.call_id)
        return [*tell(dispatcher, answer), SlotSet("pending_note", None)]


class ActionDropNote(Action):
    """Drops what waited for a yes."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_drop_note"

    @says_refusals
    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Empties the slot."""
        caller(tracker)
        waited = tracker.get_slot("pending_note") is not None
        text = "Not noted. Tell me again with the right figures." if waited else "All right."
        return [*tell(dispatcher, Answer(text)), SlotSet("pending_note", None)]
