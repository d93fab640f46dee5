"""Starting after a publication was killed: what it left is put right before the words are read, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import worker
from bot.bootstrap import SystemClock
from bot.cli.demo import demo_sign_ins
from bot.cli.starting import recover_publications
from bot.core.studio.kinds import DocumentName
from bot.db.engine import open_engine
from bot.db.unit_of_work import SqlUnitOfWork
from bot.services.studio_ports import (
    PublicationRecord,
    PublicationStatus,
    PublishedDocument,
    Stage,
)
from bot.settings import Settings
from bot.worker_lock import take_worker_lock


class Job:
    """A job that has one publication to put right."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def recover(self) -> list[str]:
        assert take_worker_lock(self._settings) is None, "the lock is held meanwhile"
        return ["pub_1"]


@pytest.fixture
def settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(worker, "publish_job", Job)
    return Settings.from_environment()


def leave_behind(settings: Settings) -> None:
    """A publication that a killed worker was at."""
    demo_sign_ins(settings)
    clock = SystemClock()
    name = DocumentName.parse("scenario:haulier")
    with SqlUnitOfWork(open_engine(settings.ledger_url), clock) as work:
        work.publications.add(
            PublicationRecord(
                id="",
                status=PublicationStatus.RUNNING,
                stage=Stage.SWITCH,
                progress=85,
                note="Lines",
                requested_by="usr_tess",
                requested_at=clock.now(),
                documents=(PublishedDocument(name, "new", "old"),),
            )
        )
        work.commit()


def test_a_new_installation_has_nothing_to_put_right_and_gets_no_ledger(
    settings: Settings, home: Path
) -> None:
    assert recover_publications(settings) == []
    assert not (home / "parley.sqlite").exists()


def test_a_clean_ledger_has_nothing_to_put_right(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    demo_sign_ins(settings)
    assert recover_publications(settings) == []
    assert capsys.readouterr().out == ""


def test_what_was_left_is_put_right_and_said(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    leave_behind(settings)
    assert recover_publications(settings) == ["pub_1"]
    assert "interrupted" in capsys.readouterr().out


def test_what_another_process_is_publishing_is_left_to_it(settings: Settings) -> None:
    leave_behind(settings)
    lock = take_worker_lock(settings)
    assert lock is not None
    with lock:
        assert recover_publications(settings) == []
