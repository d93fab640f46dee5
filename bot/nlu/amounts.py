"""Finds sums of money, instalment plans and percentages in a turn, with exact values."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.core.language.amounts import find_amounts, find_schedules
from bot.core.reading import Entity
from bot.nlu.extractor import Extractor


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class AmountExtractor(Extractor):
    """Money ("two and a half grand"), instalments ("three monthly goes") and percentages."""

    def find(self, text: str, metadata: dict[str, object]) -> tuple[Entity, ...]:
        """Everything of these kinds in the text (see parent class)."""
        currency = str(metadata.get("currency") or "GBP")
        return (*find_amounts(text, currency), *find_schedules(text, currency))
