"""What the coach answers in the chat: from the account, the playbook and the rules, never from thin air."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.errors import InvalidInputError, NotFoundError, UnavailableError
from bot.services.coach_answers import WHICH_ACCOUNT, Answer, Asked
from tests.integration.services.conftest import HARTLEY, House

PENROSE = "cli_penrose_bakery"
PROTECTED = "cli_castlerigg_plumbing"


def ask(house: House, what: str, text: str, **about: Any) -> Answer:
    """One request of Sam's to the coach."""
    answer: Answer = getattr(house.services.answers, what)(Asked(text, house.sam, **about))
    return answer


@pytest.mark.parametrize(
    ("text", "account_id"),
    [
        ("brief me on the bakery", PENROSE),
        ("who are penrose & daughter", PENROSE),
        ("what do I need to know about Hartley?", HARTLEY),
        ("hartleys", HARTLEY),
        ("HARTLEY JOINERY LTD", HARTLEY),
        ("the joiners", HARTLEY),
        ("it's about invoice 4431", HARTLEY),
        ("invoice no. 4431 please", HARTLEY),
        ("the dentist I'm ringing next", "cli_millgate_dental"),
    ],
)
def test_a_client_is_found_by_name_trade_or_invoice(
    house: House, text: str, account_id: str
) -> None:
    assert ask(house, "brief", text).account_id == account_id


@pytest.mark.parametrize(
    "text",
    ["brief me", "the moon base", "invoice 999999", "", "💥", "%", "'; --", "ltd", "a" * 2000],
)
def test_words_that_name_nobody_are_asked_back(house: House, text: str) -> None:
    assert ask(house, "brief", text) == Answer(WHICH_ACCOUNT)


def test_words_that_fit_several_clients_are_asked_back_with_their_names(house: House) -> None:
    answer = house.services.answers.brief(Asked("the software people", house.omar))
    assert answer.account_id is None
    assert answer.text.startswith("Several clients fit: ")
    assert "Brightwell Analytics" in answer.text


def test_another_collectors_client_is_not_found(house: House) -> None:
    for words in ("brief me on Hartley Joinery Ltd", "invoice 4431", HARTLEY):
        answer = house.services.answers.brief(Asked(words, house.priya))
        assert "Hartley" not in answer.text
    with pytest.raises(NotFoundError):
        house.services.answers.brief(Asked("her", house.priya, account_id=HARTLEY))


def test_a_brief_says_who_how_much_and_how_to_open(house: House) -> None:
    answer = ask(house, "brief", "Hartley")
    assert "£14,250 overdue on three invoices" in answer.text
    assert "kept 4 of 5" in answer.text
    assert "Open with: “" in answer.text
    assert answer.document is not None
    assert answer.document["brief"]["opening_line"] in answer.text


def test_a_brief_says_once_that_the_account_is_paused(house: House) -> None:
    assert ask(house, "brief", "the bakery").text.count("Paused:") == 1
    assert "Do not collect" in ask(house, "brief", "castlerigg").text


def test_the_client_of_the_call_or_of_the_chat_is_meant_when_nobody_is_named(house: House) -> None:
    assert ask(house, "brief", "brief me", account_id=HARTLEY).account_id == HARTLEY
    assert ask(house, "options", "what can I offer", call_id=house.open()).account_id == HARTLEY
    named = ask(house, "brief", "and the bakery?", account_id=HARTLEY)
    assert named.account_id == PENROSE


def test_phrases_for_an_objection_name_the_figures_of_the_account(house: House) -> None:
    answer = ask(house, "phrase", "what do I say when Hartley moans about the late fee")
    assert "£70" in answer.text
    assert "Then ask: “" in answer.text
    assert answer.document is not None
    assert answer.document["label"] == "terms_dispute"


def test_phrases_without_an_account_name_no_figures(house: House) -> None:
    answer = ask(house, "phrase", "what do I say when they refuse to pay")
    assert (answer.account_id, answer.document) == (None, {"label": "refusal"})
    assert answer.text.count("“") >= 3
    assert not [sign for sign in ("£", "{", "invoice 4") if sign in answer.text]


def test_in_a_call_the_objection_heard_last_is_meant(house: House) -> None:
    call = house.open()
    house.client(call, "not paying, full stop", "refusal", heat=1)
    answer = ask(house, "phrase", "what do I say now", call_id=call)
    assert answer.document is not None
    assert answer.document["label"] == "refusal"


def test_an_objection_that_is_not_named_is_asked_for(house: House) -> None:
    answer = ask(house, "phrase", "what do I say")
    assert answer.text.startswith("To which objection?")


@pytest.mark.parametrize("about", [{}, {"account_id": HARTLEY}])
def test_words_for_a_client_in_danger_are_the_protocol(house: House, about: dict[str, str]) -> None:
    answer = ask(house, "phrase", "he says he wants to kill himself, he's suicidal", **about)
    assert answer.text.startswith("BLAKE")
    assert "1. Breathe." in answer.text
    assert "£" not in answer.text
    assert house.account().protections.vulnerable_since is None


