"""Plain words for moves, schedules and undertakings, as the client and the coach's note say them."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable
from datetime import date

from bot.core.account import Instalment
from bot.core.coaching.facts import day_in_words
from bot.core.labels import Move
from bot.core.rehearsal.protocol_words import RULE_WORDS

#: A day this near is called by its weekday.
_THIS_WEEK = 6
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

#: What a move is called after "You".
MOVE_WORDS: dict[str, str] = {
    Move.GREET_IDENTIFY: "said who you are",
    Move.ACKNOWLEDGE: "acknowledged it",
    Move.APOLOGISE: "apologised",
    Move.OPEN_QUESTION: "asked an open question",
    Move.PARAPHRASE: "said back what you heard",
    Move.EXPLAIN_TERMS: "explained it",
    Move.LOG_DISPUTE: "took the dispute in hand",
    Move.SEND_DOCUMENTS: "promised the document",
    Move.OFFER_PLAN: "proposed instalments",
    Move.OFFER_PART_PAYMENT: "proposed a part payment",
    Move.OFFER_CONCESSION: "proposed a concession",
    Move.SEEK_COMMITMENT: "asked for a commitment",
    Move.CONFIRM_AGREEMENT: "summed up what was agreed",
    Move.SET_BOUNDARY: "set a limit to the tone",
    Move.STATE_CONSEQUENCE: "named what follows",
    Move.ESCALATE: "offered to hand over",
    Move.SCHEDULE_FOLLOW_UP: "set the next contact",
    Move.CLOSE_POLITELY: "closed politely",
    Move.SIGNPOST: "pointed to help",
    Move.THREATEN: "threatened",
    Move.BLAME: "blamed",
    Move.DISMISS: "brushed it aside",
    Move.ARGUE: "argued",
    Move.PRESSURE: "pressed",
    Move.DISCLOSE: "spoke of the debt to the wrong person",
    Move.NEUTRAL: "kept the talk going",
}

#: What the client calls a thing that the collector undertook.
UNDERTAKING_WORDS: dict[str, str] = {
    Move.SEND_DOCUMENTS: "the paperwork you promised to send",
    Move.LOG_DISPUTE: "the dispute you were going to log",
    Move.ESCALATE: "passing me on to somebody senior",
    Move.SCHEDULE_FOLLOW_UP: "the call back you promised",
    Move.OFFER_CONCESSION: "what you said you'd take off",
    Move.APOLOGISE: "your apology",
}


def joined(words: Iterable[str]) -> str:
    """Words as a list in a sentence: `a, b and c`."""
    found = list(words)
    return " and ".join((", ".join(found[:-1]), found[-1])) if len(found) > 1 else "".join(found)


def moves_in_words(names: Iterable[str]) -> str:
    """What the trainee did as one sentence."""
    known = {**MOVE_WORDS, **RULE_WORDS}
    did = [known[name] for name in names if name in known and name != Move.NEUTRAL]
    return f"You {joined(dict.fromkeys(did))}." if did else ""


def count_word(count: int) -> str:
    """A small number as a word."""
    return _COUNTS[count] if count < len(_COUNTS) else str(count)


def when(day: date, today: date) -> str:
    """A day as it is said on the phone: `today`, `on Friday`, `on 18 December`."""
    ahead = (day - today).days
    if ahead == 0:
        return "today"
    if 0 < ahead <= _THIS_WEEK:
        return f"on {months.day_name[day.weekday()]}"
    return f"on {day_in_words(day, today)}"


def schedule_in_words(schedule: tuple[Instalment, ...], today: date) -> str:
    """A schedule as it is said, exact to the penny; equal payments are drawn together."""
    parts: list[str] = []
    start = 0
    while start < len(schedule):
        end = start
        while end + 1 < len(schedule) and schedule[end + 1].amount == schedule[start].amount:
            end += 1
        parts.append(_run(schedule[start : end + 1], today))
        start = end + 1
    return joined(parts)


def _run(run: tuple[Instalment, ...], today: date) -> str:
    amount = run[0].amount
    if len(run) == 1:
        return f"{amount} {when(run[0].due, today)}"
    days = when(run[0].due, today).removeprefix("on ")
    last = when(run[-1].due, today).removeprefix("on ")
    return f"{count_word(len(run))} payments of {amount} from {days} to {last}"
