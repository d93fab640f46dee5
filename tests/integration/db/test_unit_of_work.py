"""Transactions: all or nothing, and a clear word when the database is busy."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from bot.core.coaching.advice import Role
from bot.core.errors import ConflictError, NotFoundError, UnavailableError
from bot.db import engine as engines
from bot.db import tables as t
from bot.db.migrate import upgrade
from bot.db.repositories_people import SqlAudit
from bot.db.unit_of_work import SqlUnitOfWork
from bot.services.ports import User
from tests.fakes import FixedClock
from tests.integration.db.rows import NOW

Start = Callable[[], SqlUnitOfWork]


def a_user(name: str = "nell") -> User:
    """A new collector."""
    return User(f"usr_{name}", name, "Nell Price", Role.COLLECTOR, "junior", "hash")


def _add_and_fail(work: SqlUnitOfWork) -> None:
    work.users.add(a_user())
    work.calls.get_turn("turn_nobody")


def test_what_is_not_committed_leaves_no_trace(start_work: Start) -> None:
    with start_work() as work:
        work.users.add(a_user())
    with pytest.raises(NotFoundError), start_work() as work:
        _add_and_fail(work)
    with start_work() as work:
        assert work.users.by_name("nell") is None


def test_a_locked_database_is_said_to_be_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.sqlite"
    upgrade(f"sqlite:///{path}")
    monkeypatch.setattr(engines, "BUSY_MS", 50)
    monkeypatch.setattr(engines, "_PRAGMAS", ("PRAGMA busy_timeout=50",))
    engine = engines.open_engine(f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UnavailableError, match="busy"), SqlUnitOfWork(engine, FixedClock()) as work:
        work.users.add(a_user())
    other.execute("ROLLBACK")
    with SqlUnitOfWork(engine, FixedClock()) as work:
        work.users.add(a_user())
        work.commit()
    other.close()
    engine.dispose()


def test_reading_goes_on_while_somebody_writes(start_work: Start) -> None:
    with start_work() as writer:
        writer.users.add(a_user())
        with start_work() as reader:
            assert reader.users.by_name("nell") is None
            assert reader.users.by_name("sam") is not None


def test_a_database_that_is_not_there_is_said_to_be_out_of_reach(tmp_path: Path) -> None:
    engine = engines.open_engine(f"sqlite:///{tmp_path}/nowhere/ledger.sqlite")
    with pytest.raises(UnavailableError), SqlUnitOfWork(engine, FixedClock()) as work:
        work.users.all()


def test_sqlite_is_opened_for_safety(tmp_path: Path) -> None:
    engine = engines.open_engine(f"sqlite:///{tmp_path}/ledger.sqlite")
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 3000,
        "foreign_keys": 1,
    }
    engine.dispose()


def test_sign_in_names_are_taken_once_whatever_their_case(start_work: Start) -> None:
    with start_work() as work:
        work.users.add(a_user())
        assert work.users.by_name(" NELL ") == a_user()
        with pytest.raises(ConflictError):
            work.users.add(User("usr_x", "Nell", "Other", Role.ADMIN, "senior"))


def test_a_password_is_replaced_only_for_a_known_user(start_work: Start) -> None:
    with start_work() as work:
        work.users.set_password_hash("usr_sam", "new")
        assert work.users.by_id("usr_sam").password_hash == "new"
        with pytest.raises(NotFoundError):
            work.users.set_password_hash("usr_nobody", "new")


def test_tokens_work_until_they_expire_or_their_user_is_stopped(
    engine: Engine, start_work: Start
) -> None:
    with start_work() as work:
        work.users.add_token("usr_sam", "h1", None, "crm")
        work.users.add_token("usr_sam", "h2", NOW, "old")
        work.commit()
    with start_work() as work:
        assert work.users.by_token_hash("h1", NOW).name == "sam"
        assert work.users.by_token_hash("h2", NOW) is None
        assert work.users.by_token_hash("h3", NOW) is None
    with engine.begin() as connection:
        connection.execute(t.users.update().values(active=False))
    with start_work() as work:
        assert work.users.by_token_hash("h1", NOW) is None


def test_the_audit_trail_goes_with_its_transaction_or_alone(
    engine: Engine, start_work: Start
) -> None:
    with start_work() as work:
        work.audit.record("advice_shown", user_id="usr_sam", subject="call_1")
    SqlAudit(engine, FixedClock()).record(
        "call_opened", user_id="usr_sam", subject="call_1", detail={"a": 1}
    )
    with engine.connect() as connection:
        lines = connection.execute(select(t.audit_events.c.event, t.audit_events.c.detail)).all()
        assert lines == [("call_opened", {"a": 1})]
        assert connection.scalar(select(func.count()).select_from(t.audit_events)) == 1
