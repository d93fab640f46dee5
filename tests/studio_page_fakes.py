"""A studio whose worker does as it is told, and the reports that a comparison leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.core.studio.kinds import DocumentName
from bot.services.publish_versions import add_versions
from bot.services.publishing import Publishing
from bot.services.studio import Studio
from bot.services.studio_ports import PublicationStatus, Stage, VersionRecord
from tests.people_fakes import MovingClock
from tests.studio_fakes import StudioRoom

HAULIER = DocumentName.parse("scenario:disputed-terms-haulier")


@dataclass
class PublishingRoom:
    """The use cases of a studio, and the worker's hand on its ledger."""

    room: StudioRoom

    @property
    def studio(self) -> Studio:
        return self.room.studio

    @property
    def publishing(self) -> Publishing:
        return self.room.publishing

    @property
    def clock(self) -> MovingClock:
        return self.room.clock

    def tell(self, publication_id: str, **changes: Any) -> None:
        """Have a publication be further, as the worker does."""
        with self.room.unit_of_work() as work:
            record = work.publications.get(publication_id)
            work.publications.update(replace(record, **changes))
            work.commit()

    def running(self, publication_id: str, stage: Stage, progress: int, doing: str) -> None:
        """Have the worker be in the middle of it."""
        self.tell(
            publication_id,
            status=PublicationStatus.RUNNING,
            stage=stage,
            progress=progress,
            started_at=self.clock.now(),
            report={"doing": doing},
        )

    def in_service(self, publication_id: str, report: dict[str, Any], **changes: Any) -> None:
        """Put it in service: files, versions and drafts."""
        self.tell(
            publication_id,
            status=PublicationStatus.IN_SERVICE,
            stage=Stage.DONE,
            progress=100,
            finished_at=self.clock.now(),
            report=report,
            **changes,
        )
        with self.room.unit_of_work() as opened:
            work: Any = opened
            record = work.publications.get(publication_id)
            at = self.clock.now()
            add_versions(work, record, by=record.requested_by, at=at, note=record.note)
            for each in record.documents:
                self.room.desk.files[each.name] = each.text
                if each.draft_id:
                    work.drafts.discard(each.draft_id)
            work.commit()

    def taken_away(self, name: DocumentName | str) -> None:
        """Have a document be no more, as a roll-back of a new one leaves it."""
        name = DocumentName.parse(str(name))
        self.room.desk.files.pop(name)
        gone = VersionRecord(name, 1, None, None, self.clock.now(), "Rolled back.", None)
        with self.room.unit_of_work() as work:
            work.versions.add(gone)
            work.commit()

    def refused(self, publication_id: str, report: dict[str, Any]) -> None:
        """Have the comparison stand against it."""
        self.tell(
            publication_id,
            status=PublicationStatus.REFUSED,
            stage=Stage.COMPARE,
            progress=80,
            finished_at=self.clock.now(),
            report=report,
            error="The new model hears less than the one in service.",
        )


def publishing_room(room: StudioRoom, texts: Mapping[DocumentName, str]) -> PublishingRoom:
    """The studio of some services with these documents and no others."""
    room.desk.files = dict(texts)
    return PublishingRoom(room)


def a_label(name: str, before: float, after: float, **more: Any) -> dict[str, Any]:
    """A row of a comparison whose three figures are the same."""
    figures = [{"f1": each, "precision": each, "recall": each} for each in (before, after)]
    return {
        "speaker": "client",
        "name": name,
        "support": 40,
        "before": figures[0],
        "after": figures[1],
        "is_protected": name == "vulnerability",
        "verdict": "same" if before == after else "better" if after > before else "worse",
    } | more


def a_report(**changes: Any) -> dict[str, Any]:
    """The comparison of a model that hears some labels better, and one a little worse."""
    whole = {"micro_f1": 0.9312, "macro_f1": 0.9105}
    return {
        "trained": True,
        "speakers": {
            "client": {"turns": 800, "before": whole, "after": whole | {"macro_f1": 0.9144}},
            "collector": {"turns": 600, "before": whole, "after": whole},
        },
        "labels": [
            a_label("stalling", 0.91, 0.94),
            a_label("cash_flow", 0.95, 0.93),
            a_label("vulnerability", 0.98, 0.98),
            a_label("acknowledge", 0.9, 0.9, speaker="collector"),
        ],
        "refusals": [],
        "smoke": [{"what": "model", "passed": True, "words": "parley-b7f2 answers."}],
        "seconds": {
            "check": 0.4,
            "train": 14.2,
            "compare": 2.6,
            "switch": 1.1,
            "smoke": 0.3,
            "total": 18.6,
        },
    } | changes


def a_refusing_report() -> dict[str, Any]:
    """The comparison of a model that misses people who are in distress."""
    labels = [
        a_label("stalling", 0.91, 0.94),
        a_label("vulnerability", 0.98, 0.81, verdict="refused"),
    ]
    example = {
        "text": "I can't cope any more, the tablets don't even touch it.",
        "truth": ["vulnerability"],
        "before": ["vulnerability"],
        "after": ["stalling"],
    }
    refusal = {
        "speaker": "client",
        "label": "vulnerability",
        "what": "recall of vulnerability fell from 0.980 to 0.810 (margin 0.02)",
        "examples": [example, example | {"text": "My wife died in March.", "after": []}],
    }
    return a_report(labels=labels, refusals=[refusal], smoke=[])
