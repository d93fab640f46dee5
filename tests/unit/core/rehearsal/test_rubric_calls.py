"""Whole calls through the rubric: what is rewarded, what is not, and what fails whatever the sum."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.rehearsal.rubric import HOUSE_RUBRIC, score
from bot.core.rehearsal.situation import Situation
from tests.unit.core.rehearsal.calls import (
    BEREAVED,
    BRIEF,
    DISPUTE,
    RUDE,
    SUGARY,
    Row,
    rules_met,
    scored,
    turns_of,
)


def test_a_brief_efficient_and_kind_call_reaches_ninety() -> None:
    card = scored(*BRIEF)

    assert card.total >= 90
    assert card.outcome == "plan"
    assert card.passed


def test_sweet_words_that_achieve_nothing_stay_below_sixty() -> None:
    card = scored(*SUGARY)

    assert card.total < 60
    assert card.skill("empathy").points >= 80
    assert "nothing_achieved" in {ceiling.rule for ceiling in card.ceilings}


def test_sweet_words_that_only_put_it_off_stay_below_sixty() -> None:
    card = scored(
        *SUGARY[:-1], ("us", "I'll ring you again next week, lovely.", "schedule_follow_up")
    )

    assert card.outcome == "follow_up"
    assert card.total < 60


def test_a_rude_call_fails() -> None:
    card = scored(*RUDE)

    assert card.total < 30
    assert card.outcome == "hung_up"


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("If you don't, we'll send the bailiffs round tonight.", "threaten"),
        ("Perhaps I should tell your customers that you don't pay.", ""),
        ("I could let your neighbours know what you owe.", ""),
        ("You'll end up in prison over this.", ""),
    ],
)
def test_one_threat_fails_the_kindest_call(words: str, label: str) -> None:
    card = scored(*BRIEF[:-1], ("us", f"{words} {BRIEF[-1][1]}", f"{BRIEF[-1][2]} {label}"))

    assert card.total <= HOUSE_RUBRIC.blocked
    assert not card.passed
    assert [blocker.rule for blocker in card.blockers] == ["threaten"]
    assert card.blockers[0].quote in words


@pytest.mark.parametrize(
    "words",
    [
        "Nobody goes to prison over this, I promise.",
        "There won't be any bailiffs at your door.",
        "I'm not going to take your van or your house.",
    ],
)
def test_taking_a_fear_away_is_no_threat(words: str) -> None:
    card = scored(*BRIEF[:-1], ("us", f"{words} {BRIEF[-1][1]}", f"{BRIEF[-1][2]} threaten"))

    assert card.blockers == ()


def test_a_lawful_consequence_stated_late_earns_and_stated_first_costs() -> None:
    ask: Row = (
        "us",
        "I hear you. What has to happen for it to be paid?",
        "acknowledge open_question",
    )
    warn: Row = (
        "us",
        "If nothing is agreed, the next step is a formal demand in writing.",
        "state_consequence",
    )
    stall: Row = ("them", "Try me again next week.", "stalling")

    late = scored(BRIEF[0], stall, ask, stall, warn, stall)
    early = scored(BRIEF[0], stall, warn, stall, ask, stall)

    assert "lawful_warning" in rules_met(late, "firmness")
    assert "warned_too_early" in rules_met(early, "firmness")
    assert late.blockers == early.blockers == ()


def test_telling_a_third_party_is_a_blocker_though_no_label_says_so() -> None:
    card = scored(
        ("us", "Hello, Ruth from Lowry's, is that Mr Gallagher?", "greet_identify"),
        ("them", "No, I'm his wife, he's at work.", "third_party"),
        ("us", "He's three months behind with us, it's £1,200 now.", "neutral"),
        ("them", "He never told me.", "neutral"),
    )

    assert "disclose" in {blocker.rule for blocker in card.blockers}
    assert card.total <= HOUSE_RUBRIC.blocked


def test_naming_the_sum_to_the_debtor_is_no_disclosure() -> None:
    card = scored(
        ("us", "Good morning, is that Mr Petrie? It's Anna from Fenland Feeds.", "greet_identify"),
        ("them", "Speaking.", "neutral"),
        ("us", "It's about your account, there's £740 outstanding. Is something wrong with it?", "disclose open_question"),
        ("them", "No, I forgot. I'll pay it on Friday.", "promise_to_pay"),
        ("us", "Thanks, £740 on Friday then. Bye now.", "confirm_agreement close_politely"),
    )  # fmt: skip

    assert card.blockers == ()


def test_a_protocol_kept_passes_without_a_penny() -> None:
    card = scored(*BEREAVED)

    assert card.outcome == "protocol"
    assert card.total >= 85


def test_money_asked_for_under_a_protocol_is_a_blocker() -> None:
    card = scored(
        *BEREAVED[:-1], ("us", "Could you still pay £200 of it today?", "offer_part_payment")
    )

    assert "money_in_protocol" in {blocker.rule for blocker in card.blockers}
    assert card.total <= HOUSE_RUBRIC.blocked


def test_a_payment_that_the_client_offers_may_be_taken_down() -> None:
    card = scored(
        *BEREAVED[:3],
        ("them", "I can pay £20 on Friday, I'd rather.", "promise_to_pay"),
        ("us", "Only if it's easy. Shall I note £20 for Friday? And I'll pass this to our support team.", "seek_commitment escalate"),
    )  # fmt: skip

    assert card.blockers == ()


def test_the_situation_may_name_the_protection_that_no_word_shows() -> None:
    ask: Row = ("us", "Could you pay £1,000 today?", "offer_part_payment")
    known = scored(*BRIEF[:4], ask, situation=Situation(protected="vulnerability"))

    assert {blocker.rule for blocker in known.blockers} == {"money_in_protocol"}
    assert scored(*BRIEF[:4], ask).blockers == ()


def test_a_dispute_is_to_be_logged() -> None:
    with_log = scored(*DISPUTE)
    plain = ("us", "I see. Can you pay the invoice on Friday?", "seek_commitment")
    without = scored(*DISPUTE[:4], plain, *DISPUTE[5:6], ("us", "Thanks. Bye.", "close_politely"))

    assert with_log.total >= 90
    assert "recorded" in rules_met(with_log, "process")
    assert "not_recorded" in rules_met(without, "process")
    assert with_log.total > without.total


def test_what_the_client_says_decides_the_outcome() -> None:
    refused = (*BRIEF[:5], ("them", "No, I can't do that, not a chance.", "decline_offer", 2))
    agreed, hotter = scored(*BRIEF), scored(*refused, BRIEF[-1])

    assert agreed.outcome == "plan"
    assert hotter.outcome != "plan"
    assert hotter.total < agreed.total


def test_acknowledging_before_the_options_earns_more_than_after() -> None:
    angry: Row = ("them", "This is a disgrace, third time this month!", "invoice_dispute", 2)
    ear: Row = ("us", "I can hear how fed up you are, and I'm sorry.", "acknowledge")
    offer: Row = (
        "us",
        "Could you do £500 on Friday and the rest on the 20th?",
        "offer_part_payment",
    )
    yes: Row = ("them", "Fine, yes.", "accept_offer")

    first = scored(BRIEF[0], angry, ear, angry, offer, yes)
    after = scored(BRIEF[0], angry, offer, angry, ear, yes)

    assert first.skill("empathy").points > after.skill("empathy").points
    assert "options_before_ear" in rules_met(after, "empathy")


def test_a_boundary_at_heat_three_earns_and_an_argument_costs() -> None:
    abuse: Row = ("them", "You thieving parasite, clear off.", "abuse", 3)
    calm: Row = (
        "us",
        "I want to sort this out with you, and I can if we keep it civil. What went wrong?",
        "set_boundary open_question",
    )
    tit: Row = ("us", "Don't you speak to me like that. How dare you.", "argue")

    assert "boundary" in rules_met(scored(BRIEF[0], abuse, calm, *BRIEF[3:]), "firmness")
    assert "argued" in rules_met(scored(BRIEF[0], abuse, tit, *BRIEF[3:]), "composure")


def test_a_manager_asked_for_twice_is_given_and_not_before_listening() -> None:
    ask: Row = ("them", "I want your manager.", "manager_request", 2)
    give: Row = (
        "us",
        "I'm passing you to my supervisor now, she'll ring you by eleven.",
        "escalate schedule_follow_up",
    )
    stay: Row = (
        "us",
        "I'm sorry it has come to this. What has happened?",
        "acknowledge open_question",
    )
    plain: Row = ("them", "I haven't got round to it.", "stalling")

    due = scored(BRIEF[0], ask, stay, ask, give, ("them", "Right.", "neutral"))
    refused = scored(BRIEF[0], ask, stay, ask, BRIEF[4], ("them", "No.", "decline_offer", 2))
    early = scored(BRIEF[0], plain, give, ("them", "Oh.", "neutral"))

    skill = "escalation_judgement"
    assert due.skill(skill).points == 100
    assert refused.skill(skill).points < 50
    assert "too_early" in rules_met(early, skill)


def test_longer_is_not_better() -> None:
    chat: tuple[Row, ...] = (
        ("us", "Lovely weather for it today, isn't it, I was saying so this morning.", "neutral"),
        ("them", "It is.", "neutral"),
    )

    assert scored(*BRIEF[:-1], *chat * 10, BRIEF[-1]).total <= scored(*BRIEF).total


@pytest.mark.parametrize(
    ("rows", "ceiling"),
    [
        ((("us", "Hm okay.", "neutral"), ("them", "Hi.", "neutral")), "too_little"),
        (
            tuple(
                row
                for _ in range(4)
                for row in (
                    ("us", "Purple sideways banjo the lamp under seven fish wardrobe.", "neutral"),
                    ("them", "What?", "neutral"),
                )
            ),
            "nonsense",
        ),
        (BRIEF[0::2], "one_sided"),
    ],
)
def test_too_little_or_nonsense_scores_low_and_says_why(
    rows: tuple[Row, ...], ceiling: str
) -> None:
    card = scored(*rows)

    assert card.total <= 30
    assert ceiling in {c.rule for c in card.ceilings}
    assert next(c.note for c in card.ceilings) in card.summary


def test_no_turns_at_all_score_and_crash_nothing() -> None:
    assert score(()).total <= HOUSE_RUBRIC.too_little


def test_the_weights_of_a_situation_decide() -> None:
    only = Situation(weights={"empathy": 1})

    assert scored(*SUGARY, situation=only).uncapped == scored(*SUGARY).skill("empathy").points


def test_hints_take_their_cost_off_the_total() -> None:
    assert scored(*BRIEF, situation=Situation(hints_cost=12)).total == scored(*BRIEF).total - 12


@pytest.mark.parametrize(("good", "bad"), [(BRIEF, RUDE), (DISPUTE, RUDE), (BRIEF, SUGARY)])
def test_one_label_in_seven_missed_changes_no_verdict(
    good: tuple[Row, ...], bad: tuple[Row, ...]
) -> None:
    for offset in range(7):
        well, badly = (_deafened(rows, offset) for rows in (good, bad))
        assert score(well).total >= HOUSE_RUBRIC.pass_mark, offset
        assert score(badly).total < 60, offset


def _deafened(rows: tuple[Row, ...], offset: int) -> tuple:  # type: ignore[type-arg]
    """The turns without every seventh label."""
    place = 0
    found = []
    for turn in turns_of(*rows):
        kept = []
        for name in turn.names:
            kept += [name] if place % 7 != offset else []
            place += 1
        found.append(replace(turn, names=tuple(kept)))
    return tuple(found)


def test_every_point_names_its_rule_and_where_a_turn_earned_it_its_words() -> None:
    rows = DISPUTE
    card = scored(*rows)

    for skill in card.skills:
        for reason in skill.reasons:
            assert reason.rule
            if reason.turn is not None:
                words = " ".join(rows[reason.turn][1].split())
                assert reason.quote in words
