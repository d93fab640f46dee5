"""A promise or dispute is read back first and written only after the yes."""

from __future__ import annotations

from bot.core.account import Account
from tests.integration.actions.desk import (
    Desk,
    a_promise,
    disputes,
    heard,
    money,
    promises,
)


def test_a_promise_is_written_only_after_the_yes(desk: Desk, account: Account) -> None:
    before = promises(desk.services, account)
    slots = {"account_id": account.id}
    asked = desk.run(
        "action_note_promise", "put that down", slots=slots, **a_promise(desk.services)
    )

    assert asked.texts[0].startswith(f"Shall I note that {account.name} promised £120 by ")
    assert asked.slots["account_id"] == account.id
    assert promises(desk.services, account) == before

    done = desk.run("action_confirm_note", "yes", slots={**slots, **asked.slots})

    assert done.texts == [f"Noted on {account.name}: promise."]
    assert done.slots["pending_note"] is None
    assert promises(desk.services, account) == before + 1


def test_a_no_drops_the_promise(desk: Desk, account: Account) -> None:
    before = promises(desk.services, account)
    slots = {"account_id": account.id}
    asked = desk.run(
        "action_note_promise", "put that down", slots=slots, **a_promise(desk.services)
    )
    dropped = desk.run("action_drop_note", "no", slots={**slots, **asked.slots})
    late = desk.run("action_confirm_note", "yes", slots={**slots, **dropped.slots})

    assert dropped.texts[0].startswith("Not noted.")
    assert dropped.slots == {"pending_note": None}
    assert late.texts == ["There is nothing waiting to be noted."]
    assert promises(desk.services, account) == before


def test_a_promise_without_a_sum_or_day_is_asked_for(desk: Desk, account: Account) -> None:
    slots = {"account_id": account.id}
    no_sum = desk.run("action_note_promise", "note it", slots=slots, **heard("record_promise"))
    no_day = desk.run(
        "action_note_promise",
        "note it",
        slots=slots,
        **heard("record_promise", entities=(money("5"),)),
    )

    assert no_sum.texts[0].startswith("How much?")
    assert no_day.texts[0].startswith("By which day?")
    assert no_sum.slots["pending_note"] is no_day.slots["pending_note"] is None


def test_a_promise_of_more_than_is_owed_is_not_taken(desk: Desk, account: Account) -> None:
    message = a_promise(desk.services)
    message["entities"][0] = money("9999999.00")
    answer = desk.run("action_note_promise", "note", slots={"account_id": account.id}, **message)

    assert "more than the account owes" in answer.texts[0]
    assert answer.slots["pending_note"] is None


def test_a_note_that_no_longer_fits_is_refused_in_a_sentence(desk: Desk, account: Account) -> None:
    before = promises(desk.services, account)
    pending = {"promise": {"amount": "9999999", "due_on": "2020-01-01"}, "account_id": account.id}
    answer = desk.run("action_confirm_note", "yes", slots={"pending_note": pending})

    assert "more than the account owes" in answer.texts[0]
    assert promises(desk.services, account) == before


def test_a_dispute_is_written_only_after_the_yes(desk: Desk, account: Account) -> None:
    before = disputes(desk.services, account)
    number = next(i.number for i in account.invoices if i.balance.is_positive)
    found = {"entity": "invoice_number", "value": number, "text": number}
    slots = {"account_id": account.id}
    asked = desk.run(
        "action_note_dispute",
        f"log that {number} arrived damaged",
        slots=slots,
        **heard("record_dispute", entities=(found,)),
    )

    assert number in asked.texts[0]
    assert disputes(desk.services, account) == before
    done = desk.run("action_confirm_note", "yes", slots={**slots, **asked.slots})
    assert done.texts == [f"Noted on {account.name}: dispute."]
    assert disputes(desk.services, account) == before + 1


def test_a_dispute_of_an_unknown_invoice_names_the_open_ones(desk: Desk, account: Account) -> None:
    found = {"entity": "invoice_number", "value": "00000000", "text": "00000000"}
    answer = desk.run(
        "action_note_dispute",
        "log it",
        slots={"account_id": account.id},
        **heard("record_dispute", entities=(found,)),
    )

    assert answer.texts[0].startswith("Which invoice? Open are ")
    assert answer.slots["pending_note"] is None
