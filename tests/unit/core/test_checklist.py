"""The checklist changes with the client and ticks itself."""

from __future__ import annotations

from bot.core.account import LegalForm
from bot.core.coaching.checklist import left_open, tick
from bot.core.coaching.memory import CallMemory
from tests.builders import an_account
from tests.desks import a_checklist


def items(memory=CallMemory(), **account):
    return tick(a_checklist(), memory, an_account(**account))


def test_items_stand_in_the_order_of_a_call():
    assert ["identify", "acknowledge", "offer"] == [item.id for item in items()]


def test_a_sole_trader_is_pointed_to_free_advice():
    assert "advice" in [item.id for item in items(legal_form=LegalForm.SOLE_TRADER)]


def test_a_dispute_adds_its_item():
    assert "dispute" in [item.id for item in items(CallMemory(heard={"invoice_dispute": 1}))]


def test_a_vulnerable_client_is_offered_nothing():
    assert "offer" not in [item.id for item in items(CallMemory(heard={"vulnerability": 1}))]


def test_any_of_its_moves_ticks_an_item():
    done = {item.id: item.done for item in items(CallMemory(moves={"apologise": 1}))}

    assert {"identify": False, "acknowledge": True, "offer": False} == done


def test_what_was_not_heard_is_left_for_the_wrap_up():
    assert ("Identify", "Offer") == left_open(items(CallMemory(moves={"acknowledge": 2})))
