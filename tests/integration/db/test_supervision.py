"""The supervisor's lists from a real database."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, insert

from bot.core.coaching.memory import CallMemory
from bot.db import tables as t
from bot.db.supervision import SqlSupervision
from tests.integration.db.rows import NOW, a_client_row, an_invoice_row

TODAY = date(2026, 11, 20)


@pytest.fixture
def supervision(engine: Engine) -> SqlSupervision:
    user = {
        "id": "usr_sam",
        "name": "sam",
        "full_name": "Sam Okafor",
        "role": "collector",
        "seniority": "junior",
        "active": True,
    }
    call = {"client_id": "cli_1", "user_id": "usr_sam", "turn_count": 3, "started_at": NOW}
    memory = CallMemory(heat_path=(0, 2), protocol="vulnerability").as_json()
    escalation = {
        "client_id": "cli_1",
        "call_id": "call_1",
        "state": "handed_over",
        "packet": {"note": "angry", "decision_asked_for": "Take the call over"},
        "raised_by": "Sam Okafor",
        "raised_at": NOW,
    }
    promise = {
        "client_id": "cli_1",
        "amount": Decimal("500.5"),
        "made_on": TODAY,
        "noted_by": "sam",
    }
    dispute = {
        "client_id": "cli_1",
        "invoice_id": "inv_1",
        "reason": "service_dispute",
        "amount": Decimal("300"),
        "opened_on": date(2026, 11, 1),
        "noted_by": "sam",
    }
    with engine.begin() as connection:
        connection.execute(insert(t.users), [user])
        connection.execute(insert(t.clients), [a_client_row(owner_id="usr_sam")])
        connection.execute(insert(t.invoices), [an_invoice_row()])
        connection.execute(
            insert(t.calls),
            [
                call | {"id": "call_1", "status": "open", "memory": memory},
                call | {"id": "call_2", "status": "closed", "memory": {}},
            ],
        )
        connection.execute(
            insert(t.escalations),
            [
                escalation | {"id": "esc_1", "acknowledged_at": None},
                escalation | {"id": "esc_2", "acknowledged_at": NOW},
            ],
        )
        connection.execute(
            insert(t.promises),
            [
                promise | {"id": "prm_1", "due_on": TODAY, "status": "pending"},
                promise | {"id": "prm_2", "due_on": TODAY + timedelta(9), "status": "pending"},
                promise | {"id": "prm_3", "due_on": TODAY - timedelta(9), "status": "broken"},
                promise | {"id": "prm_4", "due_on": TODAY - timedelta(9), "status": "kept"},
            ],
        )
        connection.execute(
            insert(t.disputes),
            [
                dispute | {"id": "dsp_1", "resolved_on": None},
                dispute | {"id": "dsp_2", "resolved_on": TODAY},
            ],
        )
    return SqlSupervision(engine)


def test_open_calls_carry_heat_and_protocol(supervision: SqlSupervision) -> None:
    [call] = supervision.open_calls()

    assert (call.call_id, call.collector, call.turns) == ("call_1", "Sam Okafor", 3)
    assert (call.heat, call.trend, call.protocol) == (2, "rising", "vulnerability")
    assert call.minutes(NOW + timedelta(minutes=12)) == 12


def test_only_hand_overs_that_wait_are_listed(supervision: SqlSupervision) -> None:
    [waiting] = supervision.waiting_escalations()

    assert (waiting.id, waiting.collector) == ("esc_1", "Sam Okafor")
    assert (waiting.note, waiting.decision) == ("angry", "Take the call over")


def test_promises_that_are_due_come_before_broken_ones(supervision: SqlSupervision) -> None:
    promises = supervision.watched_promises(TODAY)

    assert [(p.status, p.amount, p.currency) for p in promises] == [
        ("pending", "500.50", "GBP"),
        ("broken", "500.50", "GBP"),
    ]


def test_a_collector_sees_the_promises_of_the_own_portfolio(supervision: SqlSupervision) -> None:
    assert len(supervision.watched_promises(TODAY, "usr_sam")) == 2
    assert supervision.watched_promises(TODAY, "usr_other") == []


def test_settled_disputes_are_left_out(supervision: SqlSupervision) -> None:
    [dispute] = supervision.open_disputes()

    assert (dispute.invoice_number, dispute.amount, dispute.age(TODAY)) == ("4417", "300.00", 19)
