"""The migrations go up, down and up again, with rows, and end at the tables of the mappings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Engine, inspect, select

from bot.db import tables as t
from bot.db.engine import open_engine
from bot.db.migrate import current, downgrade, newest, open_for_migration, upgrade
from tests.integration.db.rows import a_client_row, an_invoice_row


def test_migrations_go_up_down_and_up_again_with_rows(database_url: str) -> None:
    for _ in range(2):
        upgrade(database_url)
        assert current(database_url) == newest()
        engine = open_engine(database_url)
        with engine.begin() as connection:
            connection.execute(t.clients.insert(), [a_client_row()])
            connection.execute(t.invoices.insert(), [an_invoice_row()])
        with engine.connect() as connection:
            stored = connection.execute(select(t.invoices.c.balance, t.invoices.c.due_on)).one()
        assert stored == (Decimal("4750.10"), date(2026, 10, 1))
        engine.dispose()
        downgrade(database_url)
        assert current(database_url) is None
        assert _tables(database_url) <= {"alembic_version"}


def test_each_revision_can_be_taken_back_alone_while_rows_stay(database_url: str) -> None:
    upgrade(database_url)
    engine = open_engine(database_url)
    with engine.begin() as connection:
        connection.execute(t.clients.insert(), [a_client_row()])
    engine.dispose()
    downgrade(database_url, "0001")
    assert "invoices" not in _tables(database_url)
    upgrade(database_url)
    engine = open_engine(database_url)
    with engine.connect() as connection:
        assert connection.execute(select(t.clients.c.name)).scalar_one() == "Test & Söhne"
    engine.dispose()


def test_migrated_tables_equal_the_mappings(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, t.metadata) == []


def test_mapped_constraints_equal_the_migrated_ones(engine: Engine) -> None:
    found = inspect(engine)
    for table in t.metadata.sorted_tables:
        assert len(found.get_foreign_keys(table.name)) == len(table.foreign_key_constraints)
        checks = {c["name"] for c in found.get_check_constraints(table.name)}
        assert checks == {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}


def test_a_change_of_tables_that_does_not_finish_leaves_nothing_behind(database_url: str) -> None:
    engine = open_for_migration(database_url)
    connection = engine.connect()
    t.users.create(connection)
    connection.close()
    engine.dispose()
    assert _tables(database_url) == set()


def _tables(url: str) -> set[str]:
    engine = open_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()
