"""Says how far a publication is: its five steps, what is announced, and how long it took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.services.studio_ports import PublicationStatus, Stage
from bot.web.strings import text

STEPS = (Stage.CHECK, Stage.TRAIN, Stage.COMPARE, Stage.SWITCH, Stage.SMOKE)

_UNDER_WAY = (PublicationStatus.QUEUED, PublicationStatus.RUNNING)
_ORDER = tuple(Stage)
_FOR_THE_EAR = (Stage.TRAIN, Stage.COMPARE)


@dataclass(frozen=True)
class Step:
    """One of the five steps; `state` is done, now, next, skipped, stopped or never."""

    name: str
    state: str


def is_rolling_back(publication: Mapping[str, Any]) -> bool:
    """Whether a roll-back was asked for and is not done yet."""
    is_asked = publication["rolled_back_by"] and not publication["rolled_back_at"]
    return bool(is_asked) and publication["status"] == PublicationStatus.IN_SERVICE


def is_under_way(publication: Mapping[str, Any]) -> bool:
    """Whether there is something to follow."""
    return publication["status"] in _UNDER_WAY or is_rolling_back(publication)


def steps_of(publication: Mapping[str, Any]) -> tuple[Step, ...]:
    """The five steps, each with how far it is."""
    status = PublicationStatus(publication["status"])
    reached = _ORDER.index(Stage(publication["stage"]))
    report = publication["report"]
    is_untrained = report is not None and report.get("trained") is False
    steps = []
    for stage in STEPS:
        state = _state(status, _ORDER.index(stage), reached)
        if state == "done" and is_untrained and stage in _FOR_THE_EAR:
            state = "skipped"
        steps.append(Step(stage.value, state))
    return tuple(steps)


def announcement(publication: Mapping[str, Any]) -> str:
    """What is said aloud when a step begins, and at the end."""
    if is_rolling_back(publication):
        return text("publication.announce.rolling_back")
    if publication["status"] not in _UNDER_WAY:
        return text(f"publication.status.{publication['status']}")
    stage = Stage(publication["stage"])
    if stage not in STEPS:
        return text("publication.announce.waiting")
    return text(
        "publication.announce.step",
        number=STEPS.index(stage) + 1,
        all=len(STEPS),
        step=text(f"publication.step.{stage}"),
    )


def duration(seconds: float | None) -> str:
    """A time in words: 12 s, or 1 min 5 s."""
    whole = round(seconds or 0)
    if whole < 60:
        return text("publication.seconds", seconds=whole)
    return text("publication.minutes", minutes=whole // 60, seconds=whole % 60)


def times_of(report: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """How long each step took, in words."""
    seconds = (report or {}).get("seconds") or {}
    return [
        (text(f"publication.step.{stage}"), _briefly(seconds[stage]))
        for stage in STEPS
        if stage in seconds
    ]


def _briefly(seconds: float) -> str:
    """A time with its tenths while these say something."""
    if seconds < 10:
        return text("publication.seconds", seconds=f"{seconds:.1f}")
    return duration(seconds)


def _state(status: PublicationStatus, position: int, reached: int) -> str:
    is_over = status not in _UNDER_WAY
    if status in (PublicationStatus.IN_SERVICE, PublicationStatus.ROLLED_BACK):
        return "done"
    if status is PublicationStatus.CANCELLED or (is_over and reached == _ORDER.index(Stage.DONE)):
        return "never"
    if position < reached:
        return "done"
    if position == reached:
        return "stopped" if is_over else "now"
    return "never" if is_over else "next"
