"""What the panel shows on the demo accounts: figures of the ledger, nothing before its time, protection first."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.services.conftest import HARTLEY, TODAY, House

JOKE = "you lot agreed sixty days and now you're slapping a late fee on me, that's a bloody joke"
LOSS = "I just lost my wife and I can't think straight"


@pytest.fixture
def angry_joiner(house: House) -> tuple[str, dict[str, Any]]:
    """Hartley Joinery's call after its first hot turn, with the advice on it."""
    call = house.open()
    return call, house.client(call, JOKE, "terms_dispute", heat=2)["advice"]


def test_a_contested_fee_is_answered_with_the_invoice_and_the_fee(
    angry_joiner: tuple[str, dict[str, Any]],
) -> None:
    _, advice = angry_joiner
    concrete = [line for line in advice["say"] if "invoice 4417" in line or "£70" in line]
    assert len(concrete) >= 2
    assert all(len(line.split()) <= 25 for line in advice["say"])
    assert advice["escalation"]["state"] == "not_yet"
    assert advice["escalation"]["untried"]
    assert JOKE[:30] in advice["because"][0]


def test_the_options_add_up_to_the_ledger(
    house: House, angry_joiner: tuple[str, dict[str, Any]]
) -> None:
    _, advice = angry_joiner
    account = house.account()
    offered = {option["kind"]: option for option in advice["options"] if option["schedule"]}
    assert len(offered) >= 2

    undisputed = (account.due_now(TODAY) - account.charged()).plain()
    assert offered["fee_waiver"]["total"] == undisputed == "14250.00"
    assert offered["fee_waiver"]["cost"] == account.charged().plain() == "70.00"
    assert offered["undisputed_part"]["total"] == undisputed
    assert offered["full_payment"]["total"] == account.due_now(TODAY).plain() == "14320.00"


def test_options_are_held_until_the_client_has_been_acknowledged(
    house: House, angry_joiner: tuple[str, dict[str, Any]]
) -> None:
    call, advice = angry_joiner
    assert all(option["held"] for option in advice["options"] if option["status"] != "closed")

    after = house.collector(call, "I can hear how unfair that feels.", "acknowledge")["advice"]
    assert after["acknowledged"]
    again = house.client(call, "so what will you do about it, invoice 4417", "plan_request")
    assert again["advice"]["options"]
    assert not any(option["held"] for option in again["advice"]["options"])


def test_the_last_card_stands_while_the_panel_is_silent(
    house: House, angry_joiner: tuple[str, dict[str, Any]]
) -> None:
    call, advice = angry_joiner
    assert house.collector(call, "mm", "neutral")["advice"]["silent"]
    assert house.services.calls.view(call, house.sam)["advice"] == advice


def test_a_vulnerable_client_gets_the_protocol_and_nothing_else(house: House) -> None:
    call = house.open()
    advice = house.client(call, LOSS, "cash_flow", "vulnerability", heat=1)["advice"]

    assert (advice["protocol"], advice["pause"]) == ("texas", "vulnerable")
    assert (advice["options"], advice["ask"]) == ([], None)
    assert advice["escalation"]["state"] == "required"
    assert not any("£" in line or "invoice" in line for line in advice["say"])
    assert house.account().protections.vulnerable_since == TODAY


def test_words_of_danger_need_no_label(house: House) -> None:
    call = house.open()
    advice = house.client(call, "honestly I just want to end it all, I can't go on living")[
        "advice"
    ]
    assert advice["protocol"] == "blake"
    assert house.account().protections.vulnerable_since == TODAY


def test_no_money_card_comes_in_the_next_call_either(house: House) -> None:
    house.client(house.open(), LOSS, "vulnerability")
    call = house.open()
    advice = house.client(call, "can I pay in bits", "plan_request")["advice"]

    assert (advice["protocol"], advice["options"]) == ("texas", [])
    assert house.services.calls.view(call, house.sam)["brief"]["paused"]


def test_the_pause_is_written_once_and_names_its_call(house: House) -> None:
    call = house.open()
    house.client(call, LOSS, "vulnerability")
    assert house.client(call, "she died in March", "vulnerability")["advice"]["pause"] is None


