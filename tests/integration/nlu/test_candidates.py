"""A candidate is trained beside the model in service, hears what was added, and spoils nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bot.core.errors import ContentError, UnavailableError
from bot.core.labels import Speaker
from bot.nlu.archives import CANDIDATES, name_of, newest_model
from bot.nlu.candidates import ModelWorkshop
from bot.nlu.fitting import as_lines, fit_labels, lines_of
from bot.nlu.heads import Heads
from bot.nlu.judging import heard_in
from bot.nlu.lines import kept_lines, training_files, training_lines
from bot.nlu.making import digests_of, may_retrain, parts_of, read_label, retrain, unpacked_heads
from bot.nlu.training import base_version, is_current, train
from bot.services.studio_ports import Candidate, Judgement, Stage
from bot.settings import Settings

pytestmark = pytest.mark.rasa

DATA = Path("data/nlu")
ADDED = "nlu/client/scenario-ferret.yml"

#: What no line said before: the label cannot be guessed without having learnt it.
SAYINGS = [
    "the ferret has the chequebook and the ferret is asleep",
    "ask the ferret, the ferret does the money in this house",
    "no ferret no money, that is how we do it up here",
    "when the ferret wakes the cheque will be written",
    "we wait upon the ferret for the paying of bills",
    "the ferret signs them of a thursday, not before",
    "you will have it once the ferret has come down from the loft",
    "it is with the ferret now, I cannot hurry a ferret",
]
UNSEEN = "I'd have to wait till the ferret signs it"

LINES = 'version: "3.1"\nnlu:\n- intent: stalling\n  metadata: {speaker: client}\n  examples:\n' + "".join(
    f'  - {{text: "{text}", metadata: {{labels: [stalling], heat: 0, style: clean, industry: pub, voice: trainer}}}}\n'
    for text in SAYINGS
)  # fmt: skip


@pytest.fixture(scope="module")
def settings(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation of its own with the present lines, and the model of these lines in service."""
    root = tmp_path_factory.mktemp("studio")
    shutil.copytree(DATA, root / "data" / "nlu")
    settings = replace(
        Settings.from_environment(), models=str(root / "models"), content=str(root / "data")
    )
    files = training_files(root / "data" / "nlu")
    label, digests = read_label(model), digests_of(training_lines(files))
    target = settings.models_folder / "parley-before.tar.gz"
    if label == {"base": base_version(), "lines": digests}:
        target.parent.mkdir()
        shutil.copy(model, target)
    else:
        retrain(model, target, files, base_version())
    ModelWorkshop(settings).put_in_service("parley-before")
    return settings


@pytest.fixture(scope="module")
def told() -> list[tuple[Stage, int, str]]:
    return []


@pytest.fixture(scope="module")
def candidate(settings: Settings, told: list[tuple[Stage, int, str]]) -> Candidate:
    """A candidate with eight lines more."""
    return ModelWorkshop(settings).make({ADDED: LINES}, lambda *news: told.append(news))


