"""Every action answers, run by the action server's own executor over a seeded ledger."""

from __future__ import annotations

import inspect

import pytest
from rasa_sdk.executor import ActionExecutor, ActionNotFoundException
from rasa_sdk.interfaces import Action

from bot.core.account import Account
from bot.core.errors import NotFoundError
from bot.services.coach_answers import OUT_OF_SCOPE
from tests.integration.actions.desk import (
    DOMAIN,
    PRIYA,
    ROOT,
    SAM,
    Desk,
    a_turn,
    heard,
)


def own_actions() -> dict[str, type[Action]]:
    executor = ActionExecutor()
    executor.register_package("actions")
    classes = [c for c in Action.__subclasses__() if c.__module__.startswith("actions.")]
    return {cls().name(): cls for cls in classes}


def test_the_domain_and_the_package_have_the_same_actions() -> None:
    assert set(own_actions()) == set(DOMAIN["actions"])
    assert len(DOMAIN["actions"]) == 16


@pytest.mark.parametrize("name", DOMAIN["actions"])
def test_no_action_is_longer_than_sixty_lines(name: str) -> None:
    assert len(inspect.getsource(own_actions()[name]).splitlines()) <= 60


def test_no_module_of_actions_is_longer_than_a_screen_or_two() -> None:
    for path in (ROOT / "actions").glob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= 250, path.name


def test_an_action_that_does_not_exist_is_refused(desk: Desk) -> None:
    with pytest.raises(ActionNotFoundException):
        desk.run("action_delete_everything")


def test_advise_stores_reading_and_advice_of_the_turn(desk: Desk, call: str) -> None:
    turn = a_turn(desk.services, call, "you agreed sixty days")
    answer = desk.run(
        "action_advise",
        "you agreed sixty days",
        call=call,
        turn=turn,
        speaker="client",
        **heard("terms_dispute"),
    )
    [document] = answer.documents
    stored = desk.services.calls.view(call, SAM)["turns"][0]

    assert document["turn_id"] == turn
    assert document["advice"]["card"] == "terms_dispute"
    assert len(document["advice"]["say"]) >= 2
    assert stored["advice"] == document["advice"]
    assert stored["reading"]["labels"][0]["name"] == "terms_dispute"


def test_advise_on_the_same_turn_twice_gives_the_same_advice(desk: Desk, call: str) -> None:
    turn = a_turn(desk.services, call, "no money")
    once = desk.run("action_advise", "no money", call=call, turn=turn, **heard("cash_flow"))
    again = desk.run("action_advise", "no money", call=call, turn=turn, **heard("stalling"))

    assert once.documents == again.documents


def test_advise_in_the_chat_says_what_the_coach_is_for(desk: Desk) -> None:
    answer = desk.run("action_advise", "book me a taxi", **heard("out_of_scope"))

    assert answer.texts == [OUT_OF_SCOPE]
    assert answer.documents == []


def test_brief_tells_of_the_account_and_remembers_it(desk: Desk, account: Account) -> None:
    answer = desk.run("action_brief", f"brief me on {account.name}", **heard("ask_brief"))

    assert account.name in answer.texts[0]
    assert "brief" in answer.documents[0]
    assert answer.slots == {"account_id": account.id}


@pytest.mark.parametrize("action", ["action_show_options", "action_show_escalation"])
def test_the_remembered_account_is_the_one_meant(desk: Desk, account: Account, action: str) -> None:
    answer = desk.run(action, "and what can I do?", slots={"account_id": account.id})

    assert answer.documents
    assert answer.slots == {"account_id": account.id}


def test_options_are_those_of_the_account(desk: Desk, account: Account) -> None:
    answer = desk.run("action_show_options", "what can I offer?", slots={"account_id": account.id})

    kinds = [option["kind"] for option in answer.documents[0]["options"]]
    assert kinds
    assert {option["currency"] for option in answer.documents[0]["options"]} == {"GBP"}
    assert all(line.startswith("• ") for line in answer.texts[0].splitlines())


def test_without_an_account_it_asks_which(desk: Desk) -> None:
    for action in ("action_brief", "action_show_options", "action_show_escalation"):
        answer = desk.run(action, "zzz")

        assert answer.texts[0].startswith("Which client do you mean?")
        assert answer.slots == {}


