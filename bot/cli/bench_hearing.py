"""`parley bench hearing`: labels, heat and benchmarks measured, told as text, JSON and one HTML page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.core.errors import UnavailableError
from bot.core.labels import labels_of
from bot.nlu.evaluation import benchmarks
from bot.nlu.evaluation.benchmarks import Listener, OwnListener, Task
from bot.nlu.evaluation.report import as_html, as_text, set_figures
from bot.nlu.evaluation.scores import summary
from bot.nlu.evaluation.second_reader import second_reader_figures
from bot.nlu.evaluation.stock_diet import StockDiet
from bot.nlu.evaluation.turn_sets import (
    HELD_OUT,
    VALIDATION,
    hear,
    heard_by_diet,
    own_sets,
    public_sets,
)
from bot.settings import Settings

#: Readers of the public benchmarks by the name of their folder.
READERS = {
    "banking77": benchmarks.banking77,
    "clinc150": benchmarks.clinc150,
    "nlupp_banking": benchmarks.nlu_plus_plus,
}


def measure_hearing(
    public: Path | None, bench: Path | None, chosen: Sequence[str], diet_epochs: int, out: Path
) -> str:
    """Measure and write report.json, report.txt and report.html into a folder; return the text.

    `public` holds other people's turns, `bench` the benchmarks' folders; either may be left out.
    """
    console = Console(stderr=True)
    document: dict[str, Any] = {
        "date": datetime.now(UTC).date().isoformat(),
        "model": "no model",
        "sets": [],
        "readers": [],
        "benchmarks": [],
    }
    if "turns" in chosen:
        document["model"], document["sets"] = _turn_figures(public, diet_epochs, console)
        document["readers"] = second_reader_figures()
        _write(document, out)
    if bench is not None:
        for name in READERS:
            if name in chosen:
                document["benchmarks"] += _task_figures(bench, name, diet_epochs, console)
                _write(document, out)
    _write(document, out)
    return as_text(document)


def _turn_figures(
    public: Path | None, diet_epochs: int, console: Console
) -> tuple[str, list[dict[str, Any]]]:
    from bot.nlu.recogniser import RasaRecogniser
    from bot.nlu.server import newest_model

    model = newest_model(Settings.from_environment().models_folder)
    if model is None:
        raise UnavailableError("No model has been trained yet. Run `parley train` first.")
    recogniser = RasaRecogniser(model)
    ours = own_sets(VALIDATION, "validation") + own_sets(HELD_OUT, "held out")
    others = public_sets(public) if public is not None else []
    figures = []
    for turns in (*ours, *others):
        console.print(f"hearing {turns.name}", highlight=False)
        heard = hear(recogniser, turns, datetime.now(UTC).date())
        figures.append({**set_figures(heard), "is_ours": turns in ours})
    if diet_epochs:
        console.print(f"training stock Rasa DIET on our lines, {diet_epochs} epochs")
        heard_by_stock = heard_by_diet([*ours, *others], diet_epochs)
        for part, turns in zip(figures, heard_by_stock, strict=True):
            part["stock"] = summary(turns.turns, labels_of(turns.speaker))
    return model.name.removesuffix(".tar.gz"), figures


def _task_figures(
    bench: Path, name: str, diet_epochs: int, console: Console
) -> list[dict[str, Any]]:
    told = []
    tasks = READERS[name](bench / name)
    for title, group in groupby(tasks, key=lambda task: task.name):
        same: list[Task] = list(group)
        listeners = {}
        for who, listener in _listeners(name, title, diet_epochs).items():
            console.print(f"{title}: {who}", highlight=False)
            listeners[who] = benchmarks.measure(same, listener)
        told.append(
            {
                "name": title,
                "note": same[0].note,
                "published": same[0].published,
                "listeners": listeners,
            }
        )
    return told


def _listeners(name: str, title: str, diet_epochs: int) -> dict[str, Listener]:
    from bot.nlu.encoder import SentenceEncoder, published_file

    listeners: dict[str, Listener] = {
        "ours, published encoder": OwnListener(SentenceEncoder(published_file()))
    }
    tuned = tuned_encoder(title)
    if tuned.is_file():
        listeners["ours, encoder fine-tuned on it"] = OwnListener(SentenceEncoder(tuned))
    if diet_epochs:
        listeners[f"stock Rasa DIET, {diet_epochs} epochs"] = StockDiet(diet_epochs)
    return listeners


def tuned_encoder(title: str) -> Path:
    """Where an encoder fine-tuned on a benchmark's own training lines is looked for."""
    folder = Settings.from_environment().home_folder / "encoders"
    return folder / f"{title.replace(' ', '-').replace('+', 'p')}.onnx"


def _write(document: dict[str, Any], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "report.json").write_text(json.dumps(document, indent=1), encoding="utf-8")
    (out / "report.txt").write_text(as_text(document), encoding="utf-8")
    (out / "report.html").write_text(as_html(document), encoding="utf-8")
