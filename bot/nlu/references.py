"""Finds invoice and order numbers and payment methods in a turn, spoken numbers too."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.core.language.references import find_references
from bot.core.reading import Entity
from bot.nlu.extractor import Extractor


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ReferenceExtractor(Extractor):
    """Invoice numbers, purchase order numbers and payment methods."""

    def find(self, text: str, metadata: dict[str, object]) -> tuple[Entity, ...]:
        """Everything of these kinds in the text (see parent class)."""
        return find_references(text)
