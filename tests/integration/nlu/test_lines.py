"""The fast reader of training lines reads what Rasa reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.training_data.loading import load_data

from bot.core.errors import ContentError
from bot.core.labels import Speaker
from bot.nlu.examples import examples_of
from bot.nlu.lines import (
    Example,
    _plain_examples,
    _yaml_examples,
    kept_lines,
    training_files,
    training_lines,
)

pytestmark = pytest.mark.rasa

ROOT = Path(__file__).parents[3]

HEAD = 'version: "3.1"\nnlu:\n'
BLOCK = "- intent: stalling\n  metadata: {speaker: client}\n  examples:\n"
META = "labels: [stalling, abuse], heat: 2, style: clean, industry: pub, voice: w1"

#: Files in Rasa's format that are not, or not quite, in the form that ours have.
ODD = {
    "short": HEAD + "- intent: greet\n  examples: |\n    - hello\n    - good  morning \n",
    "bare": HEAD + "- intent: greet\n  examples:\n  - text: hello\n  - text: |\n      hi\n",
    "escaped": HEAD + BLOCK + f'  - {{text: "caf\\u00e9 \\x41 \\"no\\"", metadata: {{{META}}}}}\n',
    "single": HEAD + BLOCK + f"  - {{text: 'it''s late', metadata: {{{META}}}}}\n",
    "order": HEAD + BLOCK + '  - {metadata: {heat: 1, labels: [refusal]}, text: "no"}\n',
    "own speaker": HEAD
    + BLOCK
    + '  - {text: "no", metadata: {speaker: collector, labels: [neutral]}}\n',
    "unknown speaker": HEAD + BLOCK.replace("client", "martian") + f'  - {{text: "no", metadata: {{{META}}}}}\n',
    "no speaker": HEAD + BLOCK.replace("  metadata: {speaker: client}\n", "") + f'  - {{text: "no", metadata: {{{META}}}}}\n',
    "comment": "# why\n" + HEAD + BLOCK + f'  # one\n  - {{text: "a # b", metadata: {{{META}}}}}\n',
    "entity": HEAD + BLOCK + f'  - {{text: "pay [500](money) [now]", metadata: {{{META}}}}}\n',
    "spaces": HEAD + BLOCK + f'  - {{text: "  pay now ", metadata: {{{META}}}}}\n',
    "two": HEAD + BLOCK + f'  - {{text: "no", metadata: {{{META}}}}}\n\n' + BLOCK.replace("stalling", "refusal") + f'  - {{text: "No.", metadata: {{{META}}}}}\n',
    "flow comment": HEAD + BLOCK + f'  - {{text: "no", metadata: {{{META}}}}}  # why\n',
}  # fmt: skip


def rows(examples: list[Example]) -> list[Example]:
    return sorted(examples, key=lambda x: (x.text, x.speaker, x.labels, x.style))


@pytest.mark.parametrize("name", ODD)
def test_whatever_the_form_it_reads_as_rasa_does(name: str, tmp_path: Path) -> None:
    (tmp_path / "odd.yml").write_text(ODD[name], "utf-8")

    assert rows(kept_lines(tmp_path)) == rows(examples_of(load_data(str(tmp_path))))
    assert kept_lines(tmp_path)


@pytest.mark.parametrize("folder", ["data/nlu", "tests/validation", "tests/held_out"])
def test_our_own_files_are_read_without_yaml_and_say_the_same(folder: str) -> None:
    for path in sorted((ROOT / folder).rglob("*.yml"))[::9]:
        text = path.read_text("utf-8")
        assert _plain_examples(text) == list(_yaml_examples(path.name, text)), path


def test_a_folder_reads_as_rasa_reads_it() -> None:
    folder = ROOT / "tests" / "held_out"

    assert rows(kept_lines(folder)) == rows(examples_of(load_data(str(folder))))


def test_staged_files_stand_in_for_others(tmp_path: Path) -> None:
    (tmp_path / "client").mkdir()
    for name in ("one", "two"):
        (tmp_path / "client" / f"{name}.yml").write_text(
            HEAD + BLOCK + f'  - {{text: "{name}", metadata: {{{META}}}}}\n', "utf-8"
        )
    new = HEAD + BLOCK + f'  - {{text: "three", metadata: {{{META}}}}}\n'
    staged = {"client/one.yml": None, "client/two.yml": new, "client/four.yml": new}
    files = training_files(tmp_path, staged)

    assert list(files) == ["client/four.yml", "client/two.yml"]
    assert [x.text for x in training_lines(files)] == ["three"]
    assert (tmp_path / "client" / "one.yml").exists()


def test_training_lines_are_masked_and_plain() -> None:
    text = HEAD + BLOCK + f'  - {{text: "/my card is 4111 1111 1111 1111", metadata: {{{META}}}}}\n'
    [line] = training_lines({"a.yml": text})

    assert "4111" not in line.text
    assert not line.text.startswith("/")
    assert (line.labels, line.speaker, line.heat) == (("stalling", "abuse"), Speaker.CLIENT, 2)


@pytest.mark.parametrize(
    "text", ["nlu: [1, 2", "nlu: 5", "nlu: [{intent: a, examples: [5]}]", "- a\n"]
)
def test_what_is_no_training_file_is_a_fault_with_its_place(text: str) -> None:
    with pytest.raises(ContentError) as refused:
        training_lines({"client/bad.yml": text})
    assert refused.value.faults[0].file == "client/bad.yml"
