"""Checks a draft's lines against the recogniser and everything on file, and tells what the draft lacks lines for."""

from __future__ import annotations

from typing import Any

from bot.core.errors import UnavailableError
from bot.core.studio.coverage import coverage_of
from bot.core.studio.kinds import DocumentKind
from bot.core.studio.line_findings import Finding, examples_wanted, heard_otherwise, said_already
from bot.core.studio.spoken_lines import DraftLine, lines_of
from bot.services.studio_ears import Listening
from bot.services.studio_ports import ContentDesk, DraftRecord

#: Kinds that have lines for the ear.
_SPOKEN = (DocumentKind.SCENARIO, DocumentKind.PERSONA)

#: Three times what a long document has; the recogniser has callers to listen to.
MOST_LINES = 1_000


class LineChecks:
    """Findings on lines; a draft with faults is checked as far as its values can be read."""

    def __init__(self, desk: ContentDesk) -> None:
        self._desk = desk

    def check(self, draft: DraftRecord, listening: Listening) -> dict[str, Any]:
        """Every finding in the order of the form, and the coverage; without ears what can be told without them."""
        name = draft.name
        data = self._desk.check(name, draft.text).data if name.kind in _SPOKEN else None
        lines = lines_of(name.kind, data)[:MOST_LINES]
        own = (str(name), f"data/nlu/client/scenario-{name.slug}.yml")
        findings = list(said_already(lines, self._desk.line_index(), own))
        is_heard = True
        try:
            readings = listening.hear_all([(line.spoken, line.speaker) for line in lines])
            protected = (data or {}).get("protected")
            findings += heard_otherwise(lines, readings, protected)
        except UnavailableError:
            is_heard = False
        covers = coverage_of(name.kind, data, examples_wanted(lines, findings))
        return {
            "revision": draft.revision,
            "readable": data is not None or name.kind not in _SPOKEN,
            "listening": is_heard,
            "checked": len(lines),
            "lines": [finding.as_json() for finding in _in_order(lines, findings)],
            "coverage": [cover.as_json() for cover in covers],
        }


def _in_order(lines: tuple[DraftLine, ...], findings: list[Finding]) -> list[Finding]:
    place = {line.field: number for number, line in enumerate(lines)}
    return sorted(findings, key=lambda one: (not one.is_fault, place[one.line.field], one.kind))
