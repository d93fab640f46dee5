"""`parley analyse`: one answer for every line, in order, whatever the line holds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.core.labels import Speaker, labels_of

pytestmark = pytest.mark.rasa

ROOT = Path(__file__).parents[3]


def line(name: Any, text: Any, speaker: Any = "client", **more: Any) -> bytes:
    return json.dumps({"id": name, "text": text, "speaker": speaker, **more}).encode()


#: Name, the line, and the error's code (None: it is heard).
LINES: list[tuple[Any, bytes, str | None]] = [
    ("good", line("good", "I'll pay £500 on friday"), None),
    ("empty", line("empty", ""), "empty-text"),
    ("blank", line("blank", " \t\n "), "empty-text"),
    ("huge", line("huge", "I never got the invoice. " * 8_000), None),
    (None, b"\x00\xff\xfe\x80 binary", "not-utf-8"),
    (None, b"\x1b[2J\x07\x00", "not-json"),
    (None, b"{not json", "not-json"),
    (None, b'{"id": "cut", "text": "half', "not-json"),
    (None, b'["a", "list"]', "not-an-object"),
    (None, b'"a text"', "not-an-object"),
    (None, b"null", "not-an-object"),
    ("who", line("who", "hello", "agent"), "unknown-speaker"),
    ("nobody", b'{"id": "nobody", "text": "hello"}', "unknown-speaker"),
    ("list", line("list", "hello", ["client"]), "unknown-speaker"),
    ("number", line("number", 5), "no-text"),
    ("none", b'{"id": "none", "speaker": "client"}', "no-text"),
    (7, line(7, "how do I answer when they swear?", "coach"), None),
    ({"nested": [1]}, line({"nested": [1]}, "Good morning, Amina here", "collector"), None),
    ("emoji", line("emoji", "💥🙂 no"), None),
    ("half", b'{"id": "half", "text": "lone \\ud83d half", "speaker": "client"}', None),
    ("\ud83d", b'{"id": "\\ud83d", "text": "a lone half as id", "speaker": "client"}', None),
    (None, b'{"id": ' + b"9" * 5_000 + b"}", "not-json"),
    (None, b"[" * 100_000, "not-json"),
    ("control", line("control", "\x00\x07\x1b"), None),
    ("slash", line("slash", '/restart{"a": 1}'), None),
    ("secret", line("secret", "card 4111 1111 1111 1111"), None),
    (None, b'{"text": "' + b"x" * 1_100_000 + b'"}', "line-too-long"),
    ("good", line("good", "the last one, with the first one's id", extra=True), None),
]


@pytest.fixture(scope="module")
def ran(model: Path) -> subprocess.CompletedProcess[bytes]:
    """One run over all lines, with blank lines between that are no turns."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "analyse", "--jsonl"],
        input=b"\n\n".join(raw for _, raw, _ in LINES) + b"\n   \n",
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PARLEY_MODELS": str(model.parent.resolve())},
        capture_output=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def answers(ran: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    return [json.loads(raw) for raw in ran.stdout.decode("utf-8").splitlines()]


def test_it_ends_well(ran: subprocess.CompletedProcess[bytes]) -> None:
    assert ran.returncode == 0, ran.stderr[-2_000:].decode(errors="replace")


def test_there_is_one_answer_for_each_line_in_order(answers: list[dict[str, Any]]) -> None:
    assert [answer["id"] for answer in answers] == [name for name, _, _ in LINES]


@pytest.mark.parametrize("index", range(len(LINES)))
def test_a_line_is_heard_or_its_fault_is_named(answers: list[dict[str, Any]], index: int) -> None:
    _name, raw, code = LINES[index]
    answer = answers[index]

    if code:
        assert answer["error"]["code"] == code
        assert answer["error"]["detail"]
        assert answer["error"]["line"] == 2 * index + 1
        return
    assert set(answer) == {"id", "labels", "heat", "heat_cues", "entities", "flags"}
    speaker = Speaker(json.loads(raw)["speaker"])
    assert {label["name"] for label in answer["labels"]} <= set(labels_of(speaker))
    assert answer["heat"] in range(4)


def test_what_was_heard_is_right(answers: list[dict[str, Any]]) -> None:
    by_name = {str(answer["id"]): answer for answer in reversed(answers)}

    assert [e["type"] for e in by_name["good"]["entities"]] == ["money", "date"]
    assert "truncated" in by_name["huge"]["flags"]
    assert "redacted" in by_name["secret"]["flags"]
    assert by_name["control"]["labels"] == []
    assert by_name["control"]["flags"] == ["unsure"]


def test_no_secret_is_printed(ran: subprocess.CompletedProcess[bytes]) -> None:
    assert b"4111" not in ran.stdout + ran.stderr


def test_a_file_that_is_not_there_is_said_in_one_line(model: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "bot", "analyse", "no-such-file.jsonl"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PARLEY_MODELS": str(model.parent.resolve())},
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert result.returncode == 1
    assert "no-such-file.jsonl" in result.stderr
    assert "Traceback" not in result.stderr
