"""The sets of turns that hearing is measured on: ours (validation, held out) and other people's (JSON lines)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.core.errors import UnavailableError
from bot.core.labels import Speaker
from bot.nlu.evaluation.benchmarks import Line, Task
from bot.nlu.evaluation.scores import Judged
from bot.nlu.evaluation.stock_diet import StockDiet
from bot.nlu.examples import kept_examples
from bot.nlu.recogniser import RasaRecogniser

#: Thresholds and calibration are set on this part; the encoder and the heads have not seen it.
VALIDATION = Path("tests/validation")

#: Nothing was trained or set on this part.
HELD_OUT = Path("tests/held_out")

#: Turns heard at once, so that memory stays small.
BATCH = 64


@dataclass(frozen=True)
class TurnSet:
    """Turns of one speaker under one name, with what they truly are."""

    name: str
    speaker: Speaker
    turns: tuple[Judged, ...]


def own_sets(folder: Path, name: str) -> list[TurnSet]:
    """One set per speaker from a folder of Rasa NLU files; an empty list when the folder is not there."""
    examples = kept_examples(str(folder))
    sets = []
    for speaker in Speaker:
        turns = tuple(
            Judged(
                text=example.text,
                true=frozenset(example.labels),
                heard=frozenset(),
                style=example.style,
                true_heat=example.heat,
            )
            for example in examples
            if example.speaker is speaker
        )
        if turns:
            sets.append(TurnSet(f"{name}, {speaker.value}", speaker, turns))
    return sets


def public_sets(folder: Path) -> list[TurnSet]:
    """Other people's turns: one set per JSON lines file and speaker.

    A row has `text`, `role` (client or collector), `labels`, `heat` (or null) and `complete`. Raises
    UnavailableError with file and line for a row that cannot be read.
    """
    sets = []
    for file in sorted(folder.glob("*.jsonl")):
        rows: dict[Speaker, list[Judged]] = {}
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip():
                speaker, turn = _public_turn(file, number, line)
                rows.setdefault(speaker, []).append(turn)
        for speaker, turns in rows.items():
            name = file.stem if len(rows) == 1 else f"{file.stem}, {speaker.value}"
            sets.append(TurnSet(name, speaker, tuple(turns)))
    return sets


def _public_turn(file: Path, number: int, line: str) -> tuple[Speaker, Judged]:
    try:
        row = json.loads(line)
        return Speaker(row["role"]), Judged(
            text=row["text"],
            true=frozenset(row["labels"]),
            heard=frozenset(),
            true_heat=row["heat"],
            complete=bool(row["complete"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnavailableError(f"{file.name}, line {number} cannot be read: {error!r}.") from error


def hear(recogniser: RasaRecogniser, turns: TurnSet, today: date) -> TurnSet:
    """The same turns with what the recogniser heard in them."""
    heard: list[Judged] = []
    for start in range(0, len(turns.turns), BATCH):
        batch = turns.turns[start : start + BATCH]
        readings = recogniser.read_all([(turn.text, turns.speaker) for turn in batch], today)
        heard += _judge(batch, readings)
    return replace(turns, turns=tuple(heard))


def heard_by_diet(
    sets: Sequence[TurnSet], epochs: int, lines: Path = Path("data/nlu")
) -> list[TurnSet]:
    """The same turns with what stock Rasa hears in them, trained on our lines, for each speaker apart."""
    examples = kept_examples(str(lines))
    heard: dict[Speaker, dict[str, frozenset[str]]] = {}
    for speaker in {turns.speaker for turns in sets}:
        train = tuple(Line(x.text, x.labels) for x in examples if x.speaker is speaker)
        texts = list(
            dict.fromkeys(x.text for turns in sets if turns.speaker is speaker for x in turns.turns)
        )
        task = Task(speaker.value, train, tuple(Line(t, ()) for t in texts), is_multi_label=True)
        heard[speaker] = dict(zip(texts, StockDiet(epochs)(task), strict=True))
    return [
        replace(
            turns,
            turns=tuple(replace(x, heard=heard[turns.speaker][x.text]) for x in turns.turns),
        )
        for turns in sets
    ]


def _judge(batch: Sequence[Judged], readings: Sequence) -> list[Judged]:
    return [
        replace(
            turn,
            heard=frozenset(reading.names),
            heard_heat=reading.heat,
            strongest=next(iter(reading.names), None),
        )
        for turn, reading in zip(batch, readings, strict=True)
    ]
