"""Scripted collectors: what each says when, never twice, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import bot
from bot.content.loader import load_desk_content
from bot.content.rehearsal_files import load_repertoire
from bot.core.coaching.desk import Desk
from bot.core.labels import FAULTS, Move, Speaker
from bot.core.reading import HeardLabel, Reading
from bot.core.rehearsal.player import Cast, first_name, play
from bot.core.rehearsal.player_script import Step
from bot.core.rehearsal.record import Rehearsal
from bot.core.rehearsal.scenario import Scenario
from tests.fakes import FixedClock

DATA = Path(bot.__file__).parents[1] / "data"
TODAY = FixedClock().today()
REPERTOIRE = load_repertoire(DATA)
SCENARIOS = tuple(REPERTOIRE.scenarios.values())
PLAYERS = ("good", "middling", "poor")


def desk_of(scenario: Scenario) -> Desk:
    return load_desk_content(DATA).desk(scenario.account.country, TODAY)


def ears(player: str, scenario: Scenario) -> Callable[[str], Reading]:
    """Hears every line as it was meant, without figures; model turns by where they stand."""
    lines = [(line, line.text.split("{")[0]) for line in REPERTOIRE.player(player).lines]
    moves = (Move.GREET_IDENTIFY, Move.ACKNOWLEDGE, Move.OPEN_QUESTION, Move.PARAPHRASE)

    def hear(text: str) -> Reading:
        if text in scenario.model_turns:
            place = scenario.model_turns.index(text)
            meant = moves[place].value if place < len(moves) else Move.SIGNPOST.value
        else:
            meant = next(
                (ln.move for ln, head in lines if head and text.startswith(head)), "neutral"
            )
        return Reading(Speaker.COLLECTOR, text, (HeardLabel(meant, 0.9, text),))

    return hear


def played(player: str, scenario: Scenario, seed: int = 1, level: int = 1) -> Rehearsal:
    cast = Cast(
        REPERTOIRE.player(player), scenario, REPERTOIRE.persona_of(scenario), desk_of(scenario)
    )
    return play(cast, level, seed, TODAY, ears(player, scenario))


@pytest.mark.parametrize("player", PLAYERS)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.id)
def test_every_player_brings_every_scenario_to_an_end(scenario: Scenario, player: str) -> None:
    call = played(player, scenario)

    assert call.is_over
    for speaker in (Speaker.CLIENT, Speaker.COLLECTOR):
        said = [turn.text for turn in call.turns if turn.speaker is speaker]
        assert len(said) == len(set(said))
        assert not any("{" in text for text in said)


@pytest.mark.parametrize("player", PLAYERS)
def test_the_same_seed_gives_the_same_call(player: str) -> None:
    scenario = REPERTOIRE.scenario("disputed-terms-haulier")

    assert played(player, scenario, 5) == played(player, scenario, 5)
    assert played(player, scenario, 5) != played(player, scenario, 6)


def test_the_good_player_listens_before_it_speaks_of_money() -> None:
    for scenario in SCENARIOS:
        moves = [turn.names for turn in played("good", scenario).turns if turn.reading]
        kind = [n for n, names in enumerate(moves) if "acknowledge" in names]
        money = [n for n, names in enumerate(moves) if {"offer_plan", "seek_commitment"} & {*names}]
        assert kind, scenario.id
        assert not money or kind[0] < money[0], scenario.id


def test_the_good_player_makes_no_fault_and_asks_no_money_where_a_protocol_rules() -> None:
    for scenario in SCENARIOS:
        names = {name for turn in played("good", scenario).turns for name in turn.names}
        assert not names & FAULTS, scenario.id
        if scenario.protected:
            assert not names & {"offer_plan", "seek_commitment", "offer_part_payment"}, scenario.id


def test_the_poor_player_ends_hotter_than_it_began() -> None:
    for scenario in SCENARIOS:
        call = played("poor", scenario)
        assert call.state.temper > call.turns[0].state.temper, scenario.id


def test_good_lines_are_no_faults_and_poor_ones_hold_all_six() -> None:
    good, poor = REPERTOIRE.player("good"), REPERTOIRE.player("poor")

    assert not {line.move for line in good.lines} & FAULTS
    assert {line.move for line in poor.of_step(Step.FAULT)} >= FAULTS - {Move.DISCLOSE}


@pytest.mark.parametrize(
    ("name", "spoken"),
    [("Dermot Keane", "Dermot"), ("Mrs Kamala Raman", "Mrs Kamala Raman"), ("Priya", "Priya")],
)
def test_people_are_called_by_first_name_or_title(name: str, spoken: str) -> None:
    assert first_name(name) == spoken
