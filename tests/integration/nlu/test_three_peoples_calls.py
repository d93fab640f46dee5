"""What three people of different styles say in five scenarios is understood and scored sensibly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.rehearsal_transcripts import Played, play_all

pytestmark = pytest.mark.rasa


@pytest.fixture(scope="module")
def calls(model: Path) -> list[Played]:
    return play_all()


def test_every_style_has_been_played_in_five_scenarios(calls: list[Played]) -> None:
    assert len({(one.style, one.scenario.id) for one in calls}) == 15
    assert len({one.scenario.id for one in calls}) == 5


def test_most_of_what_they_say_is_understood(calls: list[Played]) -> None:
    assert all(one.understood >= 0.7 for one in calls), [
        (one.name, round(one.understood, 2)) for one in calls
    ]


def test_the_clumsy_one_scores_below_the_others_in_every_scenario(calls: list[Played]) -> None:
    scores = {(one.scenario.id, one.style): one.card.total for one in calls}
    for scenario in {one.scenario.id for one in calls}:
        clumsy = scores[scenario, "clumsy"]
        assert clumsy < scores[scenario, "curt"], scenario
        assert clumsy < scores[scenario, "chatty"], scenario


def test_being_curt_or_chatty_is_no_fault(calls: list[Played]) -> None:
    for one in calls:
        if one.style != "clumsy":
            assert not one.card.blockers, one.name
            assert one.card.total >= 55, (one.name, one.card.total)


def test_no_client_says_a_line_twice(calls: list[Played]) -> None:
    for one in calls:
        said = [line for turn in one.call.turns for line in turn.line_ids]
        assert len(said) == len(set(said)), one.name
