"""A haulier and his case for tests: three lines for every beat and heat, two facts, one further objection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from bot.core.account import LegalForm, RiskClass
from bot.core.coaching.advice import OptionKind
from bot.core.coaching.desk import Desk
from bot.core.labels import Move, Objection, Speaker
from bot.core.reading import Entity, HeardLabel, Reading
from bot.core.rehearsal.lines import ClientLine
from bot.core.rehearsal.persona import (
    BEAT_HEATS,
    Beat,
    PatienceSetting,
    Persona,
    PersonaLine,
    TemperSetting,
    TrustSetting,
)
from bot.core.rehearsal.record import Mode, Rehearsal
from bot.core.rehearsal.rehearsal import begin, take
from bot.core.rehearsal.scenario import (
    Answer,
    CollectorPart,
    ContactPart,
    EarnedBy,
    GoodEnd,
    HiddenFact,
    LimitChange,
    Limits,
    Scenario,
    SecondObjection,
    Topic,
)
from bot.core.rehearsal.sketch import AccountSketch, ChargeSketch, InvoiceSketch, TermsSketch
from tests.builders import TODAY
from tests.desks import a_desk

DESK: Desk = a_desk()

_PLACES = {
    Beat.ACCEPT: "{offer}",
    Beat.COUNTER: "{counter}",
    Beat.PROMISE: "{promise}",
    Beat.RECAP_NO: "not that",
    Beat.BROKEN_WORD: "{undertaking}",
    Beat.GREET: "{company}",
}


def some_lines(prefix: str, count: int = 3) -> tuple[ClientLine, ...]:
    """Lines that fit every heat."""
    return tuple(ClientLine(f"{prefix}-{n}", f"{prefix}, said way {n}.") for n in range(count))


def a_persona(**changes: Any) -> Persona:
    """A haulier who starts at heat 1, 2 and 3 and can be turned."""
    lines = tuple(
        PersonaLine(
            f"{beat.value}-{heat}-{n}",
            f"{beat.value.replace('_', ' ')} {_PLACES.get(beat, '')} {heat} {n}.",
            frozenset({heat}),
            beat=beat,
        )
        for beat in Beat
        for heat in sorted(BEAT_HEATS[beat])
        for n in range(3)
    )
    persona = Persona(
        id="haulier",
        name="Dermot Keane",
        role="owner-driver",
        summary="Blunt.",
        speech="regional",
        temper=TemperSetting({1: 40, 2: 58, 3: 76}),
        trust=TrustSetting({1: 35, 2: 25, 3: 15}),
        patience=PatienceSetting({1: 90, 2: 75, 3: 60}),
        lines=lines,
    )
    return replace(persona, **changes)


def a_scenario(**changes: Any) -> Scenario:
    """Sixty days or thirty: £2,000 and a fee of £40; he can pay £500 today and £900 a month, all of it in 60 days."""
    scenario = Scenario(
        id="sixty-days",
        title="Sixty days",
        version=1,
        objection=Objection.TERMS_DISPUTE,
        persona="haulier",
        levels=(1, 2, 3),
        minutes=8,
        briefing="Ring Dermot.",
        collector=CollectorPart("Amina", "Northgate Supplies"),
        contact=ContactPart("Dermot Keane", "owner"),
        account=an_account_sketch(),
        opening={1: "Our terms are sixty days.", 2: "It was sixty days!", 3: "Sixty, damn it!"},
        restate=some_lines("restate", 8),
        limits=some_limits(),
        objections=(
            SecondObjection("fee", Objection.TERMS_DISPUTE, some_lines("fee"), from_level=2),
        ),
        hidden_facts=(
            HiddenFact(
                "pays-late",
                "His customer pays at 75 days.",
                EarnedBy((Move.OPEN_QUESTION.value,), 45),
                some_lines("pays-late", 2),
                LimitChange(first_day=-7),
            ),
            HiddenFact(
                "overdraft",
                "The bank has cut him.",
                EarnedBy((Move.OPEN_QUESTION.value,), 45, ("pays-late",)),
                some_lines("overdraft", 2),
            ),
        ),
        answers=(Answer(Topic.WHO_DECIDES, some_lines("decides", 2)),),
        good_end=(GoodEnd.PROMISE, GoodEnd.PLAN),
        model_turns=("Hello, Amina here.", "That must be galling.", "What happened?", "Friday?"),
    )
    return replace(scenario, **changes)


def an_account_sketch(**changes: Any) -> AccountSketch:
    """A sole trader with one late invoice of £2,000 and a late fee of £40."""
    sketch = AccountSketch(
        name="Keane Haulage",
        legal_form=LegalForm.SOLE_TRADER,
        country="GB",
        currency="GBP",
        terms=(TermsSketch(-900, 60), TermsSketch(-120, 30)),
        invoices=(InvoiceSketch("4417", -77, -47, Decimal(2000), Decimal(2000)),),
        charges=(ChargeSketch("4417", "late_fee", Decimal(40), -12),),
        risk_class=RiskClass.C,
    )
    return replace(sketch, **changes)


def some_limits(**changes: Any) -> Limits:
    """£500 today, £900 a month from next week, everything in 60 days, in four payments at most."""
    limits = Limits(
        today=Decimal(500),
        full_on=60,
        per_instalment=Decimal(900),
        first_day=7,
        longest=4,
        accepts=(
            OptionKind.FULL_PAYMENT,
            OptionKind.PART_PAYMENT,
            OptionKind.INSTALMENTS,
            OptionKind.EXTENSION,
        ),
    )
    return replace(limits, **changes)


def heard(*moves: str, text: str = "", entities: tuple[Entity, ...] = ()) -> Reading:
    """A trainee's turn as it was read; without text it says its own moves."""
    words = text or f"Words of {' '.join(moves)}."
    labels = tuple(HeardLabel(str(move), 0.9, words) for move in moves)
    return Reading(Speaker.COLLECTOR, words, labels, entities=entities)


