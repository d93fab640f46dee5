"""Transcripts from every format, and the record that stands where there is none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.core.errors import InvalidInputError
from bot.core.labels import Speaker
from bot.core.rehearsal.transcript_files import MAX_FILE, read_file
from bot.core.rehearsal.transcripts import (
    MAX_LINE,
    MAX_TURNS,
    Names,
    Transcript,
    Unreadable,
    read_json_lines,
)

CLIENT, COLLECTOR = Speaker.CLIENT, Speaker.COLLECTOR
NAMES = Names()


def one(raw: str | bytes, name: str = "", names: Names = NAMES) -> Transcript | Unreadable:
    found = list(read_file(raw.encode() if isinstance(raw, str) else raw, names, name))
    assert len(found) == 1
    return found[0]


def turns(raw: str | bytes, name: str = "", names: Names = NAMES) -> list[tuple[Speaker, str]]:
    found = one(raw, name, names)
    assert isinstance(found, Transcript), found
    return list(found.turns)


def fault(raw: str | bytes, name: str = "") -> Unreadable:
    found = one(raw, name)
    assert isinstance(found, Unreadable), found
    return found


HELLO = [(COLLECTOR, "Hello, it's Amina."), (CLIENT, "Hello.")]


@pytest.mark.parametrize("name", ["client", "Customer", "DEBTOR", "[Caller]", " client "])
def test_names_of_the_client(name: str) -> None:
    assert NAMES.find(name) is CLIENT


@pytest.mark.parametrize("name", ["collector", "Agent", "me", "US", "(agent)"])
def test_names_of_the_collector(name: str) -> None:
    assert NAMES.find(name) is COLLECTOR


def test_names_that_the_reader_gives_are_known_and_win() -> None:
    names = Names.of(client=["Mrs Okafor", "me"], collector=["Priya"])

    assert names.find("mrs okafor") is CLIENT
    assert names.find("Me") is CLIENT
    assert names.find("PRIYA") is COLLECTOR
    assert names.find("agent") is COLLECTOR


def test_one_name_cannot_be_both() -> None:
    with pytest.raises(InvalidInputError, match="jo"):
        Names.of(client=["Jo"], collector=["jo"])


PLAIN = """Agent: Hello, it's Amina.
Client: Hello.
"""
VOICES = """WEBVTT - a call

NOTE made by a recorder

STYLE
::cue { color: red }

1
00:00:01.000 --> 00:00:02.000
<v Agent>Hello, it&apos;s</v>

00:00:02.000 --> 00:00:03.000
<v Agent><i>Amina.</i></v>

00:03.500 --> 00:04.000 align:start
<v.loud Customer>Hello.
"""
NAMED = """WEBVTT

00:01.000 --> 00:02.000
Agent: Hello, it's
Amina.

