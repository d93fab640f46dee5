"""Every line of a draft with its field and what it ought to be heard as, read from values that may still have faults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.labels import CLIENT_LABELS, Objection, Speaker
from bot.core.studio.kinds import DocumentKind

#: What stands in for the figures of a line while it is only listened to.
STAND_INS: Mapping[str, str] = {
    "collector": "Amina",
    "company": "Northgate Supplies",
    "invoice": "invoice 4417",
    "amount": "£2,304.00",
    "overdue": "£3,456.00",
    "due_date": "the fourth of March",
    "offer": "£1,200 today and the rest in two weeks",
    "counter": "£800 on Friday and the rest at the end of the month",
    "promise": "£1,200 on Friday",
    "undertaking": "send the invoice again",
}

_OPEN_PLACE = re.compile(r"\{([a-z0-9_]+)\}")


@dataclass(frozen=True)
class DraftLine:
    """One line: its field, its words, the labels it should be heard with, and where in the document it stands.

    `part` is opening, restate, objections, hidden_facts, answers, model_turns, examples or lines (a persona's).
    An empty `wanted` asks only that nothing protected is heard by accident.
    """

    field: str
    text: str
    part: str
    wanted: tuple[str, ...] = ()
    heat: tuple[int, ...] = ()
    speaker: Speaker = Speaker.CLIENT

    @property
    def spoken(self) -> str:
        """The words as they may be heard, open places filled with stand-ins."""
        return _OPEN_PLACE.sub(lambda found: STAND_INS.get(found[1], ""), self.text)


def lines_of(kind: DocumentKind, data: Any) -> tuple[DraftLine, ...]:
    """The lines of a scenario or persona in the order of the form; values of the wrong kind are passed over."""
    if not isinstance(data, Mapping):
        return ()
    if kind is DocumentKind.PERSONA:
        return tuple(_rows(data.get("lines"), "lines", "lines", ()))
    if kind is not DocumentKind.SCENARIO:
        return ()
    return tuple(_scenario_lines(data))


def _scenario_lines(data: Mapping[str, Any]) -> Iterator[DraftLine]:
    own = _label(data.get("objection"))
    opening = data.get("opening")
    for level, text in sorted(opening.items(), key=str) if isinstance(opening, Mapping) else ():
        if _is_text(text):
            yield DraftLine(f"opening.{level}", text, "opening", own)
    yield from _rows(data.get("restate"), "restate", "restate", own)
    for index, row in enumerate(_list(data.get("objections"))):
        if isinstance(row, Mapping):
            place, wanted = f"objections.{index}.lines", _label(row.get("label"))
            yield from _rows(row.get("lines"), place, "objections", wanted)
    for part in ("hidden_facts", "answers"):
        for index, row in enumerate(_list(data.get(part))):
            if isinstance(row, Mapping):
                yield from _rows(row.get("lines"), f"{part}.{index}.lines", part, ())
    for index, text in enumerate(_list(data.get("model_turns"))):
        if _is_text(text):
            yield DraftLine(f"model_turns.{index}", text, "model_turns", speaker=Speaker.COLLECTOR)
    yield from _examples(data.get("examples"))


def _examples(rows: Any) -> Iterator[DraftLine]:
    for index, row in enumerate(_list(rows)):
        if isinstance(row, Mapping) and _is_text(row.get("text")):
            known = tuple(name for name in _list(row.get("labels")) if name in CLIENT_LABELS)
            heat = row.get("heat")
            heats = (heat,) if isinstance(heat, int) and not isinstance(heat, bool) else ()
            yield DraftLine(f"examples.{index}.text", row["text"], "examples", known, heats)


def _rows(rows: Any, place: str, part: str, wanted: tuple[str, ...]) -> Iterator[DraftLine]:
    for index, row in enumerate(_list(rows)):
        if isinstance(row, Mapping) and _is_text(row.get("text")):
            heat = tuple(h for h in _list(row.get("heat")) if isinstance(h, int))
            yield DraftLine(f"{place}.{index}.text", row["text"], part, wanted, heat)


def _label(value: Any) -> tuple[str, ...]:
    return (value,) if value in tuple(Objection) else ()


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
