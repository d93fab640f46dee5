"""Takes a pasted transcript apart into rows of who, when and what, whatever program or person wrote it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.studio.pasted_files import Row, rows_of_program, seconds

_CLOCK = r"\d{1,2}(?::\d\d){1,2}(?:[.,]\d+)?(?: ?[ap]\.?m\.?)?"
_STAMP = re.compile(rf"^\s*[\[(<]?\s*(?P<at>{_CLOCK})\s*[\])>]?\s*(?:[-–—|,:]\s*)?", re.I)
#: Columns stand apart by less; the patterns below are slow where nothing but space is to be seen.
_WIDE = re.compile(r"([ \t]{20})[ \t]+")
_DECORATION = re.compile(r"^[\s>*_#•·\-–—]+|[*_]+$")
_WORD = r"[^\W_][\w.'’&/-]*"
_NAME = rf"(?P<name>{_WORD}(?: {_WORD}){{0,3}}(?: ?\([^)\n]{{1,24}}\))?)"
#: "Client: …", "Client (00:12): …", "**Client:** …", "[Client] …", "<Client> …"
_COLON = re.compile(
    rf"^[*_\[<(]{{0,3}}{_NAME}[*_\]>)]{{0,3}}\s*(?:[\[(]?{_CLOCK}[\])]?)?\s*[:：][*_]{{0,2}}(?:\s+|$)(?P<text>.*)$",
    re.I,
)
_BRACKETED = re.compile(rf"^[\[<]{_NAME}[\]>]\s+(?P<text>.+)$")
_DASHED = re.compile(rf"^{_NAME}(?:\s+[-–—>|]+\s+|\t+)(?P<text>.+)$")
#: "Amina Shah  0:12", the words on the lines below: the way meeting recorders write.
_HEADING = re.compile(rf"^{_NAME}[\s,·-]+[\[(]?(?P<at>{_CLOCK})[\])]?$", re.I)
#: What stands at the top of a recording and is nobody's name.
_ABOUT = re.compile(
    r"^(?:date|time|duration|length|call(?: ?id| ?ref(?:erence)?)?|call (?:date|time|started|ended)|subject|title|topic|"
    r"notes?|summary|transcript(?:ion)?|started|ended|file|phone|tel(?:ephone)?|number|ref(?:erence)?|recording|"
    r"participants?|attendees|queue|agent id|customer id|language|status|outcome|disposition)$",
    re.I,
)
_EVENT = re.compile(r"^[\[(*][^\])*]{0,60}[\])*]$")
#: A name that stands for so many lines need not be known.
_OFTEN, _MOST_LINES, _MOST_NAMES = 2, 0.6, 6


def rows_of(text: str) -> list[Row]:
    """The rows of a transcript in the order in which it has them."""
    found = rows_of_program(text)
    return _plain(text) if found is None else found


# Plain text


@dataclass(frozen=True)
class _Read:
    """One line with what may be a name before its words."""

    number: int
    at: float | None
    rest: str
    name: str
    text: str
    is_loose: bool
    is_heading: bool = False


def _plain(text: str) -> list[Row]:
    read = [one for one in _read_lines(text) if one is not None]
    accepted = _accepted(read)
    found: list[Row] = []
    for one in read:
        if one.name in accepted:
            found.append(Row(one.name, one.text, one.number, one.at))
        elif found and accepted:
            last = found[-1]
            joined = f"{last.text} {one.rest}".strip()
            found[-1] = Row(last.name, joined, last.line, last.at)
        else:
            found.append(Row("", one.rest, one.number, one.at))
    return [row for row in found if row.text.strip()]


def _read_lines(text: str) -> Iterator[_Read | None]:
    for number, line in enumerate(text.splitlines(), 1):
        bare = _DECORATION.sub("", _WIDE.sub(r"\1", line)).strip()
        stamp = _STAMP.match(bare)
        rest = bare[stamp.end() :] if stamp else bare
        at = seconds(stamp["at"]) if stamp else None
        if not rest or _EVENT.match(rest):
            continue
        heading = _HEADING.match(rest)
        if heading:
            yield _Read(number, seconds(heading["at"]), "", heading["name"], "", False, True)
            continue
        named = _COLON.match(rest) or _BRACKETED.match(rest)
        dashed = None if named else _DASHED.match(rest)
        match = named or dashed
        name = match["name"].strip() if match else ""
        if name and _ABOUT.match(name):
            continue
        said = match["text"] if match else ""
        yield _Read(number, at, rest, name, said, dashed is not None)


def _accepted(read: Sequence[_Read]) -> frozenset[str]:
    """The names that are names: known ones, repeated ones, or all where nearly every line begins with one."""
    named = [one for one in read if one.name]
    count = Counter(one.name for one in named)
    plain = [one for one in named if not one.is_loose]
    is_usual = len(plain) >= _MOST_LINES * max(1, len(read))
    headings = [one for one in named if one.is_heading]
    # "See you Friday 10:30" is a heading once; a recorder writes them over every turn.
    is_headed = len(headings) >= _OFTEN and len({one.name for one in headings}) <= _MOST_NAMES
    roles = {one.name for one in named if is_role(one.name)}
    # Where two roles are named, "I told you: no" is what somebody says.
    is_usual = is_usual and len(roles) < 2
    found = set()
    for one in named:
        if one.is_heading:
            if is_headed and (is_role(one.name) or one.name.istitle()):
                found.add(one.name)
        elif (
            is_role(one.name)
            or (is_usual and not one.is_loose)
            or (count[one.name] >= _OFTEN and (not one.is_loose or len(count) <= _MOST_NAMES))
        ):
            found.add(one.name)
    return frozenset(found)


_WORD_OF_ROLE = (
    r"(?:client|customer|cust|debtor|caller|buyer|collector|agent|advis[eo]r|rep|representative|operator|staff|controller|"
    r"credit control|employee|host|speaker|external|internal|callee)"
)
_ROLE = re.compile(
    rf"(?:the )?{_WORD_OF_ROLE} ?\d*(?: ?[-(].*|(?: \w+){{0,2}})|\w+(?: \w+)? ?[-(] ?{_WORD_OF_ROLE}\)?|me|us|you|them",
    re.I,
)


def is_role(name: str) -> bool:
    """Whether a name over a turn says what somebody is."""
    return bool(_ROLE.fullmatch(name.strip()))
