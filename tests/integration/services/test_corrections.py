"""The whole loop: a turn is misheard, a collector says so, a trainer accepts, and the recogniser's files have it."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from bot.bootstrap import build_services
from bot.content.training_lines import NluFiles
from bot.core.corrections import training_line
from bot.core.errors import ConflictError, InvalidInputError, ParleyError
from bot.core.labels import Speaker
from bot.services.corrections import Corrections, Edits
from tests.integration.services.conftest import DATA, House

SAID = "listen sam hartley joinery settles at month end and that goes for invoice 4417 and all"


@pytest.fixture
def nlu(tmp_path: Path) -> Path:
    """A few of the training files, and the tuning part beside them."""
    folder = tmp_path / "words" / "nlu"
    (folder / "client").mkdir(parents=True)
    shutil.copy(DATA / "nlu" / "client" / "stalling.yml", folder / "client")
    shutil.copytree(DATA.parent / "tests" / "validation", tmp_path / "words" / "validation")
    return folder


@pytest.fixture
def corrections(house: House, nlu: Path) -> Corrections:
    files = NluFiles(nlu, (nlu.parent / "validation",))
    return build_services(house.settings, clock=house.services.clock, lines=files).corrections


def misheard(house: House, text: str = SAID, *labels: str) -> str:
    """A turn heard as stalling that Sam says was something else."""
    call = house.open()
    turn = str(house.client(call, text, "stalling", heat=1)["turn_id"])
    house.services.calls.feedback(
        call, turn, house.sam, "misheard", labels=labels or ("terms_dispute",)
    )
    return turn


def test_a_corrected_turn_becomes_a_training_line(
    house: House, corrections: Corrections, nlu: Path
) -> None:
    from rasa.shared.nlu.training_data.loading import load_data

    from bot.nlu.examples import examples_of

    turn = misheard(house, SAID, "terms_dispute", "refusal")
    tess = house.viewer("tess")
    [proposal] = corrections.open(tess)
    assert proposal.correction.turn_id == turn
    assert [label.name for label in proposal.correction.heard] == ["stalling"]
    accepted = corrections.accept(proposal.correction.id, tess)

    assert accepted.file == str(nlu / "client" / "corrected.yml")
    [example] = examples_of(load_data(accepted.file))
    assert (example.labels, example.speaker) == (("terms_dispute", "refusal"), Speaker.CLIENT)
    assert (example.heat, example.style) == (1, "asr")
    assert not any(word in example.text for word in ("sam", "hartley", "4417"))
    assert "settles at month end" in example.text
    assert corrections.open(tess) == []


@pytest.mark.parametrize(
    "texts",
    [
        ('he said "never", twice', "a $HOME and 100% & *star !bang", "no"),
        ("naïve café, 5 € and 💥", "it's: 'fine' - really # yes", "say \u201cplease\u201d"),
    ],
)
def test_rasa_reads_any_words_as_they_were_written(nlu: Path, texts: tuple[str, ...]) -> None:
    from rasa.shared.nlu.training_data.loading import load_data

    from bot.nlu.examples import examples_of

    for text in texts:
        line = training_line(Speaker.CLIENT, text, ("refusal", "abuse"), 3, "clean")
        file = NluFiles(nlu, ()).append(line)

    found = examples_of(load_data(file))
    assert tuple(example.text for example in found) == texts
    assert {(example.labels, example.heat) for example in found} == {(("refusal", "abuse"), 3)}


def test_the_model_counts_as_old_once_a_line_is_added(
    house: House, corrections: Corrections, nlu: Path, tmp_path: Path
) -> None:
    from bot.nlu.training import SOURCES, data_version

    root = tmp_path / "root"
    for source in SOURCES:
        path = root / source
        path.parent.mkdir(parents=True, exist_ok=True)
        if Path(source).suffix:
            path.touch()
        else:
            path.mkdir()
    shutil.copytree(nlu, root / "data/nlu", dirs_exist_ok=True)
    before = data_version(root)
    shutil.copy(_accepted(house, corrections), root / "data/nlu/client")

    assert data_version(root) != before


def _accepted(house: House, corrections: Corrections) -> str:
    misheard(house)
    tess = house.viewer("tess")
    return corrections.accept(corrections.open(tess)[0].correction.id, tess).file


@pytest.mark.parametrize("where", ["training", "validation"])
def test_words_that_are_known_are_refused_with_their_place(
    house: House, corrections: Corrections, nlu: Path, where: str
) -> None:
    from ruamel.yaml import YAML

    path = (
        nlu / "client" / "stalling.yml"
        if where == "training"
        else nlu.parent / "validation" / "client.yml"
    )
    known = YAML(typ="safe").load(path.read_text("utf-8"))["nlu"][0]["examples"][0]["text"]
    misheard(house)
    tess = house.viewer("tess")
    [proposal] = corrections.open(tess)
    with pytest.raises(InvalidInputError, match=path.name):
        corrections.accept(proposal.correction.id, tess, Edits(text=known.upper()))

    assert not (nlu / "client" / "corrected.yml").exists()
    assert len(corrections.open(tess)) == 1


def test_of_two_trainers_at_once_one_is_told_and_one_line_is_added(
    house: House, corrections: Corrections, nlu: Path
) -> None:
    misheard(house)
    tess, ada = house.viewer("tess"), house.viewer("ada")
    [proposal] = corrections.open(tess)
    told: list[ParleyError] = []
    both = threading.Barrier(2)

    def decide(viewer: object) -> None:
        both.wait()
        try:
            corrections.accept(proposal.correction.id, viewer)  # type: ignore[arg-type]
        except ConflictError as error:
            told.append(error)

    deciding = [threading.Thread(target=decide, args=(viewer,)) for viewer in (tess, ada)]
    for thread in deciding:
        thread.start()
    for thread in deciding:
        thread.join()

    assert len(told) == 1
    assert (nlu / "client" / "corrected.yml").read_text("utf-8").count("text:") == 1


def test_a_file_that_cannot_be_written_leaves_the_correction_open(
    house: House, corrections: Corrections, nlu: Path
) -> None:
    misheard(house)
    tess = house.viewer("tess")
    (nlu / "client" / "corrected.yml").mkdir()
    with pytest.raises(ParleyError):
        corrections.accept(corrections.open(tess)[0].correction.id, tess)

    assert len(corrections.open(tess)) == 1


def test_a_decision_is_in_the_audit_trail_without_the_words(
    house: House, corrections: Corrections, tmp_path: Path
) -> None:
    import sqlite3

    _accepted(house, corrections)
    with sqlite3.connect(tmp_path / "parley.sqlite") as ledger:
        [(user_id, detail)] = ledger.execute(
            "select user_id, detail from audit_events where event = 'correction_accepted'"
        ).fetchall()

    assert user_id == house.viewer("tess").user_id
    assert "month end" not in detail
