"""Looks accounts up: the list, the whole record, the brief before a call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from bot.services.desks import Desks
from bot.services.ports import Audit, UnitOfWork, Viewer


class Accounts:
    """Use cases on client accounts; a collector sees only their own portfolio."""

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], desks: Desks, audit: Audit) -> None:
        self._unit_of_work = unit_of_work
        self._desks = desks
        self._audit = audit

    def search(self, text: str, viewer: Viewer, limit: int = 50) -> list[dict[str, Any]]:
        """Accounts that fit the text, largest overdue first; an empty text lists all."""
        with self._unit_of_work() as work:
            return [asdict(row) for row in work.accounts.search(text.strip()[:200], viewer, limit)]

    def get(self, account_id: str, viewer: Viewer) -> dict[str, Any]:
        """The whole record with its freshness; that it was seen is written to the audit trail."""
        with self._unit_of_work() as work:
            account = work.accounts.get(account_id, viewer)
        self._audit.record("account_seen", user_id=viewer.user_id, subject=account_id)
        return self._desks.facts(account)

    def brief(self, account_id: str, viewer: Viewer) -> dict[str, Any]:
        """What to know before ringing."""
        with self._unit_of_work() as work:
            account = work.accounts.get(account_id, viewer)
        return self._desks.brief(account, self._desks.desk_for(account, viewer))
