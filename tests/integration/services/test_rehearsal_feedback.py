"""The whole loop from a rehearsal: heard wrong, told once, accepted by a trainer, and in the recogniser's files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap import build_services
from bot.content.training_lines import NluFiles
from bot.core.errors import ConflictError, ContentError, InvalidInputError, NotFoundError
from bot.core.labels import Speaker
from bot.services.corrections import Corrections
from tests.integration.services.conftest import House
from tests.integration.services.test_rehearse import say, start, view

SAID = "Dermot, I can see why Keane Haulage is cross, said Amina from Northgate"


@pytest.fixture
def nlu(tmp_path: Path) -> Path:
    folder = tmp_path / "words" / "nlu"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def corrections(house: House, nlu: Path) -> Corrections:
    files = NluFiles(nlu, ())
    return build_services(house.settings, clock=house.services.clock, lines=files).corrections


@pytest.fixture
def turn(house: House) -> tuple[str, str]:
    """A finished rehearsal and its turn that was heard as an apology."""
    rehearsal = start(house)
    answer = say(house, rehearsal, SAID, "apologise")
    house.services.rehearsals.finish(rehearsal, house.sam)
    return rehearsal, str(answer["turn"]["turn_id"])


def tell(house: House, turn: tuple[str, str], *labels: str, who: str = "sam") -> bool:
    return house.services.rehearsal_feedback.send(*turn, house.viewer(who), labels)


def test_a_rehearsed_turn_becomes_a_training_line(
    house: House, corrections: Corrections, nlu: Path, turn: tuple[str, str]
) -> None:
    from rasa.shared.nlu.training_data.loading import load_data

    from bot.nlu.examples import examples_of

    before = view(house, turn[0])["result"]
    assert tell(house, turn, "acknowledge", "greet_identify")
    tess = house.viewer("tess")
    [proposal] = corrections.open(tess)
    assert [label.name for label in proposal.correction.heard] == ["apologise"]
    accepted = corrections.accept(proposal.correction.id, tess)

    assert accepted.file == str(nlu / "collector" / "corrected.yml")
    [example] = examples_of(load_data(accepted.file))
    assert (example.labels, example.speaker) == (
        ("acknowledge", "greet_identify"),
        Speaker.COLLECTOR,
    )
    assert (accepted.line.heat, accepted.line.industry) == (None, "unknown")
    assert not any(name in example.text for name in ("Dermot", "Keane", "Amina"))
    assert "I can see why" in example.text
    assert corrections.open(tess) == []
    assert view(house, turn[0])["result"] == before
    with pytest.raises(ConflictError, match="already"):
        corrections.dismiss(proposal.correction.id, tess, "too late")


def test_the_same_told_twice_is_one_and_its_owner_sees_it(
    house: House, turn: tuple[str, str]
) -> None:
    assert tell(house, turn, "acknowledge")
    assert not tell(house, turn, "acknowledge", "acknowledge")
    assert tell(house, turn, "paraphrase")

    feedback = house.services.rehearsal_feedback
    assert sorted(feedback.sent(turn[0], house.sam)[turn[1]]) == [
        ("acknowledge",),
        ("paraphrase",),
    ]
    with pytest.raises(NotFoundError):
        feedback.sent(turn[0], house.priya)


@pytest.mark.parametrize("who", ["priya", "tess", "ada"])
def test_only_its_owner_may_tell(house: House, turn: tuple[str, str], who: str) -> None:
    house.services.rehearsals.share(turn[0], house.sam, True)
    with pytest.raises(NotFoundError):
        tell(house, turn, "acknowledge", who=who)


def test_a_turn_of_another_rehearsal_is_not_there(house: House, turn: tuple[str, str]) -> None:
    with pytest.raises(NotFoundError):
        tell(house, (start(house), turn[1]), "acknowledge")


@pytest.mark.parametrize("labels", [("stalling",), (), ("apologise",), ("neutral", "argue")])
def test_labels_that_cannot_be_are_refused(
    house: House, turn: tuple[str, str], labels: tuple[str, ...]
) -> None:
    with pytest.raises(InvalidInputError):
        tell(house, turn, *labels)
    assert house.services.rehearsal_feedback.sent(turn[0], house.sam) == {}


def test_what_nobody_heard_cannot_have_been_heard_wrong(house: House) -> None:
    rehearsal = start(house)
    house.services.rehearsals.be_silent(rehearsal, house.sam)
    house.assistant.is_on = False
    say(house, rehearsal, "Hello there.", "greet_identify")

    for each in view(house, rehearsal)["turns"]:
        with pytest.raises(ConflictError, match="Only words of yours"):
            tell(house, (rehearsal, each["turn_id"]), "acknowledge")


@pytest.mark.parametrize("error", [NotFoundError("gone"), ContentError(())])
def test_a_scenario_that_cannot_be_read_keeps_nothing_from_trainers(
    house: House, corrections: Corrections, turn: tuple[str, str], error: Exception
) -> None:
    def unreadable() -> Any:
        raise error

    tell(house, turn, "acknowledge")
    corrections._repertoire = unreadable
    [proposal] = corrections.open(house.viewer("tess"))

    assert proposal.industry == "unknown"
