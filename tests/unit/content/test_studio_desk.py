"""What the studio has of the content files: names, checks among each other, new documents, training files, writing."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.content.lines_in_files import kept_lines, lines_of_file
from bot.content.studio_desk import StudioDesk
from bot.content.training_lines import NluFiles
from bot.core.coaching.advice import Role
from bot.core.errors import ContentError, InvalidInputError, NotFoundError, UnavailableError
from bot.core.studio.kinds import DocumentKind, DocumentName
from tests.broken_documents.documents import ACCOUNTANT, DATA, PERSONA, changed, text_of

DESK = StudioDesk(DATA)
SCENARIO = DocumentName.parse(ACCOUNTANT)
EXAMPLES = """\
examples:
  - {text: "Show me the wretched clause, then, clause by clause.", labels: [terms_dispute, refusal], heat: 2, style: clean}
  - {text: "well where is it then that clause of yours on paper", labels: [missing_paperwork], heat: 1, style: asr}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    for kind in DocumentKind:
        shutil.copytree(DATA / kind.folder, folder / kind.folder)
    (folder / "nlu" / "client").mkdir(parents=True)
    return folder


def told(desk: StudioDesk, name: str, text: str) -> list[str]:
    return [str(fault) for fault in desk.check(DocumentName.parse(name), text).faults]


def test_every_file_is_a_document_with_a_text_without_faults() -> None:
    names = DESK.names()

    assert {name.kind for name in names} == set(DocumentKind)
    for name in names:
        text = DESK.text(name)
        assert text is not None
        assert text.encode("utf-8") == (DATA / name.path).read_bytes()
        assert DESK.check(name, text).faults == (), name
    assert DESK.check_together({name: DESK.text(name) or "" for name in names}) == ()


def test_a_document_that_is_not_there_has_no_text() -> None:
    assert DESK.text(DocumentName.parse("persona:nobody")) is None


def test_a_scenario_is_checked_in_a_moment_while_somebody_types() -> None:
    text = text_of(ACCOUNTANT)
    DESK.check(SCENARIO, text + EXAMPLES)

    began = time.process_time()
    for number in range(5):
        DESK.check(SCENARIO, f"{text}{EXAMPLES}# {number}\n")

    # 30 ms on one free core; four times the promise leaves room for a machine at work.
    assert (time.process_time() - began) / 5 < 0.6


def test_two_new_documents_are_checked_together() -> None:
    scenario = DocumentName.parse("new-case")
    persona = DocumentName.parse("persona:new-person")
    texts = {
        scenario: DESK.copied(scenario, text_of(ACCOUNTANT), "Another clause").replace(
            "persona: precise-accountant", "persona: new-person"
        ),
        persona: DESK.copied(persona, text_of(PERSONA), "Petra"),
    }

    assert "“new-person” does not exist" in told(DESK, "new-case", texts[scenario])[0]
    assert DESK.check_together(texts) == ()
    case, person = DESK.scenario_parts(texts, "new-case")
    assert (case.persona, person.name) == ("new-person", "Petra")


def test_what_two_new_scenarios_share_is_told_of_one() -> None:
    first, second = DocumentName.parse("one"), DocumentName.parse("two")
    text = DESK.copied(first, text_of(ACCOUNTANT), "The same title") + EXAMPLES
    other = DESK.copied(second, text_of(ACCOUNTANT), "The same title") + EXAMPLES

    messages = [str(fault) for fault in DESK.check_together({first: text, second: other})]

    assert [m.split(" -> ")[0] for m in messages] == [
        "data/scenarios/two.yml:3: data/scenarios/one.yml has the same title.",
        "data/scenarios/two.yml:156: The same words are in data/scenarios/one.yml already.",
        "data/scenarios/two.yml:157: The same words are in data/scenarios/one.yml already.",
    ]


def test_a_line_id_of_a_new_persona_that_a_scenario_has_is_told_of_the_persona() -> None:
    text = changed(PERSONA, ("acc-greet-01", "lfa-res-01"))

    assert "late-fee-accountant.yml too" in told(DESK, PERSONA, text)[0]


