"""Reads data/playbook/<label>.yml: one play a file, every fault with file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields, validate

from bot.content.schema_faults import check, in_order, sound
from bot.content.schema_fields import Whole, Words
from bot.content.schema_partial import load_partly
from bot.content.yaml_lines import Document, read_yaml
from bot.core.coaching.advice import OptionKind
from bot.core.coaching.playbook import ALL_HEATS, PLACEHOLDERS, Line, Play, Stance, placeholders_in
from bot.core.errors import Fault
from bot.core.labels import CLIENT_LABELS, SILENT

#: The labels that have a play: everything but what the coach stays silent on.
PLAY_LABELS = tuple(label for label in CLIENT_LABELS if label not in SILENT)

_KINDS = [kind.value for kind in OptionKind]
_STANCES = [stance.value for stance in Stance]


class LineSchema(Schema):
    """One question."""

    id = Words(required=True)
    text = Words(required=True)


class AvoidSchema(LineSchema):
    """What to keep from saying, and at which heat it matters."""

    heat = fields.List(Whole(0, 3), load_default=lambda: sorted(ALL_HEATS))


class SaySchema(LineSchema):
    """One line to say, for which heat and in which stance."""

    heat = fields.List(Whole(0, 3), required=True, validate=validate.Length(min=1))
    stance = fields.String(required=True, validate=validate.OneOf(_STANCES))


class PlaySchema(Schema):
    """Everything on one label."""

    label = fields.String(required=True, validate=validate.OneOf(PLAY_LABELS))
    priority = Whole(0, 100, required=True)
    cooldown_turns = Whole(0, 50, required=True)
    options = fields.List(fields.String(validate=validate.OneOf(_KINDS)), required=True)
    do_not_trigger = fields.List(Words(), load_default=list)
    say = fields.List(fields.Nested(SaySchema), required=True)
    ask = fields.List(fields.Nested(LineSchema), required=True)
    avoid = fields.List(fields.Nested(AvoidSchema), required=True)


PLAY = PlaySchema()


def read_play(path: Path, shown_as: str | None = None) -> tuple[Play, Document]:
    """Read one play with its document; ContentError carries every fault of the file."""
    document = read_yaml(path, shown_as)
    return sound(find_play(document, path.stem)), document


def find_play(document: Document, stem: str) -> tuple[Play, tuple[Fault, ...]]:
    """The play that a document holds, with every fault of the file; it can be used only when there is none."""
    data, faults = check(document, PLAY)
    play = _play(load_partly(PLAY, document.data) if faults else data)
    return play, in_order((*faults, *_crossed(document, stem)))


def unknown_placeholders(
    document: Document, place: tuple[str | int, ...], text: Any, known: frozenset[str]
) -> Iterator[Fault]:
    """A fault for every name in braces that no account can fill."""
    if not isinstance(text, str):
        return
    for name in sorted(placeholders_in(text) - known):
        yield document.fault(
            place, f"“{{{name}}}” is not a placeholder.", f"Known: {', '.join(sorted(known))}."
        )
    if text.count("{") != text.count("}"):
        yield document.fault(place, "A brace is open.", "Write placeholders as {invoice}.")


def _crossed(document: Document, stem: str) -> Iterator[Fault]:
    """What no single field can tell: a label unlike its file, ids given twice, unknown placeholders."""
    data = document.data if isinstance(document.data, dict) else {}
    label = data.get("label")
    if isinstance(label, str) and label != stem:
        yield document.fault(
            ("label",), f"The label “{label}” is in the file {stem}.yml.", f"Write label: {stem}."
        )
    first: dict[str, int] = {}
    for part in ("say", "ask", "avoid"):
        lines = data.get(part)
        for index, line in enumerate(lines if isinstance(lines, list) else []):
            if not isinstance(line, dict):
                continue
            place = (part, index)
            yield from _id_faults(document, (*place, "id"), line.get("id"), stem, first)
            yield from unknown_placeholders(
                document, (*place, "text"), line.get("text"), PLACEHOLDERS
            )


def _id_faults(
    document: Document, place: tuple[str | int, ...], line_id: Any, stem: str, first: dict[str, int]
) -> Iterator[Fault]:
    if not isinstance(line_id, str):
        return
    if line_id in first:
        yield document.fault(
            place, f"The id “{line_id}” is on line {first[line_id]} already.", "Number it anew."
        )
    first.setdefault(line_id, document.line_of(place))
    if not line_id.startswith(f"{stem}-"):
        yield document.fault(
            place, f"The id “{line_id}” does not begin with the label.", f"Write {stem}-NN."
        )


def _play(data: dict[str, Any]) -> Play:
    return Play(
        label=data["label"],
        priority=data["priority"],
        cooldown_turns=data["cooldown_turns"],
        options=tuple(OptionKind(kind) for kind in data["options"]),
        do_not_trigger=tuple(data["do_not_trigger"]),
        say=tuple(
            Line(x["id"], x["text"], Stance(x["stance"]), frozenset(x["heat"])) for x in data["say"]
        ),
        ask=tuple(Line(x["id"], x["text"]) for x in data["ask"]),
        avoid=tuple(Line(x["id"], x["text"], None, frozenset(x["heat"])) for x in data["avoid"]),
    )
