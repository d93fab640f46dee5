"""Brings the database to the tables of this version, or back; needs no configuration file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from bot.core.errors import UnavailableError
from bot.db.engine import backend_of

_FOLDER = Path(__file__).parent / "migrations"


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database up to a revision, the newest if none is named."""
    _run(command.upgrade, url, revision)


def downgrade(url: str, revision: str = "base") -> None:
    """Take the database back to a revision, to nothing if none is named."""
    _run(command.downgrade, url, revision)


def current(url: str) -> str | None:
    """The revision that the database is at; None when it has never been migrated."""
    with _opened(url) as engine, engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The revision that this version of Parley works with."""
    return ScriptDirectory(str(_FOLDER)).get_current_head()


def open_for_migration(url: str) -> Engine:
    """Open an engine whose changes of tables are rolled back as a whole when one of them fails."""
    backend = backend_of(url)
    engine = create_engine(url)
    if backend == "sqlite":
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _begin)
    return engine


def _run(step: Any, url: str, revision: str) -> None:
    with _opened(url) as engine, engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
        config.attributes["connection"] = connection
        step(config, revision)


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    """An engine for one migration; that nobody answers at the address is told plainly."""
    engine = open_for_migration(url)
    try:
        yield engine
    except OperationalError as error:
        raise UnavailableError(
            f"The database cannot be reached: {str(error.orig).splitlines()[0]}"
        ) from error
    finally:
        engine.dispose()


def _leave_transactions_to_us(connection: Any, _record: Any) -> None:
    # Python's driver opens no transaction for CREATE TABLE, so a failing migration would leave half of it behind.
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=10000")


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
