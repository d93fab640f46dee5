"""Two models on the same kept turns: figures per speaker and label, and what the margins refuse, with examples.

Rules
- Figures are fractions, so a fall by exactly a margin is let through and never hangs on rounding.
- The macro-F1 of a speaker is the mean over the labels that occur in the kept turns, as everywhere else.
- Protected labels are held to their recall and their precision, however few turns carry them.
- Any other label is held to its F1 once enough turns carry it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from bot.core.labels import Speaker, labels_of
from bot.core.studio.compared import (
    Comparison,
    Example,
    Figures,
    LabelCompared,
    Refusal,
    SpeakerCompared,
)
from bot.core.studio.margins import Margins

#: More examples of one refusal help nobody.
SHOWN_EXAMPLES = 5

#: F1 that moved by less than this counts as the same.
_SAME = Fraction(1, 200)


class Judged(Protocol):
    """One kept turn with what it says and what two models hear in it."""

    @property
    def text(self) -> str:
        """The words."""

    @property
    def speaker(self) -> Speaker:
        """Who says them."""

    @property
    def truth(self) -> frozenset[str]:
        """The labels that it has."""

    @property
    def before(self) -> frozenset[str]:
        """What the model in service hears."""

    @property
    def after(self) -> frozenset[str]:
        """What the candidate hears."""


def compare(judgements: Iterable[Judged], margins: Margins) -> Comparison:
    """Hold what a candidate hears against what the model in service hears, speaker by speaker."""
    turns = [turn for turn in judgements if turn.truth]
    speakers: list[SpeakerCompared] = []
    labels: list[LabelCompared] = []
    refusals: list[Refusal] = []
    for speaker in Speaker:
        own = [turn for turn in turns if turn.speaker is speaker]
        if not own:
            continue
        rows = [_compared(speaker, name, own) for name in labels_of(speaker)]
        rows = [row for row in rows if row.support or _is_heard(row.name, own)]
        summary = _summary(speaker, own, rows)
        speakers.append(summary)
        refusals += _of_macro(summary, own, margins)
        for row in rows:
            found = list(_of_label(row, own, margins))
            refusals += found
            labels.append(_judged(row, bool(found)))
    return Comparison(tuple(speakers), tuple(labels), tuple(refusals))


def _compared(speaker: Speaker, name: str, turns: Sequence[Judged]) -> LabelCompared:
    support = sum(name in turn.truth for turn in turns)
    before = _figures(name, turns, _before)
    after = _figures(name, turns, _after)
    return LabelCompared(speaker, name, support, before, after, "same")


def _judged(row: LabelCompared, is_refused: bool) -> LabelCompared:
    moved = row.after.f1 - row.before.f1
    verdict = "same" if abs(moved) < _SAME else "better" if moved > 0 else "worse"
    return replace(row, verdict="refused" if is_refused else verdict)


def _summary(
    speaker: Speaker, turns: Sequence[Judged], rows: Sequence[LabelCompared]
) -> SpeakerCompared:
    occurring = [row for row in rows if row.support]
    return SpeakerCompared(
        speaker,
        len(turns),
        _micro(turns, _before),
        _micro(turns, _after),
        _mean([row.before.f1 for row in occurring]),
        _mean([row.after.f1 for row in occurring]),
    )


def _of_macro(
    summary: SpeakerCompared, turns: Sequence[Judged], margins: Margins
) -> Iterable[Refusal]:
    if _fell(summary.macro_before, summary.macro_after, margins.macro_f1):
        yield Refusal(
            summary.speaker,
            None,
            f"macro-F1 of {summary.speaker.value} turns "
            + _words(summary.macro_before, summary.macro_after, margins.macro_f1),
            _examples(
                turns, lambda turn: _mistakes(turn, turn.after) > _mistakes(turn, turn.before)
            ),
        )


def _of_label(row: LabelCompared, turns: Sequence[Judged], margins: Margins) -> Iterable[Refusal]:
    name = row.name

    def refusal(figure: str, old: Fraction, new: Fraction, margin: Decimal) -> Refusal:
        is_worse = {"recall": is_lost, "precision": is_extra}.get(
            figure, lambda turn: is_lost(turn) or is_extra(turn)
        )
        return Refusal(
            row.speaker,
            name,
            f"{figure} of {name} " + _words(old, new, margin),
            _examples(turns, is_worse),
        )

    def is_lost(turn: Judged) -> bool:
        return name in turn.truth and name in turn.before and name not in turn.after

    def is_extra(turn: Judged) -> bool:
        return name not in turn.truth and name not in turn.before and name in turn.after

    if row.is_protected:
        if _fell(row.before.recall, row.after.recall, margins.protected_recall):
            yield refusal("recall", row.before.recall, row.after.recall, margins.protected_recall)
        if _fell(row.before.precision, row.after.precision, margins.protected_precision):
            yield refusal(
                "precision",
                row.before.precision,
                row.after.precision,
                margins.protected_precision,
            )
    elif row.support >= margins.least_turns and _fell(
        row.before.f1, row.after.f1, margins.label_f1
    ):
        yield refusal("F1", row.before.f1, row.after.f1, margins.label_f1)


def _fell(old: Fraction, new: Fraction, margin: Decimal) -> bool:
    return old - new > Fraction(margin)


def _words(old: Fraction, new: Fraction, margin: Decimal) -> str:
    return f"fell from {float(old):.3f} to {float(new):.3f} (margin {margin.normalize():f})"


def _examples(turns: Sequence[Judged], is_worse: Callable[[Judged], bool]) -> tuple[Example, ...]:
    found = [turn for turn in turns if is_worse(turn)][:SHOWN_EXAMPLES]
    return tuple(
        Example(
            turn.text,
            _in_order(turn.speaker, turn.truth),
            _in_order(turn.speaker, turn.before),
            _in_order(turn.speaker, turn.after),
        )
        for turn in found
    )


def _in_order(speaker: Speaker, names: frozenset[str]) -> tuple[str, ...]:
    known = labels_of(speaker)
    return tuple(name for name in known if name in names) + tuple(sorted(names - set(known)))


def _mistakes(turn: Judged, heard: frozenset[str]) -> int:
    return len(turn.truth ^ heard)


def _before(turn: Judged) -> frozenset[str]:
    return turn.before


def _after(turn: Judged) -> frozenset[str]:
    return turn.after


def _is_heard(name: str, turns: Sequence[Judged]) -> bool:
    return any(name in turn.before or name in turn.after for turn in turns)


def _figures(
    name: str, turns: Sequence[Judged], heard: Callable[[Judged], frozenset[str]]
) -> Figures:
    hits = sum(name in turn.truth and name in heard(turn) for turn in turns)
    missed = sum(name in turn.truth and name not in heard(turn) for turn in turns)
    extra = sum(name not in turn.truth and name in heard(turn) for turn in turns)
    return Figures(
        _share(2 * hits, 2 * hits + extra + missed),
        _share(hits, hits + extra),
        _share(hits, hits + missed),
    )


def _micro(turns: Sequence[Judged], heard: Callable[[Judged], frozenset[str]]) -> Fraction:
    hits = sum(len(turn.truth & heard(turn)) for turn in turns)
    wrong = sum(len(turn.truth ^ heard(turn)) for turn in turns)
    return _share(2 * hits, 2 * hits + wrong)


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values) if values else Fraction(0)


def _share(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if part else Fraction(0)
