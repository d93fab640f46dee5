"""Corrected lines get into a file of their own, whole or not at all, and never twice."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.content import training_lines
from bot.content.training_lines import NluFiles
from bot.core.corrections import TrainingLine, training_line
from bot.core.errors import ConflictError, ContentError, UnavailableError
from bot.core.labels import Speaker

STALLING = """\
# client: stalling. E.g. Ring us after dinner.
version: "3.1"
nlu:
- intent: stalling
  metadata: {speaker: client}
  examples:
  - {text: "Ring us, after dinner.", metadata: {labels: [stalling], heat: 0, style: terse, industry: pub, voice: w1}}
"""
KEPT = STALLING.replace("Ring us, after dinner.", 'When I\'m good and \\"ready\\".')
SHORT = (
    'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - hello there\n    - good morning\n'
)


@pytest.fixture
def nlu(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "nlu"
    for name, text in (("client/stalling.yml", STALLING), ("coach/greet.yml", SHORT)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (tmp_path / "tests" / "validation").mkdir(parents=True)
    (tmp_path / "tests" / "validation" / "client.yml").write_text(KEPT, "utf-8")
    return folder


@pytest.fixture
def files(nlu: Path, tmp_path: Path) -> NluFiles:
    return NluFiles(nlu, (tmp_path / "tests/validation", tmp_path / "tests/held_out"))


def a_line(text: str = "we settle at month end", **changes: Any) -> TrainingLine:
    given = {
        "speaker": Speaker.CLIENT,
        "labels": ("terms_dispute",),
        "heat": 1,
        "style": "asr",
        "industry": "bakery",
    }
    return training_line(text=text, **given | changes)


def loaded(path: Path) -> list[tuple[str, str, dict[str, Any]]]:
    document = YAML(typ="safe").load(path.read_text("utf-8"))
    return [
        (block["intent"], example["text"], example["metadata"])
        for block in document["nlu"]
        for example in block["examples"]
    ]


def test_the_first_line_makes_the_file_in_the_form_of_the_others(
    files: NluFiles, nlu: Path
) -> None:
    path = nlu / "client" / "corrected.yml"

    assert files.append(a_line()) == str(path)
    assert path.read_text("utf-8").endswith(
        'version: "3.1"\n'
        "nlu:\n"
        "- intent: terms_dispute\n"
        "  metadata: {speaker: client}\n"
        "  examples:\n"
        '  - {text: "we settle at month end", metadata: {labels: [terms_dispute], heat: 1, '
        "style: asr, industry: bakery, voice: corrected}}\n"
    )


def test_lines_stand_in_the_block_of_their_first_label(files: NluFiles, nlu: Path) -> None:
    files.append(a_line("one line"))
    files.append(a_line("two lines", labels=("stalling", "abuse")))
    files.append(a_line("three lines"))
    files.append(a_line("four lines", labels=("stalling",)))

    found = loaded(nlu / "client" / "corrected.yml")
    assert [(intent, text) for intent, text, _ in found] == [
        ("terms_dispute", "one line"),
        ("terms_dispute", "three lines"),
        ("stalling", "two lines"),
        ("stalling", "four lines"),
    ]
    assert found[2][2]["labels"] == ["stalling", "abuse"]


def test_no_other_file_is_touched_and_nothing_is_left_beside_it(files: NluFiles, nlu: Path) -> None:
    files.append(a_line())
    files.append(
        a_line("sorry about that", speaker=Speaker.COLLECTOR, labels=("apologise",), heat=None)
    )

    assert (nlu / "client" / "stalling.yml").read_text("utf-8") == STALLING
    names = {str(path.relative_to(nlu)) for path in nlu.rglob("*") if path.is_file()}
    assert names == {
        "client/corrected.yml",
        "client/stalling.yml",
        "coach/greet.yml",
        "collector/corrected.yml",
    }
    [(intent, _, metadata)] = loaded(nlu / "collector" / "corrected.yml")
    assert intent == "apologise"
    assert "heat" not in metadata


@pytest.mark.parametrize(
    "text",
    [
        'he said "never" again',
        "it's 'fine': really - yes # no",
        "naïve café, 5 € and 💥",
        "yes: no, [no brackets here]".replace("[", "(").replace("]", ")"),
        "a $HOME and 100% & *star !bang | > @at `tick`",
        "no",
    ],
)
def test_any_words_come_back_as_they_were(files: NluFiles, nlu: Path, text: str) -> None:
    files.append(a_line(text))

    assert loaded(nlu / "client" / "corrected.yml")[0][1] == text


@pytest.mark.parametrize("industry", ["no", "on", "car sales", "24", "null", "café"])
def test_any_industry_comes_back_as_text(files: NluFiles, nlu: Path, industry: str) -> None:
    files.append(a_line(industry=industry))

    assert loaded(nlu / "client" / "corrected.yml")[0][2]["industry"] == industry.replace(" ", "-")


def test_a_file_edited_by_hand_is_gone_on_with(files: NluFiles, nlu: Path) -> None:
    path = nlu / "client" / "corrected.yml"
    path.write_text(STALLING.rstrip() + "\n\n# the end", "utf-8")
    files.append(a_line("later then", labels=("stalling",)))
    files.append(a_line("we pay at month end"))

    assert [line[1] for line in loaded(path)] == [
        "Ring us, after dinner.",
        "later then",
        "we pay at month end",
    ]
    assert "# the end" in path.read_text("utf-8")


@pytest.mark.parametrize("text", ["nlu: [", "nlu: {}\n- what", "just words", "nlu: []\n"])
def test_a_file_in_no_form_we_know_is_left_alone(files: NluFiles, nlu: Path, text: str) -> None:
    path = nlu / "client" / "corrected.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(ContentError, match=r"corrected\.yml"):
        files.append(a_line())

    assert path.read_text("utf-8") == text


def test_a_write_that_fails_leaves_the_old_file(
    files: NluFiles, nlu: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.append(a_line())
    path = nlu / "client" / "corrected.yml"
    before = path.read_text("utf-8")

    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(training_lines.os, "replace", fail)
    with pytest.raises(UnavailableError, match="No space left"):
        files.append(a_line("another line"))

    assert path.read_text("utf-8") == before
    assert {p.name for p in path.parent.iterdir()} == {"corrected.yml", "stalling.yml"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ring us after dinner", "client/stalling.yml, line 7"),
        ("RING US: AFTER DINNER!", "client/stalling.yml, line 7"),
        ("when i'm good and ready", "validation/client.yml, line 7"),
        ("Good morning.", "coach/greet.yml, line 6"),
    ],
)
def test_words_are_found_wherever_they_stand(files: NluFiles, text: str, place: str) -> None:
    assert (files.find(text) or "").endswith(place)


@pytest.mark.parametrize("text", ["ring us", "stalling", "dinner when", "us after dinner"])
def test_a_part_of_a_line_is_not_that_line(files: NluFiles, text: str) -> None:
    assert files.find(text) is None


def test_held_out_lines_are_never_trained_on(files: NluFiles, tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "held_out"
    folder.mkdir()
    (folder / "client.yml").write_text(STALLING.replace("dinner", "supper"), "utf-8")

    assert "held_out" in (files.find("ring us after supper") or "")


def test_a_line_is_never_added_twice(files: NluFiles, nlu: Path) -> None:
    files.append(a_line("Not now."))
    with pytest.raises(ConflictError):
        files.append(a_line("not now"))

    assert len(loaded(nlu / "client" / "corrected.yml")) == 1


def test_lines_added_at_once_are_all_kept(files: NluFiles, nlu: Path) -> None:
    words = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel"]
    adding = [threading.Thread(target=files.append, args=(a_line(word),)) for word in words]
    for thread in adding:
        thread.start()
    for thread in adding:
        thread.join()

    assert sorted(line[1] for line in loaded(nlu / "client" / "corrected.yml")) == words
