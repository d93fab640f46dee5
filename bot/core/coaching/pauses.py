"""Why money is not spoken of on an account: protections, insolvency, or the wrong person on the line."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from bot.core.account import Account
from bot.core.labels import Objection

#: What is heard in the call pauses at once; the record follows when the call is closed.
_HEARD: dict[str, str] = {
    Objection.VULNERABILITY: "vulnerable",
    Objection.ADVISER_IN_CHARGE: "adviser",
    Objection.THIRD_PARTY: "third_party",
    Objection.INSOLVENCY: "insolvent",
}


def pause_on(account: Account, labels: Collection[str], today: date) -> str | None:
    """The name of what pauses collection, the gravest first, recorded or just heard; None when nothing does."""
    held = account.protections
    found = {name for label, name in _HEARD.items() if label in labels}
    recorded = {
        "vulnerable": held.vulnerable_since is not None,
        "moratorium": held.moratorium_until is not None and held.moratorium_until >= today,
        "adviser": held.adviser_since is not None,
        "insolvent": held.insolvent_since is not None,
        "contact_stopped": held.contact_stopped_since is not None,
        "third_party": False,
    }
    return next((name for name, is_so in recorded.items() if is_so or name in found), None)
