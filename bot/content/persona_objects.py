"""Makes a core persona of what the schema has read."""

from __future__ import annotations

from typing import Any

from bot.core.rehearsal.persona import (
    Beat,
    PatienceSetting,
    Persona,
    PersonaLine,
    TemperSetting,
    TrustSetting,
)


def persona_of(data: dict[str, Any]) -> Persona:
    """The persona as a core object."""
    temper, trust, patience = data["temper"], data["trust"], data["patience"]
    return Persona(
        id=data["id"],
        name=data["name"],
        role=data["role"],
        summary=data["summary"],
        speech=data["speech"],
        # How strongly a mood moves is a weight, no figure of money.
        temper=TemperSetting(
            by_level(temper["start"]), float(temper["cools"]), float(temper["heats"])
        ),
        trust=TrustSetting(by_level(trust["start"])),
        patience=PatienceSetting(by_level(patience["start"]), float(patience["tires"])),
        soft_spots=tuple(data["soft_spots"]),
        sore_spots=tuple(data["sore_spots"]),
        lines=tuple(
            PersonaLine(row["id"], row["text"], heats_of(row), beat=Beat(row["beat"]))
            for row in data["lines"]
        ),
    )


def heats_of(row: dict[str, Any]) -> frozenset[int]:
    """The heat bands of a line; all where none is given."""
    return frozenset(row["heat"] if row.get("heat") else (0, 1, 2, 3))


def by_level(rows: dict[str, Any]) -> dict[int, Any]:
    """What is given by level, with levels as numbers."""
    return {int(level): value for level, value in sorted(rows.items())}
