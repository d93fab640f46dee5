"""Fields that take what people type and paste, and refuse what no ledger could hold."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from bot.core.language.guard import MAX_TURN_CHARACTERS
from bot.web.strings import text

_KEPT_CONTROLS = "\n\t"


class Words(fields.String):
    """Text as it was typed, without control characters; `required_words` asks for something to be left."""

    def __init__(
        self,
        *,
        limit: int = MAX_TURN_CHARACTERS,
        required_words: bool = True,
        metadata: dict[str, Any] | None = None,
        **options: Any,
    ) -> None:
        lengths = {"maxLength": limit, **({"minLength": 1} if required_words else {})}
        super().__init__(**options, metadata={**lengths, **(metadata or {})})
        self.limit = limit
        self.required_words = required_words

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        words = without_controls(super()._deserialize(value, attr, data, **options))
        if len(words) > self.limit:
            raise ValidationError(text("error.words.long", limit=f"{self.limit:,}"))
        if self.required_words and not words.strip():
            raise ValidationError(text("error.words.missing"))
        return words


class Instant(fields.AwareDateTime):
    """An ISO instant with its zone, in years that every calendar library can reckon with."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> datetime:
        instant: datetime = super()._deserialize(value, attr, data, **options)
        if not 2000 <= instant.year <= 2100:
            raise ValidationError(text("error.at.range"))
        return instant


class Request(Schema):
    """A request's body: a field that is not known is refused, so that a misspelling is noticed."""

    class Meta:
        """Refuse unknown fields."""

        unknown = RAISE


def without_controls(words: str) -> str:
    """The text without control characters and halves of characters; line breaks and tabs stay."""
    return "".join(
        character
        for character in words.replace("\r\n", "\n")
        if character in _KEPT_CONTROLS or unicodedata.category(character) not in ("Cc", "Cs")
    )


class OneOrMany(fields.Nested):
    """One object, or a list of them."""

    def __init__(self, schema: type[Schema], *, most: int, **options: Any) -> None:
        super().__init__(schema, **options)
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        items = value if isinstance(value, list) else [value]
        if len(items) > self.most:
            raise ValidationError(text("error.too-many", limit=self.most))
        return [super(OneOrMany, self)._deserialize(item, attr, data, **options) for item in items]
