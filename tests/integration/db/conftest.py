"""A real, migrated database for each test: SQLite, and PostgreSQL where PARLEY_TEST_POSTGRES_URL names one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.core.coaching.advice import Role
from bot.db.engine import open_engine
from bot.db.migrate import upgrade
from bot.db.unit_of_work import SqlUnitOfWork
from bot.services.ports import User
from tests.fakes import FixedClock

POSTGRES = os.environ.get("PARLEY_TEST_POSTGRES_URL", "")


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param(
            "postgresql",
            marks=pytest.mark.skipif(not POSTGRES, reason="PARLEY_TEST_POSTGRES_URL is not set"),
        ),
    ]
)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ledger.sqlite'}"
        return
    engine = open_engine(POSTGRES)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    yield POSTGRES


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An open engine on a migrated database."""
    upgrade(database_url)
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def start_work(engine: Engine) -> Callable[[], SqlUnitOfWork]:
    """Starts units of work on that database; sam and priya are in it."""
    with SqlUnitOfWork(engine, FixedClock()) as work:
        for name, role in (
            ("sam", Role.COLLECTOR),
            ("priya", Role.COLLECTOR),
            ("omar", Role.SUPERVISOR),
        ):
            work.users.add(User(f"usr_{name}", name, name.title(), role, "junior"))
        work.commit()
    return lambda: SqlUnitOfWork(engine, FixedClock())
