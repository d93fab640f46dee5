"""The eight skills: what each is called, what it weighs, and the rules that score it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.rehearsal.heard_call import HeardCall
from bot.core.rehearsal.rule import Rule
from bot.core.rehearsal.rules.clarity import CLARITY
from bot.core.rehearsal.rules.composure import COMPOSURE
from bot.core.rehearsal.rules.empathy import EMPATHY
from bot.core.rehearsal.rules.escalation_judgement import ESCALATION_JUDGEMENT
from bot.core.rehearsal.rules.firmness import FIRMNESS
from bot.core.rehearsal.rules.listening import LISTENING
from bot.core.rehearsal.rules.problem_solving import PROBLEM_SOLVING
from bot.core.rehearsal.rules.process import PROCESS
from bot.core.rehearsal.scenario import SKILLS
from bot.core.rehearsal.scorecard import Reason, SkillScore

SKILL_WORDS: dict[str, str] = {
    "composure": "composure",
    "empathy": "empathy",
    "listening": "listening",
    "clarity": "clarity",
    "problem_solving": "problem solving",
    "firmness": "firmness",
    "process": "process",
    "escalation_judgement": "escalation judgement",
}

#: What each skill counts for where nothing else is said; they add up to 100.
DEFAULT_WEIGHTS: Mapping[str, int] = {
    "composure": 12,
    "empathy": 16,
    "listening": 16,
    "clarity": 12,
    "problem_solving": 16,
    "firmness": 12,
    "process": 10,
    "escalation_judgement": 6,
}

RULES: Mapping[str, tuple[Rule, ...]] = {
    "composure": COMPOSURE,
    "empathy": EMPATHY,
    "listening": LISTENING,
    "clarity": CLARITY,
    "problem_solving": PROBLEM_SOLVING,
    "firmness": FIRMNESS,
    "process": PROCESS,
    "escalation_judgement": ESCALATION_JUDGEMENT,
}


def score_skill(name: str, call: HeardCall) -> SkillScore:
    """Score one skill by its rules, each reason with its quote; the points stay within 0 and 100."""
    reasons: list[Reason] = []
    missed: list[Reason] = []
    for rule in RULES[name]:
        if not rule.applies(call):
            continue
        hits = tuple(rule.finds(call))[: rule.at_most]
        reasons += (Reason(hit.turn, hit.quote, rule.id, rule.points, rule.text) for hit in hits)
        if not hits and rule.points > 0:
            missed.append(Reason(None, "", rule.id, rule.points, rule.text))
    total = sum(reason.points for reason in reasons)
    return SkillScore(name, min(100, max(0, total)), tuple(reasons), tuple(missed))


def rule_by_id(id: str) -> Rule:
    """The rule with this id; ids are unique over all skills."""
    return next(rule for skill in SKILLS for rule in RULES[skill] if rule.id == id)
