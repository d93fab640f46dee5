"""Raises the flags that must not be missed: somebody who is not safe, somebody else on the line, doubt."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.core.labels import Speaker
from bot.core.language.safety_words import danger_words
from bot.nlu.component import UntrainedComponent
from bot.nlu.examples import speaker_of


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyFlagger(UntrainedComponent):
    """Writes `flags`; last in the pipeline. Plain words of self-harm raise `vulnerability` whatever the heads say."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `flags` of each message."""
        for message in messages:
            labels = list(message.get("labels") or [])
            text = message.get(TEXT) or ""
            if speaker_of(message) is Speaker.CLIENT:
                labels = self._with_danger(message, text, labels)
            message.set(
                "flags", flags_of(labels, bool(message.get("redacted"))), add_to_output=True
            )
        return messages

    @staticmethod
    def _with_danger(
        message: Message, text: str, labels: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        words = danger_words(text)
        if not words or any(label["name"] == "vulnerability" for label in labels):
            return labels
        kept = [label for label in labels if label["name"] not in ("neutral", "out_of_scope")]
        raised = [
            {"name": "vulnerability", "confidence": 0.9, "evidence": words, "threshold": 0.5},
            *kept,
        ]
        message.set("labels", raised, add_to_output=True)
        message.set("intent", {"name": "vulnerability", "confidence": 0.9}, add_to_output=True)
        return raised


def flags_of(labels: list[dict[str, Any]], redacted: bool) -> list[str]:
    """The flags of a turn: protected labels, insolvency, doubt, redaction."""
    names = [label["name"] for label in labels]
    raised = [
        name
        for name in (
            "vulnerability",
            "adviser_in_charge",
            "third_party",
            "insolvency",
            "out_of_scope",
        )
        if name in names
    ]
    if not labels:
        raised.append("unsure")
    if redacted:
        raised.append("redacted")
    return raised