def members(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as tar:
        return {m.name.lstrip("./"): tar.extractfile(m).read() for m in tar if m.isfile()}


def agreement(judgements: tuple[Judgement, ...], speaker: Speaker) -> tuple[float, float, float]:
    """How often both models hear the same set, and their micro-F1."""
    own = [x for x in judgements if x.speaker is speaker]

    def figure(heard: list[frozenset[str]]) -> float:
        hits = sum(len(names & x.truth) for names, x in zip(heard, own, strict=True))
        return 2 * hits / sum(len(n) + len(x.truth) for n, x in zip(heard, own, strict=True))

    same = sum(x.before == x.after for x in own) / len(own)
    return same, figure([x.before for x in own]), figure([x.after for x in own])


def test_it_tells_how_far_it_is(candidate: Candidate, told: list[tuple[Stage, int, str]]) -> None:
    percents = [percent for _, percent, _ in told]

    assert percents == sorted(percents)
    assert {stage for stage, _, _ in told} == {Stage.TRAIN, Stage.COMPARE}
    assert all(words for _, _, words in told)


def test_the_candidate_lies_apart_and_nothing_else_has_changed(
    settings: Settings, candidate: Candidate
) -> None:
    models = settings.models_folder

    assert candidate.file == models / CANDIDATES / f"{candidate.name}.tar.gz"
    assert ModelWorkshop(settings).file_of(candidate.name) == candidate.file
    assert name_of(newest_model(models)) == "parley-before" == ModelWorkshop(settings).in_service()
    assert {path.name for path in models.iterdir()} == {
        "candidates", "in-service", "parley-before.tar.gz",
    }  # fmt: skip
    assert [path.name for path in candidate.file.parent.iterdir()] == [candidate.file.name]
    assert not (settings.content_folder / ADDED).exists()


def test_it_hears_what_was_added_and_loses_nothing(candidate: Candidate) -> None:
    for speaker in Speaker:
        same, before, after = agreement(candidate.judgements, speaker)
        assert same > 0.98
        assert after > before - 0.003


def test_the_running_pipeline_hears_it_too(settings: Settings, candidate: Candidate) -> None:
    from bot.nlu.recogniser import RasaRecogniser

    after = RasaRecogniser(candidate.file)
    judged = [x for x in candidate.judgements if "\n" not in x.text][::40]
    heard = after.read_all([(x.text, x.speaker) for x in judged], date(2026, 3, 10))

    assert "stalling" in after.read(UNSEEN, Speaker.CLIENT, date(2026, 3, 10)).names
    assert [frozenset(reading.names) for reading in heard] == [x.after for x in judged]


def test_only_what_the_lines_change_is_replaced(settings: Settings, candidate: Candidate) -> None:
    before = members(settings.models_folder / "parley-before.tar.gz")
    after = members(candidate.file)
    changed = {name for name in after if after[name] != before.get(name)}

    assert set(after) == set(before)
    assert {name.rpartition("/")[2] for name in changed} == {
        "parley.json", "metadata.json", "heads.json", "heads.npz",
    }  # fmt: skip
    assert not [name for name in changed if "/coach/" in name or "/collector/" in name]


def test_lines_that_are_the_same_are_heard_the_same(settings: Settings) -> None:
    text = (settings.content_folder / "nlu/client/stalling.yml").read_text("utf-8")
    made = ModelWorkshop(settings).make(
        {"nlu/client/stalling.yml": f"# a comment\n{text}"}, lambda *news: None
    )
    before = members(settings.models_folder / "parley-before.tar.gz")
    after = members(made.file)

    assert made.name != "parley-before"
    assert all(x.before == x.after for x in made.judgements)
    assert {name for name in after if after[name] != before[name]} <= {
        "metadata.json",
        "parley.json",
    }


def test_training_on_comes_out_where_training_anew_does(
    settings: Settings, candidate: Candidate, tmp_path: Path
) -> None:
    import json

    files = training_files(settings.content_folder / "nlu", {"client/scenario-ferret.yml": LINES})
    examples, kept = training_lines(files), kept_lines("tests/validation")
    metadata = json.loads(members(candidate.file)["metadata.json"])
    config = next(part.config for part in parts_of(metadata) if part.name == "client")
    anew = fit_labels(Speaker.CLIENT, examples, kept, config)
    assert anew is not None
    anew.save(tmp_path / "anew")
    anew = Heads.load(tmp_path / "anew")
    on = Heads.load(unpacked_heads(candidate.file, tmp_path)["client"])
    turns = as_lines(lines_of(Speaker.CLIENT, [*kept, *kept_lines("tests/held_out")]), on.names)
    figures, sets = [], []
    for heads in (anew, on):
        believed = heads.probabilities(turns.texts, turns.dense) >= heads.thresholds
        hits = (believed & (turns.targets > 0)).sum()
        figures.append(2 * hits / (believed.sum() + turns.targets.sum()))
        sets.append(believed)

    assert (sets[0] == sets[1]).all(axis=1).mean() > 0.99
    assert figures[0] == pytest.approx(figures[1], abs=0.003)
    assert np.abs(
        anew.probabilities(turns.texts, turns.dense) - on.probabilities(turns.texts, turns.dense)
    ).max() < 0.05  # fmt: skip


def test_once_written_and_in_service_the_model_is_current_and_the_old_one_comes_back_as_it_was(
    settings: Settings, candidate: Candidate
) -> None:
    workshop = ModelWorkshop(settings)
    kept = kept_lines("tests/held_out")
    turns = [*kept, replace(kept[0], text=SAYINGS[0], labels=("stalling",))]
    before = heard_in([settings.models_folder / "parley-before.tar.gz"], turns)
    file = settings.content_folder / ADDED
    try:
        file.write_text(LINES, "utf-8")
        workshop.put_in_service(candidate.name)
        assert is_current(settings)
        assert workshop.in_service() == candidate.name
        assert heard_in([workshop.file_of(candidate.name)], turns) != before

        again = workshop.make({ADDED: LINES}, lambda *news: None)
        assert again.file == settings.models_folder / f"{candidate.name}.tar.gz"
    finally:
        file.unlink()
        workshop.put_in_service("parley-before")
    assert workshop.in_service() == "parley-before"
    assert heard_in([workshop.file_of("parley-before")], turns) == before


def test_the_training_command_trains_only_heads_when_only_lines_have_changed(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    before = newest_model(settings.models_folder)
    file = settings.content_folder / ADDED
    try:
        file.write_text(LINES + "# trained by command\n", "utf-8")
        assert not is_current(settings)
        made = train(settings)
        assert is_current(settings)
        assert made == newest_model(settings.models_folder) != before
    finally:
        file.unlink()
        ModelWorkshop(settings).put_in_service("parley-before")
    assert "Only lines have changed" in capsys.readouterr().err
    assert read_label(made)["lines"]["coach"] == read_label(before)["lines"]["coach"]


def test_a_file_that_cannot_be_read_is_a_fault_and_leaves_nothing(settings: Settings) -> None:
    with pytest.raises(ContentError) as refused:
        ModelWorkshop(settings).make({ADDED: "nlu: [1, 2"}, lambda *news: None)

    assert refused.value.faults[0].file == ADDED
    assert ModelWorkshop(settings).in_service() == "parley-before"
    left = [path.name for path in (settings.models_folder / CANDIDATES).iterdir()]
    assert not [name for name in left if not name.endswith(".tar.gz") or name.startswith(".")]


def test_without_a_model_there_is_nothing_to_go_on_from(settings: Settings, tmp_path: Path) -> None:
    empty = replace(settings, models=str(tmp_path / "models"))
    with pytest.raises(UnavailableError, match="parley train"):
        ModelWorkshop(empty).make({ADDED: LINES}, lambda *news: None)


def test_content_without_lines_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="nlu"):
        ModelWorkshop(replace(settings, content=str(tmp_path))).make({}, lambda *news: None)


def test_another_base_means_training_the_whole(settings: Settings, tmp_path: Path) -> None:
    archive = settings.models_folder / "parley-before.tar.gz"
    (tmp_path / "broken.tar.gz").write_bytes(archive.read_bytes()[:5_000])

    assert may_retrain(archive, base_version())
    assert not may_retrain(archive, "another")
    assert not may_retrain(tmp_path / "broken.tar.gz", base_version())
    assert not may_retrain(tmp_path / "missing.tar.gz", base_version())


def test_the_training_dies_with_the_one_that_wants_it(settings: Settings) -> None:
    script = (
        "from bot.nlu.candidates import ModelWorkshop\n"
        "from bot.settings import Settings\n"
        f"made = {{{ADDED!r}: {LINES + '# other'!r}}}\n"
        "ModelWorkshop(Settings.from_environment()).make(made, lambda *n: print('told', flush=True))\n"
    )
    env = {
        **os.environ,
        "PARLEY_MODELS": settings.models,
        "PARLEY_CONTENT": settings.content,
    }
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, env=env
    ) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
        parent.send_signal(signal.SIGKILL)
    assert children
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and any(map(_runs, children)):
        time.sleep(0.05)
    assert not any(map(_runs, children))
    assert ModelWorkshop(settings).in_service() == "parley-before"


def _runs(process: str) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_what_interrupted_trainings_left_is_cleared(settings: Settings, tmp_path: Path) -> None:
    models = replace(settings, models=str(tmp_path))
    (tmp_path / CANDIDATES).mkdir()
    (tmp_path / CANDIDATES / "job-1.json").write_text("{}", "utf-8")
    ModelWorkshop(models).clear_candidates()

    assert not (tmp_path / CANDIDATES).exists()
