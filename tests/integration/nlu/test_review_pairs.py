"""Calls of one situation handled well and badly, written by others: the better one scores higher.

Each file of tests/review_pairs holds `well` and `badly`, or one call as `turns` with what is expected of its score:
`at_least`, `below` or `blocker`. The calls are heard by the trained model.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.core.rehearsal.scorecard import Scorecard
from bot.core.rehearsal.situation import Situation
from bot.core.rehearsal.transcripts import Names, Transcript, from_document
from bot.nlu.recogniser import RasaRecogniser
from bot.services.review import Reviews

pytestmark = pytest.mark.rasa

FILES = sorted((Path(__file__).parents[2] / "review_pairs").glob("*.yml"))
WORK = {path.stem: YAML(typ="safe").load(path) for path in FILES}
PAIRS = [name for name, content in WORK.items() if "well" in content]
SINGLE = [name for name, content in WORK.items() if "turns" in content]
TODAY = date(2026, 6, 15)


@pytest.fixture(scope="module")
def reviews(recogniser: RasaRecogniser) -> Reviews:
    return Reviews(recogniser)


@pytest.fixture(scope="module")
def pair_cards(reviews: Reviews) -> dict[str, tuple[Scorecard, Scorecard]]:
    """Every pair's scores, heard once."""
    return {
        name: (card_of(reviews, name, "well"), card_of(reviews, name, "badly")) for name in PAIRS
    }


def card_of(reviews: Reviews, name: str, part: str, known: bool = True) -> Scorecard:
    content: dict[str, Any] = WORK[name]
    read = from_document({"id": name, "turns": content[part]}, 1, Names())
    assert isinstance(read, Transcript), read
    situation = Situation.from_json(content.get("situation")) if known else Situation()
    return reviews.score(Transcript(name, read.turns, situation), TODAY)[1]


def test_there_are_at_least_thirty_pairs() -> None:
    assert len(PAIRS) >= 30


def test_the_better_call_scores_higher(pair_cards: dict[str, tuple[Scorecard, Scorecard]]) -> None:
    wrong = {
        name: (well.total, badly.total)
        for name, (well, badly) in pair_cards.items()
        if well.total <= badly.total
    }

    assert len(wrong) <= 0.05 * len(PAIRS), wrong


def test_the_better_call_passes_and_the_worse_one_does_not(
    pair_cards: dict[str, tuple[Scorecard, Scorecard]],
) -> None:
    well = [name for name, (card, _) in pair_cards.items() if not card.passed]
    badly = [name for name, (_, card) in pair_cards.items() if card.passed]

    assert len(well) <= 0.05 * len(PAIRS), well
    assert badly == []


def test_no_call_handled_well_is_said_to_hold_a_blocker(
    pair_cards: dict[str, tuple[Scorecard, Scorecard]],
) -> None:
    found = {name: well.blockers for name, (well, _) in pair_cards.items() if well.blockers}

    assert found == {}


def test_the_order_holds_without_the_situation(reviews: Reviews) -> None:
    right = [
        card_of(reviews, name, "well", False).total > card_of(reviews, name, "badly", False).total
        for name in PAIRS
    ]

    assert sum(right) >= 0.95 * len(PAIRS)


@pytest.mark.parametrize("name", SINGLE)
def test_a_single_call_scores_as_its_author_expects(reviews: Reviews, name: str) -> None:
    card = card_of(reviews, name, "turns")
    expect = WORK[name]["expect"]

    assert card.total >= expect.get("at_least", 0), card.summary
    assert card.total < expect.get("below", 101), card.summary
    if "blocker" in expect:
        assert expect["blocker"] in {blocker.rule for blocker in card.blockers}
        assert not card.passed
