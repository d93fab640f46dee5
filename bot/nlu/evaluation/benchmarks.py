"""Public benchmarks with the recogniser's own encoder and heads: banking77, CLINC150 with out of scope, NLU++.

Each has its published protocol and figures from its own paper to stand beside; `STOCK` figures come from a
DIET pipeline trained on the same lines in the same run (`stock_diet`).
"""

from __future__ import annotations

import csv
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bot.core.errors import UnavailableError
from bot.nlu.encoder import SentenceEncoder
from bot.nlu.evaluation.scores import Judged, summary
from bot.nlu.heads import DENSE_SCALE, Heads, HeadSettings, Tuning

#: What the papers report. banking77: Casanueva et al. 2020, arXiv 2003.04807, table 3 (accuracy);
#: CLINC150: Larson et al. 2019, arXiv 1909.02027, table 2, full data, "oos-train" and "oos-threshold".
#: NLU++: Razumovskaia et al. 2024, arXiv 2403.01929, table 7, English, in-domain, micro-F1 from 100 and 500 lines of
#: the same data (a fold of twenty has 104, two have 207) on 300 others; the figures of the data set's own paper, arXiv
#: 2204.13021, were not at hand.
PUBLISHED: dict[str, dict[str, str]] = {
    "banking77 full": {"BERT, fine-tuned": "0.937", "USE + ConveRT": "0.934"},
    "banking77 10-shot": {"USE + ConveRT": "0.852", "BERT, fine-tuned": "0.834"},
    "clinc150": {
        "BERT, oos-train": "0.969 in scope, 0.403 out of scope",
        "BERT, oos-threshold": "0.962 in scope, 0.523 out of scope",
        "MLP, oos-train": "0.935 in scope, 0.474 out of scope",
    },
    "NLU++ banking 20-fold": {
        "LaBSE + classifier, 100 lines": "0.501",
        "XLM-R, fine-tuned, 100 lines": "0.336",
        "Flan-T5-Base, instructed, 100 lines": "0.748",
    },
    "NLU++ banking 10-fold": {
        "LaBSE + classifier, 100 and 500 lines": "0.501 and 0.751",
        "XLM-R, fine-tuned, 100 and 500 lines": "0.336 and 0.742",
        "Flan-T5-Base, instructed, 100 and 500 lines": "0.748 and 0.860",
    },
}

OUT_OF_SCOPE = "oos"

#: Fewer lines a label than this are few; heads against each other then give the n-grams half of their usual weight.
#: Heads of label sets do not: on NLU++ it costs them three points.
FEW_LINES, DENSE_SCALE_OF_FEW = 20, 2 * DENSE_SCALE


@dataclass(frozen=True)
class Line:
    """A text with its labels; single-label benchmarks carry one."""

    text: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """Lines to train on, lines to set thresholds on (or none), lines to measure on."""

    name: str
    train: tuple[Line, ...]
    test: tuple[Line, ...]
    tune: tuple[Line, ...] = ()
    is_multi_label: bool = False
    note: str = ""
    published: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The labels, in order."""
        return tuple(sorted({label for line in self.train for label in line.labels}))


#: Says the labels of every test line, trained on the task's lines.
Listener = Callable[[Task], list[frozenset[str]]]


def banking77(folder: Path, seed: int = 7) -> list[Task]:
    """The full split, and ten lines an intent drawn with the seed."""
    train, test = (_banking_lines(folder / f"{part}.csv") for part in ("train", "test"))
    by_label: dict[str, list[Line]] = defaultdict(list)
    for line in train:
        by_label[line.labels[0]].append(line)
    dice = random.Random(seed)  # noqa: S311 - a draw, not a secret
    few = [line for label in sorted(by_label) for line in dice.sample(by_label[label], 10)]
    return [
        Task(
            name,
            tuple(lines),
            tuple(test),
            note=f"{len(lines)} lines, 77 intents, accuracy on {len(test)}",
            published=PUBLISHED[name],
        )
        for name, lines in (("banking77 full", train), ("banking77 10-shot", few))
    ]


def _banking_lines(file: Path) -> list[Line]:
    with _opened(file).open(encoding="utf-8", newline="") as rows:
        return [Line(row["text"], (row["category"],)) for row in csv.DictReader(rows)]


def clinc150(folder: Path) -> list[Task]:
    """The full data with its out-of-scope training lines; thresholds on its validation part."""
    data = json.loads(_opened(folder / "data_full.json").read_text(encoding="utf-8"))
    part = {
        name: tuple(Line(text, (label,)) for text, label in data[name] + data[f"oos_{name}"])
        for name in ("train", "val", "test")
    }
    return [
        Task(
            "clinc150",
            part["train"],
            part["test"],
            part["val"],
            note="150 intents and out of scope (oos-train)",
            published=PUBLISHED["clinc150"],
        )
    ]


def nlu_plus_plus(folder: Path) -> list[Task]:
    """The paper's low-data protocols: learn from one fold (20-fold) or two (10-fold), measure on all others."""
    folds = []
    for number in range(20):
        rows = json.loads(_opened(folder / f"fold{number}.json").read_text(encoding="utf-8"))
        folds.append([Line(row["text"], tuple(row.get("intents") or ())) for row in rows])
    tasks = []
    for name, size in (("NLU++ banking 20-fold", 1), ("NLU++ banking 10-fold", 2)):
        for start in range(0, 20, size):
            chosen = range(start, start + size)
            tasks.append(
                Task(
                    name,
                    tuple(line for i in chosen for line in folds[i]),
                    tuple(line for i in range(20) if i not in chosen for line in folds[i]),
                    is_multi_label=True,
                    note=f"mean of {20 // size} runs, micro-F1 over label sets",
                    published=PUBLISHED.get(name, {}),
                )
            )
    return tasks


