"""`parley accounts`: bring real ledgers in, look at an account."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from bot.cli.ledger import services_on_the_ledger
from bot.core.errors import InvalidInputError, NotFoundError
from bot.services.ledger_rows import ImportReport, ImportRequest

app = typer.Typer(help="Bring ledgers in from CSV, look at an account.", no_args_is_help=True)

#: Faults shown on screen; `--json` has them all.
FAULTS_SHOWN = 20


@app.command("import")
def import_file(
    file: Annotated[
        Path, typer.Argument(help="CSV file of open items or invoices, columns in any order.")
    ],
    column: Annotated[
        list[str] | None,
        typer.Option(
            help="FIELD=HEADER overrules the proposed mapping; FIELD= leaves a field out."
        ),
    ] = None,
    source: Annotated[
        str,
        typer.Option(
            help="Name of the system the file comes from; the same name imports the same ledger again."
        ),
    ] = "",
    date_order: Annotated[str, typer.Option(help="dmy or mdy, when the file does not tell.")] = "",
    decimal_mark: Annotated[
        str, typer.Option(help="`.` or `,`, when the file does not tell.")
    ] = "",
    currency: Annotated[str, typer.Option(help="Currency when no column has it.")] = "",
    country: Annotated[str, typer.Option(help="Country (ISO) when no column has it.")] = "",
    legal_form: Annotated[str, typer.Option(help="Legal form when no column has it.")] = "",
    owner: Annotated[
        str, typer.Option(help="Sign-in name of the collector whose portfolio the clients join.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option(help="Report what would happen and change nothing.")
    ] = False,
    skip_faulty: Annotated[
        bool, typer.Option(help="Import the good rows although some cannot be used.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a program.")] = False,
) -> None:
    """Import clients and invoices: all or nothing, with a report by row; doing it twice changes nothing."""
    from bot.services.import_accounts import import_accounts

    if not file.is_file():
        raise NotFoundError(f"There is no file {file}.")
    services = services_on_the_ledger()
    request = ImportRequest(
        source=source,
        file_name=file.name,
        mapping=_mapping(column or []),
        date_order=date_order,
        decimal_mark=decimal_mark,
        default_currency=currency,
        default_country=country,
        default_legal_form=legal_form,
        owner_id=services.people.named(owner).id if owner else None,
        dry_run=dry_run,
        skip_faulty=skip_faulty,
    )
    bar = Progress(
        TextColumn("Reading rows"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar, file.open("rb") as handle:
        task = bar.add_task("rows", total=None)
        report = import_accounts(
            handle,
            request,
            services.unit_of_work,
            services.clock,
            lambda done, total: bar.update(task, completed=done, total=total),
        )
    if as_json:
        typer.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False, default=str))
    else:
        _print(report)
    if report.questions or (report.fault_count and not skip_faulty):
        raise typer.Exit(1)


@app.command("show")
def show(
    account: Annotated[str, typer.Argument(help="Account id, or words of its name.")],
    user: Annotated[
        str, typer.Option(help="Look with this user's eyes; an admin sees all.")
    ] = "ada",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a program.")] = False,
) -> None:
    """Show an account: who, what is due, invoices, promises, disputes, and how fresh it is."""
    services = services_on_the_ledger()
    viewer = services.people.viewer(services.people.named(user))
    try:
        facts = services.accounts.get(account, viewer)
    except NotFoundError:
        rows = services.accounts.search(account, viewer, 5)
        if len(rows) != 1:
            names = ", ".join(f"{row['name']} ({row['id']})" for row in rows) or "none"
            raise NotFoundError(
                f"“{account}” does not name one account. Near it: {names}."
            ) from None
        facts = services.accounts.get(rows[0]["id"], viewer)
    if as_json:
        typer.echo(json.dumps(facts, indent=2, ensure_ascii=False))
        return
    console = Console(soft_wrap=True, highlight=False)
    console.print(
        f"[bold]{escape(facts['name'])}[/bold]  {facts['id']}  {facts['legal_form']}, {facts['country']}, {escape(facts['industry'])}, risk {facts['risk_class']}"
    )
    console.print(
        f"overdue {facts['overdue']} {facts['currency']} on {facts['overdue_invoices']} invoices, oldest {facts['oldest_days']} days; "
        f"charges {facts['charged']}; disputed {facts['disputed']}; as of {facts['as_of'][:16]}"
    )
    table = Table("invoice", "due", "total", "open", "disputed", "days late")
    for invoice in facts["invoices"]:
        table.add_row(
            escape(invoice["number"]),
            invoice["due_on"],
            invoice["total"],
            invoice["balance"],
            invoice["disputed"],
            str(invoice["days_overdue"]),
        )
    console.print(table)


def _mapping(columns: list[str]) -> dict[str, str]:
    pairs = {}
    for text in columns:
        field, mark, header = text.partition("=")
        if not mark:
            raise InvalidInputError(f"“{text}” is not FIELD=HEADER.", field="column")
        pairs[field.strip()] = header.strip()
    return pairs


def _print(report: ImportReport) -> None:
    console = Console(soft_wrap=True, highlight=False)
    table = Table("field", "column", title=f"Layout: {report.layout or 'by column names'}")
    for field, header in report.mapping.items():
        table.add_row(field, escape(header or "(first column)"))
    console.print(table)
    for question in report.questions:
        choices = f" ({', '.join(question.choices)})" if question.choices else ""
        console.print(f"[bold]Question[/bold] {question.about}: {escape(question.text + choices)}")
    for fault in report.faults[:FAULTS_SHOWN]:
        console.print(str(fault), markup=False)
    if report.fault_count > FAULTS_SHOWN:
        console.print(
            f"… {report.fault_count - FAULTS_SHOWN} more rows that cannot be used; --json lists them."
        )
    for notice in report.notices:
        console.print(f"Note: {notice.text} ({notice.count} rows)", markup=False)
    totals = ", ".join(f"{amount} {currency}" for currency, amount in report.open_totals.items())
    console.print(
        f"{report.rows} rows, {report.usable_rows} usable; {report.clients} clients, {report.invoices} invoices; open {totals or 'nothing'}"
    )
    if report.applied:
        counts = ", ".join(f"{name} {count}" for name, count in report.counts.items())
        console.print(f"[bold]Imported[/bold]: {counts}.")
    elif report.dry_run:
        console.print("Dry run: nothing was changed.")
    else:
        console.print("[bold]Nothing was imported.[/bold]")