def money(amount: str | int) -> Entity:
    """A sum in pounds that the trainee names."""
    value = {"amount": str(Decimal(amount)), "currency": "GBP"}
    return Entity("money", value, f"£{amount}", 0, 1)


def day(days: int) -> Entity:
    """A day so many days from the call."""
    on = date.fromordinal(TODAY.toordinal() + days)
    return Entity("date", on.isoformat(), "that day", 0, 1)


def goes(count: int | None, frequency: str | None = "monthly") -> Entity:
    """Instalments that the trainee names."""
    return Entity("instalments", {"count": count, "frequency": frequency}, "goes", 0, 1)


class Call:
    """A rehearsal in hand: say something, look at what came of it."""

    def __init__(self, level: int = 1, seed: int = 7, **changes: Any) -> None:
        self.persona = changes.pop("persona", None) or a_persona()
        self.mode = changes.pop("mode", Mode.PRACTICE)
        self.scenario = a_scenario(**changes)
        self.now: Rehearsal = begin(self.scenario, self.persona, level, seed, TODAY, self.mode)

    def say(self, *moves: str, text: str = "", entities: tuple[Entity, ...] = ()) -> Call:
        """One trainee turn."""
        reading = heard(*moves, text=text, entities=entities)
        self.now = take(self.now, self.scenario, self.persona, reading, DESK)
        return self

    def won_over(self) -> Call:
        """Four good turns, after which money can be spoken of."""
        self.say(Move.GREET_IDENTIFY, text="Amina of Northgate Supplies here.")
        self.say(Move.ACKNOWLEDGE, text="That must be galling.")
        self.say(Move.PARAPHRASE, text="So you took it for sixty days.")
        self.say(Move.EXPLAIN_TERMS, Move.OPEN_QUESTION, text="What did you plan with?")
        return self.say(Move.LOG_DISPUTE, text="I'm putting that on file for you now.")

    @property
    def state(self) -> Any:
        """The client's state now."""
        return self.now.state

    @property
    def mine(self) -> Any:
        """The trainee's last turn."""
        return self.now.turns[-2]

    @property
    def theirs(self) -> Any:
        """The client's last turn."""
        return self.now.turns[-1]

    @property
    def rules(self) -> set[str]:
        """The rules that the last turn set off."""
        return {cause.rule for cause in self.mine.causes}
