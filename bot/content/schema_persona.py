"""Reads data/personas/<id>.yml: who is on the phone and every line they can say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields, validate

from bot.content.persona_objects import heats_of, persona_of
from bot.content.schema_escalation import names_of, one_of
from bot.content.schema_faults import check, in_order, sound
from bot.content.schema_fields import Figure, Whole, Words
from bot.content.schema_partial import RestsOn, load_partly, unharmed
from bot.content.schema_playbook import unknown_placeholders
from bot.content.yaml_lines import Document, Place, read_yaml
from bot.core.errors import Fault
from bot.core.labels import FAULTS, Move
from bot.core.rehearsal.lines import CLIENT_PLACEHOLDERS
from bot.core.rehearsal.persona import (
    BEAT_HEATS,
    FEWEST_LINES,
    LEVELS,
    RICH_BEATS,
    Beat,
    Persona,
)

_MOVES = [move.value for move in Move]
_FAULTS = sorted(fault.value for fault in FAULTS)
_BEATS = [beat.value for beat in Beat]

#: A beat has at least so many lines, a rich one so many at each heat band that it can occur in.
LEAST_OF_A_BEAT = 2
SHORTEST_LINE, LONGEST_LINE = 2, 35


def levels_to(value: fields.Field[Any], **options: Any) -> fields.Dict:
    """A value for each level, such as {1: 40, 2: 58, 3: 76}."""
    return fields.Dict(
        keys=one_of([str(level) for level in LEVELS]), values=value, required=True, **options
    )


class TemperSchema(Schema):
    """Where temper starts, and how it moves."""

    start = levels_to(Whole(0, 100))
    cools = Figure(load_default=1, most=3)
    heats = Figure(load_default=1, most=3)


class TrustSchema(Schema):
    """Where trust starts."""

    start = levels_to(Whole(0, 100))


class PatienceSchema(Schema):
    """Where patience starts, and how fast it runs out."""

    start = levels_to(Whole(1, 100))
    tires = Figure(load_default=1, most=3)


class PersonaLineSchema(Schema):
    """One line."""

    id = Words(required=True)
    beat = one_of(_BEATS, required=True)
    heat = fields.List(Whole(0, 3), load_default=None, validate=validate.Length(min=1))
    text = Words(required=True)


class PersonaSchema(Schema):
    """The whole file."""

    id = Words(required=True)
    name = Words(required=True)
    role = Words(required=True)
    summary = Words(required=True)
    speech = Words(required=True)
    temper = fields.Nested(TemperSchema, required=True)
    trust = fields.Nested(TrustSchema, required=True)
    patience = fields.Nested(PatienceSchema, required=True)
    soft_spots = names_of(_MOVES)
    sore_spots = names_of(_FAULTS)
    lines = fields.List(fields.Nested(PersonaLineSchema), required=True)


PERSONA = PersonaSchema()
#: What is said of the lines together rests on their beats and heats.
_RESTS_ON: RestsOn = {("lines",): (("lines", "*", "beat"), ("lines", "*", "heat"))}


def read_persona(path: Path, shown_as: str | None = None) -> tuple[Persona, Document]:
    """Read one persona with its document; ContentError carries every fault of the file."""
    document = read_yaml(path, shown_as)
    return sound(find_persona(document, path.stem)), document


def find_persona(document: Document, stem: str) -> tuple[Persona, tuple[Fault, ...]]:
    """The persona that a document holds, with every fault; it can be played only when there is none."""
    data, faults = check(document, PERSONA)
    read = load_partly(PERSONA, document.data) if faults else data
    whole = (*_start_faults(document, read), *_too_few(document, read))
    found = (
        *faults,
        *named_like_file(document, stem),
        *_line_faults(document),
        *unharmed(document, PERSONA, whole, faults, _RESTS_ON),
    )
    return persona_of(read), in_order(found)


def named_like_file(document: Document, stem: str) -> Iterator[Fault]:
    """A fault when the id is not the file's name."""
    data = document.data if isinstance(document.data, dict) else {}
    name = data.get("id")
    if isinstance(name, str) and name != stem:
        yield document.fault(
            ("id",), f"The id “{name}” is in the file {stem}.yml.", f"Write id: {stem}."
        )


