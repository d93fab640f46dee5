"""Rules of the worklist: whom to ring first, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.services.supervision import WatchedPromise
from bot.services.worklist import worklist


def a_row(name: str, **changes: Any) -> dict[str, Any]:
    row = {
        "id": f"acc_{name}",
        "name": name,
        "currency": "GBP",
        "overdue": "1000.00",
        "overdue_invoices": 1,
        "oldest_days": 10,
        "risk_class": "B",
    }
    return row | changes


def a_watched(name: str, status: str) -> WatchedPromise:
    return WatchedPromise(f"acc_{name}", name, "Amina", "500.00", "GBP", date(2026, 3, 9), status)


def names(items: Any) -> list[str]:
    return [item.account["name"] for item in items]


def test_nothing_overdue_comes_last() -> None:
    paid = a_row("paid", overdue="0.00", oldest_days=0, risk_class="D")

    assert names(worklist([paid, a_row("late")])) == ["late", "paid"]


def test_higher_risk_comes_before_the_larger_sum() -> None:
    risky = a_row("risky", risk_class="D")
    large = a_row("large", overdue="90000.00")

    assert names(worklist([large, risky])) == ["risky", "large"]


def test_of_equal_weight_the_larger_sum_comes_first() -> None:
    small, large = a_row("small"), a_row("large", overdue="20000.00")

    assert names(worklist([small, large])) == ["large", "small"]


def test_a_promise_that_is_due_comes_before_one_that_was_broken() -> None:
    rows = [a_row("broken"), a_row("due"), a_row("plain")]
    promises = [a_watched("broken", "broken"), a_watched("due", "pending")]

    assert names(worklist(rows, promises)) == ["due", "broken", "plain"]


def test_every_place_has_its_reasons() -> None:
    row = a_row("risky", risk_class="C", oldest_days=40)

    [item] = worklist([row], [a_watched("risky", "broken")])

    assert [kind for kind, _ in item.reasons] == ["promise_broken", "risk", "late"]
