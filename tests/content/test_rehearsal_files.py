"""Personas, scenarios and players: what ships is playable, and every fault is told with file, line and remedy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import bot
from bot.content.loader import check_content
from bot.content.rehearsal_files import load_one, load_repertoire, rehearsal_faults
from bot.content.schema_scenario import read_scenario
from bot.core.errors import ContentError, Fault, NotFoundError
from bot.core.labels import PROTECTED, Family, Objection
from bot.core.rehearsal.persona import LEVELS
from bot.core.rehearsal.record import account_for
from tests.fakes import FixedClock

DATA = Path(bot.__file__).parents[1] / "data"
HAULIER = "scenarios/disputed-terms-haulier.yml"
DERMOT = "personas/angry-haulier.yml"
OTHERS = (
    "personas/weary-cafe-owner.yml",
    "scenarios/cash-flow-cafe.yml",
    "players/good.yml",
    "players/middling.yml",
    "players/poor.yml",
)

Change = Callable[[str, str, str], tuple[Fault, ...]]


@pytest.fixture
def changed(tmp_path: Path) -> Change:
    """Changes one place in a copy of some of what ships and gives every fault that follows."""
    for file in (HAULIER, DERMOT, *OTHERS):
        path = tmp_path / "data" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DATA / file, path)

    def change(file: str, old: str, new: str) -> tuple[Fault, ...]:
        path = tmp_path / "data" / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return rehearsal_faults(tmp_path / "data")

    return change


def test_what_ships_has_no_fault() -> None:
    assert [str(fault) for fault in rehearsal_faults(DATA)] == []


def test_fifteen_scenarios_and_eight_personas_ship() -> None:
    repertoire = load_repertoire(DATA)

    assert len(repertoire.scenarios) >= 15
    assert len(repertoire.personas) >= 8
    assert all(len(persona.lines) >= 60 for persona in repertoire.personas.values())


def test_the_named_objections_are_there_at_three_levels_and_the_protected_ones_too() -> None:
    scenarios = load_repertoire(DATA).scenarios.values()
    full = {s.family for s in scenarios if s.levels == LEVELS}

    assert {Family.DISPUTED_TERMS, Family.CASH_FLOW_HARDSHIP, Family.HOSTILITY} <= full
    wanted = {Objection.STALLING, Objection.SERVICE_DISPUTE, Objection.INSOLVENCY}
    assert wanted <= {s.objection for s in scenarios}
    assert {s.objection for s in scenarios} & PROTECTED


def test_the_account_of_every_scenario_owes_something() -> None:
    today = FixedClock().today()
    for scenario in load_repertoire(DATA).scenarios.values():
        account = account_for(scenario, today)
        assert any(invoice.balance.is_positive for invoice in account.invoices), scenario.id


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (HAULIER, "id: disputed-terms-haulier", "id: other", "in the file disputed-terms-haulier"),
        (HAULIER, "persona: angry-haulier", "persona: nobody", "“nobody” does not exist"),
        (HAULIER, "composure: 15", "composure: 20", "add up to 105"),
        (HAULIER, 'balance: "4750.00"', 'balance: "4751.00"', "4751.00 is open of 4750.00"),
        (HAULIER, 'disputed: "0.00"', 'disputed: "9000.00"', "9000.00 is disputed"),
        (HAULIER, 'today: "1500.00"', 'today: "15000.00"', "more than the 4820.00 owed"),
        (HAULIER, "full_on: 7", "full_on: null", "`full_on` says never"),
        (HAULIER, 'invoice: "4417", kind', 'invoice: "4418", kind', "no invoice “4418”"),
        (HAULIER, "facts: [rep-said-so]}}", "facts: [gone]}}", "“gone” is not a hidden fact"),
        (HAULIER, "after_facts: [rep-said-so]", "after_facts: [gone]", "not another hidden fact"),
        (HAULIER, "dth-res-02", "dth-res-01", "“dth-res-01” is on line"),
        (HAULIER, "dth-res-02", "hau-vent-01", "data/personas/angry-haulier.yml too"),
        (HAULIER, "next: [late-fee-accountant", "next: [nowhere", "no other scenario “nowhere”"),
        (HAULIER, "levels: [1, 2, 3]", "levels: [1, 4]", "not between 1 and 3"),
        (HAULIER, "Sixty is sixty.", "Sixty is {sixty}.", "“{sixty}” is not a placeholder"),
        (HAULIER, "objection: terms_dispute", "objection: grumpy", "objection"),
        (HAULIER, "minutes: 8", "minuts: 8", "Did you mean “minutes”?"),
        (HAULIER, "vat_registered: yes", "vat_registered: perhaps", "Write yes or no"),
        (DERMOT, "beat: hang_up", "beat: greet", "“hang_up”"),
        (DERMOT, "sore_spots: [argue", "sore_spots: [acknowledge", "Must be one of: argue"),
        (DERMOT, "start: {1: 40, 2: 58, 3: 76}", "start: {1: 40, 2: 58}", "level 3"),
        (DERMOT, '"What. What is it now."', '"What."', "The line has 1 words"),
        ("players/good.yml", "{offer}. Would", "{bribe}. Would", "“{bribe}” is not a placeholder"),
        ("players/poor.yml", "poor-blame-02", "poor-blame-01", "is on line"),
    ],
)
def test_a_fault_is_told_with_file_line_and_remedy(
    changed: Change, file: str, old: str, new: str, said: str
) -> None:
    faults = changed(file, old, new)

    told = [fault for fault in faults if said in f"{fault.message} {fault.remedy}"]
    assert told, [str(fault) for fault in faults]
    assert all(re.fullmatch(r"data/(personas|scenarios|players)/[\w-]+\.yml", f.file) for f in told)
    assert all(fault.line > 0 and fault.remedy for fault in told)


def test_facts_that_wait_for_each_other_never_come_out(changed: Change) -> None:
    faults = changed(
        HAULIER,
        "min_trust: 30, after_facts: []",
        "min_trust: 30, after_facts: [customer-pays-late]",
    )

    assert any("waits for facts that wait for it" in fault.message for fault in faults)


def test_content_check_tells_of_rehearsals_too(changed: Change, tmp_path: Path) -> None:
    changed(HAULIER, "composure: 15", "composure: 20")
    (tmp_path / "data" / "playbook").mkdir()

    assert any("add up to 105" in str(fault) for fault in check_content(tmp_path).faults)


def test_a_scenario_with_a_fault_is_left_out_and_the_others_stay(
    changed: Change, tmp_path: Path
) -> None:
    changed(HAULIER, "composure: 15", "composure: 20")

    left = load_repertoire(tmp_path).scenarios

    assert "disputed-terms-haulier" not in left
    assert "cash-flow-cafe" in left


def test_a_changed_file_is_read_again(changed: Change, tmp_path: Path) -> None:
    before = load_repertoire(tmp_path).scenarios["disputed-terms-haulier"].title
    changed(HAULIER, 'title: "Sixty days, not thirty"', 'title: "Another title altogether"')

    assert load_repertoire(tmp_path).scenarios["disputed-terms-haulier"].title != before


@pytest.mark.parametrize(
    "text", ["", "[]", "just words", "id: 1\nid: 2", "a: &x 1\nb: *x", "\t- x"]
)
def test_nonsense_in_a_file_is_a_fault_and_no_crash(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.yml"
    path.write_text(text, "utf-8")

    with pytest.raises(ContentError):
        read_scenario(path)


def test_one_scenario_loads_with_its_persona_and_player() -> None:
    scenario, persona, player = load_one(DATA, "disputed-terms-haulier", "poor")

    assert (scenario.persona, player.id) == (persona.id, "poor")
    with pytest.raises(NotFoundError):
        load_one(DATA, "nowhere", "poor")
    with pytest.raises(NotFoundError):
        load_one(DATA, "disputed-terms-haulier", "mean")
