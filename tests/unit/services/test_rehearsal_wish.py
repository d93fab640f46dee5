"""The words of a wish choose the scenario, the level and the mode."""

from __future__ import annotations

import pytest

from bot.content.loader import load_desk_content
from bot.core.coaching.topics import Topics
from bot.core.rehearsal.repertoire import Repertoire
from bot.services.rehearsal_wish import Wish, wish
from tests.rehearsal_fakes import DATA, repertoire


@pytest.fixture(scope="module")
def shipped() -> Repertoire:
    return repertoire()


@pytest.fixture(scope="module")
def topics() -> Topics:
    return load_desk_content(DATA).topics


@pytest.mark.parametrize(
    ("text", "scenario", "level"),
    [
        ("angry haulier, wrong invoice, level 2", "disputed-terms-haulier", 2),
        ("practise sixty days, not thirty at level 3", "disputed-terms-haulier", 3),
        ("rehearse Nothing in the till", "cash-flow-cafe", None),
        ("the accountant about a late fee", "late-fee-accountant", None),
        ("the builder who never had the blocks", "wrong-invoice-builder", None),
        ("I'd like to practise insolvency", "insolvency-fashion", None),
        ("a vulnerable client", "vulnerable-sole-trader", None),
        ("can we do third party", "third-party-daughter", None),
        ("the council", "paperwork-council", None),
        ("a pub landlady", "refusal-landlord", None),
        ("two fridges that make warm milk", "faulty-goods-kitchen", None),
    ],
)
def test_title_client_trade_or_objection_name_the_scenario(
    shipped: Repertoire, topics: Topics, text: str, scenario: str, level: int | None
) -> None:
    assert wish(text, shipped, topics) == Wish(scenario, level)


def test_an_angry_one_is_angry_from_the_first_word(shipped: Repertoire, topics: Topics) -> None:
    found = wish("give me an angry one to practise on", shipped, topics)

    assert found.scenario_id is not None
    scenario = shipped.scenario(found.scenario_id)
    assert shipped.persona_of(scenario).temper.start[found.level or 0] >= 50


def test_a_polite_one_who_stalls_is_calm_and_stalls(shipped: Repertoire, topics: Topics) -> None:
    found = wish("somebody polite who stalls", shipped, topics)

    scenario = shipped.scenario(found.scenario_id or "")
    assert scenario.objection == "stalling"
    assert shipped.persona_of(scenario).temper.start[found.level or 0] < 25


def test_a_family_is_enough(shipped: Repertoire, topics: Topics) -> None:
    found = wish("a hardship case", shipped, topics)

    assert shipped.scenario(found.scenario_id or "").family == "cash_flow_hardship"


def test_of_equals_the_one_that_was_taken_least_comes(shipped: Repertoire, topics: Topics) -> None:
    first = wish("give me an angry one", shipped, topics)
    second = wish("give me an angry one", shipped, topics, {first.scenario_id or "": 1})

    assert second.scenario_id not in (None, first.scenario_id)


@pytest.mark.parametrize(
    ("text", "level", "mode"),
    [
        ("let's rehearse", None, None),
        ("level 3 please", 3, None),
        ("something easier", 1, None),
        ("a hard one, as an exam", 3, "exam"),
        ("", None, None),
        ("💥", None, None),
    ],
)
def test_words_that_name_nobody_leave_it_to_what_fits(
    shipped: Repertoire, topics: Topics, text: str, level: int | None, mode: str | None
) -> None:
    assert wish(text, shipped, topics) == Wish(None, level, mode)
