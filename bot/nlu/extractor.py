"""What our entity extractors share: the Rasa shell around a pure finder."""

from __future__ import annotations

from abc import abstractmethod

from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.core.reading import Entity
from bot.nlu.component import UntrainedComponent


class Extractor(UntrainedComponent, EntityExtractorMixin):
    """Adds the entities that `find` sees; never removes one, never changes the text."""

    @abstractmethod
    def find(self, text: str, metadata: dict[str, object]) -> tuple[Entity, ...]:
        """Everything in the text that this extractor knows."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities of each message."""
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            found = [
                {
                    "entity": entity.type,
                    "value": entity.value,
                    "start": entity.start,
                    "end": entity.end,
                    "text": entity.text,
                    "extractor": type(self).__name__,
                }
                for entity in self.find(text, message.get(METADATA) or {})
            ]
            if found:
                message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages
