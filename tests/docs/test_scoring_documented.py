"""The scoring reference says what the rules do: every rule, its points and its source, every code of a review."""

from __future__ import annotations

import re

import pytest

from bot.core.rehearsal.rubric import HOUSE_RUBRIC
from bot.core.rehearsal.rule import Rule
from bot.core.rehearsal.scenario import SKILLS
from bot.core.rehearsal.scorecard import OUTCOMES
from bot.core.rehearsal.skills import DEFAULT_WEIGHTS, RULES
from bot.core.rehearsal.verdict import OUTCOME_WORDS
from tests.docs.pages import ROOT, code_words, first_words, read
from tools.scoring_tables import PAGE, is_stale

EVERY_RULE = [rule for skill in SKILLS for rule in RULES[skill]]


def test_the_tables_are_not_stale() -> None:
    assert not is_stale(), "run `python -m tools.scoring_tables`"


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: rule.id)
def test_a_rule_is_documented_with_its_points_and_source(rule: Rule) -> None:
    assert f"| `{rule.id}` | {rule.points:+d}" in read(PAGE)
    assert rule.source in read(PAGE)


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: rule.id)
def test_a_rule_is_a_sentence_and_what_takes_points_once_or_more_says_so(rule: Rule) -> None:
    assert rule.text.endswith(".")
    assert rule.points
    assert rule.at_most == 1 or rule.points < 0


def test_rule_ids_are_unique() -> None:
    assert len({rule.id for rule in EVERY_RULE}) == len(EVERY_RULE)


@pytest.mark.parametrize("skill", SKILLS)
def test_a_skill_can_be_mastered(skill: str) -> None:
    assert sum(rule.points for rule in RULES[skill] if rule.points > 0) >= 100


def test_the_weights_add_up_to_a_hundred() -> None:
    assert set(DEFAULT_WEIGHTS) == set(SKILLS)
    assert sum(DEFAULT_WEIGHTS.values()) == 100


def test_every_outcome_and_ceiling_has_its_words() -> None:
    assert set(OUTCOME_WORDS) == set(OUTCOMES)
    assert set(OUTCOMES) | {c.rule for c in HOUSE_RUBRIC.ceilings()} <= first_words(read(PAGE))


def test_every_error_code_of_a_review_is_documented() -> None:
    folder = ROOT / "bot" / "core" / "rehearsal"
    code = "".join(
        (folder / name).read_text("utf-8") for name in ("transcripts.py", "transcript_files.py")
    )
    raised = set(re.findall(r'(?:Unreadable|TurnError)\(\s*(?:[\w.]+,\s*)?"([a-z-]+)"', code))

    assert len(raised) >= 12
    assert raised <= set(code_words(read(PAGE)))
