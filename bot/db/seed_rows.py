"""Turns one demo client, written with days relative to today, into rows of the tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Table

from bot.core.errors import InvalidInputError
from bot.core.money import decimal
from bot.db import tables as t
from bot.db.search_keys import search_key
from bot.db.seed_money import DemoMoney
from bot.db.seed_values import SOURCE


class DemoClient(DemoMoney):
    """One client of the demo ledger with everything on it."""

    def rows(self) -> dict[Table, list[dict[str, Any]]]:
        """The rows of this client, by table."""
        try:
            self._client()
            self._invoices()
            self._money_moves()
            self._history()
        except (KeyError, ValueError, TypeError, IndexError) as error:
            raise InvalidInputError(f"Demo client {self._key}: {error!r}") from error
        return self._rows

    def _client(self) -> None:
        d = self._document
        self._rows[t.clients].append(
            {
                "id": self.id,
                "source": SOURCE,
                "external_key": self._key,
                "content_hash": "",
                "name": d["name"],
                "search_key": search_key(d["name"], d["industry"], self._key),
                "legal_form": d["form"],
                "country": d["country"],
                "vat_registered": d["vat"] == "yes",
                "industry": d["industry"],
                "currency": self._currency,
                "risk_class": d["risk"],
                "relationship_value": self._amount(d["value"]),
                "owner_id": self._users[d["owner"]][0],
                "on_stop": d.get("on_stop") == "yes",
                "customer_since": self._day(d["since"]),
                "payment_methods": d.get("methods"),
                "notes": d.get("notes", ""),
                "profile_as_of": self._confirmed("profile"),
                "risk_as_of": self._confirmed("risk"),
                "value_as_of": self._confirmed("value"),
                "balances_as_of": self._confirmed("balances"),
                "created_at": self._instant(d["since"]),
            }
        )
        for terms in d["terms"]:
            self._terms(terms)
        for name, role, phone, email, channel in d.get("people", ()):
            self._add(
                t.contacts,
                "con",
                name,
                name=name,
                role=role,
                phone=phone or None,
                email=email or None,
                preferred_channel=channel or None,
                source=SOURCE,
                as_of=self._confirmed("contacts"),
            )

    def _terms(self, terms: Mapping[str, str]) -> None:
        discount_days = terms.get("discount_days")
        self._add(
            t.terms,
            "trm",
            terms["from"],
            effective_from=self._day(terms["from"]),
            credit_days=int(terms["days"]),
            late_fee=self._optional(terms.get("late_fee")),
            interest=terms.get("interest", "statutory"),
            interest_rate=_rate(terms.get("rate")),
            early_discount_percent=_rate(terms.get("discount")),
            early_discount_days=int(discount_days) if discount_days else None,
            credit_limit=self._optional(terms.get("limit")),
            source=SOURCE,
            as_of=self._confirmed("terms"),
        )

    def _history(self) -> None:
        d, owner = self._document, self._document["owner"]
        for place, (on, channel, by, summary) in enumerate(d.get("log", ())):
            # Contacts of one day keep the order in which they are written down.
            at = datetime.combine(self._day(on), time(9, 30), UTC) + timedelta(minutes=17 * place)
            self._add(
                t.contact_log,
                "log",
                f"{on}/{place}",
                contacted_at=at,
                channel=channel,
                contacted_by=self._users[by or owner][1],
                summary=summary,
            )
        by = self._users[owner][1]
        for kind, reference, status, on in d.get("documents", ()):
            values = {"kind": kind, "reference": reference or None, "status": status}
            key = f"{kind}/{reference}/{on}"
            self._add(t.documents, "doc", key, noted_on=self._day(on), noted_by=by, **values)
        for on, note in d.get("follow_ups", ()):
            at = datetime.combine(self._today, time(8), UTC)
            self._add(
                t.follow_ups, "fup", on, due_on=self._day(on), note=note, set_by=by, set_at=at
            )
        for protection in d.get("protections", ()):
            until = protection.get("until")
            self._add(
                t.protections,
                "prt",
                protection["kind"],
                kind=protection["kind"],
                recorded_on=self._day(protection["on"]),
                until_on=self._day(until) if until else None,
                named=protection.get("named"),
                note=protection.get("note", ""),
                recorded_by=by,
            )


def _rate(text: str | None) -> Decimal | None:
    return decimal(text) if text else None
