"""Takes names, numbers and addresses out of a whole call: the same name gives way to the same stand-in throughout.

The table of what was replaced is all there is to it: applied to the call as it was said, it gives the masked call, so a
person can take a replacement back, change one, or add one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.language.disguise import NUMBER, Replacement, disguise
from bot.core.language.known_names import CLIENT, PERSON, find_names
from bot.core.studio.names_heard import Named, names_heard

PLACE, ADDRESS, LINK = "place", "address", "link"

#: More than this is no call but a list.
MOST_REPLACEMENTS = 400

_FIRST = (
    *("Morgan", "Frankie", "Sasha", "Drew", "Jules", "Nicky", "Casey", "Ellis", "Rowan", "Bobbie"),
    *("Marlo", "Quinn", "Remy", "Toni", "Wren", "Arden", "Blair", "Corin", "Ellery", "Flynn"),
)
_LAST = (
    *("Ashdown", "Birtles", "Cottam", "Dewsnap", "Ellwand", "Fallows", "Gisborne", "Heskin"),
    *("Ibbotson", "Jagger", "Kershaw", "Lomax", "Midgley", "Naylor", "Oldroyd", "Pickles"),
    *("Quarmby", "Ramsden", "Sutcliffe", "Thewlis", "Uttley", "Varley", "Whiteley", "Yeadon"),
)
_FIRMS = (
    *("Haverstock", "Inglemoor", "Jessamy", "Kelderdale", "Lowforth", "Marlowe", "Netherby"),
    *("Ormsgate", "Penhallow", "Quernmore", "Ridgewell", "Stanmere", "Thornbeck", "Ulverley"),
)
#: The names that are looked for by themselves have at least so many letters.
_SHORT = 3
_PLAIN = frozenset(("supplies", "group"))
_PLACES = ("Ashby", "Brindley", "Cranmoor", "Dunsford", "Elmford", "Fernley", "Garside", "Hartsby")

_STREET = re.compile(
    r"\b(?:(?:[Uu]nit|[Ff]lat|[Ss]uite|[Aa]partment|[Aa]pt|[Bb]uilding|[Bb]lock) [\w-]{1,5},? )?(?:\d{1,4}[a-z]?,? )?"
    r"(?:(?:the|old|new|north|south|east|west|upper|lower|great|little|saint|st) ){0,4}"
    r"(?:[A-ZÀ-Þ][\w'’-]{1,40} ){1,3}(?:Road|Rd|Street|Lane|Avenue|Drive|Close|Crescent|Court|Gardens|Terrace|Place|Square|"
    r"Grove|Hill|Mews|Parade|Row|Walk|Way|Wharf|Yard|Park|Boulevard|Blvd|Industrial Estate|Trading Estate|Business Park|"
    r"Retail Park|Quay|Mill)\b"
)
#: Without capitals only a house number makes a lane an address.
_SMALL_STREET = re.compile(
    r"\b\d{1,4}[a-z]?,? (?:[a-z][\w'’-]{1,40} ){1,3}(?:road|street|lane|avenue|drive|close|crescent|court|gardens|terrace)\b"
)
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[\dW] ?[A-Z\d]{4}|[A-Z]{2} \d{5}(?:-\d{4})?)\b",
    re.I,
)
_LINK = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"“”]+|\b[\w-]{1,63}\.(?:co\.uk|com|org\.uk|ie|eu|net)\b", re.I
)
_EMAIL = re.compile(r"(?<![\w.+%'-])[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Masked:
    """Texts as they may be kept, and everything that was replaced in them."""

    texts: tuple[str, ...]
    replacements: tuple[Replacement, ...]


def mask(
    texts: Sequence[str], people: Iterable[str] = (), firms: Iterable[str] = (), seed: str = ""
) -> Masked:
    """Find what has to give way and put stand-ins in its place; `people` and `firms` are known to be named."""
    firm = [
        *(one for text in texts for one in _addresses(text)),
        *_numbers(texts, seed),
    ]
    # "Old Mill Lane" and "PO-88213" have capitals too, and are nobody.
    bare = apply(texts, [Replacement(one.kind, one.was, "0") for one in firm])
    named = names_heard(bare, people, firms)
    found: dict[str, Replacement] = {}
    for replacement in (*_names(bare, named), *firm):
        found.setdefault(replacement.was.casefold(), replacement)
    kept = list(found.values())[:MOST_REPLACEMENTS]
    used = _used(texts, kept)
    return Masked(apply(texts, kept), tuple(one for one in kept if one.was.casefold() in used))


def _numbers(texts: Sequence[str], seed: str) -> Iterator[Replacement]:
    """E-mails and numbers; an invoice that was named by its word is known without it from then on."""
    whole = "\n".join(texts)
    for text in texts:
        for one in disguise(text, seed=seed).replacements:
            yield one
            was, now = (re.findall(r"\S*\d\S*", side) for side in (one.was, one.now))
            is_sum = any(f"{sign}{was[0]}" in whole for sign in "£€$") if was else False
            if len(was) == len(now) == 1 and was[0] != one.was and len(was[0]) > 3 and not is_sum:
                yield Replacement(one.kind, was[0], now[0])


def _used(texts: Sequence[str], replacements: Sequence[Replacement]) -> set[str]:
    """What is really replaced: "hartley.co.uk" in an e-mail address goes with the address."""
    pattern = _pattern(one.was for one in replacements)
    return {m.group().casefold() for text in texts for m in pattern.finditer(text)}


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    # The longest first: "Dermot Keane" before "Dermot".
    parts = sorted({re.escape(was) for was in words if was.strip()}, key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(parts) or '(?!)'})(?![^\W_])", re.I)


def apply(texts: Sequence[str], replacements: Iterable[Replacement]) -> tuple[str, ...]:
    """The texts with every `was` replaced by its `now`, whole words only, whatever their capitals."""
    now = {one.was.casefold(): one.now for one in replacements if one.was.strip()}
    if not now:
        return tuple(texts)
    pattern = _pattern(now)

    def put(match: re.Match[str]) -> str:
        said, stand_in = match.group(), now[match.group().casefold()]
        return stand_in.lower() if said == said.lower() and said != said.upper() else stand_in

    return tuple(pattern.sub(put, text) for text in texts)


def counted(texts: Sequence[str], was: str) -> int:
    """How often something stands in the texts."""
    pattern = re.compile(rf"(?<![^\W_]){re.escape(was)}(?![^\W_])", re.I)
    return sum(len(pattern.findall(text)) for text in texts)


def _names(texts: Sequence[str], named: Named) -> Iterator[Replacement]:
    whole = "\n".join(texts)
    stand_ins = _StandIns(
        {
            word.casefold()
            for part in (named.people, named.firms)
            for n in part
            for word in n.split()
        }
    )
    for number, name in enumerate(_whole_names(named.people)):
        yield from _one(whole, PERSON, name, number, stand_ins)
    for number, name in enumerate(_whole_names(named.firms)):
        yield from _one(whole, CLIENT, name, number, stand_ins)
    for number, name in enumerate(named.places):
        yield Replacement(PLACE, name, _PLACES[number % len(_PLACES)])


def _one(
    whole: str, kind: str, name: str, number: int, stand_ins: _StandIns
) -> Iterator[Replacement]:
    """A name and its parts."""
    clients, people = ((name,), ()) if kind == CLIENT else ((), (name,))
    places = list(find_names(whole, clients, people, number))
    for found in places:
        now = stand_ins.own(found.stand_in, kind, name)
        yield Replacement(kind, whole[found.start : found.end], now)
    whole_names = {whole[one.start : one.end].casefold() for one in places}
    if kind == PERSON and " " in name and name.casefold() not in whole_names:
        # "Jo Marsh": a name of two letters is no word to look for by itself, unless it stands there with a capital.
        stand_in = stand_ins.own(
            f"{_FIRST[number % len(_FIRST)]} {_LAST[number % len(_LAST)]}", kind, name
        )
        yield Replacement(kind, name, stand_in)
        if len(name.split()[0]) < _SHORT:
            yield Replacement(kind, name.split()[0], stand_in.split()[0])
    if kind == CLIENT and not places:
        # Made of words of a trade alone, such as "The Print Group".
        yield Replacement(kind, name, stand_ins.own(f"{_FIRMS[0]} Group", kind, name))


class _StandIns:
    """Stand-ins that nobody in the call bears, and that no two share as long as there are enough."""

    def __init__(self, real: set[str]) -> None:
        self._owner = dict.fromkeys(real, "")
        self._instead: dict[tuple[str, str], str] = {}

    def own(self, stand_in: str, kind: str, name: str) -> str:
        """The stand-in with every word of it this name's own."""
        words = (
            self._word(word, _FIRMS if kind == CLIENT else _LAST if place else _FIRST, name)
            for place, word in enumerate(stand_in.split())
        )
        return " ".join(words)

    def _word(self, word: str, pool: Sequence[str], name: str) -> str:
        low = word.casefold()
        if low in _PLAIN or self._owner.setdefault(low, name) == name:
            return word
        key = (name, low)
        if key not in self._instead:
            free = (other for other in pool if other.casefold() not in self._owner)
            self._instead[key] = next(free, word)
            self._owner[self._instead[key].casefold()] = name
        other = self._instead[key]
        return other.lower() if word == low else other


def _whole_names(names: Sequence[str]) -> list[str]:
    """The names without those that are a part of a longer one."""
    low = [name.casefold().split() for name in names]
    return [
        name
        for name, words in zip(names, low, strict=True)
        if not any(words != other and _is_within(words, other) for other in low)
    ]


def _is_within(words: list[str], other: list[str]) -> bool:
    return len(words) < len(other) and all(word in other for word in words)


def _addresses(text: str) -> Iterator[Replacement]:
    for match in _EMAIL.finditer(text):
        yield Replacement("email", match.group(), "someone@example.com")
    for match in (*_STREET.finditer(text), *_SMALL_STREET.finditer(text)):
        yield Replacement(ADDRESS, match.group(), "12 Mill Lane")
    for match in _POSTCODE.finditer(text):
        if any(sign.isdigit() for sign in match.group()):
            yield Replacement(ADDRESS, match.group(), "ZZ1 1ZZ")
    for match in _LINK.finditer(text):
        yield Replacement(LINK, match.group(), "www.example.com")


#: The kinds in the order in which they are shown.
KINDS = (PERSON, CLIENT, PLACE, ADDRESS, "email", LINK, NUMBER)
