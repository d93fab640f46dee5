"""Trains candidates for the studio: in a process of their own, beside the model in service, which stays as it is.

`python -m bot.nlu.candidates JOB` is that process; it tells how far it is line by line, as JSON.
"""

from __future__ import annotations

import ctypes
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from bot.core.errors import ContentError, Fault, UnavailableError
from bot.core.labels import Speaker
from bot.nlu.archives import (
    CANDIDATES,
    ENDING,
    archive_of,
    clear_candidates,
    name_of,
    newest_model,
    put_in_service,
)
from bot.services.studio_ports import Candidate, Judgement, Stage
from bot.settings import Settings

#: Where files of lines lie under data/; no other file teaches the model anything.
LINES = "nlu/"

#: Training gives way to calls.
NICENESS = 3

#: Threads of the linear algebra wait for each other in a busy loop; beside calls that took five times as long as one.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

#: The percentages of a publication that training and comparing take up.
TRAINED_FROM, COMPARED_FROM, COMPARED = 10, 55, 75

Told = Callable[[Stage, int, str], None]

_PR_SET_PDEATHSIG = 1


class ModelWorkshop:
    """Makes models and says which is in service (see port `ModelMaker`)."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._models = settings.models_folder

    def in_service(self) -> str | None:
        """The name of the model in service (see port)."""
        model = newest_model(self._models)
        return name_of(model) if model else None

    def make(self, files: Mapping[str, str | None], told: Told) -> Candidate:
        """Train with some files under data/ replaced (see port); nothing is written but among the candidates."""
        started = time.monotonic()
        if not (self._settings.content_folder / "nlu").is_dir():
            raise UnavailableError(
                f"{self._settings.content_folder} has no folder `nlu`: copy the training lines there first."
            )
        staged = {
            name.removeprefix(LINES): text for name, text in files.items() if name.startswith(LINES)
        }
        folder = self._models / CANDIDATES
        folder.mkdir(parents=True, exist_ok=True)
        job = folder / f"job-{secrets.token_hex(8)}.json"
        job.write_text(json.dumps({"staged": staged}), encoding="utf-8")
        try:
            made = self._run(job, told)
        finally:
            job.unlink(missing_ok=True)
        judgements = tuple(
            Judgement(text, Speaker(speaker), frozenset(truth), frozenset(old), frozenset(new))
            for text, speaker, truth, old, new in made["judgements"]
        )
        file = Path(made["file"])
        return Candidate(name_of(file), file, judgements, time.monotonic() - started)

    def file_of(self, name: str) -> Path:
        """The archive of a model (see port)."""
        return archive_of(self._models, name)

    def put_in_service(self, name: str) -> None:
        """Make a model the one that a starting server loads (see port)."""
        put_in_service(self._models, name)

    def clear_candidates(self) -> None:
        """Remove what interrupted trainings left (see port)."""
        clear_candidates(self._models)

    def _run(self, job: Path, told: Told) -> dict[str, Any]:
        """Run a job to its end; what it made, or its error raised here."""
        with (
            job.with_suffix(".log").open("w+", encoding="utf-8") as log,
            subprocess.Popen(  # noqa: S603 - this very module
                [sys.executable, "-m", "bot.nlu.candidates", str(job)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, **_as_environment(self._settings), **ONE_THREAD},
                encoding="utf-8",
            ) as process,
        ):
            try:
                for line in process.stdout or ():
                    outcome = _outcome(line, told)
                    if outcome is not None:
                        return outcome
            finally:
                process.kill()
                Path(log.name).unlink(missing_ok=True)
            log.seek(0)
            last = (log.read().strip().splitlines() or ["it was stopped"])[-1]
        raise UnavailableError(f"The training did not come to its end: {last}")


def _as_environment(settings: Settings) -> dict[str, str]:
    return {item.metadata["variable"]: getattr(settings, item.name) for item in fields(settings)}


def _outcome(line: str, told: Told) -> dict[str, Any] | None:
    """Pass on how far the job is; what it made once it is done; its error is raised."""
    try:
        document = json.loads(line)
        kind = document["kind"]
    except (ValueError, KeyError, TypeError):
        return None  # something that a library printed
    if kind == "progress":
        told(Stage(document["stage"]), int(document["percent"]), str(document["words"]))
    elif kind == "faults":
        raise ContentError(tuple(Fault(*fault) for fault in document["faults"]))
    elif kind == "error":
        raise UnavailableError(f"The training failed: {document['detail']}")
    elif kind == "made":
        return dict(document)
    return None


def run_job(job: Path, settings: Settings) -> None:
    """Train and compare what a job asks for, telling all of it on standard output."""
    staged = json.loads(job.read_text("utf-8"))["staged"]
    try:
        _say(**_made(settings, staged))
    except ContentError as error:
        faults = [
            [f"{LINES}{f.file}" if f.file in staged else f.file, f.line, f.message, f.remedy]
            for f in error.faults
        ]
        _say(kind="faults", faults=faults)
    except Exception as error:  # the process edge: the parent says it, the log has the rest
        _say(kind="error", detail=str(error) or type(error).__name__)
        raise


def _made(settings: Settings, staged: Mapping[str, str | None]) -> dict[str, Any]:
    from bot.nlu.judging import judge

    before = newest_model(settings.models_folder)
    if before is None:
        raise UnavailableError("No model has been trained yet. Run `parley train` first.")
    after = _trained(settings, before, staged)
    _progress(Stage.COMPARE, COMPARED_FROM, "Comparing with the model in service on the kept turns")
    rows = [
        [x.text, x.speaker.value, *map(sorted, (x.truth, x.before, x.after))]
        for x in judge(before, after)
    ]
    _progress(Stage.COMPARE, COMPARED, f"Compared on {len(rows)} kept turns")
    return {"kind": "made", "file": str(after), "judgements": rows}


def _trained(settings: Settings, before: Path, staged: Mapping[str, str | None]) -> Path:
    """The archive for the staged lines: one there is already, or heads trained on, or the whole trained anew."""
    from bot.nlu.lines import training_files
    from bot.nlu.making import may_retrain, read_label, retrain
    from bot.nlu.training import base_version, data_version, train_whole

    folder = settings.content_folder / "nlu"
    name = f"parley-{data_version(lines=folder, replaced=staged)}{ENDING}"
    base = base_version()
    known = settings.models_folder / name
    if read_label(known).get("base") == base:
        _progress(Stage.TRAIN, TRAINED_FROM, "These lines have been trained before")
        return known
    target = settings.models_folder / CANDIDATES / name
    files = training_files(folder, staged)
    if may_retrain(before, base):
        span = COMPARED_FROM - TRAINED_FROM
        retrain(
            before,
            target,
            files,
            base,
            lambda share, words: _progress(Stage.TRAIN, TRAINED_FROM + int(span * share), words),
        )
    else:
        _progress(Stage.TRAIN, TRAINED_FROM, "Training the whole model (a minute or two)")
        train_whole(settings, target, _sources(folder, staged, target.parent), files)
    return target


def _sources(folder: Path, staged: Mapping[str, str | None], place: Path) -> list[str]:
    """The files that Rasa is to read: those of the folder that stay, and the staged ones written aside."""
    from bot.nlu.lines import yaml_files

    kept = [p for p in yaml_files(folder) if p.relative_to(folder).as_posix() not in staged]
    aside = place / f"staged-{os.getpid()}"
    for name, text in staged.items():
        if text is not None:
            path = aside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            kept.append(path)
    return [str(path) for path in kept]


def _progress(stage: Stage, percent: int, words: str) -> None:
    _say(kind="progress", stage=stage.value, percent=percent, words=words)


def _say(**document: Any) -> None:
    print(json.dumps(document), flush=True)  # noqa: T201 - the parent reads it


def _die_with_parent() -> None:
    """Have the kernel end this process with the one that started it: nobody would take what it makes."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    _die_with_parent()
    os.nice(NICENESS)
    run_job(Path(sys.argv[1]), Settings.from_environment())
