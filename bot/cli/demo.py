"""The demo that a new installation starts with: tables, a demo ledger, and sign-ins made for this machine alone."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from bot.settings import Settings

#: Words that are easy to read out and to type.
_WORDS = (
    "amber", "barley", "cedar", "delta", "ember", "fennel", "garnet", "harbour", "indigo", "juniper",
    "kestrel", "lantern", "maple", "nettle", "orchard", "pebble", "quartz", "rowan", "saffron", "thistle",
)  # fmt: skip


def demo_sign_ins(settings: Settings) -> list[tuple[str, str, str]]:
    """Bring the tables up to date, seed an empty ledger, and return the demo's (name, password, role)."""
    from bot.bootstrap import SystemClock
    from bot.content.demo_ledger import load_demo_ledger
    from bot.db.engine import open_engine
    from bot.db.migrate import upgrade
    from bot.db.seed import is_empty, seed
    from bot.services.people import hash_password

    upgrade(settings.ledger_url)
    engine = open_engine(settings.ledger_url)
    kept = settings.home_folder / "demo-sign-ins.json"
    if is_empty(engine):
        password = _password(kept)
        ledger = load_demo_ledger(settings.content_folder)
        seed(engine, SystemClock().today(), hash_password(password), ledger)
    if not kept.exists():
        return []
    password = json.loads(kept.read_text("utf-8"))["password"]
    return [
        ("sam", password, "collector (junior)"),
        ("priya", password, "collector (senior)"),
        ("tess", password, "trainer"),
        ("omar", password, "supervisor"),
        ("ada", password, "admin"),
    ]


def _password(kept: Path) -> str:
    """A password for the demo users, kept readable for its owner only."""
    password = f"{secrets.choice(_WORDS)}-{secrets.choice(_WORDS)}-{secrets.randbelow(90) + 10}"
    descriptor = os.open(kept, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"password": password}, file)
    return password
