"""Masks card, bank and other secret numbers before any later component, store or log can see them."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core.language.redact import redact
from bot.nlu.component import UntrainedComponent


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class Redactor(UntrainedComponent):
    """Replaces secret numbers by a mask of the same length and notes that it did so in `redacted`."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Masks the text of each message."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                masked, kinds = redact(text)
                message.set(TEXT, masked)
                if kinds:
                    message.set("redacted", sorted(kinds), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Masks the training lines as well (see parent class)."""
        self.process(training_data.training_examples)
        return training_data