def test_a_new_scenario_says_itself_what_is_missing() -> None:
    name = DocumentName.parse("late-again")

    checked = DESK.check(name, DESK.blank(name, "“Late” again: # 2"))

    assert checked.data is not None
    assert checked.data["title"] == "“Late” again: # 2"
    assert sum(checked.data["weights"].values()) == 100
    assert [fault.place for fault in checked.faults] == [
        ("briefing",),
        ("account", "name"),
        ("opening", "1"),
        ("opening", "2"),
        ("opening", "3"),
        ("restate",),
        ("hidden_facts",),
        ("model_turns",),
    ]


def test_a_new_persona_has_an_empty_line_for_every_one_it_needs() -> None:
    name = DocumentName.parse("persona:zoe")
    checked = DESK.check(name, DESK.blank(name, "Zoë"))

    assert {fault.place[0] for fault in checked.faults} == {"role", "summary", "lines"}
    assert all("is empty" in fault.message for fault in checked.faults)
    data = checked.data
    assert data is not None
    lines = [{**row, "text": f"Well, {row['id']}."} for row in data["lines"]]
    text = DESK.with_data(
        name,
        DESK.blank(name, "Zoë"),
        {**data, "role": "owner", "summary": "Short.", "lines": lines},
    )
    assert DESK.check(name, text).faults == ()


@pytest.mark.parametrize("kind", ["playbook:new", "house:new", "law:new"])
def test_no_new_document_of_a_fixed_set(kind: str) -> None:
    with pytest.raises(InvalidInputError):
        DESK.blank(DocumentName.parse(kind), "New")


@pytest.mark.parametrize("source", DESK.names(), ids=str)
def test_a_copy_is_a_document_of_its_own_without_faults(source: DocumentName) -> None:
    if not source.kind.is_open:
        return
    name = DocumentName(source.kind, "a-copy")
    text = DESK.copied(name, DESK.text(source) or "", "A copy of it")

    assert DESK.check(name, text).faults == ()
    assert text.split("\n")[0] == (DESK.text(source) or "").split("\n")[0]


def test_a_copy_leaves_the_lines_for_the_ear_with_the_original() -> None:
    name = DocumentName.parse("a-copy")

    assert "examples" not in DESK.copied(name, text_of(ACCOUNTANT) + EXAMPLES, "A copy")


def test_lines_for_the_ear_become_a_training_file_of_the_plain_form() -> None:
    file = DESK.training_file(SCENARIO, text_of(ACCOUNTANT) + EXAMPLES)

    assert file is not None
    path, text = file
    assert path == "nlu/client/scenario-late-fee-accountant.yml"
    assert text is not None
    assert text.split("\n")[3:] == [
        "- intent: terms_dispute",
        "  metadata: {speaker: client}",
        "  examples:",
        '  - {text: "Show me the wretched clause, then, clause by clause.", metadata: {labels: [terms_dispute, refusal], '
        'heat: 2, style: clean, industry: "veterinary-practice", voice: trainer}}',
        "- intent: missing_paperwork",
        "  metadata: {speaker: client}",
        "  examples:",
        '  - {text: "well where is it then that clause of yours on paper", metadata: {labels: [missing_paperwork], '
        'heat: 1, style: asr, industry: "veterinary-practice", voice: trainer}}',
        "",
    ]


