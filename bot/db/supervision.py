"""The lists that a supervisor reads, in SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, or_, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.core.account import PromiseStatus
from bot.core.coaching.memory import CallMemory
from bot.core.errors import UnavailableError
from bot.core.money import Money
from bot.db import tables as t
from bot.services.supervision import OpenCall, OpenDispute, WaitingEscalation, WatchedPromise

#: A board shows what one person can act on; a longer list is for a report.
MOST_ROWS = 200


class SqlSupervision:
    """Reads the supervisor's lists, each in a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open_calls(self) -> Sequence[OpenCall]:
        """Calls that are open, the longest first."""
        query = (
            select(
                t.calls,
                t.clients.c.name.label("client_name"),
                t.users.c.full_name,
            )
            .join(t.clients, t.clients.c.id == t.calls.c.client_id)
            .join(t.users, t.users.c.id == t.calls.c.user_id)
            .where(t.calls.c.status == "open")
            .order_by(t.calls.c.started_at, t.calls.c.id)
            .limit(MOST_ROWS)
        )
        with _reading(self._engine) as connection:
            return [_open_call(row) for row in connection.execute(query)]

    def waiting_escalations(self) -> Sequence[WaitingEscalation]:
        """Hand-overs without acknowledgement, the oldest first."""
        query = (
            select(
                t.escalations,
                t.clients.c.name.label("client_name"),
                t.users.c.full_name,
            )
            .join(t.clients, t.clients.c.id == t.escalations.c.client_id)
            # `raised_by` is text: a user's id, or whatever an import knew.
            .outerjoin(t.users, t.users.c.id == t.escalations.c.raised_by)
            .where(t.escalations.c.acknowledged_at.is_(None))
            .order_by(t.escalations.c.raised_at, t.escalations.c.id)
            .limit(MOST_ROWS)
        )
        with _reading(self._engine) as connection:
            return [_waiting(row) for row in connection.execute(query)]

    def watched_promises(
        self, due_by: date, owner_id: str | None = None
    ) -> Sequence[WatchedPromise]:
        """Pending promises due by a day, then broken ones, the latest first; of one portfolio if named."""
        promises = t.promises.c
        soon = and_(promises.status == PromiseStatus.PENDING.value, promises.due_on <= due_by)
        query = (
            select(
                t.promises,
                t.clients.c.name.label("client_name"),
                t.clients.c.currency,
                t.users.c.full_name,
            )
            .join(t.clients, t.clients.c.id == promises.client_id)
            .outerjoin(t.users, t.users.c.id == t.clients.c.owner_id)
            .where(or_(promises.status == PromiseStatus.BROKEN.value, soon))
            # What can still be kept comes first, then the latest breach.
            .order_by(promises.status.desc(), promises.due_on.desc(), promises.id)
            .limit(MOST_ROWS)
        )
        if owner_id is not None:
            query = query.where(t.clients.c.owner_id == owner_id)
        with _reading(self._engine) as connection:
            return [_promise(row) for row in connection.execute(query)]

    def open_disputes(self) -> Sequence[OpenDispute]:
        """Disputes without resolution, by reason and then the oldest first."""
        disputes = t.disputes.c
        query = (
            select(
                t.disputes,
                t.clients.c.name.label("client_name"),
                t.clients.c.currency,
                t.invoices.c.number,
            )
            .join(t.clients, t.clients.c.id == disputes.client_id)
            .join(t.invoices, t.invoices.c.id == disputes.invoice_id)
            .where(disputes.resolved_on.is_(None))
            .order_by(disputes.reason, disputes.opened_on, disputes.id)
            .limit(MOST_ROWS)
        )
        with _reading(self._engine) as connection:
            return [_dispute(row) for row in connection.execute(query)]


@contextmanager
def _reading(engine: Engine) -> Iterator[Connection]:
    try:
        with engine.connect() as connection:
            yield connection
    except (DBAPIError, PoolTimeoutError) as error:
        raise UnavailableError(
            "The records cannot be read at the moment; please try again."
        ) from error


def _open_call(row: Row[Any]) -> OpenCall:
    memory = CallMemory.from_json(row.memory)
    return OpenCall(
        call_id=row.id,
        account_id=row.client_id,
        account_name=row.client_name,
        collector=row.full_name,
        started_at=row.started_at,
        turns=row.turn_count,
        heat_path=tuple(memory.heat_path),
        protocol=memory.protocol,
        escalation_state=memory.escalation_state,
    )


def _waiting(row: Row[Any]) -> WaitingEscalation:
    packet = row.packet or {}
    return WaitingEscalation(
        id=row.id,
        call_id=row.call_id or "",
        account_id=row.client_id,
        account_name=row.client_name,
        collector=row.full_name or row.raised_by,
        state=row.state,
        raised_at=row.raised_at,
        note=str(packet.get("note") or ""),
        decision=str(packet.get("decision_asked_for") or ""),
    )


def _promise(row: Row[Any]) -> WatchedPromise:
    return WatchedPromise(
        account_id=row.client_id,
        account_name=row.client_name,
        owner=row.full_name or "",
        amount=Money(row.amount, row.currency).plain(),
        currency=row.currency,
        due_on=row.due_on,
        status=row.status,
    )


def _dispute(row: Row[Any]) -> OpenDispute:
    return OpenDispute(
        account_id=row.client_id,
        account_name=row.client_name,
        invoice_number=row.number,
        reason=row.reason,
        amount=Money(row.amount, row.currency).plain(),
        currency=row.currency,
        opened_on=row.opened_on,
    )
