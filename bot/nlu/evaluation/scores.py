"""Figures over label sets and heat: per label, micro, macro, whole sets, confusions. Plain Python, no arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Judged:
    """One turn with the labels it has and those that were heard.

    `complete` says whether the true set is whole: if not, an extra label is not held against the listener.
    `strongest` is the label heard with most confidence, if any.
    """

    text: str
    true: frozenset[str]
    heard: frozenset[str]
    style: str = ""
    true_heat: int | None = None
    heard_heat: int | None = None
    complete: bool = True
    strongest: str | None = None


@dataclass(frozen=True)
class LabelScore:
    """Precision, recall and F1 of one label, 0 to 1, and how many turns truly carry it."""

    name: str
    precision: float
    recall: float
    f1: float
    support: int


def f1_of(hits: int, extra: int, missed: int) -> float:
    """F1 from counts; 0 when there is nothing to find and nothing was found."""
    return 2 * hits / (2 * hits + extra + missed) if hits else 0.0


def label_scores(turns: Sequence[Judged], names: Iterable[str]) -> list[LabelScore]:
    """One score a label, in the order of the names; turns with a partial truth count towards recall alone."""
    scores = []
    for name in names:
        hits = sum(name in turn.true and name in turn.heard for turn in turns)
        missed = sum(name in turn.true and name not in turn.heard for turn in turns)
        extra = sum(
            name in turn.heard and name not in turn.true and turn.complete for turn in turns
        )
        scores.append(
            LabelScore(
                name=name,
                precision=hits / (hits + extra) if hits + extra else 0.0,
                recall=hits / (hits + missed) if hits + missed else 0.0,
                f1=f1_of(hits, extra, missed),
                support=hits + missed,
            )
        )
    return scores


def summary(turns: Sequence[Judged], names: Sequence[str]) -> dict[str, Any]:
    """Micro-F1, macro-F1 over labels that occur, the share of whole sets right, and how many turns.

    Turns with a partial truth give `recall` only. Figures that cannot be had are left out.
    """
    whole = [turn for turn in turns if turn.complete and turn.true]
    partial = [turn for turn in turns if not turn.complete and turn.true]
    figures: dict[str, Any] = {"turns": len(turns)}
    if whole:
        hits = sum(len(turn.true & turn.heard) for turn in whole)
        extra = sum(len(turn.heard - turn.true) for turn in whole)
        missed = sum(len(turn.true - turn.heard) for turn in whole)
        occurring = [score for score in label_scores(whole, names) if score.support]
        figures["micro_f1"] = f1_of(hits, extra, missed)
        figures["precision"] = hits / (hits + extra) if hits + extra else 0.0
        figures["recall"] = hits / (hits + missed) if hits + missed else 0.0
        figures["macro_f1"] = sum(score.f1 for score in occurring) / len(occurring)
        figures["whole_set"] = sum(turn.true == turn.heard for turn in whole) / len(whole)
        figures["top_right"] = sum(bool(turn.true & turn.heard) for turn in whole) / len(whole)
    if partial:
        found = sum(len(turn.true & turn.heard) for turn in partial)
        figures["partial_turns"] = len(partial)
        figures["partial_recall"] = found / sum(len(turn.true) for turn in partial)
    felt = [turn for turn in turns if turn.true_heat is not None and turn.heard_heat is not None]
    if felt:
        gaps = [abs(turn.true_heat - turn.heard_heat) for turn in felt]  # type: ignore[operator]
        figures["heat_turns"] = len(felt)
        figures["heat_exact"] = sum(gap == 0 for gap in gaps) / len(felt)
        figures["heat_within_one"] = sum(gap <= 1 for gap in gaps) / len(felt)
    return figures


def by_style(turns: Sequence[Judged], names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The summary of each style of speech."""
    styles = sorted({turn.style for turn in turns if turn.style})
    return {style: summary([t for t in turns if t.style == style], names) for style in styles}


def confusions(turns: Sequence[Judged]) -> Counter[tuple[str, str]]:
    """How often a missed label (first) stood beside a wrongly heard one (second); "(nothing)" for neither.

    With sets there is no one true answer per turn: every missed label is paired with every extra one of its turn.
    """
    pairs: Counter[tuple[str, str]] = Counter()
    for turn in turns:
        if not turn.complete or not turn.true:
            continue
        missed = turn.true - turn.heard or {"(nothing)"}
        extra = turn.heard - turn.true or {"(nothing)"}
        pairs.update((a, b) for a in missed for b in extra if (a, b) != ("(nothing)", "(nothing)"))
        pairs.update((name, name) for name in turn.true & turn.heard)
    return pairs


def heat_table(turns: Sequence[Judged]) -> list[list[int]]:
    """Counts by true heat (row) and heard heat (column), 0 to 3."""
    table = [[0] * 4 for _ in range(4)]
    for turn in turns:
        if turn.true_heat is not None and turn.heard_heat is not None:
            table[turn.true_heat][turn.heard_heat] += 1
    return table


def share(turns: Sequence[Judged], is_so: Callable[[Judged], bool]) -> float:
    """The share of turns of which something is so; 0 for none."""
    return sum(map(is_so, turns)) / len(turns) if turns else 0.0


def agreement(
    first: Sequence[frozenset[str]], second: Sequence[frozenset[str]]
) -> dict[str, float]:
    """Micro-F1 of one reader's label sets against another's, and the share of whole sets they agree on.

    Raises ValueError when the readers did not read the same number of turns.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} turns by one reader, {len(second)} by the other.")
    hits = sum(len(a & b) for a, b in zip(first, second, strict=True))
    total = sum(map(len, first)) + sum(map(len, second))
    same = sum(a == b for a, b in zip(first, second, strict=True))
    return {
        "micro_f1": 2 * hits / total if total else 1.0,
        "whole_set": same / len(first) if first else 1.0,
    }
