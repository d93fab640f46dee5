"""Draws how heat or trust ran over a rehearsal: lines with a marker at each turn, a table beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 320
HEIGHT = 128
#: Room for the words of the bands.
_LEFT = 48
_RIGHT = 8
_TOP = 12
_BOTTOM = 22
#: Markers closer than this cannot be told apart, so not every one has its number below.
_ROOM_FOR_NUMBER = 16


@dataclass(frozen=True)
class Moment:
    """One value of a curve: after which turn, whether the trainee's, how high, and what it is called."""

    turn: int
    is_own: bool
    value: int
    words: str = ""


@dataclass(frozen=True)
class Mark:
    """A marker of a curve; `number` is empty where there is no room for it."""

    turn: int
    is_own: bool
    x: float
    y: float
    number: str


@dataclass(frozen=True)
class Line:
    """One drawn curve."""

    points: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Band:
    """A line across the picture with the word for what lies above it."""

    y: float
    words: str


@dataclass(frozen=True)
class Chart:
    """A picture of one or more curves over the same turns."""

    lines: tuple[Line, ...]
    bands: tuple[Band, ...]
    width: int = WIDTH
    height: int = HEIGHT


def chart(
    curves: Sequence[Sequence[Moment]], most: int, bands: Sequence[tuple[int, str]] = ()
) -> Chart:
    """Draw curves of values from 0 to `most`; turn 0 is left, and all share one scale."""
    last = max((moment.turn for curve in curves for moment in curve), default=0)
    step = (WIDTH - _LEFT - _RIGHT) / max(last, 1)
    every = max(1, round(_ROOM_FOR_NUMBER / (2 * step) + 0.49))
    return Chart(
        lines=tuple(_line(curve, most, step, every) for curve in curves if curve),
        bands=tuple(Band(round(_height(value, most), 1), words) for value, words in bands),
    )


def _line(curve: Sequence[Moment], most: int, step: float, every: int) -> Line:
    marks = []
    own = 0
    for moment in curve:
        own += moment.is_own
        shows_number = moment.is_own and (own - 1) % every == 0
        marks.append(
            Mark(
                turn=moment.turn,
                is_own=moment.is_own,
                x=round(_LEFT + moment.turn * step, 1),
                y=round(_height(moment.value, most), 1),
                number=str(moment.turn) if shows_number else "",
            )
        )
    return Line(" ".join(f"{mark.x},{mark.y}" for mark in marks), tuple(marks))


def _height(value: int, most: int) -> float:
    room = HEIGHT - _TOP - _BOTTOM
    return HEIGHT - _BOTTOM - min(max(value, 0), most) / most * room
