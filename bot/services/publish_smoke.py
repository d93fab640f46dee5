"""The last check before a model stays: the running assistant hears the new lines and some kept turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.core.labels import SILENT, Speaker
from bot.core.reading import Reading
from bot.services import publication_words as words
from bot.services.publish_change import NewLine
from bot.services.studio_ports import Judgement, ModelServer

#: The share of new lines that must be heard with one of their labels: a line may be a hard one, most may not.
LEAST_NEW = 0.6

#: The share of kept turns that must be heard as the comparison heard them: it is the same model.
LEAST_KEPT = 0.9

#: Enough to notice another model, few enough to take a blink.
KEPT_TURNS = 24

_SHOWN = 5

_SILENT = frozenset(signal.value for signal in SILENT)


@dataclass(frozen=True)
class KeptTurn:
    """A kept turn with what the two models of a publication hear in it."""

    speaker: Speaker
    text: str
    before: frozenset[str]
    after: frozenset[str]

    def as_json(self) -> dict[str, Any]:
        """The turn as the publication's report keeps it, for its roll-back."""
        return {
            "speaker": self.speaker.value,
            "text": self.text,
            "before": sorted(self.before),
            "after": sorted(self.after),
        }

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> KeptTurn:
        """Rebuild a turn from `as_json`'s document."""
        return cls(
            Speaker(document["speaker"]),
            document["text"],
            frozenset(document["before"]),
            frozenset(document["after"]),
        )


class SmokeError(Exception):
    """The assistant does not hear as it should; `rows` say what was tried."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        super().__init__("; ".join(row["words"].rstrip(".") for row in rows if not row["passed"]))
        self.rows = rows


def kept_turns(judgements: Sequence[Judgement]) -> list[KeptTurn]:
    """Some kept turns, evenly spread; first those that the two models hear differently, which tell them apart."""
    moved = [each for each in judgements if each.before != each.after]
    others = [each for each in judgements if each.before == each.after]
    chosen = _spread(moved, KEPT_TURNS - min(len(others), KEPT_TURNS // 2))
    chosen += _spread(others, KEPT_TURNS - len(chosen))
    return [KeptTurn(each.speaker, each.text, each.before, each.after) for each in chosen]


def smoke(
    server: ModelServer,
    today: date,
    model: str,
    lines: Sequence[NewLine],
    kept: Sequence[KeptTurn],
) -> list[dict[str, Any]]:
    """What was tried and how it went; SmokeError when it did not go well, UnavailableError when nobody answers."""
    rows = [_model_row(server.model(), model)]
    turns = [(line.text, Speaker.CLIENT) for line in lines]
    turns += [(turn.text, turn.speaker) for turn in kept]
    readings = server.hear_all(turns, today) if turns else []
    if lines:
        rows.append(_lines_row(lines, readings[: len(lines)]))
    if kept:
        rows.append(_kept_row(kept, readings[len(lines) :]))
    if not all(row["passed"] for row in rows):
        raise SmokeError(rows)
    return rows


def _model_row(answers: str | None, model: str) -> dict[str, Any]:
    is_right = answers == model
    said = words.MODEL_ANSWERS if is_right else words.OTHER_MODEL_ANSWERS
    return {
        "what": "model",
        "passed": is_right,
        "words": said.format(model=model, wanted=model, answers=answers or "none"),
    }


def _lines_row(lines: Sequence[NewLine], readings: Sequence[Reading]) -> dict[str, Any]:
    missed = [
        {"text": line.text, "wanted": sorted(line.labels), "heard": list(reading.names)}
        for line, reading in zip(lines, readings, strict=True)
        if not _is_heard(line.labels, reading)
    ]
    return _row("new_lines", words.NEW_LINES_HEARD, len(lines), missed, LEAST_NEW)


def _kept_row(kept: Sequence[KeptTurn], readings: Sequence[Reading]) -> dict[str, Any]:
    missed = [
        {"text": turn.text, "wanted": sorted(turn.after), "heard": list(reading.names)}
        for turn, reading in zip(kept, readings, strict=True)
        if frozenset(reading.names) != turn.after
    ]
    return _row("kept_turns", words.KEPT_TURNS_HEARD, len(kept), missed, LEAST_KEPT)


def _row(
    what: str, said: str, of: int, missed: list[dict[str, Any]], least: float
) -> dict[str, Any]:
    heard = of - len(missed)
    return {
        "what": what,
        "passed": heard >= least * of,
        "words": said.format(heard=heard, of=of),
        "heard": heard,
        "of": of,
        "missed": missed[:_SHOWN],
    }


def _is_heard(labels: frozenset[str], reading: Reading) -> bool:
    if labels & set(reading.names):
        return True
    # What means nothing to the coach is heard rightly when nothing is heard.
    return bool(labels) and labels <= _SILENT and reading.is_silent


def _spread(judgements: Sequence[Judgement], count: int) -> list[Judgement]:
    if len(judgements) <= count:
        return list(judgements)
    return [judgements[index * len(judgements) // count] for index in range(count)]
