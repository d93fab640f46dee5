"""A call as the rubric hears it: for each turn the acts that two witnesses show, the labels and the plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from bot.core.labels import FAULTS, OFFERS, PROTECTED, Move, Objection, Speaker
from bot.core.rehearsal.client_acts import acts_of_client
from bot.core.rehearsal.client_cues import CONFIRMS, MAY_LISTEN
from bot.core.rehearsal.collector_acts import Before, acts_of_collector
from bot.core.rehearsal.cues import DAY, READ_AT_MOST, SUM
from bot.core.rehearsal.scorecard import ScoredTurn
from bot.core.rehearsal.situation import Situation

EAR = frozenset({Move.ACKNOWLEDGE.value, Move.APOLOGISE.value, Move.PARAPHRASE.value})
FAULT_NAMES = frozenset(fault.value for fault in FAULTS)
DISPUTES = frozenset(
    {
        Objection.TERMS_DISPUTE.value,
        Objection.INVOICE_DISPUTE.value,
        Objection.SERVICE_DISPUTE.value,
    }
)
HARDSHIP = frozenset({Objection.CASH_FLOW.value, Objection.PLAN_REQUEST.value})
PROTECTING = frozenset({label.value for label in PROTECTED} | {Objection.INSOLVENCY.value})
OBJECTIONS = frozenset(label.value for label in Objection)
#: Labels after which money is not what the call can end with.
NO_MONEY = PROTECTING | {Objection.WRONG_CONTACT.value, Objection.NO_CONTACT.value}
#: After these a bare yes or no of the client is an answer.
ASKS = (
    *sorted(OFFERS),
    Move.SEEK_COMMITMENT.value,
    Move.CONFIRM_AGREEMENT.value,
    Move.LOG_DISPUTE.value,
    Move.SEND_DOCUMENTS.value,
    Move.ESCALATE.value,
)
#: From this heat on a client is angry.
ANGRY = 2
_REFERENCE = re.compile(r"\b(?:invoice|order|bill|account)s?\b", re.I)


@dataclass(frozen=True)
class HeardTurn:
    """One turn with its acts (each with the words behind it), its concrete things and its length."""

    index: int
    place: int
    speaker: Speaker
    text: str
    acts: Mapping[str, str]
    heat: int
    values: frozenset[str]
    has_sum: bool
    has_day: bool
    has_reference: bool

    @property
    def words(self) -> int:
        """How many words were said."""
        return len(self.text.split())

    @property
    def is_collector(self) -> bool:
        """Whether the collector spoke."""
        return self.speaker is Speaker.COLLECTOR

    @property
    def is_faulty(self) -> bool:
        """Whether a fault was made: what else the turn does earns nothing."""
        return bool(FAULT_NAMES & self.acts.keys())

    def did(self, *acts: str) -> bool:
        """Whether the turn shows one of the acts."""
        return any(act in self.acts for act in acts)

    def quote(self, *acts: str) -> str:
        """The words behind the first of these acts that the turn shows."""
        return next((self.acts[act] for act in acts if act in self.acts), self.text[:160])


@dataclass(frozen=True)
class HeardCall:
    """The whole call; places count turns of both speakers from 0, in order."""

    turns: tuple[HeardTurn, ...]
    situation: Situation

    @cached_property
    def collector(self) -> tuple[HeardTurn, ...]:
        """The collector's turns."""
        return tuple(turn for turn in self.turns if turn.is_collector)

    @cached_property
    def client(self) -> tuple[HeardTurn, ...]:
        """The client's turns."""
        return tuple(turn for turn in self.turns if not turn.is_collector)

    @cached_property
    def clean(self) -> tuple[HeardTurn, ...]:
        """The collector's turns without a fault: only they can earn points."""
        return tuple(turn for turn in self.collector if not turn.is_faulty)

    @cached_property
    def heat(self) -> tuple[int, ...]:
        """The client's heat, turn by turn."""
        return tuple(turn.heat for turn in self.client)

    @cached_property
    def heat_change(self) -> int:
        """The heat of the client's last words less the heat of the first that carry an objection."""
        if not self.client:
            return 0
        first = next((t for t in self.client if OBJECTIONS & t.acts.keys()), self.client[0])
        return self.client[-1].heat - first.heat

    @cached_property
    def grew_hotter(self) -> bool:
        """Whether the client ended angry, and angrier than at the first objection; a step below that is noise."""
        return self.heat_change > 0 and self.client[-1].heat >= ANGRY

    @cached_property
    def heard(self) -> frozenset[str]:
        """Every label and signal of the client, with the objection that the situation names."""
        named = {self.situation.objection} if self.situation.objection else set()
        return frozenset(act for turn in self.client for act in turn.acts) | named

    @cached_property
    def protections(self) -> frozenset[str]:
        """Why the call is a protected one, if it is."""
        named = {self.situation.protected} if self.situation.protected else set()
        return frozenset(PROTECTING & (self.heard | named))

    @cached_property
    def protected_from(self) -> int | None:
        """The place from which no money may be spoken of; None where the call is not protected."""
        spoken = next((t.place for t in self.client if PROTECTING & t.acts.keys()), None)
        if spoken is not None or not self.protections or not self.client:
            return spoken
        # Said in words that no label fits: from the client's second turn on they have been heard.
        return self.client[min(1, len(self.client) - 1)].place

    @cached_property
    def is_about_money(self) -> bool:
        """Whether a sum and a day are what the call can end with."""
        return not (NO_MONEY & self.heard or self.protections)

    @cached_property
    def needed_ear(self) -> HeardTurn | None:
        """The first client turn that was angry, in hardship, aggrieved or under protection."""
        wants = HARDSHIP | PROTECTING | DISPUTES | {"abuse", "formal_complaint", "unheard"}
        return next((t for t in self.client if t.heat >= 2 or wants & t.acts.keys()), None)

    def first(
        self, *acts: str, after: int = -1, among: Sequence[HeardTurn] | None = None
    ) -> HeardTurn | None:
        """The first faultless collector turn that does one of the acts (or the first of `among`)."""
        turns = self.clean if among is None else among
        return next((turn for turn in turns if turn.place > after and turn.did(*acts)), None)

    def last_client(self, place: int) -> HeardTurn | None:
        """The client turn before a place."""
        return next((turn for turn in reversed(self.client) if turn.place < place), None)

    def next_collector(self, place: int) -> HeardTurn | None:
        """The collector turn after a place."""
        return next((turn for turn in self.collector if turn.place > place), None)

    @cached_property
    def first_fix(self) -> HeardTurn | None:
        """The first turn in which the collector proposes, asks for payment or names a consequence after an objection."""
        start = next((t.place for t in self.client if OBJECTIONS & t.acts.keys()), -1)
        fixes = (*OFFERS, "seek_commitment", "state_consequence")
        return self.first(*fixes, after=start, among=self.collector)


