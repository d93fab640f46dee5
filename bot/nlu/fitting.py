"""Trains heads on lines: the same for Rasa's components and for a candidate that the studio trains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bot.core.labels import PROTECTED, Speaker, labels_of
from bot.nlu.encoder import shared_encoder, vector_store
from bot.nlu.heads import Heads, HeadSettings, Tuning
from bot.nlu.lines import Example

#: The three questions whose answers add up to heat; each has its own head.
STEPS = ("irritated_or_more", "angry_or_more", "abusive")

#: Settings of the two components where config.yml says nothing else.
LABEL_DEFAULTS: dict[str, Any] = {
    "regularisation": 4.0,
    "positive_weight": 2.0,
    "folds": 4,
    "seed": 7,
    "tuned_on": "tests/validation",
}
HEAT_DEFAULTS: dict[str, Any] = {
    "regularisation": 2.0,
    "positive_weight": 1.0,
    "cues": "data/lexicons/heat.yml",
    "tuned_on": "tests/validation",
}


def fit_labels(
    speaker: Speaker,
    examples: Sequence[Example],
    kept: Sequence[Example],
    config: Mapping[str, Any],
    start: Heads | None = None,
) -> Heads | None:
    """The heads of a speaker's labels, from his own among the examples; None when there are none."""
    own = lines_of(speaker, examples)
    if not own:
        return None
    names = labels_of(speaker)
    settings = HeadSettings(
        regularisation=float(config["regularisation"]),
        positive_weight=float(config["positive_weight"]),
        folds=int(config["folds"]),
        seed=int(config["seed"]),
        recall_first=frozenset(PROTECTED),
    )
    heads = Heads(names, settings)
    lines, unseen = as_lines(own, names), lines_of(speaker, kept)
    tuning = as_lines(unseen, names) if unseen else None
    heads.fit(lines.texts, lines.dense, lines.targets, tuning, start)
    return heads


def fit_heat(
    examples: Sequence[Example],
    kept: Sequence[Example],
    config: Mapping[str, Any],
    start: Heads | None = None,
) -> Heads | None:
    """The heads of the three steps of heat, from client lines that carry one; None when there are none."""
    own = lines_with_heat(examples)
    if not own:
        return None
    settings = HeadSettings(float(config["regularisation"]), float(config["positive_weight"]))
    heads = Heads(STEPS, settings)
    lines, unseen = _as_steps(own), lines_with_heat(kept)
    tuning = _as_steps(unseen) if unseen else None
    heads.fit(lines.texts, lines.dense, lines.targets, tuning, start)
    return heads


def lines_of(speaker: Speaker, examples: Sequence[Example]) -> list[Example]:
    """The lines of one speaker."""
    return [example for example in examples if example.speaker is speaker]


def lines_with_heat(examples: Sequence[Example]) -> list[Example]:
    """The client lines that carry a heat."""
    return [x for x in examples if x.speaker is Speaker.CLIENT and x.heat is not None]


def as_lines(examples: Sequence[Example], names: Sequence[str]) -> Tuning:
    """Examples as texts, vectors and label indicators."""
    return _with_targets(examples, [[name in x.labels for name in names] for x in examples])


def _as_steps(examples: Sequence[Example]) -> Tuning:
    return _with_targets(
        examples, [[(example.heat or 0) >= step for step in (1, 2, 3)] for example in examples]
    )


def _with_targets(examples: Sequence[Example], targets: list[list[bool]]) -> Tuning:
    texts = [example.text for example in examples]
    vectors = vector_store().encode(texts, shared_encoder())
    return Tuning(texts, vectors, np.array(targets, dtype=np.int8))
