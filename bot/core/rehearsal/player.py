"""Scripted collectors who play a rehearsal by themselves: what a good, a middling and a poor one says next.

A player sees what a person would: the client's heat, what was promised, countered and refused. It never sees limits,
hidden facts or trust. Its words come from data/players, the good one's also from the scenario's model turns.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.core.coaching.advice import OptionKind, OptionStatus
from bot.core.coaching.desk import Desk
from bot.core.coaching.law import law_for
from bot.core.coaching.options import OptionRequest, open_options
from bot.core.coaching.playbook import fill
from bot.core.labels import FAULTS
from bot.core.reading import Reading
from bot.core.rehearsal import rehearsal as rehearsing
from bot.core.rehearsal.exchange import client_facts
from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.player_plans import PLANS, Wish
from bot.core.rehearsal.player_script import Player, PlayerLine
from bot.core.rehearsal.reactions import Scene
from bot.core.rehearsal.record import Mode, Rehearsal, account_for
from bot.core.rehearsal.scenario import Scenario
from bot.core.rehearsal.words import schedule_in_words

Hear = Callable[[str], Reading]

_TITLES = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr"})
#: Options that are spoken of in figures a client can say yes to.
_PAYABLE = frozenset(
    {
        OptionKind.FULL_PAYMENT,
        OptionKind.PART_PAYMENT,
        OptionKind.INSTALMENTS,
        OptionKind.UNDISPUTED_PART,
        OptionKind.EXTENSION,
    }
)


@dataclass(frozen=True)
class Cast:
    """Who plays against whom, and the desk that the player sits at."""

    player: Player
    scenario: Scenario
    persona: Persona
    desk: Desk


@dataclass
class Seat:
    """What a player keeps in mind: its dice, the lines it has said, and what its model turns are heard as."""

    cast: Cast
    dice: random.Random
    model: Mapping[str, frozenset[str]]
    used: set[str] = field(default_factory=set)

    def words(self, rehearsal: Rehearsal) -> str | None:
        """What is said next; None when there is nothing left to say."""
        for wish in PLANS[self.cast.player.id](rehearsal, self.cast.scenario, self.dice):
            text = self._model_turn(wish) or self._line(wish, rehearsal)
            if text is not None:
                self.used.add(text)
                return text
        return None

    def _model_turn(self, wish: Wish) -> str | None:
        """The scenario's next good turn that does what is wished, and nothing that comes too early."""
        if not wish.model:
            return None
        for text, moves in self.model.items():
            fits = bool(moves & wish.model) and not moves & (wish.without | FAULTS)
            if fits and text not in self.used:
                return text
        return None

    def _line(self, wish: Wish, rehearsal: Rehearsal) -> str | None:
        facts = self._facts(rehearsal)
        objection = self.cast.scenario.objection.value
        fitting = [
            line
            for line in self.cast.player.of_step(wish.step)
            if (not wish.moves or line.move in wish.moves)
            and rehearsal.state.heat in line.heat
            and (not line.objections or objection in line.objections)
            and line.placeholders <= facts.keys()
            and line.id not in self.used
        ]
        # A line for this very objection before one for any.
        own = [line for line in fitting if line.objections] or fitting
        if not own:
            return None
        line: PlayerLine = self.dice.choice(own)
        self.used.add(line.id)
        return fill(line.text, facts)

    def _facts(self, rehearsal: Rehearsal) -> dict[str, str]:
        cast, state = self.cast, rehearsal.state
        account = account_for(cast.scenario, rehearsal.today)
        scene = Scene(cast.persona, cast.scenario, rehearsal.level, self.dice)
        facts = client_facts(scene, account, cast.desk.calendar, rehearsal.today)
        facts["contact"] = first_name(cast.scenario.asked_for.name)
        charged = [charge.amount for charge in account.charges if not charge.waived]
        if charged:
            facts["fee"] = str(charged[0])
        if state.counter is not None and state.counter.schedule:
            facts["counter"] = schedule_in_words(state.counter.schedule, rehearsal.today)
        if state.promise is not None:
            facts["promise"] = schedule_in_words(state.promise.schedule, rehearsal.today)
        offer = self._offer(rehearsal)
        if offer is not None:
            facts["offer"] = offer
        return facts

    def _offer(self, rehearsal: Rehearsal) -> str | None:
        """The next option that the account allows, in figures; each is proposed once."""
        cast = self.cast
        account = account_for(cast.scenario, rehearsal.today)
        law = law_for(account, cast.desk.laws, rehearsal.today)
        ask = OptionRequest(cast.desk.role, (cast.scenario.objection.value,))
        found = open_options(
            account, ask, cast.desk.house, law, cast.desk.calendar, rehearsal.today
        )
        for option in found:
            if option.status is not OptionStatus.OPEN or option.kind not in _PAYABLE:
                continue
            words = schedule_in_words(option.schedule, rehearsal.today)
            if option.schedule and not any(words in text for text in self.used):
                return words
        return None


def play(
    cast: Cast, level: int, seed: int, today: date, hear: Hear, mode: Mode = Mode.PRACTICE
) -> Rehearsal:
    """Play a whole rehearsal; the same seed and the same ears give the same call."""
    model = {text: frozenset(hear(text).names) for text in cast.scenario.model_turns}
    key = f"{cast.player.id}:{cast.scenario.id}:{level}:{seed}"
    dice = random.Random(hashlib.sha256(key.encode()).hexdigest())  # noqa: S311  a call that can be replayed
    seat = Seat(cast, dice, model)
    call = rehearsing.begin(cast.scenario, cast.persona, level, seed, today, mode)
    while not call.is_over:
        words = seat.words(call)
        if words is None:
            break
        reading = hear(words)
        call = rehearsing.take(call, cast.scenario, cast.persona, reading, cast.desk)
    return rehearsing.finish(call)


def first_name(name: str) -> str:
    """What a person is called on the phone: the first name, or title and surname."""
    parts = name.split()
    return name if not parts or parts[0] in _TITLES else parts[0]
