"""What somebody wishes to rehearse, from their own words: a client, an objection, a temper, a level, an exam."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.coaching.topics import Topics
from bot.core.labels import FAMILY_OF, Family, Objection
from bot.core.rehearsal.record import Mode
from bot.core.rehearsal.repertoire import Repertoire
from bot.core.rehearsal.scenario import Scenario

#: From this temper on the client is angry (heat 2), below the other calm (heat 0).
_ANGRY, _CALM = 50, 25

_HEATED = re.compile(
    r"\b(angry|angriest|furious|shout\w*|rude|hostile|aggressive|abusive|nasty|unpleasant|swear\w*|cross|raging"
    r"|roaring|kicking off|hot.?head\w*|bad.?tempered)\b",
    re.IGNORECASE,
)
_QUIET = re.compile(r"\b(calm|polite|nice|friendly|quiet|gentle)\b", re.IGNORECASE)
_LEVELS = (
    (1, re.compile(r"\blevel (1|one)\b|\b(easy|easier|easiest|beginner)\b", re.IGNORECASE)),
    (2, re.compile(r"\blevel (2|two)\b|\b(medium|middling)\b", re.IGNORECASE)),
    (
        3,
        re.compile(
            r"\blevel (3|three)\b|\b(hard|harder|hardest|tough|tougher|toughest|difficult)\b",
            re.IGNORECASE,
        ),
    ),
)
_FAMILIES = (
    (Family.CASH_FLOW_HARDSHIP, re.compile(r"\b(hardship|short of money)\b", re.IGNORECASE)),
    (Family.DISPUTED_TERMS, re.compile(r"\b(dispute[sd]?|disputing)\b", re.IGNORECASE)),
    (Family.AVOIDANCE, re.compile(r"\b(avoid\w*|dodg\w*)\b", re.IGNORECASE)),
    (Family.HOSTILITY, re.compile(r"\b(hostile|hostility)\b", re.IGNORECASE)),
    (Family.PROTECTED, re.compile(r"\bprotected?\b", re.IGNORECASE)),
)
_EXAM = re.compile(r"\bexam(ine)?\b", re.IGNORECASE)

#: Words that a wish consists of whatever is wished for, or that many clients share.
_EMPTY_WORDS = """
a an the one ones me my i im you your give with to of for on at in and or who what whats is it its this that
be do lets let us can could please practise practice rehearse rehearsal role play client customer caller call
somebody someone want like try another again more not no level now next ltd limited group company owner name
says said have has had never sole trader up out off there how much if as was own about over some any cash flow carry
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


@dataclass(frozen=True)
class Wish:
    """A scenario that was asked for, or None for the one that fits; the level and mode if they were named."""

    scenario_id: str | None = None
    level: int | None = None
    mode: str | None = None


def wish(
    text: str, repertoire: Repertoire, topics: Topics, attempts: Mapping[str, int] | None = None
) -> Wish:
    """Find what fits the words best; of equals the one that was taken least, then the hottest."""
    mode = Mode.EXAM.value if _EXAM.search(text) else None
    level = next((number for number, words in _LEVELS if words.search(text)), None)
    taken = attempts or {}
    scored = [
        (_fit(text, scenario, repertoire, topics), scenario)
        for scenario in repertoire.scenarios.values()
    ]
    best = max((points for points, _ in scored), default=0)
    found = [scenario for points, scenario in scored if points == best and points > 0]
    if _HEATED.search(text) or _QUIET.search(text):
        wanted = found or list(repertoire.scenarios.values())
        found = [s for s in wanted if _at_temper(text, s, repertoire, level)] or found
    if not found:
        return Wish(None, level, mode)
    chosen = min(found, key=lambda s: (taken.get(s.id, 0), -_temper(s, repertoire, 2), s.id))
    if level is None:
        level = _at_temper(text, chosen, repertoire, None)
    return Wish(chosen.id, level if level in chosen.levels else None, mode)


def _fit(text: str, scenario: Scenario, repertoire: Repertoire, topics: Topics) -> int:
    """How well the words fit; the whole title decides, then who it is, then the objection, then the case."""
    plain = _plain(text)
    if f" {_plain(scenario.title)} " in f" {plain} ":
        return 100
    persona, account = repertoire.persona_of(scenario), scenario.account
    person = (persona.id.replace("-", " "), persona.name, persona.role, scenario.contact.role)
    case = (scenario.title, account.name, account.industry)
    said = {word for word in plain.split() if not _HEATED.fullmatch(word)} - _EMPTY
    of_person = len(said & _words_of(person))
    return 6 * of_person + 2 * len(said & _words_of(case)) + _on_topic(text, scenario, topics)


def _words_of(texts: tuple[str, ...]) -> set[str]:
    return {word for text in texts for word in _plain(text).split()}


def _on_topic(text: str, scenario: Scenario, topics: Topics) -> int:
    plain = _plain(text).replace("_", " ")
    named = next((o for o in Objection if f" {o.value.replace('_', ' ')} " in f" {plain} "), None)
    topic = named.value if named else topics.find(text)
    if topic is None or topic not in {o.value for o in Objection}:
        family = next((family for family, words in _FAMILIES if words.search(text)), None)
        return 2 if family is scenario.family else 0
    label = Objection(topic)
    if scenario.objection is label:
        return 4
    return 1 if FAMILY_OF[label] is scenario.family else 0


def _at_temper(
    text: str, scenario: Scenario, repertoire: Repertoire, level: int | None
) -> int | None:
    """The lowest level, or the level named, at which the client has the temper asked for; None when at none."""
    levels = scenario.levels if level is None else (level,) if level in scenario.levels else ()
    tempers = {number: _temper(scenario, repertoire, number) for number in levels}
    if _HEATED.search(text):
        return next((number for number, temper in tempers.items() if temper >= _ANGRY), None)
    if _QUIET.search(text):
        return next((number for number, temper in tempers.items() if temper < _CALM), None)
    return None


def _temper(scenario: Scenario, repertoire: Repertoire, level: int) -> int:
    return repertoire.persona_of(scenario).temper.start.get(level, 0)


def _plain(text: str) -> str:
    cleaned = re.sub(r"[^\w\s-]", "", text.casefold()).replace("-", " ")
    return " ".join(_stem(word) for word in cleaned.split())


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
