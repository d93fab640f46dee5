"""A form's values are put into a text so that nothing else changes: not a comment, not a quote, not a line."""

from __future__ import annotations

import copy
import difflib
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from bot.content.looked_through import look_through
from bot.content.studio_desk import StudioDesk
from bot.core.errors import ContentError
from bot.core.studio.kinds import DocumentName
from tests.broken_documents.documents import DATA

DESK = StudioDesk(DATA)
NAMES = DESK.names()
ACCOUNTANT = DocumentName.parse("late-fee-accountant")
ODD_TEXTS = (
    "two\nlines",
    "\n\nbegins and ends with lines\n\n",
    "a: b",
    "- a dash",
    "# x",
    "yes",
    "No",
    "null",
    "~",
    "1e3",
    "0x1F",
    "007",
    "12:30:45",
    "2026-11-30",
    "3.50",
    "-",
    "?",
    "*star",
    "&and",
    "!bang",
    "%percent",
    "@at",
    "`tick`",
    "{brace}, [bracket]",
    'he said "no"',
    "it's",
    "back\\slash \\n",
    "tab\there",
    " spaces around ",
    "double  spaces",
    "emoji 😀 and é and 中文",
    "right-to-left \u202e mark",
    "line\u2028separator",
    "next\x85line",
    "no\xa0break",
    "\ufeffmark",
    "\x7f",
    "x" * 3000,
    "ends with colon:",
    "a #not a comment",
    "a # comment",
    "'",
    '"',
    "|",
    ">-",
    "---",
    "...",
    "<<",
    "=",
)


def read(name: DocumentName, text: str) -> Any:
    data = look_through(name, text).values
    assert data is not None
    return data


def text_of(name: DocumentName) -> str:
    text = DESK.text(name)
    assert text is not None
    return text


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from leaves(inner, (*path, key))
    else:
        yield path, value


