"""Writes drafts, versions and faults of the studio as pages and programs read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from bot.core.errors import Fault
from bot.core.studio.glance import glance
from bot.core.studio.kinds import DocumentName
from bot.services.studio_ports import (
    Checked,
    DraftConflictError,
    DraftRecord,
    RevisionRecord,
    VersionRecord,
)


def fault_document(fault: Fault) -> dict[str, Any]:
    """A fault with the field that it is about, dotted as in a form's description."""
    return {
        "file": fault.file,
        "line": fault.line,
        "place": list(fault.place),
        "field": ".".join(str(step) for step in fault.place),
        "message": fault.message,
        "remedy": fault.remedy,
    }


def fault_documents(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Faults in the order of their lines."""
    return [fault_document(fault) for fault in sorted(faults, key=lambda f: (f.file, f.line))]


def checked_document(checked: Checked, text: str) -> dict[str, Any]:
    """What the checks say of a text."""
    return {
        "text": text,
        "data": json_ready(checked.data),
        "faults": fault_documents(checked.faults),
        "hints": fault_documents(checked.hints),
    }


def draft_document(
    draft: DraftRecord,
    checked: Checked,
    *,
    people: Mapping[str, str],
    base_version: int | None,
    is_new: bool,
    changed_elsewhere: bool,
    may_edit: bool,
) -> dict[str, Any]:
    """A draft with its text, the values of its form, and what the checks say."""
    return {
        "id": draft.id,
        "name": str(draft.name),
        "kind": draft.name.kind.value,
        "slug": draft.name.slug,
        "title": glance(draft.name, draft.text).title,
        "revision": draft.revision,
        **checked_document(checked, draft.text),
        "base_version": base_version,
        "is_new": is_new,
        "changed_elsewhere": changed_elsewhere,
        "may_edit": may_edit,
        "created_by": people.get(draft.created_by, draft.created_by),
        "created_at": draft.created_at.isoformat(),
        "edited_by": people.get(draft.edited_by, draft.edited_by),
        "edited_at": draft.edited_at.isoformat(),
    }


def conflict_document(error: DraftConflictError) -> dict[str, Any]:
    """What somebody else has saved, for the one who came second."""
    return {
        "id": error.current.id,
        "revision": error.current.revision,
        "text": error.current.text,
        "edited_by": error.edited_by or error.current.edited_by,
        "edited_at": error.current.edited_at.isoformat(),
    }


def revision_document(revision: RevisionRecord, people: Mapping[str, str]) -> dict[str, Any]:
    """A kept revision in a list."""
    return {
        "revision": revision.revision,
        "edited_by": people.get(revision.edited_by, revision.edited_by),
        "edited_at": revision.edited_at.isoformat(),
    }


def version_document(
    version: VersionRecord, people: Mapping[str, str], in_service: int | None
) -> dict[str, Any]:
    """A version in a list."""
    by = version.published_by
    return {
        "number": version.number,
        "published_by": None if by is None else people.get(by, by),
        "published_at": version.published_at.isoformat(),
        "note": version.note,
        "is_in_service": version.number == in_service,
        "is_removal": version.text is None,
        "publication_id": version.publication_id,
    }


def shipped_document(is_in_service: bool = True) -> dict[str, Any]:
    """The version of a document that was never published here: what the product came with."""
    return {
        "number": 0,
        "published_by": None,
        "published_at": None,
        "note": "",
        "is_in_service": is_in_service,
        "is_removal": False,
        "publication_id": None,
    }


def named(name: DocumentName) -> dict[str, str]:
    """A document's name in its parts."""
    return {"name": str(name), "kind": name.kind.value, "slug": name.slug}


def json_ready(value: Any) -> Any:
    """The values of a file as JSON has them; sums of money are texts already, other figures become numbers."""
    if isinstance(value, Mapping):
        return {str(key): json_ready(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [json_ready(inner) for inner in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
