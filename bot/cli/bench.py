"""`parley bench`: what the product promises in figures, measured."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer(help="Measure what the product promises in figures.", no_args_is_help=True)

#: Budgets of a turn in to advice out over HTTP, in milliseconds, and of growth as a ratio.
BUDGETS = {
    "one_call_p95": 50.0,
    "hundred_calls_p95": 150.0,
    "growth_400_to_5": 1.2,
    "memory_mib": 2500.0,
    "ready_s": 30.0,
}


@app.callback()
def group() -> None:
    """Measurements; each prints a table and, with --json, a document."""


@app.command("live")
def live(
    stock: Annotated[bool, typer.Option(help="Measure a stock Rasa assistant beside ours.")] = True,
    stock_epochs: Annotated[
        int,
        typer.Option(help="DIET epochs of the stock assistant; latency does not depend on them."),
    ] = 2,
    seconds: Annotated[int, typer.Option(help="How long a hundred calls go on at once.")] = 40,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a program.")] = False,
) -> None:
    """Turn in to advice out over HTTP: one call, a hundred at once, turn 400 against turn 5, beside stock Rasa."""
    from bot.cli.bench_live import measure_live
    from bot.cli.bench_stock import measure_stock
    from bot.cli.installation import installed

    with (
        tempfile.TemporaryDirectory(prefix="parley-bench-") as folder,
        installed(Path(folder)) as ours,
    ):
        figures = measure_live(ours, seconds)
    if stock:
        with tempfile.TemporaryDirectory(prefix="parley-stock-") as folder:
            figures["stock"] = measure_stock(Path(folder), stock_epochs)
    figures["within_budget"] = {name: figures[name] <= limit for name, limit in BUDGETS.items()}
    if as_json:
        typer.echo(json.dumps(figures, indent=2))
    else:
        _print(figures)
    if not all(figures["within_budget"].values()):
        raise typer.Exit(1)


@app.command("hearing")
def hearing(
    public: Annotated[
        Path | None, typer.Option(help="Folder of other people's turns (JSON lines).")
    ] = Path("../shared/eval/public"),
    benchmarks: Annotated[
        Path | None, typer.Option(help="Folder with banking77, clinc150 and nlupp_banking.")
    ] = Path("../shared/bench"),
    only: Annotated[
        list[str] | None,
        typer.Option(help="turns, banking77, clinc150 or nlupp_banking; may be given again."),
    ] = None,
    diet_epochs: Annotated[
        int,
        typer.Option(help="Epochs of stock Rasa beside ours on the benchmarks; 0 leaves it out."),
    ] = 100,
    out: Annotated[Path, typer.Option(help="Where the report goes.")] = Path("var/reports/hearing"),
) -> None:
    """Labels, heat and public benchmarks: what is heard, beside stock Rasa; a text, a JSON and an HTML report."""
    from bot.cli.bench_hearing import READERS, measure_hearing
    from bot.core.errors import UnavailableError

    known = ("turns", *READERS)
    chosen = only or list(known)
    unknown = [name for name in chosen if name not in known]
    if unknown:
        raise UnavailableError(f"--only {unknown[0]}: choose from {', '.join(known)}.")
    text = measure_hearing(
        public if public and public.is_dir() else None,
        benchmarks if benchmarks and benchmarks.is_dir() else None,
        chosen,
        diet_epochs,
        out,
    )
    typer.echo(text)
    typer.echo(f"Written to {out}/report.html, report.txt and report.json.", err=True)


def _print(figures: dict) -> None:
    table = Table("what", "p50", "p95", "p99", "turns", title="Turn in to advice out over HTTP, ms")
    rows = [
        ("one call at a time", figures["one_call"]),
        ("100 calls at once", figures["hundred_calls"]),
    ]
    rows += [
        ("turns 3-12 of a call", figures["early_turns"]),
        ("turns 391-400 of a call", figures["late_turns"]),
    ]
    if "stock" in figures:
        rows += [("stock Rasa, one conversation", figures["stock"]["one_call"])]
        rows += [
            ("stock, turns 3-12", figures["stock"]["early_turns"]),
            ("stock, late turns", figures["stock"]["late_turns"]),
        ]
    for name, part in rows:
        table.add_row(
            name, *(f"{part[key]:.1f}" for key in ("p50", "p95", "p99")), str(part["turns"])
        )
    console = Console()
    console.print(table)
    console.print(
        f"growth, turn 400 against turn 5: {figures['growth_400_to_5']:.2f}; ready after {figures['ready_s']:.1f} s; "
        f"memory {figures['memory_mib']:.0f} MiB; failed turns {figures['failed']}"
    )
    for name, is_within in figures["within_budget"].items():
        console.print(
            f"{'within' if is_within else 'OVER'} budget: {name} {figures[name]:.1f} (at most {BUDGETS[name]:g})"
        )