00:03.500 --> 00:04.000
Customer: Hello.
"""


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (PLAIN, "call.txt"),
        (PLAIN, ""),
        (PLAIN.replace("\n", "\r\n"), ""),
        ("\ufeff" + PLAIN, ""),
        (PLAIN.encode("utf-16"), ""),
        ("[00:00:01] Agent: Hello, it's Amina.\n(0:07) Client: Hello.\n", ""),
        ("00:00:01.5 - Agent: Hello,\n  it's Amina.\n\nclient:   Hello.", ""),
        (VOICES, "call.vtt"),
        (VOICES, ""),
        (NAMED, ""),
        ("speaker,text\nagent,\"Hello, it's Amina.\"\nclient,Hello.\n", "call.csv"),
        ("Text;Who\nHello, it's Amina.;Agent\nHello.;Customer\n", ""),
        ("when\tTEXT\tSpeaker\n1\tHello, it's Amina.\tME\n2\tHello.\tcaller\n", ""),
        ('{"id": 1, "turns": [{"speaker": "us", "text": "Hello, it\'s Amina."}, {"speaker": "client", "text": "Hello."}]}', ""),
        ('[{"turns": [{"speaker": "us", "text": "Hello, it\'s Amina."},\n {"speaker": "client", "text": "Hello."}]}]', ""),
    ],
)  # fmt: skip
def test_the_same_call_is_read_from_every_format(raw: str | bytes, name: str) -> None:
    assert turns(raw, name) == HELLO


def test_a_phrase_with_a_colon_is_no_name() -> None:
    raw = "agent: Hello, it's Amina.\nThe total of both of them: £40.\nclient: Hello."

    assert turns(raw)[0] == (COLLECTOR, "Hello, it's Amina. The total of both of them: £40.")


def test_an_unknown_name_is_told_with_its_line_and_what_to_do() -> None:
    found = fault("agent: Hello.\n\nBarbara: Who is it?\n")

    assert (found.code, found.line) == ("unknown-speaker", 3)
    assert "Barbara" in found.detail
    assert "--client" in found.detail
    assert turns("agent: a b\nBarbara: Who is it?", names=Names.of(client=["Barbara"]))


def test_a_csv_with_a_call_column_holds_many_calls_and_one_fault_harms_no_other() -> None:
    raw = "call,speaker,text\na,agent,Hi\na,client,Hello\nb,agent,Hi\nb,ghost,Boo\nc,agent,Hi\nc,client,Yes\n"
    found = list(read_file(raw.encode(), NAMES, "calls.csv"))

    assert [x.id for x in found] == ["a", "b", "c"]
    assert [type(x) for x in found] == [Transcript, Unreadable, Transcript]
    assert isinstance(found[1], Unreadable)
    assert found[1].line == 5


def test_formulas_in_a_csv_are_only_text() -> None:
    formula = '=HYPERLINK("http://x"; "pay")'
    quoted = formula.replace('"', '""')

    assert turns(f'speaker,text\nagent,"{quoted}"\nclient,@SUM(A1)\n') == [
        (COLLECTOR, formula),
        (CLIENT, "@SUM(A1)"),
    ]


@pytest.mark.parametrize(
    ("raw", "name", "code"),
    [
        (b"", "", "no-turns"),
        (b" \n\n ", "", "no-turns"),
        (b"\x00\x01\x02\x03", "", "not-text"),
        (bytes(range(1, 32)) * 50 + b"\xff", "", "not-text"),
        (b"PK\x03\x04\x00\x00", "call.csv", "not-text"),
        (b"hello there, nobody speaks\n", "", "no-speaker"),
        (b"agent: hello\nagent: anybody?\n", "", "one-sided"),
        (b"client: hello\n", "", "one-sided"),
        (b"WEBVTT\n\n", "", "no-turns"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nno voice\n", "", "no-speaker"),
        (b"speaker,text\n", "", "no-turns"),
        (b"speaker;words spoken\nagent;hi\n", "x.csv", "no-text-column"),
        (b"a,b\n1,2\n", "x.csv", "no-speaker-column"),
        (b'speaker,text\nagent,"never closed\nclient,hi\n', "", "one-sided"),
        (b"client: \nagent: \n", "", "no-turns"),
        (b"agent: a\nclient: b\n" * MAX_TURNS, "", "too-many-turns"),
        (b"x" * (MAX_FILE + 1), "", "file-too-large"),
    ],
    ids=range(17),
)
def test_a_file_that_is_no_transcript_says_why(raw: bytes, name: str, code: str) -> None:
    found = fault(raw, name)

    assert found.code == code
    assert found.detail
    assert found.line >= 1


def test_a_turn_of_two_hundred_kilobytes_is_taken() -> None:
    long = "I never got the invoice. " * 8_000

    assert turns(f"agent: hello\nclient: {long}")[1][1] == long.strip()


def line(**document: Any) -> bytes:
    return json.dumps(document).encode()


TWO = [{"speaker": "agent", "text": "Hi"}, {"speaker": "client", "text": "Hello"}]

LINES: list[tuple[bytes, str | None]] = [
    (line(id="good", turns=TWO), None),
    (line(id="none", turns=[]), "no-turns"),
    (line(id="text", turns="agent: hi"), "no-turns"),
    (line(id="left out"), "no-turns"),
    (b"{broken", "not-json"),
    (b"[1, 2]", "not-an-object"),
    (b"\xff\xfe\x00", "not-utf-8"),
    (b"[" * 100_000, "not-json"),
    (line(id="turn", turns=["hi"]), "invalid-turn"),
    (line(id="words", turns=[{"speaker": "agent", "text": 5}]), "no-text"),
    (line(id="who", turns=[*TWO, {"speaker": "ghost", "text": "boo"}]), "unknown-speaker"),
    (line(id="nobody", turns=[{"text": "boo"}]), "no-speaker"),
    (line(id="list", turns=[{"speaker": ["a"], "text": "boo"}]), "no-speaker"),
    (line(id="one", turns=TWO[:1]), "one-sided"),
    (line(id="blank", turns=[{"speaker": "us", "text": " "}, *TWO]), None),
    (line(id="sit", turns=TWO, situation="angry"), "invalid-situation"),
    (line(id="obj", turns=TWO, situation={"objection": "cross"}), "invalid-situation"),
    (line(id="prot", turns=TWO, situation={"protected": "yes"}), "invalid-situation"),
    (line(id="goal", turns=TWO, situation={"goals": [{"id": 1}]}), "invalid-situation"),
    (line(id="goal2", turns=TWO, situation={"goals": [{"text": "x", "needs": {"moves": ["hop"]}}]}), "invalid-situation"),
    (line(id="goal3", turns=TWO, situation={"goals": [{"text": "x", "needs": [1]}]}), "invalid-situation"),
    (line(id="weigh", turns=TWO, situation={"weights": {"charm": 5}}), "invalid-situation"),
    (line(id="zero", turns=TWO, situation={"weights": {"empathy": 0}}), "invalid-situation"),
    (line(id="bool", turns=TWO, situation={"weights": {"empathy": True}}), "invalid-situation"),
    (line(id="ok", turns=TWO, situation={"objection": "stalling", "protected": None, "goals": ["a day", {"text": "b", "needs": {"end": ["promise"]}}], "weights": {"empathy": 3}, "more": 1}), None),
    (b'{"turns": "' + b"x" * MAX_LINE + b'"}', "line-too-long"),
    (line(id="last", turns=TWO), None),
]  # fmt: skip


def test_every_line_has_its_answer_in_order_and_a_bad_one_harms_no_other() -> None:
    raw = b"\n\n".join(text for text, _ in LINES) + b"\n  \n"
    found = list(read_json_lines(raw, NAMES))

    assert [x.code if isinstance(x, Unreadable) else None for x in found] == [c for _, c in LINES]
    for place, answer in enumerate(found):
        if isinstance(answer, Unreadable):
            assert answer.line == 2 * place + 1
            assert answer.detail
            json.dumps(answer.as_json())


def test_what_the_situation_says_is_kept() -> None:
    found = next(iter(read_json_lines(LINES[-3][0], NAMES)))

    assert isinstance(found, Transcript)
    assert found.situation.objection == "stalling"
    assert [goal.text for goal in found.situation.goals] == ["a day", "b"]
    assert found.situation.weights == {"empathy": 3}
