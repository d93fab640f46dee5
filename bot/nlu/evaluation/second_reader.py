"""How far a second reader of training lines agrees with the first: labels given without seeing the others'."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.core.errors import UnavailableError
from bot.core.labels import Speaker
from bot.nlu.evaluation.scores import agreement
from bot.nlu.examples import Example, kept_examples

#: A random tenth of the training lines as somebody else labelled it: JSON lines `{"text", "labels", "heat"}`.
SECOND_READER = Path("tests/second_reader")


def second_reader_figures(
    folder: Path = SECOND_READER, lines: Path = Path("data/nlu")
) -> list[dict[str, Any]]:
    """Agreement per speaker on the lines that are still trained on: turns, micro-F1, whole set, heat.

    An empty list when nobody has read again. Raises UnavailableError for a file that cannot be read.
    """
    if not folder.is_dir():
        return []
    first = {(x.speaker, x.text): x for x in kept_examples(str(lines))}
    figures = []
    for speaker in Speaker:
        file = folder / f"{speaker.value}.jsonl"
        if file.is_file():
            pairs = [
                (first[speaker, row["text"]], row)
                for row in _rows(file)
                if (speaker, row["text"]) in first
            ]
            figures.append(_figures(speaker, pairs))
    return figures


def _rows(file: Path) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            rows.append({"text": row["text"], "labels": row["labels"], "heat": row["heat"]})
        except (KeyError, TypeError, ValueError) as error:
            raise UnavailableError(
                f"{file.name}, line {number} cannot be read: {error!r}."
            ) from error
    return rows


def _figures(
    speaker: Speaker, pairs: Sequence[tuple[Example, Mapping[str, Any]]]
) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "speaker": speaker.value,
        "turns": len(pairs),
        **agreement(
            [frozenset(example.labels) for example, _ in pairs],
            [frozenset(row["labels"]) for _, row in pairs],
        ),
    }
    apart = [
        abs(example.heat - row["heat"])
        for example, row in pairs
        if example.heat is not None and row["heat"] is not None
    ]
    if apart:
        figures["heat_exact"] = sum(step == 0 for step in apart) / len(apart)
        figures["heat_within_one"] = sum(step <= 1 for step in apart) / len(apart)
    return figures
