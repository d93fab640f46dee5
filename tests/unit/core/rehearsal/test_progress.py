"""Progress: recent sessions weigh more, a trend is named, and re-tests come after 7 and 30 days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.core.labels import Family
from bot.core.rehearsal.progress import Result, retests, retests_due, standing, table, trend
from bot.core.rehearsal.scenario import SKILLS

DAY = date(2026, 11, 20)


def result(on: int = 0, points: int = 80, **changes: object) -> Result:
    values: dict[str, object] = {
        "scenario_id": "cafe",
        "family": Family.CASH_FLOW_HARDSHIP,
        "on": DAY + timedelta(days=on),
        "total": points,
        "passed": points >= 70,
        "skills": dict.fromkeys(SKILLS, points),
    }
    return Result(**(values | changes))  # type: ignore[arg-type]


def test_recent_sessions_weigh_more() -> None:
    assert standing([40, 80]) > 60 > standing([80, 40])
    assert standing([70]) == 70


@pytest.mark.parametrize(
    ("path", "expected"),
    [([50], "new"), ([50, 60], "up"), ([60, 50], "down"), ([60, 62], "level")],
)
def test_the_trend_is_the_latest_against_those_before(path: list[int], expected: str) -> None:
    assert trend(path) == expected


def test_the_table_has_a_cell_for_every_skill_of_every_family_practised() -> None:
    cells = table(
        [
            result(1, 80),
            result(0, 50),
            result(2, 60, scenario_id="x", family=Family.HOSTILITY, skills={"empathy": 60}),
        ]
    )

    assert [(c.skill, c.family) for c in cells] == [
        *((skill, Family.CASH_FLOW_HARDSHIP) for skill in SKILLS),
        ("empathy", Family.HOSTILITY),
    ]
    assert cells[0].path == (50, 80)
    assert (cells[0].trend, cells[0].sessions) == ("up", 2)


def test_nothing_practised_is_an_empty_table() -> None:
    assert table([]) == ()
    assert retests([], DAY) == ()


def status(results: list[Result], after: int) -> dict[int, str]:
    return {r.after_days: r.status for r in retests(results, DAY + timedelta(days=after))}


def test_retests_come_seven_and_thirty_days_after_the_first_pass() -> None:
    found = retests([result(0, 60), result(1), result(3)], DAY)

    assert [r.due_on for r in found] == [DAY + timedelta(days=8), DAY + timedelta(days=31)]


def test_a_retest_is_planned_then_due_then_missed() -> None:
    assert status([result()], 0) == {7: "planned", 30: "planned"}
    assert status([result()], 7) == {7: "due", 30: "planned"}
    assert status([result()], 25) == {7: "missed", 30: "planned"}
    assert status([result()], 30)[30] == "due"


def test_a_retest_counts_only_without_hints() -> None:
    assert status([result(), result(7, hints=1)], 8)[7] == "due"
    assert status([result(), result(7)], 8)[7] == "passed"
    assert status([result(), result(7, 40)], 8)[7] == "failed"


def test_what_was_never_passed_is_not_retested() -> None:
    assert retests([result(0, 50)], DAY + timedelta(days=30)) == ()


def test_those_due_are_told_the_longest_due_first() -> None:
    results = [result(0), result(1, scenario_id="haulier")]
    found = retests_due(results, DAY + timedelta(days=9))

    assert [r.scenario_id for r in found] == ["cafe", "haulier"]
