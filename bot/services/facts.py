"""An account as a document for people and programs: figures as text, dates ISO, each fact with its freshness."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.core.account import Account, Charge, Dispute, Invoice, Plan, Promise


def account_facts(account: Account, today: date) -> dict[str, Any]:
    """Everything that the panel and the account page show."""
    return {
        "id": account.id,
        "name": account.name,
        "legal_form": account.legal_form.value,
        "country": account.country,
        "vat_registered": account.vat_registered,
        "industry": account.industry,
        "currency": account.currency,
        "risk_class": account.risk_class.value,
        "relationship_value": account.relationship_value.plain(),
        "on_stop": account.on_stop,
        "as_of": account.as_of.isoformat(),
        "stale": list(account.stale),
        "owner": account.owner,
        "overdue": account.overdue(today).plain(),
        "overdue_text": str(account.overdue(today)),
        "charged": account.charged().plain(),
        "due_now": account.due_now(today).plain(),
        "disputed": account.disputed(today).plain(),
        "undisputed": account.undisputed(today).plain(),
        "exposure": account.exposure().plain(),
        "overdue_invoices": len(account.overdue_invoices(today)),
        "oldest_days": account.oldest_days(today),
        "promises_kept": account.promises_kept(),
        "promises_broken": account.promises_broken(),
        "terms": {
            "credit_days": account.terms.credit_days,
            "effective_from": account.terms.effective_from.isoformat(),
            "late_fee": account.terms.late_fee.plain() if account.terms.late_fee else None,
            "interest": account.terms.interest,
        },
        "invoices": [_invoice(invoice, today) for invoice in account.invoices],
        "charges": [_charge(charge) for charge in account.charges],
        "payments": [
            {
                "received_on": payment.received_on.isoformat(),
                "amount": payment.amount.plain(),
                "method": payment.method,
                "invoice_number": payment.invoice_number,
            }
            for payment in account.payments
        ],
        "promises": [_promise(promise) for promise in account.promises],
        "plans": [_plan(plan) for plan in account.plans],
        "disputes": [_dispute(dispute) for dispute in account.disputes],
        "contacts": [
            {"name": c.name, "role": c.role, "phone": c.phone, "email": c.email}
            for c in account.contacts
        ],
        "contact_log": [
            {"at": e.at.isoformat(), "channel": e.channel, "by": e.by, "summary": e.summary}
            for e in account.contact_log
        ],
        "documents": [
            {"kind": d.kind, "reference": d.reference, "status": d.status, "on": d.on.isoformat()}
            for d in account.documents
        ],
        "payment_methods": list(account.payment_methods),
        "notes": account.notes,
    }


def _invoice(invoice: Invoice, today: date) -> dict[str, Any]:
    return {
        "id": invoice.id,
        "number": invoice.number,
        "issued_on": invoice.issued_on.isoformat(),
        "due_on": invoice.due_on.isoformat(),
        "total": invoice.total.plain(),
        "balance": invoice.balance.plain(),
        "disputed": invoice.disputed.plain(),
        "days_overdue": invoice.days_overdue(today),
        "po_number": invoice.po_number,
        "lines": [
            {
                "description": line.description,
                "quantity": f"{line.quantity:f}",
                "unit_price": line.unit_price.plain(),
                "total": line.total.plain(),
            }
            for line in invoice.lines
        ],
    }


def _charge(charge: Charge) -> dict[str, Any]:
    return {
        "kind": charge.kind,
        "invoice_number": charge.invoice_number,
        "amount": charge.amount.plain(),
        "charged_on": charge.charged_on.isoformat(),
        "waived": charge.waived,
    }


def _promise(promise: Promise) -> dict[str, Any]:
    return {
        "id": promise.id,
        "amount": promise.amount.plain(),
        "due_on": promise.due_on.isoformat(),
        "made_on": promise.made_on.isoformat(),
        "status": promise.status.value,
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "agreed_on": plan.agreed_on.isoformat(),
        "status": plan.status.value,
        "schedule": [{"amount": i.amount.plain(), "due": i.due.isoformat()} for i in plan.schedule],
    }


def _dispute(dispute: Dispute) -> dict[str, Any]:
    return {
        "id": dispute.id,
        "invoice_number": dispute.invoice_number,
        "reason": dispute.reason,
        "amount": dispute.amount.plain(),
        "opened_on": dispute.opened_on.isoformat(),
        "note": dispute.note,
        "owner": dispute.owner,
        "resolved_on": dispute.resolved_on.isoformat() if dispute.resolved_on else None,
    }
