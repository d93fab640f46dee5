"""Rows for the tests of the tables, complete and small."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def a_client_row(**other: Any) -> dict[str, Any]:
    """A client's row."""
    return {
        "id": "cli_1",
        "source": "test",
        "external_key": "C1",
        "content_hash": "",
        "name": "Test & Söhne",
        "search_key": "test & sohne",
        "legal_form": "company",
        "country": "GB",
        "vat_registered": True,
        "industry": "joinery",
        "currency": "GBP",
        "risk_class": "B",
        "relationship_value": Decimal("86000"),
        "owner_id": None,
        "on_stop": False,
        "customer_since": date(2019, 3, 1),
        "payment_methods": None,
        "notes": "",
        "profile_as_of": NOW,
        "risk_as_of": NOW,
        "value_as_of": NOW,
        "balances_as_of": NOW,
        "created_at": NOW,
    } | other


def an_invoice_row(**other: Any) -> dict[str, Any]:
    """An invoice's row of that client."""
    return {
        "id": "inv_1",
        "client_id": "cli_1",
        "source": "test",
        "external_key": "C1/1",
        "content_hash": "",
        "as_of": NOW,
        "number": "4417",
        "issued_on": date(2026, 9, 1),
        "due_on": date(2026, 10, 1),
        "total": Decimal("4750.10"),
        "balance": Decimal("4750.10"),
        "po_number": None,
    } | other
