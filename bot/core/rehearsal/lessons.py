"""What to learn from a scorecard: one thing to keep, one to try, the turn to retry, the scenario to take next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.labels import Speaker
from bot.core.rehearsal.record import Rehearsal
from bot.core.rehearsal.scenario import Scenario
from bot.core.rehearsal.scorecard import Reason, Scorecard, SkillScore
from bot.core.rehearsal.skills import SKILL_WORDS, rule_by_id
from bot.core.rehearsal.verdict import weakest

#: What a blocker's better line is, by its rule in the table.
_BETTER_THAN = {
    "threaten": "threatened",
    "disclose": "disclosed",
    "money_in_protocol": "protocol_broken",
    "pressure": "pressed",
    "blame": "blamed",
    "dismiss": "brushed_aside",
    "argue": "argued",
}
_HOTTEST_STEP = 1


@dataclass(frozen=True)
class Keep:
    """What was done well, in the trainee's own words."""

    turn: int | None
    quote: str
    skill: str
    text: str


@dataclass(frozen=True)
class TryThis:
    """What to do otherwise, with a line that does it."""

    skill: str
    text: str
    better: str
    turn: int | None
    quote: str


@dataclass(frozen=True)
class Retry:
    """The turn from which a second attempt changes most, and why."""

    turn: int
    quote: str
    why: str


@dataclass(frozen=True)
class NextScenario:
    """The scenario to take next, and why."""

    id: str
    why: str


@dataclass(frozen=True)
class Attempt:
    """An earlier result, as far as the next scenario depends on it."""

    scenario_id: str
    passed: bool
    skills: Mapping[str, int]


def to_keep(scorecard: Scorecard) -> Keep | None:
    """The reason that earned most and has the trainee's words behind it; of equals the weightier skill's."""
    earned = [
        (reason.points * scorecard.weights[skill.name], skill.name, reason)
        for skill in scorecard.skills
        for reason in skill.reasons
        if reason.points > 0 and reason.turn is not None and reason.quote
    ]
    if not earned:
        return None
    _, skill, reason = max(earned, key=lambda x: (x[0], -(x[2].turn or 0)))
    return Keep(reason.turn, reason.quote, SKILL_WORDS[skill], reason.note)


def to_try(scorecard: Scorecard, retry: Retry | None) -> TryThis | None:
    """The rule that cost most, with its better line; a blocker comes before everything."""
    if scorecard.blockers:
        first = scorecard.blockers[0]
        rule = rule_by_id(_BETTER_THAN[first.rule])
        return TryThis(SKILL_WORDS[rule.skill], first.note, rule.better, first.turn, first.quote)
    losses = [
        (abs(reason.points) * scorecard.weights[skill.name], skill.name, reason)
        for skill in scorecard.skills
        if skill.points < 100
        for reason in (*skill.missed, *(r for r in skill.reasons if r.points < 0))
        if rule_by_id(reason.rule).better
    ]
    if not losses:
        return None
    _, skill, reason = max(losses, key=lambda x: (x[0], x[2].points < 0))
    turn = reason.turn if reason.turn is not None else (retry.turn if retry else None)
    return TryThis(
        SKILL_WORDS[skill], reason.note, rule_by_id(reason.rule).better, turn, reason.quote
    )


def to_retry(scorecard: Scorecard, rehearsal: Rehearsal) -> Retry | None:
    """The turn to rewind to: the blocker, else the one that cost most points, else where temper rose most."""
    if scorecard.blockers:
        first = scorecard.blockers[0]
        return Retry(first.turn, first.quote, first.note)
    own = {turn.index for turn in rehearsal.turns if turn.speaker is Speaker.COLLECTOR}
    cost: dict[int, int] = {}
    worst: dict[int, Reason] = {}
    for skill in scorecard.skills:
        for reason in skill.reasons:
            if reason.points < 0 and reason.turn in own:
                weight = -reason.points * scorecard.weights[skill.name]
                cost[reason.turn] = cost.get(reason.turn, 0) + weight
                if reason.turn not in worst or reason.points < worst[reason.turn].points:
                    worst[reason.turn] = reason
    if cost:
        turn = max(cost, key=lambda index: (cost[index], -index))
        return Retry(turn, worst[turn].quote, worst[turn].note)
    return _where_temper_rose(rehearsal)


def _where_temper_rose(rehearsal: Rehearsal) -> Retry | None:
    rises = [
        (turn.state.temper - before.state.temper, turn)
        for before, turn in zip(rehearsal.turns, rehearsal.turns[1:], strict=False)
        if turn.speaker is Speaker.COLLECTOR
    ]
    rise, turn = max(rises, key=lambda x: (x[0], -x[1].index), default=(0, None))
    if turn is None or rise < _HOTTEST_STEP:
        return None
    return Retry(turn.index, turn.text[:160], "The client grew hotter here than anywhere else.")


def to_take_next(
    scorecard: Scorecard,
    scenario: Scenario,
    history: Sequence[Attempt],
    emphasis: Mapping[str, Mapping[str, int]],
) -> NextScenario | None:
    """The same again after a fail; else one that the scenario names, else one that weighs the weakest skill most."""
    if not scorecard.passed:
        return NextScenario(
            scenario.id, "Take this one again while it is fresh; rewind or start anew."
        )
    passed = {attempt.scenario_id for attempt in history if attempt.passed} | {scenario.id}
    skill = weakest_over(scorecard, history)
    named = [name for name in scenario.next if name not in passed]
    known = [name for name in emphasis if name not in passed]
    pool = named or known
    if not pool:
        return None
    order = {name: place for place, name in enumerate(pool)}
    best = max(pool, key=lambda name: (emphasis.get(name, {}).get(skill, 0), -order[name]))
    return NextScenario(
        best, f"It asks most for {SKILL_WORDS[skill]}, where there is most to gain."
    )


def weakest_over(scorecard: Scorecard, history: Sequence[Attempt]) -> str:
    """The skill that is lowest over this rehearsal and the last three before it."""
    rows = [
        {skill.name: skill.points for skill in scorecard.skills},
        *(attempt.skills for attempt in history[-3:]),
    ]
    means = [
        SkillScore(skill.name, sum(row.get(skill.name, 100) for row in rows) // len(rows))
        for skill in scorecard.skills
    ]
    lowest = weakest(means, scorecard.weights)
    return lowest.name if lowest else means[0].name
