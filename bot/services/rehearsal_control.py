"""Tells a request to the coach from a turn while a rehearsal is on in the chat, by the words and by both readings."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.core.labels import CoachRequest
from bot.core.reading import HeardLabel, Reading


class Control(StrEnum):
    """What a trainee can ask of the coach in mid-call."""

    END = "end"
    PAUSE = "pause"
    HINT = "hint"
    AGAIN = "again"
    HELP = "help"
    START = "start"


class Verdict(StrEnum):
    """What a message is when it is no clear control: a turn, or one that the collector's reading decides."""

    TURN = "turn"
    DOUBT = "doubt"


#: "Coach, ..." is never said to a client.
_ADDRESS = re.compile(
    r"^\W*(?:(?:hey|ok|okay|hi)\W+)?coach\b[\s,:;.!\u2013\u2014-]*", re.IGNORECASE
)

_CALL = (
    r"(?: (?:the|this|that|my))?(?: (?:rehearsal|practi[cs]e|role ?play|exercise|scenario|call))*"
)
_SAID: tuple[tuple[Control, re.Pattern[str]], ...] = (
    (
        Control.AGAIN,
        re.compile(
            r"(?:rewind|again|retry|redo|undo|(?:let me )?(?:try|do|say) (?:that|it) again|try again"
            r"|(?:let me )?take that back|(?:go|step) back(?: (?:one|a) turn)?|one turn back)"
        ),
    ),
    (Control.PAUSE, re.compile(rf"(?:pause|park){_CALL}(?: for now)?")),
    (
        Control.END,
        re.compile(rf"(?:i want to )?(?:stop|end|finish|quit|exit){_CALL}|let'?s leave it there"),
    ),
    (Control.HINT, re.compile(r"(?:(?:give me )?(?:a|another|the next|one more) |next )?hint")),
    (Control.HELP, re.compile(r"help(?: me)?|commands")),
)
_RESUME = re.compile(
    r"\b(?:resume|continue|carry on|go on|keep going|pick up|back to|where (?:we|i) left)\b",
    re.IGNORECASE,
)

#: Talk about the practising itself; whoever speaks to a client has no such words.
_PRACTISING = re.compile(
    r"\b(rehears\w*|practi[cs](?:e|ing)|role ?-?play\w*|scenario|exercise|training call|pretend\w*|mock call)\b",
    re.IGNORECASE,
)
#: How one asks for a client to practise on, besides: "a harder one", "level 3".
_CHOOSING = re.compile(r"\b(one|ones|level|client|customer)\b", re.IGNORECASE)

_BY_LABEL = {
    CoachRequest.END_REHEARSAL.value: (Control.END, 0.75),
    CoachRequest.ASK_HINT.value: (Control.HINT, 0.9),
    CoachRequest.HELP.value: (Control.HELP, 0.9),
    CoachRequest.START_REHEARSAL.value: (Control.START, 0.9),
}
#: A control is short; one that names the practising may be longer.
_SHORT, _LONGEST = 7, 25
#: A move that is heard so clearly makes a turn of it.
_CLEAR_MOVE = 0.5


def addressed(text: str) -> str | None:
    """The request without its "coach,", or None when the coach is not addressed."""
    found = _ADDRESS.match(text)
    return text[found.end() :].strip() if found else None


def wants_to_resume(text: str) -> bool:
    """Whether the words ask to go on with what was left; the labels know only starting and ending."""
    return bool(_RESUME.search(text) and (_PRACTISING.search(text) or re.search(r"\bleft\b", text)))


def said_plainly(text: str) -> Control | None:
    """The control that the whole message consists of."""
    plain = " ".join(re.sub(r"[^\w\s']", " ", text.replace("\u2019", "'").casefold()).split())
    plain = plain.removesuffix(" please").removeprefix("please ")
    return next((control for control, words in _SAID if words.fullmatch(plain)), None)


def asked_of_coach(labels: tuple[HeardLabel, ...], least: float = 0.0) -> Control | None:
    """The control that the strongest label of the coach's reading stands for."""
    first = labels[0] if labels else None
    control, needed = _BY_LABEL.get(first.name, (None, 1.0)) if first else (None, 1.0)
    return control if first and first.confidence >= (least or needed) else None


def control_or_turn(
    text: str, as_request: Reading, as_turn: tuple[HeardLabel, ...] | None
) -> Control | Verdict:
    """Decide: clear words, then a label that is sure, short, and is not a clear move as well.

    Without the collector's reading what could be a request is in doubt.
    """
    plain = said_plainly(text)
    if plain is not None:
        return plain
    control = asked_of_coach(as_request.labels)
    practising = bool(_PRACTISING.search(text))
    words = len(text.split())
    if control is None or words > (_LONGEST if practising else _SHORT):
        return Verdict.TURN
    if control is Control.START and not (practising or _CHOOSING.search(text)):
        return Verdict.TURN
    if as_turn is None:
        return Verdict.DOUBT
    is_move = any(label.confidence >= _CLEAR_MOVE for label in as_turn)
    return Verdict.TURN if is_move else control
