"""Makes text of a file's bytes, and tells every line that YAML could not hold."""

from __future__ import annotations

import re

from bot.core.errors import ContentError, Fault

LARGEST_FILE = 1_000_000

#: So many faults of one sort are told line by line; more would only hide the others.
MOST_TOLD = 50

#: What YAML does not allow anywhere in a text; escaped it comes in all the same.
UNSEEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAB_INDENT = re.compile(r"^( *\t[ \t]*)(?=\S)", re.M)

#: How wide an editor may have shown a tab; the first that gives YAML is used to look further.
_TAB_WIDTHS = (2, 4, 8)


def decoded(raw: bytes | str, file: str) -> str:
    """The text with plain line ends; ContentError when it is too large or not UTF-8, with every such line."""
    if isinstance(raw, str):
        raw = raw.encode("utf-8", "surrogatepass")
    if len(raw) > LARGEST_FILE:
        raise refusal(file, 1, "The file is larger than 1 MB.", "Split it into smaller files.")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        rows = enumerate(raw.split(b"\n"), 1)
        lines = [number for number, row in rows if not _is_utf8(row)]
        raise ContentError(
            tuple(_told(file, lines, "The file is not UTF-8.", "Save it as UTF-8."))
        ) from None


def text_faults(text: str, file: str) -> list[Fault]:
    """Every line with a tab before its first word, or with a character that YAML does not allow."""
    lines = text.split("\n")
    tabs = [n for n, line in enumerate(lines, 1) if _TAB_INDENT.match(line)]
    strange = [n for n, line in enumerate(lines, 1) if UNSEEN.search(line)]
    return [
        *_told(file, tabs, "The line is indented with a tab.", "Indent with spaces."),
        *_told(
            file,
            strange,
            "The file holds a character that YAML does not allow.",
            "Remove what is not to be seen here.",
        ),
    ]


def mended(text: str) -> tuple[str, ...]:
    """What a text with such faults was meant to be, likeliest first, so that the rest of it can be looked at."""
    plain = UNSEEN.sub(" ", text)
    return tuple(dict.fromkeys(_untabbed(plain, width) for width in _TAB_WIDTHS))


def _untabbed(text: str, width: int) -> str:
    return _TAB_INDENT.sub(lambda match: match[1].expandtabs(width), text)


def refusal(file: str, line: int, message: str, remedy: str) -> ContentError:
    """A single fault as an error."""
    return ContentError((Fault(file, line, message, remedy),))


def _told(file: str, lines: list[int], message: str, remedy: str) -> list[Fault]:
    found = [Fault(file, line, message, remedy) for line in lines[:MOST_TOLD]]
    if len(lines) > MOST_TOLD:
        more = f"The same is true of {len(lines) - MOST_TOLD} more lines."
        found.append(Fault(file, lines[MOST_TOLD], more, remedy))
    return found


def _is_utf8(row: bytes) -> bool:
    try:
        row.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
