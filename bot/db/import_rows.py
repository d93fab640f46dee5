"""Turns imported clients and invoices into rows of the tables."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any

from bot.db.search_keys import search_key
from bot.db.types import new_id
from bot.services.ledger_rows import ImportedClient, ImportedInvoice

#: What a dispute flag without a reason is filed under, and what is noted with it.
_REASON = "invoice_dispute"
_NOTE = "Marked as disputed in the imported ledger; the ground is not known."
_METHOD = "unknown"


@dataclass(frozen=True)
class ImportStamp:
    """Where the rows of one import come from and how fresh they are."""

    source: str
    as_of: datetime


def client_hash(client: ImportedClient) -> str:
    """A fingerprint of what the file states about a client; what was assumed does not count."""
    stated = [(fact, str(getattr(client, fact))) for fact in client.confirmed]
    return _hash((client.name, client.contact_name, client.email, client.phone, stated))


def invoice_hash(invoice: ImportedInvoice) -> str:
    """A fingerprint of an invoice with its lines."""
    return _hash(astuple(invoice))


def client_row(client: ImportedClient, client_id: str, stamp: ImportStamp) -> dict[str, Any]:
    """The row of a client that is new."""
    return {
        "id": client_id,
        "source": stamp.source,
        "external_key": client.key,
        "legal_form": client.legal_form,
        "country": client.country,
        "vat_registered": client.vat_registered,
        "industry": client.industry,
        "currency": client.currency,
        "risk_class": client.risk_class,
        "relationship_value": client.relationship_value,
        "owner_id": client.owner_id,
        "on_stop": False,
        "notes": "",
        **fact_stamps(client, stamp),
        "balances_as_of": stamp.as_of,
        "created_at": stamp.as_of,
        **naming_values(client),
    }


def naming_values(client: ImportedClient) -> dict[str, Any]:
    """The columns that follow the file whenever it changes."""
    return {
        "name": client.name,
        "search_key": search_key(client.name, client.industry, client.key),
        "content_hash": client_hash(client),
    }


def fact_stamps(client: ImportedClient, stamp: ImportStamp) -> dict[str, datetime | None]:
    """How fresh each fact is: as fresh as the import if the file states it, else never confirmed."""
    said_by = {
        "profile_as_of": "legal_form",
        "risk_as_of": "risk_class",
        "value_as_of": "relationship_value",
    }
    return {
        column: stamp.as_of if fact in client.confirmed else None
        for column, fact in said_by.items()
    }


def terms_row(
    client: ImportedClient, client_id: str, from_on: date, stamp: ImportStamp
) -> dict[str, Any]:
    """The row of a client's terms."""
    return {
        "id": new_id("trm"),
        "client_id": client_id,
        "effective_from": from_on,
        "credit_days": client.credit_days,
        "interest": "statutory",
        "source": stamp.source,
        "as_of": stamp.as_of if "credit_days" in client.confirmed else None,
    }


def contact_rows(
    client: ImportedClient, client_id: str, stamp: ImportStamp
) -> list[dict[str, Any]]:
    """The row of the person the file names, if it names one."""
    if not (client.contact_name or client.email or client.phone):
        return []
    return [
        {
            "id": new_id("con"),
            "client_id": client_id,
            "name": client.contact_name or client.name,
            "role": "",
            "phone": client.phone or None,
            "email": client.email or None,
            "source": stamp.source,
            "as_of": stamp.as_of,
        }
    ]


def invoice_values(invoice: ImportedInvoice, stamp: ImportStamp) -> dict[str, Any]:
    """The columns of an invoice that follow the file."""
    return {
        "source": stamp.source,
        "external_key": invoice.key,
        "content_hash": invoice_hash(invoice),
        "as_of": stamp.as_of,
        "number": invoice.number,
        "issued_on": invoice.issued_on,
        "due_on": invoice.due_on,
        "total": invoice.total,
        "balance": invoice.balance,
        "po_number": invoice.po_number,
    }


def line_rows(invoice: ImportedInvoice, invoice_id: str) -> list[dict[str, Any]]:
    """The rows of an invoice's lines."""
    return [
        {
            "invoice_id": invoice_id,
            "position": position,
            "description": line.description,
            "quantity": line.quantity,
            "unit_price": line.unit_price,
            "total": line.total,
        }
        for position, line in enumerate(invoice.lines)
    ]


def payment_rows(
    invoice: ImportedInvoice, invoice_id: str, client_id: str, stamp: ImportStamp
) -> list[dict[str, Any]]:
    """The payment that settled an invoice, if the file says when."""
    if not invoice.settled_on or invoice.total <= invoice.balance:
        return []
    return [
        {
            "id": new_id("pay"),
            "client_id": client_id,
            "invoice_id": invoice_id,
            "source": stamp.source,
            "external_key": f"{invoice.key}/settled",
            "received_on": invoice.settled_on,
            "amount": invoice.total - invoice.balance,
            "method": _METHOD,
            "as_of": stamp.as_of,
        }
    ]


def dispute_row(
    invoice: ImportedInvoice, invoice_id: str, client_id: str, stamp: ImportStamp
) -> dict[str, Any]:
    """The dispute that a flag in the file stands for, as old as we have known of it."""
    return {
        "id": new_id("dis"),
        "client_id": client_id,
        "invoice_id": invoice_id,
        "source": stamp.source,
        "external_key": f"{invoice.key}/disputed",
        "reason": _REASON,
        "amount": invoice.balance or invoice.total,
        "opened_on": invoice.settled_on or stamp.as_of.date(),
        "note": _NOTE,
        "resolved_on": invoice.settled_on,
        "noted_by": stamp.source,
    }


def _hash(content: object) -> str:
    return hashlib.sha256(repr(content).encode()).hexdigest()
