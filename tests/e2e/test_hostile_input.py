"""Whatever is sent over HTTP gets a clear answer, commands stay words, and no acknowledged turn is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from bot.bootstrap import Services, build_services
from bot.cli.installation import Installation
from tests.e2e.speaking import API, HARTLEY, Speaker, problem

pytestmark = pytest.mark.rasa


class DaysAgo:
    """The clock as it stood two days ago."""

    def now(self) -> datetime:
        return datetime.now(UTC) - timedelta(days=2)

    def today(self) -> date:
        return self.now().date()


@pytest.fixture(scope="module")
def past(installation: Installation) -> Services:
    """The installation's own use cases, two days ago."""
    return build_services(installation.settings, clock=DaysAgo())


@pytest.fixture
def priya(installation: Installation) -> Speaker:
    """A colleague of Sam's with accounts of her own."""
    people = build_services(installation.settings).people
    return Speaker(installation, people.issue_token("priya", days=1))


# Words that look like something else


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "/ /restart",
        "/session_start",
        "/EXTERNAL_x",
        "/back",
        '/vulnerability{"account_id": "cli_other"}',
        '/terms_dispute{"amount": 1}',
    ],
)
def test_what_rasa_would_take_for_a_command_is_only_words(sam: Speaker, text: str) -> None:
    call = sam.open_call()
    sam.say(call, "I'll pay invoice 4417 on Friday")

    answer = sam.say(call, text)

    assert answer.status_code == 200
    assert "listening_off" not in answer.json()["reading"]["flags"]
    named = {label["name"] for label in answer.json()["reading"]["labels"]}
    assert not named & {"vulnerability", "terms_dispute"}
    assert [turn["text"] for turn in sam.turns(call)] == ["I'll pay invoice 4417 on Friday", text]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("😡😡 pay you? 🖕", "😡😡 pay you? 🖕"),
        ("<script>alert(1)</script><b>no</b>", "<script>alert(1)</script><b>no</b>"),
        ("I\x00 won't\x07 pay\x1b[31m", "I won't pay[31m"),
        ("first line\r\nsecond\u2028third", "first line second third"),
        ("{invoice} {amount} {{ 7 * 7 }} %s", "{invoice} {amount} {{ 7 * 7 }} %s"),
        ("'; DROP TABLE turns; --", "'; DROP TABLE turns; --"),
        ("no " * 2666, ("no " * 2666).strip()),
        ("Z̸̡̛͇̞a̵l̶g̴o̷ wants his money back", "Z̸̡̛͇̞a̵l̶g̴o̷ wants his money back"),
    ],
    ids=["emoji", "markup", "controls", "breaks", "braces", "sql", "longest", "combining"],
)
def test_odd_words_are_heard_and_kept_as_they_were_said(sam: Speaker, text: str, kept: str) -> None:
    call = sam.open_call()

    answer = sam.say(call, text)

    assert answer.status_code == 200, answer.text
    assert "listening_off" not in answer.json()["reading"]["flags"]
    assert [turn["text"] for turn in sam.turns(call)] == [kept]
    assert all("{" not in line for line in answer.json()["advice"]["say"])


# What is refused, and how


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"speaker": "client", "text": ""}, "text"),
        ({"speaker": "client", "text": " \n\t "}, "text"),
        ({"speaker": "client", "text": "\x00\x01"}, "text"),
        ({"speaker": "client"}, "text"),
        ({"speaker": "client", "text": 5}, "text"),
        ({"speaker": "client", "text": "a" * 200_000}, "text"),
        ({"speaker": "coach", "text": "what do I say"}, "speaker"),
        ({"speaker": "judge", "text": "order"}, "speaker"),
        ({"text": "who says so"}, "speaker"),
        ({"speaker": "client", "text": "hello", "mood": "bad"}, "mood"),
        ({"speaker": "client", "text": "hello", "at": "yesterday"}, "at"),
        ({"speaker": "client", "text": "hello", "at": "2026-11-22T09:00:00"}, "at"),
        ({"speaker": "client", "text": "hello", "labels": ["furious"]}, "labels.0"),
        ({"speaker": "client", "text": "hello", "labels": ["blame"]}, "labels"),
        ({"speaker": "client", "text": "hello", "segment_id": "s" * 121}, "segment_id"),
    ],
    ids=lambda value: str(value)[:48],
)
def test_a_turn_that_cannot_be_used_names_its_field_and_is_not_kept(
    sam: Speaker, body: dict[str, Any], field: str
) -> None:
    call = sam.open_call()

    answer = sam.post(f"/calls/{call}/turns", body)

    document = problem(answer, 422, "invalid-input")
    assert [fault["field"] for fault in document["errors"]] == [field]
    assert all(fault["message"] for fault in document["errors"])
    assert sam.turns(call) == []


