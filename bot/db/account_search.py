"""Finds accounts by name, number or industry, largest overdue sum first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, Select, case, func, or_, select

from bot.core.money import Money
from bot.db import tables as t
from bot.db.search_keys import search_key
from bot.services.ports import AccountRow, Viewer


def search_accounts(
    connection: Connection, text: str, viewer: Viewer, limit: int, today: date
) -> Sequence[AccountRow]:
    """List the accounts that fit a text and that the viewer may see."""
    query = _narrowed(_listed(today), text, viewer).limit(limit)
    return [
        AccountRow(
            id=r.id,
            name=r.name,
            industry=r.industry,
            country=r.country,
            currency=r.currency,
            overdue=Money.of(r.overdue or 0, r.currency).plain(),
            overdue_invoices=r.overdue_invoices,
            oldest_days=(today - r.oldest).days if r.oldest else 0,
            risk_class=r.risk_class,
            owner=r.owner or "",
        )
        for r in connection.execute(query)
    ]


def _listed(today: date) -> Select[tuple[object, ...]]:
    is_late = (t.invoices.c.balance > 0) & (t.invoices.c.due_on < today)
    late = (
        select(
            t.invoices.c.client_id,
            func.sum(t.invoices.c.balance).label("overdue"),
            func.count().label("overdue_invoices"),
            func.min(t.invoices.c.due_on).label("oldest"),
        )
        .where(is_late)
        .group_by(t.invoices.c.client_id)
        .subquery()
    )
    c = t.clients.c
    return (
        select(
            c.id,
            c.name,
            c.industry,
            c.country,
            c.currency,
            c.risk_class,
            t.users.c.name.label("owner"),
            late.c.overdue,
            func.coalesce(late.c.overdue_invoices, 0).label("overdue_invoices"),
            late.c.oldest,
        )
        .select_from(
            t.clients.outerjoin(late, late.c.client_id == c.id).outerjoin(
                t.users, t.users.c.id == c.owner_id
            )
        )
        # Engines disagree where missing sums sort; nothing overdue comes last.
        .order_by(case((late.c.overdue.is_(None), 1), else_=0), late.c.overdue.desc(), c.name, c.id)
    )


def _narrowed(
    query: Select[tuple[object, ...]], text: str, viewer: Viewer
) -> Select[tuple[object, ...]]:
    if not viewer.sees_all:
        query = query.where(t.clients.c.owner_id == viewer.user_id)
    wanted = search_key(text)
    if not wanted:
        return query
    by_invoice = select(t.invoices.c.client_id).where(
        func.lower(t.invoices.c.number) == text.strip().lower()
    )
    words = [t.clients.c.search_key.contains(word, autoescape=True) for word in wanted.split()]
    by_words = words[0]
    for word in words[1:]:
        by_words = by_words & word
    return query.where(
        or_(by_words, t.clients.c.id == text.strip(), t.clients.c.id.in_(by_invoice))
    )
