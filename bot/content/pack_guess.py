"""Tells which document a single YAML file is, by what it says of itself and by its name."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from bot.content.document_schemas import HOUSE_FILES, reader_of
from bot.content.schema_walk import keyed
from bot.content.yaml_lines import examine_yaml
from bot.core.errors import Fault, InvalidInputError
from bot.core.studio.kinds import DocumentKind, DocumentName

#: The key that names a document of each kind in its own file.
_NAMED_BY = {
    DocumentKind.SCENARIO: "id",
    DocumentKind.PERSONA: "id",
    DocumentKind.PLAYBOOK: "label",
    DocumentKind.LAW: "pack",
}
#: With this share of a kind's required keys a file is taken to be of it.
_ENOUGH = 0.5


def name_of_text(file_name: str, raw: bytes) -> DocumentName | Fault:
    """The document that a file holds; a fault when nobody could tell."""
    path = PurePosixPath(file_name.replace("\\", "/"))
    text = raw[:1_000_000].decode("utf-8", errors="replace")
    document = examine_yaml(text, "the file").document
    data = document.data if document is not None and isinstance(document.data, dict) else {}
    kind, slug = _kind_of(data, path)
    if kind is None:
        return _unknown(path.name)
    if kind is not DocumentKind.HOUSE:
        own = data.get(_NAMED_BY[kind])
        slug = own if isinstance(own, str) and own else path.stem
    try:
        return DocumentName(kind, slug)
    except InvalidInputError as error:
        return Fault(path.name[:120] or "the file", 1, error.detail, "Rename it.")


def _kind_of(data: dict[str, Any], path: PurePosixPath) -> tuple[DocumentKind | None, str]:
    """The kind whose required keys the file has most of; else the one of the folder that its path names."""
    best: tuple[float, DocumentKind | None, str] = (0.0, None, path.stem)
    names = [DocumentName(kind, "any") for kind in _NAMED_BY]
    names += [DocumentName(DocumentKind.HOUSE, slug) for slug in HOUSE_FILES]
    for name in names:
        share = _share(data, name)
        if share >= _ENOUGH and share > best[0]:
            best = (share, name.kind, name.slug)
    if best[1] is not None:
        return best[1], best[2]
    folder = path.parent.name
    return next((kind for kind in DocumentKind if kind.folder == folder), None), path.stem


def _share(data: dict[str, Any], name: DocumentName) -> float:
    """How many of the keys that only this document has are there."""
    reader = reader_of(name)
    wanted = [k for k, field in keyed(reader.schema).items() if field.required] if reader else []
    own = [
        key for key in wanted if key not in ("source", "reviewed_on", "review_by", "id", "title")
    ]
    return sum(key in data for key in own) / len(own) if own else 0.0


def _unknown(name: str) -> Fault:
    return Fault(
        name[:120] or "the file",
        1,
        "Nothing here says whether this is a scenario, a persona, a card, a house rule or a law pack.",
        "Begin it as one that was exported.",
    )
