"""Brings uv into .uv when the machine has none: by venv, by pip, or by Debian's python3-venv."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

WANTED = "uv>=0.8,<1"
FOLDER = Path(".uv")
PROGRAM = FOLDER / "bin" / "uv"


def attempt(*command: str) -> bool:
    """Run one command; tells whether it worked."""
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0


def by_venv() -> bool:
    """Into a virtual environment of its own."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    return attempt(sys.executable, "-m", "venv", str(FOLDER)) and attempt(
        str(FOLDER / "bin" / "python"), "-m", "pip", "install", "--quiet", WANTED
    )


def by_pip() -> bool:
    """Beside nothing else, by the pip that is there."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    return attempt(
        sys.executable, "-m", "pip", "install", "--quiet", "--target", str(FOLDER), WANTED
    )


def by_debian() -> bool:
    """After Debian's python3-venv, if this user may install it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    attempt("apt-get", "update", "-q")
    return attempt("apt-get", "install", "-y", "-q", "python3-venv") and by_venv()


def main() -> int:
    """Try each way; say what to do when none works."""
    for way in (by_venv, by_pip, by_debian):
        if way() and PROGRAM.exists():
            return 0
    print(
        "No way to install uv was found. Install Debian's python3-venv, or uv itself, and run make again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
