"""How hard scenarios prove: first tries apart from later ones, and nobody's results told by small numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.studio.difficulty import FEWEST_PEOPLE, Try, difficulties

START = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def a_try(user: str, after: int = 0, **changes: Any) -> Try:
    values: dict[str, Any] = {
        "scenario_id": "cash-flow-cafe",
        "level": 1,
        "user_id": user,
        "started_at": START + timedelta(hours=after),
        "score": 60,
        "heat": (2, 1, 0),
        "skills": {"empathy": 70, "firmness": 40},
    }
    return Try(**values | changes)


def test_first_tries_and_later_ones_are_told_apart() -> None:
    first = [a_try(user, score=40, outcome="hung_up") for user in "abc"]
    later = [a_try(user, 1, score=80, passed=True, heat=(1, 3)) for user in "abc"]
    [found] = difficulties([*later, *first])

    assert (found.first.median_score, found.first.passed_share, found.first.hung_up) == (40, 0, 3)
    assert (found.later.median_score, found.later.passed_share, found.later.hung_up) == (80, 1, 0)
    assert (found.first.median_heat_drop, found.later.median_heat_drop) == (2, -2)
    assert (found.all.attempts, found.all.people, found.all.finished) == (6, 3, 6)
    assert found.all.hardest_skill == "firmness"


def test_of_fewer_people_than_three_only_the_counts_are_told() -> None:
    [found] = difficulties([a_try("a"), a_try("a", 1), a_try("b")])

    assert FEWEST_PEOPLE == 3
    assert found.is_hidden
    assert found.is_small
    assert "stay theirs" in found.note
    assert found.all.as_json() == {
        "attempts": 3,
        "people": 2,
        "finished": 3,
        "passed_share": None,
        "median_score": None,
        "hung_up": None,
        "median_heat_drop": None,
        "hardest_skill": None,
    }


def test_three_who_tried_and_one_who_finished_tell_no_figure() -> None:
    [found] = difficulties([a_try("a"), a_try("b", score=None), a_try("c", score=None)])

    assert (found.all.people, found.all.finished) == (3, 1)
    assert found.all.median_score is None


def test_small_numbers_are_said_to_be_small() -> None:
    few = [a_try(user) for user in "abc"]
    many = [a_try(user) for user in "abcdefghij"]

    assert difficulties(few)[0].note.startswith("Only 3 finished")
    assert difficulties(many)[0].note == ""


def test_the_hardest_by_first_tries_stands_first_and_the_unknown_last() -> None:
    hard = [a_try(user, scenario_id="hard", score=30) for user in "abc"]
    easy = [a_try(user, scenario_id="easy", score=90, passed=True) for user in "abc"]
    unknown = [a_try("a", scenario_id="unknown")]
    found = difficulties([*easy, *unknown, *hard])

    assert [one.scenario_id for one in found] == ["hard", "easy", "unknown"]


def test_levels_are_told_apart() -> None:
    assert len(difficulties([a_try("a"), a_try("a", level=2)])) == 2


def test_nothing_tried_is_nothing_told() -> None:
    assert difficulties([]) == ()
