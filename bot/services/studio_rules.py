"""Who may read and change what in the studio, and which texts can be kept at all."""

from __future__ import annotations

import hashlib

from bot.core.coaching.advice import Role
from bot.core.errors import ForbiddenError, InvalidInputError, TooLargeError
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.services.ports import Viewer

#: Who sees the studio at all.
READERS = (Role.TRAINER, Role.ADMIN)

#: The largest text of one document, in bytes as it is stored; content files have the same limit.
LARGEST_TEXT = 1_000_000

#: The largest file that is taken in; a pack of everything that ships has a tenth of that.
LARGEST_IMPORT = 5_000_000

LONGEST_TITLE = 200


def check_reader(viewer: Viewer) -> None:
    """Refuse everybody but trainers and administrators."""
    if viewer.role not in READERS:
        raise ForbiddenError("Only trainers and administrators work in the studio.")


def may_edit(viewer: Viewer, kind: DocumentKind) -> bool:
    """Whether the viewer may change and publish documents of a kind."""
    return viewer.role in kind.editors


def check_editor(viewer: Viewer, kind: DocumentKind) -> None:
    """Refuse who may not change documents of a kind."""
    check_reader(viewer)
    if not may_edit(viewer, kind):
        raise ForbiddenError("Only administrators change house rules and law.")


def kind_of(word: str) -> DocumentKind:
    """The kind by its word; InvalidInputError lists those that there are."""
    try:
        return DocumentKind(word)
    except ValueError:
        known = ", ".join(DocumentKind)
        raise InvalidInputError(
            f"“{word[:40]}” is no kind of document. Known: {known}.", field="kind"
        ) from None


def name_of(name: DocumentName | str) -> DocumentName:
    """A document's name from `kind:slug` or a scenario's bare slug."""
    return name if isinstance(name, DocumentName) else DocumentName.parse(name)


def storable(text: str) -> str:
    """The text as it is kept, with plain line ends; refuses what no file or database could hold."""
    if len(text) > LARGEST_TEXT or len(text.encode("utf-8", "surrogatepass")) > LARGEST_TEXT:
        raise TooLargeError("A document has 1 MB at most. Split it, or shorten it.", field="text")
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(plain.split("\n"), 1):
        if any(character == "\x00" or "\ud800" <= character <= "\udfff" for character in line):
            raise InvalidInputError(
                f"Line {number} holds a character that cannot be stored. Remove it.", field="text"
            )
    return plain


def title_of(title: str) -> str:
    """A title on one line; refuses one that is too long."""
    words = " ".join(storable(title).split())
    if len(words) > LONGEST_TITLE:
        raise InvalidInputError(f"A title has {LONGEST_TITLE} characters at most.", field="title")
    return words


def digest_of(text: str | None) -> str | None:
    """What a text is recognised by."""
    return None if text is None else hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
