"""Chooses the client's lines and puts them together: no line and no text is ever said twice in a call."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.core.coaching.playbook import fill
from bot.core.rehearsal.lines import ClientLine
from bot.core.rehearsal.persona import Beat, Persona
from bot.core.rehearsal.scenario import Scenario

#: More words than this nobody says in one breath on such a call.
LONGEST_REPLY_WORDS = 45

#: Said when a persona has no line left for what must be said; curt enough for anybody.
SPARE: dict[str, tuple[ClientLine, ...]] = {
    "ask_terms": (
        ClientLine("spare-ask-1", "How much, and by when?"),
        ClientLine("spare-ask-2", "Meaning what, in figures?"),
        ClientLine("spare-ask-3", "What would that be, exactly? How much and which day?"),
        ClientLine("spare-ask-4", "Put a number on it and I'll tell you."),
        ClientLine("spare-ask-5", "Go on, what sum are we talking, and when?"),
        ClientLine("spare-ask-6", "I can't say yes to nothing. What are the figures?"),
    ),
    "invite": (
        ClientLine("spare-invite-1", "So what do you suggest?"),
        ClientLine("spare-invite-2", "Right. Where does that leave us, then?"),
        ClientLine("spare-invite-3", "And what happens now?"),
        ClientLine("spare-invite-4", "So what is it you want from me today?"),
    ),
    Beat.ACCEPT.value: (
        ClientLine("spare-accept-1", "Right. {offer}. I can do that."),
        ClientLine("spare-accept-2", "{offer}, then. Fine."),
    ),
    Beat.COUNTER.value: (
        ClientLine("spare-counter-1", "No. {counter}, that's what I can do."),
        ClientLine("spare-counter-2", "What I can do is {counter}."),
        ClientLine("spare-counter-3", "{counter}. Not more."),
    ),
    "dead_line": (ClientLine("spare-dead-line", "[The line goes dead.]"),),
}


@dataclass(frozen=True)
class Part:
    """One line as it is said, with what it does and the labels that it was written to carry."""

    beat: str
    line_id: str
    text: str
    labels: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


class Voice:
    """The client's voice in one turn: knows what has been said and chooses among what is left."""

    def __init__(
        self,
        persona: Persona,
        scenario: Scenario,
        said: Collection[str],
        facts: Mapping[str, str],
        dice: random.Random,
    ) -> None:
        self.persona = persona
        self.facts = dict(facts)
        self.dice = dice
        self.said = set(said)
        self._texts = {x.text for x in all_lines(persona, scenario) if x.id in self.said}

    def beat(
        self, beat: Beat, heat: int, labels: tuple[str, ...] = (), **facts: str
    ) -> Part | None:
        """A line of the persona for this beat at this heat, else one for a cooler moment."""
        own = self.line(self.persona.of_beat(beat), beat.value, heat, labels, **facts)
        return own or self.spare(beat.value, labels, **facts)

    def spare(self, name: str, labels: tuple[str, ...] = (), **facts: str) -> Part | None:
        """A line of the common store, if it has one for this."""
        return self.line(SPARE.get(name, ()), name, 0, labels, **facts)

    def line(
        self,
        lines: Iterable[ClientLine],
        beat: str,
        heat: int,
        labels: tuple[str, ...] = (),
        **facts: str,
    ) -> Part | None:
        """One of these lines that fits the heat, or the nearest cooler one; never a hotter one."""
        known = {**self.facts, **facts}
        left = [x for x in lines if self._is_new(x) and x.placeholders <= known.keys()]
        for band in range(heat, -1, -1):
            fitting = [x for x in left if band in x.heat]
            if fitting:
                return self._said(self.dice.choice(fitting), beat, known, labels)
        return None

    def fixed(self, line_id: str, text: str, beat: str, labels: tuple[str, ...]) -> Part | None:
        """A line that there is only one of, such as the opening."""
        return self.line((ClientLine(line_id, text),), beat, 0, labels)

    def _is_new(self, line: ClientLine) -> bool:
        return line.id not in self.said and line.text not in self._texts

    def _said(
        self, line: ClientLine, beat: str, facts: Mapping[str, str], labels: tuple[str, ...]
    ) -> Part:
        self.said.add(line.id)
        self._texts.add(line.text)
        return Part(beat, line.id, fill(line.text, facts), labels)


def all_lines(persona: Persona, scenario: Scenario) -> list[ClientLine]:
    """Every line that can be said in this rehearsal, the openings left out."""
    return [
        *persona.lines,
        *scenario.restate,
        *(line for objection in scenario.objections for line in objection.lines),
        *(line for fact in scenario.hidden_facts for line in fact.lines),
        *(line for answer in scenario.answers for line in answer.lines),
        *(line for lines in SPARE.values() for line in lines),
    ]


def composed(parts: Iterable[Part], spoken: Collection[str]) -> tuple[Part, ...]:
    """The parts that are said: the last one is the point; those before it leave when it gets too long or repeats."""
    kept = list(parts)
    while len(kept) > 1 and (
        sum(part.words for part in kept) > LONGEST_REPLY_WORDS or _text(kept) in spoken
    ):
        kept.pop(0)
    return tuple(kept) if _text(kept) not in spoken else ()


def _text(parts: Iterable[Part]) -> str:
    return " ".join(part.text for part in parts)
