"""Two models on the same kept turns: what is let through, what is refused, and with which examples."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from bot.core.labels import Speaker
from bot.core.studio.comparison import SHOWN_EXAMPLES, Comparison, compare
from bot.core.studio.margins import Margins

MARGINS = Margins(
    macro_f1=Decimal("0.005"),
    protected_recall=Decimal("0.02"),
    protected_precision=Decimal("0.10"),
    label_f1=Decimal("0.08"),
    least_turns=10,
)
#: Lets the macro-F1 fall as far as it likes, to see the other margins alone.
LABELS_ONLY = Margins(Decimal(1), Decimal("0.02"), Decimal("0.10"), Decimal("0.08"), 10)


@dataclass(frozen=True)
class Turn:
    text: str
    truth: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    speaker: Speaker = Speaker.CLIENT


def turns(
    times: int, truth: str, before: str, after: str, speaker: Speaker = Speaker.CLIENT
) -> list[Turn]:
    """So many turns; labels are given as words, "" for none."""
    return [
        Turn(
            f"{truth} heard as {after or 'nothing'}, number {number}",
            frozenset(truth.split()),
            frozenset(before.split()),
            frozenset(after.split()),
            speaker,
        )
        for number in range(times)
    ]


def label(compared: Comparison, name: str) -> dict[str, object]:
    return next(row for row in compared.as_json()["labels"] if row["name"] == name)


def refused(compared: Comparison) -> list[str | None]:
    return [refusal.label for refusal in compared.refusals]


def test_a_model_that_hears_the_same_is_let_through() -> None:
    compared = compare(turns(20, "stalling", "stalling", "stalling"), MARGINS)

    assert not compared.is_refused
    assert label(compared, "stalling")["verdict"] == "same"
    assert compared.as_json()["speakers"]["client"] == {
        "turns": 20,
        "before": {"micro_f1": 1.0, "macro_f1": 1.0},
        "after": {"micro_f1": 1.0, "macro_f1": 1.0},
    }


def test_figures_are_those_of_the_hearing_report() -> None:
    judged = [
        *turns(3, "stalling", "stalling", "stalling"),
        *turns(1, "stalling", "refusal", "stalling refusal"),
        *turns(2, "refusal abuse", "refusal", "refusal abuse"),
    ]
    compared = compare(judged, LABELS_ONLY)

    row = label(compared, "refusal")
    assert row["support"] == 2
    assert row["before"] == {"f1": 0.8, "precision": 0.6667, "recall": 1.0}
    assert label(compared, "abuse")["verdict"] == "better"
    client = compared.as_json()["speakers"]["client"]
    assert client["before"]["micro_f1"] == pytest.approx(2 * 5 / (2 * 5 + 1 + 3), abs=1e-4)
    assert client["before"]["macro_f1"] == pytest.approx((6 / 7 + 0.8 + 0) / 3, abs=1e-4)


def test_labels_that_occur_nowhere_are_left_out_and_those_wrongly_heard_are_not() -> None:
    compared = compare(turns(12, "stalling", "stalling", "stalling no_contact"), LABELS_ONLY)

    assert [row.name for row in compared.labels] == ["stalling", "no_contact"]
    assert label(compared, "no_contact")["support"] == 0


def test_a_fall_by_exactly_the_margin_is_let_through_and_one_beyond_is_not() -> None:
    # 50 turns: one that is lost takes recall from 1 to 0.98, two to 0.96.
    kept = turns(49, "vulnerability", "vulnerability", "vulnerability")
    lost = turns(1, "vulnerability", "vulnerability", "")
    assert not compare(kept + lost, LABELS_ONLY).is_refused
    assert refused(compare(kept[1:] + lost * 2, LABELS_ONLY)) == ["vulnerability"]


@pytest.mark.parametrize("name", ["vulnerability", "adviser_in_charge", "third_party"])
def test_a_protected_label_is_held_to_its_recall_however_rare(name: str) -> None:
    compared = compare(turns(3, name, name, name) + turns(1, name, name, ""), LABELS_ONLY)

    [refusal] = compared.refusals
    assert refusal.what == f"recall of {name} fell from 1.000 to 0.750 (margin 0.02)"
    assert [example.text for example in refusal.examples] == [f"{name} heard as nothing, number 0"]
    assert label(compared, name)["verdict"] == "refused"
    assert label(compared, name)["is_protected"]


def test_a_protected_label_that_is_heard_everywhere_is_refused_for_its_precision() -> None:
    judged = [
        *turns(20, "vulnerability", "vulnerability", "vulnerability"),
        *turns(4, "cash_flow", "cash_flow", "cash_flow vulnerability"),
    ]
    [refusal] = compare(judged, LABELS_ONLY).refusals

    assert refusal.what == "precision of vulnerability fell from 1.000 to 0.833 (margin 0.1)"
    assert refusal.examples[0].truth == ("cash_flow",)
    assert refusal.examples[0].after == ("cash_flow", "vulnerability")


@pytest.mark.parametrize(("support", "expected"), [(10, ["stalling"]), (9, [])])
def test_another_label_is_held_to_its_f1_once_enough_turns_carry_it(
    support: int, expected: list[str]
) -> None:
    judged = turns(support - 4, "stalling", "stalling", "stalling")
    judged += turns(4, "stalling", "stalling", "refusal")

    assert refused(compare(judged, LABELS_ONLY)) == expected


def test_at_most_five_examples_are_given() -> None:
    judged = turns(10, "stalling", "stalling", "stalling")
    judged += turns(9, "stalling", "stalling", "refusal")
    [refusal] = compare(judged, LABELS_ONLY).refusals

    assert len(refusal.examples) == SHOWN_EXAMPLES


def test_the_macro_f1_is_held_for_each_speaker_alone() -> None:
    judged = [
        *turns(40, "stalling", "", "stalling"),
        *turns(10, "threaten", "threaten", "threaten", Speaker.COLLECTOR),
        *turns(1, "threaten", "threaten", "blame", Speaker.COLLECTOR),
    ]
    [refusal] = compare(judged, MARGINS).refusals

    assert (refusal.speaker, refusal.label) == (Speaker.COLLECTOR, None)
    assert refusal.what.startswith("macro-F1 of collector turns fell from 1.000 to 0.952")
    assert refusal.examples[0].after == ("blame",)


def test_a_label_of_the_same_name_is_protected_in_clients_turns_only() -> None:
    judged = turns(2, "neutral", "neutral", "", Speaker.COLLECTOR)
    assert not label(compare(judged, LABELS_ONLY), "neutral")["is_protected"]
    assert refused(compare(judged, LABELS_ONLY)) == []


def test_turns_whose_labels_nobody_knows_are_not_counted() -> None:
    assert compare(turns(5, "", "stalling", ""), MARGINS).as_json() == {
        "speakers": {},
        "labels": [],
        "refusals": [],
    }


def test_without_a_model_before_everything_is_better() -> None:
    compared = compare(turns(12, "stalling", "", "stalling"), MARGINS)

    assert not compared.is_refused
    assert label(compared, "stalling")["verdict"] == "better"
