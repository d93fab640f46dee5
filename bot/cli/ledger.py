"""The use cases for commands that work on the ledger, its tables brought up to date first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.bootstrap import Services


def services_on_the_ledger() -> Services:
    """Wire everything over a ledger of this version; a new installation gets its tables here."""
    # Imported late: `parley --help` answers before the libraries are loaded.
    from bot.bootstrap import build_services
    from bot.db.migrate import upgrade

    settings = Settings.from_environment()
    upgrade(settings.ledger_url)
    return build_services(settings)
