"""Fills an empty ledger with the demo clients and users; run again, it adds only what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, select

from bot.db import tables as t
from bot.db.seed_rows import DemoClient

#: Sign-in name, full name, role, seniority.
DEMO_USERS = (
    ("sam", "Sam Okafor", "collector", "junior"),
    ("priya", "Priya Raman", "collector", "senior"),
    ("tess", "Tess Lindqvist", "trainer", "senior"),
    ("omar", "Omar Haddad", "supervisor", "senior"),
    ("ada", "Ada Whitcombe", "admin", "senior"),
)

#: Parents before children.
_ORDER = (
    *(t.clients, t.terms, t.contacts, t.protections, t.contact_log, t.documents, t.follow_ups),
    *(t.invoices, t.invoice_lines, t.charges, t.payments, t.promises),
    *(t.plans, t.instalments, t.disputes),
)


@dataclass(frozen=True)
class SeedCounts:
    """What a seeding added."""

    users: int
    clients: int
    invoices: int


def is_empty(engine: Engine) -> bool:
    """Whether nobody and nothing has been put into the ledger yet."""
    with engine.connect() as connection:
        return not any(
            connection.execute(select(table.c.id).limit(1)).first()
            for table in (t.users, t.clients)
        )


def seed(
    engine: Engine, today: date, password_hash: str, ledger: Sequence[Mapping[str, Any]]
) -> SeedCounts:
    """Add the demo users and clients that are not there yet; what is there stays as it is."""
    with engine.begin() as connection:
        users, added = _users(connection, password_hash)
        there = set(connection.scalars(select(t.clients.c.id)))
        rows: dict[Table, list[dict[str, Any]]] = {table: [] for table in _ORDER}
        for document in ledger:
            client = DemoClient(document, today, users)
            if client.id not in there:
                for table, new in client.rows().items():
                    rows[table] += new
        for table in _ORDER:
            if rows[table]:
                connection.execute(insert(table), rows[table])
    return SeedCounts(added, len(rows[t.clients]), len(rows[t.invoices]))


def _users(connection: Connection, password_hash: str) -> tuple[dict[str, tuple[str, str]], int]:
    rows = connection.execute(select(t.users.c.name, t.users.c.id, t.users.c.full_name))
    known = {name: (user_id, full_name) for name, user_id, full_name in rows}
    new = [
        {
            "id": f"usr_{name}",
            "name": name,
            "full_name": full_name,
            "role": role,
            "seniority": seniority,
            "password_hash": password_hash,
            "active": True,
        }
        for name, full_name, role, seniority in DEMO_USERS
        if name not in known
    ]
    if new:
        connection.execute(insert(t.users), new)
    return known | {row["name"]: (row["id"], row["full_name"]) for row in new}, len(new)