def lists(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, list):
        yield path
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from lists(inner, (*path, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def with_value(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(data)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def difference(old: str, new: str) -> list[str]:
    rows = difflib.ndiff(old.split("\n"), new.split("\n"))
    return [row for row in rows if row[0] in "+-"]


@pytest.mark.parametrize("name", NAMES, ids=str)
def test_the_same_values_give_the_same_text(name: DocumentName) -> None:
    text = text_of(name)
    data = read(name, text)

    assert json.loads(json.dumps(data)) == data
    assert DESK.with_data(name, text, json.loads(json.dumps(data))) == text


@pytest.mark.parametrize("name", NAMES, ids=str)
def test_one_changed_value_changes_one_line(name: DocumentName) -> None:
    text = text_of(name)
    data = read(name, text)
    dice = random.Random(str(name))

    values = list(leaves(data))
    for path, old in dice.sample(values, min(12, len(values))):
        new = not old if isinstance(old, bool) else old + 1 if isinstance(old, int) else "Other: #1"
        after = DESK.with_data(name, text, with_value(data, path, new))
        assert read(name, after) == with_value(data, path, new), path
        if "briefing" not in path and "summary" not in path:  # the two that are folded over lines
            assert len(difference(text, after)) <= 2, path


@pytest.mark.parametrize("name", NAMES, ids=str)
def test_items_of_lists_can_be_taken_out_put_in_and_moved(name: DocumentName) -> None:
    text = text_of(name)
    data = read(name, text)
    dice = random.Random(str(name))
    comments = [row for row in text.split("\n") if row.lstrip().startswith("#")]

    places = [path for path in lists(data) if len(at(data, path)) > 1]
    for path in dice.sample(places, min(3, len(places))):
        rows = at(data, path)
        middle = len(rows) // 2
        for changed in (
            rows[1:],
            rows[:-1],
            rows[:middle] + rows[middle + 1 :],
            [*rows, rows[0]],
            [rows[-1], *rows[:-1]],
            list(reversed(rows)),
            [],
        ):
            wanted = with_value(data, path, changed)
            after = DESK.with_data(name, text, wanted)
            assert read(name, after) == wanted, path
            if changed and len(changed) != len(rows) + 1:
                kept = [row for row in after.split("\n") if row.lstrip().startswith("#")]
                assert kept == comments


def test_a_moved_line_keeps_its_own_words_and_quotes() -> None:
    text = text_of(ACCOUNTANT)
    data = read(ACCOUNTANT, text)
    data["restate"].insert(0, data["restate"].pop(3))

    after = DESK.with_data(ACCOUNTANT, text, data)

    moved = text.split("\n")[54]
    assert "lfa-res-04" in moved
    assert difference(text, after) == [f"+ {moved}", f"- {moved}"]


@pytest.mark.parametrize("odd", ODD_TEXTS)
def test_any_text_comes_back_as_it_was_typed(odd: str) -> None:
    text = text_of(ACCOUNTANT)
    wanted = read(ACCOUNTANT, text)
    for path in (
        ("title",),
        ("briefing",),
        ("contact", "name"),
        ("account", "name"),
        ("account", "legal_form"),
        ("account", "invoices", 0, "what"),
        ("opening", "2"),
        ("restate", 3, "text"),
        ("model_turns", 2),
    ):
        wanted = with_value(wanted, path, odd)
    wanted["restate"].append({"id": "new-01", "text": odd})
    wanted["model_turns"].insert(0, odd)

    assert read(ACCOUNTANT, DESK.with_data(ACCOUNTANT, text, wanted)) == wanted


def test_an_amount_stays_quoted_text_and_a_rate_stays_bare() -> None:
    text = text_of(ACCOUNTANT)
    data = read(ACCOUNTANT, text)
    data["account"]["invoices"][0]["total"] = "3300.10"
    law = DocumentName.parse("law:uk_b2b")
    rates = read(law, text_of(law))
    rates["statutory_interest"]["rates"][0]["percent"] = 13.5

    assert 'total: "3300.10"' in DESK.with_data(ACCOUNTANT, text, data)
    assert "percent: 13.5," in DESK.with_data(law, text_of(law), rates)


def test_a_whole_number_that_a_form_sends_as_text_is_one() -> None:
    text = text_of(ACCOUNTANT)
    data = read(ACCOUNTANT, text)

    assert DESK.with_data(ACCOUNTANT, text, {**data, "minutes": "8"}) == text
    assert "minutes: 12\n" in DESK.with_data(ACCOUNTANT, text, {**data, "minutes": "12"})
    assert "minutes: soon\n" in DESK.with_data(ACCOUNTANT, text, {**data, "minutes": "soon"})


def test_yes_and_no_are_boxes_in_the_form_and_words_in_the_file() -> None:
    text = text_of(ACCOUNTANT)
    data = read(ACCOUNTANT, text)
    assert data["account"]["on_stop"] is False

    after = DESK.with_data(ACCOUNTANT, text, with_value(data, ("account", "on_stop"), True))

    assert difference(text, after) == ["-   on_stop: no", "+   on_stop: yes"]


def test_a_new_key_goes_to_its_place_in_the_schema() -> None:
    text = text_of(ACCOUNTANT).replace("vat_registered: yes\n  ", "").replace("next: ", "next: ")
    data = read(ACCOUNTANT, text)
    data["account"]["vat_registered"] = True
    data["examples"] = [{"text": "Hm: no.", "labels": ["refusal"], "heat": 1, "style": "terse"}]
    data["hidden_facts"][0]["opens"] = {"full_on": -2}

    rows = DESK.with_data(ACCOUNTANT, text, data).split("\n")

    assert rows[rows.index("  country: GB") + 1] == "  vat_registered: yes"
    assert rows[-3:] == [
        "examples:",
        '  - {text: "Hm: no.", labels: [refusal], heat: 1, style: terse}',
        "",
    ]
    assert "    opens: {full_on: -2}" in rows


def test_an_emptied_optional_key_goes_and_nothing_is_written_for_nothing() -> None:
    text = text_of(ACCOUNTANT)
    data = read(ACCOUNTANT, text)
    del data["hidden_facts"][2]["opens"]
    data["hidden_facts"][0]["opens"] = None

    assert difference(text, DESK.with_data(ACCOUNTANT, text, data)) == [
        "-     opens: {full_on: -6}"
    ]


def test_line_ends_and_the_first_mark_of_another_editor_stay() -> None:
    text = "\ufeff" + text_of(ACCOUNTANT).replace("\n", "\r\n")
    data = read(ACCOUNTANT, text)

    after = DESK.with_data(ACCOUNTANT, text, {**data, "minutes": 9})

    assert after == text.replace("minutes: 8", "minutes: 9")


def test_an_unusual_layout_is_written_anew_with_all_its_values() -> None:
    text = "# mine\n{id: late-fee-accountant, levels: [1,\n 2], restate: [{id: a, text: b}]}\n"
    data = read(ACCOUNTANT, text)
    data["restate"].append({"id": "c", "text": "d: e"})

    after = DESK.with_data(ACCOUNTANT, text, data)

    assert after.startswith("# mine\n")
    assert read(ACCOUNTANT, after) == data


def test_values_make_a_text_of_an_empty_one() -> None:
    data = read(ACCOUNTANT, text_of(ACCOUNTANT))
    del data["protected"]
    for invoice in data["account"]["terms"]:
        invoice.update(late_fee="70.00")

    assert read(ACCOUNTANT, DESK.with_data(ACCOUNTANT, "", data)) == data


def test_a_text_that_cannot_be_read_is_not_written_over() -> None:
    with pytest.raises(ContentError):
        DESK.with_data(ACCOUNTANT, "id: [", {"id": "x"})


def test_the_first_keys_of_an_item_can_go_and_others_take_their_line() -> None:
    name = DocumentName.parse("house:glossary")
    text = text_of(name)
    data = read(name, text)
    term = data["glossary"][1]
    data["glossary"][1] = {"plain": term["plain"], "source": term["source"]}
    data["glossary"][0] = {"instead": "other words"}

    after = DESK.with_data(name, text, data)

    assert read(name, after) == data
    assert text.split("\n")[:8] == after.split("\n")[:8]


def test_whatever_values_come_the_text_holds_them_and_the_check_answers() -> None:
    dice = random.Random(7)
    odd = (None, True, 0, -1, 10**17, "", "x", "1e30", "NaN", [], [None], [[]], {}, {"a": 1})
    known = {name: (text_of(name), read(name, text_of(name))) for name in NAMES}
    for _ in range(150):
        name = dice.choice(NAMES)
        text, data = known[name]
        wanted = copy.deepcopy(data)
        for _ in range(dice.randint(1, 4)):
            path = dice.choice([*leaves(wanted), *((place, None) for place in lists(wanted))])[0]
            if path and dice.random() < 0.3:
                del at(wanted, path[:-1])[path[-1]]
            elif path:
                at(wanted, path[:-1])[path[-1]] = copy.deepcopy(dice.choice(odd))

        after = DESK.with_data(name, text, wanted)

        DESK.check(name, after)
        assert as_compared(read(name, after)) == as_compared(wanted), name


def as_compared(value: Any) -> Any:
    """Values without what says nothing; a number that stands as text is the same number."""
    if isinstance(value, dict):
        return {key: as_compared(x) for key, x in value.items() if x is not None}
    if isinstance(value, list):
        return [as_compared(x) for x in value]
    return value if isinstance(value, bool) or value is None else str(value)
