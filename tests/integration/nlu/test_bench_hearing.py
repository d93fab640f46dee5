"""`parley bench hearing`: the report over small sets, and stock Rasa trained for real on a few lines."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from bot.core.errors import UnavailableError
from bot.core.labels import Speaker
from bot.nlu.encoder import SentenceEncoder, published_file
from bot.nlu.evaluation import benchmarks
from bot.nlu.evaluation.benchmarks import (
    DENSE_SCALE_OF_FEW,
    Line,
    OwnListener,
    Task,
    measure,
    settings_for,
)
from bot.nlu.evaluation.report import as_html, as_text, set_figures
from bot.nlu.evaluation.second_reader import second_reader_figures
from bot.nlu.evaluation.stock_diet import StockDiet
from bot.nlu.evaluation.turn_sets import VALIDATION, hear, own_sets, public_sets
from bot.nlu.heads import HeadSettings
from tools import benchmark_lines

pytestmark = pytest.mark.rasa

WEATHER = ["will it rain today", "is it sunny out", "how cold is it outside", "any snow tomorrow"]
MONEY = ["send ten pounds to Ann", "pay my rent", "move money to savings", "transfer fifty euros"]


def task(*, is_multi_label: bool = False) -> Task:
    train = [Line(text, ("weather",)) for text in WEATHER * 3]
    train += [Line(text, ("pay", "money") if is_multi_label else ("pay",)) for text in MONEY * 3]
    test = (
        Line("is it going to rain", ("weather",)),
        Line("pay fifty pounds to Ann", train[-1].labels),
    )
    return Task("small", tuple(train), test, is_multi_label=is_multi_label)


def test_our_heads_learn_a_task_of_other_labels() -> None:
    listener = OwnListener(SentenceEncoder(published_file()))
    assert measure([task()], listener)["accuracy"] == 1.0
    assert measure([task(is_multi_label=True)], listener)["micro_f1"] == 1.0


def test_stock_rasa_learns_the_same_task_in_a_process_of_its_own() -> None:
    figures = measure([task(is_multi_label=True)], StockDiet(epochs=30))
    assert figures["micro_f1"] == 1.0


def test_stock_rasa_that_fails_says_why() -> None:
    with pytest.raises(RuntimeError, match="Stock Rasa failed"):
        StockDiet(epochs=1)(Task("empty", (), (Line("a", ("b",)),)))


def test_out_of_scope_is_counted_apart_from_accuracy() -> None:
    lines = (Line("a", ("x",)), Line("b", ("x",)), Line("c", ("oos",)))
    given = Task("t", lines, lines)
    heard = [frozenset({"x"}), frozenset({"oos"}), frozenset({"oos"})]
    figures = measure([given], lambda _: heard)
    assert (figures["accuracy"], figures["out_of_scope_recall"]) == (0.5, 1.0)


def _banking_files(folder: Path) -> None:
    for part, count in (("train", 12), ("test", 2)):
        with (folder / f"{part}.csv").open("w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("text", "category"))
            rows.writerows((f"{label} line {i}", label) for label in "ab" for i in range(count))


def test_benchmarks_are_read_as_published(tmp_path: Path) -> None:
    _banking_files(tmp_path)
    full, few = benchmarks.banking77(tmp_path)
    assert (len(full.train), len(full.test), len(few.train)) == (24, 4, 20)
    assert few.names == ("a", "b")
    assert few == benchmarks.banking77(tmp_path)[1], "the same seed draws the same lines"

    for number in range(20):
        fold = [{"text": f"line {number}", "intents": ["how_long"]}, {"text": "mm"}]
        (tmp_path / f"fold{number}.json").write_text(json.dumps(fold))
    tasks = benchmarks.nlu_plus_plus(tmp_path)
    assert [len(t.train) for t in tasks] == [2] * 20 + [4] * 10
    assert [len(t.test) for t in tasks] == [38] * 20 + [36] * 10


def test_a_missing_benchmark_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match=r"train\.csv"):
        benchmarks.banking77(tmp_path)


def test_a_faulty_row_of_turns_is_named_with_its_line(tmp_path: Path) -> None:
    good = {"text": "hello", "role": "client", "labels": ["neutral"], "heat": 0, "complete": True}
    (tmp_path / "calls.jsonl").write_text(f'{json.dumps(good)}\n{{"text": 5}}\n')
    with pytest.raises(UnavailableError, match=r"calls\.jsonl, line 2"):
        public_sets(tmp_path)


def test_the_report_tells_every_set_and_label(model: Path) -> None:
    from bot.nlu.recogniser import RasaRecogniser

    recogniser = RasaRecogniser(model)
    today = date(2026, 11, 22)
    (client,) = (s for s in own_sets(VALIDATION, "validation") if s.speaker is Speaker.CLIENT)
    some = type(client)(client.name, client.speaker, client.turns[::12])
    figures = {**set_figures(hear(recogniser, some, today)), "is_ours": True}
    document = {
        "date": "2026-11-22",
        "model": "m",
        "sets": [figures],
        "readers": [],
        "benchmarks": [],
    }
    text, page = as_text(document), as_html(document)
    assert "validation, client" in text
    assert figures["summary"]["micro_f1"] > 0.6
    for label in figures["labels"]:
        assert label["name"] in text
        assert label["name"] in page
    assert "<script" not in page
    assert sum(map(sum, figures["heat"])) == len(some.turns)


def test_second_reader_saw_every_speaker_and_agrees_as_two_careful_people_do() -> None:
    readers = second_reader_figures()
    assert [part["speaker"] for part in readers] == [speaker.value for speaker in Speaker]
    assert all(part["turns"] > 200 for part in readers)
    assert all(part["micro_f1"] > 0.95 for part in readers)
    assert readers[0]["heat_within_one"] > 0.97


def test_line_of_a_second_reader_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "client.jsonl").write_text('{"text": "hello", "labels": []}\n', encoding="utf-8")
    with pytest.raises(UnavailableError, match=r"client\.jsonl, line 1"):
        second_reader_figures(tmp_path)


def test_labels_that_exclude_each_other_are_told_from_the_task() -> None:
    one = Task("t", tuple(Line(text, ("a",)) for text in "xy"), ())
    assert settings_for(one) == HeadSettings(is_exclusive=True, dense_scale=DENSE_SCALE_OF_FEW)
    many = Task("t", tuple(Line(str(number), ("a",)) for number in range(40)), ())
    assert settings_for(many) == HeadSettings(is_exclusive=True)
    with_out_of_scope = Task("t", (*one.train, Line("z", ("oos",))), ())
    assert settings_for(with_out_of_scope) == HeadSettings()
    assert settings_for(Task("t", one.train, (), is_multi_label=True)) == HeadSettings()


def test_the_lines_of_the_ten_shot_benchmark_are_those_that_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _banking_files(tmp_path)
    out = tmp_path / "made" / "lines.jsonl"
    monkeypatch.setattr("sys.argv", ["benchmark_lines", str(tmp_path), str(out)])
    benchmark_lines.main()

    rows = [json.loads(row) for row in out.read_text(encoding="utf-8").splitlines()]
    few = benchmarks.banking77(tmp_path)[1]
    assert [(row["text"], tuple(row["labels"])) for row in rows] == [
        (line.text, line.labels) for line in few.train
    ]

    monkeypatch.setattr("sys.argv", ["benchmark_lines", str(tmp_path / "none"), str(out)])
    with pytest.raises(SystemExit, match="point --benchmarks"):
        benchmark_lines.main()
