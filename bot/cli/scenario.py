"""`parley scenario`: list what can be rehearsed, check a file, let a scripted collector play; the rest is in `scenario_files`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.cli import scenario_files
from bot.core.errors import InvalidInputError, UnavailableError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.core.rehearsal.record import Rehearsal

app = typer.Typer(
    help="Make scenarios, check and play them, put them in service and take them back.",
    no_args_is_help=True,
)

app.command("new")(scenario_files.new)
app.command("publish")(scenario_files.publish)
app.command("export")(scenario_files.export)
app.command("import")(scenario_files.import_)
app.command("roll-back")(scenario_files.roll_back)
app.command("versions")(scenario_files.versions)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program.")]


@app.command("list")
def list_scenarios(as_json: AsJson = False) -> None:
    """List every scenario that can be rehearsed."""
    from bot.content.rehearsal_files import load_repertoire
    from bot.services.rehearsal_documents import scenario_document

    repertoire = load_repertoire(Settings.from_environment().content_folder)
    scenarios = sorted(repertoire.scenarios.values(), key=lambda scenario: scenario.id)
    if as_json:
        documents = [scenario_document(s, repertoire.persona_of(s)) for s in scenarios]
        typer.echo(json.dumps(documents, indent=2, ensure_ascii=False))
        return
    table = Table("id", "title", "objection", "levels", "client")
    for scenario in scenarios:
        levels = ", ".join(str(level) for level in scenario.levels)
        client = repertoire.persona_of(scenario).name
        table.add_row(scenario.id, scenario.title, scenario.objection.value, levels, client)
    Console().print(table)


@app.command("check")
def check(
    file: Annotated[
        Path | None, typer.Argument(help="One scenario file; everything when left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check scenarios, personas and players; every fault with file, line and remedy; exit code 1 when there is one."""
    from dataclasses import asdict

    from bot.content.rehearsal_files import rehearsal_faults, scenario_file_faults

    data = Settings.from_environment().content_folder
    if file is not None and not file.is_file():
        raise UnavailableError(f"There is no file {file}.")
    faults = scenario_file_faults(file, data)[1] if file else rehearsal_faults(data)
    if as_json:
        document = {"faults": [asdict(fault) for fault in faults]}
        typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        console = Console(soft_wrap=True, highlight=False)
        for fault in faults:
            console.print(str(fault), markup=False)
        console.print(f"{len(faults)} faults")
    if faults:
        raise typer.Exit(1)


@app.command("play")
def play_scenario(
    scenario: Annotated[str, typer.Argument(help="Id of a scenario, or a file with one.")],
    player: Annotated[
        str, typer.Option(help="Who plays the collector: good, middling or poor.")
    ] = "good",
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same call.")] = 0,
    level: Annotated[
        int | None, typer.Option(min=1, max=3, help="Level; the easiest when left out.")
    ] = None,
    runs: Annotated[
        int, typer.Option(min=1, max=1000, help="Play this many seeds, from --seed on.")
    ] = 1,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day of the call; today when left out."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Let a scripted collector play a scenario, heard by the trained model; turns, curves, score and outcome."""
    from bot.cli.ears import RememberedEars
    from bot.content.loader import load_desk_content
    from bot.content.rehearsal_files import load_one
    from bot.core.rehearsal.player import Cast, play

    settings = Settings.from_environment()
    is_file = scenario.endswith((".yml", ".yaml"))
    case, persona, script = load_one(
        settings.content_folder, Path(scenario) if is_file else scenario, player
    )
    if level is not None and level not in case.levels:
        known = ", ".join(str(one) for one in case.levels)
        raise InvalidInputError(f"“{case.title}” has the levels {known}.", field="level")
    today = on.date() if on else datetime.now(UTC).astimezone().date()
    desk = load_desk_content(settings.content_folder).desk(case.account.country, today)
    cast, ears = Cast(script, case, persona, desk), RememberedEars(settings, today)
    documents = [
        _document(play(cast, level or case.levels[0], one, today, ears.hear), case, player)
        for one in range(seed, seed + runs)
    ]
    ears.keep()
    if as_json:
        whole: Any = documents[0] if runs == 1 else documents
        typer.echo(json.dumps(whole, indent=2, ensure_ascii=False))
        return
    for document in documents:
        _print(document)


def _document(call: Rehearsal, scenario: Any, player: str) -> dict[str, Any]:
    from bot.services.rehearsal_verdict import scorecard_of

    card = scorecard_of(call, scenario)
    return {
        "scenario": call.scenario_id,
        "version": call.scenario_version,
        "persona": call.persona_id,
        "player": player,
        "seed": call.seed,
        "level": call.level,
        "today": call.today.isoformat(),
        "score": card.total,
        "passed": card.passed,
        "outcome": card.outcome,
        "ended": call.state.ended.value if call.state.ended else None,
        "skills": {skill.name: skill.points for skill in card.skills},
        "blockers": [blocker.as_json() for blocker in card.blockers],
        "facts": list(call.state.revealed),
        "heat": [turn.heat for turn in call.turns],
        "temper": [turn.state.temper for turn in call.turns],
        "trust": [turn.state.trust for turn in call.turns],
        "turns": [
            {
                "index": turn.index,
                "speaker": turn.speaker.value,
                "text": turn.text,
                "moves": list(turn.names) if turn.reading else [],
                "labels": list(turn.labels),
                "line_ids": list(turn.line_ids),
                "heat": turn.heat,
                "temper": turn.state.temper,
                "trust": turn.state.trust,
                "patience": turn.state.patience,
                "causes": [cause.rule for cause in turn.causes],
            }
            for turn in call.turns
        ],
    }


def _print(document: dict[str, Any]) -> None:
    console = Console(soft_wrap=True, highlight=False)
    for turn in document["turns"]:
        who = "client   " if turn["speaker"] == "client" else "collector"
        moves = f"  ({', '.join(turn['moves'])})" if turn["moves"] else ""
        console.print(f"{turn['heat']} {who} {turn['text']}{moves}", markup=False)
    console.print(
        f"{document['player']} on {document['scenario']}, level {document['level']}, seed {document['seed']}: "
        f"{document['score']} points, {document['outcome']}; heat {document['heat'][0]} to {document['heat'][-1]}"
    )
