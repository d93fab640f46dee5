"""Keeps every text that was in service, also the one before the first publication."""

from __future__ import annotations

from datetime import datetime

from bot.services import publication_words as words
from bot.services.ports import UnitOfWork
from bot.services.studio_ports import PublicationRecord, PublishedDocument, VersionRecord

#: The ledger gives the number; only 0, the text as shipped, is told to it.
_NEXT = 1


def add_versions(
    work: UnitOfWork,
    record: PublicationRecord,
    *,
    by: str,
    at: datetime,
    note: str,
    is_way_back: bool = False,
) -> None:
    """Store what a publication puts in service, or what its roll-back does."""
    for each in record.documents:
        if not is_way_back:
            _keep_what_was(work, each, at)
        text = each.before if is_way_back else each.text
        work.versions.add(VersionRecord(each.name, _NEXT, text, by, at, note, record.id))


def _keep_what_was(work: UnitOfWork, document: PublishedDocument, at: datetime) -> None:
    if document.before is None:
        return
    known = work.versions.of(document.name)
    if not known:
        work.versions.add(
            VersionRecord(document.name, 0, document.before, None, at, words.AS_SHIPPED, None)
        )
    elif known[0].text != document.before:  # edited by hand: that text was in service too
        work.versions.add(
            VersionRecord(document.name, _NEXT, document.before, None, at, words.BY_HAND, None)
        )
