"""Two witnesses for what a turn does: the label and the words; where they disagree, a rule decides."""

from __future__ import annotations

import pytest

from bot.core.labels import Speaker
from bot.core.rehearsal.client_acts import acts_of_client
from bot.core.rehearsal.collector_acts import Before, acts_of_collector
from bot.core.rehearsal.scorecard import ScoredTurn

LATER = Before(own_turns=2)


def us(text: str, before: Before = LATER, **sure: float) -> set[str]:
    turn = ScoredTurn(4, Speaker.COLLECTOR, text, tuple(sure), confidence=sure)
    return set(acts_of_collector(turn, text, before))


def them(text: str, *, was_asked: bool = False, heat: int = 0, **sure: float) -> set[str]:
    turn = ScoredTurn(3, Speaker.CLIENT, text, tuple(sure), heat, confidence=sure)
    return set(acts_of_client(turn, text, was_asked))


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("That sounds really hard.", "acknowledge"),
        ("Thank you for telling me.", "acknowledge"),
        ("I'm sorry we got that wrong.", "apologise"),
        ("What would have to happen for it to be paid?", "open_question"),
        ("whats holding it up on your side", "open_question"),
        ("If I've understood you, the pallets were crushed.", "paraphrase"),
        ("I'll log a dispute on those five sheets.", "log_dispute"),
        ("I'll e-mail you a copy of the invoice.", "send_documents"),
        ("Could you pay £500 on Friday?", "seek_commitment"),
        ("Shall we split it into three payments of £200?", "offer_plan"),
        ("I can waive the late fee.", "offer_concession"),
        ("I'll ring you back on Thursday.", "schedule_follow_up"),
        ("I'm passing you to my supervisor.", "escalate"),
        ("National Debtline is free.", "signpost"),
        ("Calm down.", "argue"),
        ("That's not my problem.", "dismiss"),
        ("You people are all the same.", "blame"),
        ("Put it on your credit card.", "pressure"),
        ("We'll send someone round tonight.", "threaten"),
    ],
)
def test_plain_words_show_an_act_that_no_label_names(text: str, act: str) -> None:
    assert act in us(text)


@pytest.mark.parametrize(
    ("text", "heard", "sure"),
    [
        ("I understand, but it has to be paid.", "acknowledge", 0.9),
        ("It goes to our legal team on Friday.", "escalate", 0.9),
        ("Could you send it across today?", "send_documents", 0.99),
        ("I can't take the fee off.", "offer_concession", 0.97),
        ("Nobody goes to prison over this.", "threaten", 0.98),
        ("What could you spare without leaving yourself short?", "pressure", 0.95),
        ("I'm sorry, I can't discuss it with you.", "disclose", 0.9),
        ("That must be hard. What happened?", "blame", 0.7),
        ("Morning!", "confirm_agreement", 0.4),
    ],
)
def test_words_speak_against_a_label_that_was_misheard(text: str, heard: str, sure: float) -> None:
    assert heard not in us(text, **{heard: sure})


def test_a_disclosure_needs_somebody_who_may_not_hear_it() -> None:
    text = "There's £740 outstanding on the account."

    assert "disclose" in us(text, Before(2, "", is_other=True), disclose=0.9)
    assert "disclose" not in us(text, Before(2, "", confirmed=True), disclose=0.9)
    assert "disclose" in us("Tell him he owes £740.", Before(2, "", confirmed=True), disclose=0.9)


def test_a_question_about_the_weather_opens_nothing() -> None:
    assert "open_question" not in us("Hello Jo, how was the holiday?", Before(), open_question=0.9)
    assert "open_question" not in us("And how's the silage going?", neutral=0.9)


def test_saying_back_the_clients_words_is_an_echo() -> None:
    before = Before(2, "We're waiting on the main contractor until the 14th.")

    assert "echo" in us("Right, waiting on your contractor until the 14th.", before)
    assert "echo" not in us("Right, so when can you pay?", before)


@pytest.mark.parametrize(
    ("label", "plain", "stray"),
    [
        ("vulnerability", "I buried my wife on Tuesday.", "Slow season, mate, the road is up."),
        ("third_party", "I'm his wife, he's at work.", "I'm a roofer, not a barrister."),
        ("insolvency", "The administrators came in.", "If I let them down that's me finished."),
        ("wrong_contact", "I only do the phones, sorry.", "Nobody. I rang you. Four times."),
    ],
)
def test_a_label_that_changes_the_call_needs_a_second_witness(
    label: str, plain: str, stray: str
) -> None:
    assert label in them(plain, **{label: 0.5})
    assert label not in them(stray, **{label: 0.7, "cash_flow": 0.7})


def test_words_of_self_harm_need_no_label() -> None:
    assert "vulnerability" in them("I want to end it all.")


def test_a_bare_yes_counts_only_as_an_answer_and_only_when_it_is_one() -> None:
    assert "accept_offer" in them("Okay, yes.", was_asked=True)
    assert "accept_offer" not in them("Okay, yes.")
    assert "accept_offer" not in them("Yes, but not that much.", was_asked=True)
    assert "accept_offer" not in them("Right, is that so?", was_asked=True)
    assert "accept_offer" not in them("Fine.", was_asked=True, heat=2)


def test_a_promise_needs_a_day_or_a_sum() -> None:
    assert "promise_to_pay" in them("I'll pay it on Friday.")
    assert "promise_to_pay" not in them("I'll pay it.")
    assert "promise_to_pay" not in them(
        "I'll get my solicitor onto you on Friday.", legal_threat=0.9
    )


def test_thanks_for_nothing_is_no_relief() -> None:
    assert "eased" in them("Thanks, that helps.")
    assert "eased" not in them("Thanks for nothing.")