def _opened(file: Path) -> Path:
    if not file.is_file():
        raise UnavailableError(f"There is no {file}; point --benchmarks at the benchmarks' folder.")
    return file


def settings_for(task: Task) -> HeadSettings:
    """Heads against each other where one label excludes all others; then, with few lines, words count less.

    Out of scope is no label among others: such a task needs calibrated heads. Chosen on training lines.
    """
    if task.is_multi_label or OUT_OF_SCOPE in task.names:
        return HeadSettings()
    is_few = len(task.train) < FEW_LINES * len(task.names)
    scale = DENSE_SCALE_OF_FEW if is_few else DENSE_SCALE
    return HeadSettings(is_exclusive=True, dense_scale=scale)


class OwnListener:
    """Our encoder and heads on a benchmark's lines: the same classes that hear a call."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, np.ndarray] = {}

    def __call__(self, task: Task) -> list[frozenset[str]]:
        """The labels of every test line."""
        names = task.names
        heads = Heads(names, settings_for(task))
        tuning = self._lines(task.tune, names) if task.tune else None
        lines = self._lines(task.train, names)
        heads.fit(lines.texts, lines.dense, lines.targets, tuning)
        texts = [line.text for line in task.test]
        likely = heads.probabilities(texts, self._dense(texts))
        if task.is_multi_label:
            believed = likely >= heads.thresholds
            return [
                frozenset(n for n, is_so in zip(names, row, strict=True) if is_so)
                for row in believed
            ]
        return [frozenset({names[column]}) for column in likely.argmax(axis=1)]

    def _lines(self, lines: Sequence[Line], names: Sequence[str]) -> Tuning:
        texts = [line.text for line in lines]
        targets = [[name in line.labels for name in names] for line in lines]
        return Tuning(texts, self._dense(texts), np.array(targets, dtype=np.int8))

    def _dense(self, texts: Sequence[str]) -> np.ndarray:
        missing = list(dict.fromkeys(text for text in texts if text not in self._vectors))
        for text, row in zip(missing, self._encoder.encode_all(missing), strict=True):
            self._vectors[text] = row
        return np.vstack([self._vectors[text] for text in texts])


def measure(tasks: Sequence[Task], listener: Listener) -> dict[str, Any]:
    """The figures of tasks of one name: accuracy, or F1 for label sets, the mean over runs; and seconds."""
    runs = []
    started = time.monotonic()
    for task in tasks:
        heard = listener(task)
        if task.is_multi_label:
            runs.append(_set_figures(task, heard))
        else:
            runs.append(_accuracy_figures(task, heard))
    keys = runs[0]
    figures: dict[str, Any] = {key: float(np.mean([run[key] for run in runs])) for key in keys}
    return {**figures, "runs": len(runs), "seconds": time.monotonic() - started}


def _set_figures(task: Task, heard: Sequence[frozenset[str]]) -> dict[str, float]:
    turns = [
        Judged(line.text, frozenset(line.labels), labels)
        for line, labels in zip(task.test, heard, strict=True)
        if line.labels
    ]
    figures = summary(turns, sorted({label for line in task.test for label in line.labels}))
    return {"micro_f1": figures["micro_f1"], "macro_f1": figures["macro_f1"]}


def _accuracy_figures(task: Task, heard: Sequence[frozenset[str]]) -> dict[str, float]:
    pairs = list(zip(task.test, heard, strict=True))
    inside = [
        frozenset(line.labels) == labels
        for line, labels in pairs
        if OUT_OF_SCOPE not in line.labels
    ]
    outside = [OUT_OF_SCOPE in labels for line, labels in pairs if OUT_OF_SCOPE in line.labels]
    figures = {"accuracy": sum(inside) / len(inside)}
    if outside:
        figures["out_of_scope_recall"] = sum(outside) / len(outside)
    return figures
