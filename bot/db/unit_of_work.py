"""One database transaction per use case; what is not committed leaves no trace."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.core.errors import UnavailableError
from bot.db.repositories_accounts import SqlAccountRepository
from bot.db.repositories_assignments import SqlAssignmentRepository
from bot.db.repositories_calls import SqlCallRepository
from bot.db.repositories_corrections import SqlCorrectionRepository
from bot.db.repositories_drafts import SqlDraftRepository
from bot.db.repositories_imports import SqlImportRepository
from bot.db.repositories_people import SqlAudit, SqlUserRepository
from bot.db.repositories_publications import SqlPublicationRepository
from bot.db.repositories_rehearsals import SqlRehearsalRepository
from bot.db.repositories_versions import SqlVersionRepository
from bot.services.ports import Clock


class SqlUnitOfWork:
    """The repositories over one connection: `with SqlUnitOfWork(engine, clock) as work: … work.commit()`."""

    accounts: SqlAccountRepository
    calls: SqlCallRepository
    users: SqlUserRepository
    corrections: SqlCorrectionRepository
    rehearsals: SqlRehearsalRepository
    assignments: SqlAssignmentRepository
    imports: SqlImportRepository
    drafts: SqlDraftRepository
    versions: SqlVersionRepository
    publications: SqlPublicationRepository
    audit: SqlAudit

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        try:
            self._connection = self._engine.connect()
        except (DBAPIError, PoolTimeoutError) as error:
            raise _unavailable(error) from error
        self.accounts = SqlAccountRepository(self._connection, self._clock)
        self.calls = SqlCallRepository(self._connection)
        self.users = SqlUserRepository(self._connection, self._clock)
        self.corrections = SqlCorrectionRepository(self._connection)
        self.rehearsals = SqlRehearsalRepository(self._connection)
        self.assignments = SqlAssignmentRepository(self._connection)
        self.imports = SqlImportRepository(self._connection, self._clock)
        self.drafts = SqlDraftRepository(self._connection)
        self.versions = SqlVersionRepository(self._connection)
        self.publications = SqlPublicationRepository(self._connection)
        self.audit = SqlAudit(self._connection, self._clock)
        return self

    def commit(self) -> None:
        """Make what was done last."""
        if self._connection is None:
            raise RuntimeError("commit belongs inside the with block")
        self._connection.commit()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()  # rolls back what was not committed
        if isinstance(error, OperationalError) or _is_lost(error):
            raise _unavailable(error) from error


def _is_lost(error: BaseException | None) -> bool:
    return isinstance(error, DBAPIError) and error.connection_invalidated


def _unavailable(error: BaseException | None) -> UnavailableError:
    busy = "lock" in str(error).lower() or isinstance(error, PoolTimeoutError)
    return UnavailableError(
        "The records are busy at the moment; please try again."
        if busy
        else "The records cannot be reached at the moment; please try again."
    )
