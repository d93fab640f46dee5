"""Reads ids from addresses: anything a ledger may use as an id, nothing a database chokes on."""

from __future__ import annotations

from werkzeug.routing import BaseConverter

from bot.core.studio.kinds import DocumentKind


class IdConverter(BaseConverter):
    """An id of at most 120 characters without slash or control characters."""

    regex = r"[^/\x00-\x1f\x7f]{1,120}"
    part_isolating = True


class KindConverter(BaseConverter):
    """A kind of document that the studio knows, so that its other pages keep their own addresses."""

    regex = "|".join(DocumentKind)
    part_isolating = True
