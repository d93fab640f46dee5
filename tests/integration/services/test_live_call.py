"""A live call: what was said is kept first, heard second, and answered once."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from bot.core.errors import ConflictError, InvalidInputError, NotFoundError, UnavailableError
from bot.core.labels import CLIENT_LABELS, Speaker
from bot.core.language.guard import MAX_TURN_CHARACTERS
from bot.core.reading import HeardLabel, Reading
from bot.services.ports import CallRecord, TurnRecord, Viewer
from tests.integration.services.conftest import HARTLEY, House, invoice

CARD = "4111 1111 1111 1111"
STALLING = "try me again next week"


def test_a_turn_is_stored_before_it_is_heard(house: House) -> None:
    call = house.open()
    seen_by_the_assistant = []

    def breaks_off(turn: object, *_: object) -> dict[str, object]:
        seen_by_the_assistant.extend(house.turns(call))
        raise RuntimeError("the power went")

    house.assistant.advise_on_turn = breaks_off  # type: ignore[method-assign]
    with pytest.raises(RuntimeError):
        house.client(call, STALLING, "stalling")

    assert [turn["text"] for turn in seen_by_the_assistant] == [STALLING]
    [kept] = house.turns(call)
    assert (kept["text"], kept["advice"]) == (STALLING, None)


def test_a_turn_that_nobody_answered_is_answered_when_it_is_sent_again(house: House) -> None:
    call = house.open()
    with house.services.unit_of_work() as work:
        work.calls.add_turn(call, Speaker.CLIENT, STALLING, house.services.clock.now(), "s1")
        work.commit()

    answer = house.services.calls.take_turn(
        call, house.sam, Speaker.CLIENT, STALLING, segment_id="s1"
    )
    assert answer["advice"] is not None
    assert len(house.turns(call)) == 1


def test_without_the_assistant_the_turn_is_kept_and_said_to_be_unheard(house: House) -> None:
    call = house.open()
    house.assistant.is_on = False
    answer = house.client(call, STALLING, "stalling")

    assert "listening_off" in answer["reading"]["flags"]
    assert (answer["advice"]["silent"], answer["advice"]["listening"]) == (True, False)
    assert [turn["turn_id"] for turn in house.turns(call)] == [answer["turn_id"]]


def test_an_answer_that_was_lost_on_its_way_is_given_from_the_store(house: House) -> None:
    call = house.open()
    answering = house.assistant.advise_on_turn

    def loses_the_answer(*about: Any) -> dict[str, Any]:
        answering(*about)
        raise UnavailableError("The line broke.")

    house.assistant.advise_on_turn = loses_the_answer  # type: ignore[method-assign]
    answer = house.client(call, STALLING, "stalling")
    assert answer["advice"]["heard"] == ["stalling"]
    assert "listening_off" not in answer["reading"]["flags"]
    assert house.memory(call).turns == 1


def test_labels_chosen_by_hand_get_advice_without_the_assistant(house: House) -> None:
    call = house.open()
    house.assistant.is_on = False
    answer = house.services.calls.take_turn(
        call, house.sam, Speaker.CLIENT, "", labels=("stalling",)
    )

    assert answer["advice"]["heard"] == ["stalling"]
    assert len(answer["advice"]["say"]) >= 2
    assert "by_hand" in answer["reading"]["flags"]


def test_no_label_of_another_speaker_can_be_chosen_by_hand(house: House) -> None:
    call = house.open()
    with pytest.raises(InvalidInputError) as refused:
        house.services.calls.take_turn(
            call, house.sam, Speaker.COLLECTOR, "well", labels=("stalling",)
        )
    assert refused.value.field == "labels"
    assert house.turns(call) == []


def test_the_same_segment_twice_is_one_turn_with_one_answer(house: House) -> None:
    call = house.open()

    def send() -> dict[str, object]:
        return house.services.calls.take_turn(
            call, house.sam, Speaker.CLIENT, STALLING, segment_id="s1"
        )

    assert send() == send()
    assert len(house.turns(call)) == 1
    assert house.memory(call).turns == 1


def test_the_same_segment_twice_at_once_is_counted_once(house: House) -> None:
    call, viewer = house.open(), house.sam
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(
                lambda _: house.services.calls.take_turn(
                    call, viewer, Speaker.CLIENT, STALLING, segment_id="s1"
                ),
                range(4),
            )
        )
    assert len({answer["turn_id"] for answer in answers}) == 1
    assert house.memory(call).turns == 1


def test_a_partial_segment_is_not_stored(house: House) -> None:
    call = house.open()
    answer = house.services.calls.take_turn(
        call, house.sam, Speaker.CLIENT, "try me", segment_id="s1", final=False
    )
    assert (answer["turn_id"], answer["advice"]["silent"]) == (None, True)
    assert house.turns(call) == []


def test_a_closed_call_takes_no_turn(house: House) -> None:
    call = house.open()
    house.services.calls.close(call, house.sam, {})
    with pytest.raises(ConflictError):
        house.client(call, STALLING, "stalling")
    assert house.turns(call) == []


def test_another_collectors_account_and_call_are_not_found(house: House) -> None:
    call, calls = house.open(), house.services.calls
    with pytest.raises(NotFoundError):
        calls.open_call(HARTLEY, house.priya)
    for use in (
        lambda: calls.view(call, house.priya),
        lambda: calls.take_turn(call, house.priya, Speaker.CLIENT, STALLING),
        lambda: calls.events(call, house.priya),
        lambda: calls.status(call, house.priya),
        lambda: calls.close(call, house.priya, {}),
        lambda: calls.escalate(call, house.priya),
    ):
        with pytest.raises(NotFoundError):
            use()
    assert calls.status(call, house.sam) == "open"
    assert house.turns(call) == []


def test_what_is_unknown_looks_like_what_is_somebody_elses(house: House) -> None:
    with pytest.raises(NotFoundError) as others:
        house.services.calls.open_call(HARTLEY, house.priya)
    with pytest.raises(NotFoundError) as unknown:
        house.services.calls.open_call("cli_nobody", house.priya)
    assert others.value.detail == unknown.value.detail


def test_a_supervisor_may_follow_any_call(house: House) -> None:
    call = house.open()
    house.client(call, STALLING, "stalling")
    [followed] = house.services.calls.view(call, house.omar)["turns"]
    assert followed["text"] == STALLING


def test_the_coach_is_not_a_speaker_of_a_call(house: House) -> None:
    with pytest.raises(InvalidInputError) as refused:
        house.services.calls.take_turn(house.open(), house.sam, Speaker.COACH, "hello")
    assert refused.value.field == "speaker"


@pytest.mark.parametrize("text", ["", "   \n\t", "\x00\x07\x1b"])
def test_a_turn_without_words_is_refused(house: House, text: str) -> None:
    call = house.open()
    with pytest.raises(InvalidInputError) as refused:
        house.services.calls.take_turn(call, house.sam, Speaker.CLIENT, text)
    assert refused.value.field == "text"
    assert house.turns(call) == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("next\x00 week\x1b[31m", "next week[31m"),
        ("half a \ud83d sign", "half a  sign"),
        ("fine 👍🏽 then 👩‍👩‍👧", "fine 👍🏽 then 👩‍👩‍👧"),
        ("<script>alert(1)</script> & so on", "<script>alert(1)</script> & so on"),
        ("/restart", "/restart"),
        ('/stalling{"a": 1}', '/stalling{"a": 1}'),
        ("two\nlines\r\nof it", "two lines  of it"),
        ("'; drop table calls; --", "'; drop table calls; --"),
    ],
)
def test_odd_text_is_kept_as_it_was_said(house: House, said: str, kept: str) -> None:
    call = house.open()
    answer = house.client(call, said)
    assert answer["advice"] is not None
    assert [turn["text"] for turn in house.turns(call)] == [kept]


def test_an_endless_turn_is_cut_and_says_so(house: House) -> None:
    call = house.open()
    answer = house.client(call, "blah " * 1_800)
    [kept] = house.turns(call)
    assert len(kept["text"]) == MAX_TURN_CHARACTERS
    assert "truncated" in answer["reading"]["flags"]


def test_card_numbers_are_masked_before_anything_is_stored(house: House) -> None:
    call = house.open()
    answer = house.client(call, f"take it off my card {CARD} then", "promise_to_pay")
    assert "redacted" in answer["reading"]["flags"]

    held = json.dumps([house.services.calls.view(call, house.sam), house.stored(call).memory])
    assert "4111" not in held
    assert "1111" not in held
    assert b"1111 1111" not in (house.settings.home_folder / "parley.sqlite").read_bytes()
    wal = house.settings.home_folder / "parley.sqlite-wal"
    assert not wal.exists() or b"1111 1111" not in wal.read_bytes()


def test_turns_that_come_at_once_are_all_kept_and_all_remembered(
    new_house: Callable[[], House],
) -> None:
    first, second = new_house(), new_house()
    houses = (first.services.calls, second.services.calls)
    call, viewer = first.open(), first.sam

    def say(number: int) -> None:
        houses[number % 2].take_turn(
            call, viewer, Speaker.CLIENT, f"line {number}", labels=("stalling",)
        )

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(say, range(12)))
    turns = first.turns(call)
    assert [turn["index"] for turn in turns] == list(range(12))
    assert all(turn["advice"] for turn in turns)
    assert first.memory(call).turns == 12
    assert first.memory(call).count("stalling") == 12


def test_a_long_call_keeps_the_memory_small_and_never_says_a_line_twice(house: House) -> None:
    call = house.open()
    labels = [name for name in CLIENT_LABELS if name in ("stalling", "cash_flow", "terms_dispute")]
    sizes, said = {}, []
    for number in range(1, 61):
        if number % 4 == 0:
            house.collector(call, f"I see, that is number {number}.", "acknowledge")
        else:
            text = f"{number}: that is the way it is, month after month, and nobody here can help"
            advice = house.client(call, text, labels[number % 3], heat=number % 3)["advice"]
            said += advice["say_ids"] if not advice["silent"] else []
        sizes[number] = len(json.dumps(house.stored(call).memory))

    assert len(said) == len(set(said))
    assert len(said) > 20
    assert sizes[60] < sizes[30] * 1.1
    assert sizes[60] < 6_000


def test_events_stop_at_the_first_turn_that_is_still_being_answered(house: House) -> None:
    call = house.open()
    house.client(call, "one")
    with house.services.unit_of_work() as work:
        work.calls.add_turn(call, Speaker.CLIENT, "two", house.services.clock.now(), None)
        work.commit()
    house.client(call, "three")

    assert [event["text"] for event in house.services.calls.events(call, house.sam)] == ["one"]
    assert house.services.calls.events(call, house.sam, after=0) == []


def test_an_answer_is_not_given_to_who_may_not_see_the_call(house: House) -> None:
    call = house.open()
    with house.services.unit_of_work() as work:
        turn, _ = work.calls.add_turn(
            call, Speaker.CLIENT, "hello", house.services.clock.now(), None
        )
        work.commit()
    with pytest.raises(NotFoundError):
        house.services.calls.answer_turn(turn.id, Reading(Speaker.CLIENT, "hello"), house.priya)


def test_feedback_on_a_turn_is_kept_and_checked(house: House) -> None:
    call, other = house.open(), house.open()
    turn = house.client(call, STALLING, "stalling")["turn_id"]
    give = house.services.calls.feedback

    give(call, turn, house.sam, "used", line_id="stalling-01")
    for wrong in (
        lambda: give(call, turn, house.sam, "liked"),
        lambda: give(other, turn, house.sam, "used"),
        lambda: give(call, turn, house.sam, "misheard", labels=("greet_identify",)),
    ):
        with pytest.raises(InvalidInputError):
            wrong()
    with pytest.raises(NotFoundError):
        give(call, turn, house.priya, "used")


def test_an_invoice_that_was_named_stays_the_subject(house: House) -> None:
    call = house.open()
    house.client(call, "it's about 4431", "stalling", entities=(invoice("4431"),))
    advice = house.client(call, "that one is wrong", "invoice_dispute")["advice"]
    assert any("4431" in line for line in advice["say"])


def test_opening_a_call_shows_the_account_and_leaves_a_trace(house: House) -> None:
    document = house.services.calls.open_call(HARTLEY, house.sam)
    assert (document["account"]["name"], document["status"]) == ("Hartley Joinery Ltd", "open")
    assert document["brief"]["opening_line"]
    assert (document["advice"], document["turns"]) == (None, [])
    json.dumps(document)


def test_an_unlikely_warning_shows_the_protocol_but_waits_for_a_person_to_pause_the_account(
    house: House,
) -> None:
    call = house.open()
    text = "it's been a rough year for the family"
    unlikely = Reading(
        Speaker.CLIENT, text, (HeardLabel("vulnerability", 0.3, text),), flags=("vulnerability",)
    )
    house.assistant.will_hear(unlikely)
    answer = house.services.calls.take_turn(call, house.sam, Speaker.CLIENT, text)

    assert answer["advice"]["protocol"] is not None
    assert not house.account().protections.any


def a_stranded_turn(house: House, call: str, text: str = "two", seconds: int = 60) -> str:
    """A turn whose process ended before it could answer."""
    said_at = house.services.clock.now() - timedelta(seconds=seconds)
    with house.services.unit_of_work() as work:
        turn, _ = work.calls.add_turn(call, Speaker.CLIENT, text, said_at, None)
        work.commit()
    return turn.id


@pytest.mark.parametrize("seconds", [60, -3600])
def test_a_stream_answers_what_a_dead_process_left_unanswered(house: House, seconds: int) -> None:
    call = house.open()
    house.client(call, "one")
    a_stranded_turn(house, call, seconds=seconds)
    house.client(call, "three")

    events = house.services.calls.events(call, house.sam)
    assert [event["text"] for event in events] == ["one", "two", "three"]
    assert all(event["advice"] for event in events)
    assert house.memory(call).turns == 3


def test_the_next_turn_answers_what_a_dead_process_left_unanswered(house: House) -> None:
    call = house.open()
    a_stranded_turn(house, call, "one")
    house.client(call, "two")

    assert [bool(turn["advice"]) for turn in house.turns(call)] == [True, True]


def test_a_turn_that_cannot_be_answered_holds_neither_stream_nor_call_up(house: House) -> None:
    call = house.open()
    broken = a_stranded_turn(house, call, "one")
    answer = house.assistant.advise_on_turn

    def fails_on_it(turn: TurnRecord, record: CallRecord, viewer: Viewer) -> dict[str, Any]:
        if turn.id == broken:
            raise RuntimeError("this turn always fails")
        return answer(turn, record, viewer)

    house.assistant.advise_on_turn = fails_on_it  # type: ignore[method-assign]
    house.client(call, "two")

    events = house.services.calls.events(call, house.sam)
    assert [(event["text"], bool(event["advice"])) for event in events] == [
        ("one", False),
        ("two", True),
    ]


def test_what_was_left_unanswered_is_not_answered_by_who_only_looks_on(house: House) -> None:
    call = house.open()
    a_stranded_turn(house, call, "one")

    [event] = house.services.calls.events(call, house.omar)
    assert (event["text"], event["advice"]) == ("one", None)


def test_a_turn_that_is_being_answered_is_left_to_who_answers_it(house: House) -> None:
    call, seen = house.open(), []
    answer = house.assistant.advise_on_turn

    def looks_meanwhile(turn: TurnRecord, record: CallRecord, viewer: Viewer) -> dict[str, Any]:
        seen.append(house.services.calls.events(call, house.sam))
        return answer(turn, record, viewer)

    house.assistant.advise_on_turn = looks_meanwhile  # type: ignore[method-assign]
    long_ago = house.services.clock.now() - timedelta(hours=1)
    house.services.calls.take_turn(call, house.sam, Speaker.CLIENT, "hello", at=long_ago)

    assert seen == [[]]
