"""`parley scenario` with files: a new one, in as drafts, out again, into service and back, as a script would."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot import worker
from bot.bootstrap import SystemClock
from bot.cli.demo import demo_sign_ins
from bot.content.studio_desk import StudioDesk
from bot.db.engine import open_engine
from bot.db.unit_of_work import SqlUnitOfWork
from bot.services.publish_job import PublishJob
from bot.settings import Settings
from bot.worker_lock import take_worker_lock
from tests.integration.cli.conftest import DATA, Parley
from tests.publishing_fakes import (
    MARGINS,
    NEW_MODEL,
    OLD_MODEL,
    Maker,
    Server,
    World,
    fresh,
    judged,
)

#: What a check of scenarios reads; the encoder and most training lines are left where they are.
PARTS = ("scenarios", "personas", "players", "playbook", "house", "law", "lexicons", "demo")

LINE = "Try us when the ferry timetable has settled down."
EXAMPLES = f'examples:\n  - {{text: "{LINE}", labels: [stalling], heat: 0, style: clean}}\n'


@pytest.fixture
def folder(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with words of its own, in which the command is given; demo people."""
    place = tmp_path / "house"
    for part in PARTS:
        shutil.copytree(DATA / part, place / "data" / part)
    (place / "data" / "nlu" / "client").mkdir(parents=True)
    monkeypatch.chdir(place)
    monkeypatch.setenv("PARLEY_CONTENT", "data")
    monkeypatch.setenv("COLUMNS", "200")
    demo_sign_ins(Settings.from_environment())
    return place


