"""Every field of a reading and an advice is documented, with every name that it can hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.core.account import Instalment
from bot.core.coaching import escalation
from bot.core.coaching.advice import (
    Advice,
    ChecklistItem,
    Correction,
    EscalationAdvice,
    Option,
    OptionKind,
    OptionStatus,
    Protocol,
    SayLine,
)
from bot.core.coaching.safety import PROTOCOL_ORDER
from bot.core.labels import Speaker
from bot.core.language.payment_methods import _METHODS
from bot.core.money import Money
from bot.core.reading import Entity, HeardLabel, Reading
from tests.docs.pages import ROOT, code_words, first_words, read, section

PAGE = read("docs/reference/advice.md")
SUM = Money.of("10", "GBP")
DAY = date(2026, 12, 4)

FULL_READING = Reading(
    Speaker.CLIENT,
    "pay ten",
    (HeardLabel("stalling", 0.9, "next week"),),
    entities=(Entity("percentage", "10", "ten per cent", 0, 3),),
)
FULL_ADVICE = Advice(
    silent=False,
    say=(SayLine("stalling-01", "Shall we fix the day now?"),),
    ask=SayLine("stalling-ask-01", "What is in the way?"),
    options=(
        Option(
            OptionKind.FULL_PAYMENT, "All", OptionStatus.OPEN, SUM, (Instalment(SUM, DAY),), SUM, ""
        ),
    ),
    escalation=EscalationAdvice("not_yet"),
    protocol=Protocol("texas", "TEXAS", ("Listen.",)),
    checklist=(ChecklistItem("cause", "Ask for the cause", False),),
    correction=Correction("argue", "calm down", "Let it pass.", "I hear you."),
)


def _paths(document: dict[str, Any], above: str = "") -> Iterator[str]:
    for key, value in document.items():
        path = f"{above}{key}"
        yield path
        if isinstance(value, dict) and key != "value":
            yield from _paths(value, f"{path}.")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield from _paths(value[0], f"{path}[].")


def _fields(text: str) -> set[str]:
    """The first cells of the first table of a section: those are the fields."""
    return first_words(text[text.index("|") :].split("\n\n")[0])


def test_every_field_of_a_reading_is_documented_and_no_other() -> None:
    assert _fields(section(PAGE, "## A reading")) == set(_paths(FULL_READING.as_json()))


def test_every_field_of_an_advice_is_documented_and_no_other() -> None:
    assert _fields(section(PAGE, "## An advice")) == set(_paths(FULL_ADVICE.as_json()))


def test_every_kind_status_state_and_protocol_is_named() -> None:
    states = (
        escalation.NOT_YET,
        escalation.READY,
        escalation.REQUIRED,
        escalation.PAUSED,
        escalation.HANDED_OVER,
    )
    names = {
        *(k.value for k in OptionKind),
        *(s.value for s in OptionStatus),
        *states,
        *PROTOCOL_ORDER,
    }
    assert names <= set(code_words(PAGE))


def test_every_entity_type_of_the_domain_is_described() -> None:
    domain = YAML(typ="safe").load(Path(ROOT, "domain.yml").read_text("utf-8"))
    types = {
        name
        for entry in domain["entities"]
        for name in ([entry] if isinstance(entry, str) else entry)
    }
    assert first_words(read("docs/reference/entities.md")) == types


def test_every_payment_method_is_named() -> None:
    assert set(_METHODS) <= set(code_words(read("docs/reference/entities.md")))
