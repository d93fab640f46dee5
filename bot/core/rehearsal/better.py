"""Finds a better line for the trainee: from the corrections, the playbook or the scenario's own good turns."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from bot.core.coaching.corrections import FAULT_ORDER
from bot.core.coaching.desk import Desk
from bot.core.coaching.facts import facts_of
from bot.core.coaching.phrasing import LONGEST_LINE_WORDS
from bot.core.coaching.playbook import Line, Stance, fill
from bot.core.coaching.position import position_of
from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from bot.core.rehearsal.authority import beyond_authority
from bot.core.rehearsal.phases import Phase, phase_of, step_of
from bot.core.rehearsal.reaction_rules import RULES
from bot.core.rehearsal.record import Rehearsal, account_for
from bot.core.rehearsal.scenario import MONEY_IN_PROTOCOL, Scenario
from bot.core.rehearsal.state import ClientState
from bot.core.rehearsal.words import UNDERTAKING_WORDS, joined, schedule_in_words

#: How far into the scenario's good turns each phase lies, in sixths.
_WAY = {
    Phase.OPEN: 0,
    Phase.ACKNOWLEDGE: 1,
    Phase.UNDERSTAND: 2,
    Phase.UNDERTAKE: 3,
    Phase.PROTECT: 4,
    Phase.PROPOSE: 4,
    Phase.CONFIRM: 5,
    Phase.CLOSE: 6,
}


@dataclass(frozen=True)
class Prompter:
    """Knows the case, what the client said last and which lines have been shown or said already."""

    rehearsal: Rehearsal
    scenario: Scenario
    desk: Desk

    @cached_property
    def label(self) -> str:
        """What stands in the way now: the last thing the client said that the playbook knows."""
        spoken = (
            name
            for turn in reversed(self.rehearsal.turns)
            if turn.speaker is Speaker.CLIENT
            for name in turn.labels
        )
        known = (name for name in spoken if self.desk.playbook.play(name))
        return next(known, self.scenario.objection.value)

    @cached_property
    def facts(self) -> dict[str, str]:
        """What of the account a line may name."""
        today = self.rehearsal.today
        account = account_for(self.scenario, today)
        heard = Reading(Speaker.CLIENT, "", (HeardLabel(self.label, 1.0),))
        return facts_of(account, position_of(account, today), heard, self.desk.calendar)

    @cached_property
    def used(self) -> frozenset[str]:
        """The texts that were shown as better lines or said by the trainee."""
        turns = self.rehearsal.turns
        shown = {turn.note.better for turn in turns if turn.note}
        return frozenset(shown | {t.text for t in turns if t.speaker is Speaker.COLLECTOR})

    def instead_of(self, faults: Collection[str]) -> str:
        """A lawful, better line in place of the gravest fault."""
        fault = next((f for f in FAULT_ORDER if f in faults), None)
        rule = self.desk.corrections.faults.get(fault) if fault else None
        if rule is None:
            return ""
        about = [x for x in rule.better if self.label in rule.labels.get(x.id, frozenset())]
        general = [x for x in rule.better if x not in about and not rule.labels.get(x.id)]
        return self._first((*about, *general))

    def beyond_authority(self, state: ClientState) -> str:
        """A word on this turn's offer or agreement where it is not the collector's to grant."""
        if self.scenario.protected is not None:
            return ""
        today = self.rehearsal.today
        return beyond_authority(account_for(self.scenario, today), self.desk, state, today)

    def next_line(self, state: ClientState) -> str:
        """A good line for where the call stands."""
        phase = phase_of(state, self.scenario)
        step = step_of(phase, state, self.scenario)
        play = self.desk.playbook.play(self.label)
        if play and step.stance and self.scenario.protected is None:
            asks = play.ask if step.stance is Stance.PROBE else ()
            says = (x for x in play.say if x.stance is step.stance and state.heat in x.heat)
            found = self._first((*asks, *sorted(says, key=lambda x: -x.concrete)))
            if found:
                return found
        return self._certain(state, phase) or self.model_turn(phase)

    def model_turn(self, phase: Phase) -> str:
        """The scenario's own good turn for a phase, one not said yet where there is one."""
        turns = self.scenario.model_turns
        if not turns:
            return ""
        start = _WAY[phase] * (len(turns) - 1) // 6
        return next((text for text in turns[start:] if text not in self.used), "")

    def _certain(self, state: ClientState, phase: Phase) -> str:
        """What makes an agreement certain: the sums and days read back, then what we undertook named again."""
        if phase is Phase.CONFIRM and state.promise is not None:
            words = schedule_in_words(state.promise.schedule, self.rehearsal.today)
            return f"So that we both have the same: {words}. Is that right?"
        mine = [UNDERTAKING_WORDS[u.kind] for u in state.promises_to_client if not u.kept]
        if phase is Phase.CLOSE and mine:
            return f"Thank you. I haven't forgotten {joined(mine)}; you'll have word from me."
        return ""

    def _first(self, lines: Iterable[Line]) -> str:
        for line in lines:
            if line.placeholders <= self.facts.keys():
                text = fill(line.text, self.facts)
                if text not in self.used and len(text.split()) <= LONGEST_LINE_WORDS:
                    return text
        return ""


def faults_in(rules: Collection[str], names: Collection[str]) -> frozenset[str]:
    """The faults of a turn by its moves and by what they set off."""
    found = {name for name in names if name in FAULT_ORDER and name in RULES}
    return frozenset(found | ({MONEY_IN_PROTOCOL} & set(rules)))
