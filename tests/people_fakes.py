"""Users in memory and a clock that moves only when told, for tests of people and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import Self

from argon2 import PasswordHasher

from bot.core.errors import ConflictError, NotFoundError
from bot.services.people import People
from bot.services.ports import User

#: Hashing as cheap as argon2 allows; the rules under test do not depend on the cost.
QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class MovingClock:
    """A clock that stands until it is moved."""

    instant: datetime = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant

    def today(self) -> date:
        return self.instant.date()

    def move(self, **passed: float) -> None:
        self.instant += timedelta(**passed)


@dataclass
class InMemoryUserRepository:
    """The port of users over a dictionary."""

    users: dict[str, User] = field(default_factory=dict)
    tokens: dict[str, tuple[str, datetime | None]] = field(default_factory=dict)

    def by_name(self, name: str) -> User | None:
        return next((user for user in self.users.values() if user.name == name), None)

    def by_id(self, user_id: str) -> User | None:
        return self.users.get(user_id)

    def by_token_hash(self, token_hash: str, now: datetime) -> User | None:
        user_id, expires_at = self.tokens.get(token_hash, ("", None))
        is_over = expires_at is not None and expires_at <= now
        return None if is_over else self.users.get(user_id)

    def add(self, user: User) -> None:
        if self.by_name(user.name):
            raise ConflictError("This name is taken.", field="name")
        self.users[user.id] = user

    def add_token(
        self, user_id: str, token_hash: str, expires_at: datetime | None, note: str
    ) -> None:
        self.tokens[token_hash] = (user_id, expires_at)

    def set_password_hash(self, user_id: str, password_hash: str) -> None:
        if user_id not in self.users:
            raise NotFoundError("There is no such user.")
        self.change(user_id, password_hash=password_hash)

    def all(self) -> Sequence[User]:
        return sorted(self.users.values(), key=lambda user: user.name)

    def change(self, user_id: str, **changes: object) -> None:
        self.users[user_id] = replace(self.users[user_id], **changes)


@dataclass
class UsersAtWork:
    """A unit of work that knows only users."""

    users: InMemoryUserRepository = field(default_factory=InMemoryUserRepository)
    committed: int = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    def commit(self) -> None:
        self.committed += 1


def some_people(work: UsersAtWork, clock: MovingClock) -> People:
    """People over a unit of work in memory."""
    return People(lambda: work, clock, QUICK_HASHER)
