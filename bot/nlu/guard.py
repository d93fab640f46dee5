"""First component of the pipeline: text that begins with "/" is only text."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core.language.guard import plain_text
from bot.nlu.component import UntrainedComponent


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SlashGuard(UntrainedComponent):
    """Takes the command meaning from a leading "/" before Rasa's own handler, which runs last, can see it."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Makes the text of each message plain text."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                message.set(TEXT, plain_text(text))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Makes the training lines plain text as well (see parent class)."""
        self.process(training_data.training_examples)
        return training_data
