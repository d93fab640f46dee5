"""Figures and instants come back exactly as they went in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import IntegrityError, StatementError

from bot.db import tables as t
from tests.integration.db.rows import a_client_row, an_invoice_row

AMOUNTS = ("0.01", "0.10", "4750.00", "653644.80", "99999999999.99", "1234.567")


def test_amounts_come_back_exactly_and_add_up_inside_the_database(engine: Engine) -> None:
    rows = [
        an_invoice_row(
            id=f"inv_{n}",
            number=str(n),
            external_key=str(n),
            total=Decimal(amount),
            balance=Decimal(amount),
        )
        for n, amount in enumerate(AMOUNTS)
    ]
    with engine.begin() as connection:
        connection.execute(insert(t.clients), [a_client_row()])
        connection.execute(insert(t.invoices), rows)
        stored = connection.scalars(select(t.invoices.c.balance).order_by(t.invoices.c.id)).all()
        total = connection.scalar(select(func.sum(t.invoices.c.balance)))
    assert stored == [Decimal(amount) for amount in AMOUNTS]
    assert all(isinstance(amount, Decimal) for amount in stored)
    assert total == sum(Decimal(amount) for amount in AMOUNTS)


@pytest.mark.parametrize("amount", [0.1, Decimal("0.0001")])
def test_floats_and_lost_digits_are_refused(engine: Engine, amount: object) -> None:
    with pytest.raises(StatementError), engine.begin() as connection:
        connection.execute(insert(t.clients), [a_client_row(relationship_value=amount)])


def test_instants_come_back_in_utc_whatever_zone_they_came_in(engine: Engine) -> None:
    abroad = datetime(2026, 11, 20, 9, 30, tzinfo=timezone(timedelta(hours=-5)))
    with engine.begin() as connection:
        connection.execute(insert(t.clients), [a_client_row(created_at=abroad)])
        stored = connection.scalar(select(t.clients.c.created_at))
    assert stored == datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
    assert stored.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(engine: Engine) -> None:
    naive = datetime(2026, 11, 20)  # noqa: DTZ001 - the fault under test
    with pytest.raises(StatementError), engine.begin() as connection:
        connection.execute(insert(t.clients), [a_client_row(created_at=naive)])


def test_rows_without_their_parent_are_refused(engine: Engine) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert(t.invoices), [an_invoice_row(client_id="cli_nobody")])


def test_a_balance_below_nothing_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(t.clients), [a_client_row()])
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert(t.invoices), [an_invoice_row(balance=Decimal("-0.01"))])
