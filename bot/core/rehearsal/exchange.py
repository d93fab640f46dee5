"""One exchange: what the trainee has said (or not said) and all that the client answers it by."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from bot.core.account import Account
from bot.core.coaching.facts import facts_of
from bot.core.coaching.position import position_of
from bot.core.dates import Calendar
from bot.core.labels import FAULTS, Speaker
from bot.core.reading import Reading
from bot.core.rehearsal.negotiation import Bargain, bargain_of
from bot.core.rehearsal.persona import Beat
from bot.core.rehearsal.proposal import Table
from bot.core.rehearsal.reactions import Scene, apply
from bot.core.rehearsal.speech import Part, Voice
from bot.core.rehearsal.state import Cause, ClientState, Ended

#: Facts of the account that a client may quote, by the names that its lines use.
_QUOTABLE = ("invoice", "amount", "overdue", "due_date")


@dataclass
class Exchange:
    """The working sheet of one reply: `before` is the state the trainee spoke to, `state` grows as the client reacts.

    `reading` is None when the trainee said nothing.
    """

    scene: Scene
    before: ClientState
    state: ClientState
    reading: Reading | None
    account: Account
    calendar: Calendar
    today: date
    spoken: Collection[str]
    causes: list[Cause] = field(default_factory=list)
    voice: Voice = field(init=False)
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        scene = self.scene
        self.names = frozenset(self.reading.names if self.reading else ())
        facts = client_facts(scene, self.account, self.calendar, self.today)
        self.voice = Voice(scene.persona, scene.scenario, self.state.said, facts, scene.dice)

    @property
    def faults(self) -> frozenset[str]:
        """The faults of the trainee's turn."""
        return self.names & FAULTS

    @property
    def rules(self) -> frozenset[str]:
        """The rules that the turn has set off."""
        return frozenset(cause.rule for cause in self.causes)

    @property
    def text(self) -> str:
        """The trainee's words."""
        return self.reading.text if self.reading else ""

    def say(self, beat: Beat, labels: tuple[str, ...] = (), **facts: str) -> list[Part]:
        """A line of a beat at the client's heat; nothing when none is left."""
        part = self.voice.beat(beat, self.state.heat, labels, **facts)
        return [part] if part else []

    def first_of(self, *beats: Beat) -> list[Part]:
        """A line of the first beat that has one left."""
        return next((said for beat in beats if (said := self.say(beat))), [])

    def rule(self, rule: str, move: str = "") -> None:
        """Apply one more rule of the table."""
        self.state = apply(self.scene, self.state, self.causes, rule, move)

    def end(self, how: Ended) -> None:
        """End the call."""
        self.state = replace(self.state, ended=how)

    def table(self) -> Table:
        """What the trainee's figures are read against."""
        first = self.bargain().capacity.first_day(self.calendar)
        return Table(self.account, self.state, self.calendar, self.today, first)

    def bargain(self) -> Bargain:
        """What the client weighs offers by."""
        scene = self.scene
        return bargain_of(scene.scenario, self.state, scene.level, self.today, self.calendar)


def client_facts(scene: Scene, account: Account, calendar: Calendar, today: date) -> dict[str, str]:
    """What the client's lines can name: who calls for whom, and the invoice at issue."""
    found = facts_of(account, position_of(account, today), Reading(Speaker.CLIENT, ""), calendar)
    part = scene.scenario.collector
    return {
        "collector": part.name,
        "company": part.company,
        **{name: found[name] for name in _QUOTABLE if name in found},
    }
