"""The figures of hearing, worked out by hand."""

from __future__ import annotations

import pytest

from bot.nlu.evaluation.scores import (
    Judged,
    agreement,
    by_style,
    confusions,
    heat_table,
    label_scores,
    summary,
)

NAMES = ("cash_flow", "plan_request", "stalling", "neutral")


def turn(true: str, heard: str, **more: object) -> Judged:
    return Judged("words", frozenset(true.split()), frozenset(heard.split()), **more)  # type: ignore[arg-type]


TURNS = [
    turn("cash_flow", "cash_flow", style="asr", true_heat=0, heard_heat=0),
    turn("cash_flow plan_request", "cash_flow", style="asr", true_heat=1, heard_heat=2),
    turn("stalling", "plan_request", style="terse", true_heat=0, heard_heat=3),
    turn("neutral", "", style="terse", true_heat=3, heard_heat=3),
]


def test_each_label_has_its_precision_recall_and_f1() -> None:
    scores = {score.name: score for score in label_scores(TURNS, NAMES)}
    assert (scores["cash_flow"].precision, scores["cash_flow"].recall) == (1.0, 1.0)
    assert scores["cash_flow"].support == 2
    assert (scores["plan_request"].precision, scores["plan_request"].recall) == (0.0, 0.0)
    assert scores["stalling"].f1 == 0.0


def test_the_summary_counts_hits_extras_and_misses_over_all_labels() -> None:
    figures = summary(TURNS, NAMES)
    # 2 hits, 1 extra (plan_request), 3 missed (plan_request, stalling, neutral)
    assert figures["micro_f1"] == pytest.approx(2 * 2 / (2 * 2 + 1 + 3))
    assert figures["macro_f1"] == pytest.approx(1.0 / 4)
    assert figures["whole_set"] == pytest.approx(0.25)
    assert figures["heat_exact"] == pytest.approx(0.5)
    assert figures["heat_within_one"] == pytest.approx(0.75)


def test_a_partial_truth_counts_towards_recall_alone() -> None:
    partial = turn("cash_flow", "cash_flow stalling", complete=False)
    assert summary([partial], NAMES) == {"turns": 1, "partial_turns": 1, "partial_recall": 1.0}
    assert label_scores([partial], ["stalling"])[0].precision == 0.0
    assert label_scores([partial], ["cash_flow"])[0].precision == 1.0


def test_an_unlabelled_turn_counts_for_heat_alone() -> None:
    figures = summary([turn("", "abuse", true_heat=2, heard_heat=1)], NAMES)
    assert figures == {"turns": 1, "heat_turns": 1, "heat_exact": 0.0, "heat_within_one": 1.0}


def test_nothing_gives_no_figures() -> None:
    assert summary([], NAMES) == {"turns": 0}


def test_every_style_has_its_own_summary() -> None:
    styles = by_style(TURNS, NAMES)
    assert {style: part["turns"] for style, part in styles.items()} == {"asr": 2, "terse": 2}
    assert styles["asr"]["whole_set"] == 0.5


def test_a_missed_label_is_paired_with_what_was_heard_in_its_turn() -> None:
    pairs = confusions(TURNS)
    assert pairs[("stalling", "plan_request")] == 1
    assert pairs[("plan_request", "(nothing)")] == 1
    assert pairs[("neutral", "(nothing)")] == 1
    assert pairs[("cash_flow", "cash_flow")] == 2


def test_the_heat_table_has_truth_down_and_hearing_across() -> None:
    table = heat_table(TURNS)
    assert table[0][0] == table[0][3] == table[1][2] == table[3][3] == 1
    assert sum(map(sum, table)) == 4


def test_two_readers_agree_by_labels_and_by_whole_sets() -> None:
    first = [frozenset({"cash_flow"}), frozenset({"stalling", "cash_flow"})]
    second = [frozenset({"cash_flow"}), frozenset({"stalling"})]
    assert agreement(first, second) == {"micro_f1": pytest.approx(0.8), "whole_set": 0.5}
    with pytest.raises(ValueError, match="2 turns by one reader, 1 by the other"):
        agreement(first, second[:1])
