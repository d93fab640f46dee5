"""Writes a file whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

#: Everybody may read a file of words, whatever the umask of the process that writes it: other processes load it.
_MODE = 0o644


def replace_file(path: Path, text: str) -> None:
    """Write the file so that a reader sees the old one or the new one, and a crash leaves one of the two."""
    mode = path.stat().st_mode & 0o777 if path.exists() else _MODE
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.draft")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            os.fchmod(file.fileno(), mode)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        with suppress(FileNotFoundError):
            draft.unlink()
        raise
    _settle(path.parent)


def remove_file(path: Path) -> None:
    """Take a file away; one that is not there is no matter."""
    with suppress(FileNotFoundError):
        path.unlink()
        _settle(path.parent)


def _settle(folder: Path) -> None:
    """Have the folder's new entry on the disk before anybody is told of it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
