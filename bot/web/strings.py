"""Every sentence that the web application shows, in one catalogue."""

from __future__ import annotations

from typing import Any

from bot.web import (
    strings_of_corrections,
    strings_of_debrief,
    strings_of_errors,
    strings_of_pages,
    strings_of_publishing,
    strings_of_rehearsal,
    strings_of_studio,
    strings_of_trials,
    strings_of_versions,
)

CATALOGUE: dict[str, str] = {
    **strings_of_errors.CATALOGUE,
    **strings_of_pages.CATALOGUE,
    **strings_of_corrections.CATALOGUE,
    **strings_of_rehearsal.CATALOGUE,
    **strings_of_debrief.CATALOGUE,
    **strings_of_publishing.CATALOGUE,
    **strings_of_versions.CATALOGUE,
    **strings_of_studio.CATALOGUE,
    **strings_of_trials.CATALOGUE,
}


def text(key: str, **values: Any) -> str:
    """The sentence behind a key, with its values filled in; an unknown key is a fault of ours."""
    sentence = CATALOGUE[key]
    return sentence.format(**values) if values else sentence


def counted(key: str, count: int, **values: Any) -> str:
    """The sentence for one or for many: keys end in `.one` and `.many`."""
    form = "one" if count == 1 else "many"
    return text(f"{key}.{form}", count=f"{count:,}", **values)
