"""Plain words of self-harm are never overlooked; idioms of the trade raise no alarm."""

from __future__ import annotations

import pytest

from bot.core.language.safety_words import danger_words

DANGER = [
    "I feel like killing myself",
    "i just want to end it all",
    "some days i dont want to be here anymore",
    "I don’t want to live like this",
    "i wish i was dead",
    "they'd be better off without me",
    "they are better off dead... i am",
    "i've been suicidal since the shop closed",
    "im thinking of ending it",
    "I might as well top myself",
    "there's no point in living",
    "i'll jump off a bridge and then you have your money",
    "my husband took his own life in march",
    "I wish I'd never woken up",
    "i want to die",
    "he tried to hang himself",
    "i took an overdose last week",
    "she has been self-harming",
    "i cant go on living like this",
    "what's the point in living",
    "i've nothing left to live for",
    "thought about suicide",
    "am gonna do away with meself",
    "i could slit my wrists",
    "honestly life would be a lot easier all round if I wasn't around",
    "if i just wasnt here any more it would all be over for them",
    "better for the kids if I was gone",
    "they'd all breathe easier, be happier, if ah wisnae here",
]
IDIOMS = [
    "",
    "it'd be easier if I wasn't here when the driver comes, so ring first",
    "sorry if I wasn't around when you called",
    "it would be better for everyone if the invoice was gone",
    "this is killing me",
    "you're killing me, you know that?",
    "I could kill him",
    "we'll finish it all by friday",
    "that would be commercial suicide",
    "it's financial suicide to sign that",
    "the driver hurt himself on your ramp",
    "i nearly died laughing",
    "dead stock",
    "the line went dead",
    "kicking myself for that one",
    "the deadline killed us",
    "i'd die of embarrassment",
    "end it all with you people, the whole contract",
    "the charges i took off myself",
    "cut myself shaving",
    "we're hanging on here",
    "kill the order",
    "over my dead body",
    "i want to diet",
]


@pytest.mark.parametrize("text", DANGER)
def test_words_of_self_harm_are_quoted(text: str) -> None:
    assert danger_words(text)
    assert danger_words(text.upper().replace("’", "'"))


@pytest.mark.parametrize("text", IDIOMS)
def test_idiom_raises_no_alarm(text: str) -> None:
    assert danger_words(text) == ""
