"""Publishing over the real ledger: what is queued, running, in service and rolled back, and what is left of a killed one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from bot.core.errors import ConflictError, UnavailableError
from bot.core.studio.kinds import DocumentName
from bot.db.engine import open_engine
from bot.db.unit_of_work import SqlUnitOfWork
from bot.services.publish_job import PublishJob
from bot.services.publishing import Publishing
from bot.services.studio_ports import DraftRecord, VersionRecord
from tests.integration.services.conftest import House
from tests.publishing_fakes import (
    FLORIST,
    HAULIER,
    LESSONS,
    MARGINS,
    NEW_MODEL,
    NEW_TEXT,
    OLD_MODEL,
    OLD_TEXT,
    Desk,
    Killed,
    Maker,
    Server,
    World,
    fresh,
)


@dataclass
class Office:
    """Files and models in memory, the ledger on disk."""

    world: World
    engine: Engine
    house: House

    def work(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.engine, self.world)

    @property
    def publishing(self) -> Publishing:
        return Publishing(self.work, Desk(self.world), self.world, self.world)

    @property
    def job(self) -> PublishJob:
        parts = (Desk(self.world), Maker(self.world), Server(self.world))
        return PublishJob(self.work, *parts, self.world, margins=lambda: MARGINS)

    def draft(self, name: DocumentName, text: str) -> tuple[str, int]:
        by, at = self.house.viewer("tess").user_id, self.world.now()
        with self.work() as work:
            draft_id = work.drafts.add(DraftRecord("", name, text, 1, by, at, by, at))
            work.commit()
        return draft_id, 1

    def publish(self, name: DocumentName = HAULIER, text: str = NEW_TEXT) -> str:
        drafts = [self.draft(name, text)]
        asked = self.publishing.request(self.house.viewer("tess"), drafts, "New lines")
        return str(asked["id"])

    def status(self, publication: str) -> str:
        return str(self.publishing.get(self.house.viewer("ada"), publication)["status"])

    def versions(self) -> list[VersionRecord]:
        with self.work() as work:
            return list(work.versions.of(HAULIER))

    def drafts(self) -> list[DraftRecord]:
        with self.work() as work:
            return list(work.drafts.all())

    def waits(self) -> bool:
        with self.work() as work:
            return work.publications.waiting()


@pytest.fixture
def office(house: House) -> Iterator[Office]:
    engine = open_engine(house.settings.ledger_url)
    yield Office(fresh(), engine, house)
    engine.dispose()


def test_from_the_wish_into_service_and_back(office: Office) -> None:
    assert not office.waits()
    first = office.publish()
    assert office.waits()
    assert office.job.run_next()

    shown = office.publishing.get(office.house.viewer("tess"), first)
    assert (shown["status"], shown["requested_by"]) == ("in_service", "Tess Lindqvist")
    assert [(v.number, v.text) for v in office.versions()] == [(1, NEW_TEXT), (0, OLD_TEXT)]
    assert office.drafts() == []
    assert not office.waits()

    office.publishing.roll_back(office.house.viewer("tess"))
    assert office.waits()
    assert office.job.run_next()
    assert office.status(first) == "rolled_back"
    assert not office.waits()
    assert [v.number for v in office.versions()] == [2, 1, 0]
    assert LESSONS not in office.world.files
    assert office.world.pointer == OLD_MODEL


def test_what_was_put_in_service_last_is_rolled_back_first(office: Office) -> None:
    first, second = office.publish(), office.publish(FLORIST, "title: Roses")
    assert office.job.run_next()
    assert office.status(second) == "queued"
    assert office.job.run_next()
    tess = office.house.viewer("tess")
    with pytest.raises(ConflictError, match="Later publications"):
        office.publishing.roll_back(tess, first)
    may = {one["id"]: one["may_roll_back"] for one in office.publishing.all(tess)}
    assert may == {first: False, second: True}


def test_a_document_is_published_by_one_person_at_a_time(office: Office) -> None:
    office.publish()
    tess = office.house.viewer("tess")
    [draft] = office.drafts()
    with pytest.raises(ConflictError, match="under way"):
        office.publishing.request(tess, [(draft.id, draft.revision)], "Again")


def test_a_cancelled_one_leaves_the_document_free(office: Office) -> None:
    tess = office.house.viewer("tess")
    assert office.publishing.cancel(tess, office.publish())["status"] == "cancelled"
    assert not office.job.run_next()
    [draft] = office.drafts()
    again = office.publishing.request(tess, [(draft.id, draft.revision)], "Again")
    assert office.job.run_next()
    assert office.status(str(again["id"])) == "in_service"


@pytest.mark.parametrize("at", ["train", "loaded", "hear", "put pointer"])
def test_a_killed_worker_leaves_what_was_in_service_and_the_next_one_goes_on(
    office: Office, at: str
) -> None:
    publication, before = office.publish(), dict(office.world.files)
    other = office.publish(FLORIST, "title: Roses")
    _die_at(office.world, at)
    with pytest.raises(Killed):
        office.job.run_next()
    assert office.status(publication) == "running"

    office.world.restart()
    office.world.__dict__.pop("step", None)
    assert office.job.recover() == [publication]
    assert office.status(publication) == "failed"
    assert office.world.files == before
    assert (office.world.pointer, office.world.running) == (OLD_MODEL, OLD_MODEL)
    assert HAULIER in {draft.name for draft in office.drafts()}
    assert office.versions() == []
    assert office.job.run_next()
    assert office.status(other) == "in_service"


def test_a_ledger_that_is_locked_at_the_decision_changes_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    publication, before = office.publish(), dict(office.world.files)
    commit = SqlUnitOfWork.commit

    def busy(self: SqlUnitOfWork) -> None:
        if office.world.pointer == NEW_MODEL and self.versions.of(HAULIER):
            raise UnavailableError("The records are busy at the moment; please try again.")
        commit(self)

    monkeypatch.setattr(SqlUnitOfWork, "commit", busy)
    office.job.run_next()
    assert office.status(publication) == "failed"
    assert office.world.files == before
    assert office.versions() == []
    assert len(office.drafts()) == 1


def _die_at(world: World, name: str) -> None:
    step: Callable[[str], None] = world.step

    def counted(what: str) -> None:
        if what == name:
            world.fails_at[len(world.steps)] = Killed()
        step(what)

    world.step = counted  # type: ignore[method-assign]
