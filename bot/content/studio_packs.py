"""Packs documents into an archive that is the same byte for byte whenever its texts are, and opens packs with care."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from bot.content.looked_through import look_through
from bot.content.pack_guess import name_of_text
from bot.content.schema_faults import in_order
from bot.content.yaml_lines import examine_yaml
from bot.content.yaml_text import LARGEST_FILE, decoded
from bot.core.errors import ContentError, Fault, InvalidInputError
from bot.core.studio.kinds import DocumentKind, DocumentName

FORMAT = 1
_MANIFEST = "pack.yml"
_MANIFEST_TEXT = (
    f"# A pack of Parley's content. The files keep their places under data/.\nformat: {FORMAT}\n"
)

MOST_FILES, LARGEST_PACK = 300, 20_000_000
_DAY_OF_ALL = (1980, 1, 1, 0, 0, 0)
_KINDS = {kind.folder: kind for kind in DocumentKind}
_UNSEEN = re.compile(r"[^ -~]")


def packed(texts: Mapping[DocumentName, str]) -> bytes:
    """A zip archive of documents with a note of its format."""
    files = {_MANIFEST: _MANIFEST_TEXT, **{name.path: text for name, text in texts.items()}}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _DAY_OF_ALL)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[path].encode("utf-8"))
    return out.getvalue()


def unpacked(file_name: str, raw: bytes) -> dict[DocumentName, str]:
    """The documents of a pack or of one YAML file; ContentError with everything that is wrong with it."""
    if raw.startswith(b"PK"):
        return _of_pack(raw, _shown(file_name))
    shown = _shown(PurePosixPath(file_name.replace("\\", "/")).name or "the file")
    name = name_of_text(file_name, raw)
    if isinstance(name, Fault):
        try:
            decoded(raw, shown)
        except ContentError as error:
            raise ContentError(error.faults) from None
        raise ContentError((*examine_yaml(raw, shown).faults, name))
    return {name: _text(raw, name)}


def _of_pack(raw: bytes, shown: str) -> dict[DocumentName, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _files_of(archive, shown)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
        raise _refusal(shown, "This archive cannot be opened.", "Export it again.") from None


def _files_of(archive: zipfile.ZipFile, shown: str) -> dict[DocumentName, str]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        raise _refusal(shown, f"It holds {len(entries)} files.", f"{MOST_FILES} are the most.")
    if sum(entry.file_size for entry in entries) > LARGEST_PACK:
        raise _refusal(shown, "It is too large once it is opened.", "Import fewer documents.")
    texts: dict[DocumentName, str] = {}
    faults: list[Fault] = []
    for entry in entries:
        try:
            if entry.filename == _MANIFEST:
                faults += _manifest_faults(_bytes(archive, entry, shown))
                continue
            name = _name_in_pack(entry.filename)
            if name in texts:
                raise _refusal(name.path, "This file is in the pack twice.", "Keep one of them.")
            texts[name] = _text(_bytes(archive, entry, name.path), name)
        except ContentError as error:
            faults += error.faults
    if _MANIFEST not in {entry.filename for entry in entries}:
        faults.append(
            Fault(shown, 1, f"There is no {_MANIFEST} in it.", "Export the pack from Parley.")
        )
    elif not texts and not faults:
        faults.append(Fault(shown, 1, "There is no document in it.", "Export one into it."))
    if faults:
        raise ContentError(tuple(faults))
    return texts


def _bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str) -> bytes:
    """A file's bytes, no more than it may have whatever the archive says of its size."""
    if entry.flag_bits & 1:
        raise _refusal(shown, "It is locked with a password.", "Pack it without one.")
    with archive.open(entry) as file:
        raw = file.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise _refusal(shown, "The file is larger than 1 MB.", "Split it into smaller files.")
    return raw


def _name_in_pack(path: str) -> DocumentName:
    parts = path.split("/")
    kind = _KINDS.get(parts[0])
    if len(parts) == 2 and kind is not None and parts[1].endswith(".yml"):
        try:
            return DocumentName(kind, parts[1].removesuffix(".yml"))
        except InvalidInputError:
            raise _refusal(
                _shown(path),
                "This name cannot be that of a document.",
                "Use small letters, digits and hyphens, 64 at most.",
            ) from None
    known = ", ".join(f"{folder}/" for folder in _KINDS)
    raise _refusal(
        _shown(path), "This file does not belong into a pack.", f"Only .yml files in {known}."
    )


def _manifest_faults(raw: bytes) -> tuple[Fault, ...]:
    examined = examine_yaml(raw, _MANIFEST)
    if examined.document is None or examined.faults:
        return examined.faults
    if examined.document.value_of(("format",)) != FORMAT:
        said = f"The pack's format is not {FORMAT}."
        return (examined.document.fault(("format",), said, "Export it from this version."),)
    return ()


def _text(raw: bytes, name: DocumentName) -> str:
    """The text of a document as it is; what is not UTF-8 is told with everything else that is wrong with it."""
    try:
        decoded(raw, f"data/{name.path}")
        return raw.decode("utf-8")
    except ContentError as error:
        rest = () if len(raw) > LARGEST_FILE else _other_faults(raw, name)
        raise ContentError(in_order((*error.faults, *rest))) from None


def _other_faults(raw: bytes, name: DocumentName) -> tuple[Fault, ...]:
    return look_through(name, raw.decode("utf-8", errors="replace")).faults


def _shown(name: str) -> str:
    return _UNSEEN.sub("?", name)[:120]


def _refusal(file: str, message: str, remedy: str) -> ContentError:
    return ContentError((Fault(file, 1, message, remedy),))
