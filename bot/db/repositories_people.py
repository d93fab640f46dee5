"""People, their tokens and the audit trail in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.core.coaching.advice import Role
from bot.core.errors import ConflictError, NotFoundError
from bot.db import tables as t
from bot.db.types import new_id
from bot.services.ports import Clock, User


class SqlUserRepository:
    """People over one database connection; sign-in names ignore capitals."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def by_name(self, name: str) -> User | None:
        """The user with this sign-in name."""
        return self._one(_USER.where(t.users.c.name == _folded(name)))

    def by_id(self, user_id: str) -> User | None:
        """The user with this id."""
        return self._one(_USER.where(t.users.c.id == user_id))

    def by_token_hash(self, token_hash: str, now: datetime) -> User | None:
        """The user a bearer token belongs to, when it is neither expired nor withdrawn."""
        tokens = t.tokens.c
        return self._one(
            _USER.join(t.tokens, tokens.user_id == t.users.c.id).where(
                tokens.token_hash == token_hash,
                tokens.withdrawn_at.is_(None),
                or_(tokens.expires_at.is_(None), tokens.expires_at > now),
                t.users.c.active,
            )
        )

    def add(self, user: User) -> None:
        """Store a new user; ConflictError when the name is taken."""
        name = _folded(user.name)
        try:
            self._connection.execute(
                insert(t.users).values(
                    id=user.id,
                    name=name,
                    full_name=user.full_name,
                    role=user.role.value,
                    seniority=user.seniority,
                    password_hash=user.password_hash,
                    active=user.active,
                )
            )
        except IntegrityError as error:
            raise ConflictError(f"There is already a user named {name}.", field="name") from error

    def add_token(
        self, user_id: str, token_hash: str, expires_at: datetime | None, note: str
    ) -> None:
        """Store the hash of a bearer token."""
        self._connection.execute(
            insert(t.tokens).values(
                id=new_id("tok"),
                user_id=user_id,
                token_hash=token_hash,
                note=note,
                created_at=self._clock.now(),
                expires_at=expires_at,
            )
        )

    def set_password_hash(self, user_id: str, password_hash: str) -> None:
        """Replace a user's password hash; NotFoundError when there is no such user."""
        which = update(t.users).where(t.users.c.id == user_id)
        if not self._connection.execute(which.values(password_hash=password_hash)).rowcount:
            raise NotFoundError("There is no such user.")

    def all(self) -> Sequence[User]:
        """Every user, by name."""
        return [_user(row) for row in self._connection.execute(_USER.order_by(t.users.c.name))]

    def _one(self, query: Any) -> User | None:
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _user(row)


class SqlAudit:
    """The audit trail: within a transaction when given its connection, else each line in its own."""

    def __init__(self, database: Engine | Connection, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def record(
        self,
        event: str,
        *,
        user_id: str | None,
        subject: str,
        detail: dict[str, Any] | None = None,
    ) -> None:
        """Write one line of the audit trail (past tense: `call_opened`, `advice_shown`)."""
        line = insert(t.audit_events).values(
            id=new_id("aud"),
            happened_at=self._clock.now(),
            event=event,
            user_id=user_id,
            subject=subject,
            detail=detail,
        )
        if isinstance(self._database, Connection):
            self._database.execute(line)
            return
        with self._database.begin() as connection:
            connection.execute(line)


_USER = select(t.users)


def _user(row: Row[Any]) -> User:
    return User(
        id=row.id,
        name=row.name,
        full_name=row.full_name,
        role=Role(row.role),
        seniority=row.seniority,
        password_hash=row.password_hash,
        active=row.active,
    )


def _folded(name: str) -> str:
    return name.strip().casefold()
