"""What the parts of a demo client share: ids, days counted from today, amounts, freshness."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Table

from bot.core.money import Money

SOURCE = "demo"
#: Days since each kind of fact was last confirmed, unless the client says otherwise.
_AGES = {"balances": 0, "risk": 75, "profile": 200, "value": 120, "contacts": 90, "terms": 150}


class DemoRows:
    """One client of the demo ledger on its way into the tables; all values in the document are texts."""

    def __init__(
        self, document: Mapping[str, Any], today: date, users: Mapping[str, tuple[str, str]]
    ) -> None:
        self._document = document
        self._today = today
        self._users = users
        self._key = document["id"]
        self._currency = document["currency"]
        self._rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)
        self.id = "cli_" + self._key.replace("-", "_")

    def _add(self, table: Table, prefix: str, key: str, **values: Any) -> None:
        row = {"id": self._ref(prefix, key), "client_id": self.id, **values}
        self._rows[table].append(row)

    def _ref(self, prefix: str, key: str) -> str:
        # The same id at every seeding, so that links into the demo ledger stay good.
        return f"{prefix}_{hashlib.sha256(f'{self._key}/{key}'.encode()).hexdigest()[:20]}"

    def _credit_days(self) -> int:
        return int(self._document["terms"][-1]["days"])

    def _day(self, offset: str | int) -> date:
        return self._today + timedelta(days=int(offset))

    def _instant(self, offset: str | int) -> datetime:
        return datetime.combine(self._day(offset), time(6), UTC)

    def _confirmed(self, fact: str) -> datetime:
        ages = self._document.get("ages", {})
        return self._instant(-int(ages.get(fact, _AGES[fact])))

    def _amount(self, text: str) -> Decimal:
        return Money.of(text, self._currency).amount

    def _optional(self, text: str | None) -> Decimal | None:
        return self._amount(text) if text else None
