"""`parley content`: the tools that authors and the integration server share."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.core.errors import NotFoundError, UnavailableError
from bot.core.labels import Speaker
from bot.settings import Settings

app = typer.Typer(
    help="Check words and rules, and try what the coach would do with a sentence.",
    no_args_is_help=True,
)


@app.command("check")
def check(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a program.")] = False,
) -> None:
    """Check every file under data/; every fault with file, line and remedy; exit code 1 when there is one."""
    from dataclasses import asdict

    from bot.content.loader import check_content

    report = check_content(Settings.from_environment().content_folder)
    if as_json:
        document = {
            "faults": [asdict(f) for f in report.faults],
            "warnings": [asdict(w) for w in report.warnings],
        }
        typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        console = Console(soft_wrap=True, highlight=False)
        for fault in report.faults:
            console.print(str(fault), markup=False)
        for warning in report.warnings:
            console.print(f"could be plainer: {warning}", markup=False)
        console.print(
            f"{len(report.faults)} faults, {len(report.warnings)} lines that could be plainer"
        )
    if report.faults:
        raise typer.Exit(1)


@app.command("try")
def try_text(
    text: Annotated[str, typer.Argument(help="What was said.")],
    speaker: Annotated[Speaker, typer.Option(help="Who said it.")] = Speaker.CLIENT,
    account: Annotated[
        str, typer.Option(help="Advise on this account too (id or words of its name).")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a program.")] = False,
) -> None:
    """Show what the coach hears in a sentence, why, and what it would advise."""
    from bot.nlu.recogniser import RasaRecogniser
    from bot.nlu.server import newest_model

    settings = Settings.from_environment()
    model = newest_model(settings.models_folder)
    if model is None:
        raise UnavailableError("No model has been trained yet. Run `parley train` first.")
    reading = RasaRecogniser(model).read(text, speaker, datetime.now(UTC).date())
    document: dict[str, Any] = {"reading": reading.as_json()}
    if account:
        document["advice"] = _advice(settings, account, reading)
    if as_json:
        typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
        return
    _print(document)


@app.command("sample")
def sample(
    label: Annotated[str, typer.Argument(help="A label of the playbook.")],
    heat: Annotated[int, typer.Option(min=0, max=3, help="At which heat.")] = 1,
) -> None:
    """Print every line that the playbook has for a label at a heat, as it stands in the file."""
    from bot.content.loader import load_desk_content

    play = load_desk_content(Settings.from_environment().content_folder).playbook.play(label)
    if play is None:
        raise NotFoundError(f"The playbook has no play “{label}”.")
    for line in play.say:
        if heat in line.heat:
            typer.echo(f"{line.stance.value if line.stance else '':<12}{line.text}")
    for line in play.ask:
        typer.echo(f"{'ask':<12}{line.text}")
    for line in play.avoid:
        if heat in line.heat:
            typer.echo(f"{'avoid':<12}{line.text}")


def _advice(settings: Settings, account: str, reading: Any) -> dict[str, Any]:
    from bot.bootstrap import build_services
    from bot.core.coaching.advice import Role
    from bot.services.coach_answers import Answer, Asked
    from bot.services.ports import Viewer

    services = build_services(settings)
    viewer = Viewer("command-line", "command line", Role.ADMIN)
    found = services.answers.account_named(Asked(account, viewer))
    if isinstance(found, Answer):
        raise NotFoundError(found.text)
    return services.answers.advice_on(found, reading, viewer).as_json()


def _print(document: dict[str, Any]) -> None:
    console = Console(soft_wrap=True, highlight=False)
    reading = document["reading"]
    table = Table("label", "confidence", "the words that earned it")
    for label in reading["labels"]:
        table.add_row(label["name"], f"{label['confidence']:.2f}", label["evidence"])
    console.print(table if reading["labels"] else "Not sure: no label is likely enough to act on.")
    cues = ", ".join(reading["heat_cues"])
    console.print(
        f"heat {reading['heat']}{f' ({cues})' if cues else ''}; flags: {', '.join(reading['flags']) or 'none'}"
    )
    for entity in reading["entities"]:
        console.print(f"{entity['type']}: {entity['value']} from “{entity['text']}”", markup=False)
    advice = document.get("advice")
    if advice:
        console.print()
        for line in advice["say"]:
            console.print(f"say   “{line}”", markup=False)
        if advice["ask"]:
            console.print(f"ask   “{advice['ask']}”", markup=False)
        for option in advice["options"]:
            console.print(
                f"{option['status']:<15} {option['title']}: {option['why']}", markup=False
            )
        console.print(
            f"escalation {advice['escalation']['state']}: {advice['escalation']['next_step'] or '-'}"
        )
        for reason in advice["because"]:
            console.print(f"because {reason}", markup=False)
