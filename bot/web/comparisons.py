"""Puts the comparison of two models into the shape in which it is shown: worse labels first, refusals with advice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.coaching.wording import label_in_words
from bot.core.labels import Speaker
from bot.web.strings import text

_SPEAKERS = tuple(speaker.value for speaker in Speaker)
_WORSE = ("refused", "worse")


@dataclass(frozen=True)
class LabelRow:
    """One label in the comparison; each figure is what it was and what it is, of 100."""

    words: str
    support: int
    is_protected: bool
    verdict: str
    f1: str
    recall: str
    precision: str


@dataclass(frozen=True)
class SpeakerTable:
    """The labels of one speaker: those that got worse, and the others."""

    speaker: str
    overall: Sequence[tuple[str, str]]
    worse: Sequence[LabelRow]
    rest: Sequence[LabelRow]
    better: int


@dataclass(frozen=True)
class Refusal:
    """One reason why a model was not put in service; `advice` says what to do about it."""

    words: str
    figures: str
    what: str
    examples: Sequence[Mapping[str, str]]
    advice: str


def comparison_of(report: Mapping[str, Any] | None) -> tuple[SpeakerTable, ...]:
    """One table for each speaker whose labels were compared."""
    if not report or not report.get("labels"):
        return ()
    found = {row["speaker"] for row in report["labels"]}
    return tuple(_table(speaker, report) for speaker in _SPEAKERS if speaker in found)


def refusals_of(report: Mapping[str, Any] | None) -> tuple[Refusal, ...]:
    """What got too much worse, with the turns that show it and what to do."""
    if not report:
        return ()
    rows = {(row["speaker"], row["name"]): row for row in report.get("labels") or ()}
    return tuple(
        _refusal(one, rows.get((one["speaker"], one.get("label"))))
        for one in report.get("refusals") or ()
    )


def names_in_words(labels: str | Iterable[str]) -> str:
    """Labels as people call them; that there are none is said too."""
    words = ", ".join(label_in_words(name) for name in _names(labels))
    return words or text("publication.heard_nothing")


def _table(speaker: str, report: Mapping[str, Any]) -> SpeakerTable:
    rows = [row for row in report["labels"] if row["speaker"] == speaker]
    rows.sort(key=lambda row: (row["verdict"] != "refused", _change(row), row["name"]))
    worse = [row for row in rows if row["verdict"] in _WORSE]
    rest = [row for row in rows if row["verdict"] not in _WORSE]
    whole = (report.get("speakers") or {}).get(speaker)
    measures = ("macro_f1", "micro_f1") if whole else ()
    return SpeakerTable(
        speaker=speaker,
        overall=[(measure, _before_after(whole, measure)) for measure in measures if whole],
        worse=[_row(row) for row in worse],
        rest=[_row(row) for row in rest],
        better=sum(row["verdict"] == "better" for row in rest),
    )


def _row(row: Mapping[str, Any]) -> LabelRow:
    return LabelRow(
        words=label_in_words(row["name"]),
        support=row["support"],
        is_protected=row["is_protected"],
        verdict=row["verdict"],
        f1=_before_after(row, "f1"),
        recall=_before_after(row, "recall"),
        precision=_before_after(row, "precision"),
    )


def _change(row: Mapping[str, Any]) -> float:
    return float((row["after"]["f1"] or 0) - (row["before"]["f1"] or 0))


def _before_after(row: Mapping[str, Any], measure: str) -> str:
    before, after = (_of_100(row[when].get(measure)) for when in ("before", "after"))
    return text("publication.before_to_after", before=before, after=after)


def _of_100(figure: float | None) -> str:
    return "–" if figure is None else f"{figure * 100:.1f}"


def _refusal(one: Mapping[str, Any], row: Mapping[str, Any] | None) -> Refusal:
    label, speaker = one.get("label"), one["speaker"]
    whole = text("publication.whole", speaker=text(f"publication.speaker.{speaker}"))
    return Refusal(
        words=_as_heading(label_in_words(label)) if label else whole,
        figures=_figures(row) if row else "",
        # The rule names the label as the files do; people read it in words.
        what=one["what"].replace(label, label_in_words(label)) if label else one["what"],
        examples=[_example(example) for example in one["examples"]],
        advice=_advice(label, one["examples"]),
    )


def _as_heading(words: str) -> str:
    return words[:1].upper() + words[1:]


def _figures(row: Mapping[str, Any]) -> str:
    return text(
        "publication.refusal_figures",
        count=row["support"],
        recall=_before_after(row, "recall"),
        precision=_before_after(row, "precision"),
    )


def _example(example: Mapping[str, Any]) -> dict[str, str]:
    heard = {key: names_in_words(example[key]) for key in ("truth", "before", "after")}
    return {"text": example["text"], **heard}


def _advice(label: str | None, examples: Sequence[Mapping[str, Any]]) -> str:
    """What the new lines seem to teach: the label that turns are most often taken for now."""
    taken_for = Counter(
        name
        for one in examples
        for name in _names(one["after"])
        if name not in _names(one["truth"])
    )
    if taken_for:
        [(name, _)] = taken_for.most_common(1)
        return text("publication.teaches", label=label_in_words(name))
    if label:
        return text("publication.teaches_less", label=label_in_words(label))
    return text("publication.teaches_all")


def _names(labels: str | Iterable[str]) -> tuple[str, ...]:
    return (labels,) if isinstance(labels, str) and labels else tuple(labels)
