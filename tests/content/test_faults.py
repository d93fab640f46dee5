"""A faulty file is told with its line and what to do, all faults at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.content.checks import reading_grade, reserved_key_faults, wording_warnings
from bot.content.loader import load_desk_content
from bot.content.schema_coaching import read_protocols
from bot.content.schema_escalation import read_escalation
from bot.content.schema_playbook import read_play
from bot.content.schema_reference import read_glossary
from bot.core.errors import ContentError

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def data(tmp_path):
    for part in ("playbook", "house", "law"):
        shutil.copytree(DATA / part, tmp_path / "data" / part)
    return tmp_path / "data"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(reader, *args):
    with pytest.raises(ContentError) as raised:
        reader(*args)
    return raised.value.faults


def test_an_unknown_placeholder_names_its_line(data):
    path = data / "playbook" / "stalling.yml"
    edit(path, "{invoice}", "{invoise}")

    (fault,) = faults_of(read_play, path)

    line = path.read_text(encoding="utf-8").splitlines()[fault.line - 1]
    assert "{invoise}" in line
    assert "is not a placeholder" in fault.message


def test_a_misspelt_key_is_named_with_the_likely_one(data):
    path = data / "playbook" / "stalling.yml"
    edit(path, "cooldown_turns:", "cooldown_turn:")

    messages = [str(fault) for fault in faults_of(read_play, path)]

    assert any("Did you mean “cooldown_turns”?" in message for message in messages)


def test_an_unknown_option_kind_is_refused(data):
    path = data / "playbook" / "stalling.yml"
    edit(path, "options: [", "options: [free_lunch, ")

    assert "free_lunch" not in str(read_play(DATA / "playbook" / "stalling.yml"))
    assert faults_of(read_play, path)


def test_the_label_must_be_that_of_the_file(data):
    path = data / "playbook" / "stalling.yml"
    edit(path, "label: stalling", "label: refusal")

    assert any("is in the file stalling.yml" in f.message for f in faults_of(read_play, path))


def test_an_id_given_twice_in_a_file_is_refused(data):
    path = data / "playbook" / "stalling.yml"
    edit(path, "stalling-02", "stalling-01")

    assert any("already" in f.message for f in faults_of(read_play, path))


def test_a_line_too_long_and_a_thin_play_and_a_missing_one_are_told_at_once(data):
    long = "word " * 26
    edit(data / "playbook" / "stalling.yml", 'text: "', f'text: "{long}')
    edit(data / "house" / "glossary.yml", "plain:", "plane:")
    (data / "playbook" / "refusal.yml").unlink()

    messages = "\n".join(str(fault) for fault in faults_of(load_desk_content, data))

    assert "words with long names filled in" in messages
    assert "data/house/glossary.yml" in messages
    assert "data/playbook/refusal.yml:1: “refusal” has no play." in messages


def test_a_key_of_rasa_is_found_wherever_it_stands(data):
    edit(data / "house" / "directory.yml", "help:", "rules: []\nhelp:")

    faults = [f for f in reserved_key_faults(data) if "directory" in f.file]

    assert "“rules” is a key that Rasa reads as its own." == faults[0].message


def test_a_ladder_out_of_order_is_refused(data):
    path = data / "house" / "escalation.yml"
    edit(path, "after_days: 7", "after_days: 40")

    assert any("comes after" in f.message for f in faults_of(read_escalation, path))


def test_a_missing_protocol_is_refused(data):
    path = data / "house" / "protocols.yml"
    edit(path, "  blake:", "  texas_two:")

    messages = "\n".join(str(f) for f in faults_of(read_protocols, path))

    assert "“blake” is missing." in messages


def test_a_changed_file_is_read_again(data):
    before = load_desk_content(data)
    edit(data / "house" / "checklist.yml", "Repeat back what you heard", "Say it back")

    after = load_desk_content(data)

    assert "Say it back" in {item.text for item in after.checklist.items}
    assert "Say it back" not in {item.text for item in before.checklist.items}


def test_jargon_is_a_warning_with_a_swap(data):
    path = data / "playbook" / "stalling.yml"
    edit(path, 'text: "', 'text: "Your exposure is high. ')
    glossary = read_glossary(data / "house" / "glossary.yml")

    warnings = wording_warnings([read_play(path)], glossary)

    assert any("“exposure” is jargon." == w.message for w in warnings)
    assert any("the total on your account" in w.remedy for w in warnings)


def test_long_words_in_one_breath_grade_higher_than_short_ones():
    hard = "Notwithstanding contractual obligations, remuneration remains outstanding."

    assert reading_grade(hard) > 12
    assert reading_grade("Can you pay it by the end of May? I will note it.") < 5
