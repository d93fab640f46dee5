"""What a rehearsal is about: the case, what the client holds back, what it can do, and what counts as good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from bot.core.coaching.advice import OptionKind
from bot.core.labels import FAMILY_OF, Family, Move, Objection
from bot.core.rehearsal.lines import ClientLine
from bot.core.rehearsal.sketch import AccountSketch


class Topic(StrEnum):
    """What a trainee can ask that a scenario may have an answer to."""

    WHEN_PAID = "when_paid"
    HOW_PAY = "how_pay"
    WHO_DECIDES = "who_decides"
    WHAT_WRONG = "what_wrong"
    HOW_MUCH = "how_much"
    PAPERWORK = "paperwork"


class GoodEnd(StrEnum):
    """The ends that a scenario may count as good."""

    PROMISE = "promise"
    PLAN = "plan"
    UNDISPUTED_PART = "undisputed_part"
    DISPUTE_LOGGED = "dispute_logged"
    DOCUMENTS = "documents"
    HANDED_OVER = "handed_over"
    PROTOCOL = "protocol"
    SIGNPOSTED = "signposted"
    FOLLOW_UP = "follow_up"


class Protection(StrEnum):
    """Why the right end is a protocol and not money."""

    VULNERABILITY = "vulnerability"
    ADVISER_IN_CHARGE = "adviser_in_charge"
    THIRD_PARTY = "third_party"
    INSOLVENCY = "insolvency"


#: What a client may need before it pays, as the move that undertakes it.
UNDERTAKINGS = (
    Move.SEND_DOCUMENTS.value,
    Move.LOG_DISPUTE.value,
    Move.APOLOGISE.value,
    Move.ESCALATE.value,
)

#: The skills that a scenario weighs; the weights add up to 100.
SKILLS = (
    "composure",
    "empathy",
    "listening",
    "clarity",
    "problem_solving",
    "firmness",
    "process",
    "escalation_judgement",
)

#: The blocker that is no move: money spoken of where a protocol rules.
MONEY_IN_PROTOCOL = "money_in_protocol"


@dataclass(frozen=True)
class CollectorPart:
    """Who the trainee is in this call."""

    name: str
    company: str


@dataclass(frozen=True)
class ContactPart:
    """Who answers the phone; `is_debtor` is false for a relative, carer or neighbour."""

    name: str
    role: str
    is_debtor: bool = True


@dataclass(frozen=True)
class SecondObjection:
    """Another objection, raised from its level on once the first is eased or patience drops."""

    id: str
    label: Objection
    lines: tuple[ClientLine, ...]
    from_level: int = 2
    after_turn: int = 3


@dataclass(frozen=True)
class EarnedBy:
    """What must hold for a hidden fact to come out: one of the moves in this turn, trust, and facts before it."""

    moves: tuple[str, ...] = ()
    min_trust: int = 0
    after_facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class LimitChange:
    """What a fact adds to the limits once it is out: days and amounts to add (or, below zero, take off), kinds to allow."""

    today: Decimal = Decimal(0)
    full_on: int = 0
    per_instalment: Decimal = Decimal(0)
    first_day: int = 0
    longest: int = 0
    accepts: tuple[OptionKind, ...] = ()


@dataclass(frozen=True)
class HiddenFact:
    """Something the client says only when it has been earned; `what` is its short form for the debrief."""

    id: str
    what: str
    earned_by: EarnedBy
    lines: tuple[ClientLine, ...]
    opens: LimitChange | None = None


@dataclass(frozen=True)
class Answer:
    """What the client replies when asked about one topic."""

    topic: Topic
    lines: tuple[ClientLine, ...]


@dataclass(frozen=True)
class Needs:
    """The state that any yes needs: at least this trust, temper below this."""

    trust: int = 40
    temper_below: int = 60


@dataclass(frozen=True)
class Limits:
    """What the client can truly do, in the account's currency and days from the call.

    `full_on` is the day on which everything could be paid (None: never in full), `per_instalment` the most in a month.
    """

    today: Decimal = Decimal(0)
    full_on: int | None = None
    per_instalment: Decimal = Decimal(0)
    first_day: int = 0
    longest: int = 1
    accepts: tuple[OptionKind, ...] = ()
    needs: Needs = Needs()
    wants: tuple[OptionKind, ...] = ()

    def changed(self, change: LimitChange | None) -> Limits:
        """The limits once a fact has opened them further."""
        if change is None:
            return self
        return replace(
            self,
            today=max(Decimal(0), self.today + change.today),
            full_on=None if self.full_on is None else max(0, self.full_on + change.full_on),
            per_instalment=max(Decimal(0), self.per_instalment + change.per_instalment),
            first_day=max(0, self.first_day + change.first_day),
            longest=max(1, self.longest + change.longest),
            accepts=tuple(dict.fromkeys((*self.accepts, *change.accepts))),
        )


@dataclass(frozen=True)
class GoalNeeds:
    """The rule behind a goal; all parts that are given must hold at the end of the call.

    `moves`: each made at least once. `temper_below`, `trust_from`: of the client's state. `end`: any of these ends.
    `facts`: ids of hidden facts that came out. `none_of`: moves never made.
    """

    moves: tuple[str, ...] = ()
    temper_below: int | None = None
    trust_from: int | None = None
    end: tuple[GoodEnd, ...] = ()
    facts: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Goal:
    """One thing to reach in the rehearsal, in words, with the rule that tells whether it was."""

    id: str
    text: str
    needs: GoalNeeds


@dataclass(frozen=True)
class Example:
    """A line that the recogniser learns with this scenario: its words, all its labels, its heat and how it is said."""

    text: str
    labels: tuple[str, ...]
    heat: int
    style: str = "clean"


@dataclass(frozen=True)
class Scenario:
    """One case to practise; `objection` is the label of the opening, the family follows from it."""

    id: str
    title: str
    version: int
    objection: Objection
    persona: str
    levels: tuple[int, ...]
    minutes: int
    briefing: str
    collector: CollectorPart
    contact: ContactPart
    account: AccountSketch
    opening: Mapping[int, str]
    restate: tuple[ClientLine, ...]
    limits: Limits
    objections: tuple[SecondObjection, ...] = ()
    hidden_facts: tuple[HiddenFact, ...] = ()
    answers: tuple[Answer, ...] = ()
    pays_only_after: tuple[str, ...] = ()
    protected: Protection | None = None
    good_end: tuple[GoodEnd, ...] = ()
    goals: tuple[Goal, ...] = ()
    blockers: tuple[str, ...] = (Move.THREATEN.value, Move.DISCLOSE.value)
    weights: Mapping[str, int] = field(default_factory=dict)
    model_turns: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def family(self) -> Family:
        """The group that the opening's objection belongs to."""
        return FAMILY_OF[self.objection]

    @property
    def asked_for(self) -> ContactPart:
        """Whom the trainee rings, as far as they may know before the call: never a third party who answers."""
        if self.contact.is_debtor:
            return self.contact
        return ContactPart(self.account.name.split(" t/a ")[0], "account holder")

    def answer(self, topic: Topic) -> Answer | None:
        """What the client has to say on a topic, if anything."""
        return next((a for a in self.answers if a.topic is topic), None)
