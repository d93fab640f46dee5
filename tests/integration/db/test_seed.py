"""The demo ledger: varied, consistent to the penny, the same at every seeding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from bot.content.demo_ledger import load_demo_ledger
from bot.core.account import Account, LegalForm
from bot.core.coaching.advice import Role
from bot.core.errors import InvalidInputError
from bot.core.money import Money
from bot.db import tables as t
from bot.db.seed import is_empty, seed
from bot.db.unit_of_work import SqlUnitOfWork
from bot.services.ports import Viewer
from tests.fakes import FixedClock

TODAY = FixedClock().today()
SUPERVISOR = Viewer("usr_omar", "omar", Role.SUPERVISOR)
LEDGER = load_demo_ledger(Path(__file__).parents[3] / "data")


@pytest.fixture
def accounts(engine: Engine) -> dict[str, Account]:
    """Every demo account by id."""
    seed(engine, TODAY, "hash", LEDGER)
    with SqlUnitOfWork(engine, FixedClock()) as work:
        return {
            row.id: work.accounts.get(row.id, SUPERVISOR)
            for row in work.accounts.search("", SUPERVISOR, 100)
        }


def test_hartley_joinery_is_as_the_sketches_show_it(accounts: dict[str, Account]) -> None:
    hartley = accounts["cli_hartley_joinery"]
    assert [i.number for i in hartley.overdue_invoices(TODAY)] == ["4417", "4431", "4440"]
    assert hartley.overdue(TODAY) == Money.of("14250.00", "GBP")
    assert [(c.invoice_number, c.amount.plain()) for c in hartley.charges] == [("4417", "70.00")]
    assert hartley.oldest_days(TODAY) == 47
    assert (hartley.promises_kept(), hartley.promises_broken()) == (4, 1)


def test_the_demo_is_varied(accounts: dict[str, Account]) -> None:
    everybody = list(accounts.values())
    assert len(everybody) >= 42
    assert len({account.industry for account in everybody}) >= 15
    assert {account.country for account in everybody} == {"GB", "IE", "US", "DE"}
    assert {account.currency for account in everybody} == {"GBP", "EUR", "USD"}
    assert Counter(account.owner for account in everybody)["sam"] >= 30
    traders = [a for a in everybody if a.legal_form is LegalForm.SOLE_TRADER]
    assert {account.vat_registered for account in traders} == {True, False}


STORIES: dict[str, Callable[[Account], Any]] = {
    "a client on stop": lambda a: a.on_stop,
    "a public body": lambda a: a.legal_form is LegalForm.PUBLIC_BODY,
    "a charity": lambda a: a.legal_form is LegalForm.CHARITY,
    "an insolvent one": lambda a: a.protections.insolvent_since,
    "an adviser in charge": lambda a: a.protections.adviser_since,
    "a moratorium": lambda a: a.protections.moratorium_until,
    "a vulnerable one": lambda a: a.protections.vulnerable_since,
    "contact stopped": lambda a: a.protections.contact_stopped_since,
    "a live plan": lambda a: a.live_plan(),
    "a pending promise": lambda a: a.pending_promise(),
    "nothing overdue": lambda a: not a.overdue(TODAY),
    "stale facts": lambda a: "balances" in a.stale,
    "a waived fee": lambda a: a.charges and not a.open_charges(),
    "a credit note pending": lambda a: any(d.kind == "credit_note" for d in a.documents),
    "a part payment": lambda a: any(i.balance and i.balance < i.total for i in a.invoices),
}


@pytest.mark.parametrize("story", STORIES)
def test_the_demo_tells_this_story(accounts: dict[str, Account], story: str) -> None:
    assert any(STORIES[story](account) for account in accounts.values())


def test_the_demo_is_consistent(accounts: dict[str, Account]) -> None:
    numbers = Counter(i.number for account in accounts.values() for i in account.invoices)
    assert [number for number, count in numbers.items() if count > 1] == []
    for account in accounts.values():
        for invoice in account.invoices:
            lines = Money.sum((line.total for line in invoice.lines), account.currency)
            assert not invoice.lines or lines == invoice.total, account.id
            assert invoice.issued_on <= invoice.due_on
        open_now = {invoice.number: invoice.balance for invoice in account.invoices}
        for dispute in account.disputes:
            assert dispute.amount <= open_now[dispute.invoice_number], account.id
        assert all(entry.at.date() <= TODAY for entry in account.contact_log)
        assert all(payment.received_on <= TODAY for payment in account.payments)


def test_seeding_again_changes_nothing_even_on_another_day(engine: Engine) -> None:
    assert is_empty(engine)
    first = seed(engine, TODAY, "hash", LEDGER)
    assert not is_empty(engine)
    again = seed(engine, TODAY + timedelta(days=3), "other", LEDGER)
    assert (first.users, again.users, again.clients, again.invoices) == (5, 0, 0, 0)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(t.clients)) == first.clients
        assert set(connection.scalars(select(t.users.c.password_hash))) == {"hash"}


def test_a_faulty_demo_client_is_named(engine: Engine) -> None:
    faulty = {**LEDGER[0], "charges": [["9999x", "late_fee", "a lot", "-1"]]}
    with pytest.raises(InvalidInputError, match="hartley-joinery|" + str(LEDGER[0]["id"])):
        seed(engine, TODAY, "hash", [faulty])
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(t.users)) == 0
