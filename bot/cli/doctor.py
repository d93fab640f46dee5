"""`parley doctor`: says what is wrong with an installation and what to do about it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Annotated

import typer
from rich.console import Console

from bot.core.errors import ParleyError
from bot.settings import Settings


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    is_fine: bool
    detail: str
    remedy: str = ""


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a program.")] = False,
) -> None:
    """Look at settings, database, content, model and servers; exit code 1 when something is wrong."""
    settings = Settings.from_environment()
    findings = [
        _look(check, settings)
        for check in (_home, _telemetry, _database, _content, _model, _assistant)
    ]
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        console = Console(soft_wrap=True, highlight=False)
        for finding in findings:
            mark = "[green]fine[/green] " if finding.is_fine else "[red]wrong[/red]"
            console.print(f"{mark} {finding.what}: {finding.detail}")
            if not finding.is_fine:
                console.print(f"      -> {finding.remedy}")
    if not all(finding.is_fine for finding in findings):
        sys.exit(1)


def _look(check: Callable[[Settings], Finding], settings: Settings) -> Finding:
    try:
        return check(settings)
    except ParleyError as error:
        return Finding(check.__name__.strip("_"), False, error.detail, "See the line above.")


def _home(settings: Settings) -> Finding:
    folder = settings.home_folder
    return Finding(
        "home", os.access(folder, os.W_OK), str(folder.resolve()), "Make PARLEY_HOME writable."
    )


def _telemetry(settings: Settings) -> Finding:
    value = os.environ.get("RASA_TELEMETRY_ENABLED", "unset").lower()
    return Finding(
        "telemetry",
        value != "true",
        "off in every process that Parley starts"
        if value != "true"
        else "switched on by the environment",
        "Unset RASA_TELEMETRY_ENABLED or set it to false.",
    )


def _database(settings: Settings) -> Finding:
    from bot.db.migrate import current, newest

    found = current(settings.ledger_url)
    is_fine = found == newest()
    detail = (
        "answers" if is_fine else f"answers, but its tables are {'old' if found else 'missing'}"
    )
    return Finding(
        "database", is_fine, detail, "Run `parley users list`: it brings the tables up to date."
    )


def _content(settings: Settings) -> Finding:
    from bot.content.loader import load_desk_content

    load_desk_content(settings.content_folder)
    return Finding("content", True, f"{settings.content_folder} has no faults")


def _model(settings: Settings) -> Finding:
    from bot.nlu.server import newest_model

    model = newest_model(settings.models_folder)
    return Finding(
        "model", model is not None, model.name if model else "none", "Run `parley train`."
    )


def _assistant(settings: Settings) -> Finding:
    from bot.bootstrap import build_services

    ready = build_services(settings).assistant.is_ready()
    return Finding(
        "assistant",
        ready,
        "answers" if ready else "does not answer",
        "Start it with `parley serve`.",
    )
