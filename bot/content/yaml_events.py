"""Parses YAML with the fast parser, and with the slow one wherever the two could differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bot.core.errors import ContentError, Fault

#: Up to so many characters a text that the fast parser refuses goes to the slow one, which has the better words.
_WORTH_A_SECOND_LOOK = 60_000
#: Far deeper than any reader of ours goes.
_DEEP = 100


def parsed_events(text: str) -> Iterator[Any]:
    """The events of a text: from the fast parser, and from the slow one wherever the two could differ."""
    if len(text) > _WORTH_A_SECOND_LOOK:
        yield from YAML(typ="safe").parse(text)
        return
    try:
        # The fast parser breaks lines at these three, of which YAML 1.2 knows nothing.
        if any(sign in text for sign in ("\x85", "\u2028", "\u2029")):
            raise YAMLError
        events = _as_deep_as_wanted(YAML(typ="safe").parse(text))
    except YAMLError:
        yield from YAML(typ="safe", pure=True).parse(text)
        return
    yield from events


def _as_deep_as_wanted(events: Iterable[Any]) -> list[Any]:
    """All events, or those down to a depth that no document of ours has: the parsers are slow in deep nesting."""
    found, depth = [], 0
    for event in events:
        found.append(event)
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            depth += 1
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            depth -= 1
        if depth > _DEEP:
            break
    return found


def syntax_faults(error: ContentError | YAMLError, file: str) -> tuple[Fault, ...]:
    """What keeps a text from being YAML, as faults of a file."""
    if isinstance(error, ContentError):
        return error.faults
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "context", None)
    return (
        Fault(
            file,
            mark.line + 1 if mark else 1,
            f"This is not YAML: {what or 'it cannot be understood'}.",
            "Check quotes, colons and indentation here.",
        ),
    )