def hear_call(turns: Sequence[ScoredTurn], situation: Situation) -> HeardCall:
    """Read the labelled turns of a call."""
    heard: list[HeardTurn] = []
    line = Line.OPEN
    for place, turn in enumerate(turns):
        heard.append(_heard_turn(turn, place, heard, line))
        if turn.speaker is not Speaker.COLLECTOR:
            line = line_after(heard[-1], line)
    return HeardCall(tuple(heard), situation)


class Line(Enum):
    """Who is known to be on the line: nobody yet, the person asked for, or somebody else."""

    OPEN = "open"
    DEBTOR = "debtor"
    OTHER = "other"


def line_after(turn: HeardTurn, before: Line) -> Line:
    """Who is on the line once the client has said this."""
    if MAY_LISTEN.search(turn.text) and before is Line.OTHER:
        return Line.DEBTOR
    if turn.did(Objection.THIRD_PARTY.value, Objection.WRONG_CONTACT.value):
        return Line.OTHER
    if before is Line.OPEN and CONFIRMS.search(turn.text):
        return Line.DEBTOR
    return before


def _heard_turn(turn: ScoredTurn, place: int, before: Sequence[HeardTurn], line: Line) -> HeardTurn:
    text = turn.text[:READ_AT_MOST]
    last = before[-1] if before else None
    if turn.speaker is Speaker.COLLECTOR:
        own = sum(1 for x in before if x.is_collector)
        answered = last.text if last and not last.is_collector else ""
        acts = acts_of_collector(
            turn, text, Before(own, answered, line is Line.DEBTOR, line is Line.OTHER)
        )
    else:
        acts = acts_of_client(turn, text, bool(last and last.is_collector and last.did(*ASKS)))
    known = {entity.type for entity in turn.entities}
    return HeardTurn(
        index=turn.index,
        place=place,
        speaker=turn.speaker,
        text=text,
        acts=acts,
        heat=turn.heat or 0,
        values=frozenset(str(entity.value) for entity in turn.entities),
        has_sum="money" in known or bool(SUM.search(text)),
        has_day="date" in known or bool(DAY.search(text)),
        has_reference=bool(known & {"invoice_number", "po_number"})
        or bool(_REFERENCE.search(text)),
    )