@pytest.fixture
def world(folder: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Models and an assistant in memory; files, ledger and lock are real."""
    world = fresh()

    def job(settings: Settings) -> PublishJob:
        engine = open_engine(settings.ledger_url)
        clock = SystemClock()
        return PublishJob(
            lambda: SqlUnitOfWork(engine, clock),
            StudioDesk(settings.content_folder),
            Maker(world),
            Server(world),
            clock,
            margins=lambda: MARGINS,
        )

    monkeypatch.setattr(worker, "publish_job", job)
    return world


def edited(parley: Parley, slug: str = "ferry-office", more: str = EXAMPLES) -> Path:
    """A copy of a scenario as a file, with a line for the ear."""
    made = parley("scenario", "new", slug, "--copy-of", "stalling-payment-run", "--title", "Ferry")
    assert made.code == 0, made.err
    path = Path(f"{slug}.yml")
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    return path


def published(parley: Parley, *words: str) -> Any:
    return parley("scenario", "publish", *words, "--note", "New lines", "--by", "tess")


# New


def test_a_new_scenario_is_written_to_be_edited(parley: Parley, folder: Path) -> None:
    outcome = parley("scenario", "new", "late-ferry", "--title", "The late ferry")

    assert outcome.code == 0, outcome.err
    assert "parley scenario check late-ferry.yml" in outcome.out
    text = (folder / "late-ferry.yml").read_text("utf-8")
    assert "id: late-ferry" in text
    assert "The late ferry" in text


def test_a_copy_has_an_id_and_a_title_of_its_own_and_no_fault(parley: Parley, folder: Path) -> None:
    path = edited(parley, more="")
    checked = parley("scenario", "check", str(path))
    assert (checked.code, checked.out.strip()) == (0, "0 faults")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ferry", "--copy-of", "nowhere"), "There is no scenario “nowhere”"),
        (("Ferry Office",), "cannot name a document"),
        (("ferry", "--copy-of", "x", "--from-call", "y"), "not both"),
        (("ferry", "--from-call", "y"), "--by"),
        (("ferry", "--out", "data/scenarios/stalling-payment-run.yml"), "already"),
    ],
)
def test_what_cannot_be_begun_is_one_plain_line(
    parley: Parley, folder: Path, words: tuple[str, ...], said: str
) -> None:
    outcome = parley("scenario", "new", *words)
    assert outcome.code == 1
    assert said in outcome.err


# Export and import


def test_one_document_goes_to_standard_output_byte_by_byte(
    folder: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "scenario", "export", "stalling-payment-run"],
        capture_output=True,
        check=True,
        cwd=folder,
    )
    assert done.stdout == (folder / "data/scenarios/stalling-payment-run.yml").read_bytes()


def test_out_into_a_folder_in_elsewhere_and_out_again_gives_the_same_bytes(
    parley: Parley, folder: Path, tmp_path: Path, world: World
) -> None:
    names = ("stalling-payment-run", "refusal-landlord", "persona:shouting-builder")
    for target in ("first", "first.zip"):
        assert parley("scenario", "export", *names, "--to", str(tmp_path / target)).code == 0
    first = _bytes_in(tmp_path / "first")
    assert {"scenarios/stalling-payment-run.yml", "personas/shouting-builder.yml"} <= set(first)
    assert any(path.startswith("personas/") and "builder" not in path for path in first)

    for path in first:
        (folder / "data" / path).unlink()
    taken = parley("scenario", "import", str(tmp_path / "first"), "--by", "tess", "--json")
    assert taken.code == 0, taken.err
    assert len(taken.document["drafts"]) == len(first)
    for target in ("second", "second.zip"):
        assert parley("scenario", "export", *names, "--to", str(tmp_path / target)).code == 0
    assert _bytes_in(tmp_path / "second") == first
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()


def test_a_pack_of_one_scenario_brings_its_persona(
    parley: Parley, folder: Path, tmp_path: Path
) -> None:
    parley("scenario", "export", "abuse-scrap-yard", "--to", str(tmp_path / "one.zip"))
    with zipfile.ZipFile(tmp_path / "one.zip") as pack:
        assert sorted(pack.namelist()) == [
            "pack.yml",
            "personas/shouting-builder.yml",
            "scenarios/abuse-scrap-yard.yml",
        ]


def test_faults_of_an_import_are_told_with_line_and_remedy_and_change_nothing(
    parley: Parley, folder: Path
) -> None:
    good, bad = edited(parley, "good", ""), edited(parley, "bad", "")
    bad.write_text(bad.read_text("utf-8").replace("levels: [1", "levels: [7"), "utf-8")
    outcome = published(parley, str(good), str(bad))

    assert outcome.code == 1
    assert re.search(r"bad\.yml:\d+: .+ -> .+", outcome.err)
    assert parley("scenario", "versions", "stalling-payment-run").code == 0
    assert parley("scenario", "versions", "good").code == 1


def test_a_collector_takes_nothing_in(parley: Parley, folder: Path) -> None:
    path = edited(parley)
    outcome = parley("scenario", "import", str(path), "--by", "sam")
    assert outcome.code == 1
    assert "trainers" in outcome.err


@pytest.mark.parametrize(
    ("files", "said"),
    [(("nowhere.yml",), "There is no file"), (("data/demo",), "has no documents")],
)
def test_files_that_are_none_are_named(
    parley: Parley, folder: Path, files: tuple[str, ...], said: str
) -> None:
    outcome = published(parley, *files)
    assert outcome.code == 1
    assert said in outcome.err


# Publish and roll back


def test_a_file_goes_into_service_with_progress_and_comes_out_again(
    parley: Parley, folder: Path, world: World
) -> None:
    path = edited(parley)
    outcome = published(parley, str(path))

    assert outcome.code == 0, outcome.out + outcome.err
    assert "In service after" in outcome.out
    assert (folder / "data/scenarios/ferry-office.yml").read_bytes() == path.read_bytes()
    assert LINE in (folder / "data/nlu/client/scenario-ferry-office.yml").read_text("utf-8")
    assert world.pointer == NEW_MODEL
    [version] = parley("scenario", "versions", "ferry-office", "--json").document
    assert (version["number"], version["is_in_service"]) == (1, True)
    assert "nothing to publish" in published(parley, str(path)).out

    back = parley("scenario", "roll-back", "--by", "tess")
    assert back.code == 0, back.out + back.err
    assert "Rolled back: New lines" in back.out
    assert not (folder / "data/scenarios/ferry-office.yml").exists()
    assert not (folder / "data/nlu/client/scenario-ferry-office.yml").exists()
    assert world.pointer == OLD_MODEL


def test_an_edited_file_of_a_document_in_service_makes_a_second_version(
    parley: Parley, folder: Path, world: World
) -> None:
    original = (folder / "data/scenarios/stalling-payment-run.yml").read_text("utf-8")
    path = folder / "stalling-payment-run.yml"
    path.write_text(original + "# a remark\n", "utf-8")
    assert published(parley, str(path)).code == 0
    numbers = [v["number"] for v in parley("scenario", "versions", path.stem, "--json").document]
    assert numbers == [1, 0]
    assert "train" not in world.steps


def test_a_model_that_hears_less_is_refused_with_labels_and_examples(
    parley: Parley, folder: Path, world: World
) -> None:
    world.judgements += judged("vulnerability", "vulnerability", "stalling", "since she died")
    path = edited(parley)
    outcome = published(parley, str(path))

    assert outcome.code == 1
    assert "recall of vulnerability fell from 1.000 to 0.000 (margin 0.02)" in outcome.out
    assert "“since she died 0” (vulnerability) is heard as stalling" in outcome.out
    assert not (folder / "data/scenarios/ferry-office.yml").exists()
    assert world.pointer == OLD_MODEL

    # The draft is still there: an administrator publishes the same file with a reason.
    words = ("--note", "n", "--by", "ada", "--override", "Agreed with the trainers on Friday.")
    world.judgements = tuple(j for j in world.judgements if "died" not in j.text)
    assert parley("scenario", "publish", str(path), *words, "--json").document["override_reason"]


def test_with_a_worker_there_the_command_only_waits(
    parley: Parley, folder: Path, world: World
) -> None:
    settings = Settings.from_environment()
    lock = take_worker_lock(settings)
    assert lock is not None
    job, stop = worker.publish_job(settings), threading.Event()
    served = threading.Thread(target=_serve, args=(job.run_next, stop))
    served.start()
    try:
        outcome = published(parley, str(edited(parley)), "--json")
    finally:
        stop.set()
        served.join()
        lock.close()
    assert outcome.code == 0, outcome.err
    assert outcome.document["status"] == "in_service"
    assert "%" in outcome.err


def test_there_is_nothing_to_roll_back_in_a_new_installation(parley: Parley, folder: Path) -> None:
    outcome = parley("scenario", "roll-back", "--by", "tess")
    assert outcome.code == 1
    assert "nothing can be undone" in outcome.err


def _serve(run_next: Callable[[], bool], stop: threading.Event) -> None:
    while not stop.is_set():
        run_next()
        time.sleep(0.05)


def _bytes_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yml")
    }
