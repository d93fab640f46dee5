"""Corrections and training lines in memory, for tests of what trainers do with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from bot.core.account import Account
from bot.core.coaching.advice import Role
from bot.core.corrections import Correction, TrainingLine, label_key, plain_words
from bot.core.errors import ConflictError, NotFoundError, UnavailableError
from bot.core.labels import Speaker
from bot.core.reading import HeardLabel
from bot.services.correction_ports import Review
from bot.services.ports import User, Viewer
from tests.builders import an_account

TRAINER = Viewer("usr_tara", "Tara", Role.TRAINER)

WORDS = "tell ruth we settle at month end always have it's on invoice 4417"


def a_correction(**changes: Any) -> Correction:
    """A client's turn that was heard as stalling, and should have been a dispute of the terms."""
    values: dict[str, Any] = {
        "id": "fbk_1",
        "turn_id": "turn_1",
        "call_id": "call_1",
        "account_id": "acc_bakery",
        "speaker": Speaker.CLIENT,
        "text": WORDS,
        "heard": (HeardLabel("stalling", 0.62, "month end"),),
        "heat": 1,
        "labels": ("terms_dispute",),
        "said_by": ("Amina",),
        "said_at": datetime(2026, 3, 10, 8, 30, tzinfo=UTC),
    }
    return Correction(**values | changes)


@dataclass
class InMemoryLines:
    """The training lines in a list."""

    known: dict[str, str] = field(default_factory=dict)
    added: list[TrainingLine] = field(default_factory=list)
    is_full: bool = False

    def find(self, text: str) -> str | None:
        return self.known.get(plain_words(text))

    def append(self, line: TrainingLine) -> str:
        if self.is_full:
            raise UnavailableError("The disk is full. The correction is still open.")
        self.added.append(line)
        return f"data/nlu/{line.speaker.value}/corrected.yml"


@dataclass
class InMemoryCorrections:
    """The port of corrections over a list."""

    corrections: list[Correction] = field(default_factory=list)
    reviews: dict[tuple[str, str], Review] = field(default_factory=dict)

    def open(self, limit: int) -> Sequence[Correction]:
        waiting = [each for each in self.corrections if _key(each) not in self.reviews]
        return sorted(waiting, key=lambda each: each.said_at, reverse=True)[:limit]

    def get(self, correction_id: str) -> Correction:
        for each in self.corrections:
            if each.id == correction_id:
                return each
        raise NotFoundError("There is no such correction.")

    def decide(self, correction: Correction, review: Review) -> None:
        key = _key(correction)
        if key in self.reviews:
            raise ConflictError(f"{self.reviews[key].by} has decided already.")
        self.reviews[key] = review


class _Accounts:
    """One account that everybody may see."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def get(self, account_id: str, viewer: Viewer) -> Account:
        if account_id != self._account.id:
            raise NotFoundError("There is no such account.")
        return self._account


class _Colleagues:
    """The people of the house."""

    def all(self) -> Sequence[User]:
        return [User("usr_amina", "amina", "Amina Yusuf", Role.COLLECTOR, "junior")]


@dataclass
class CorrectionsAtWork:
    """A unit of work on corrections; what is not committed is gone."""

    corrections: InMemoryCorrections = field(default_factory=InMemoryCorrections)
    accounts: _Accounts = field(default_factory=lambda: _Accounts(an_account()))
    users: _Colleagues = field(default_factory=_Colleagues)
    committed: int = 0

    def __enter__(self) -> Self:
        self._kept = dict(self.corrections.reviews)
        self._is_committed = False
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._is_committed:
            self.corrections.reviews = self._kept

    def commit(self) -> None:
        self._is_committed = True
        self.committed += 1


def _key(correction: Correction) -> tuple[str, str]:
    return correction.turn_id, label_key(correction.labels)
