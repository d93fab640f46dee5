"""What is asked of whoever publishes: a note, and a reason where the comparison is to be overruled."""

from __future__ import annotations

from bot.core.coaching.advice import Role
from bot.core.errors import ForbiddenError, InvalidInputError
from bot.services.ports import Viewer

#: A note or a reason is a sentence, not an essay.
MAX_NOTE_CHARACTERS = 500

#: A reason that can be read by whoever asks later.
LEAST_REASON = 10


def checked_note(note: str) -> str:
    """The note on one line; refuses none, and an essay."""
    words = " ".join(note.split())
    if not words:
        raise InvalidInputError("Say in a few words what changes.", field="note")
    if len(words) > MAX_NOTE_CHARACTERS:
        raise InvalidInputError(
            f"A note has {MAX_NOTE_CHARACTERS} characters at most.", field="note"
        )
    return words


def checked_reason(viewer: Viewer, reason: str | None) -> str | None:
    """The reason for publishing a model that hears less; only an administrator may give one."""
    if reason is None:
        return None
    if viewer.role is not Role.ADMIN:
        raise ForbiddenError("Only an administrator may publish a model that hears less.")
    words = " ".join(reason.split())
    if len(words) < LEAST_REASON:
        raise InvalidInputError(
            f"Give the reason in at least {LEAST_REASON} characters, for whoever asks later.",
            field="override_reason",
        )
    if len(words) > MAX_NOTE_CHARACTERS:
        raise InvalidInputError(
            f"A reason has {MAX_NOTE_CHARACTERS} characters at most.", field="override_reason"
        )
    return words
