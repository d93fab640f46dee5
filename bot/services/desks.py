"""Prepares the desk of a call: the content, calendar and role that advice needs, and the facts as documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.core.account import Account
from bot.core.coaching.brief import brief
from bot.core.coaching.desk import Desk
from bot.services.facts import account_facts
from bot.services.ports import Clock, Viewer


class Desks:
    """Makes desks; `content` gives the current Desk for a country, role and seniority (reloaded when files change)."""

    def __init__(self, make_desk: Callable[[str, str, str], Desk], clock: Clock) -> None:
        self._make_desk = make_desk
        self._clock = clock

    def desk_for(self, account: Account, viewer: Viewer) -> Desk:
        """The desk for this account's country and this viewer's authority."""
        return self._make_desk(account.country, viewer.role.value, viewer.seniority)

    def facts(self, account: Account) -> dict[str, Any]:
        """The account as the interface publishes it."""
        return account_facts(account, self._clock.today())

    def brief(self, account: Account, desk: Desk) -> dict[str, Any]:
        """The pre-call brief."""
        return brief(account, desk, self._clock.today()).as_json()

    def desk_without_account(self, viewer: Viewer) -> Desk:
        """A desk for questions that no account is named in."""
        return self._make_desk("GB", viewer.role.value, viewer.seniority)
