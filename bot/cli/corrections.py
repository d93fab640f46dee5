"""`parley content corrections`, `accept` and `dismiss`: what was misheard becomes a training line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.cli.ledger import services_on_the_ledger
from bot.core.coaching.advice import Role
from bot.core.errors import ForbiddenError

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.services.ports import Viewer

_ID = typer.Argument(help="Id of the correction, from `parley content corrections`.")
_BY = typer.Option("--by", help="Sign-in name of the trainer who decides.")


def list_corrections(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a program.")] = False,
) -> None:
    """List what collectors say was misheard, the newest first, with the line it could become."""
    from bot.services.corrections import SHOWN, proposal_document
    from bot.services.ports import Viewer

    viewer = Viewer("command-line", "command line", Role.ADMIN)
    found = services_on_the_ledger().corrections.open(viewer)
    if as_json:
        documents = [proposal_document(proposal) for proposal in found]
        typer.echo(json.dumps(documents, indent=2, ensure_ascii=False))
        return
    console = Console(soft_wrap=True, highlight=False)
    if not found:
        console.print("No correction waits.")
        return
    table = Table("id", "heard", "should be", "people", "line, names taken out")
    for proposal in found:
        correction = proposal.correction
        table.add_row(
            correction.id,
            ", ".join(label.name for label in correction.heard) or "nothing",
            ", ".join(correction.labels) or "none of that",
            str(len(correction.said_by)),
            escape(proposal.text),
        )
    console.print(table)
    if len(found) == SHOWN:
        console.print(f"The newest {SHOWN} are shown.")


def accept(
    correction: Annotated[str, _ID],
    by: Annotated[str, _BY],
    text: Annotated[
        str | None, typer.Option(help="The words, instead of those proposed; no real names.")
    ] = None,
    labels: Annotated[
        str | None, typer.Option(help="Labels, comma-separated, instead of those proposed.")
    ] = None,
    heat: Annotated[
        int | None,
        typer.Option(min=0, max=3, help="Heat of a client's line, instead of that heard."),
    ] = None,
    style: Annotated[
        str | None,
        typer.Option(help="clean, asr, terse, rambling, regional or nonnative."),
    ] = None,
) -> None:
    """Add a correction to the training lines; what is not given is as proposed."""
    from bot.services.corrections import Edits

    services = services_on_the_ledger()
    chosen = None
    if labels is not None:
        chosen = tuple(name.strip() for name in labels.split(",") if name.strip())
    edits = Edits(text=text, labels=chosen, heat=heat, style=style)
    accepted = services.corrections.accept(correction, _reviewer(services, by), edits)
    typer.echo(f"Added to {accepted.file}: “{accepted.line.text}”")
    typer.echo("It is used after the next training: parley train")


def dismiss(
    correction: Annotated[str, _ID],
    by: Annotated[str, _BY],
    reason: Annotated[str, typer.Option(help="Why it becomes no training line.")],
) -> None:
    """Lay a correction aside with a reason."""
    services = services_on_the_ledger()
    services.corrections.dismiss(correction, _reviewer(services, by), reason)
    typer.echo("The correction is dismissed.")


def _reviewer(services: Services, name: str) -> Viewer:
    user = services.people.named(name)
    if not user.active:
        raise ForbiddenError(f"{name} is switched off.")
    return services.people.viewer(user)
