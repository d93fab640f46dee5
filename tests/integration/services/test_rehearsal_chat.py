"""A rehearsal held in the chat: begun in words, played turn by turn, hinted, rewound, ended, left and resumed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.bootstrap import Services, build_services
from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from bot.services.ports import Viewer
from tests.fakes import FixedClock
from tests.integration.services.conftest import House
from tests.rehearsal_chat_fakes import ChattingAssistant

ANGRY_HAULIER = "give me the angry haulier, level 2"
HELLO = "Hello Dermot, it's Amina from Northgate Supplies."
SORRY = "I can hear how annoying that was, three calls and nobody rang you back."


@dataclass
class Chat:
    """Sam at the coach chat of one web process."""

    services: Services
    assistant: ChattingAssistant
    sam: Viewer

    def say(self, text: str, *moves: str) -> list[dict[str, Any]]:
        """Type something, heard on a call as these moves."""
        if moves:
            heard = tuple(HeardLabel(move, 0.9, text[:80]) for move in moves)
            self.assistant.will_hear(Reading(Speaker.COLLECTOR, text, heard))
        return list(self.services.coach.ask(text, self.sam)["messages"])

    def ask(self, text: str, label: str, sure: float = 0.95) -> list[dict[str, Any]]:
        """Type something that is heard as a request of this kind."""
        self.assistant.will_hear_request(text, label, sure)
        return self.say(text)

    def start(self, text: str = ANGRY_HAULIER) -> list[dict[str, Any]]:
        return self.ask(text, "start_rehearsal")

    @property
    def view(self) -> dict[str, Any]:
        """The rehearsal that was touched last, as its page shows it."""
        last = max(
            self.services.rehearsals.mine(self.sam), key=lambda x: (x["touched_at"], x["id"])
        )
        return self.services.rehearsals.view(
            self.assistant.rehearsal_id or str(last["id"]), self.sam
        )


def chat_of(house: House) -> Chat:
    assistant = ChattingAssistant()
    services = build_services(house.settings, clock=FixedClock(), assistant=assistant)
    assistant.calls, assistant.rehearsals = services.calls, services.rehearsals
    assistant.practice = services.practice
    return Chat(services, assistant, house.sam)


@pytest.fixture
def chat(house: House) -> Chat:
    return chat_of(house)


def kinds(messages: list[dict[str, Any]]) -> list[str | None]:
    return [(message["custom"] or {}).get("kind") for message in messages]


def turns(chat: Chat) -> list[tuple[str, str]]:
    return [(turn["speaker"], turn["text"]) for turn in chat.view["turns"]]


def test_the_words_choose_the_client_and_the_coach_says_how_to_stop(chat: Chat) -> None:
    briefing, client = chat.start()

    chosen, case, how = briefing["text"].split("\n")
    assert chosen == "Dermot Keane, owner-driver: “Sixty days, not thirty”, level 2."
    assert case.startswith("You are Amina of Northgate Supplies. Keane Haulage is one man")
    assert "let's leave it there" in how
    assert "“coach,”" in how
    assert client["custom"]["name"] == "Dermot Keane"
    assert client["text"] == f"Dermot Keane (angry): “{chat.view['turns'][0]['text']}”"


def test_without_a_wish_the_one_that_fits_is_taken_with_its_reason(chat: Chat) -> None:
    briefing, _ = chat.start("let's rehearse")

    assert briefing["text"].split("\n")[0].endswith("You have not rehearsed it yet.")
    assert chat.view["mode"] == "practice"


def test_what_is_typed_is_the_trainees_turn_and_the_note_stands_apart(chat: Chat) -> None:
    chat.start()

    client, note = chat.say(HELLO, "greet_identify")

    assert kinds([client, note]) == ["client", "note"]
    assert 1 <= len(note["text"].split("\n")) <= 3
    assert note["custom"]["lines"] == note["text"].split("\n")
    assert client["custom"]["words"] not in note["text"]
    assert turns(chat)[1] == ("collector", HELLO)
    assert turns(chat)[2] == ("client", client["custom"]["words"])


def test_a_clear_move_is_a_turn_even_where_it_sounds_like_a_request(chat: Chat) -> None:
    chat.start()
    chat.assistant.will_hear_request("How can I help you?", "help", 1.0)

    answer = chat.say("How can I help you?", "open_question")

    assert kinds(answer) == ["client", "note"]
    sent = chat.assistant.sent[-2:]
    assert sent == [("How can I help you?", False), ("How can I help you?", True)]


def test_a_request_that_is_no_move_is_the_coachs_and_no_turn(chat: Chat) -> None:
    chat.start()
    chat.say(HELLO, "greet_identify")
    before = turns(chat)

    [hint] = chat.ask("I'm stuck", "ask_hint", 0.99)

    assert kinds([hint]) == ["hint"]
    assert turns(chat) == before


def test_who_begins_with_coach_is_answered_by_the_coach(chat: Chat) -> None:
    chat.start()
    meaning = "coach, what is a moratorium?"

    [answer] = chat.ask(meaning, "ask_meaning")
    [brief] = chat.ask("coach, who is this again?", "ask_brief")
    [aside] = chat.ask("coach, what can I offer Hartley?", "ask_options")

    assert answer["text"].startswith("Moratorium: ")
    assert brief["text"].startswith("Keane Haulage is one man")
    assert "let's leave it there" in aside["text"]
    assert "£" not in aside["text"]
    assert len(turns(chat)) == 1


def test_each_hint_gives_more_away_and_says_what_it_costs(chat: Chat) -> None:
    chat.start()
    hints = [chat.say("hint")[0] for _ in range(5)]

    assert [hint["custom"]["level"] for hint in hints[:4]] == [4, 3, 2, 1]
    assert "It costs 4 points." in hints[3]["text"]
    assert hints[4]["text"].startswith("You have the words already")
    chat.say(HELLO, "greet_identify")
    assert chat.say("hint")[0]["custom"]["level"] == 4
    assert [used["level"] for used in chat.view["hints"]] == [4, 3, 2, 1, 4]


def test_again_goes_back_before_the_last_turn_and_keeps_the_old_try(chat: Chat) -> None:
    chat.start()
    chat.say(HELLO, "greet_identify")
    first = chat.say("You have to pay.", "dismiss")[0]["text"]

    stands, client = chat.say("again")
    chat.say(SORRY, "acknowledge")

    assert stands["text"].endswith("level 2, before your turn 2. Dermot Keane said last:")
    assert client["custom"]["words"] == turns(chat)[2][1]
    assert turns(chat)[3] == ("collector", SORRY)
    assert turns(chat)[4][1] not in first
    assert [branch["name"] for branch in chat.view["branches"]] == ["b1", "b2"]


def test_again_before_any_turn_says_so(chat: Chat) -> None:
    chat.start()

    assert chat.say("again")[0]["text"].startswith("You have not said anything yet")


def test_the_end_has_score_one_to_keep_one_to_try_and_the_debrief(chat: Chat) -> None:
    chat.start()
    chat.say(HELLO, "greet_identify")
    chat.say(SORRY, "acknowledge")
    rehearsal = chat.assistant.rehearsal_id

    [end] = chat.say("let's leave it there")

    lines = end["text"].split("\n")
    assert lines[0].startswith("The call is over.")
    assert lines[1].startswith(f"Score: {chat.view['score']} of 100, ")
    assert [line.split(":")[0] for line in lines[2:4]] == ["Keep", "Try"]
    assert lines[4] == f"The debrief: /rehearse/{rehearsal}/debrief"
    assert end["custom"]["page"] == f"/rehearse/{rehearsal}/debrief"
    assert chat.view["status"] == "finished"


def test_after_the_end_again_retries_and_anything_else_is_the_coachs(chat: Chat) -> None:
    chat.start()
    chat.say(HELLO, "greet_identify")
    chat.say("let's leave it there")

    assert kinds(chat.say("again"))[-1] == "client"
    assert chat.view["status"] == "open"
    chat.say(SORRY, "acknowledge")
    chat.say("let's leave it there")
    [answer] = chat.say("what can I offer Hartley?")

    assert answer["text"] == "You asked: what can I offer Hartley?"
    assert chat.assistant.rehearsal_id is None


def test_a_client_who_hangs_up_ends_it_with_the_verdict(chat: Chat) -> None:
    chat.start("give me the angry haulier, level 3")
    for _ in range(20):
        said = chat.say("Pay today or I'll send somebody round.", "threaten", "pressure")
        if len(said) == 3:
            break

    assert kinds(said) == ["client", "note", "verdict"]
    assert "Dermot Keane hung up." in said[-1]["text"]
    assert "not passed yet" in said[-1]["text"]
    assert chat.view["status"] == "finished"


def test_nothing_said_is_not_scored_and_waits(chat: Chat) -> None:
    chat.start()

    [answer] = chat.say("stop")

    assert answer["text"].startswith("Nothing was said")
    assert chat.view["status"] == "open"


def test_a_pause_gives_the_chat_back_and_resuming_goes_on_at_the_same_turn(chat: Chat) -> None:
    chat.start()
    chat.say(HELLO, "greet_identify")
    before = chat.view

    assert f"/rehearse/{before['id']}" in chat.say("pause")[0]["text"]
    assert chat.say("what can I offer Hartley?")[0]["custom"] == {"kind": "echo"}
    stands, client = chat.ask("resume the rehearsal", "end_rehearsal")

    assert stands["text"].startswith("“Sixty days, not thirty”, level 2, before your turn 2.")
    assert client["custom"]["words"] == before["turns"][-1]["text"]
    assert chat.view == before


def test_one_begun_on_the_page_is_resumed_in_the_chat_and_the_other_way(chat: Chat) -> None:
    begun = chat.services.rehearsals.start(chat.sam, "cash-flow-cafe", level=1, seed=3)

    chat.ask("resume the rehearsal", "end_rehearsal")
    chat.say("Hello Marta.", "greet_identify")
    chat.services.rehearsals.take_turn(begun["id"], chat.sam, "What happened this month?")
    chat.say(SORRY, "acknowledge")

    own = [text for speaker, text in turns(chat) if speaker == "collector"]
    assert own == ["Hello Marta.", "What happened this month?", SORRY]


def test_one_that_was_finished_on_its_page_frees_the_chat(chat: Chat) -> None:
    chat.start()
    chat.say(HELLO, "greet_identify")
    chat.services.rehearsals.finish(chat.assistant.rehearsal_id or "", chat.sam)

    assert chat.say("what can I offer?")[0]["text"] == "You asked: what can I offer?"


def test_one_that_was_deleted_frees_the_chat(chat: Chat) -> None:
    chat.start()
    chat.services.rehearsals.delete(chat.assistant.rehearsal_id or "", chat.sam)

    assert chat.say("again")[0]["text"] == "You asked: again"


def test_a_second_process_goes_on_at_the_same_turn(
    chat: Chat, new_house: Callable[[], House]
) -> None:
    chat.start()
    chat.say(HELLO, "greet_identify")
    before = chat.view
    other = Chat(
        build_services(
            chat.services.settings, clock=FixedClock(), assistant=(after := ChattingAssistant())
        ),
        after,
        chat.sam,
    )
    after.rehearsals, after.practice = other.services.rehearsals, other.services.practice
    # The slot is kept by Rasa's tracker store, which a restart does not empty.
    after.rehearsal_id = chat.assistant.rehearsal_id

    assert other.view == before
    assert kinds(other.say(SORRY, "acknowledge")) == ["client", "note"]


def test_words_that_nobody_heard_are_kept_and_answered_when_they_are_sent_again(
    chat: Chat,
) -> None:
    chat.start()
    rehearsals, chat.assistant.rehearsals = chat.assistant.rehearsals, None

    [answer] = chat.say(HELLO, "greet_identify")
    assert kinds([answer]) == ["waiting"]
    assert "kept" in answer["text"]

    chat.assistant.rehearsals = rehearsals
    assert kinds(chat.say(HELLO, "greet_identify")) == ["client", "note"]
    assert len(turns(chat)) == 3


def test_an_exam_has_no_notes_and_refuses_hints_in_words(chat: Chat) -> None:
    briefing, _ = chat.start("the angry haulier as an exam")

    assert "It is an exam" in briefing["text"]
    assert kinds(chat.say(HELLO, "greet_identify")) == ["client"]
    assert chat.say("hint")[0]["text"] == "An exam has no hints."
    assert chat.assistant.rehearsal_id is not None


def test_what_is_set_is_rehearsed_for_the_assignment(chat: Chat, house: House) -> None:
    trainer = house.viewer("tess")
    chat.services.assignments.add(
        trainer, "cash-flow-cafe", due_on=FixedClock().today(), user="sam"
    )

    briefing, _ = chat.start("let's rehearse")

    assert "It is set for you, due " in briefing["text"]
    assert chat.view["assignment_id"] is not None


def test_three_dots_are_silence(chat: Chat) -> None:
    chat.start()

    chat.say("…")

    assert turns(chat)[1] == ("collector", "")


def test_another_one_may_be_asked_for_in_mid_call_and_the_first_waits(chat: Chat) -> None:
    chat.start()
    chat.say(HELLO, "greet_identify")
    first = chat.assistant.rehearsal_id

    briefing, _ = chat.ask("give me the café owner one instead", "start_rehearsal")

    assert briefing["text"].startswith("Marta Nowak, cafe owner: ")
    assert chat.services.rehearsals.view(first or "", chat.sam)["status"] == "open"


def test_nobody_practises_beside_a_live_call(chat: Chat) -> None:
    call = str(chat.services.calls.open_call("cli_hartley_joinery", chat.sam)["id"])
    chat.assistant.will_hear_request(ANGRY_HAULIER, "start_rehearsal")

    [answer] = chat.services.coach.ask(ANGRY_HAULIER, chat.sam, call)["messages"]

    assert answer["text"].startswith("A call is open here.")


def test_nothing_to_end_and_nothing_to_resume_are_said(chat: Chat) -> None:
    assert chat.ask("stop the practice", "end_rehearsal")[0]["text"].startswith("No rehearsal")
    assert "no unfinished" in chat.ask("resume the rehearsal", "end_rehearsal")[0]["text"]
