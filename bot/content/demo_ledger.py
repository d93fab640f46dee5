"""Reads the demo ledger from data/demo: clients with days relative to today, every value a text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from bot.core.errors import ContentError, Fault

_NEEDED = ("id", "name", "form", "country", "vat", "industry", "currency", "risk", "value")
_ALSO_NEEDED = ("owner", "since", "terms")


def load_demo_ledger(root: Path) -> list[dict[str, Any]]:
    """Read every client under `demo/` of the content folder; ContentError lists all faults."""
    # "base" leaves each scalar a text: an amount written 4750.10 never becomes a float.
    reader = YAML(typ="base")
    clients: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for path in sorted((root / "demo").glob("*.yml")):
        try:
            found = reader.load(path.read_text(encoding="utf-8"))["clients"]
        except MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            faults.append(Fault(path.name, line, str(error.problem), "mend the YAML"))
            continue
        for client in found:
            missing = [key for key in (*_NEEDED, *_ALSO_NEEDED) if key not in client]
            if missing:
                name = client.get("id", "a client")
                message = f"{name} lacks {', '.join(missing)}"
                faults.append(Fault(path.name, 1, message, "add the missing keys"))
        clients += found
    if faults:
        raise ContentError(tuple(faults))
    return clients