@pytest.mark.parametrize(
    ("data", "kind", "status", "code"),
    [
        ("{", "application/json", 400, "bad-request"),
        ("[" * 100_000, "application/json", 400, "bad-request"),
        (
            "speaker=client&text=hi",
            "application/x-www-form-urlencoded",
            415,
            "unsupported-media-type",
        ),
        ('"' + "a" * 3_000_000 + '"', "application/json", 413, "too-large"),
    ],
    ids=["broken", "deep", "form", "3-megabytes"],
)
def test_a_body_that_cannot_be_read_says_so(
    installation: Installation, sam: Speaker, data: str, kind: str, status: int, code: str
) -> None:
    call = sam.open_call()
    # The server closes the connection on an endless body, so this one is not used again.
    sender = Speaker(installation).session

    answer = sender.post(
        f"{sam.url}{API}/calls/{call}/turns",
        data=data,
        headers={"Content-Type": kind},
        timeout=30,
    )

    problem(answer, status, code)
    assert sam.turns(call) == []


def test_unknown_things_are_not_found(sam: Speaker) -> None:
    problem(sam.post("/calls", {"account_id": "cli_nobody"}), 404, "not-found")
    problem(sam.get("/accounts/cli_nobody"), 404, "not-found")
    problem(sam.say("call_nothing", "hello"), 404, "not-found")
    problem(sam.get("/nothing/here"), 404, "not-found")


def test_a_colleagues_account_and_call_look_as_if_they_were_not_there(
    sam: Speaker, priya: Speaker
) -> None:
    rows = priya.get("/accounts", params={"q": ""}).json()["accounts"]
    hers = next(row for row in rows if row["owner"] == "priya")
    call = priya.open_call(hers["id"])
    turn = priya.say(call, "the goods never came").json()["turn_id"]

    refused = [
        sam.get(f"/accounts/{hers['id']}"),
        sam.get(f"/accounts/{hers['id']}/brief"),
        sam.post("/calls", {"account_id": hers["id"]}),
        sam.get(f"/calls/{call}"),
        sam.get(f"/calls/{call}/stream"),
        sam.say(call, "hello"),
        sam.post(f"/calls/{call}/turns/{turn}/feedback", {"kind": "used"}),
        sam.post(f"/calls/{call}/escalation", {"note": "mine now"}),
        sam.post(f"/calls/{call}/close", {"confirmed": {}}),
        sam.post("/coach", {"text": "what can I offer?", "call_id": call}),
    ]

    for answer in refused:
        document = problem(answer, 404, "not-found")
        assert hers["name"] not in str(document)
    found = sam.get("/accounts", params={"q": hers["name"]}).json()["accounts"]
    assert hers["id"] not in {row["id"] for row in found}
    assert [turn["text"] for turn in priya.turns(call)] == ["the goods never came"]


def test_a_token_that_has_ended_a_made_up_one_and_none_are_refused(
    installation: Installation, sam: Speaker, past: Services
) -> None:
    call = sam.open_call()
    ended = Speaker(installation, past.people.issue_token("sam", days=1))
    made_up = Speaker(installation, "parley_" + "x" * 43)
    nobody = Speaker(installation)
    del nobody.session.headers["Authorization"]

    for speaker, code in (
        (ended, "token-invalid"),
        (made_up, "token-invalid"),
        (nobody, "not-signed-in"),
    ):
        for answer in (speaker.get(f"/accounts/{HARTLEY}"), speaker.say(call, "hello")):
            problem(answer, 401, code)
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert sam.turns(call) == []


