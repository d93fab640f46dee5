"""Takes a ledger in from a CSV file: all or nothing, with a report by row; importing it again changes nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from decimal import Decimal
from typing import BinaryIO, Protocol

from bot.core.errors import InvalidInputError
from bot.services.csv_mapping import ColumnMapping, propose_mapping
from bot.services.csv_reading import CsvTable, open_table
from bot.services.ledger_assembly import Assembly
from bot.services.ledger_columns import ColumnStyles, find_styles
from bot.services.ledger_parsing import RowParser
from bot.services.ledger_rows import (
    ImportedClient,
    ImportedInvoice,
    ImportReport,
    ImportRequest,
    Question,
)
from bot.services.ports import Clock, ImportRepository

Progress = Callable[[int, int], None]

_COUNTED = ("clients", "invoices")

#: How often progress is told.
_ROWS_A_STEP = 250


class ImportWork(AbstractContextManager["ImportWork"], Protocol):
    """The part of a unit of work that an import needs."""

    imports: ImportRepository

    def commit(self) -> None:
        """Make what was done last."""


def import_accounts(
    file: BinaryIO,
    request: ImportRequest,
    start_work: Callable[[], ImportWork],
    clock: Clock,
    progress: Progress | None = None,
) -> ImportReport:
    """Read a seekable file and store its clients and invoices, unless it leaves something to ask or mend.

    Raises InvalidInputError or TooLargeError when the file cannot be read at all.
    """
    _check(request)
    table = open_table(file)
    mapping = propose_mapping(table.header, request.mapping)
    report = _first_report(mapping, request)
    if mapping.questions:
        return replace(report, questions=mapping.questions)
    styles, questions = find_styles(table, mapping, request)
    if questions:
        return replace(report, rows=styles.row_count, questions=_once(questions))
    assembly = _assemble(table, mapping, styles, request, progress)
    clients, invoices, used = assembly.finish()
    report = replace(
        report,
        rows=styles.row_count,
        usable_rows=used,
        clients=len(clients),
        invoices=len(invoices),
        open_totals=_open_totals(clients, invoices),
        faults=tuple(sorted(assembly.faults, key=lambda fault: fault.row)),
        fault_count=assembly.fault_count,
        notices=assembly.notices(),
    )
    if report.fault_count and not request.skip_faulty:
        return report
    return _store(report, table, request, (clients, invoices), start_work, clock)


def _check(request: ImportRequest) -> None:
    choices = {
        "date_order": (request.date_order, ("", "dmy", "mdy")),
        "decimal_mark": (request.decimal_mark, ("", ".", ",")),
    }
    for name, (given, allowed) in choices.items():
        if given not in allowed:
            raise InvalidInputError(f"{name} is one of {', '.join(allowed[1:])}.", field=name)
    if request.default_currency and not re.fullmatch(r"[A-Za-z]{3}", request.default_currency):
        raise InvalidInputError(
            "A currency has three letters, such as GBP.", field="default_currency"
        )
    if request.default_country and not re.fullmatch(r"[A-Z]{2}", request.default_country):
        raise InvalidInputError("A country has two capitals, such as GB.", field="default_country")


def _first_report(mapping: ColumnMapping, request: ImportRequest) -> ImportReport:
    return ImportReport(
        source=request.source or mapping.layout,
        layout=mapping.layout,
        mapping=mapping.headers,
        unused_columns=mapping.unused,
        dry_run=request.dry_run,
    )


def _once(questions: Sequence[Question]) -> tuple[Question, ...]:
    """One question of each kind: the answer settles all columns."""
    return tuple({question.about: question for question in reversed(questions)}.values())[::-1]


def _assemble(
    table: CsvTable,
    mapping: ColumnMapping,
    styles: ColumnStyles,
    request: ImportRequest,
    progress: Progress | None,
) -> Assembly:
    by_lines = {"quantity", "unit_price"} <= mapping.columns.keys()
    assembly = Assembly(request, by_lines)
    parser = RowParser(mapping, styles, len(table.header))
    for done, (number, cells) in enumerate(table.rows(), start=1):
        assembly.add(parser.read(number, cells))
        if progress and (done % _ROWS_A_STEP == 0 or done == styles.row_count):
            progress(done, styles.row_count)
    return assembly


def _open_totals(
    clients: Sequence[ImportedClient], invoices: Sequence[ImportedInvoice]
) -> dict[str, str]:
    currencies = {client.key: client.currency for client in clients}
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for invoice in invoices:
        totals[currencies[invoice.client_key]] += invoice.balance
    return {currency: f"{total:f}" for currency, total in sorted(totals.items())}


def _store(
    report: ImportReport,
    table: CsvTable,
    request: ImportRequest,
    ledger: tuple[Sequence[ImportedClient], Sequence[ImportedInvoice]],
    start_work: Callable[[], ImportWork],
    clock: Clock,
) -> ImportReport:
    clients, invoices = ledger
    as_of = request.as_of or clock.now()
    with start_work() as work:
        seen = work.imports.was_imported(report.source, table.digest)
        # The same file again says nothing new, so it must not make old figures look fresh.
        counts = work.imports.replace_open_items(
            report.source, clients, invoices, as_of=as_of, restamp=not seen
        )
        changed = any(counts[f"{what}_{how}"] for what in _COUNTED for how in ("new", "changed"))
        if changed or not seen:
            work.imports.record(
                report.source, table.digest, request.file_name, request.by, as_of, counts
            )
        if not request.dry_run:
            work.commit()
    return replace(report, counts=counts, applied=not request.dry_run, imported_before=seen)
