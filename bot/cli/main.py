"""The command tree."""

from __future__ import annotations

import sys

import typer
from rich.console import Console

from bot.cli import (
    accounts,
    bench,
    bench_publish,
    content,
    corrections,
    doctor,
    model,
    review,
    scenario,
    serve,
    users,
)
from bot.core.errors import ContentError, ParleyError

app = typer.Typer(
    name="parley",
    help="Parley, the coach beside the collector on difficult-client calls.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(accounts.app, name="accounts")
app.add_typer(content.app, name="content")
content.app.command("corrections")(corrections.list_corrections)
content.app.command("accept")(corrections.accept)
content.app.command("dismiss")(corrections.dismiss)
app.add_typer(scenario.app, name="scenario")
app.add_typer(users.app, name="users")
app.add_typer(bench.app, name="bench")
bench.app.command("publish")(bench_publish.publish)
app.command("analyse")(model.analyse)
app.command("review")(review.review)
app.command("train")(model.train)
app.command("serve")(serve.serve)
app.command("doctor")(doctor.doctor)


def run() -> None:
    """Run the command; what we raise on purpose becomes one plain line and exit code 1."""
    try:
        app()
    except ParleyError as error:
        console = Console(stderr=True, soft_wrap=True)
        console.print(f"{error.title}.", style="bold red", highlight=False)
        faults = error.faults if isinstance(error, ContentError) else (error.detail,)
        for fault in faults:
            console.print(str(fault), highlight=False, markup=False)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"{where}{error.strerror or error}.", file=sys.stderr)
        sys.exit(1)