def spoken_line_faults(
    document: Document, place: Place, rows: Any, seen: dict[str, int], shortest: int = SHORTEST_LINE
) -> Iterator[Fault]:
    """Faults of a list of client lines: ids given twice, words, placeholders."""
    for index, row in enumerate(rows if isinstance(rows, list) else []):
        if not isinstance(row, dict):
            continue
        at, line_id, text = (*place, index), row.get("id"), row.get("text")
        if isinstance(line_id, str):
            if line_id in seen:
                yield document.fault(
                    (*at, "id"),
                    f"The id “{line_id}” is on line {seen[line_id]} already.",
                    "Number it anew.",
                )
            seen.setdefault(line_id, document.line_of((*at, "id")))
        if isinstance(text, str) and text.strip():
            least = 1 if row.get("beat") == Beat.SILENCE.value else shortest
            yield from _length_faults(document, (*at, "text"), text, least)
            yield from unknown_placeholders(document, (*at, "text"), text, CLIENT_PLACEHOLDERS)


def _length_faults(document: Document, place: Place, text: str, least: int) -> Iterator[Fault]:
    count = len(text.split())
    if not least <= count <= LONGEST_LINE:
        yield document.fault(
            place, f"The line has {count} words.", f"Keep it between {least} and {LONGEST_LINE}."
        )


def _line_faults(document: Document) -> Iterator[Fault]:
    data = document.data if isinstance(document.data, dict) else {}
    rows = data.get("lines")
    yield from spoken_line_faults(document, ("lines",), rows, {})
    said: dict[str, int] = {}
    for index, row in enumerate(rows if isinstance(rows, list) else []):
        text = row.get("text") if isinstance(row, dict) else None
        if not isinstance(text, str) or not text.strip():
            continue
        place = ("lines", index, "text")
        if text in said:
            yield document.fault(
                place, f"The same words are on line {said[text]}.", "Say it in another way."
            )
        said.setdefault(text, document.line_of(place))


def _start_faults(document: Document, data: dict[str, Any]) -> Iterator[Fault]:
    for part in ("temper", "trust", "patience"):
        missing = {str(level) for level in LEVELS} - set(data[part]["start"])
        if missing:
            yield document.fault(
                (part, "start"),
                f"There is no start for level {', '.join(sorted(missing))}.",
                "Give one for each level.",
            )


def _too_few(document: Document, data: dict[str, Any]) -> Iterator[Fault]:
    rows = data["lines"]
    if len(rows) < FEWEST_LINES:
        yield document.fault(
            ("lines",), f"There are {len(rows)} lines, {FEWEST_LINES} are needed.", "Add lines."
        )
    for index, row in enumerate(rows):
        if not heats_of(row) & BEAT_HEATS[Beat(row["beat"])]:
            yield document.fault(
                ("lines", index, "heat"),
                f"“{row['beat']}” does not occur at this heat.",
                f"It occurs at {_listed(BEAT_HEATS[Beat(row['beat'])])}.",
            )
    for beat in Beat:
        yield from _too_few_of(document, beat, [r for r in rows if r["beat"] == beat.value])


def _too_few_of(document: Document, beat: Beat, rows: list[dict[str, Any]]) -> Iterator[Fault]:
    if len(rows) < LEAST_OF_A_BEAT:
        yield document.fault(
            ("lines",),
            f"“{beat.value}” has {len(rows)} lines, {LEAST_OF_A_BEAT} are needed.",
            "Add lines.",
        )
    if beat not in RICH_BEATS:
        return
    at = Counter(heat for row in rows for heat in heats_of(row))
    for heat in sorted(BEAT_HEATS[beat]):
        if at[heat] < LEAST_OF_A_BEAT:
            yield document.fault(
                ("lines",),
                f"“{beat.value}” has {at[heat]} lines at heat {heat}, {LEAST_OF_A_BEAT} are needed.",
                "Add lines, or widen the heat of some.",
            )


def _listed(heats: Iterable[int]) -> str:
    return ", ".join(str(heat) for heat in sorted(heats))
