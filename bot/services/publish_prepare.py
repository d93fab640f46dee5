"""All that happens to a publication before anything is switched: checks, training, comparison."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.core.studio.comparison import compare
from bot.core.studio.margins import Margins
from bot.services import publication_words as words
from bot.services.publish_change import Change, NewLine, change_of, new_lines
from bot.services.publish_smoke import KeptTurn, kept_turns
from bot.services.publish_telling import Telling
from bot.services.studio_documents import fault_document
from bot.services.studio_ports import ContentDesk, ModelMaker, Stage

#: How far a publication is when a stage begins, in per cent.
_CHECKED_AT, _TRAINED_FROM = 1, 5

#: What a publication has to say of models that were neither trained nor compared.
_NOTHING_COMPARED: dict[str, Any] = {"speakers": {}, "labels": [], "refusals": []}


@dataclass(frozen=True)
class Prepared:
    """What is to be switched, and what the last check needs."""

    change: Change
    report: dict[str, Any]
    lines: tuple[NewLine, ...] = ()
    kept: tuple[KeptTurn, ...] = ()


class RefusedError(Exception):
    """The publication may not go on: it has faults, or the model got worse."""

    def __init__(
        self,
        said: str,
        faults: tuple[dict[str, Any], ...] = (),
        report: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(said)
        self.said, self.faults, self.report = said, faults, report


class Preparation:
    """Makes a publication ready to be switched to; nothing but a candidate is written."""

    def __init__(
        self, desk: ContentDesk, maker: ModelMaker, margins: Callable[[], Margins]
    ) -> None:
        self._desk = desk
        self._maker = maker
        self._margins = margins

    def prepare(self, told: Telling) -> Prepared:
        """Check, train and compare; RefusedError says what stands against it."""
        told.stage(Stage.CHECK, _CHECKED_AT)
        documents = told.record.documents
        for each in documents:
            if self._desk.text(each.name) != each.before:
                raise RefusedError(words.CHANGED_BY_HAND.format(path=each.name.path))
        faults = self._desk.check_together({each.name: each.text for each in documents})
        if faults:
            raise RefusedError(words.FAULTS_SINCE, tuple(fault_document(f) for f in faults))
        change = change_of(self._desk, documents)
        if not change.lessons:
            return Prepared(change, {**_NOTHING_COMPARED, "smoke": [], "trained": False})
        return self._trained(told, change)

    def _trained(self, told: Telling, change: Change) -> Prepared:
        record = told.record
        lines = new_lines(self._desk, record.documents)
        before = self._maker.in_service()
        told.stage(Stage.TRAIN, _TRAINED_FROM, model_before=before)
        candidate = self._maker.make(change.lessons, told.hear)
        compared = compare(candidate.judgements, self._margins())
        report = {**compared.as_json(), "smoke": [], "trained": True, "seconds": told.seconds}
        if compared.is_refused:
            if record.override_reason is None:
                worse = "; ".join(refusal.what for refusal in compared.refusals)
                raise RefusedError(words.GOT_WORSE.format(what=worse), report=report)
            report["overridden"] = True
        return Prepared(
            change.between(before, candidate.name),
            report,
            lines,
            tuple(kept_turns(candidate.judgements)),
        )
