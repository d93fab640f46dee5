"""The studio's ledger: one draft a document, nobody's save lost, versions that stay, one publication at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.core.errors import ConflictError, NotFoundError
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.db.repositories_drafts import KEPT_REVISIONS
from bot.db.unit_of_work import SqlUnitOfWork
from bot.services.studio_ports import (
    DraftConflictError,
    DraftRecord,
    PublicationRecord,
    PublicationStatus,
    PublishedDocument,
    Stage,
    VersionRecord,
)

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
CAFE = DocumentName(DocumentKind.SCENARIO, "cash-flow-cafe")
HAULIER = DocumentName(DocumentKind.SCENARIO, "disputed-terms-haulier")

Start = Callable[[], SqlUnitOfWork]


def a_draft(name: DocumentName = CAFE, text: str = "id: cash-flow-cafe\n") -> DraftRecord:
    return DraftRecord("", name, text, 1, "usr_sam", AT, "usr_sam", AT, "d1")


def a_version(number: int = 1, text: str | None = "v", **changes: Any) -> VersionRecord:
    version = VersionRecord(CAFE, number, text, "usr_sam", AT, "why", None)
    return replace(version, **changes)


def a_publication(*names: DocumentName, minutes: int = 0, **changes: Any) -> PublicationRecord:
    record = PublicationRecord(
        id="",
        status=PublicationStatus.QUEUED,
        stage=Stage.QUEUED,
        progress=0,
        note="why",
        requested_by="usr_sam",
        requested_at=AT + timedelta(minutes=minutes),
        documents=tuple(
            PublishedDocument(name, "new", None, "drf_1", 3) for name in names or (CAFE,)
        ),
    )
    return replace(record, **changes)


@pytest.fixture
def draft_id(start_work: Start) -> str:
    with start_work() as work:
        draft_id = work.drafts.add(a_draft())
        work.commit()
    return draft_id


def publish(start_work: Start, *names: DocumentName, **changes: Any) -> str:
    with start_work() as work:
        publication_id = work.publications.add(a_publication(*names, **changes))
        work.commit()
    return publication_id


def test_a_draft_comes_back_as_it_was_stored(start_work: Start, draft_id: str) -> None:
    expected = replace(a_draft(), id=draft_id)
    with start_work() as work:
        assert work.drafts.get(draft_id) == work.drafts.of(CAFE) == expected
        assert work.drafts.all() == [expected]
        assert work.drafts.of(HAULIER) is None
        assert [r.revision for r in work.drafts.revisions(draft_id)] == [1]
        with pytest.raises(NotFoundError):
            work.drafts.get("drf_none")


def test_a_document_has_one_draft(start_work: Start, draft_id: str) -> None:
    with start_work() as work, pytest.raises(ConflictError, match="already"):
        work.drafts.add(a_draft())


def test_the_second_of_two_who_save_is_told_what_the_first_saved(
    start_work: Start, draft_id: str
) -> None:
    with start_work() as work:
        work.drafts.save(draft_id, 1, "mine", "usr_priya", AT)
        work.commit()
    with start_work() as work, pytest.raises(DraftConflictError, match="Priya") as told:
        work.drafts.save(draft_id, 1, "yours", "usr_sam", AT)
    assert (told.value.current.text, told.value.current.revision) == ("mine", 2)
    assert (told.value.code, told.value.edited_by) == ("draft-changed", "Priya")


def test_of_many_who_save_at_once_exactly_one_gets_through_each_time(
    start_work: Start, draft_id: str
) -> None:
    outcomes: list[str] = []
    gate = threading.Barrier(6)

    def save(number: int) -> None:
        gate.wait()
        try:
            with start_work() as work:
                work.drafts.save(draft_id, 1, f"text {number}", "usr_sam", AT)
                work.commit()
            outcomes.append(f"text {number}")
        except DraftConflictError:
            outcomes.append("conflict")

    threads = [threading.Thread(target=save, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes)[:5] == ["conflict"] * 5
    with start_work() as work:
        kept = work.drafts.get(draft_id)
    assert (kept.revision, kept.text) == (2, sorted(outcomes)[5])


def test_the_same_text_again_makes_no_revision_and_no_conflict(
    start_work: Start, draft_id: str
) -> None:
    with start_work() as work:
        work.drafts.save(draft_id, 1, "new", "usr_sam", AT)
        again = work.drafts.save(draft_id, 1, "new", "usr_priya", AT)
        assert (again.revision, again.edited_by) == (2, "usr_sam")
        assert len(work.drafts.revisions(draft_id)) == 2


def test_the_last_fifty_revisions_are_kept(start_work: Start, draft_id: str) -> None:
    with start_work() as work:
        for revision in range(1, 60):
            work.drafts.save(draft_id, revision, f"text {revision}", "usr_sam", AT)
        work.commit()
    with start_work() as work:
        kept = work.drafts.revisions(draft_id)
        assert [one.revision for one in kept] == list(range(60, 60 - KEPT_REVISIONS, -1))
        assert work.drafts.revision(draft_id, 60).text == "text 59"
        with pytest.raises(NotFoundError):
            work.drafts.revision(draft_id, 10)


def test_a_discarded_draft_is_gone_with_its_revisions(start_work: Start, draft_id: str) -> None:
    with start_work() as work:
        with pytest.raises(DraftConflictError):
            work.drafts.discard(draft_id, 7)
        work.drafts.discard(draft_id, 1)
        work.commit()
    with start_work() as work:
        assert work.drafts.of(CAFE) is None
        assert work.drafts.revisions(draft_id) == []
        with pytest.raises(NotFoundError):
            work.drafts.discard(draft_id)
        with pytest.raises(NotFoundError):
            work.drafts.save(draft_id, 1, "late", "usr_sam", AT)


def test_a_draft_takes_another_name_unless_that_has_one(start_work: Start, draft_id: str) -> None:
    with start_work() as work:
        work.drafts.rename(draft_id, HAULIER)
        assert work.drafts.get(draft_id).name == HAULIER
        work.drafts.add(a_draft(CAFE))
        work.commit()
    with start_work() as work:
        with pytest.raises(NotFoundError):
            work.drafts.rename("drf_none", DocumentName(DocumentKind.PERSONA, "x"))
        with pytest.raises(ConflictError):
            work.drafts.rename(draft_id, CAFE)


def test_versions_count_up_from_what_was_shipped(start_work: Start) -> None:
    with start_work() as work:
        assert work.versions.add(a_version(0, "shipped", published_by=None)) == 0
        assert work.versions.add(a_version(0, "another")) == 0
        assert work.versions.add(a_version(9, "first")) == 1
        assert work.versions.add(a_version(1, None)) == 2
        work.commit()
    with start_work() as work:
        assert [(v.number, v.text) for v in work.versions.of(CAFE)] == [
            (2, None),
            (1, "first"),
            (0, "shipped"),
        ]
        assert work.versions.get(CAFE, 1) == a_version(1, "first")
        assert work.versions.newest() == {CAFE: a_version(2, None)}
        with pytest.raises(NotFoundError):
            work.versions.get(CAFE, 3)


def test_a_new_document_begins_with_version_one(start_work: Start) -> None:
    with start_work() as work:
        assert work.versions.add(a_version(1)) == 1


def test_a_publication_comes_back_as_it_was_stored(start_work: Start) -> None:
    publication_id = publish(start_work, CAFE, HAULIER)
    with start_work() as work:
        stored = work.publications.get(publication_id)
        assert stored == replace(a_publication(CAFE, HAULIER), id=publication_id)
        changed = replace(
            stored,
            status=PublicationStatus.REFUSED,
            stage=Stage.COMPARE,
            progress=70,
            finished_at=AT,
            model_before="parley-1",
            report={"refusals": [{"label": "stalling"}]},
            faults=({"line": 3},),
            error="worse",
            override_reason="because",
            rolled_back_by="usr_sam",
            rolled_back_at=AT,
        )
        work.publications.update(changed)
        work.commit()
    with start_work() as work:
        assert work.publications.get(publication_id) == changed
        with pytest.raises(NotFoundError):
            work.publications.get("pub_none")
        with pytest.raises(NotFoundError):
            work.publications.update(replace(changed, id="pub_none"))


def test_a_document_is_in_one_publication_under_way(start_work: Start) -> None:
    publication_id = publish(start_work, CAFE)
    with start_work() as work, pytest.raises(ConflictError, match="under way"):
        work.publications.add(a_publication(HAULIER, CAFE))
    publish(start_work, HAULIER)
    with start_work() as work:
        cancelled = replace(
            work.publications.get(publication_id), status=PublicationStatus.CANCELLED
        )
        work.publications.update(cancelled, was=PublicationStatus.QUEUED)
        work.commit()
    publish(start_work, CAFE)


def test_one_publication_runs_at_a_time_the_oldest_first(start_work: Start) -> None:
    second = publish(start_work, HAULIER, minutes=5)
    first = publish(start_work, CAFE, minutes=1)
    with start_work() as work:
        claimed = work.publications.claim(AT)
        work.commit()
    assert claimed is not None
    assert (claimed.id, claimed.status, claimed.started_at) == (
        first,
        PublicationStatus.RUNNING,
        AT,
    )
    with start_work() as work:
        assert work.publications.running() == claimed
        assert work.publications.claim(AT) is None
        work.publications.update(replace(claimed, status=PublicationStatus.IN_SERVICE))
        work.commit()
    with start_work() as work:
        following = work.publications.claim(AT)
        assert following is not None
        assert following.id == second
        assert work.publications.running() == following
        assert [one.id for one in work.publications.all()] == [second, first]
        assert [one.id for one in work.publications.all(1)] == [second]


def test_nothing_waits_and_nothing_is_claimed(start_work: Start) -> None:
    with start_work() as work:
        assert work.publications.claim(AT) is None
        assert work.publications.running() is None


def test_of_workers_who_claim_at_once_one_gets_it(start_work: Start) -> None:
    publish(start_work, CAFE)
    publish(start_work, HAULIER, minutes=1)
    got: list[str] = []
    gate = threading.Barrier(4)

    def claim() -> None:
        gate.wait()
        with start_work() as work:
            claimed = work.publications.claim(AT)
            work.commit()
        if claimed:
            got.append(claimed.id)

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(got) == 1


def test_what_has_begun_is_not_cancelled(start_work: Start) -> None:
    publication_id = publish(start_work, CAFE)
    with start_work() as work:
        assert work.publications.under_way()
        waiting = work.publications.get(publication_id)
        work.publications.claim(AT)
        work.commit()
    with start_work() as work, pytest.raises(ConflictError, match="running by now"):
        work.publications.update(
            replace(waiting, status=PublicationStatus.CANCELLED), was=PublicationStatus.QUEUED
        )
    with start_work() as work:
        assert work.publications.running() is not None


def test_a_second_one_cannot_be_put_to_running(start_work: Start) -> None:
    publish(start_work, CAFE)
    other = publish(start_work, HAULIER, minutes=1)
    with start_work() as work:
        work.publications.claim(AT)
        work.commit()
    with start_work() as work:
        waiting = replace(work.publications.get(other), status=PublicationStatus.RUNNING)
        with pytest.raises(ConflictError):
            work.publications.update(waiting)
