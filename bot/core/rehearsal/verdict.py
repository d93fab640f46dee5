"""A scorecard in two or three plain sentences: how it ended, what carried it, what held it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.coaching.wording import HEAT_WORDS
from bot.core.rehearsal.scorecard import Blocker, Ceiling, SkillScore
from bot.core.rehearsal.skills import SKILL_WORDS, rule_by_id

OUTCOME_WORDS: dict[str, str] = {
    "hung_up": "The client broke it off",
    "protocol": "The protocol was kept",
    "paid": "Paid while on the line",
    "plan": "A plan was agreed",
    "promise": "A payment was promised",
    "handed_over": "Handed over",
    "dispute_logged": "The dispute was logged",
    "documents": "Documents are on their way",
    "signposted": "Pointed to help",
    "follow_up": "A next contact was fixed",
    "nothing": "It ended with nothing agreed and no next step",
}
#: From here on a skill is worth naming as a strength.
_STRONG = 75


def summary_of(
    total: int,
    skills: Sequence[SkillScore],
    weights: Mapping[str, int],
    blockers: Sequence[Blocker],
    ceilings: Sequence[Ceiling],
    outcome: str,
    heat: Sequence[int],
) -> str:
    """Say in plain words what the score rests on."""
    parts = [f"{total} of 100. {OUTCOME_WORDS[outcome]}{_heat_words(heat)}."]
    if blockers:
        first = blockers[0]
        parts.append(f"Turn {first.turn} fails it: {first.note} “{first.quote}”")
    else:
        parts += [ceiling.note for ceiling in ceilings[:1]]
    counted = [skill for skill in skills if weights[skill.name]]
    best, worst = strongest(counted, weights), weakest(counted, weights)
    if best and best.points >= _STRONG and not blockers:
        parts.append(f"Strongest: {SKILL_WORDS[best.name]}.")
    if worst and worst.points < _STRONG:
        why = main_loss(worst)
        parts.append(f"Most to gain: {SKILL_WORDS[worst.name]}{f' ({why})' if why else ''}.")
    return " ".join(parts)


def strongest(skills: Sequence[SkillScore], weights: Mapping[str, int]) -> SkillScore | None:
    """The skill with the most points; of equals the weightier."""
    return max(skills, key=lambda s: (s.points, weights[s.name]), default=None)


def weakest(skills: Sequence[SkillScore], weights: Mapping[str, int]) -> SkillScore | None:
    """The skill that cost the total most."""
    return max(
        skills, key=lambda s: ((100 - s.points) * weights[s.name], weights[s.name]), default=None
    )


def main_loss(skill: SkillScore) -> str:
    """What took most points from a skill, in the rule's words."""
    taken = [reason for reason in skill.reasons if reason.points < 0]
    lost = [*taken, *skill.missed]
    if not lost:
        return ""
    worst = max(lost, key=lambda reason: (abs(reason.points), reason.points < 0))
    text = rule_by_id(worst.rule).text.rstrip(".")
    said = f"{text[0].lower()}{text[1:]}"
    return said if worst.points < 0 else f"missing: {said}"


def _heat_words(heat: Sequence[int]) -> str:
    if not heat:
        return ""
    first, last = HEAT_WORDS[heat[0]], HEAT_WORDS[heat[-1]]
    return (
        f"; the client stayed {last}"
        if first == last
        else f"; the client went from {first} to {last}"
    )
