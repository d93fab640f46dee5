"""What an import makes of files of every make."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.core.errors import InvalidInputError
from bot.services.csv_mapping import clean_text, export_cell
from bot.services.import_accounts import import_accounts
from bot.services.ledger_rows import ImportedInvoice, ImportReport, ImportRequest
from tests.fakes import FixedClock, ImportsAtWork

HEADER = "Customer ID,Customer Name,Invoice Number,Invoice Date,Due Date,Total,Balance,Currency\n"
GOOD = "C1,Alder Ltd,1001,2026-09-01,2026-10-01,120.00,100.00,GBP\n"
OTHER = "C2,Birch & Co,1002,2026-09-05,2026-10-05,75.50,75.50,GBP\n"


def bring_in(text: str | bytes, work: ImportsAtWork | None = None, **request: Any) -> ImportReport:
    """Import a text as a file, into memory."""
    content = text if isinstance(text, bytes) else text.encode()
    held = work or ImportsAtWork()
    return import_accounts(
        io.BytesIO(content), ImportRequest(**request), lambda: held, FixedClock()
    )


def only_invoice(text: str, **request: Any) -> ImportedInvoice:
    """The one invoice of a file."""
    work = ImportsAtWork()
    report = bring_in(text, work, **request)
    assert report.applied, report
    (invoice,) = work.imports.invoices.values()
    return invoice


def test_a_plain_file_comes_in_whole() -> None:
    work = ImportsAtWork()
    report = bring_in(HEADER + GOOD + OTHER, work)
    assert (report.applied, report.rows, report.usable_rows) == (True, 2, 2)
    assert report.open_totals == {"GBP": "175.50"}
    assert report.counts["invoices_new"] == 2
    assert work.imports.invoices["C1/GBP/1001"].due_on == date(2026, 10, 1)


def test_columns_may_come_in_any_order_and_spelling() -> None:
    text = "OPEN_AMOUNT;due date;invoice no.;Currency;client\n10,50;01.10.2026;7;EUR;Gasthof Grün\n"
    invoice = only_invoice(text)
    assert (invoice.balance, invoice.due_on) == (Decimal("10.50"), date(2026, 10, 1))


def test_one_faulty_row_stops_everything() -> None:
    work = ImportsAtWork()
    report = bring_in(HEADER + GOOD + "C2,Birch,1002,2026-09-05,someday,75.50,75.50,GBP\n", work)
    assert (report.applied, work.committed, work.imports.invoices) == (False, 0, {})
    (fault,) = report.faults
    assert (fault.row, fault.column) == (3, "Due Date")
    assert str(fault) == "row 3, Due Date: “someday” is not a date -> write the date as 2026-03-31"


def test_faulty_rows_can_be_left_out() -> None:
    work = ImportsAtWork()
    text = HEADER + GOOD + "C2,Birch,1002,2026-09-05,2026-10-05,-75.50,-75.50,GBP\n"
    report = bring_in(text, work, skip_faulty=True)
    assert (report.applied, report.usable_rows, report.fault_count) == (True, 1, 1)
    assert list(work.imports.invoices) == ["C1/GBP/1001"]


def test_every_fault_of_a_file_is_told_at_once() -> None:
    rows = "C1,A,,2026-09-01,2026-10-01,x,1,GBP\nC2,B,5,2026-09-01,2026-13-01,1,1,POUND\n"
    faults = {(f.row, f.column) for f in bring_in(HEADER + rows).faults}
    assert faults == {(2, "Invoice Number"), (2, "Total"), (3, "Due Date"), (3, "Currency")}


def test_importing_again_changes_nothing() -> None:
    work = ImportsAtWork()
    bring_in(HEADER + GOOD + OTHER, work)
    report = bring_in(HEADER + GOOD + OTHER, work)
    assert report.imported_before
    assert (report.counts["invoices_unchanged"], report.counts["invoices_new"]) == (2, 0)
    assert len(work.imports.files) == 1


def test_a_dry_run_reports_and_stores_nothing() -> None:
    work = ImportsAtWork()
    report = bring_in(HEADER + GOOD, work, dry_run=True)
    assert (report.counts["invoices_new"], report.applied) == (1, False)
    assert (work.imports.invoices, work.imports.files) == ({}, [])


def test_missing_columns_are_asked_for_by_name() -> None:
    report = bring_in("Customer ID,Ref\nC1,77\n")
    assert [q.about for q in report.questions] == ["invoice_number", "due_on", "total"]
    assert report.questions[0].choices == ("Customer ID", "Ref")


def test_a_chosen_column_overrules_the_proposal() -> None:
    text = HEADER.strip() + ",Ref\n" + GOOD.strip() + ",X9\n"
    assert only_invoice(text, mapping={"invoice_number": "ref"}).number == "X9"
    assert only_invoice(text, mapping={"balance": ""}).balance == Decimal("120.00")


@pytest.mark.parametrize("mapping", [{"colour": "Ref"}, {"total": "Nowhere"}])
def test_a_chosen_column_that_is_not_there_is_refused(mapping: dict[str, str]) -> None:
    with pytest.raises(InvalidInputError):
        bring_in(HEADER + GOOD, mapping=mapping)


def test_day_and_month_order_is_found_from_the_whole_column() -> None:
    rows = "C1,A,1,3/9/2026,4/10/2026,10,10,GBP\nC1,A,2,3/9/2026,25/10/2026,10,10,GBP\n"
    work = ImportsAtWork()
    bring_in(HEADER + rows, work)
    assert work.imports.invoices["C1/GBP/1"].due_on == date(2026, 10, 4)
    assert work.imports.invoices["C1/GBP/1"].issued_on == date(2026, 9, 3)


def test_an_ambiguous_date_column_is_asked_never_guessed() -> None:
    text = HEADER + "C1,A,1,3/9/2026,4/10/2026,10,10,GBP\n"
    report = bring_in(text)
    assert (report.applied, [q.about for q in report.questions]) == (False, ["date_order"])
    assert only_invoice(text, date_order="mdy").due_on == date(2026, 4, 10)
    assert only_invoice(text, date_order="dmy").due_on == date(2026, 10, 4)


def test_a_column_that_mixes_both_orders_is_asked() -> None:
    rows = "C1,A,1,,25/10/2026,10,10,GBP\nC1,A,2,,10/25/2026,10,10,GBP\n"
    assert "rows 2 and 3" in bring_in(HEADER + rows).questions[0].text
    faults = bring_in(HEADER + rows, date_order="dmy").faults
    assert [fault.row for fault in faults] == [3]


def test_an_ambiguous_amount_column_is_asked_never_guessed() -> None:
    text = HEADER + 'C1,A,1,2026-09-01,2026-10-01,"1,234","1,234",GBP\n'
    assert [q.about for q in bring_in(text).questions] == ["decimal_mark"]
    assert only_invoice(text, decimal_mark=".").total == Decimal("1234.00")


def test_a_file_without_currency_asks_for_it() -> None:
    text = "Customer,Invoice,Due,Amount\nC1,1,2026-10-01,10\n"
    assert [q.about for q in bring_in(text).questions] == ["default_currency"]
    assert only_invoice(text, default_currency="usd").client_key == "C1/USD"


def test_a_client_in_two_currencies_becomes_an_account_for_each() -> None:
    work = ImportsAtWork()
    bring_in(HEADER + GOOD + GOOD.replace("1001", "1003").replace("GBP", "EUR"), work)
    assert {c.name for c in work.imports.clients.values()} == {"Alder Ltd (GBP)", "Alder Ltd (EUR)"}


def test_a_repeated_row_counts_once() -> None:
    report = bring_in(HEADER + GOOD + GOOD)
    assert report.open_totals == {"GBP": "100.00"}
    assert "twice" in report.notices[0].text


def test_an_invoice_twice_with_other_figures_is_a_fault_and_left_out_whole() -> None:
    work = ImportsAtWork()
    twice = HEADER + GOOD + GOOD.replace("100.00", "90.00") + OTHER
    assert bring_in(twice).fault_count == 1
    report = bring_in(twice, work, skip_faulty=True)
    assert (list(work.imports.invoices), report.usable_rows) == (["C2/GBP/1002"], 1)


def test_lines_of_one_invoice_add_up() -> None:
    text = (
        "*ContactName,*InvoiceNumber,*InvoiceDate,*DueDate,Total,*Description,*Quantity,*UnitAmount,"
        "Reference,TaxAmount,Currency\n"
        "Alder,7,29/3/2026,28/4/2026,,Planks,3,10.50,PO-1,6.30,GBP\n"
        "Alder,7,29/3/2026,28/4/2026,,Nails,2,4.00,PO-1,1.60,GBP\n"
    )
    invoice = only_invoice(text)
    assert (invoice.total, invoice.balance, len(invoice.lines)) == (
        Decimal("47.40"),
        Decimal("47.40"),
        2,
    )
    assert invoice.po_number == "PO-1"


def test_highradius_export_keeps_its_quirks_apart() -> None:
    text = (
        ",business_code,cust_number,name_customer,clear_date,buisness_year,doc_id,posting_date,"
        "due_in_date,baseline_create_date,cust_payment_terms,converted_usd\n"
        "3,U001,0140,ALDER llc,,2020.0,2960.0,2020-04-12,2020-04-10,2020-03-31,NA10,2309.7899999999995\n"
        "7,U001,0140,ALDER co,,2020.0,2961.0,2020-03-30,2020-04-10,2020-03-31,NA10,10.0\n"
        "9,U001,0140,ALDER llc,,2020.0,2962.0,2020-03-30,2020-04-10,2020-03-31,NA10,0.4\n"
    )
    work = ImportsAtWork()
    report = bring_in(text, work)
    assert (report.layout, report.source, report.open_totals) == (
        "highradius",
        "highradius",
        {"USD": "2320.19"},
    )
    assert work.imports.invoices["0140/USD/2960"].balance == Decimal("2309.79")
    assert work.imports.clients["0140/USD"].name == "ALDER llc"
    assert work.imports.clients["0140/USD"].credit_days == 10


def test_settled_invoices_come_in_as_settled_with_their_dispute() -> None:
    text = (
        "countryCode,customerID,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate\n"
        "391,03-N,0061,1/2/2013,2/1/2013,55.94,Yes,1/15/2013\n"
    )
    invoice = only_invoice(text, default_currency="USD")
    assert (invoice.number, invoice.due_on, invoice.settled_on) == (
        "0061",
        date(2013, 2, 1),
        date(2013, 1, 15),
    )
    assert (invoice.balance, invoice.disputed) == (Decimal("0.00"), True)


def test_formulas_are_kept_as_text_and_leave_with_a_quote_mark() -> None:
    work = ImportsAtWork()
    report = bring_in(HEADER + GOOD.replace("Alder Ltd", '"=HYPERLINK(""http://x"")"'), work)
    name = work.imports.clients["C1/GBP"].name
    assert (name, export_cell(name)) == ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")')
    assert clean_text(export_cell(name)) == name
    assert "formula" in report.notices[0].text


def test_numbers_that_lost_digits_to_a_spreadsheet_are_faults() -> None:
    report = bring_in(HEADER + GOOD.replace("1001", "2.96E+09"))
    assert "scientific" in report.faults[0].message


def test_a_row_with_stray_cells_is_a_fault() -> None:
    report = bring_in(HEADER + GOOD.replace("Alder Ltd", "Alder, Sons, Ltd"))
    assert report.faults[0].message == "has 10 cells, the header has 8"


def test_amounts_that_contradict_the_currency_are_faults() -> None:
    report = bring_in(HEADER + GOOD.replace("120.00", "€120.00"))
    assert "marked EUR" in report.faults[0].message


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    rows = "".join(GOOD.replace("1001", str(n)) for n in range(600))
    import_accounts(
        io.BytesIO((HEADER + rows).encode()),
        ImportRequest(),
        ImportsAtWork,
        FixedClock(),
        lambda done, total: told.append((done, total)),
    )
    assert told == [(250, 600), (500, 600), (600, 600)]


def test_facts_that_the_file_does_not_state_are_not_confirmed() -> None:
    work = ImportsAtWork()
    text = HEADER.strip() + ",Legal Form,Country\n" + GOOD.strip() + ",Sole trader,United Kingdom\n"
    bring_in(text, work)
    client = work.imports.clients["C1/GBP"]
    assert (client.legal_form, client.country) == ("sole_trader", "GB")
    assert client.confirmed == ("country", "legal_form")
