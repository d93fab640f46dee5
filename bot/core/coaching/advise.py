"""From a turn to advice: the one entrance, reading top to bottom like the protocol."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.core.account import Account
from bot.core.coaching.advice import Advice
from bot.core.coaching.attention import choose_card
from bot.core.coaching.because import because_of_safeguard
from bot.core.coaching.card import show_card
from bot.core.coaching.corrections import correct, faults_by_account
from bot.core.coaching.desk import Desk
from bot.core.coaching.escalation import after_move
from bot.core.coaching.facts import facts_of
from bot.core.coaching.folding import fold_client, fold_collector
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.position import position_of
from bot.core.coaching.safety import Safeguard, after_identity_check, safeguard_for
from bot.core.coaching.scene import Scene, escalation_of, frame, lawful_step
from bot.core.labels import FAULTS, Speaker
from bot.core.reading import Reading

#: A protocol outranks every card of the playbook.
PROTOCOL_PRIORITY = 100


def advise(
    memory: CallMemory, reading: Reading, account: Account, desk: Desk, today: date
) -> tuple[Advice, CallMemory]:
    """Advise on one turn of a call and return the memory with the turn in it."""
    position = position_of(account, today)
    if reading.speaker is Speaker.COACH:
        return _quiet(Scene(memory, reading, account, position, desk), "quiet")
    if reading.speaker is Speaker.COLLECTOR:
        folded = after_move(after_identity_check(fold_collector(memory, reading), reading))
        return _after_collector(Scene(folded, reading, account, position, desk))

    folded = fold_client(memory, reading, account, position)
    scene = Scene(folded, reading, account, position, desk)
    safeguard = safeguard_for(folded, reading, account, desk.protocols, today)
    if safeguard:
        return _protect(scene, safeguard)
    choice = choose_card(folded, reading, desk.playbook, desk.seniority)
    if not choice.plays:
        return _quiet(scene, choice.outcome)
    advice, memory = show_card(scene, choice)
    return advice, _remember(memory, advice)


def _protect(scene: Scene, safeguard: Safeguard) -> tuple[Advice, CallMemory]:
    """The protocol stands alone: no playbook, no money, and the pause is asked for once."""
    memory, name = scene.memory, safeguard.card.name
    fresh = memory.protocol != name
    pause = safeguard.pause if safeguard.pause not in memory.pauses else None
    memory = replace(
        memory,
        protocol=name,
        card=name,
        card_priority=PROTOCOL_PRIORITY,
        card_turn=memory.client_turns if fresh else memory.card_turn,
        pauses=(*memory.pauses, pause) if pause else memory.pauses,
    )
    facts = {"client": scene.account.name}
    scene = replace(scene, memory=memory)
    advice = replace(
        frame(scene, escalation_of(scene)),
        silent=not fresh,
        outcome="protocol",
        protocol=safeguard.protocol(),
        say=safeguard.say(facts) if fresh else (),
        avoid=safeguard.card.avoid if fresh else None,
        because=because_of_safeguard(safeguard),
        pause=pause,
    )
    return advice, _remember(memory, advice)


def _quiet(scene: Scene, outcome: str) -> tuple[Advice, CallMemory]:
    """Leave the panel as it is; what was heard and where the ladder stands still go with it."""
    because = ("Not sure what was meant: ask, or choose it by hand.",)
    advice = replace(
        frame(scene, escalation_of(scene)),
        silent=True,
        outcome=outcome,
        because=because if outcome == "not_sure" else (),
    )
    return advice, _remember(scene.memory, advice)


def _after_collector(scene: Scene) -> tuple[Advice, CallMemory]:
    """Tick, remember and, on a fault, put one correction on top of the card that stands."""
    memory, reading, desk = scene.memory, scene.reading, scene.desk
    correction = None
    step = lawful_step(scene)
    by_account = faults_by_account(memory, reading, step)
    if by_account or FAULTS.intersection(reading.names):
        facts = facts_of(scene.account, scene.position, reading, desk.calendar, memory.invoice)
        if step:
            facts["consequence"] = step.consequence
        if memory.protocol:
            facts = {"client": scene.account.name}
        correction, memory = correct(
            memory, reading, desk.corrections, facts, by_account=by_account
        )
    scene = replace(scene, memory=memory)
    advice = replace(
        frame(scene, escalation_of(scene)),
        silent=correction is None,
        heard=(),
        outcome="correction" if correction else "quiet",
        correction=correction,
    )
    return advice, _remember(memory, advice)


def _remember(memory: CallMemory, advice: Advice) -> CallMemory:
    return replace(memory, escalation_state=advice.escalation.state)
