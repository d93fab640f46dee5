"""Orders a collector's accounts: whom to ring first, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.services.supervision import WatchedPromise

_RISK_WEIGHT = {"A": 0, "B": 1, "U": 2, "C": 3, "D": 4}

#: From so many days late an invoice weighs one, two, … steps.
_LATE_STEPS = (1, 15, 31, 61, 91)


@dataclass(frozen=True)
class WorkItem:
    """One account of the list with the reasons for its place, each a key with its figures."""

    account: Mapping[str, Any]
    reasons: tuple[tuple[str, Mapping[str, Any]], ...]
    weight: int

    @property
    def is_late(self) -> bool:
        """Whether anything is overdue."""
        return Decimal(self.account["overdue"]) > 0


def worklist(
    rows: Iterable[Mapping[str, Any]], promises: Iterable[WatchedPromise] = ()
) -> list[WorkItem]:
    """Put broken promises, risk and lateness first, then the larger sums; nothing overdue comes last."""
    watched = _watched(promises)
    items = [_item(row, watched.get(row["id"], ())) for row in rows]
    return sorted(
        items,
        key=lambda item: (
            not item.is_late,
            -item.weight,
            -Decimal(item.account["overdue"]),
            item.account["name"],
        ),
    )


def _watched(promises: Iterable[WatchedPromise]) -> dict[str, list[WatchedPromise]]:
    by_account: dict[str, list[WatchedPromise]] = {}
    for promise in promises:
        by_account.setdefault(promise.account_id, []).append(promise)
    return by_account


def _item(row: Mapping[str, Any], promises: Sequence[WatchedPromise]) -> WorkItem:
    reasons: list[tuple[str, Mapping[str, Any]]] = []
    broken = [promise for promise in promises if promise.status == "broken"]
    due = [promise for promise in promises if promise.status == "pending"]
    if due:
        reasons.append(("promise_due", _figures(due[0])))
    if broken:
        reasons.append(("promise_broken", _figures(broken[-1])))
    if row["risk_class"] in ("C", "D"):
        reasons.append(("risk", {"risk": row["risk_class"]}))
    if row["oldest_days"]:
        reasons.append(("late", {"days": row["oldest_days"]}))
    late = sum(row["oldest_days"] >= step for step in _LATE_STEPS)
    weight = _RISK_WEIGHT.get(row["risk_class"], 2) + late + 2 * bool(broken) + 3 * bool(due)
    return WorkItem(row, tuple(reasons), weight)


def _figures(promise: WatchedPromise) -> dict[str, Any]:
    return {
        "amount": promise.amount,
        "currency": promise.currency,
        "due_on": promise.due_on.isoformat(),
    }
