"""The money of a demo client: invoices, payments, charges, promises, plans and disputes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.core.money import Money, decimal
from bot.db import tables as t
from bot.db.seed_values import SOURCE, DemoRows

#: Value added tax on the demo invoices, in per cent.
_TAX = {"GB": 20, "IE": 23, "DE": 19, "US": 0}


class DemoMoney(DemoRows):
    """The part of a demo client that is sums and dates; balances follow from what was paid."""

    def _invoices(self) -> None:
        for invoice in self._document.get("open", ()):
            lines = self._lines(invoice["lines"])
            total = sum((line["total"] for line in lines), Decimal(0))
            issued = invoice.get("issued") or int(invoice["due"]) - self._credit_days()
            self._invoice(invoice["number"], issued, invoice["due"], total, invoice.get("po"))
            invoice_id = self._rows[t.invoices][-1]["id"]
            self._rows[t.invoice_lines] += [
                {"invoice_id": invoice_id, "position": place, **line}
                for place, line in enumerate(lines)
            ]
        for number, due, total, late, method in self._document.get("settled", ()):
            self._invoice(number, int(due) - self._credit_days(), due, self._amount(total), None)
            self._payment(int(due) + int(late), total, method, number)
        for on, amount, method, number in self._document.get("paid", ()):
            self._payment(on, amount, method, number or None)
        paid: dict[str, Decimal] = defaultdict(Decimal)
        for row in self._rows[t.payments]:
            paid[row["invoice_id"]] += row["amount"]
        for row in self._rows[t.invoices]:
            row["balance"] = row["total"] - paid[row["id"]]

    def _invoice(
        self, number: str, issued: str | int, due: str | int, total: Decimal, po: str | None
    ) -> None:
        self._add(
            t.invoices,
            "inv",
            number,
            external_key=f"{self._key}/{number}",
            content_hash="",
            number=number,
            issued_on=self._day(issued),
            due_on=self._day(due),
            total=total,
            po_number=po,
            source=SOURCE,
            as_of=self._confirmed("balances"),
        )

    def _lines(self, lines: Any) -> list[dict[str, Any]]:
        made = [
            _line(description, decimal(quantity), self._amount(price), self._currency)
            for description, quantity, price in lines
        ]
        rate = _TAX[self._document["country"]]
        if rate:
            net = sum((line["total"] for line in made), Decimal(0))
            tax = Money(net, self._currency).percent(Decimal(rate)).amount
            made.append(_line(f"VAT at {rate}%", Decimal(1), tax, self._currency))
        return made

    def _payment(self, on: str | int, amount: str, method: str, number: str | None) -> None:
        self._add(
            t.payments,
            "pay",
            f"{on}/{number}/{amount}",
            invoice_id=self._ref("inv", number) if number else None,
            external_key=None,
            received_on=self._day(on),
            amount=self._amount(amount),
            method=method,
            source=SOURCE,
            as_of=self._confirmed("balances"),
        )

    def _money_moves(self) -> None:
        d, by = self._document, self._users[self._document["owner"]][1]
        for number, kind, amount, on, *waived in d.get("charges", ()):
            self._add(
                t.charges,
                "chg",
                f"{number}/{kind}",
                invoice_id=self._ref("inv", number),
                kind=kind,
                amount=self._amount(amount),
                charged_on=self._day(on),
                waived_on=self._day(waived[0]) if waived else None,
                source=SOURCE,
                as_of=self._confirmed("balances"),
            )
        for amount, made, due, status in d.get("promises", ()):
            self._add(
                t.promises,
                "pro",
                f"{made}/{due}",
                amount=self._amount(amount),
                made_on=self._day(made),
                due_on=self._day(due),
                status=status,
                noted_by=by,
            )
        for plan in d.get("plans", ()):
            agreed = self._day(plan["agreed"])
            key = plan["agreed"]
            self._add(t.plans, "pln", key, agreed_on=agreed, status=plan["status"], noted_by=by)
            self._rows[t.instalments] += [
                {
                    "plan_id": self._ref("pln", key),
                    "position": place,
                    "amount": self._amount(amount),
                    "due_on": self._day(due),
                }
                for place, (amount, due) in enumerate(plan["schedule"])
            ]
        for dispute in d.get("disputes", ()):
            self._dispute(dispute, by)

    def _dispute(self, dispute: Mapping[str, str], by: str) -> None:
        number = dispute["invoice"]
        resolved = dispute.get("resolved")
        self._add(
            t.disputes,
            "dis",
            number,
            invoice_id=self._ref("inv", number),
            source=SOURCE,
            external_key=None,
            reason=dispute["reason"],
            amount=self._amount(dispute["amount"]),
            opened_on=self._day(dispute["opened"]),
            note=dispute["note"],
            owner=dispute.get("owner"),
            resolved_on=self._day(resolved) if resolved else None,
            noted_by=by,
        )


def _line(description: str, quantity: Decimal, price: Decimal, currency: str) -> dict[str, Any]:
    total = Money(price * quantity, currency).amount
    return {
        "description": description,
        "quantity": quantity,
        "unit_price": price,
        "total": total,
    }
