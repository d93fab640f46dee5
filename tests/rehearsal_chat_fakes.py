"""An assistant that keeps the two slots of a rehearsal in the chat and follows the rules, as Rasa does with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.core.errors import ParleyError, UnavailableError
from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from bot.services.coach_answers import Answer, Asked
from bot.services.ports import Viewer
from bot.services.rehearsal_chat import RehearsalChat, Told
from tests.fakes import ScriptedAssistant


@dataclass
class ChattingAssistant(ScriptedAssistant):
    """Hears requests as it was told; `sent` has each request with whether the turn's reading came along."""

    practice: RehearsalChat | None = None
    requests: dict[str, tuple[HeardLabel, ...]] = field(default_factory=dict)
    rehearsal_id: str | None = None
    sent: list[tuple[str, bool]] = field(default_factory=list)

    def will_hear_request(self, text: str, label: str, sure: float = 0.95) -> None:
        self.requests[text] = (HeardLabel(label, sure),)

    def chat(
        self,
        text: str,
        conversation: str,
        viewer: Viewer,
        call_id: str | None,
        as_turn: tuple[HeardLabel, ...] | None = None,
    ) -> list[dict[str, Any]]:
        if not self.is_on or self.practice is None:
            raise UnavailableError("The assistant does not answer.")
        self.sent.append((text, as_turn is not None))
        labels = self.requests.get(text, ())
        asked = Asked(text, viewer, call_id)
        try:
            told = self._told(self.practice, asked, labels, as_turn)
        except ParleyError as error:
            return [{"text": error.detail}]
        if told is None:
            return super().chat(text, conversation, viewer, call_id)
        self.rehearsal_id = told.rehearsal_id
        return [message for answer in told.answers for message in _messages(answer)]

    def _told(
        self,
        practice: RehearsalChat,
        asked: Asked,
        labels: tuple[HeardLabel, ...],
        as_turn: tuple[HeardLabel, ...] | None,
    ) -> Told | None:
        names = {label.name for label in labels}
        if self.rehearsal_id is not None:
            reading = Reading(Speaker.COACH, asked.text, labels)
            return practice.answer(asked, self.rehearsal_id, reading, as_turn)
        if "start_rehearsal" in names:
            return practice.start(asked)
        return practice.end(asked) if "end_rehearsal" in names else None


def _messages(answer: Answer) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = [{"text": answer.text}] if answer.text else []
    return [*said, {"custom": answer.document}] if answer.document else said
