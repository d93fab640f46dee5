"""Reads a call that somebody pasted: who said what, with every line where that is only a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.core.corrections import one_line
from bot.core.errors import InvalidInputError, TooLargeError
from bot.core.labels import Speaker
from bot.core.language.redact import redact
from bot.core.studio.pasted_files import Row
from bot.core.studio.pasted_rows import rows_of

#: A call of an hour has a quarter of this.
MOST_CHARACTERS = 400_000
MOST_TURNS = 600
#: What somebody says in one breath at most; longer turns are cut between pieces, or between words.
_LONGEST = 2_000
#: Longer than this no word is, and no address of a page that anybody reads out; what is longer is cut.
_ENDLESS = re.compile(r"\S{200}(?=\S)")

_CLIENT = re.compile(r"\b(?:client|customer|cust|debtor|caller|buyer|external|callee|them)\b", re.I)
_COLLECTOR = re.compile(
    r"\b(?:collector|agent|advis[eo]r|rep|representative|operator|me|us|you|staff|controller|credit control|employee|"
    r"host|internal)\b",
    re.I,
)
#: Words that one side of such a call says and the other hardly ever.
_COLLECTS = re.compile(
    r"\b(?:calling (?:from|about|regarding)|ringing (?:from|about)|am i (?:speaking|talking)|our records|our system|"
    r"credit control|accounts (?:team|department)|overdue|outstanding|fell due|still open|i can hear|i understand|"
    r"i'?m sorry to hear|could you (?:pay|make|manage)|can you (?:pay|make)|when can we expect|would you be able|"
    r"shall (?:i|we)|i can (?:offer|send|do)|we can offer|thank you for|let me (?:look|check|note)|i'?ll (?:send|note|log)|"
    r"how (?:would|does) that|what happened|payment today)\b",
    re.I,
)
_OWES = re.compile(
    r"\b(?:you people|you lot|your (?:invoice|driver|company|lot|price|bill|delivery|people)|who'?s (?:calling|this)|"
    r"i'?m not paying|not paying|haven'?t got|can'?t pay|never (?:got|received|had|agreed)|my (?:boss|accountant|"
    r"solicitor|bookkeeper)|speak to your|put me through|leave me|stop (?:ringing|calling)|next week|i'?ll pay|"
    r"waiting to get paid|send me|the cheque)\b",
    re.I,
)


@dataclass(frozen=True)
class PastedTurn:
    """One turn: who (a guess where `is_sure` is false), the words, and the line it began on."""

    speaker: Speaker
    text: str
    line: int
    is_sure: bool = True


@dataclass(frozen=True)
class PastedCall:
    """A call that was pasted; `names` stood over its turns, `reordered` tells that its times were out of order."""

    turns: tuple[PastedTurn, ...]
    names: tuple[tuple[str, Speaker], ...] = ()
    reordered: bool = False

    @property
    def unclear(self) -> tuple[int, ...]:
        """The lines where the speaker is a guess."""
        return tuple(turn.line for turn in self.turns if not turn.is_sure)


def read_pasted(text: str) -> PastedCall:
    """Read a call in any of the usual forms; InvalidInputError when nobody says anything in it."""
    if len(text) > MOST_CHARACTERS:
        raise TooLargeError(
            f"A call has {MOST_CHARACTERS // 1000} kB at most. Paste the part that matters.",
            field="text",
        )
    rows = [replace(row, text=_clean(row.text)) for row in rows_of(_without_oddities(text))]
    rows = [row for row in rows if row.text]
    if not rows:
        raise InvalidInputError(
            "There is no talk in this. Paste the call with one turn a line.", field="text"
        )
    ordered = _in_time(rows)
    turns, names = _spoken(ordered)
    joined = in_breaths(_joined(turns) if any(row.name for row in ordered) else turns)
    if len(joined) > MOST_TURNS:
        raise TooLargeError(
            f"A call has {MOST_TURNS} turns at most. Paste the part that matters.", field="text"
        )
    return PastedCall(tuple(joined), names, ordered != rows)


def in_breaths(turns: Iterable[PastedTurn]) -> list[PastedTurn]:
    """The turns, those that nobody says in one breath cut between words."""
    return [replace(turn, text=piece) for turn in turns for piece in _pieces(turn.text)]


def _pieces(text: str) -> list[str]:
    found = [""]
    for word in text.split(" ") if len(text) > _LONGEST else ():
        if found[-1] and len(found[-1]) + len(word) >= _LONGEST:
            found.append(word)
        else:
            found[-1] = f"{found[-1]} {word}".strip()
    return found if found[-1] else [text]


def _without_oddities(text: str) -> str:
    """The text without halves of emoji, marks that cannot be seen, and old line ends."""
    kept = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    kept = re.sub(r"[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00]", "", kept)
    return kept.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")


def _clean(text: str) -> str:
    return _ENDLESS.sub(r"\g<0> ", redact(one_line(text))[0])


def _in_time(rows: list[Row]) -> list[Row]:
    """By their times, where every row has one; recorders of two channels write one after the other."""
    if any(row.at is None for row in rows):
        return rows
    return sorted(rows, key=lambda row: row.at or 0.0)


def _spoken(
    rows: Sequence[Row],
) -> tuple[list[PastedTurn], tuple[tuple[str, Speaker], ...]]:
    names = list(dict.fromkeys(row.name for row in rows if row.name))
    if not names:
        return _by_turns(rows), ()
    who = _who(names, rows)
    turns: list[PastedTurn] = []
    for row in rows:
        speaker, is_sure = who.get(row.name, (Speaker.CLIENT, False))
        if not row.name and turns:
            speaker, is_sure = _other(turns[-1].speaker), False
        turns.append(PastedTurn(speaker, row.text, row.line, is_sure))
    people = tuple((name, who[name][0]) for name in names if _by_word(name) is None)
    return turns, people


def _by_turns(rows: Sequence[Row]) -> list[PastedTurn]:
    """Nobody is named: the two take turns, and who began is told by what is said."""
    even = _leaning(row.text for row in rows[0::2])
    odd = _leaning(row.text for row in rows[1::2])
    first = Speaker.COLLECTOR if even > odd else Speaker.CLIENT
    order = (first, _other(first))
    return [PastedTurn(order[n % 2], row.text, row.line, False) for n, row in enumerate(rows)]


def _who(names: Sequence[str], rows: Sequence[Row]) -> dict[str, tuple[Speaker, bool]]:
    """Who each name is: by its own word, as the other side of a known one, or by what is said under it."""
    who = {name: (speaker, True) for name in names if (speaker := _by_word(name)) is not None}
    unknown = [name for name in names if name not in who]
    sides = {speaker for speaker, _ in who.values()}
    if not unknown:
        return who
    if len(sides) == 1:
        return {**who, **dict.fromkeys(unknown, (_other(next(iter(sides))), True))}
    leanings = {name: _leaning(row.text for row in rows if row.name == name) for name in unknown}
    if sides:
        # Both are known, so these are others: a colleague, or somebody who picked up.
        for name, leaning in leanings.items():
            who[name] = (Speaker.COLLECTOR if leaning > 0 else Speaker.CLIENT, False)
        return who
    ranked = sorted(unknown, key=lambda name: leanings[name], reverse=True)
    # One voice alone is the client's until somebody says otherwise.
    collector = ranked[0] if len(ranked) > 1 else None
    is_sure = len(ranked) > 1 and leanings[ranked[0]] - leanings[ranked[1]] >= 2
    for name in unknown:
        who[name] = (Speaker.COLLECTOR if name == collector else Speaker.CLIENT, is_sure)
    return who


def _by_word(name: str) -> Speaker | None:
    if _CLIENT.search(name):
        return Speaker.CLIENT
    return Speaker.COLLECTOR if _COLLECTOR.search(name) else None


def _leaning(texts: Iterable[str]) -> int:
    """How much this sounds like a collector (above nothing) or a client (below)."""
    whole = " ".join(texts)
    return len(_COLLECTS.findall(whole)) - len(_OWES.findall(whole))


def _other(speaker: Speaker) -> Speaker:
    return Speaker.COLLECTOR if speaker is Speaker.CLIENT else Speaker.CLIENT


def _joined(turns: Sequence[PastedTurn]) -> list[PastedTurn]:
    """Pieces of one speaker in a row are one turn, as long as somebody could say it in one."""
    found: list[PastedTurn] = []
    for _, group in groupby(turns, key=lambda turn: (turn.speaker, turn.is_sure)):
        pieces = list(group)
        last = pieces[0]
        for piece in pieces[1:]:
            if len(last.text) + len(piece.text) > _LONGEST:
                found.append(last)
                last = piece
            else:
                last = replace(last, text=f"{last.text} {piece.text}")
        found.append(last)
    return found
