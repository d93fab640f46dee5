"""Scores a call: eight skills by readable rules, weights, blockers that fail it, and ceilings for what is too little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.labels import OFFERS, Move
from bot.core.rehearsal.blockers import blockers_of
from bot.core.rehearsal.heard_call import HeardCall, HeardTurn, hear_call
from bot.core.rehearsal.outcome import outcome_of
from bot.core.rehearsal.rules.requests import asked_for_it
from bot.core.rehearsal.scenario import SKILLS, Goal
from bot.core.rehearsal.scorecard import (
    Blocker,
    Ceiling,
    Scorecard,
    ScoredTurn,
    SkillScore,
)
from bot.core.rehearsal.situation import Situation
from bot.core.rehearsal.skills import DEFAULT_WEIGHTS, SKILL_WORDS, score_skill
from bot.core.rehearsal.verdict import summary_of

#: Raised whenever a rule, its points, a weight or a ceiling changes; stored with every score.
RUBRIC_VERSION = 1


@dataclass(frozen=True)
class Rubric:
    """The numbers around the rules: weights, the pass mark, and what blockers and poor ends leave at most."""

    weights: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    pass_mark: int = 70
    blocked: int = 40
    too_little: int = 25
    nonsense: int = 25
    one_sided: int = 30
    nothing_achieved: int = 55
    put_off: int = 55
    hung_up: int = 55
    faults_prevail: int = 50
    hotter: int = 65
    version: int = RUBRIC_VERSION

    def ceilings(self) -> tuple[Ceiling, ...]:
        """Every ceiling with what it is for, in the order in which they are told."""
        return tuple(
            Ceiling(name, most, note)
            for name, most, note in (
                (
                    "too_little",
                    self.too_little,
                    "Too little was said to judge it: fewer than two turns or twelve words of the collector.",
                ),
                (
                    "nonsense",
                    self.nonsense,
                    "Hardly anything that the collector said belongs to such a call.",
                ),
                (
                    "one_sided",
                    self.one_sided,
                    "The client never spoke, so nothing could be heard or agreed.",
                ),
                ("blocked", self.blocked, "A blocker fails the call whatever the sum."),
                (
                    "faults_prevail",
                    self.faults_prevail,
                    "At least two turns, and a third of the collector's, were faults.",
                ),
                (
                    "nothing_achieved",
                    self.nothing_achieved,
                    "Kind or not, it led nowhere: no agreement, no step, no next contact; or no question, sum or day.",
                ),
                (
                    "put_off",
                    self.put_off,
                    "The client put it off and so did the collector: no day and no sum asked for, only another call.",
                ),
                ("hung_up", self.hung_up, "The client broke the call off."),
                (
                    "hotter",
                    self.hotter,
                    "The client ended hotter than they began, and nothing was agreed.",
                ),
            )
        )


#: The rubric that ships.
HOUSE_RUBRIC = Rubric()

_FEWEST_TURNS, _FEWEST_WORDS = 2, 12
#: Below this part of recognisable turns a collector talks nonsense; shorter turns than this do not count.
_SENSE, _SHORT = 0.25, 4
_FAULTY_TURNS, _FAULTY_PART = 2, 1 / 3
_ONLY_PUT_OFF = ("follow_up", "signposted")
_AGREED = ("paid", "plan", "promise")


def score(
    turns: Sequence[ScoredTurn], situation: Situation | None = None, rubric: Rubric = HOUSE_RUBRIC
) -> Scorecard:
    """Score the labelled turns of a call or a rehearsal; the same turns always give the same card."""
    known = situation or Situation()
    call = hear_call(turns, known)
    skills = tuple(score_skill(name, call) for name in SKILLS)
    weights = weights_of(known, rubric)
    uncapped = weighted(skills, weights)
    blockers, outcome = blockers_of(call), outcome_of(call)
    ceilings = tuple(_ceilings(call, rubric, bool(blockers), outcome))
    total = min([uncapped, *(ceiling.most for ceiling in ceilings)])
    total = max(0, total - max(0, known.hints_cost))
    return Scorecard(
        total=total,
        skills=skills,
        weights=weights,
        blockers=blockers,
        ceilings=ceilings,
        outcome=outcome,
        passed=total >= rubric.pass_mark and not blockers,
        uncapped=uncapped,
        heat=call.heat,
        summary=summary_of(total, skills, weights, blockers, ceilings, outcome, call.heat),
        goals=tuple((goal.id, goal.text, is_met(goal, call, outcome)) for goal in known.goals),
        hints_cost=known.hints_cost,
        rubric_version=rubric.version,
    )


def weights_of(situation: Situation, rubric: Rubric) -> Mapping[str, int]:
    """The situation's weights where it has any, else the rubric's."""
    given = situation.weights or rubric.weights
    return {name: given.get(name, 0) for name in SKILLS}


def weighted(skills: Sequence[SkillScore], weights: Mapping[str, int]) -> int:
    """The weighted mean of the skills, to the nearest whole number."""
    whole = sum(weights.values()) or 1
    points = sum(weights[skill.name] * skill.points for skill in skills)
    return (2 * points + whole) // (2 * whole)


def is_met(goal: Goal, call: HeardCall, outcome: str) -> bool | None:
    """Whether a goal was met by what was said; None where its rule needs what only a rehearsal knows."""
    needs = goal.needs
    if needs.temper_below is not None or needs.trust_from is not None or needs.facts:
        return None
    if not (needs.moves or needs.end or needs.none_of):
        return None
    done = all(call.first(move) for move in needs.moves)
    ends = {end.value for end in needs.end}
    kept = not any(turn.did(*needs.none_of) for turn in call.collector)
    return done and kept and (not ends or outcome in ends)


def _ceilings(call: HeardCall, rubric: Rubric, is_blocked: bool, outcome: str) -> list[Ceiling]:
    holds = {
        "too_little": len([t for t in call.collector if t.words]) < _FEWEST_TURNS
        or sum(turn.words for turn in call.collector) < _FEWEST_WORDS,
        "nonsense": _is_nonsense(call),
        "one_sided": not any(turn.words for turn in call.client),
        "blocked": is_blocked,
        "faults_prevail": _faults_prevail(call),
        "nothing_achieved": outcome == "nothing" or _is_empty(call),
        "put_off": outcome in _ONLY_PUT_OFF and call.is_about_money and not asked_for_it(call),
        "hung_up": outcome == "hung_up",
        "hotter": call.grew_hotter and outcome not in _AGREED,
    }
    return [ceiling for ceiling in rubric.ceilings() if holds[ceiling.rule]]


def _is_nonsense(call: HeardCall) -> bool:
    long = [turn for turn in call.collector if turn.words >= _SHORT]
    sense = [turn for turn in long if set(turn.acts) - {"echo"}]
    return bool(long) and len(sense) < _SENSE * len(long)


def _faults_prevail(call: HeardCall) -> bool:
    faulty = sum(turn.is_faulty for turn in call.collector)
    return faulty >= _FAULTY_TURNS and faulty >= _FAULTY_PART * len(call.collector)


def _is_empty(call: HeardCall) -> bool:
    """Whether nothing was asked, named or fixed: kind words that achieve nothing."""
    start = call.client[0].place if call.client else 0
    steps = (
        Move.OPEN_QUESTION.value,
        Move.SEEK_COMMITMENT.value,
        Move.LOG_DISPUTE.value,
        Move.SEND_DOCUMENTS.value,
        Move.ESCALATE.value,
        Move.SIGNPOST.value,
        Move.SCHEDULE_FOLLOW_UP.value,
        *OFFERS,
    )
    return not any(_moves_it(turn, steps) for turn in call.clean if turn.place > start)


def _moves_it(turn: HeardTurn, steps: tuple[str, ...]) -> bool:
    return turn.did(*steps) or turn.has_sum or turn.has_day


__all__ = [
    "HOUSE_RUBRIC",
    "RUBRIC_VERSION",
    "SKILL_WORDS",
    "Blocker",
    "Rubric",
    "Scorecard",
    "ScoredTurn",
    "Situation",
    "score",
]
