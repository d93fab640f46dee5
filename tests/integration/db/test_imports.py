"""Ledgers taken in from files, in a real database."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from bot.core.coaching.advice import Role
from bot.core.money import Money
from bot.db import tables as t
from bot.db.unit_of_work import SqlUnitOfWork
from bot.services.import_accounts import import_accounts
from bot.services.ledger_rows import ImportReport, ImportRequest
from bot.services.ports import Viewer
from tests.fakes import FixedClock

OMAR = Viewer("usr_omar", "omar", Role.SUPERVISOR)
HEADER = "Customer ID,Customer Name,Invoice Number,Invoice Date,Due Date,Total,Balance,Currency,"
HEADER += "Disputed,Settled Date,Email,Legal form\n"
ROWS = (
    "C1,Alder Ltd,1001,2026-09-01,2026-10-01,120.00,120.00,GBP,no,,ap@alder.example,company\n"
    "C1,Alder Ltd,1002,2026-09-02,2026-10-02,80.00,80.00,GBP,yes,,ap@alder.example,company\n"
    "C2,Birch,1003,2026-09-03,2026-10-03,50.00,0,EUR,no,2026-10-20,,sole trader\n"
)
SHARED = Path(__file__).parents[4] / "shared" / "accounts"
shared_files = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/accounts is not there")

Start = Callable[[], SqlUnitOfWork]


def bring_in(start: Start, text: str, **request: Any) -> ImportReport:
    """Import a text as a file."""
    file = io.BytesIO(text.encode())
    return import_accounts(file, ImportRequest(**request), start, FixedClock())


def everything(engine: Engine) -> list[Any]:
    """Every row that an import may touch."""
    tables = (t.clients, t.terms, t.contacts, t.invoices, t.payments, t.disputes, t.imports)
    with engine.connect() as connection:
        return [connection.execute(select(table).order_by(table.c.id)).all() for table in tables]


def test_an_imported_account_can_be_worked_with(start_work: Start) -> None:
    bring_in(start_work, HEADER + ROWS, owner_id="usr_sam")
    with start_work() as work:
        (row,) = work.accounts.search("alder", Viewer("usr_sam", "sam", Role.COLLECTOR))
        account = work.accounts.get(row.id, OMAR)
    assert account.overdue(date(2026, 11, 20)) == Money.of(200, "GBP")
    assert account.disputed(date(2026, 11, 20)) == Money.of(80, "GBP")
    assert (account.terms.credit_days, account.contacts[0].email) == (30, "ap@alder.example")
    assert account.stale == ("risk_class", "terms", "relationship_value")


def test_a_settled_invoice_comes_with_its_payment(start_work: Start) -> None:
    bring_in(start_work, HEADER + ROWS)
    with start_work() as work:
        account = work.accounts.get(work.accounts.search("birch", OMAR)[0].id, OMAR)
    assert not account.invoices[0].balance
    assert (account.payments[0].received_on, account.payments[0].invoice_number) == (
        date(2026, 10, 20),
        "1003",
    )


def test_importing_the_same_file_again_changes_no_row(engine: Engine, start_work: Start) -> None:
    bring_in(start_work, HEADER + ROWS)
    before = everything(engine)
    later = FixedClock(FixedClock().now() + timedelta(days=9))
    file = io.BytesIO((HEADER + ROWS).encode())
    report = import_accounts(file, ImportRequest(), start_work, later)
    assert (report.imported_before, report.counts["invoices_unchanged"]) == (True, 3)
    assert everything(engine) == before


def test_a_dry_run_changes_no_row(engine: Engine, start_work: Start) -> None:
    before = everything(engine)
    assert bring_in(start_work, HEADER + ROWS, dry_run=True).counts["invoices_new"] == 3
    assert everything(engine) == before


def test_a_newer_file_changes_what_differs_and_freshens_the_rest(
    engine: Engine, start_work: Start
) -> None:
    bring_in(start_work, HEADER + ROWS)
    later = FixedClock().now() + timedelta(days=9)
    newer = ROWS.replace("120.00,120.00", "120.00,20.00").replace("GBP,yes", "GBP,no")
    report = bring_in(start_work, HEADER + newer, as_of=later)
    assert (report.counts["invoices_changed"], report.counts["invoices_unchanged"]) == (2, 1)
    with engine.connect() as connection:
        assert set(connection.scalars(select(t.invoices.c.as_of))) == {later}
        assert connection.scalar(select(t.disputes.c.resolved_on)) == later.date()
    with start_work() as work:
        account = work.accounts.get(work.accounts.search("alder", OMAR)[0].id, OMAR)
    assert account.overdue(date(2026, 11, 29)) == Money.of(100, "GBP")


def test_what_was_put_right_by_hand_survives_a_newer_file(
    engine: Engine, start_work: Start
) -> None:
    bring_in(start_work, HEADER + ROWS)
    with engine.begin() as connection:
        connection.execute(t.clients.update().values(risk_class="B", country="GB"))
    bring_in(start_work, HEADER + ROWS.replace("Alder Ltd", "Alder & Sons Ltd"))
    with engine.connect() as connection:
        columns = t.clients.c
        rows = connection.execute(select(columns.name, columns.risk_class, columns.country)).all()
    assert set(rows) == {("Alder & Sons Ltd", "B", "GB"), ("Birch", "B", "GB")}


def test_invoices_that_are_gone_from_the_file_are_counted(start_work: Start) -> None:
    bring_in(start_work, HEADER + ROWS)
    report = bring_in(start_work, HEADER + ROWS.splitlines(keepends=True)[0])
    assert report.counts["invoices_not_in_file"] == 2


@shared_files
def test_highradius_open_items_come_in_to_the_penny(engine: Engine, start_work: Start) -> None:
    path = SHARED / "highradius_nulldata_open.csv"
    for attempt in range(2):
        with path.open("rb") as file:
            report = import_accounts(file, ImportRequest(), start_work, FixedClock())
        assert (report.usable_rows, report.clients, report.fault_count) == (9681, 694, 0)
        assert report.counts["invoices_unchanged"] == 9681 * attempt
    with path.open(newline="", encoding="utf-8") as text:
        expected = sum(
            Decimal(row["converted_usd"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
            for row in csv.DictReader(text)
        )
    with engine.connect() as connection:
        assert connection.scalar(select(func.sum(t.invoices.c.balance))) == expected
    assert report.open_totals == {"USD": str(expected)}


@shared_files
@pytest.mark.parametrize("name", ["", "_with_missing"])
def test_ibm_settled_invoices_come_in(engine: Engine, start_work: Start, name: str) -> None:
    path = SHARED / f"WA_Fn-UseC_-Accounts-Receivable{name}.csv"
    with path.open("rb") as file:
        report = import_accounts(
            file, ImportRequest(default_currency="USD"), start_work, FixedClock()
        )
    assert report.applied
    assert (report.layout, report.usable_rows) == ("ibm-receivables", report.rows)
    with engine.connect() as connection:
        total, paid = (
            connection.scalar(select(func.sum(column)))
            for column in (t.invoices.c.total, t.payments.c.amount)
        )
    assert total == paid > 0


@shared_files
def test_xero_template_comes_in_without_its_contradicting_invoice(start_work: Start) -> None:
    path = SHARED / "xero_SalesInvoiceTemplate.csv"
    with path.open("rb") as file:
        request = ImportRequest(default_currency="GBP")
        report = import_accounts(file, request, start_work, FixedClock())
        assert [(fault.row, report.applied) for fault in report.faults] == [(47, False)]
        request = ImportRequest(default_currency="GBP", skip_faulty=True)
        report = import_accounts(file, request, start_work, FixedClock())
    assert (report.layout, report.applied, report.invoices) == ("xero", True, 98)
