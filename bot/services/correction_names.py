"""Who may be named in a turn that was misheard: the client and its people, of the ledger or of a scenario."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.core.corrections import UNKNOWN_INDUSTRY, Correction
from bot.core.errors import ContentError, NotFoundError
from bot.core.rehearsal.repertoire import Repertoire
from bot.services.ports import UnitOfWork, Viewer


@dataclass(frozen=True)
class Named:
    """Names to look for, and the client's industry as far as it is known."""

    clients: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    industry: str = UNKNOWN_INDUSTRY


def names_for(
    correction: Correction, work: UnitOfWork, viewer: Viewer, repertoire: Callable[[], Repertoire]
) -> Named:
    """The names of the call's client; a client or scenario that is gone leaves none to look for."""
    if correction.scenario_id is not None:
        return _of_scenario(correction.scenario_id, repertoire)
    if correction.account_id is None:
        return Named()
    try:
        account = work.accounts.get(correction.account_id, viewer)
    except NotFoundError:
        return Named()
    people = tuple(contact.name for contact in account.contacts)
    return Named((account.name,), people, account.industry)


def _of_scenario(scenario_id: str, repertoire: Callable[[], Repertoire]) -> Named:
    try:
        scenario = repertoire().scenario(scenario_id)
    except (NotFoundError, ContentError):
        # Files that are being edited must not keep trainers from the corrections of live calls.
        return Named()
    people = (scenario.contact.name, scenario.asked_for.name, scenario.collector.name)
    return Named((scenario.account.name,), tuple(dict.fromkeys(people)))
