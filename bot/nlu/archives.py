"""Which trained model is in service, where the others lie, and how they come and go."""

from __future__ import annotations

import logging
import os
import re
import secrets
from pathlib import Path

from bot.core.errors import InvalidInputError, NotFoundError, UnavailableError

ENDING = ".tar.gz"

#: Names the model that a starting server loads; without it that is the newest archive.
POINTER = "in-service"

#: Where models lie that have been trained but not yet put in service.
CANDIDATES = "candidates"

#: So many archives are kept besides the one in service, so that a roll-back finds its model.
KEPT = 10

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")

log = logging.getLogger(__name__)


def name_of(archive: Path) -> str:
    """A model's name: its file's without the ending."""
    return archive.name.removesuffix(ENDING)


def newest_model(folder: Path) -> Path | None:
    """The archive in service; where none is named, or the one that is named has gone, the one trained last."""
    named = _named(folder)
    if named is not None:
        archive = folder / f"{named}{ENDING}"
        if archive.is_file():
            return archive
        log.warning("The model in service, %s, is not there; the newest one is used.", archive.name)
    archives = _archives(folder)
    return archives[-1] if archives else None


def archive_of(folder: Path, name: str) -> Path:
    """The archive of a model that is in service, was, or is a candidate; NotFoundError."""
    if _NAME.match(name):
        for place in (folder, folder / CANDIDATES):
            if (place / f"{name}{ENDING}").is_file():
                return place / f"{name}{ENDING}"
    raise NotFoundError(f"There is no model “{name}”.", field="model")


def allowed_archive(folder: Path, file: str) -> Path:
    """A file that may be loaded: an archive among the models or the candidates; InvalidInputError, NotFoundError."""
    given = Path(file)
    places = (folder.resolve(), (folder / CANDIDATES).resolve())
    if "\0" in file or not given.name.endswith(ENDING) or given.parent.resolve() not in places:
        raise InvalidInputError(
            "Only an archive in the folder of models can be loaded.", field="file"
        )
    if not given.is_file():
        raise NotFoundError(f"There is no model “{name_of(given)}”.", field="file")
    return given.resolve()


def put_in_service(folder: Path, name: str) -> Path:
    """Make a model the one that a starting server loads; a candidate moves to the others. Old ones are cleared away."""
    archive = archive_of(folder, name)
    target = folder / archive.name
    try:
        if archive != target:
            _keep_in_service(folder)
            os.replace(archive, target)
        _write_whole(folder / POINTER, f"{name}\n")
    except OSError as error:
        raise UnavailableError(
            f"The model {name} cannot be put in service: {error.strerror}."
        ) from error
    _drop_old(folder, target)
    return target


def clear_candidates(folder: Path) -> None:
    """Remove what interrupted trainings left."""
    import shutil

    shutil.rmtree(folder / CANDIDATES, ignore_errors=True)


def _keep_in_service(folder: Path) -> None:
    # Without a pointer the candidate would be in service as the newest archive as soon as it lies there.
    before = newest_model(folder)
    if before is not None and _named(folder) is None:
        _write_whole(folder / POINTER, f"{name_of(before)}\n")


def _named(folder: Path) -> str | None:
    try:
        named = (folder / POINTER).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return named if _NAME.match(named) else None


def _archives(folder: Path) -> list[Path]:
    """The archives, the one trained last at the end."""
    return sorted(folder.glob(f"*{ENDING}"), key=lambda path: (path.stat().st_mtime, path.name))


def _drop_old(folder: Path, in_service: Path) -> None:
    old = [archive for archive in _archives(folder) if archive != in_service]
    for archive in old[:-KEPT]:
        archive.unlink(missing_ok=True)


def _write_whole(path: Path, text: str) -> None:
    """Replace a file in one step, so that nobody ever reads half of it."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
