"""How a trainee's turn changes the client: every recognised move through a rule of the table, every change with its cause."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from bot.core.coaching.folding import ACKNOWLEDGING
from bot.core.labels import FAULTS
from bot.core.reading import Reading
from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.protocol_words import RULE_WORDS
from bot.core.rehearsal.reaction_rules import (
    CALM_ENOUGH,
    COOLS_BY_LEVEL,
    HEATS_BY_LEVEL,
    MOST_CALMED,
    RULES,
    SPOT,
    TIRING,
    TIRING_IN_VAIN,
    TRUSTING_ENOUGH,
    WORN,
)
from bot.core.rehearsal.repeats import with_question
from bot.core.rehearsal.scenario import Scenario
from bot.core.rehearsal.state import Cause, ClientState
from bot.core.rehearsal.triggers import SIMPLE, rules_set_off

#: Turns without any gain after which it is going in circles.
_IN_VAIN = 3


@dataclass(frozen=True)
class Scene:
    """Who is on the phone in which case at which level, and the dice of this turn."""

    persona: Persona
    scenario: Scenario
    level: int
    dice: random.Random


def react(scene: Scene, state: ClientState, reading: Reading) -> tuple[ClientState, list[Cause]]:
    """The state after a trainee's turn, with every cause; `turn` has been counted already."""
    causes: list[Cause] = []
    names = set(reading.names)
    faults = names & FAULTS
    for rule, move in rules_set_off(scene.scenario, state, reading, names):
        state = apply(scene, state, causes, rule, move, reading.evidence_of(move))
    gained = any(c.temper < 0 or c.trust > 0 for c in causes)
    heard = bool(names & ACKNOWLEDGING) and not faults
    state = replace(
        state,
        acknowledged=state.acknowledged or (heard and state.opened),
        counts=_counted(state, names | {c.rule for c in causes if c.rule in RULE_WORDS}),
        questions=with_question(state, reading),
        last_move_turn=state.turn if gained else state.last_move_turn,
        silence=0,
    )
    return tire(scene, state, causes, gained), causes


def react_to_silence(scene: Scene, state: ClientState) -> tuple[ClientState, list[Cause]]:
    """The state after the trainee has said nothing."""
    causes: list[Cause] = []
    state = replace(state, silence=state.silence + 1)
    rule = "said_nothing" if state.silence == 1 else "left_hanging"
    state = apply(scene, state, causes, rule)
    return tire(scene, state, causes, False), causes


def apply(
    scene: Scene,
    state: ClientState,
    causes: list[Cause],
    rule: str,
    move: str = "",
    words: str = "",
) -> ClientState:
    """Apply one rule of the table and note the cause with what really changed."""
    row = RULES[rule]
    worn = WORN[min(state.count(move or rule), len(WORN) - 1)] if _wears(rule) else 100
    soft = SPOT if move in scene.persona.soft_spots else 100
    sore = SPOT if move in scene.persona.sore_spots else 100
    gain = COOLS_BY_LEVEL[scene.level] * worn * soft
    loss = HEATS_BY_LEVEL[scene.level] * sore * 100
    temper, trust = scene.persona.temper, row.trust
    cooled = row.temper * (temper.cools * gain if row.temper < 0 else temper.heats * loss) / 10**6
    trusted = trust * (gain if trust > 0 else loss) / 10**6
    # No two people weigh a word alike: a tenth up or down, by the dice of the call.
    sway = scene.dice.uniform(0.9, 1.1)
    if row.temper < 0 and state.temper < CALM_ENOUGH:
        cooled /= 2
    if trust > 0 and state.trust > TRUSTING_ENOUGH:
        trusted /= 2
    change = round(cooled * sway)
    if change < 0:
        # What this turn has calmed already counts: nobody forgets a bad month over one good sentence.
        calmed = -sum(cause.temper for cause in causes if cause.temper < 0)
        change = -max(0, min(-change, MOST_CALMED[scene.level] - calmed))
    after = state.moved(change, round(trusted * sway), row.patience)
    causes.append(
        Cause(
            turn=state.turn,
            rule=rule,
            move=move,
            words=words,
            temper=after.temper - state.temper,
            trust=after.trust - state.trust,
            patience=after.patience - state.patience,
            note=row.note,
        )
    )
    return after


def tire(scene: Scene, state: ClientState, causes: list[Cause], gained: bool) -> ClientState:
    """Take the patience that every turn costs, more when it brought nothing."""
    in_vain = not gained and state.turn - state.last_move_turn >= _IN_VAIN
    if in_vain and state.promise is None:
        state = apply(scene, state, causes, "going_in_circles")
    cost = TIRING if gained else TIRING + TIRING_IN_VAIN
    lost = round(cost * scene.persona.patience.tires * HEATS_BY_LEVEL[scene.level] / 100)
    after = state.moved(patience=-max(1, lost))
    note = RULES["tired"].note
    change = after.patience - state.patience
    causes.append(Cause(turn=state.turn, rule="tired", patience=change, note=note))
    return after


def _wears(rule: str) -> bool:
    return rule in {
        "acknowledged_again",
        "asked_openly",
        "explained",
        *RULE_WORDS,
        *SIMPLE.values(),
    }


def _counted(state: ClientState, names: set[str]) -> dict[str, int]:
    counts = dict(state.counts or {})
    for name in sorted(names):
        counts[name] = counts.get(name, 0) + 1
    return counts
