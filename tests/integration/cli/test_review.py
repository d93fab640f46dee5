"""`parley review`: one answer for every transcript, in order, whatever the file holds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.core.labels import Speaker, labels_of
from bot.core.rehearsal.scenario import SKILLS
from bot.core.rehearsal.scorecard import OUTCOMES

pytestmark = pytest.mark.rasa

ROOT = Path(__file__).parents[3]

GOOD: list[tuple[str, str]] = [
    ("collector", "Good morning, Amina at Northgate, is that Dermot? It's about invoice 4417 for £4,750."),
    ("client", "Speaking. We've not been paid ourselves, it's tight."),
    ("agent", "That's a hard spot to be in, thanks for telling me straight. When do you expect their money?"),
    ("Customer", "About the 10th."),
    ("me", "So you're waiting on your customer until the 10th. Could you pay £1,000 today and the rest on 12 December?"),
    ("client", "Yes, that'd work."),
    ("us", "So that's £1,000 today by card and £3,750 on 12 December. I'll e-mail it now. Thanks Dermot, take care."),
]  # fmt: skip
BAD: list[tuple[str, str]] = [
    ("collector", "You owe us £4,750 and I want it today."),
    ("client", "We've not been paid ourselves, it's tight."),
    ("collector", "Not my problem. Pay today or I'll send the bailiffs round and let your customers know."),
    ("client", "How dare you. I'm done with you."),
]  # fmt: skip


def line(name: Any, turns: Any, **more: Any) -> bytes:
    rows = [{"speaker": s, "text": t} for s, t in turns] if isinstance(turns, list) else turns
    return json.dumps({"id": name, "turns": rows, **more}).encode()


#: Name, the line, and the error's code (None: it is scored).
LINES: list[tuple[Any, bytes, str | None]] = [
    ("good", line("good", GOOD), None),
    ("bad", line("bad", BAD), None),
    ("empty", line("empty", []), "no-turns"),
    (None, b"", None),
    (None, b"\x00\xff\xfe\x80 binary", "not-utf-8"),
    (None, b"{not json", "not-json"),
    (None, b'["a", "list"]', "not-an-object"),
    ("huge", line("huge", [*GOOD, ("client", "I never got the invoice. " * 8_000)]), None),
    ("one", line("one", GOOD[:1]), "one-sided"),
    ("ghost", line("ghost", [*GOOD, ("ghost", "boo")]), "unknown-speaker"),
    ("weights", line("weights", GOOD, situation={"weights": {"charm": 1}}), "invalid-situation"),
    ("situation", line("situation", GOOD, situation={"objection": "cash_flow", "goals": ["A day and a sum"], "weights": {"firmness": 1}}), None),
    ("words", line("words", [("me", "Hm."), ("client", "What.")]), None),
    ("nonsense", line("nonsense", [("me", "Purple banjo sideways the lamp fish."), ("client", "What?")] * 4), None),
    ({"nested": 1}, line({"nested": 1}, GOOD), None),
    ("\ud83d", b'{"id": "\\ud83d", "turns": [{"speaker": "me", "text": "\\ud83d hi \\u0000"}, {"speaker": "client", "text": "/restart"}]}', None),
    ("good", line("good", GOOD), None),
]  # fmt: skip
SCORED = [x for x in LINES if x[1]]


def run(model: Path, *words: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "review", *words],
        input=typed,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PARLEY_MODELS": str(model.parent.resolve())},
        capture_output=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def ran(model: Path) -> subprocess.CompletedProcess[bytes]:
    return run(model, "--jsonl", typed=b"\n".join(raw for _, raw, _ in LINES))


@pytest.fixture(scope="module")
def answers(ran: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    return [json.loads(raw) for raw in ran.stdout.decode("utf-8").splitlines()]


def by_name(answers: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(answer for answer in answers if answer["id"] == name)


def test_it_ends_well(ran: subprocess.CompletedProcess[bytes]) -> None:
    assert ran.returncode == 0, ran.stderr[-2_000:].decode(errors="replace")
    assert b"Traceback" not in ran.stderr


def test_there_is_one_answer_for_each_line_in_order(answers: list[dict[str, Any]]) -> None:
    assert [answer["id"] for answer in answers] == [name for name, _, _ in SCORED]


@pytest.mark.parametrize("index", range(len(SCORED)))
def test_a_line_is_scored_or_its_fault_is_named(answers: list[dict[str, Any]], index: int) -> None:
    answer, code = answers[index], SCORED[index][2]

    if code:
        assert answer["error"]["code"] == code
        assert answer["error"]["detail"]
        assert answer["error"]["line"] == LINES.index(SCORED[index]) + 1
        return
    assert {"id", "score", "skills", "blockers", "turns", "outcome", "summary"} <= set(answer)
    assert 0 <= answer["score"] <= 100
    assert tuple(answer["skills"]) == SKILLS
    assert answer["outcome"] in OUTCOMES
    said = json.loads(SCORED[index][1])["turns"]
    assert [turn["index"] for turn in answer["turns"]] == list(range(len(said)))
    for turn in answer["turns"]:
        assert set(turn["moves"]) <= set(labels_of(Speaker(turn["speaker"])))


def test_the_scores_are_sensible(answers: list[dict[str, Any]]) -> None:
    good, bad = by_name(answers, "good"), by_name(answers, "bad")

    assert good["score"] >= 90
    assert good["outcome"] == "plan"
    assert bad["score"] <= 40
    assert "threaten" in {blocker["rule"] for blocker in bad["blockers"]}
    assert by_name(answers, "words")["score"] <= 25
    assert by_name(answers, "nonsense")["score"] <= 30


def test_the_same_call_scores_the_same(answers: list[dict[str, Any]]) -> None:
    first, last = (answer for answer in answers if answer["id"] == "good")

    assert first == last


def test_notes_stand_at_the_turns_that_earned_them(answers: list[dict[str, Any]]) -> None:
    notes = {turn["index"]: turn["notes"] for turn in by_name(answers, "good")["turns"]}

    assert any("acknowledgement" in note.lower() or "Acknowledged" in note for note in notes[2])
    assert any("Summed up" in note for note in notes[6])


def test_other_formats_give_the_same_score(model: Path, tmp_path: Path) -> None:
    plain, table, cues = tmp_path / "a.txt", tmp_path / "b.csv", tmp_path / "c.vtt"
    plain.write_text("".join(f"{s}: {t}\n" for s, t in GOOD), "utf-8")
    table.write_text("Text;Speaker\n" + "".join(f'"{t}";{s}\n' for s, t in GOOD), "utf-8")
    cues.write_text(
        "WEBVTT\n\n"
        + "".join(
            f"00:{n:02}.000 --> 00:{n + 1:02}.000\n<v {s}>{t}</v>\n\n"
            for n, (s, t) in enumerate(GOOD)
        ),
        "utf-8",
    )
    found = [json.loads(run(model, str(path), "--jsonl").stdout) for path in (plain, table, cues)]

    assert [x["id"] for x in found] == ["a", "b", "c"]
    assert len({x["score"] for x in found}) == 1
    assert found[0]["score"] >= 90


def test_names_may_be_given_and_the_report_is_for_people(model: Path, tmp_path: Path) -> None:
    call = tmp_path / "call.txt"
    names = {"collector": "Amina", "agent": "Amina", "me": "Amina", "us": "Amina"}
    call.write_text("".join(f"{names.get(s, 'Dermot')}: {t}\n" for s, t in GOOD), "utf-8")
    unnamed = run(model, str(call))
    named = run(model, str(call), "--client", "Dermot", "--collector", "Amina")

    assert "Amina" in unnamed.stdout.decode()
    assert "--collector" in unnamed.stdout.decode()
    assert "of 100" in named.stdout.decode()
    assert "empathy" in named.stdout.decode()


def test_a_file_that_is_not_there_is_said_in_one_line(model: Path) -> None:
    result = run(model, "no-such-file.jsonl")

    assert result.returncode == 1
    assert b"no-such-file.jsonl" in result.stderr
    assert b"Traceback" not in result.stderr
