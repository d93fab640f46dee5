"""Reads data/players/<id>.yml: the lines of a scripted collector who plays rehearsals by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields, validate

from bot.content.persona_objects import heats_of
from bot.content.schema_escalation import names_of, one_of, repeated_ids
from bot.content.schema_faults import check
from bot.content.schema_fields import Whole, Words
from bot.content.schema_persona import named_like_file
from bot.content.schema_playbook import unknown_placeholders
from bot.content.yaml_lines import Document, read_yaml
from bot.core.errors import ContentError, Fault
from bot.core.labels import Move, Objection
from bot.core.rehearsal.player_script import PLAYER_PLACEHOLDERS, Player, PlayerLine, Step

PLAYERS = ("good", "middling", "poor")
FEWEST_LINES = 40
#: What each player cannot do without.
_STEPS = {
    "good": tuple(step for step in Step if step is not Step.FAULT),
    "middling": (Step.GREET, Step.HEAR, Step.ASK, Step.PROPOSE, Step.COMMIT, Step.CLOSE),
    "poor": (Step.GREET, Step.FAULT, Step.COMMIT, Step.CLOSE),
}


class PlayerLineSchema(Schema):
    """One line."""

    id = Words(required=True)
    step = one_of([step.value for step in Step], required=True)
    move = one_of([move.value for move in Move], required=True)
    heat = fields.List(Whole(0, 3), load_default=None, validate=validate.Length(min=1))
    objections = names_of([label.value for label in Objection])
    text = Words(required=True)


class PlayerSchema(Schema):
    """The whole file."""

    id = one_of(PLAYERS, required=True)
    lines = fields.List(fields.Nested(PlayerLineSchema), required=True)


def read_player(path: Path, shown_as: str | None = None) -> tuple[Player, Document]:
    """Read one player with its document; ContentError carries every fault of the file."""
    document = read_yaml(path, shown_as)
    data, faults = check(document, PlayerSchema())
    found = [*faults, *named_like_file(document, path.stem), *repeated_ids(document, "lines")]
    if not faults:
        found += _line_faults(document, data)
    if found:
        raise ContentError(tuple(sorted(found, key=lambda fault: fault.line)))
    return _player(data), document


def _line_faults(document: Document, data: dict[str, Any]) -> Iterator[Fault]:
    rows = data["lines"]
    if len(rows) < FEWEST_LINES:
        yield document.fault(
            ("lines",), f"There are {len(rows)} lines, {FEWEST_LINES} are needed.", "Add lines."
        )
    for index, row in enumerate(rows):
        place = ("lines", index, "text")
        yield from unknown_placeholders(document, place, row["text"], PLAYER_PLACEHOLDERS)
    have = {row["step"] for row in rows}
    for step in _STEPS[data["id"]]:
        if step.value not in have:
            yield document.fault(("lines",), f"No line is for “{step.value}”.", "Add one.")


def _player(data: dict[str, Any]) -> Player:
    return Player(
        id=data["id"],
        lines=tuple(
            PlayerLine(
                row["id"],
                row["text"],
                Step(row["step"]),
                row["move"],
                heats_of(row),
                tuple(row["objections"]),
            )
            for row in data["lines"]
        ),
    )
