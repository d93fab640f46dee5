"""One turn with everything it is judged by, and what every advice on it carries."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.account import Account
from bot.core.coaching.advice import Advice, EscalationAdvice
from bot.core.coaching.attention import heat_trend
from bot.core.coaching.checklist import tick
from bot.core.coaching.desk import Desk
from bot.core.coaching.escalation import escalate
from bot.core.coaching.ladder import LadderStep, next_lawful_step, pause_of
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.position import Position
from bot.core.labels import SILENT, Speaker
from bot.core.reading import Reading


@dataclass(frozen=True)
class Scene:
    """One turn with everything it is judged by; `memory` has the turn folded in."""

    memory: CallMemory
    reading: Reading
    account: Account
    position: Position
    desk: Desk


def frame(scene: Scene, escalation: EscalationAdvice) -> Advice:
    """What every advice carries, shown or not."""
    memory, reading = scene.memory, scene.reading
    path = memory.heat_path
    client = reading.speaker is Speaker.CLIENT
    return Advice(
        silent=True,
        heard=tuple(name for name in reading.names if name not in SILENT),
        escalation=escalation,
        heat=path[-1] if path else 0,
        heat_path=path,
        heat_trend=heat_trend(path),
        checklist=tick(scene.desk.checklist, memory, scene.account),
        card=memory.card,
        listening="listening_off" not in reading.flags,
        acknowledged=memory.acknowledged,
        cue=scene.desk.checklist.cue_at(reading.heat) if client else None,
    )


def escalation_of(scene: Scene) -> EscalationAdvice:
    """Where the ladder stands after this turn."""
    desk = scene.desk
    return escalate(scene.memory, scene.account, scene.position, desk.escalation, desk.calendar)


def lawful_step(scene: Scene) -> LadderStep | None:
    """The next step towards the client that may be named now; None while the ladder is paused."""
    if pause_of(scene.memory, scene.account, scene.position):
        return None
    rungs = scene.desk.escalation.rungs
    return next_lawful_step(rungs, scene.account, scene.position, scene.desk.calendar)
