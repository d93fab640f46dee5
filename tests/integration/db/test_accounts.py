"""Accounts as the use cases see them: whole, fresh or marked, and only one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from time import process_time

import pytest
from sqlalchemy import Engine, insert

from bot.core.account import PromiseStatus
from bot.core.coaching.advice import Role
from bot.core.errors import InvalidInputError, MoneyError, NotFoundError
from bot.core.money import Money
from bot.db import tables as t
from bot.db.unit_of_work import SqlUnitOfWork
from bot.services.ports import Viewer
from tests.integration.db.rows import NOW, a_client_row, an_invoice_row

SAM = Viewer("usr_sam", "sam", Role.COLLECTOR)
PRIYA = Viewer("usr_priya", "priya", Role.COLLECTOR, "senior")
OMAR = Viewer("usr_omar", "omar", Role.SUPERVISOR)
TODAY = date(2026, 11, 20)

Start = Callable[[], SqlUnitOfWork]


@pytest.fixture
def ledger(engine: Engine, start_work: Start) -> Start:
    """Sam's joinery with two invoices and Priya's brewery with one."""
    with engine.begin() as connection:
        connection.execute(
            insert(t.clients),
            [
                a_client_row(owner_id="usr_sam"),
                a_client_row(
                    id="cli_2",
                    external_key="C2",
                    name="Brauhaus Süd",
                    search_key="brauhaus sud brewery",
                    currency="EUR",
                    owner_id="usr_priya",
                ),
            ],
        )
        connection.execute(
            insert(t.invoices),
            [
                an_invoice_row(),
                an_invoice_row(id="inv_2", number="4431", external_key="2", balance=Decimal("100")),
                an_invoice_row(id="inv_3", number="9001", external_key="3", client_id="cli_2"),
            ],
        )
    return start_work


def test_a_collector_sees_only_their_own_accounts(ledger: Start) -> None:
    with ledger() as work:
        assert work.accounts.get("cli_1", SAM).name == "Test & Söhne"
        with pytest.raises(NotFoundError) as others:
            work.accounts.get("cli_2", SAM)
        with pytest.raises(NotFoundError) as unknown:
            work.accounts.get("cli_9", SAM)
        assert others.value.detail == unknown.value.detail
        assert work.accounts.get("cli_2", OMAR).currency == "EUR"
        assert [row.id for row in work.accounts.search("", SAM)] == ["cli_1"]
        assert len(work.accounts.search("", OMAR)) == 2


@pytest.mark.parametrize("text", ["sud", "SÜD", "brewery brau", "9001", "cli_2"])
def test_accounts_are_found_by_name_trade_and_invoice(ledger: Start, text: str) -> None:
    with ledger() as work:
        assert [row.id for row in work.accounts.search(text, OMAR)] == ["cli_2"]


@pytest.mark.parametrize("text", ["%", "_", "nobody", "'; DROP TABLE clients; --"])
def test_search_takes_every_sign_as_a_sign(ledger: Start, text: str) -> None:
    with ledger() as work:
        assert work.accounts.search(text, OMAR) == []


def test_the_list_shows_the_same_overdue_sum_as_the_account(ledger: Start) -> None:
    with ledger() as work:
        row = work.accounts.search("4417", SAM)[0]
        account = work.accounts.get("cli_1", SAM)
    assert row.overdue == account.overdue(TODAY).plain() == "4850.10"
    assert (row.overdue_invoices, row.oldest_days) == (2, account.oldest_days(TODAY))
    assert row.owner == account.owner == "sam"


def test_what_a_call_led_to_is_on_the_account(ledger: Start) -> None:
    due = TODAY + timedelta(days=7)
    with ledger() as work:
        work.accounts.add_promise("cli_1", "500", "GBP", due, "usr_sam", None)
        work.accounts.add_dispute("cli_1", "4417", "service_dispute", "40.10", "x", "usr_sam", None)
        work.accounts.add_plan(
            "cli_1", [("300.00", due), ("200.00", due + timedelta(days=30))], "GBP", "usr_sam", None
        )
        work.accounts.add_document_request("cli_1", "invoice_copy", "4417", "usr_sam")
        work.accounts.add_follow_up("cli_1", due, "ring Ruth", "usr_sam")
        work.accounts.add_contact("cli_1", NOW, "phone", "usr_sam", "Spoke to Ruth.")
        work.commit()
    with ledger() as work:
        account = work.accounts.get("cli_1", SAM)
    assert account.promises[0].status is PromiseStatus.PENDING
    assert account.disputed(TODAY) == Money.of("40.10", "GBP")
    assert [i.amount.plain() for i in account.live_plan().schedule] == ["300.00", "200.00"]
    assert (account.documents[0].kind, account.contact_log[0].summary) == (
        "invoice_copy",
        "Spoke to Ruth.",
    )


def test_a_dispute_without_an_amount_takes_the_whole_balance(ledger: Start) -> None:
    with ledger() as work:
        work.accounts.add_dispute("cli_1", "4431", "invoice_dispute", None, "", "usr_sam", None)
        account = work.accounts.get("cli_1", SAM)
    assert account.disputes[0].amount == Money.of(100, "GBP")


def test_two_disputes_never_contest_more_than_is_open(ledger: Start) -> None:
    with ledger() as work:
        for _ in range(2):
            work.accounts.add_dispute("cli_1", "4431", "invoice_dispute", "80", "", "usr_sam", None)
        account = work.accounts.get("cli_1", SAM)
    assert account.disputed(TODAY) == Money.of(100, "GBP")


def test_figures_that_do_not_fit_the_account_are_refused(ledger: Start) -> None:
    with ledger() as work:
        accounts = work.accounts
        with pytest.raises(MoneyError, match="kept in GBP"):
            accounts.add_promise("cli_1", "5", "EUR", TODAY, "usr_sam", None)
        with pytest.raises(MoneyError):
            accounts.add_promise("cli_1", "0", "GBP", TODAY, "usr_sam", None)
        with pytest.raises(MoneyError, match="£100 open"):
            accounts.add_dispute("cli_1", "4431", "invoice_dispute", "101", "", "usr_sam", None)
        with pytest.raises(NotFoundError):
            accounts.add_dispute("cli_1", "9001", "invoice_dispute", None, "", "usr_sam", None)
        with pytest.raises(InvalidInputError):
            accounts.add_dispute("cli_1", "4431", "abuse", None, "", "usr_sam", None)


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("vulnerable", {"vulnerable_since": TODAY}),
        ("adviser", {"adviser_since": TODAY}),
        ("moratorium", {"moratorium_until": TODAY + timedelta(days=60)}),
        ("insolvent", {"insolvent_since": TODAY}),
        ("contact_stopped", {"contact_stopped_since": TODAY}),
    ],
)
def test_a_protection_is_on_the_account_at_once(
    ledger: Start, kind: str, shown: dict[str, object]
) -> None:
    with ledger() as work:
        work.accounts.set_protection("cli_1", kind, TODAY, "Harbour Advice", "usr_sam")
        protections = work.accounts.get("cli_1", SAM).protections
    assert protections.any
    assert {name: value for name, value in vars(protections).items() if value} == shown


def test_a_moratorium_that_is_over_protects_no_longer(ledger: Start) -> None:
    with ledger() as work:
        begun = TODAY - timedelta(days=61)
        work.accounts.set_protection("cli_1", "moratorium", begun, "", "usr_sam")
        assert not work.accounts.get("cli_1", SAM).protections.any


def test_old_and_unconfirmed_facts_are_marked(engine: Engine, start_work: Start) -> None:
    old = datetime(2026, 11, 16, tzinfo=UTC)
    row = a_client_row(balances_as_of=old, risk_as_of=None, owner_id="usr_sam")
    with engine.begin() as connection:
        connection.execute(insert(t.clients), [row])
    with start_work() as work:
        account = work.accounts.get("cli_1", SAM)
    assert account.stale == ("balances", "risk_class", "terms")
    assert account.as_of == old


def test_one_account_with_fifty_invoices_loads_in_milliseconds(
    engine: Engine, start_work: Start
) -> None:
    with engine.begin() as connection:
        connection.execute(insert(t.clients), [a_client_row(owner_id="usr_sam")])
        connection.execute(
            insert(t.invoices),
            [an_invoice_row(id=f"inv_{n}", number=str(n), external_key=str(n)) for n in range(50)],
        )
    with start_work() as work:
        times = []
        for _ in range(20):
            begun = process_time()
            work.accounts.get("cli_1", SAM)
            times.append(process_time() - begun)
    # 2 ms where it was written; the bound leaves room for a busy machine.
    assert min(times) < 0.015
