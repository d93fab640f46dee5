"""Documents on disk: files and folders gathered for the studio, and what it exports written down."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.core.errors import (
    ConflictError,
    Fault,
    InvalidInputError,
    NotFoundError,
    TooLargeError,
)
from bot.core.studio.kinds import DocumentKind, DocumentName

if TYPE_CHECKING:
    from bot.services.ports import Viewer

_YAML = (".yml", ".yaml")

#: A folder of documents has one folder for each kind, as `data/` has.
_FOLDERS = tuple(kind.folder for kind in DocumentKind)


def gathered(paths: Sequence[Path]) -> tuple[str, bytes]:
    """One file as it is, or several and folders as one pack, for the studio to take in as a whole."""
    if len(paths) == 1 and not paths[0].is_dir():
        return paths[0].name, _bytes_of(paths[0])
    from bot.content.studio_packs import packed

    archive = io.BytesIO(packed({}))
    known: set[str] = set()
    with zipfile.ZipFile(archive, "a") as pack:
        for path in paths:
            for place, raw in _of_folder(path) if path.is_dir() else [_of_file(path)]:
                if place in known:
                    raise InvalidInputError(f"{place} is there twice.", field="file")
                known.add(place)
                pack.writestr(place, raw)
    return "parley-pack.zip", archive.getvalue()


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)


def write_exported(
    studio: Any, viewer: Viewer, names: Sequence[str], to: Path | None
) -> list[Path]:
    """Write documents to a file, a folder or standard output; returns the files written."""
    is_folder = to is not None and (to.is_dir() or not to.suffix)
    if to is None and len(names) == 1:
        sys.stdout.buffer.write(studio.export(viewer, names).content)
        sys.stdout.buffer.flush()
        return []
    if to is not None and (is_folder or to.suffix == ".zip") and len(names) == 1:
        names = _with_persona(studio, viewer, names[0])
    exported = studio.export(viewer, names)
    if to is not None and is_folder:
        return _write_folder(exported, names, to)
    target = to or Path(exported.file_name)
    if target.suffix in _YAML and len(names) > 1:
        raise InvalidInputError(
            "Several documents go into a pack (.zip) or a folder, not into one YAML file.",
            field="to",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(exported.content)
    return [target]


def _with_persona(studio: Any, viewer: Viewer, name: str) -> list[str]:
    """A scenario is of no use without its persona, so that a pack of one has two documents."""
    from bot.services.studio_exchange import personas_of

    text = studio.export(viewer, [name]).content.decode("utf-8")
    parsed = DocumentName.parse(name)
    return [str(parsed), *(str(persona) for persona in personas_of({parsed: text}))]


def _write_folder(exported: Any, names: Sequence[str], folder: Path) -> list[Path]:
    if exported.media_type.endswith("zip"):
        with zipfile.ZipFile(io.BytesIO(exported.content)) as pack:
            members = {place: pack.read(place) for place in pack.namelist()}
    else:
        members = {DocumentName.parse(names[0]).path: exported.content}
    members = {
        place: raw for place, raw in members.items() if "/" in place
    }  # not the pack's own note
    written = []
    for place, raw in members.items():
        target = folder / place
        if target.exists() and not target.is_file():
            raise ConflictError(f"{target} is in the way.")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raw)
        written.append(target)
    return written


def _of_folder(path: Path) -> list[tuple[str, bytes]]:
    """The documents of a folder that is laid out as `data/` is."""
    found = [
        (f"{folder}/{file.stem}.yml", _bytes_of(file))
        for folder in _FOLDERS
        for file in sorted((path / folder).glob("*"))
        if file.suffix in _YAML and file.is_file()
    ]
    if not found:
        known = ", ".join(sorted(_FOLDERS))
        raise InvalidInputError(
            f"{path} has no documents; they lie in folders named {known}.", field="file"
        )
    return found


def _of_file(file: Path) -> tuple[str, bytes]:
    """A file by itself: its keys tell what it is."""
    from bot.content.pack_guess import name_of_text

    if file.suffix not in _YAML:
        raise InvalidInputError(
            f"{file} is no YAML file. Take packs in one at a time.", field="file"
        )
    raw = _bytes_of(file)
    name = name_of_text(file.name, raw)
    # What nobody can tell is taken for a scenario, and its faults say what it lacks.
    return f"scenarios/{file.stem}.yml" if isinstance(name, Fault) else name.path, raw


def _bytes_of(file: Path) -> bytes:
    from bot.services.studio_rules import LARGEST_IMPORT

    if not file.is_file():
        raise NotFoundError(f"There is no file {file}.")
    if file.stat().st_size > LARGEST_IMPORT:
        raise TooLargeError(f"{file} has more than 5 MB. Import fewer documents.", field="file")
    return file.read_bytes()
