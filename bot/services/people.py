"""Knows the people who sign in: passwords (argon2id), roles and bearer tokens."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.core.coaching.advice import Role
from bot.core.errors import InvalidInputError, NotFoundError
from bot.services.ports import Clock, UnitOfWork, User, Viewer

#: Names as people type them at sign-in: no spaces, no capitals, safe in a shell and in a log.
NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")

#: A password is a sentence if the person likes; the upper end only keeps hashing affordable.
PASSWORD_LENGTHS = range(8, 1025)

SENIORITIES = ("junior", "senior")

TOKEN_PREFIX = "parley_"  # noqa: S105 - marks a token for secret scanners, is none itself


class People:
    """Use cases on users. Answers take the same time whether or not a name exists."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._hasher = hasher or PasswordHasher()
        self._decoy = self._hasher.hash(secrets.token_hex(16))

    def sign_in(self, name: str, password: str) -> User | None:
        """The user whose name and password these are; None without saying which was wrong."""
        typed = _typed(password)
        with self._unit_of_work() as work:
            user = work.users.by_name(_plain_name(name))
        may_enter = user is not None and user.active and user.password_hash is not None
        known_hash = user.password_hash if user and may_enter else None
        if not self._fits(known_hash or self._decoy, typed) or user is None or not may_enter:
            return None
        if self._hasher.check_needs_rehash(user.password_hash or ""):
            self._store_password(user.id, typed)
        return user

    def user(self, user_id: str) -> User | None:
        """The user with this id, unless switched off."""
        with self._unit_of_work() as work:
            return _if_active(work.users.by_id(user_id))

    def named(self, name: str) -> User:
        """The user with this sign-in name; NotFoundError when there is none."""
        with self._unit_of_work() as work:
            user = work.users.by_name(_plain_name(name))
        if user is None:
            raise NotFoundError(f"There is no user called “{name}”.", field="name")
        return user

    def by_token(self, token: str) -> User | None:
        """The user a bearer token belongs to; None when it is unknown, expired or withdrawn."""
        if not token.startswith(TOKEN_PREFIX) or len(token) > 200:
            return None
        with self._unit_of_work() as work:
            return _if_active(work.users.by_token_hash(hash_of_token(token), self._clock.now()))

    def add_user(
        self, name: str, full_name: str, role: Role | str, seniority: str, password: str
    ) -> User:
        """Add a person; InvalidInputError says what to mend, ConflictError that the name is taken."""
        plain = _plain_name(name)
        if not NAME.fullmatch(plain):
            raise InvalidInputError(
                "A sign-in name is 1 to 64 letters, digits, dots, dashes or underscores.",
                field="name",
            )
        if seniority not in SENIORITIES:
            raise InvalidInputError("Seniority is junior or senior.", field="seniority")
        if len(password) not in PASSWORD_LENGTHS:
            raise InvalidInputError("A password has 8 to 1,024 characters.", field="password")
        user = User(
            id=f"usr_{secrets.token_hex(8)}",
            name=plain,
            full_name=full_name.strip() or plain,
            role=_role(role),
            seniority=seniority,
            password_hash=self._hasher.hash(_typed(password)),
        )
        with self._unit_of_work() as work:
            work.users.add(user)
            work.commit()
        return user

    def issue_token(self, name: str, days: int = 30, note: str = "") -> str:
        """Make a bearer token; it is shown this once, only its SHA-256 is kept."""
        if not 1 <= days <= 3650:
            raise InvalidInputError("A token lives 1 to 3,650 days.", field="days")
        token = TOKEN_PREFIX + secrets.token_urlsafe(32)
        expires_at = self._clock.now() + timedelta(days=days)
        with self._unit_of_work() as work:
            user = _if_active(work.users.by_name(_plain_name(name)))
            if user is None:
                raise NotFoundError(f"There is no active user called “{name}”.", field="name")
            work.users.add_token(user.id, hash_of_token(token), expires_at, note)
            work.commit()
        return token

    def all(self) -> Sequence[User]:
        """Every user, by name."""
        with self._unit_of_work() as work:
            return work.users.all()

    def viewer(self, user: User) -> Viewer:
        """The user as the other use cases see who asks."""
        return Viewer(user.id, user.full_name, user.role, user.seniority)

    def _fits(self, password_hash: str, typed: str) -> bool:
        try:
            return self._hasher.verify(password_hash, typed)
        except (VerificationError, InvalidHashError):
            return False

    def _store_password(self, user_id: str, typed: str) -> None:
        with self._unit_of_work() as work:
            work.users.set_password_hash(user_id, self._hasher.hash(typed))
            work.commit()


def hash_of_token(token: str) -> str:
    """What is stored of a token: it has 256 random bits, so a plain digest cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def _if_active(user: User | None) -> User | None:
    return user if user is not None and user.active else None


def _plain_name(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().lower()


def _typed(password: str) -> str:
    # The same key press arrives as different code points from different keyboards.
    return unicodedata.normalize("NFKC", password)[: PASSWORD_LENGTHS.stop]


def _role(role: Role | str) -> Role:
    try:
        return Role(role)
    except ValueError:
        known = ", ".join(r.value for r in Role)
        raise InvalidInputError(f"A role is one of {known}.", field="role") from None


def hash_password(password: str) -> str:
    """The argon2id hash of a password, for users that a program makes."""
    return PasswordHasher().hash(_typed(password))