def test_options_are_those_of_the_account(house: House) -> None:
    answer = ask(house, "options", "what can I offer Hartley")
    assert "(yours to give)" in answer.text
    assert "(needs supervisor)" in answer.text
    assert "(closed): Risk class B" in answer.text
    assert answer.document is not None
    assert {option["currency"] for option in answer.document["options"]} == {"GBP"}


def test_no_options_on_a_protected_account(house: House) -> None:
    answer = ask(house, "options", "options", account_id=PROTECTED)
    assert answer.text.startswith("Somebody acts for the client")
    assert "(yours to give)" not in answer.text


def test_whether_it_goes_up_depends_on_the_call(house: House) -> None:
    assert ask(house, "escalation", "shall I escalate Hartley").text.startswith("Not yet.")
    call = house.open()
    house.client(call, "the administrators are in", "insolvency")
    answer = ask(house, "escalation", "shall I escalate", call_id=call)
    assert answer.text.startswith("Yes, now")
    house.services.calls.escalate(call, house.sam)
    again = ask(house, "escalation", "and now?", call_id=call)
    assert again.text.startswith("It has been handed over.")


def test_without_an_account_the_directory_says_who_helps(house: House) -> None:
    answer = ask(house, "escalation", "who deals with a solicitor's letter")
    assert answer.text.startswith("Legal contact: ") or answer.text == WHICH_ACCOUNT
    assert ask(house, "escalation", "who looks at late fee cases").text.startswith("Credit manager")


def test_terms_are_explained_in_plain_words(house: House) -> None:
    answer = ask(house, "meaning", "what is a moratorium?")
    assert answer.text.startswith("Moratorium: ")
    assert "To a client say “" in answer.text
    assert ask(house, "meaning", "unallocated, what's that").text
    unknown = ask(house, "meaning", "flux capacitor")
    assert unknown.text.startswith("I do not have that term.")


def test_the_hint_is_the_next_step_of_a_good_call(house: House) -> None:
    assert ask(house, "hint", "what next").text.startswith("Start with who you are")
    call = house.open()
    steps = [
        ("good morning, am I speaking to Ruth?", "greet_identify", "Acknowledge first"),
        ("that must be hard", "acknowledge", "Ask one open question"),
        ("what happened?", "open_question", "Name one option"),
        ("three payments?", "offer_plan", "Ask for a sum and a day"),
        ("can you do Friday?", "seek_commitment", "Read the agreement back"),
        ("so 2,000 on Friday", "confirm_agreement", "Thank them"),
    ]
    for text, label, following in steps:
        house.collector(call, text, label)
        assert ask(house, "hint", "what next", call_id=call).text.startswith(following)


def test_feedback_counts_what_was_heard(house: House) -> None:
    assert ask(house, "feedback", "how am I doing").text.startswith("I have not heard a call")
    call = house.open()
    house.client(call, "you robbers", "abuse", heat=3)
    house.collector(call, "I can hear you're angry", "acknowledge")
    house.collector(call, "calm down then", "dismiss")
    house.client(call, "all right", "accept_offer")

    text = ask(house, "feedback", "how did it go").text
    assert "4 turns, 2 of them the client's." in text
    assert "Heat went from abusive to calm, at its highest abusive." in text
    assert "Keep: you acknowledged before you asked." in text
    assert "Try: a calmer line where I heard brushed aside (once)." in text


def test_the_chat_passes_a_request_on_with_its_secrets_masked(house: House) -> None:
    answer = house.services.coach.ask("note card 4111 1111 1111 1111 please", house.sam)
    [(text, conversation, call)] = house.assistant.asked
    assert "1111" not in text
    assert conversation == "chat_usr_sam_2026-11-20"
    assert call is None
    assert answer["messages"] == [{"text": f"You asked: {text}", "custom": {"kind": "echo"}}]


def test_each_call_has_a_chat_of_its_own(house: House) -> None:
    call = house.open()
    house.services.coach.ask("what next", house.sam, call)
    assert house.assistant.asked[-1][1:] == (f"chat_usr_sam_{call}", call)
    with pytest.raises(NotFoundError):
        house.services.coach.ask("what next", house.priya, call)


@pytest.mark.parametrize("text", ["", " \n", "\x00", "a" * 2_001])
def test_a_request_is_words_and_not_a_book(house: House, text: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        house.services.coach.ask(text, house.sam)
    assert refused.value.field == "text"
    assert house.assistant.asked == []


def test_a_coach_that_is_off_says_so(house: House) -> None:
    house.assistant.is_on = False
    with pytest.raises(UnavailableError):
        house.services.coach.ask("hello", house.sam)


def test_advice_on_an_account_needs_no_call_and_leaves_no_trace(house: House) -> None:
    before = house.account()
    for words in ("she just died", "2,000 on Friday"):
        ask(house, "phrase", f"what do I say to Hartley: {words}")
    assert house.account() == before
