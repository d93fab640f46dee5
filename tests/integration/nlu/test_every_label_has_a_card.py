"""Whatever a client says leads to a card of the playbook, on a real account; protected labels to their protocol alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.bootstrap import Services
from bot.content.loader import load_desk_content
from bot.core.account import Account
from bot.core.coaching.advice import Advice, Role
from bot.core.labels import SILENT, Objection, Signal, Speaker
from bot.core.reading import Reading
from bot.services.ports import Viewer

pytestmark = pytest.mark.rasa

ROOT = Path(__file__).parents[3]
SAM = Viewer("usr_sam", "Sam Okafor", Role.COLLECTOR, "junior")

LABELS = [x.value for x in (*Objection, *Signal) if x not in SILENT]
CONTENT = load_desk_content(ROOT / "data")

#: The protocols that may stand for a label: words of self-harm and bad news from another person change it.
PROTOCOLS = {
    "vulnerability": {"texas", "blake", "carers"},
    "third_party": {"carers", "blake"},
    "adviser_in_charge": {"adviser_in_charge", "texas", "carers", "blake"},
    "insolvency": {"insolvency", "adviser_in_charge", "texas", "carers", "blake"},
}
OWN_PROTOCOL = {
    "vulnerability": {"texas", "blake"},
    "third_party": {"carers"},
    "adviser_in_charge": {"adviser_in_charge"},
    "insolvency": {"insolvency"},
}


@dataclass(frozen=True)
class Case:
    """A validation line: what is truly in it, what was heard, and the advice on it as a call's first turn."""

    text: str
    truth: frozenset[str]
    reading: Reading
    advice: Advice

    @property
    def is_heard(self) -> bool:
        return set(self.reading.names) == self.truth


@cache
def lines() -> tuple[tuple[str, frozenset[str]], ...]:
    document = YAML(typ="safe").load((ROOT / "tests/validation/client.yml").read_text("utf-8"))
    return tuple(
        (example["text"], frozenset(example["metadata"]["labels"]))
        for block in document["nlu"]
        for example in block["examples"]
    )


@pytest.fixture(scope="module")
def account(seeded: Services) -> Account:
    """A demo account of Sam's with overdue invoices and no protocol on record."""
    with seeded.unit_of_work() as work:
        rows = work.accounts.search("", SAM, 200)
        accounts = (work.accounts.get(row.id, SAM) for row in rows if row.overdue_invoices >= 2)
        return next(
            a for a in accounts if a.country == "GB" and a.protections == type(a.protections)()
        )


@pytest.fixture(scope="module")
def cases(seeded: Services, recogniser: Any, account: Account) -> list[Case]:
    today = seeded.clock.today()
    readings = recogniser.read_all([(text, Speaker.CLIENT) for text, _ in lines()], today)
    return [
        Case(text, truth, reading, seeded.answers.advice_on(account, reading, SAM))
        for (text, truth), reading in zip(lines(), readings, strict=True)
    ]


def priority(label: str) -> int:
    play = CONTENT.playbook.play(label)
    assert play is not None
    return 100 if label in PROTOCOLS else play.priority


@pytest.mark.parametrize("label", LABELS)
def test_every_label_has_a_play_with_lines_for_every_heat(label: str) -> None:
    play = CONTENT.playbook.play(label)

    assert play is not None
    assert all(any(heat in line.heat for line in play.say) for heat in range(4))


@pytest.mark.parametrize("label", LABELS)
def test_a_turn_that_was_heard_leads_to_the_card_of_its_weightiest_label(
    cases: list[Case], label: str
) -> None:
    heard = [case for case in cases if label in case.truth and case.is_heard]

    assert heard
    for case in heard:
        advice = case.advice
        assert not advice.silent, case.text
        if advice.protocol:
            named = [x for x in case.truth if advice.protocol.name in PROTOCOLS.get(x, ())]
            assert named or advice.protocol.name == "blake", case.text
            continue
        assert advice.card in case.truth, case.text
        assert advice.card == label or priority(str(advice.card)) >= priority(label), case.text
        assert advice.say, case.text


@pytest.mark.parametrize("label", LABELS)
def test_at_least_three_unseen_turns_of_a_label_lead_to_its_own_card(
    cases: list[Case], label: str
) -> None:
    own = [
        case
        for case in cases
        if label in case.truth
        and label in case.reading.names
        and (
            case.advice.protocol.name in OWN_PROTOCOL.get(label, ())
            if case.advice.protocol
            else case.advice.card == label
        )
    ]

    assert len(own) >= 3


@pytest.mark.parametrize("label", PROTOCOLS)
def test_a_protected_turn_shows_its_protocol_alone(cases: list[Case], label: str) -> None:
    protected = [case for case in cases if label in case.reading.names]

    assert len(protected) >= 3
    for case in protected:
        advice = case.advice
        assert advice.protocol, case.text
        card = CONTENT.protocols.cards[advice.protocol.name]
        assert advice.protocol.name in PROTOCOLS[label], case.text
        assert advice.protocol.steps == card.steps
        assert advice.options == ()
        assert advice.ask is None
        assert {line.id for line in advice.say} <= {line.id for line in card.say}
        assert advice.say


def test_no_protocol_asks_for_money(cases: list[Case], account: Account) -> None:
    numbers = [invoice.number for invoice in account.invoices]
    for case in cases:
        if case.advice.protocol:
            said = " ".join(line.text for line in case.advice.say)

            assert not [number for number in numbers if number in said]
            assert account.currency not in said
            assert "£" not in said


def test_silent_turns_leave_the_panel_as_it_is(cases: list[Case]) -> None:
    quiet = [case for case in cases if case.truth <= SILENT and case.is_heard]

    assert len(quiet) >= 6
    assert all(case.advice.silent and not case.advice.say for case in quiet)


def test_a_card_names_invoices_of_this_account_and_leaves_no_place_open(
    cases: list[Case], account: Account
) -> None:
    shown = [line.text for case in cases for line in case.advice.say]
    numbers = [invoice.number for invoice in account.invoices]

    assert not [text for text in shown if "{" in text or "}" in text]
    assert any(number in text for text in shown for number in numbers)