@pytest.mark.parametrize(
    ("label", "text", "kind"),
    [
        ("vulnerability", LOSS, "vulnerable_since"),
        ("insolvency", "the liquidators come on Monday", "insolvent_since"),
        ("adviser_in_charge", "my debt adviser deals with all that", "adviser_since"),
    ],
)
def test_a_pause_on_misheard_words_is_taken_back(
    house: House, label: str, text: str, kind: str
) -> None:
    call = house.open()
    answer = house.client(call, text, label)
    assert getattr(house.account().protections, kind) == TODAY

    house.services.calls.feedback(
        call, answer["turn_id"], house.sam, "misheard", labels=("stalling",)
    )
    assert getattr(house.account().protections, kind) is None
    advice = house.client(call, "can I pay in bits", "plan_request")["advice"]
    assert advice["protocol"] is None
    assert advice["options"]
    assert advice["escalation"]["state"] == "not_yet"


def test_a_protocol_called_up_by_misheard_words_of_danger_is_taken_back(house: House) -> None:
    call = house.open()
    answer = house.client(call, "I'd rather kill myself than watch that match again")
    assert answer["advice"]["protocol"] == "blake"
    house.services.calls.feedback(call, answer["turn_id"], house.sam, "misheard", labels=())
    assert house.account().protections.vulnerable_since is None
    assert house.client(call, "can I pay in bits", "plan_request")["advice"]["options"]


def test_third_party_misheard_lets_the_call_go_on(house: House) -> None:
    call = house.open()
    answer = house.client(call, "my wife does the books", "third_party")
    assert answer["advice"]["protocol"] == "carers"
    house.services.calls.feedback(
        call, answer["turn_id"], house.sam, "misheard", labels=("wrong_contact",)
    )
    assert house.client(call, "can I pay in bits", "plan_request")["advice"]["protocol"] is None


def test_a_pause_stays_when_another_turn_gives_the_same_ground(house: House) -> None:
    call = house.open()
    first = house.client(call, "this is killing me", "vulnerability")["turn_id"]
    house.client(call, LOSS, "vulnerability")
    house.services.calls.feedback(call, first, house.sam, "misheard", labels=("cash_flow",))
    assert house.account().protections.vulnerable_since == TODAY
    assert house.client(call, "so?", "stalling")["advice"]["protocol"] == "texas"


def test_correcting_an_ordinary_turn_leaves_a_protocol_standing(house: House) -> None:
    call = house.open()
    house.client(call, LOSS, "vulnerability")
    later = house.client(call, "ring me next week", "stalling")["turn_id"]
    house.services.calls.feedback(call, later, house.sam, "misheard", labels=("cash_flow",))
    assert house.account().protections.vulnerable_since == TODAY
    assert house.memory(call).protocol == "texas"


def test_a_pause_that_was_on_record_before_the_call_stays(house: House) -> None:
    house.client(house.open(), LOSS, "vulnerability")
    call = house.open()
    answer = house.client(call, "it's hard", "vulnerability")
    house.services.calls.feedback(
        call, answer["turn_id"], house.sam, "misheard", labels=("cash_flow",)
    )
    assert house.account().protections.vulnerable_since == TODAY


def test_a_fault_move_gets_one_private_word(house: House) -> None:
    call = house.open()
    house.client(call, JOKE, "terms_dispute", heat=2)
    advice = house.collector(call, "pay or I'll ruin you", "threaten")["advice"]
    assert advice["correction"]["fault"] == "threaten"
    assert advice["correction"]["better"]


@pytest.mark.parametrize("label", ["stalling", "cash_flow", "terms_dispute", "refusal"])
def test_every_account_of_a_collector_can_be_advised_on(house: House, label: str) -> None:
    rows = house.services.accounts.search("", house.sam, 200)
    assert len(rows) > 20
    for row in rows:
        advice = house.client(house.open(row["id"]), "well, about that", label, heat=1)["advice"]
        assert advice["say"] or advice["protocol"], row["name"]
        assert not any("{" in line for line in advice["say"]), row["name"]


def test_hartley_is_who_we_think(house: House) -> None:
    facts = house.services.accounts.get(HARTLEY, house.sam)
    assert (facts["overdue"], facts["charged"], facts["overdue_invoices"]) == (
        "14250.00",
        "70.00",
        3,
    )
