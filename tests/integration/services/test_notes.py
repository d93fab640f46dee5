"""Notes by chat: read back first, written after a yes, and never what the ledger cannot bear."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.core.errors import InvalidInputError, NotFoundError
from bot.core.labels import Speaker
from bot.core.reading import Entity, Reading
from bot.services.coach_answers import Answer, Asked
from tests.integration.services.conftest import HARTLEY, TODAY, House, day, invoice, money

FRIDAY = TODAY + timedelta(days=7)
Proposed = tuple[Answer, dict[str, Any] | None]


def promise(house: House, text: str, *entities: Entity, account_id: str | None = None) -> Proposed:
    reading = Reading(Speaker.COACH, text, entities=entities)
    return house.services.notes.propose_promise(
        Asked(text, house.sam, account_id=account_id), reading
    )


def dispute(house: House, text: str, *entities: Entity) -> Proposed:
    reading = Reading(Speaker.COACH, text, entities=entities)
    asked = Asked(text, house.sam, account_id=HARTLEY)
    return house.services.notes.propose_dispute(asked, reading)


def test_a_promise_is_read_back_and_written_after_a_yes(house: House) -> None:
    answer, pending = promise(house, "Hartley: 2,000 for Friday", money("2000"), day(FRIDAY))
    assert answer.text == (
        "Shall I note that Hartley Joinery Ltd promised £2,000 by Friday 27 November 2026?"
    )
    assert house.account().pending_promise() is None

    noted = house.services.notes.confirm(pending, house.sam, None)
    assert noted.text == "Noted on Hartley Joinery Ltd: promise."
    kept = house.account().pending_promise()
    assert kept is not None
    assert (kept.amount.plain(), kept.due_on) == ("2000.00", FRIDAY)


@pytest.mark.parametrize(
    ("entities", "question"),
    [
        ((), "How much?"),
        ((day(FRIDAY),), "How much?"),
        ((money("2000"),), "By which day?"),
    ],
)
def test_what_a_promise_lacks_is_asked_for(
    house: House, entities: tuple[Entity, ...], question: str
) -> None:
    answer, pending = promise(house, "put down a promise for Hartley", *entities)
    assert answer.text.startswith(question)
    assert (answer.account_id, pending) == (HARTLEY, None)


def test_a_promise_of_nobody_asks_whose_it_is(house: House) -> None:
    answer, pending = promise(house, "2,000 for Friday", money("2000"), day(FRIDAY))
    assert answer.text.startswith("Which client")
    assert pending is None


def test_a_sum_in_another_currency_is_not_taken_for_ours(house: House) -> None:
    answer, pending = promise(
        house, "2,000 euros on Friday", money("2000", "EUR"), day(FRIDAY), account_id=HARTLEY
    )
    assert pending is None
    assert "GBP" in answer.text


@pytest.mark.parametrize(
    ("amount", "when", "reason"),
    [
        ("14320.01", FRIDAY, "more than the account owes"),
        ("2000", TODAY - timedelta(days=1), "The day has passed"),
        ("2000", date(2036, 1, 1), "three years"),
        ("0", FRIDAY, "more than nothing"),
    ],
)
def test_a_promise_that_cannot_be_is_refused_in_words(
    house: House, amount: str, when: date, reason: str
) -> None:
    answer, pending = promise(house, "a promise", money(amount), day(when), account_id=HARTLEY)
    assert reason in answer.text
    assert pending is None


def test_a_dispute_is_read_back_with_its_invoice_and_ground(house: House) -> None:
    text = "log 4417 as disputed, the goods were damaged"
    answer, pending = dispute(house, text, invoice("4417"))
    assert "invoice 4417 (£4,750)" in answer.text
    house.services.notes.confirm(pending, house.sam, None)
    [kept] = [d for d in house.account().disputes if d.is_open]
    assert (kept.invoice_number, kept.reason, kept.amount.plain(), kept.note) == (
        "4417",
        "service_dispute",
        "4750.00",
        text,
    )


def test_part_of_an_invoice_can_be_disputed(house: House) -> None:
    answer, pending = dispute(house, "70 of 4417 is a late fee", invoice("4417"), money("70"))
    assert "£70 of invoice 4417" in answer.text
    assert pending is not None
    assert pending["dispute"]["reason"] == "terms_dispute"
    assert pending["dispute"]["amount"] == "70.00"


def test_a_dispute_without_its_invoice_names_the_open_ones(house: House) -> None:
    for entities in ((), (invoice("9999"),)):
        answer, pending = dispute(house, "log a dispute", *entities)
        assert answer.text == "Which invoice? Open are 4417, 4431, 4440."
        assert pending is None


def test_more_than_is_open_on_the_invoice_is_refused(house: House) -> None:
    answer, pending = dispute(house, "5,000 of it", invoice("4417"), money("5000"))
    assert "more than is open" in answer.text
    assert pending is None


def test_a_yes_to_nothing_writes_nothing(house: House) -> None:
    for nothing in (None, {}):
        answer = house.services.notes.confirm(nothing, house.sam, None)
        assert answer.text == "There is nothing waiting to be noted."


def test_a_yes_is_checked_again_for_who_says_it_and_for_what(house: House) -> None:
    _, pending = promise(house, "Hartley", money("2000"), day(FRIDAY))
    assert pending is not None
    with pytest.raises(NotFoundError):
        house.services.notes.confirm(pending, house.priya, None)
    forged = {**pending, "promise": {"amount": "99999", "due_on": FRIDAY.isoformat()}}
    with pytest.raises(InvalidInputError):
        house.services.notes.confirm(forged, house.sam, None)
    assert house.account().pending_promise() is None


def test_a_note_of_a_call_is_kept_with_its_call(house: House) -> None:
    call = house.open()
    asked = Asked("2,000 for Friday", house.sam, call_id=call)
    reading = Reading(Speaker.COACH, asked.text, entities=(money("2000"), day(FRIDAY)))
    _, pending = house.services.notes.propose_promise(asked, reading)
    answer = house.services.notes.confirm(pending, house.sam, call)
    assert answer.document is not None
    assert [item["kind"] for item in answer.document["written"]] == ["promise"]
