"""The chat with the coach: one conversation per call, or per person and day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.core.errors import InvalidInputError
from bot.core.language.guard import clean_turn
from bot.core.language.redact import redact
from bot.services.ports import Assistant, Clock, UnitOfWork, Viewer

#: A request to the coach is a sentence or two.
LONGEST_REQUEST = 2_000


class CoachChat:
    """Passes a collector's request to the assistant."""

    def __init__(
        self, assistant: Assistant, unit_of_work: Callable[[], UnitOfWork], clock: Clock
    ) -> None:
        self._assistant = assistant
        self._unit_of_work = unit_of_work
        self._clock = clock

    def ask(self, text: str, viewer: Viewer, call_id: str | None = None) -> dict[str, Any]:
        """Answer a request with messages; each has a `text`, some a `custom` document beside it."""
        cleaned, _ = clean_turn(text)
        if not cleaned:
            raise InvalidInputError("Type what you would like to know.", field="text")
        if len(cleaned) > LONGEST_REQUEST:
            raise InvalidInputError(f"Ask in at most {LONGEST_REQUEST:,} characters.", field="text")
        if call_id is not None:
            with self._unit_of_work() as work:
                work.calls.get(call_id, viewer)
        masked, _ = redact(cleaned)
        about = call_id or self._clock.today().isoformat()
        messages = self._assistant.chat(masked, f"chat_{viewer.user_id}_{about}", viewer, call_id)
        return {"messages": joined(messages)}


def joined(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put each document beside the text that it belongs to."""
    answers: list[dict[str, Any]] = []
    for message in messages:
        custom, text = message.get("custom"), message.get("text")
        if custom and not text and answers and answers[-1]["custom"] is None:
            answers[-1]["custom"] = custom
        else:
            answers.append({"text": text or "", "custom": custom})
    return answers
