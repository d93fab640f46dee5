"""The chat with the coach: one conversation per call, or per person and day; a rehearsal can be held in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.core.errors import InvalidInputError
from bot.core.language.redact import kept_words
from bot.core.reading import HeardLabel
from bot.services.ports import Assistant, Clock, UnitOfWork, Viewer
from bot.services.rehearsal_chat import ASK_AGAIN, COMPARE, SAY, RehearsalChat

#: A request to the coach is a sentence or two.
LONGEST_REQUEST = 2_000

_MOST_STEPS = 3


class CoachChat:
    """Passes a collector's request to the assistant, and what it says is a turn to the rehearsed client."""

    def __init__(
        self,
        assistant: Assistant,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        practice: RehearsalChat,
    ) -> None:
        self._assistant = assistant
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._practice = practice

    def ask(self, text: str, viewer: Viewer, call_id: str | None = None) -> dict[str, Any]:
        """Answer a request with messages; each has a `text`, some a `custom` document beside it."""
        words = kept_words(text)
        if not words:
            raise InvalidInputError("Type what you would like to know.", field="text")
        if len(words) > LONGEST_REQUEST:
            raise InvalidInputError(f"Ask in at most {LONGEST_REQUEST:,} characters.", field="text")
        if call_id is not None:
            with self._unit_of_work() as work:
                work.calls.get(call_id, viewer)
        about = call_id or self._clock.today().isoformat()
        return {"messages": self._answer(words, f"chat_{viewer.user_id}_{about}", viewer, call_id)}

    def _answer(
        self, text: str, conversation: str, viewer: Viewer, call_id: str | None
    ) -> list[dict[str, Any]]:
        """Ask the assistant; while a rehearsal is on it may send the words on instead of answering."""
        as_turn: tuple[HeardLabel, ...] | None = None
        messages: list[dict[str, Any]] = []
        # As they come at most: the rehearsal is over, so once more; the words compared; the answer.
        for _ in range(_MOST_STEPS):
            messages = joined(self._assistant.chat(text, conversation, viewer, call_id, as_turn))
            step, rehearsal_id = _sent_on(messages)
            if step == SAY:
                told = self._practice.say(rehearsal_id, viewer, text)
                return [{"text": one.text, "custom": one.document} for one in told]
            if step == COMPARE:
                as_turn = self._assistant.hear_as_turn(text, rehearsal_id, viewer)
            elif step != ASK_AGAIN:
                break
        return messages


def _sent_on(messages: list[dict[str, Any]]) -> tuple[str | None, str]:
    """What the assistant wants done with the words, and in which rehearsal."""
    custom = messages[0]["custom"] if messages else None
    if not custom or custom.get("kind") != "rehearsal":
        return None, ""
    return str(custom["do"]), str(custom["rehearsal_id"])


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
