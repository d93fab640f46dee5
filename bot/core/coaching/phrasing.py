"""Chooses what to say: lines fitted to label, heat and account, one per stance, never one said before in the call."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.coaching.advice import SayLine
from bot.core.coaching.playbook import STANCES, Line, Play, Stance, fill

#: A line longer than this is not heard to its end.
LONGEST_LINE_WORDS = 25

_FEE = frozenset({"fee", "fee_invoice"})


@dataclass(frozen=True)
class Moment:
    """What lines are chosen for: heat of the turn, facts that can be quoted, lines used up, and the point at issue."""

    heat: int
    facts: Mapping[str, str]
    said: Collection[str] = ()
    about_fee: bool = False
    names_invoice: bool = False


def choose_say(plays: Sequence[Play], moment: Moment, limit: int = 3) -> tuple[SayLine, ...]:
    """Choose up to `limit` lines; the first play leads, each other one adds a line.

    When fewer than two fit, the leading play's asks and its lines for cooler moments fill up.
    """
    leader, others = plays[0], plays[1:]
    own = limit if not others else max(1, limit - 1)
    picked = _by_stance(_usable(leader.say, moment), moment, own)
    for play in others:
        if len(picked) >= limit:
            break
        picked += _addition(play, picked, moment)
    if len(picked) < limit:
        rest = _ranked(_usable(leader.say, moment, besides=picked), moment)
        picked += rest[: limit - len(picked)]
    if len(picked) < min(2, limit):
        picked += _last_resort(leader, picked, moment)[: min(2, limit) - len(picked)]
    return _rendered(_in_stance_order(picked), moment)


def choose_ask(
    plays: Sequence[Play], moment: Moment, besides: Collection[str] = ()
) -> SayLine | None:
    """Choose one open question that has not been used, of the most important play that has one left."""
    for play in plays:
        left = [line for line in _usable(play.ask, moment) if line.id not in besides]
        if left:
            return _rendered(_ranked(left, moment)[:1], moment)[0]
    return None


def choose_avoid(play: Play, moment: Moment, shown: Collection[str]) -> Line | None:
    """Choose what to keep from saying at this heat, each reminder once in a call."""
    left = (x for x in play.avoid if x.id not in shown and _fits(x, moment))
    return next(left, None)


def rendered(line: Line, facts: Mapping[str, str]) -> SayLine:
    """The line with this account's facts in it."""
    return SayLine(line.id, fill(line.text, facts))


def _fits(line: Line, moment: Moment) -> bool:
    if moment.heat not in line.heat or line.id in moment.said:
        return False
    if not line.placeholders <= moment.facts.keys():
        return False
    return len(fill(line.text, moment.facts).split()) <= LONGEST_LINE_WORDS


def _usable(lines: Iterable[Line], moment: Moment, besides: Sequence[Line] = ()) -> list[Line]:
    taken = {line.id for line in besides}
    return [line for line in lines if line.id not in taken and _fits(line, moment)]


def _score(line: Line, moment: Moment) -> int:
    score = 4 * min(line.concrete, 2) + (4 - len(line.heat))
    if moment.about_fee and line.placeholders & _FEE:
        score += 6
    if moment.names_invoice and "invoice" in line.placeholders:
        score += 3
    return score


def _ranked(lines: Iterable[Line], moment: Moment) -> list[Line]:
    # Sorting is stable, so equal lines come in the order in which the trainer wrote them.
    return sorted(lines, key=lambda line: -_score(line, moment))


def _by_stance(usable: list[Line], moment: Moment, limit: int) -> list[Line]:
    ranked = _ranked(usable, moment)
    best = {line.stance: line for line in reversed(ranked)}
    acknowledging = [best[Stance.ACKNOWLEDGE]] if Stance.ACKNOWLEDGE in best else []
    moving = _ranked((line for stance, line in best.items() if line not in acknowledging), moment)
    picked = (acknowledging + moving)[:limit]
    return _made_concrete(picked, ranked)


def _made_concrete(picked: list[Line], ranked: list[Line]) -> list[Line]:
    """Exchange a general line for a concrete one until two name something on the ledger."""
    spare = [line for line in ranked if line.concrete and line not in picked]
    while spare and len(picked) > 1 and sum(bool(line.concrete) for line in picked) < 2:
        general = [line for line in picked[1:] if not line.concrete] or picked[:1]
        picked = [line for line in picked if line is not general[-1]] + [spare.pop(0)]
    return picked


def _addition(play: Play, picked: list[Line], moment: Moment) -> list[Line]:
    ranked = _ranked(_usable(play.say, moment, besides=picked), moment)
    used = {line.stance for line in picked}
    fresh = [line for line in ranked if line.stance not in used]
    return (fresh or ranked)[:1]


def _last_resort(play: Play, picked: list[Line], moment: Moment) -> list[Line]:
    """Nothing is said twice: what is left are lines for cooler moments and the questions."""
    found: list[Line] = []
    for heat in range(moment.heat - 1, -1, -1):
        cooler = Moment(heat, moment.facts, moment.said, moment.about_fee, moment.names_invoice)
        found += _ranked(_usable(play.say, cooler, besides=[*picked, *found]), cooler)
    return found + _ranked(_usable(play.ask, moment, besides=[*picked, *found]), moment)


def _in_stance_order(lines: list[Line]) -> list[Line]:
    # What has no stance is a question, and a question probes.
    return sorted(lines, key=lambda line: STANCES.index(line.stance or Stance.PROBE))


def _rendered(lines: Iterable[Line], moment: Moment) -> tuple[SayLine, ...]:
    return tuple(rendered(line, moment.facts) for line in lines)
