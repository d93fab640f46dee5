"""Every error that Parley raises on purpose.

    ParleyError
    ├── NotFoundError            unknown, or not in the asker's portfolio (the two look alike on purpose)
    ├── ForbiddenError           the role may not do this
    ├── ConflictError            out of order, done already, or changed by somebody else
    │   └── DraftConflictError   a draft was saved by somebody else meanwhile (in bot.services.studio_ports)
    ├── InvalidInputError        the words or figures given cannot be used; says which and why
    │   ├── MoneyError           amounts that do not fit together (also a ValueError)
    │   └── ContentError         a file under data/ has faults; carries every fault with line and remedy
    ├── UnavailableError         something we depend on does not answer: recogniser, database
    └── TooLargeError            more than is accepted at once

A refusal by house rules is not an error: it is a value with a reason, shown to the collector.
"""

from __future__ import annotations

from dataclasses import dataclass, field


class ParleyError(Exception):
    """Base of the tree; `code` is stable, kebab-case and documented in docs/reference/errors.md."""

    code = "parley-error"
    title = "Something went wrong"

    def __init__(self, detail: str, *, field: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.field = field


class NotFoundError(ParleyError):
    """The thing is unknown to this user."""

    code = "not-found"
    title = "Not found"


class ForbiddenError(ParleyError):
    """The user's role does not allow this."""

    code = "forbidden"
    title = "Not allowed for your role"


class ConflictError(ParleyError):
    """The thing is in a state that rules this out."""

    code = "conflict"
    title = "That does not fit the present state"


class InvalidInputError(ParleyError):
    """What was sent cannot be used as it is."""

    code = "invalid-input"
    title = "Please check what you sent"


class MoneyError(InvalidInputError, ValueError):
    """Amounts that cannot be added, split or read."""

    code = "money"
    title = "These amounts do not fit together"


class UnavailableError(ParleyError):
    """A part that is needed does not answer at the moment; trying again may help."""

    code = "unavailable"
    title = "Not available at the moment"


class TooLargeError(ParleyError):
    """More was sent than is accepted at once."""

    code = "too-large"
    title = "Too much at once"


@dataclass(frozen=True)
class Fault:
    """One fault in a content file: where it is and what to do about it."""

    file: str
    line: int
    message: str
    remedy: str
    #: Keys and list positions from the top of the document to the value that is meant; empty for the whole of it.
    place: tuple[str | int, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} -> {self.remedy}"


class ContentError(InvalidInputError):
    """Content under data/ has faults; all of them are listed at once."""

    code = "content"
    title = "The content has faults"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
