"""`parley scenario`: what can be rehearsed, faults of a file, and scripted play."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.cli import ears
from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from tests.integration.cli.conftest import DATA, Parley

HAULIER = DATA / "scenarios" / "disputed-terms-haulier.yml"


class HalfDeaf:
    """Ears that hear an acknowledgement in everything that is meant kindly."""

    def __init__(self, *_: object) -> None:
        self.kept = 0

    def hear(self, text: str) -> Reading:
        move = "threaten" if "bailiffs" in text or "fault" in text else "acknowledge"
        return Reading(Speaker.COLLECTOR, text, (HeardLabel(move, 0.9, text),))

    def keep(self) -> None:
        self.kept += 1


@pytest.fixture
def half_deaf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ears, "RememberedEars", HalfDeaf)


def test_list_names_every_scenario(parley: Parley) -> None:
    listed = parley("scenario", "list", "--json").document

    assert len(listed) >= 15
    assert {"id", "title", "objection", "levels", "persona", "briefing"} <= set(listed[0])
    assert "limits" not in listed[0]
    assert "Sixty days" in parley("scenario", "list").out


def test_check_finds_nothing_wrong_with_what_ships(parley: Parley) -> None:
    outcome = parley("scenario", "check", str(HAULIER))

    assert (outcome.code, outcome.out.strip()) == (0, "0 faults")


def test_check_tells_file_line_and_remedy(parley: Parley, tmp_path: Path) -> None:
    path = tmp_path / "disputed-terms-haulier.yml"
    path.write_text(HAULIER.read_text("utf-8").replace("composure: 15", "composure: 16"), "utf-8")

    plain = parley("scenario", "check", str(path))
    faults = parley("scenario", "check", str(path), "--json").document["faults"]

    assert plain.code == 1
    assert "The weights add up to 101. -> Let them add up to 100." in plain.out
    assert faults[0]["line"] > 100


def test_play_gives_turns_curves_score_and_outcome(parley: Parley, half_deaf: None) -> None:
    words = ("scenario", "play", "disputed-terms-haulier", "--player", "poor", "--seed", "3")
    first = parley(*words, "--level", "2", "--on", "2026-11-20", "--json")

    played = first.document
    assert first.out == parley(*words, "--level", "2", "--on", "2026-11-20", "--json").out
    assert (played["level"], played["seed"], played["today"]) == (2, 3, "2026-11-20")
    assert len(played["heat"]) == len(played["temper"]) == len(played["turns"])
    assert 0 <= played["score"] <= 100
    assert played["outcome"]
    assert "points" in parley(*words).out


def test_many_seeds_are_played_at_once(parley: Parley, half_deaf: None) -> None:
    words = ("scenario", "play", str(HAULIER), "--runs", "3", "--json")

    assert [call["seed"] for call in parley(*words).document] == [0, 1, 2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("play", "nowhere"), "There is no scenario “nowhere”."),
        (("play", "disputed-terms-haulier", "--player", "mean"), "There is no player “mean”"),
        (("play", "disputed-terms-haulier"), "No model has been trained yet"),
        (("check", "nowhere.yml"), "There is no file nowhere.yml."),
    ],
)
def test_what_cannot_be_done_is_one_plain_line(
    parley: Parley, words: tuple[str, ...], said: str
) -> None:
    outcome = parley("scenario", *words)

    assert outcome.code == 1
    assert said in outcome.err


def test_what_was_heard_is_remembered_by_model_and_day(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.settings import Settings

    models = home / "models"
    models.mkdir(parents=True)
    (models / "parley-1.tar.gz").write_bytes(b"a model")
    heard: list[str] = []

    class Recogniser:
        def read(self, text: str, speaker: Speaker, today: date) -> Reading:
            heard.append(text)
            return Reading(speaker, text, (HeardLabel("acknowledge", 0.91234567, text),))

    monkeypatch.setattr(ears.RememberedEars, "_recogniser", Recogniser())
    day = date(2026, 11, 20)
    first = ears.RememberedEars(Settings.from_environment(), day)
    readings = [first.hear("I see"), first.hear("I see")]
    first.keep()

    again = ears.RememberedEars(Settings.from_environment(), day).hear("I see")
    ears.RememberedEars(Settings.from_environment(), date(2026, 11, 21)).hear("I see")

    assert readings == [again, again]
    assert heard == ["I see", "I see"]
