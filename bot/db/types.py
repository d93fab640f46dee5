"""Column types that lose nothing: exact decimals and aware instants, alike on SQLite and PostgreSQL."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.core.errors import MoneyError

#: A document: JSONB where the engine has it. A missing document is NULL, not the JSON word null.
Document = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Exact(TypeDecorator[Decimal]):
    """A decimal with a fixed number of digits after the point.

    PostgreSQL has NUMERIC. SQLite would turn it into a float, so there the value is kept as a whole number of
    the smallest unit, which also adds up exactly inside SQL.
    """

    impl = BigInteger
    cache_ok = True

    def __init__(self, scale: int = 3) -> None:
        super().__init__()
        self.scale = scale
        self._unit = Decimal(1).scaleb(-scale)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the engine's own exact type."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Numeric(18, self.scale))
        return dialect.type_descriptor(BigInteger())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Refuse floats and digits that would be lost, then store."""
        if value is None:
            return None
        if isinstance(value, float):
            raise MoneyError("A figure must not pass through a float: give it as text.")
        exact = Decimal(value)
        if exact != exact.quantize(self._unit):
            raise MoneyError(f"{exact} has more than {self.scale} digits after the point.")
        return exact if dialect.name == "postgresql" else int(exact.scaleb(self.scale))

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Give back the decimal that was stored."""
        if value is None or isinstance(value, Decimal):
            return value
        return Decimal(value).scaleb(-self.scale)


class Instant(TypeDecorator[datetime]):
    """A moment in time, always aware and in UTC when it comes back."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Store the time zone where the engine can."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Refuse an instant that does not say where on the globe it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs a time zone.")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give back the instant in UTC."""
        if not isinstance(value, datetime):
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def storable_text(text: str) -> str:
    """Leave out what no engine stores: NUL, and half characters that are no text in UTF-8."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def new_id(prefix: str) -> str:
    """Make an opaque id such as `inv_3f9c0a…` that says what it names and nothing else."""
    return f"{prefix}_{secrets.token_hex(10)}"
