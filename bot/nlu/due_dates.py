"""Finds days in a turn against the day of the call: "friday week", "month end", "the 30th"."""

from __future__ import annotations

from datetime import UTC, date, datetime

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.core.language.due_dates import find_dates
from bot.core.reading import Entity
from bot.nlu.extractor import Extractor


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DueDateExtractor(Extractor):
    """Days; the message's metadata may carry `today`, else the clock's day in UTC is meant."""

    def find(self, text: str, metadata: dict[str, object]) -> tuple[Entity, ...]:
        """Every day in the text (see parent class)."""
        given = metadata.get("today")
        today = date.fromisoformat(str(given)) if given else datetime.now(UTC).date()
        return find_dates(text, today, month_first=metadata.get("country") == "US")