def test_a_scenario_without_lines_for_the_ear_has_a_training_file_only_to_take_away(
    data: Path,
) -> None:
    desk = StudioDesk(data)
    text = text_of(ACCOUNTANT)
    assert desk.training_file(SCENARIO, text) is None
    made = desk.training_file(SCENARIO, text + EXAMPLES)
    assert made is not None
    desk.put(dict([made]))

    assert desk.training_file(SCENARIO, text) == (made[0], None)
    assert desk.training_file(SCENARIO, None) == (made[0], None)
    assert desk.training_file(DocumentName.parse("playbook:abuse"), "x") is None
    # Its own file is no second place of its lines; for another scenario it is one.
    assert desk.check(SCENARIO, text + EXAMPLES).faults == ()
    assert (
        "scenario-late-fee-accountant.yml, line 7"
        in told(
            desk,
            "lost-contract-print",
            (desk.text(DocumentName.parse("lost-contract-print")) or "") + EXAMPLES,
        )[0]
    )
    assert NluFiles(data / "nlu", ()).find(
        "Well, where is it then: that clause of yours (on paper)?"
    )


def test_a_scenario_with_faults_has_no_training_file() -> None:
    with pytest.raises(ContentError):
        DESK.training_file(SCENARIO, text_of(ACCOUNTANT) + EXAMPLES.replace("heat: 2", "heat: 9"))


def test_hints_are_no_faults() -> None:
    long = "word " * 60
    text = changed(ACCOUNTANT, ("Can you put the undisputed", f"{long} your exposure {{brace}}"))

    checked = DESK.check(SCENARIO, text)

    assert checked.faults == ()
    messages = [hint.message for hint in checked.hints]
    assert "“exposure” is jargon." in messages
    assert any(message.startswith("This has ") for message in messages)
    assert {hint.place for hint in checked.hints} == {("model_turns", 5)}


def test_a_desk_coaches_with_a_card_that_is_not_in_service() -> None:
    name = DocumentName.parse("playbook:stalling")
    text = text_of("playbook:stalling").replace("priority: 40", "priority: 41")

    desk = DESK.desk_with({name: text}, "GB", date(2026, 11, 22), Role.COLLECTOR, "junior")

    assert desk.playbook.plays["stalling"].priority == 41
    with pytest.raises(ContentError) as refused:
        DESK.desk_with({name: "say: []"}, "GB", date(2026, 11, 22), Role.COLLECTOR, "junior")
    assert all(fault.file == "data/playbook/stalling.yml" for fault in refused.value.faults)


def test_a_line_for_the_ear_that_is_close_to_a_kept_turn_is_refused_without_showing_it() -> None:
    kept = next(line.text for line in kept_lines() if len(line.text.split()) > 12)
    close = EXAMPLES.replace(
        "Show me the wretched clause, then, clause by clause.", f"Well, {kept}"
    )

    [fault] = DESK.check(SCENARIO, text_of(ACCOUNTANT) + close).faults

    assert fault.place == ("examples", 0, "text")
    assert fault.message.startswith("This is very close to one of the kept turns")
    assert kept not in fault.message


def test_a_training_file_with_signs_that_only_yaml_knows_is_compared_all_the_same(
    data: Path,
) -> None:
    lines = '  - {text: "send the pro forma caf\\xe9 bill", metadata: {labels: [stalling]}}\n'
    hand = data / "nlu" / "client" / "by-hand.yml"
    hand.write_text(f"nlu:\n- intent: stalling\n  examples:\n{lines}", "utf-8")
    said = EXAMPLES.replace(
        "Show me the wretched clause, then, clause by clause.", "Send the pro forma café bill."
    )

    [fault] = StudioDesk(data).check(SCENARIO, text_of(ACCOUNTANT) + said).faults

    assert "by-hand.yml" in fault.message
    assert [line.text for line in lines_of_file(hand, "by hand", "trained")] == [
        "send the pro forma café bill"
    ]


