"""What a review takes in: a transcript with its speakers, or the reason why there is none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.core.errors import InvalidInputError
from bot.core.labels import Speaker
from bot.core.rehearsal.situation import Situation

#: A line longer than this is not read as a transcript; a longer call is no call.
MAX_LINE = 1_000_000
MAX_TURNS = 2_000

#: Who is meant by the names that transcripts use; others are given by the reader.
_CLIENT = frozenset({"client", "customer", "debtor", "caller"})
_COLLECTOR = frozenset({"collector", "agent", "me", "us"})
_WRAPPING = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True)
class Transcript:
    """One call as it was written down; `turns` are speaker and words in order."""

    id: Any
    turns: tuple[tuple[Speaker, str], ...]
    situation: Situation = field(default_factory=Situation)


@dataclass(frozen=True)
class Unreadable:
    """A place where a transcript was to be, what is wrong with it, and what to do."""

    id: Any
    code: str
    line: int
    detail: str

    def as_json(self) -> dict[str, Any]:
        """The error record that stands in the transcript's place."""
        return {
            "id": self.id,
            "error": {"code": self.code, "line": self.line, "detail": self.detail},
        }


class TurnError(Exception):
    """A turn cannot be taken in; becomes an `Unreadable` where its transcript is read."""

    def __init__(self, code: str, line: int, detail: str) -> None:
        super().__init__(detail)
        self.code, self.line, self.detail = code, line, detail


@dataclass(frozen=True)
class Names:
    """Who speaks under which name; the reader may add names of their own."""

    client: frozenset[str] = _CLIENT
    collector: frozenset[str] = _COLLECTOR

    @classmethod
    def of(cls, client: Sequence[str] = (), collector: Sequence[str] = ()) -> Names:
        """The usual names and these; a name that is given wins over what it usually means."""
        own_client = {bare(name) for name in client}
        own_collector = {bare(name) for name in collector}
        both = sorted(own_client & own_collector)
        if both:
            raise InvalidInputError(f"“{both[0]}” cannot be client and collector at once.")
        return cls(
            frozenset((_CLIENT - own_collector) | own_client),
            frozenset((_COLLECTOR - own_client) | own_collector),
        )

    def find(self, name: str) -> Speaker | None:
        """Who is meant, if the name is known."""
        known = bare(name)
        if known in self.client:
            return Speaker.CLIENT
        return Speaker.COLLECTOR if known in self.collector else None

    def speaker(self, name: Any, line: int) -> Speaker:
        """Who is meant; TurnError says how to make the name known."""
        if not isinstance(name, str) or not name.strip():
            raise TurnError(
                "no-speaker", line, "Say who speaks: client or collector in every turn."
            )
        found = self.find(name)
        if found:
            return found
        shown = " ".join(name.split())[:40]
        raise TurnError(
            "unknown-speaker",
            line,
            f"Who is “{shown}”? Say so with --client or --collector and the name in quotes, or write client or collector.",
        )


def bare(name: str) -> str:
    """A name without case, brackets and marks around it."""
    return _WRAPPING.sub("", " ".join(name.split()).lower())


def checked(
    id: Any, turns: Sequence[tuple[Speaker, str]], situation: Situation, line: int
) -> Transcript | Unreadable:
    """A transcript that can be scored, or why it cannot: no turns, or only one side of the call."""
    spoken = tuple((speaker, text) for speaker, text in turns if text.strip())
    if not spoken:
        return Unreadable(id, "no-turns", line, "Give at least one turn of each speaker.")
    if len(spoken) > MAX_TURNS:
        return Unreadable(
            id, "too-many-turns", line, f"Keep a call under {MAX_TURNS:,} turns, or split it."
        )
    for speaker in (Speaker.CLIENT, Speaker.COLLECTOR):
        if all(who is not speaker for who, _ in spoken):
            return Unreadable(
                id,
                "one-sided",
                line,
                f"Nobody speaks as {speaker.value}; if one of the names is theirs, say so with --{speaker.value}.",
            )
    return Transcript(id, tuple(turns), situation)


def read_json_lines(raw: bytes, names: Names) -> Iterator[Transcript | Unreadable]:
    """One transcript a line, `{"id", "turns": [{"speaker", "text"}], "situation"}`; blank lines are passed over."""
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if line.strip():
            yield _json_line(line.removeprefix(b"\xef\xbb\xbf"), number, names)


def _json_line(raw: bytes, number: int, names: Names) -> Transcript | Unreadable:
    if len(raw) > MAX_LINE:
        detail = f"Keep a line under {MAX_LINE:,} bytes."
        return Unreadable(None, "line-too-long", number, detail)
    try:
        document = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return Unreadable(None, "not-utf-8", number, "Save the file as UTF-8.")
    except (ValueError, RecursionError):
        return Unreadable(None, "not-json", number, "Write one JSON object a line.")
    if not isinstance(document, dict):
        return Unreadable(None, "not-an-object", number, 'Write {"id", "turns"}.')
    return from_document(document, number, names)


def from_document(document: dict[str, Any], number: int, names: Names) -> Transcript | Unreadable:
    """A transcript from a JSON object as the interface describes it."""
    name, turns = document.get("id"), document.get("turns")
    if not isinstance(turns, list):
        detail = 'Give the turns as a list of {"speaker", "text"}.'
        return Unreadable(name, "no-turns", number, detail)
    try:
        situation = Situation.from_json(document.get("situation"))
        spoken = [_turn(turn, place, number, names) for place, turn in enumerate(turns)]
    except InvalidInputError as error:
        return Unreadable(name, "invalid-situation", number, error.detail)
    except TurnError as error:
        return Unreadable(name, error.code, number, error.detail)
    return checked(name, spoken, situation, number)


def _turn(turn: Any, place: int, line: int, names: Names) -> tuple[Speaker, str]:
    where = f"Turn {place}: "
    if not isinstance(turn, dict):
        raise TurnError("invalid-turn", line, f'{where}write {{"speaker", "text"}}.')
    text = turn.get("text")
    if not isinstance(text, str):
        raise TurnError("no-text", line, f"{where}give the words as `text`.")
    try:
        return names.speaker(turn.get("speaker"), line), text
    except TurnError as error:
        raise TurnError(error.code, line, f"{where}{error.detail}") from error
