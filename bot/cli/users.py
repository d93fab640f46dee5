"""`parley users`: people, roles and bearer tokens."""

from __future__ import annotations

import getpass
import json
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.cli.ledger import services_on_the_ledger
from bot.core.coaching.advice import Role
from bot.core.errors import InvalidInputError

app = typer.Typer(help="People, roles and bearer tokens.", no_args_is_help=True)


@app.command("list")
def list_users(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a program.")] = False,
) -> None:
    """List the users and their roles."""
    users = services_on_the_ledger().people.all()
    rows = [
        {
            "name": user.name,
            "full_name": user.full_name,
            "role": user.role.value,
            "seniority": user.seniority,
            "active": user.active,
        }
        for user in users
    ]
    if as_json:
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    table = Table("name", "full name", "role", "seniority", "active")
    for row in rows:
        table.add_row(*(escape(str(value)) for value in row.values()))
    Console().print(table)


@app.command("add")
def add_user(
    name: Annotated[str, typer.Argument(help="Sign-in name.")],
    role: Annotated[Role, typer.Option(help="What the user may do.")] = Role.COLLECTOR,
    full_name: Annotated[str, typer.Option(help="The name that colleagues read.")] = "",
    seniority: Annotated[
        str, typer.Option(help="junior or senior; seniors see fewer prompts.")
    ] = "junior",
) -> None:
    """Add a user; the password is asked for, or read from standard input in a script."""
    if seniority not in ("junior", "senior"):
        raise InvalidInputError("Seniority is junior or senior.", field="seniority")
    if sys.stdin.isatty():
        password = getpass.getpass("Password (at least 8 characters): ")
    else:
        password = sys.stdin.readline().rstrip("\n")
    people = services_on_the_ledger().people
    people.add_user(name, full_name or name, role, seniority, password)
    typer.echo(f"Added {name} as {role.value}.")


@app.command("token")
def token(
    name: Annotated[str, typer.Argument(help="Sign-in name of the user it stands for.")],
    days: Annotated[int, typer.Option(help="Days until it ends.")] = 30,
    note: Annotated[str, typer.Option(help="What it is for.")] = "",
) -> None:
    """Print a bearer token; it is shown once, only its hash is kept."""
    people = services_on_the_ledger().people
    typer.echo(people.issue_token(name, days=days, note=note))
