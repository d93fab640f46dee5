"""Runs the migrations, from `bot.db.migrate` or from the `alembic` command (PARLEY_DATABASE_URL)."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from bot.db.migrate import open_for_migration
from bot.db.tables import metadata
from bot.settings import Settings


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()


given = context.config.attributes.get("connection")
if given is not None:
    _migrate(given)
else:
    engine = open_for_migration(Settings.from_environment().ledger_url)
    with engine.connect() as own:
        _migrate(own)
    engine.dispose()
