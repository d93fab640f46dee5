"""Takes a whole ledger in: compares it with what is stored and writes only the difference, in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, delete, insert, select, update

from bot.db import import_rows as rows
from bot.db import tables as t
from bot.db.types import new_id
from bot.services.ledger_rows import ImportedClient, ImportedInvoice
from bot.services.ports import Clock

#: Parents before children.
_WRITTEN = (
    *(t.clients, t.terms, t.contacts),
    *(t.invoices, t.invoice_lines, t.payments, t.disputes),
)


class SqlImportRepository:
    """Imports over one database connection."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def was_imported(self, source: str, digest: str) -> bool:
        """Whether this very file has been taken in before."""
        query = select(t.imports.c.id).where(
            t.imports.c.source == source, t.imports.c.digest == digest
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def record(
        self,
        source: str,
        digest: str,
        file_name: str,
        by: str,
        at: datetime,
        counts: dict[str, int],
    ) -> None:
        """Note that a file was taken in."""
        self._connection.execute(
            insert(t.imports).values(
                id=new_id("imp"),
                source=source,
                digest=digest,
                file_name=file_name[:200],
                imported_at=at,
                imported_by=by,
                counts=counts,
            )
        )

    def replace_open_items(
        self,
        source: str,
        clients: Iterable[ImportedClient],
        invoices: Iterable[ImportedInvoice],
        *,
        as_of: datetime | None = None,
        restamp: bool = True,
    ) -> dict[str, int]:
        """Insert or update by external key; counts new, changed and unchanged."""
        stamp = rows.ImportStamp(source, as_of or self._clock.now())
        batch = _Batch(self._connection, stamp, restamp)
        ids = batch.clients(list(clients))
        batch.invoices(list(invoices), ids)
        batch.write()
        return batch.counts


class _Batch:
    """One import on its way into the tables."""

    def __init__(self, connection: Connection, stamp: rows.ImportStamp, restamp: bool) -> None:
        self._connection = connection
        self._stamp = stamp
        self._restamp = restamp
        self._new: dict[Table, list[dict[str, Any]]] = {table: [] for table in _WRITTEN}
        self.counts = {
            f"{what}_{how}": 0
            for what in ("clients", "invoices")
            for how in ("new", "changed", "unchanged")
        }

    def clients(self, clients: Sequence[ImportedClient]) -> dict[str, str]:
        """Compare the clients; returns the id of each by its key."""
        known = self._known(t.clients)
        ids: dict[str, str] = {}
        fresh = []
        for client in clients:
            client_id, stored = known.get(client.key, ("", ""))
            is_same = stored == rows.client_hash(client)
            ids[client.key] = client_id or new_id("cli")
            self._count("clients", client_id, is_same)
            if not client_id:
                self._add_client(client, ids[client.key])
            elif not is_same:
                self._change_client(client, client_id)
            if client_id and self._restamp:
                fresh.append(client_id)
        self._freshen(t.clients, t.clients.c.balances_as_of, fresh)
        return ids

    def invoices(self, invoices: Sequence[ImportedInvoice], ids: dict[str, str]) -> None:
        """Compare the invoices and queue what is new or different."""
        known = self._known(t.invoices)
        changed, fresh = [], []
        for invoice in invoices:
            invoice_id, stored = known.pop(invoice.key, ("", ""))
            is_same = stored == rows.invoice_hash(invoice)
            client_id = ids[invoice.client_key]
            self._count("invoices", invoice_id, is_same)
            if not invoice_id:
                self._add_invoice(invoice, client_id)
            elif not is_same:
                changed.append({"row_id": invoice_id, **rows.invoice_values(invoice, self._stamp)})
                self._change_details(invoice, invoice_id, client_id)
            elif self._restamp:
                fresh.append(invoice_id)
        self.counts["invoices_not_in_file"] = len(known)
        if changed:
            values: dict[str, Any] = {
                name: bindparam(name) for name in changed[0] if name != "row_id"
            }
            which = t.invoices.c.id == bindparam("row_id")
            self._connection.execute(update(t.invoices).where(which).values(values), changed)
        self._freshen(t.invoices, t.invoices.c.as_of, fresh)

    def write(self) -> None:
        """Insert everything that is new."""
        for table, new in self._new.items():
            if new:
                self._connection.execute(insert(table), new)

    def _known(self, table: Table) -> dict[str, tuple[str, str]]:
        query = select(table.c.external_key, table.c.id, table.c.content_hash)
        found = self._connection.execute(query.where(table.c.source == self._stamp.source))
        return {key: (row_id, content) for key, row_id, content in found}

    def _count(self, what: str, known_id: str, is_same: bool) -> None:
        how = "new" if not known_id else "unchanged" if is_same else "changed"
        self.counts[f"{what}_{how}"] += 1

    def _freshen(self, table: Table, column: Column[Any], ids: list[str]) -> None:
        if ids:
            which = table.c.id == bindparam("row_id")
            self._connection.execute(
                update(table).where(which).values({column: self._stamp.as_of}),
                [{"row_id": row_id} for row_id in ids],
            )

    def _add_client(self, client: ImportedClient, client_id: str) -> None:
        self._new[t.clients].append(rows.client_row(client, client_id, self._stamp))
        self._add_terms(client, client_id, client.terms_from)
        self._new[t.contacts] += rows.contact_rows(client, client_id, self._stamp)

    def _change_client(self, client: ImportedClient, client_id: str) -> None:
        # What the file does not state may have been put right by hand since, and stays.
        stated = {fact: getattr(client, fact) for fact in client.confirmed if fact != "credit_days"}
        stamps = {name: at for name, at in rows.fact_stamps(client, self._stamp).items() if at}
        self._connection.execute(
            update(t.clients)
            .where(t.clients.c.id == client_id)
            .values(**rows.naming_values(client), **stated, **stamps)
        )
        people = rows.contact_rows(client, client_id, self._stamp)
        if people:
            mine = (t.contacts.c.client_id == client_id) & (
                t.contacts.c.source == self._stamp.source
            )
            self._connection.execute(delete(t.contacts).where(mine))
            self._new[t.contacts] += people
        if "credit_days" in client.confirmed:
            from_on = self._stamp.as_of.date()
            same_day = (t.terms.c.client_id == client_id) & (t.terms.c.effective_from == from_on)
            self._connection.execute(delete(t.terms).where(same_day))
            self._add_terms(client, client_id, from_on)

    def _add_terms(self, client: ImportedClient, client_id: str, from_on: date) -> None:
        self._new[t.terms].append(rows.terms_row(client, client_id, from_on, self._stamp))

    def _add_invoice(self, invoice: ImportedInvoice, client_id: str) -> None:
        invoice_id = new_id("inv")
        values = rows.invoice_values(invoice, self._stamp)
        self._new[t.invoices].append({"id": invoice_id, "client_id": client_id, **values})
        self._new[t.invoice_lines] += rows.line_rows(invoice, invoice_id)
        self._new[t.payments] += rows.payment_rows(invoice, invoice_id, client_id, self._stamp)
        if invoice.disputed:
            dispute = rows.dispute_row(invoice, invoice_id, client_id, self._stamp)
            self._new[t.disputes].append(dispute)

    def _change_details(self, invoice: ImportedInvoice, invoice_id: str, client_id: str) -> None:
        lines, payments = t.invoice_lines, t.payments
        self._connection.execute(delete(lines).where(lines.c.invoice_id == invoice_id))
        self._new[lines] += rows.line_rows(invoice, invoice_id)
        # Only what an earlier import of this source brought; what was noted in Parley stays.
        settled = (payments.c.source == self._stamp.source) & (
            payments.c.external_key == f"{invoice.key}/settled"
        )
        self._connection.execute(delete(payments).where(settled))
        self._new[payments] += rows.payment_rows(invoice, invoice_id, client_id, self._stamp)
        self._change_dispute(invoice, invoice_id, client_id)

    def _change_dispute(self, invoice: ImportedInvoice, invoice_id: str, client_id: str) -> None:
        row = rows.dispute_row(invoice, invoice_id, client_id, self._stamp)
        columns = t.disputes.c
        flagged = (columns.source == row["source"]) & (columns.external_key == row["external_key"])
        values = {"amount": row["amount"], "resolved_on": row["resolved_on"]}
        if not invoice.disputed:
            # The flag went: settled that day, without touching the sum that was contested.
            flagged &= columns.resolved_on.is_(None)
            values = {"resolved_on": invoice.settled_on or self._stamp.as_of.date()}
        found = self._connection.execute(update(t.disputes).where(flagged).values(**values))
        if invoice.disputed and not found.rowcount:
            self._new[t.disputes].append(row)
