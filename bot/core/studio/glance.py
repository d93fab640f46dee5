"""What a list shows of a document, taken from its text line by line, so that faulty drafts have a title too."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from bot.core.studio.kinds import DocumentName

#: Longer texts are cut for a list, and so is a title that somebody pasted a page into.
_LONGEST_TITLE = 200

# Each pattern looks a bounded way ahead: a draft may be one line of a million characters.
_TOP = re.compile(r"^([a-z_]{1,40}):([^\n]*)$", re.M)
_COMMENT = re.compile(r"(?:^|[ \t])#.*$")
_HEAT = re.compile(r"\bheat:[ \t]*(?:\[([0-3, ]*)\]|([0-3])\b)")
_LINE_ID = re.compile(
    r"\bid:[ \t\"']{0,9}[\w.-]{1,80}[\"']?,[^\n]{0,80}?\btext:|^[ \t]{1,20}text:", re.M
)
_LEVELS = re.compile(r"[1-9]")
_HEATS = re.compile(r"[0-3]")
_EXAMPLES = re.compile(r"^examples:[^\n]*\n((?:[ \t#-][^\n]*\n?|\n)*)", re.M)
#: What no page can show, or what turns its words round; escapes bring it in.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_TITLE_KEYS = ("title", "name")


@dataclass(frozen=True)
class Glance:
    """A document at a glance; `by_heat` counts its lines for each heat from 0 to 3."""

    title: str
    objection: str | None = None
    levels: tuple[int, ...] = ()
    persona: str | None = None
    lines: int = 0
    by_heat: tuple[int, int, int, int] = (0, 0, 0, 0)
    examples: int = 0

    def coverage(self) -> dict[str, Any]:
        """How many lines there are, by heat, and how many examples for the ear."""
        return {"lines": self.lines, "by_heat": list(self.by_heat), "examples": self.examples}


def glance(name: DocumentName, text: str) -> Glance:
    """Look at a document's text without reading it as YAML."""
    top = {
        key: _UNSEEN.sub(" ", _plain(value.strip())).strip()
        for key, value in reversed(_TOP.findall(text))
    }
    found = _EXAMPLES.search(text)
    examples = found[1] if found else ""
    spoken = text.replace(examples, "", 1) if examples else text
    return Glance(
        title=_title(name, top),
        objection=top.get("objection") or None,
        levels=tuple(int(digit) for digit in _LEVELS.findall(top.get("levels", ""))[:9]),
        persona=top.get("persona") or None,
        lines=len(_LINE_ID.findall(spoken)),
        by_heat=_by_heat(spoken),
        examples=len(re.findall(r"\btext:", examples)),
    )


def _title(name: DocumentName, top: dict[str, str]) -> str:
    for key in _TITLE_KEYS:
        if top.get(key):
            return top[key][:_LONGEST_TITLE]
    return name.slug.replace("_", " ").replace("-", " ").capitalize()


def _plain(value: str) -> str:
    """A value on one line without its quotes; nothing for one that goes on below."""
    if value.startswith('"'):
        try:
            read, _ = json.JSONDecoder().raw_decode(value)
        except ValueError:
            return value.strip('"')
        return str(read)
    if value.startswith("'"):
        return value[1 : value.rfind("'") or None].replace("''", "'")
    return "" if value[:1] in (">", "|", "{", "&", "*") else _COMMENT.sub("", value).strip()


def _by_heat(text: str) -> tuple[int, int, int, int]:
    counts = [0, 0, 0, 0]
    for several, one in _HEAT.findall(text):
        for digit in set(_HEATS.findall(several or one)):
            counts[int(digit)] += 1
    return counts[0], counts[1], counts[2], counts[3]
