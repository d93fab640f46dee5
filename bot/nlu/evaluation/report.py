"""The hearing report: one document of figures, told as text and as one HTML page without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.core.labels import FAULTS, PROTECTED, SILENT, Speaker, labels_of
from bot.nlu.evaluation.scores import (
    Judged,
    by_style,
    confusions,
    heat_table,
    label_scores,
    share,
    summary,
)
from bot.nlu.evaluation.turn_sets import TurnSet

#: How many of the commonest confusions a set's table shows.
SHOWN_CONFUSIONS = 15


def set_figures(turns: TurnSet) -> dict[str, Any]:
    """Everything the report says of one set of turns."""
    names = labels_of(turns.speaker)
    judged = turns.turns
    pairs = confusions(judged)
    apart = [(pair, count) for pair, count in pairs.most_common() if pair[0] != pair[1]]
    figures = {
        "name": turns.name,
        "speaker": turns.speaker.value,
        "summary": summary(judged, names),
        "labels": [vars(score) for score in label_scores(judged, names) if score.support],
        "styles": by_style(judged, names),
        "confusions": [
            {"true": true, "heard": heard, "count": count}
            for (true, heard), count in apart[:SHOWN_CONFUSIONS]
        ],
        "matrix": _matrix(pairs, names),
        "heat": heat_table(judged),
    }
    if turns.speaker is Speaker.CLIENT:
        silent = [turn for turn in judged if turn.true and turn.true <= SILENT]
        if silent:
            figures["silent_turns"] = len(silent)
            figures["advice_on_silent"] = share(silent, _raises_advice)
    if turns.speaker is Speaker.COLLECTOR:
        figures["fault_recall"] = _recall(judged, FAULTS)
    if turns.speaker is Speaker.COACH:
        figures["strongest_right"] = share(judged, lambda turn: turn.strongest in turn.true)
    return figures


def _raises_advice(turn: Judged) -> bool:
    return bool(turn.heard - SILENT)


def _recall(turns: Sequence[Judged], names: frozenset) -> float | None:
    true = sum(len(turn.true & names) for turn in turns)
    return sum(len(turn.true & turn.heard & names) for turn in turns) / true if true else None


def _matrix(pairs: dict[tuple[str, str], int], names: Sequence[str]) -> dict[str, Any]:
    rows = [name for name in (*names, "(nothing)") if any(true == name for true, _ in pairs)]
    columns = [name for name in (*names, "(nothing)") if any(heard == name for _, heard in pairs)]
    return {
        "columns": columns,
        "rows": [
            {"name": row, "counts": [pairs.get((row, column), 0) for column in columns]}
            for row in rows
        ],
    }


def as_text(document: dict[str, Any]) -> str:
    """The report for a terminal: a line a set, a line a label of our own sets, a line a benchmark."""
    lines = [f"Hearing, measured {document['date']} with {document['model']}", ""]
    lines += [_set_line(figures) for figures in document["sets"]]
    lines += [_protected_line(figures) for figures in document["sets"] if _has_protected(figures)]
    lines += [_stock_line(figures) for figures in document["sets"] if "stock" in figures]
    lines += [f"second reader, {part['speaker']:<21}{_shown(part)}" for part in document["readers"]]
    for figures in document["sets"]:
        if figures["is_ours"]:
            lines += ["", f"{figures['name']}: label, precision, recall, F1, turns"]
            lines += [
                f"  {x['name']:<22}{x['precision']:6.2f}{x['recall']:6.2f}{x['f1']:6.2f}{x['support']:6d}"
                for x in figures["labels"]
            ]
            lines += [
                f"  style {style:<16}" + _shown(part) for style, part in figures["styles"].items()
            ]
    for task in document["benchmarks"]:
        lines += ["", f"{task['name']} ({task['note']})"]
        lines += [f"  {who:<34}{_task_figures(part)}" for who, part in task["listeners"].items()]
        lines += [f"  {who:<34}{part} (published)" for who, part in task["published"].items()]
    return "\n".join(lines) + "\n"


def _set_line(figures: dict[str, Any]) -> str:
    line = f"{figures['name']:<36}{_shown(figures['summary'])}"
    if "advice_on_silent" in figures:
        line += f"  advice on {figures['advice_on_silent']:.1%} of {figures['silent_turns']} silent turns"
    if figures.get("fault_recall") is not None:
        line += f"  fault moves recall {figures['fault_recall']:.3f}"
    if "strongest_right" in figures:
        line += f"  strongest request right {figures['strongest_right']:.3f}"
    return line


def _stock_line(figures: dict[str, Any]) -> str:
    return f"{figures['name']:<36}{_shown(figures['stock'])}  (stock Rasa DIET)"


def _has_protected(figures: dict[str, Any]) -> bool:
    return figures["is_ours"] and any(x["name"] in PROTECTED for x in figures["labels"])


def _protected_line(figures: dict[str, Any]) -> str:
    told = (
        f"{x['name']} recall {x['recall']:.2f} at precision {x['precision']:.2f}"
        for x in figures["labels"]
        if x["name"] in PROTECTED
    )
    return f"{figures['name']:<36}" + "; ".join(told)


def _shown(part: dict[str, Any]) -> str:
    names = {
        "micro_f1": "micro",
        "macro_f1": "macro",
        "whole_set": "whole set",
        "partial_recall": "recall",
        "heat_exact": "heat",
        "heat_within_one": "within one",
    }
    told = [f"{short} {part[key]:.3f}" for key, short in names.items() if key in part]
    return f"{part['turns']:5d} turns  " + "  ".join(told)


def _task_figures(part: dict[str, Any]) -> str:
    told = [
        f"{key.replace('_', ' ')} {value:.3f}"
        for key, value in part.items()
        if key not in ("runs", "seconds")
    ]
    return ", ".join(told) + f" ({part['seconds']:.0f} s)"


def as_html(document: dict[str, Any]) -> str:
    """The report as one page that needs nothing else."""
    environment = Environment(
        loader=PackageLoader("bot.nlu.evaluation", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2").render(
        document=document, protected={label.value for label in PROTECTED}
    )
