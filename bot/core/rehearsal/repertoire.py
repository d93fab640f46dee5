"""Everything that can be rehearsed: scenarios, the personas who play in them, and the scripted collectors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.errors import NotFoundError
from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.player_script import Player
from bot.core.rehearsal.scenario import Scenario


@dataclass(frozen=True)
class Repertoire:
    """Scenarios, personas and players by id; every scenario's persona is here."""

    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    personas: Mapping[str, Persona] = field(default_factory=dict)
    players: Mapping[str, Player] = field(default_factory=dict)

    def scenario(self, scenario_id: str) -> Scenario:
        """One scenario; NotFoundError when there is none of this id."""
        found = self.scenarios.get(scenario_id)
        if found is None:
            raise NotFoundError(f"There is no scenario “{scenario_id}”.")
        return found

    def persona_of(self, scenario: Scenario) -> Persona:
        """The person on the phone in a scenario."""
        return self.personas[scenario.persona]

    def player(self, player_id: str) -> Player:
        """One scripted collector; NotFoundError when there is none of this id."""
        found = self.players.get(player_id)
        if found is None:
            known = ", ".join(self.players)
            raise NotFoundError(f"There is no player “{player_id}”. Known: {known}.")
        return found
