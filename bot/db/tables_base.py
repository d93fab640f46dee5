"""What every table shares: the metadata with its naming rule, ids and freshness stamps."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from sqlalchemy import MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.db.types import Instant

#: Constraints get predictable names, so that a migration can drop what another one made.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Id = Annotated[str, mapped_column(String(40), primary_key=True)]
Ref = Annotated[str, mapped_column(String(40))]
Short = Annotated[str, mapped_column(String(80))]
Name = Annotated[str, mapped_column(String(200))]
Word = Annotated[str, mapped_column(String(30))]
At = Annotated[datetime, mapped_column(Instant())]


class Base(DeclarativeBase):
    """The base of all mappings."""

    metadata = MetaData(naming_convention=_NAMES)


class Stamped:
    """Where a fact comes from and when it was last true there; no `as_of`: assumed, never confirmed."""

    source: Mapped[Short] = mapped_column(default="parley")
    as_of: Mapped[At | None]
