"""Rehearsals over a real ledger: kept before they are heard, answered once, private, and resumed as they stood."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.core.errors import ConflictError, InvalidInputError, NotFoundError, UnavailableError
from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from tests.integration.services.conftest import House

HAULIER = "disputed-terms-haulier"


def start(house: House, **options: Any) -> str:
    options = {"level": 2, "seed": 7, **options}
    return str(house.services.rehearsals.start(house.sam, HAULIER, **options)["id"])


def say(house: House, rehearsal: str, text: str, *moves: str, segment: str | None = None) -> Any:
    heard = tuple(HeardLabel(move, 0.9, text[:80]) for move in moves)
    house.assistant.will_hear(Reading(Speaker.COLLECTOR, text, heard))
    return house.services.rehearsals.take_turn(rehearsal, house.sam, text, segment_id=segment)


def view(house: House, rehearsal: str, **options: Any) -> dict[str, Any]:
    return house.services.rehearsals.view(rehearsal, house.sam, **options)


def a_short_call(house: House, rehearsal: str) -> None:
    say(house, rehearsal, "Hello, it's Amina from Northgate.", "greet_identify")
    say(house, rehearsal, "I can hear how annoying that was.", "acknowledge")
    say(house, rehearsal, "What were you told about the terms?", "open_question")


def test_the_client_picks_up_and_answers_each_turn(house: House) -> None:
    rehearsal = start(house)

    answer = say(house, rehearsal, "Hello, it's Amina from Northgate.", "greet_identify")

    shown = view(house, rehearsal)
    assert answer["listening"] is True
    assert [turn["speaker"] for turn in shown["turns"]] == ["client", "collector", "client"]
    assert answer["reply"] == shown["turns"][-1]
    assert answer["turn"]["note"]["did"]
    assert shown["account"]["overdue"]


def test_the_same_seed_and_words_give_the_same_call(house: House) -> None:
    calls = [start(house), start(house), start(house, seed=8)]
    for call in calls:
        a_short_call(house, call)

    texts = [[turn["text"] for turn in view(house, call)["turns"]] for call in calls]

    assert texts[0] == texts[1]
    assert texts[0] != texts[2]


def test_the_same_segment_twice_gives_the_same_answer(house: House) -> None:
    rehearsal = start(house)
    first = say(house, rehearsal, "Hello there.", "greet_identify", segment="seg-1")

    again = say(house, rehearsal, "Hello there.", "greet_identify", segment="seg-1")

    assert again == first
    assert len(view(house, rehearsal)["turns"]) == 3


def test_words_are_kept_while_nobody_listens_and_answered_when_sent_again(house: House) -> None:
    rehearsal = start(house)
    house.assistant.is_on = False

    off = say(house, rehearsal, "Hello there.", "greet_identify", segment="seg-1")

    assert (off["listening"], off["reply"], off["turn"]["waiting"]) == (False, None, True)
    assert "kept" in off["detail"]
    assert view(house, rehearsal)["turns"][-1]["text"] == "Hello there."
    house.assistant.is_on = True
    on = say(house, rehearsal, "Hello there.", "greet_identify", segment="seg-1")
    assert on["turn_id"] == off["turn_id"]
    assert on["reply"]["text"]


def test_a_later_turn_waits_until_the_one_before_is_heard(house: House) -> None:
    rehearsal = start(house)
    house.assistant.is_on = False
    say(house, rehearsal, "Hello there.", "greet_identify", segment="seg-1")

    with pytest.raises(UnavailableError):
        say(house, rehearsal, "I am sorry.", "apologise", segment="seg-2")
    house.assistant.is_on = True
    say(house, rehearsal, "I am sorry.", "apologise", segment="seg-2")

    spoken = [t["text"] for t in view(house, rehearsal)["turns"] if t["speaker"] == "collector"]
    assert spoken == ["Hello there.", "I am sorry."]


def test_a_server_that_was_killed_goes_on_at_the_same_turn_with_the_same_state(
    new_house: Callable[[], House],
) -> None:
    before = new_house()
    rehearsal = start(before)
    a_short_call(before, rehearsal)
    before.assistant.is_on = False
    say(before, rehearsal, "So you were told sixty days?", "paraphrase", segment="seg-9")
    kept = view(before, rehearsal)

    second = new_house()

    assert view(second, rehearsal) == kept
    answer = say(second, rehearsal, "So you were told sixty days?", "paraphrase", segment="seg-9")
    assert answer["turn"]["index"] == kept["turns"][-1]["index"]
    assert answer["reply"]["text"]


def test_turns_that_come_at_once_are_answered_one_after_the_other(house: House) -> None:
    rehearsal = start(house)
    house.assistant.will_hear(Reading(Speaker.COLLECTOR, "Hello there."))

    def send(_: int) -> Any:
        return house.services.rehearsals.take_turn(
            rehearsal, house.sam, "Hello there.", segment_id="seg-1"
        )

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))

    assert len({answer["reply"]["turn_id"] for answer in answers}) == 1
    assert len(view(house, rehearsal)["turns"]) == 3


def test_rewinding_opens_a_branch_and_keeps_the_old_one(house: House) -> None:
    rehearsal = start(house)
    a_short_call(house, rehearsal)
    old = view(house, rehearsal)

    back = house.services.rehearsals.rewind(rehearsal, house.sam, 3)
    say(house, rehearsal, "You signed for thirty days.", "argue")

    new = view(house, rehearsal)
    assert (back["branch"], len(back["turns"])) == ("b2", 3)
    assert back["branches"][1]["parent"] == {"branch": "b1", "turn": 3}
    assert new["turns"][3]["text"] == "You signed for thirty days."
    assert [t["text"] for t in view(house, rehearsal, branch="b1")["turns"]] == [
        t["text"] for t in old["turns"]
    ]
    assert new["branches"][0]["temper"] != new["branches"][1]["temper"]


def test_silence_is_a_turn(house: House) -> None:
    rehearsal = start(house)

    answer = house.services.rehearsals.be_silent(rehearsal, house.sam, segment_id="quiet")
    again = house.services.rehearsals.be_silent(rehearsal, house.sam, segment_id="quiet")

    assert answer["turn"]["silent"] is True
    assert again == answer


def test_a_hint_costs_and_an_exam_has_none(house: House) -> None:
    rehearsal, exam = start(house), start(house, mode="exam")

    given = house.services.rehearsals.hint(rehearsal, house.sam, 1)

    assert given["text"]
    assert given["cost"] > 0
    assert view(house, rehearsal)["hints"] == [{"turn": 1, "level": 1, "cost": given["cost"]}]
    with pytest.raises(ConflictError):
        house.services.rehearsals.hint(exam, house.sam, 1)


def test_an_exam_shows_no_feedback_before_its_end(house: House) -> None:
    exam = start(house, mode="exam")
    answer = say(house, exam, "Pay today or we take your van.", "threaten")

    assert answer["turn"]["moves"] == answer["turn"]["causes"] == []
    assert answer["reply"]["state"]["trust"] is None
    house.services.rehearsals.finish(exam, house.sam)
    assert view(house, exam)["turns"][1]["causes"]


def test_finishing_gives_a_verdict_once(house: House) -> None:
    rehearsal = start(house)
    a_short_call(house, rehearsal)

    first = house.services.rehearsals.finish(rehearsal, house.sam)
    second = house.services.rehearsals.finish(rehearsal, house.sam)

    assert first == second
    assert 0 <= first["score"] <= 100
    assert set(first["scorecard"]["skills"]) >= {"composure", "empathy"}
    assert first["rubric_version"] >= 1
    with pytest.raises(ConflictError):
        say(house, rehearsal, "One more thing.", "open_question")


def test_nothing_said_is_not_scored(house: House) -> None:
    with pytest.raises(ConflictError):
        house.services.rehearsals.finish(start(house), house.sam)


def test_a_rehearsal_is_private(house: House) -> None:
    rehearsal = start(house)
    a_short_call(house, rehearsal)
    house.services.rehearsals.finish(rehearsal, house.sam)

    for other in (house.priya, house.omar, house.viewer("tess")):
        with pytest.raises(NotFoundError):
            house.services.rehearsals.view(rehearsal, other)
    house.services.rehearsals.share(rehearsal, house.sam, True)
    assert house.services.rehearsals.view(rehearsal, house.viewer("tess"))["own"] is False
    with pytest.raises(NotFoundError):
        house.services.rehearsals.view(rehearsal, house.omar)
    with pytest.raises(NotFoundError):
        house.services.rehearsals.take_turn(rehearsal, house.viewer("tess"), "Hello")


def test_deleting_leaves_nothing(house: House) -> None:
    rehearsal = start(house)
    a_short_call(house, rehearsal)
    house.services.rehearsals.finish(rehearsal, house.sam)

    house.services.rehearsals.delete(rehearsal, house.sam)

    with pytest.raises(NotFoundError):
        view(house, rehearsal)
    assert house.services.rehearsals.mine(house.sam) == []
    assert house.services.progress.of(house.sam)["scores"] == []


def test_dates_are_heard_as_of_the_day_the_call_began(house: House) -> None:
    rehearsal = start(house)
    say(house, rehearsal, "Hello.", "greet_identify")

    assert [day.isoformat() for day in house.assistant.heard_as_of] == [
        view(house, rehearsal)["today"]
    ]


@pytest.mark.parametrize("text", ["", "   ", "\x00\x07"])
def test_no_words_are_refused(house: House, text: str) -> None:
    with pytest.raises(InvalidInputError):
        say(house, start(house), text)


def test_secret_numbers_are_masked_before_they_are_stored(house: House) -> None:
    rehearsal = start(house)
    say(house, rehearsal, "Your card number is 4111 1111 1111 1111, right?")

    assert "4111 1111" not in str(view(house, rehearsal)["turns"])


def test_the_list_shows_the_best_score_of_the_viewer_alone(house: House) -> None:
    rehearsal = start(house)
    a_short_call(house, rehearsal)
    score = house.services.rehearsals.finish(rehearsal, house.sam)["score"]

    of = lambda viewer: next(  # noqa: E731
        s for s in house.services.scenarios.all(viewer) if s["id"] == HAULIER
    )
    assert of(house.sam)["best_score"] == score
    assert of(house.priya)["best_score"] is None
    assert "limits" not in of(house.sam)
