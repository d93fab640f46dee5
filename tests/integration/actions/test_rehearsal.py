"""A rehearsal in the chat, action by action: the slots say what is on, the claims what the words were heard as."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor

from bot.bootstrap import Services
from bot.core.labels import CoachRequest
from tests.integration.actions.desk import (
    DOMAIN,
    KEY,
    REFUSAL,
    ROOT,
    SAM,
    Answered,
    Desk,
    heard,
    sealed_by,
)

ASK = "give me the angry haulier, level 2"


@pytest.fixture
def rehearsing(desk: Desk) -> dict[str, Any]:
    """The slots of a chat in which a rehearsal has been begun."""
    return desk.run("action_start_rehearsal", ASK, **heard("start_rehearsal")).slots


def rehearse(desk: Desk, slots: dict[str, Any], text: str, *labels: str, **claims: Any) -> Answered:
    return desk.run(
        "action_rehearse",
        text,
        slots=slots,
        sealed=sealed_by(SAM, **claims),
        **heard(*(labels or ("out_of_scope",))),
    )


def test_starting_says_who_it_is_and_sets_the_slots(desk: Desk) -> None:
    answer = desk.run("action_start_rehearsal", ASK, **heard("start_rehearsal"))

    assert answer.texts[0].startswith("Dermot Keane, owner-driver: “Sixty days, not thirty”")
    assert [document["kind"] for document in answer.documents] == ["briefing", "client"]
    assert answer.slots["rehearsing"] is True
    view = desk.services.rehearsals.view(answer.slots["rehearsal_id"], SAM)
    assert (view["level"], view["status"]) == (2, "open")


def test_a_turn_is_sent_on_and_not_answered(desk: Desk, rehearsing: dict[str, Any]) -> None:
    answer = rehearse(desk, rehearsing, "Hello Dermot, it's Amina.", "greet")

    assert answer.texts == []
    assert answer.documents == [
        {"kind": "rehearsal", "do": "say", "rehearsal_id": rehearsing["rehearsal_id"]}
    ]
    assert answer.slots == rehearsing


def test_a_doubtful_one_is_compared_and_then_decided_by_the_claims(
    desk: Desk, rehearsing: dict[str, Any]
) -> None:
    words = "How can I help you?"
    doubt = rehearse(desk, rehearsing, words, "help")
    turn = rehearse(desk, rehearsing, words, "help", as_turn=[["open_question", 0.99]])
    request = rehearse(desk, rehearsing, words, "help", as_turn=[])

    assert doubt.documents[0]["do"] == "compare"
    assert turn.documents[0]["do"] == "say"
    assert "let's leave it there" in request.texts[0]


def test_ending_scores_and_the_next_request_frees_the_slots(
    desk: Desk, rehearsing: dict[str, Any], services: Services
) -> None:
    rehearsal_id = rehearsing["rehearsal_id"]
    services.rehearsals.be_silent(rehearsal_id, SAM)
    answer = rehearse(desk, rehearsing, "pause", "out_of_scope")
    assert answer.slots == {"rehearsing": False, "rehearsal_id": None}

    freed = rehearse(
        desk, {"rehearsing": True, "rehearsal_id": "reh_gone"}, "what can I offer?", "ask_options"
    )
    assert freed.documents[0]["do"] == "ask_again"
    assert freed.slots == {"rehearsing": False, "rehearsal_id": None}


def test_ending_when_none_is_on_says_so(desk: Desk) -> None:
    answer = desk.run("action_end_rehearsal", "stop the practice", **heard("end_rehearsal"))

    assert answer.texts[0].startswith("No rehearsal is running.")
    assert answer.slots == {"rehearsing": False, "rehearsal_id": None}


def test_words_heard_as_a_turn_only_are_told_and_stored_nowhere(
    desk: Desk, rehearsing: dict[str, Any], services: Services
) -> None:
    answer = desk.run(
        "action_advise",
        "How can I help you?",
        sealed=sealed_by(SAM, rehearsal=rehearsing["rehearsal_id"]),
        speaker="collector",
        **heard("open_question"),
    )

    assert answer.documents == [{"heard": [["open_question", 0.9]]}]
    assert len(services.rehearsals.view(rehearsing["rehearsal_id"], SAM)["turns"]) == 1


@pytest.mark.parametrize(
    "action", ["action_start_rehearsal", "action_rehearse", "action_end_rehearsal"]
)
def test_nobody_rehearses_unsigned(desk: Desk, action: str) -> None:
    answer = desk.run(action, ASK, sealed=sealed_by(SAM, key=KEY + b"!"))

    assert answer.texts == [REFUSAL]
    assert answer.slots == {}


def test_the_rule_for_a_rehearsal_names_every_request_to_the_coach(
    executor: ActionExecutor,
) -> None:
    rules = (ROOT / "data/stories/rules.yml").read_text("utf-8")
    while_on = rules.split("whatever is said while a rehearsal is on")[1].split("- rule:")[0]

    assert "- rehearsing: true" in while_on
    assert [one for one in CoachRequest if f"- intent: {one.value}\n" not in while_on] == []
    assert DOMAIN["slots"]["rehearsing"]["type"] == "bool"
