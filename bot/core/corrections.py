"""A turn that was misheard, what it should have been, and the training line that comes of it.

Rules
- A line has words, and no more of them than a person says in one breath.
- It carries labels of its own speaker; `neutral` and `out_of_scope` stand alone.
- A client's line has a heat from 0 to 3, nobody else's has one.
- Square and curly brackets and a leading "/" mean something to Rasa's reader, so no line has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.core.errors import InvalidInputError
from bot.core.labels import SILENT, Heat, Speaker, labels_of
from bot.core.reading import HeardLabel

#: A training line is one turn; what is longer is several of them.
MAX_LINE_CHARACTERS = 600

#: How a line may be said.
STYLES = ("clean", "asr", "terse", "rambling", "regional", "nonnative")

UNKNOWN_INDUSTRY = "unknown"

#: Who wrote the line: nobody did, it was said and then corrected.
VOICE = "corrected"

_ALONE = frozenset(signal.value for signal in SILENT)
_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")
_MARKS = re.compile(r"[\[\]{}\\]")
_TERSE, _RAMBLING = 5, 45


@dataclass(frozen=True)
class Correction:
    """What people say that a turn should have been heard as; `heat` is None for a collector's turn.

    A turn was said in a call, with an account, or in a rehearsal, with a scenario.
    """

    id: str
    turn_id: str
    call_id: str | None
    account_id: str | None
    speaker: Speaker
    text: str
    heard: tuple[HeardLabel, ...]
    heat: int | None
    labels: tuple[str, ...]
    said_by: tuple[str, ...]
    said_at: datetime
    rehearsal_id: str | None = None
    scenario_id: str | None = None


@dataclass(frozen=True)
class TrainingLine:
    """One line to train on, as it stands in the file."""

    speaker: Speaker
    text: str
    labels: tuple[str, ...]
    heat: int | None
    style: str
    industry: str = UNKNOWN_INDUSTRY

    @property
    def intent(self) -> str:
        """The first label, which is all that Rasa itself sees."""
        return self.labels[0]


def training_line(
    speaker: Speaker,
    text: str,
    labels: Iterable[str],
    heat: int | None,
    style: str,
    industry: str = UNKNOWN_INDUSTRY,
) -> TrainingLine:
    """Make a line of what is given; InvalidInputError names the field that breaks a rule."""
    words = one_line(text)
    names = tuple(dict.fromkeys(labels))
    _check_words(words)
    check_labels(names, speaker)
    _check_heat(heat, speaker)
    if style not in STYLES:
        raise InvalidInputError(f"The style is one of {', '.join(STYLES)}.", field="style")
    return TrainingLine(speaker, words, names, heat, style, slug(industry))


def check_labels(names: tuple[str, ...], speaker: Speaker) -> None:
    """Refuse labels that no line of this speaker can have."""
    if not names:
        raise InvalidInputError(
            "Choose at least one label; “neutral” if it means nothing.", field="labels"
        )
    unknown = [name for name in names if name not in labels_of(speaker)]
    if unknown:
        raise InvalidInputError(
            f"“{unknown[0]}” is not a label of a {speaker.value} turn.", field="labels"
        )
    alone = [name for name in names if name in _ALONE]
    if alone and len(names) > 1:
        raise InvalidInputError(f"“{alone[0]}” stands alone.", field="labels")


def one_line(text: str) -> str:
    """The text with single spaces and without what no file can hold."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())


def without_marks(text: str) -> str:
    """The text without the signs that Rasa's reader would take for its own."""
    return one_line(_MARKS.sub(" ", text)).lstrip("/ ")


def plain_words(text: str) -> str:
    """The words alone: two lines that differ in signs only are the same line."""
    return " ".join(_WORD.findall(text.casefold()))


def label_key(labels: Iterable[str]) -> str:
    """One name for a set of labels, whatever their order."""
    return ",".join(sorted(set(labels)))


def likely_style(text: str) -> str:
    """How the text seems to be said; a person knows better."""
    count = len(_WORD.findall(text))
    if count > _RAMBLING:
        return "rambling"
    if text == text.lower() and not re.search(r"[.,!?;]", text):
        return "asr"
    return "terse" if count <= _TERSE else "clean"


def slug(industry: str) -> str:
    """An industry as the files write it: small letters and hyphens."""
    return "-".join(_WORD.findall(industry.casefold())).replace("_", "-") or UNKNOWN_INDUSTRY


def _check_words(words: str) -> None:
    if not _LETTER.search(words):
        raise InvalidInputError("A line needs words.", field="text")
    if len(words) > MAX_LINE_CHARACTERS:
        raise InvalidInputError(
            f"A line has {MAX_LINE_CHARACTERS} characters at most; this one has {len(words):,}. "
            "Keep the part that was misheard.",
            field="text",
        )
    if _MARKS.search(words) or words.startswith("/"):
        raise InvalidInputError(
            "Leave out [ ] { } and \\, and do not begin with /: Rasa reads them as marks of its own.",
            field="text",
        )


def _check_heat(heat: int | None, speaker: Speaker) -> None:
    if speaker is not Speaker.CLIENT:
        if heat is not None:
            raise InvalidInputError("Only a client's turn has a heat.", field="heat")
    elif heat is None or heat not in tuple(Heat):
        raise InvalidInputError("A client's turn has a heat from 0 to 3.", field="heat")