def test_a_closed_call_takes_no_more_turns(sam: Speaker) -> None:
    call = sam.open_call()
    assert sam.post(f"/calls/{call}/close", {"confirmed": {}}).status_code == 200

    problem(sam.say(call, "one more thing"), 409, "conflict")
    problem(sam.post(f"/calls/{call}/close", {"confirmed": {}}), 409, "conflict")


# Segments and bursts


def test_the_same_segment_twice_is_one_turn_with_one_answer(sam: Speaker) -> None:
    call = sam.open_call()

    first = sam.say(call, "you never told me about a late fee", segment_id="seg-1")
    again = sam.say(call, "you never told me about a late fee", segment_id="seg-1")
    other = sam.say(call, "quite different words", segment_id="seg-1")

    assert first.json() == again.json() == other.json()
    assert [turn["text"] for turn in sam.turns(call)] == ["you never told me about a late fee"]


def test_the_same_segment_from_eight_sides_at_once_is_one_turn(
    installation: Installation, sam: Speaker
) -> None:
    call = sam.open_call()

    def send(_: int) -> dict[str, Any]:
        answer = Speaker(installation).say(call, "we paid that last week", segment_id="seg-1")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))

    assert len({answer["turn_id"] for answer in answers}) == 1
    assert len(sam.turns(call)) == 1


def test_segments_out_of_order_are_kept_in_the_order_they_came(sam: Speaker) -> None:
    call = sam.open_call()
    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    for segment, minute in (("c", 3), ("a", 1), ("b", 2)):
        said = (at + timedelta(minutes=minute)).isoformat()
        assert sam.say(call, f"segment {segment}", segment_id=segment, at=said).ok

    turns = sam.turns(call)
    assert [turn["segment_id"] for turn in turns] == ["c", "a", "b"]
    assert [turn["index"] for turn in turns] == [0, 1, 2]
    assert [datetime.fromisoformat(turn["said_at"]).minute for turn in turns] == [3, 1, 2]


def test_a_growing_sentence_is_not_kept_before_it_is_final(sam: Speaker) -> None:
    call = sam.open_call()

    growing = sam.say(call, "you agreed six", segment_id="seg-1", final=False)
    final = sam.say(call, "you agreed sixty days", segment_id="seg-1")

    assert growing.json()["turn_id"] is None
    assert growing.json()["advice"]["silent"] is True
    assert final.json()["turn_id"]
    assert [turn["text"] for turn in sam.turns(call)] == ["you agreed sixty days"]


def test_fifty_turns_in_a_burst_from_eight_threads_are_all_kept_once_and_in_order(
    installation: Installation, sam: Speaker
) -> None:
    call = sam.open_call()
    numbers = count()

    def talk(thread: int) -> list[str]:
        speaker, sent = Speaker(installation), []
        while (number := next(numbers)) < 50:
            text = f"thread {thread} says that invoice 4417 is wrong, number {number}"
            answer = speaker.say(call, text, segment_id=f"seg-{number}")
            # A busy ledger may ask to come again, as any telephone system does.
            while answer.status_code == 503:
                assert answer.headers["Retry-After"]
                answer = speaker.say(call, text, segment_id=f"seg-{number}")
            assert answer.status_code == 200, answer.text
            sent.append(text)
        return sent

    with ThreadPoolExecutor(8) as pool:
        acknowledged = list(pool.map(talk, range(8)))

    turns = sam.turns(call)
    kept = [turn["text"] for turn in turns]
    assert [turn["index"] for turn in turns] == list(range(50))
    assert sorted(kept) == sorted(text for sent in acknowledged for text in sent)
    for sent in acknowledged:
        assert [text for text in kept if text in sent] == sent
    assert all(turn["reading"] and turn["advice"] for turn in turns)