@pytest.mark.parametrize("sign", ["\\0", "\\ud800", "\\u0007", "\\x1b"])
def test_a_sign_that_no_page_can_show_is_a_fault_at_its_value(sign: str) -> None:
    text = changed(ACCOUNTANT, ("title: ", f'title: "A{sign}B" # '))

    [fault] = DESK.check(SCENARIO, text).faults

    assert fault.place == ("title",)
    assert "cannot be shown" in fault.message


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"key{number}: 1\n" for number in range(60_000)),
        "restate: [" + "{}," * 300_000 + "{}]",
        "hidden_facts: [" + "{id: a, earned_by: {after_facts: [a]}}," * 20_000 + "]",
        "hidden_facts: [" + "{id: a, earned_by: {after_facts: [a]}}," * 3_900 + "]",
        "restate: [" + "1," * 19_000 + "1]",
    ],
    ids=["keys", "items", "facts", "fewer facts", "figures"],
)
def test_a_text_as_large_as_may_be_is_checked_in_a_moment(text: str) -> None:
    began = time.process_time()
    checked = DESK.check(SCENARIO, text)
    assert time.process_time() - began < 8
    assert 0 < len(checked.faults) <= 301


def test_a_long_list_of_the_same_figure_is_put_into_a_text_in_a_moment() -> None:
    began = time.process_time()
    text = DESK.with_data(
        SCENARIO, f"restate: [{'1,' * 9_000} 1]\n", {"restate": [1] * 8_000 + [2]}
    )
    assert time.process_time() - began < 8
    assert text.count("1") == 8_000


def test_players_and_known_lines_are_at_hand() -> None:
    assert set(DESK.players()) == {"good", "middling", "poor"}
    assert DESK.line_index() is DESK.line_index()


def test_files_are_written_whole_and_taken_away(data: Path) -> None:
    desk = StudioDesk(data)
    before = os.umask(0o077)
    try:
        desk.put({"scenarios/new.yml": "id: new\n", "nlu/client/scenario-new.yml": "x: é\r\n"})
    finally:
        os.umask(before)

    written = data / "nlu" / "client" / "scenario-new.yml"
    assert written.read_bytes() == "x: é\r\n".encode()
    assert stat.S_IMODE(written.stat().st_mode) == 0o644
    desk.put({"nlu/client/scenario-new.yml": None, "personas/gone.yml": None})
    assert not written.exists()
    assert desk.text(DocumentName.parse("new")) == "id: new\n"
    assert not [path for path in data.rglob("*") if path.name.endswith(".draft")]


@pytest.mark.parametrize(
    "file",
    [
        "../outside.yml",
        "/etc/x.yml",
        "scenarios/../../x.yml",
        "a\\..\\b.yml",
        "scenarios/x.py",
        "",
        "link/x.yml",
    ],
)
def test_nothing_outside_the_folder_is_written(data: Path, file: str) -> None:
    (data / "link").symlink_to(data.parent)

    with pytest.raises(InvalidInputError):
        StudioDesk(data).put({"scenarios/good.yml": "id: good\n", file: "x"})

    assert not (data / "scenarios" / "good.yml").exists()


def test_a_file_that_cannot_be_written_stays_as_it_was(data: Path) -> None:
    (data / "scenarios" / "taken.yml").mkdir()

    with pytest.raises(UnavailableError):
        StudioDesk(data).put({"scenarios/taken.yml": "id: taken\n"})

    assert not [path for path in data.rglob("*") if path.name.endswith(".draft")]


def test_a_house_file_that_nobody_knows_is_refused() -> None:
    name = DocumentName.parse("house:secrets")

    assert "no file “secrets” of the house" in told(DESK, "house:secrets", "a: 1")[0]
    with pytest.raises(NotFoundError):
        DESK.with_data(name, "a: 1", {})
    with pytest.raises(NotFoundError):
        DESK.form(DocumentKind.HOUSE, "secrets")


def mutations(text: str) -> Iterator[str]:
    """Every line of a file taken out, and every line given twice."""
    rows = text.split("\n")
    for index in range(0, len(rows), 4):
        yield "\n".join(rows[:index] + rows[index + 1 :])
        yield "\n".join([*rows[: index + 1], *rows[index:]])


@pytest.mark.parametrize(
    "name", [ACCOUNTANT, PERSONA, "playbook:abuse", "house:limits", "law:uk_b2b"]
)
def test_whatever_line_is_missing_or_doubled_the_check_answers(name: str) -> None:
    for text in mutations(text_of(name)):
        DESK.check(DocumentName.parse(name), text)
