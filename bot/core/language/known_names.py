"""Finds the names of a client and its people in a turn, and made-up names to put in their place.

Rules
- A client's whole name counts, with or without its legal form, and each word of it that is no word of a trade.
- A person counts by the whole name, the first name and the surname.
- Words that are also ordinary ("will", "little", "mark") count only with a capital inside a sentence.
- Recognisers print no capitals: every other word counts however it is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

CLIENT, PERSON = "client", "person"

_FIRMS = ("Alderton", "Brackwell", "Corlesse", "Denholme", "Elmsgarth", "Fenwythe", "Gosforde")
_FIRST_NAMES = ("Jo", "Lee", "Alex", "Robin", "Kim", "Charlie", "Billie", "Ashley")
_SURNAMES = ("Aldous", "Benning", "Carrick", "Dunning", "Everly", "Farrow", "Garland", "Hobday")

_LEGAL_FORMS = """
ltd limited plc llp llc inc incorporated corp gmbh dac dba ta ek kg mbb ug ag co company the and of und in
administration liquidation receivership
"""
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "madam"))
#: Words that say what somebody trades in or is, and so name nobody.
_TRADE_WORDS = """
account accounts accountant admin agency analytics auto bakery bakers bar bay bookkeeper bookings brewery bros
brothers builder builders building buyer cafe café cars care centre charity church civil cleaning clinic clothing
coach coaches communications community construction contract contractors co-operative council county courier
couriers creamery credit dairy daughter daughters day dental department design desk digital director district
electrical energy engineering estate events family farm farms field finance fishmongers fitness florist food foods
freight freelance garage gardens grill group guest hall hardware haulage head health heating holdings home homes
hotel house industrial industries international joinery kitchen kitchens kettle law library logistics manager
management marketing media medical mill motors network nurseries nursery office organic outfitters owner park
partner partners partnership payable payroll pharmacy physiotherapy plant plastics plumbing practice precision
primary print printing printers products property purchase purchasing reception receivables rental repair
restaurant retail robotics roofing sales school service services shop society software solicitors solutions son
sons stores storage studio supplies supply support surgery systems team tech technology textiles tooling town
trading transport travel treasurer trust union valley veterinary village warehouse wholesale wines works
"""
#: Words that are names to one and ordinary to all others.
_ORDINARY_WORDS = """
acorns april art august autumn back bank best bill bird black blue bright bring brook brown cash castle cedar chase
church click copper corner cotton cross dale dawn dean drew early east end faith fall field first fisher flower fox
frank free gene general gold golden good grace grand grant gray great green grey gull hand harbour hardy harry hill
holly home hope horn hunt iron ironside island ivy jack joy june just king knight know lake law light little long
main major mark marsh mason may mesa miles mill miller moon moore more morning new noble north oak old pat peace
penny pink poor prairie pride prime prince price queen quick rain ray red rich ridge right river rob rock rose round
royal ruby rush sage sand sandy sea sharp sharpe short silver small smart snow south sparkle sparks spring star
steel stone storm strong sue summer sun swift tidal true wade ward water way wells west white will wise wood woods
worth young
"""
_LEGAL, _TRADE, _ORDINARY = (
    frozenset(words.split()) for words in (_LEGAL_FORMS, _TRADE_WORDS, _ORDINARY_WORDS)
)
_JOINTS = frozenset(("and", "und"))
_PARTS = re.compile(r"\s*(?:\bt/a\b|\btrading as\b|\bdba\b|\bd/b/a\b|[(),;])\s*", re.I)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE_START = re.compile(r"(?:^|[.!?…]\s*[\"'“”]?)\s*$")
#: What may stand between two words of a name: "Smith & Sons", "hartleyjoinery", "Hartley-Joinery".
_BETWEEN = r"(?:[\W_]*(?:and|und)?[\W_]*)"
_FORM = r"(?:[\W_]+(?:ltd|limited|plc|llp|llc|inc|gmbh|dac)\b\.?)?"
_SHORTEST = 3


@dataclass(frozen=True)
class Found:
    """A name in the turn and what may stand there instead."""

    kind: str
    start: int
    end: int
    stand_in: str


def find_names(
    text: str, clients: Sequence[str], people: Sequence[str], choice: int = 0
) -> Iterator[Found]:
    """Every place where a known name is said, the longest names first; `choice` picks among the stand-ins."""
    parts = [part for name in clients for part in _PARTS.split(name) if part]
    taken = {word for name in (*parts, *people) for word in _words(name)}
    firm = _pick(_FIRMS, taken, choice)
    for part in parts:
        yield from _client(text, part, firm)
    for number, person in enumerate(dict.fromkeys(people)):
        first = _pick(_FIRST_NAMES, taken, choice + number)
        last = _pick(_SURNAMES, taken, choice + number)
        yield from _person(text, person, first, last)


def _client(text: str, name: str, firm: str) -> Iterator[Found]:
    words = [word for word in _words(name) if word not in _JOINTS]
    while words and words[-1] in _LEGAL:
        words.pop()
    while words and words[0] in _LEGAL:
        words.pop(0)
    if len(words) > 1 or (words and words[0] not in _TRADE | _ORDINARY):
        yield from _places(text, CLIENT, words, f"{firm} Supplies" if len(words) > 1 else firm)
    for word in words:
        if len(word) > _SHORTEST and word not in _TRADE | _LEGAL:
            yield from _places(text, CLIENT, [word], firm)


def _person(text: str, name: str, first: str, last: str) -> Iterator[Found]:
    words = [word for word in _words(name) if word not in _TITLES]
    known = [word for word in words if len(word) >= _SHORTEST and word not in _TRADE | _LEGAL]
    if len(known) > 1:
        yield from _places(text, PERSON, words, f"{first} {last}")
    for word in known:
        yield from _places(text, PERSON, [word], first if word == words[0] else last)


def _places(text: str, kind: str, words: Sequence[str], stand_in: str) -> Iterator[Found]:
    alone = len(words) == 1 and words[0] in _ORDINARY
    for match in _pattern(kind, tuple(words)).finditer(text):
        said = match.group()
        if alone and not (said[0].isupper() and _is_inside(text, match.start())):
            continue
        # "hartleyjoinery" in an address is one word, and so is what stands for it.
        now = stand_in if " " in said else stand_in.split()[0]
        yield Found(kind, *match.span(), now.lower() if said == said.lower() else now)


@lru_cache(maxsize=4096)  # the same people are looked for in every turn of a list
def _pattern(kind: str, words: tuple[str, ...]) -> re.Pattern[str]:
    spelled = _BETWEEN.join(_spellings(word) for word in words)
    form = _FORM if kind == CLIENT else ""
    return re.compile(rf"(?<![^\W_]){spelled}(?:(?=['’]s\b)|(?![^\W_])){form}", re.I)


def _is_inside(text: str, at: int) -> bool:
    return not _SENTENCE_START.search(text[:at])


def _spellings(word: str) -> str:
    """The word with either apostrophe or none, and without the accents that recognisers leave out."""
    forms = {word, _bare(word)}
    return "(?:" + "|".join(sorted(re.escape(w).replace("'", "['’]?") for w in forms)) + ")"


def _bare(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word)
    return "".join(c for c in parts if not unicodedata.combining(c))


def _words(name: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _NAME_WORD.findall(name)]


def _pick(names: Sequence[str], taken: set[str], choice: int) -> str:
    free = [name for name in names if name.lower() not in taken] or list(names)
    return free[choice % len(free)]
