"""`parley bench publish`: how long a publication takes, and what it does to the calls that go on meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import chdir, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.bench_publish_lines import NEW_LINES
from bot.cli.installation import Installation, copy_vectors, installed, token_of
from bot.core.errors import InvalidInputError, UnavailableError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.cli.live_load import Api

#: Seconds from publish to in service; turns lost and turns over one second meanwhile.
BUDGETS = {"publish_s": 30.0, "failed": 0, "delayed": 0}

#: A collector and a trainer of the demo.
COLLECTOR, TRAINER = "sam", "tess"

SLUG = "bench-publish"
COPIED = "stalling-payment-run"

#: What a training reads and an installation writes, so that a measurement has its own.
HOUSE = ("data", "tests/held_out", "tests/validation")
HOUSE_FILES = ("config.yml", "domain.yml", "credentials.yml", "endpoints.yml")

LOOK_SECONDS = 0.25
QUIET_SECONDS = 12.0
LONGEST_SECONDS = 600.0


def publish(
    calls: Annotated[int, typer.Option(min=0, max=500, help="Live calls that go on.")] = 20,
    url: Annotated[
        str | None,
        typer.Option(help="A running installation; one of its own is started when left out."),
    ] = None,
    token: Annotated[
        str | None, typer.Option(help="A collector's bearer token there; calls are made with it.")
    ] = None,
    trainer_token: Annotated[
        str | None, typer.Option(help="A trainer's bearer token there; publishes and rolls back.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a program.")] = False,
) -> None:
    """Publish a scenario with 20 new lines while live calls go on, and roll it back; seconds, turns lost, turns delayed."""
    if url is not None:
        if not token or not trainer_token:
            raise InvalidInputError("Give --token and --trainer-token with --url.", field="token")
        figures = measure_publish(url, token, trainer_token, calls)
    else:
        with (
            tempfile.TemporaryDirectory(prefix="parley-publish-") as folder,
            installed_apart(Path(folder)) as ours,
        ):
            tokens = ours.token, token_of(ours.environment, TRAINER)
            figures = measure_publish(ours.settings.web_url, *tokens, calls)
    during = figures["publish_s"], figures["during"]["failed"], figures["during"]["delayed"]
    figures["within_budget"] = {
        name: value <= limit for (name, limit), value in zip(BUDGETS.items(), during, strict=True)
    }
    if as_json:
        typer.echo(json.dumps(figures, indent=2, ensure_ascii=False))
    else:
        _print(figures)
    if not all(figures["within_budget"].values()) or figures["status"] != "in_service":
        raise typer.Exit(1)


def measure_publish(url: str, token: str, trainer_token: str, calls: int) -> dict[str, Any]:
    """Publish and roll back under load; all figures as one document."""
    from bot.cli.live_load import Api, LiveLoad

    trainer = Api(url, trainer_token)
    with LiveLoad(url, token, calls) as load:
        quiet_from = time.monotonic()
        time.sleep(QUIET_SECONDS)
        draft = new_draft(trainer)
        begun = time.monotonic()
        wish = {
            "drafts": [{"id": draft["id"], "revision": draft["revision"]}],
            "note": "Measurement: 20 new lines",
        }
        asked = trainer.send("/studio/publications", wish)
        done = _until(trainer, asked["id"], lambda now: now["status"] not in ("queued", "running"))
        ended = time.monotonic()
        figures = {
            "calls": calls,
            "lines": len(NEW_LINES),
            "status": done["status"],
            "words": done["words"],
            "publish_s": round(ended - begun, 1),
            "stages": (done["report"] or {}).get("seconds", {}),
            "last_check": [row["words"] for row in (done["report"] or {}).get("smoke", [])],
        }
        if done["status"] == "in_service":
            figures["roll_back_s"] = _roll_back(trainer, done["id"])
        else:
            _discard(trainer)
        figures["quiet"] = load.figures(quiet_from, begun)
        figures["during"] = load.figures(begun, time.monotonic())
    return figures


@contextmanager
def installed_apart(folder: Path) -> Iterator[Installation]:
    """An installation with words and models of its own, so that publishing there changes nothing here.

    Opened a second time it starts again from what is there.
    """
    house, models = folder / "house", folder / "models"
    if not house.exists():
        _lay_out(house)
        _copy_model(models)
        copy_vectors(folder / "home")
    settings = {"PARLEY_MODELS": str(models), "PARLEY_CONTENT": "data"}
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        with chdir(house), installed(folder / "home", COLLECTOR) as installation:
            yield installation
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _lay_out(house: Path) -> None:
    for part in HOUSE:
        shutil.copytree(part, house / part)
    for part in HOUSE_FILES:
        shutil.copy(part, house / part)
    (house / "bot").symlink_to(Path("bot").resolve())


def _copy_model(models: Path) -> None:
    from bot.nlu.server import newest_model

    present = newest_model(Settings.from_environment().models_folder)
    models.mkdir(parents=True)
    if present is not None:
        shutil.copy2(present, models)


def new_draft(trainer: Api) -> dict[str, Any]:
    """A copy of a scenario with 20 new lines for the ear; ends with what is wrong when it has faults."""
    _discard(trainer)
    wish = {"kind": "scenario", "slug": SLUG, "title": "Measured", "copy_of": COPIED}
    draft = trainer.send("/studio/drafts", wish)
    text = draft["text"].rstrip("\n") + "\nexamples:\n" + "".join(map(_row, NEW_LINES))
    change = {"revision": draft["revision"], "text": text}
    saved = trainer.send(f"/studio/drafts/{draft['id']}", change, "PUT")
    if saved["faults"]:
        said = "; ".join(f"{fault['line']}: {fault['message']}" for fault in saved["faults"])
        raise UnavailableError(f"The scenario of the measurement has faults: {said}")
    return dict(saved)


def _row(line: tuple[str, str, int]) -> str:
    text, label, heat = line
    words = json.dumps(text, ensure_ascii=False)
    return f"  - {{text: {words}, labels: [{label}], heat: {heat}, style: clean}}\n"


def _discard(trainer: Api) -> None:
    with suppress(UnavailableError):
        documents = trainer.get("/studio/documents?kind=scenario")
        rows = documents["documents"] if isinstance(documents, dict) else documents
        for row in rows:
            if row["slug"] == SLUG and row["draft_id"]:
                trainer.send(f"/studio/drafts/{row['draft_id']}", {}, "DELETE")


def _roll_back(trainer: Api, publication: str) -> float:
    begun = time.monotonic()
    trainer.send(f"/studio/publications/{publication}/roll-back", {})
    done = _until(
        trainer,
        publication,
        lambda now: now["status"] == "rolled_back" or now["rolled_back_by"] is None,
    )
    if done["status"] != "rolled_back":
        raise UnavailableError(done["words"])
    return round(time.monotonic() - begun, 1)


def _until(trainer: Api, publication: str, is_so: Any) -> dict[str, Any]:
    until = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < until:
        now = trainer.get(f"/studio/publications/{publication}")
        if is_so(now):
            return dict(now)
        time.sleep(LOOK_SECONDS)
    raise UnavailableError(f"The publication did not end within {LONGEST_SECONDS:.0f} seconds.")


def _print(figures: dict[str, Any]) -> None:
    table = Table("turns", "sent", "p50", "p95", "slowest", "failed", "over 1 s", title="Turns, ms")
    for name in ("quiet", "during"):
        part = figures[name]
        cells = (part["turns"], part["p50"], part["p95"], part["slowest"])
        table.add_row(name, *(str(cell) for cell in (*cells, part["failed"], part["delayed"])))
    console = Console(soft_wrap=True, highlight=False)
    console.print(table)
    stages = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in figures["stages"].items())
    console.print(
        f"{figures['status']} after {figures['publish_s']:.1f} s with {figures['calls']} calls ({stages}); "
        f"rolled back in {figures.get('roll_back_s', 0.0):.1f} s",
        markup=False,
    )
    if figures["status"] != "in_service":
        console.print(figures["words"], markup=False)
    for name, is_within in figures["within_budget"].items():
        console.print(
            f"{'within' if is_within else 'OVER'} budget: {name} at most {BUDGETS[name]:g}"
        )