def test_phrase_gives_words_with_and_without_an_account(desk: Desk, account: Account) -> None:
    question = "what do I say when they say they never got the invoice?"
    alone = desk.run("action_phrase", question)
    with_account = desk.run("action_phrase", question, slots={"account_id": account.id})

    assert "“" in alone.texts[0]
    assert with_account.documents[0]["label"] == "missing_paperwork"
    assert with_account.documents[0]["advice"]["say"]


def test_escalation_says_where_the_ladder_stands(desk: Desk, account: Account) -> None:
    answer = desk.run(
        "action_show_escalation", "should I pass this up?", slots={"account_id": account.id}
    )

    assert answer.documents[0]["escalation"]["state"] in (
        *("not_yet", "ready", "required", "paused", "handed_over"),
    )


def test_meaning_explains_a_term_with_no_account(desk: Desk) -> None:
    answer = desk.run("action_explain_term", "what's a statutory demand?")

    assert answer.texts[0].startswith("Statutory demand: ")


def test_meaning_admits_what_it_does_not_know(desk: Desk) -> None:
    assert "do not have that term" in desk.run("action_explain_term", "zzyzx?").texts[0]


def test_feedback_and_hint_answer_on_the_running_call(desk: Desk, call: str) -> None:
    turn = a_turn(desk.services, call, "try me next week")
    desk.run("action_advise", "try me next week", call=call, turn=turn, **heard("stalling"))

    assert desk.run("action_give_feedback", "how am I doing?", call=call).texts[0]
    assert desk.run("action_give_hint", "I'm stuck", call=call).texts[0]


def test_feedback_without_a_call_says_so(desk: Desk) -> None:
    answer = desk.run("action_give_feedback", "how am I doing?", viewer=PRIYA)

    assert "not heard a call" in answer.texts[0]


def test_handing_over_sends_the_packet_of_the_call(desk: Desk, call: str) -> None:
    turn = a_turn(desk.services, call, "get me your manager")
    desk.run(
        "action_advise", "get me your manager", call=call, turn=turn, **heard("manager_request")
    )
    answer = desk.run("action_hand_over", "please take this", call=call)

    assert answer.texts[0].startswith("Handed over to ")
    assert answer.documents[0]["packet"]["hand_to"]
    assert desk.services.calls.view(call, SAM)["packet"]


def test_handing_over_without_a_call_says_what_to_do(desk: Desk) -> None:
    answer = desk.run("action_hand_over", "please take this")

    assert answer.texts[0].startswith("No call is running here.")
    assert answer.documents == []


def test_a_rehearsed_turn_is_answered_by_the_simulated_client(desk: Desk) -> None:
    begun = desk.services.rehearsals.start(SAM, "disputed-terms-haulier", level=2, seed=7)
    text = "I can hear how annoying that was"
    desk.services.rehearsals.take_turn(begun["id"], SAM, text)  # nobody listens: it is kept
    turn = desk.services.rehearsals.view(begun["id"], SAM)["turns"][-1]

    answer = desk.run(
        "action_advise",
        text,
        turn=turn["turn_id"],
        rehearsal=begun["id"],
        speaker="collector",
        **heard("acknowledge"),
    )

    assert turn["waiting"] is True
    assert answer.documents[0]["turn_id"] == turn["turn_id"]
    assert answer.documents[0]["reply"]["text"]
    assert desk.services.rehearsals.view(begun["id"], SAM)["turns"][-1]["speaker"] == "client"


def test_nobody_answers_in_somebody_elses_rehearsal(desk: Desk) -> None:
    begun = desk.services.rehearsals.start(SAM, "disputed-terms-haulier", level=2, seed=7)
    desk.services.rehearsals.take_turn(begun["id"], SAM, "Hello there")
    turn = desk.services.rehearsals.view(begun["id"], SAM)["turns"][-1]["turn_id"]

    with pytest.raises(NotFoundError):
        desk.run(
            "action_advise",
            "Hello there",
            viewer=PRIYA,
            turn=turn,
            rehearsal=begun["id"],
            speaker="collector",
            **heard("greet_identify"),
        )
