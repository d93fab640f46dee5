"""Draws small charts on the server: no script, no inline style, a sentence beside each."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH = 96
HEIGHT = 24
_PADDING = 3
_HOTTEST = 3


def sparkline(heat_path: Sequence[float], points: int = 24) -> str:
    """The points of a polyline for the last heat values, oldest left, hottest top."""
    recent = list(heat_path[-points:])
    if not recent:
        return ""
    if len(recent) == 1:
        recent *= 2
    step = (WIDTH - 2 * _PADDING) / (len(recent) - 1)
    rise = (HEIGHT - 2 * _PADDING) / _HOTTEST
    return " ".join(
        f"{_PADDING + index * step:.1f},{HEIGHT - _PADDING - min(heat, _HOTTEST) * rise:.1f}"
        for index, heat in enumerate(recent)
    )
