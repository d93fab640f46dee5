"""Cue words and the recogniser's steps give one heat."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from bot.core.language.heat import Cue, HeatCues, ordinal_heat

LEXICON = Path(__file__).parents[4] / "data" / "lexicons" / "heat.yml"
CUES = HeatCues.from_json(yaml.safe_load(LEXICON.read_text("utf-8")))

SHOWN = [
    ("How many times do I have to tell you", "How many times", 1),
    ("I’ve told you already", "I’ve told you already", 1),
    ("I'm sick to the back teeth of it", "sick to the back teeth", 1),
    ("yiz are wrecking my head", "wrecking my head", 1),
    ("are you having a laugh", "are you having a laugh", 1),
    ("thanks for nothing", "thanks for nothing", 1),
    ("not this again", "not this again", 1),
    ("How dare you ring me at home", "How dare you", 2),
    ("it's an absolute disgrace", "absolute disgrace", 2),
    ("for god's sake", "for god's sake", 2),
    ("this is taking the piss", "taking the piss", 2),
    ("what a load of crap", "what a load of crap", 2),
    ("daylight robbery", "daylight robbery", 2),
    ("feck off out of that", "feck off", 2),
    ("Fuck off", "Fuck off", 3),
    ("you lying toad", "you lying", 3),
    ("I know where you live", "I know where you live", 3),
    ("rack off you drongo", "drongo", 3),
    ("motherfucker", "motherfucker", 3),
]


@pytest.mark.parametrize(("text", "words", "heat"), SHOWN)
def test_cue_is_quoted_as_it_was_said(text: str, words: str, heat: int) -> None:
    assert (words, heat) in [(said, cue.heat) for said, cue in CUES.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "thanks, speak on Friday",
        "I'll pay the 500 tomorrow",
        "the class assessment is in Scunthorpe",
        "we had a cockerel and a hellebore",
        "a shell and a grape",
    ],
)
def test_calm_words_show_nothing(text: str) -> None:
    assert CUES.find(text) == ()


@pytest.mark.parametrize("text", ["\u017fhit \u0130diot \u212alutz", "\x00\ud800", "I'M " * 3, "ﬀ"])
def test_odd_letters_do_no_harm(text: str) -> None:
    CUES.find(text)


def test_lexicon_is_whole() -> None:
    phrases = [cue.phrase for cue in CUES.cues]
    assert len(phrases) == len(set(phrases)) >= 220
    assert {cue.heat for cue in CUES.cues} == {1, 2, 3}
    assert all(cue.phrase == cue.phrase.lower().strip() for cue in CUES.cues)
    assert HeatCues.from_json(CUES.as_json()) == CUES


def test_every_cue_is_found_in_its_own_words() -> None:
    for cue in CUES.cues:
        assert [found.phrase for _, found in CUES.find(f"well, {cue.phrase}, i say")] == [
            cue.phrase
        ]


STRONG, WEAK = ("disgrace", Cue("disgrace", 2)), ("bloody", Cue("bloody", 1, weak=True))


@pytest.mark.parametrize(
    ("steps", "found", "heat"),
    [
        ((0.1, 0.0, 0.0), (), 0),
        ((0.6, 0.2, 0.0), (), 1),
        ((0.9, 0.7, 0.1), (), 2),
        ((0.9, 0.8, 0.6), (), 3),
        ((0.8, 0.3, 0.0), (STRONG,), 2),
        ((0.8, 0.1, 0.0), (STRONG,), 1),
        ((0.4, 0.1, 0.0), (WEAK,), 0),
        ((0.4, 0.3, 0.0), (STRONG,), 1),
    ],
)
def test_strong_cue_lifts_by_one_step_when_the_recogniser_half_agrees(
    steps: tuple[float, float, float], found: tuple[tuple[str, Cue], ...], heat: int
) -> None:
    assert ordinal_heat(steps, found)[0] == heat


def test_two_hundred_kilobytes_are_read_in_half_a_second() -> None:
    start = time.process_time()
    CUES.find("how dare you ring me again, you lot, it's a disgrace, " * 3_700)
    assert time.process_time() - start < 0.5
