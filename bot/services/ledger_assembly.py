"""Puts the rows of a file together: lines into invoices, invoices under clients, conflicts into faults."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from bot.core.money import Money
from bot.services.ledger_parsing import ParsedRow
from bot.services.ledger_rows import (
    UNKNOWN_COUNTRY,
    ImportedClient,
    ImportedInvoice,
    ImportedLine,
    ImportRequest,
    Notice,
    RowFault,
)

#: Terms that are assumed when the file's own dates say nothing.
_USUAL_CREDIT_DAYS = 30
_ROWS_NAMED = 10


@dataclass(slots=True)
class _Draft:
    """An invoice while its rows come in."""

    rows: list[ParsedRow]
    faulty: bool = False


@dataclass
class Assembly:
    """The ledger as the file tells it."""

    request: ImportRequest
    by_lines: bool
    faults: list[RowFault] = field(default_factory=list)
    fault_count: int = 0
    rounded_by: Decimal = Decimal(0)
    _drafts: dict[tuple[str, str, str], _Draft] = field(default_factory=dict)
    _several: set[str] = field(default_factory=set)
    _notices: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    #: More are counted, not kept: nobody reads them, and a wrong file has one in every row.
    FAULTS_KEPT = 1000

    def add(self, parsed: ParsedRow) -> None:
        """Take one row in."""
        for fault in parsed.faults:
            self._fault(fault)
        for name in parsed.formulas:
            self._note(f"“{name}” looks like a formula; it is kept as plain text", parsed.row)
        if parsed.unknown_country:
            self._note("the country is not known; it stays open", parsed.row)
        key = (parsed.get("client_key"), parsed.get("currency"), parsed.get("invoice_number"))
        if None in key:
            return
        draft = self._drafts.setdefault(key, _Draft([]))
        draft.faulty = draft.faulty or bool(parsed.faults)
        if not parsed.faults:
            self._join(draft, parsed)

    def finish(self) -> tuple[list[ImportedClient], list[ImportedInvoice], int]:
        """The clients and invoices that can be used, and how many rows they took."""
        invoices: list[ImportedInvoice] = []
        rows_of: dict[str, list[ParsedRow]] = defaultdict(list)
        currencies: dict[str, set[str]] = defaultdict(set)
        used = 0
        for (client_key, currency, _), draft in self._drafts.items():
            # An account is kept in one currency, so the currency is part of its key, whatever else is in the file.
            account_key = f"{client_key}/{currency}"
            invoice = None if draft.faulty else self._invoice(account_key, currency, draft)
            if invoice is not None:
                invoices.append(invoice)
                rows_of[account_key] += draft.rows
                currencies[client_key].add(currency)
                used += len(draft.rows)
        for client_key, found in currencies.items():
            if len(found) > 1:
                row = rows_of[f"{client_key}/{min(found)}"][0].row
                self._note("a client in several currencies becomes an account for each", row)
        self._several = {key for key, found in currencies.items() if len(found) > 1}
        by_client: dict[str, list[ImportedInvoice]] = defaultdict(list)
        for invoice in invoices:
            by_client[invoice.client_key].append(invoice)
        clients = [self._client(key, rows_of[key], own) for key, own in by_client.items()]
        return clients, invoices, used

    def notices(self) -> tuple[Notice, ...]:
        """What is worth knowing, each kind once with how often it happened."""
        found = [
            Notice(text, len(rows), tuple(rows[:_ROWS_NAMED]))
            for text, rows in self._notices.items()
        ]
        if self.rounded_by:
            text = f"rounding to whole pennies changed the sum by {self.rounded_by.normalize():f}"
            found.append(Notice(text, 1))
        return tuple(found)

    def _fault(self, fault: RowFault) -> None:
        self.fault_count += 1
        if len(self.faults) < self.FAULTS_KEPT:
            self.faults.append(fault)

    def _note(self, text: str, row: int) -> None:
        self._notices[text].append(row)

    def _join(self, draft: _Draft, parsed: ParsedRow) -> None:
        if not draft.rows:
            draft.rows.append(parsed)
            return
        first = draft.rows[0]
        heads = ("issued_on", "due_on", "total", "balance", "settled_on")
        if any(first.get(name) != parsed.get(name) for name in heads):
            draft.faulty = True
            self._fault(
                RowFault(
                    parsed.row,
                    "invoice_number",
                    f"invoice {parsed.get('invoice_number')} is also in row {first.row}, "
                    "with another date or amount",
                    "keep the row that is right, or give them different numbers",
                )
            )
        elif self.by_lines:
            draft.rows.append(parsed)
        else:
            self._note(
                "the invoice is in the file twice with the same figures; counted once", parsed.row
            )

    def _invoice(self, client_key: str, currency: str, draft: _Draft) -> ImportedInvoice | None:
        first = draft.rows[0]
        lines = tuple(_line(row, currency) for row in draft.rows) if self.by_lines else ()
        total = first.get("total")
        if total is None and lines:
            total = sum((line.total for line in lines), Decimal(0))
        balance = first.get("balance")
        if balance is None:
            balance = Decimal(0) if first.get("settled_on") else total
            if balance is not None and not first.get("settled_on"):
                balance -= first.get("paid") or Decimal(0)
        total = balance if total is None else total
        if total is None or balance is None:
            return self._refuse(draft, "no amount is given", "fill the amount in")
        if total <= 0 or balance < 0:
            return self._refuse(
                draft,
                f"{min(total, balance)} is not an amount to collect",
                "set credits off against their invoices in the source",
            )
        if balance > total:
            return self._refuse(draft, "more is open than was billed", "correct total or balance")
        exact = Money(total, currency).amount, Money(balance, currency).amount
        self._note_rounding(exact[1] - balance, first.row)
        issued_on, due_on = first.get("issued_on") or first.get("due_on"), first.get("due_on")
        if issued_on > due_on:
            self._note("it falls due before its invoice date; taken as given", first.row)
        return ImportedInvoice(
            client_key=client_key,
            number=first.get("invoice_number"),
            issued_on=issued_on,
            due_on=due_on,
            total=exact[0],
            balance=exact[1],
            po_number=first.get("po_number"),
            settled_on=first.get("settled_on"),
            disputed=bool(first.get("disputed")),
            lines=lines,
        )

    def _note_rounding(self, difference: Decimal, row: int) -> None:
        if difference:
            self.rounded_by += difference
            self._note("the amount has fractions of a penny; rounded half up", row)

    def _refuse(self, draft: _Draft, message: str, remedy: str) -> ImportedInvoice | None:
        draft.faulty = True
        self._fault(RowFault(draft.rows[0].row, "", message, remedy))
        return None

    def _client(
        self, key: str, rows: list[ParsedRow], invoices: list[ImportedInvoice]
    ) -> ImportedClient:
        names = Counter(row.get("client_name") for row in rows if row.get("client_name"))
        if len(names) > 1:
            self._note("a client is named in several ways; the commonest name is kept", rows[0].row)
        name = names.most_common(1)[0][0] if names else rows[0].get("client_key")
        currency = rows[0].get("currency")
        facts = {n: v for row in reversed(rows) for n, v in row.values.items() if v is not None}
        spans = Counter((i.due_on - i.issued_on).days for i in invoices if i.due_on > i.issued_on)
        days = spans.most_common(1)[0][0] if spans else _USUAL_CREDIT_DAYS
        return ImportedClient(
            key=key,
            name=f"{name} ({currency})" if rows[0].get("client_key") in self._several else name,
            currency=currency,
            country=facts.get("country") or self.request.default_country or UNKNOWN_COUNTRY,
            legal_form=facts.get("legal_form") or self.request.default_legal_form or "company",
            vat_registered=facts.get("vat_registered", False),
            industry=facts.get("industry", ""),
            risk_class=facts.get("risk_class", "U"),
            relationship_value=_whole(facts.get("relationship_value"), currency),
            credit_days=facts.get("credit_days", days),
            terms_from=min((i.issued_on for i in invoices), default=date(2000, 1, 1)),
            owner_id=self.request.owner_id,
            contact_name=facts.get("contact_name", ""),
            email=facts.get("email", ""),
            phone=facts.get("phone", ""),
            confirmed=tuple(sorted(_CONFIRMABLE & facts.keys())),
        )


_CONFIRMABLE = frozenset(
    {
        *("country", "legal_form", "vat_registered", "industry", "risk_class"),
        *("relationship_value", "credit_days"),
    }
)


def _whole(amount: Any, currency: str) -> Decimal:
    return Money(amount or Decimal(0), currency).amount


def _line(row: ParsedRow, currency: str) -> ImportedLine:
    quantity: Decimal = row.get("quantity") or Decimal(1)
    price: Decimal = row.get("unit_price") or Decimal(0)
    discount: Decimal = row.get("discount") or Decimal(0)
    total = quantity * price * (100 - discount) / 100 + (row.get("tax") or Decimal(0))
    return ImportedLine(
        description=row.get("description") or "",
        quantity=quantity.quantize(Decimal("0.0001")),
        unit_price=price.quantize(Decimal("0.001")),
        total=_whole(total, currency),
    )
