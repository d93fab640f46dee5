"""Calls with their labels written by hand: what the rubric is tried on without a recogniser."""

from __future__ import annotations

from bot.core.labels import Speaker
from bot.core.rehearsal.rubric import score
from bot.core.rehearsal.scorecard import Scorecard, ScoredTurn
from bot.core.rehearsal.situation import Situation

Row = tuple[str, str, str] | tuple[str, str, str, int]


def turns_of(*rows: Row) -> tuple[ScoredTurn, ...]:
    """Rows of "us" or "them", the words, the labels in one text, and the heat of a client turn."""
    found = []
    for index, row in enumerate(rows):
        speaker = Speaker.COLLECTOR if row[0] == "us" else Speaker.CLIENT
        names = tuple(row[2].split())
        heat = row[3] if len(row) == 4 else 0
        found.append(
            ScoredTurn(
                index,
                speaker,
                row[1],
                names,
                heat if speaker is Speaker.CLIENT else None,
                confidence=dict.fromkeys(names, 0.95),
            )
        )
    return tuple(found)


def scored(*rows: Row, situation: Situation | None = None) -> Scorecard:
    return score(turns_of(*rows), situation)


def rules_met(card: Scorecard, skill: str) -> set[str]:
    return {reason.rule for reason in card.skill(skill).reasons}


BRIEF: tuple[Row, ...] = (
    ("us", "Good morning, Amina at Northgate, is that Dermot? It's about invoice 4417 for £4,750.", "greet_identify"),
    ("them", "Speaking. We've not been paid ourselves, it's tight.", "cash_flow", 1),
    ("us", "That's a hard spot to be in, thanks for telling me straight. What would have to happen for you to pay?", "acknowledge open_question"),
    ("them", "Our own customer pays on the 10th.", "neutral"),
    ("us", "So you're waiting on your customer until the 10th. Could you pay £1,000 today and £3,750 on 12 December?", "paraphrase offer_part_payment"),
    ("them", "Yes, that'd work.", "accept_offer"),
    ("us", "So that's £1,000 today by card and £3,750 on 12 December. I'll e-mail it now. Thanks Dermot, take care.", "confirm_agreement send_documents close_politely"),
)  # fmt: skip

SUGARY: tuple[Row, ...] = (
    ("us", "Hello Sandra, it's Lou from Pearl Linen, I do hope you're well!", "greet_identify"),
    ("them", "We're really stretched this month, I'm afraid.", "cash_flow", 1),
    ("us", "Oh, I'm so sorry to hear that, that must be so hard. I really do understand.", "acknowledge"),
    ("them", "It's been awful.", "neutral"),
    ("us", "I can imagine, it sounds so stressful. You're doing amazingly. Don't you worry about a thing.", "acknowledge"),
    ("them", "Thanks, that's kind.", "neutral"),
    ("us", "You look after yourself, lovely. It was so nice talking to you. Take care!", "close_politely"),
)  # fmt: skip

RUDE: tuple[Row, ...] = (
    ("us", "Northgate Supplies. You still haven't paid invoice 4417.", "greet_identify"),
    ("them", "We've not been paid ourselves, it's tight.", "cash_flow", 1),
    ("us", "That's not my problem, is it. When can you pay?", "dismiss seek_commitment"),
    ("them", "Did you hear what I said?", "neutral", 2),
    ("us", "I heard. Calm down. You should have thought of that before you ordered.", "argue blame"),
    ("them", "Do what you like. I'm done with you.", "refusal", 2),
)  # fmt: skip

DISPUTE: tuple[Row, ...] = (
    ("us", "Good afternoon, Tom from Hexley Timber, is that Dave? It's about invoice 88.", "greet_identify"),
    ("them", "You've charged me for forty sheets and we had thirty-five.", "invoice_dispute", 2),
    ("us", "Thirty-five, not forty. I can see why that's annoying. Who signed for them on the day?", "paraphrase acknowledge open_question"),
    ("them", "My lad did.", "neutral", 1),
    ("us", "Thanks. I'm logging a dispute for the five sheets, £190 on hold. Can you pay the £1,330 that isn't in dispute on Friday?", "log_dispute seek_commitment"),
    ("them", "Aye, I'll pay the rest Friday.", "promise_to_pay accept_offer"),
    ("us", "So £1,330 on Friday, £190 on hold, and I'll ring you Wednesday with what the docket says. Thanks, Dave.", "confirm_agreement schedule_follow_up close_politely"),
)  # fmt: skip

BEREAVED: tuple[Row, ...] = (
    ("us", "Good morning, Anna from Fenland Feeds, is that Mr Petrie?", "greet_identify"),
    ("them", "Speaking. I buried my wife on Tuesday. I've not opened a letter in weeks.", "vulnerability"),
    ("us", "I'm so sorry for your loss. There's nothing you need to do about the account today. Is somebody with you?", "acknowledge"),
    ("them", "My daughter is.", "neutral"),
    ("us", "I'm glad. I'll pass this to our support team, who will write to you, and put everything on hold. Take care of yourself.", "escalate close_politely"),
)  # fmt: skip
