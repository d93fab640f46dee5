"""Laws of the simulated client: whatever is said to it, it keeps its limits, its state and its words."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.labels import Move, Speaker
from bot.core.reading import Entity, HeardLabel, Reading
from bot.core.rehearsal.bargain import OfferMade, PromiseGiven
from bot.core.rehearsal.negotiation import limits_now
from bot.core.rehearsal.record import Mode, Rehearsal
from bot.core.rehearsal.rehearsal import begin, take, wait
from bot.core.rehearsal.scenario import Limits
from tests.builders import TODAY
from tests.unit.core.rehearsal.cases import DESK, a_persona, a_scenario, some_limits

MOVES = [move.value for move in Move]
GOOD = [m.value for m in (Move.ACKNOWLEDGE, Move.PARAPHRASE, Move.LOG_DISPUTE, Move.OPEN_QUESTION)]

sums = st.one_of(
    st.sampled_from(["40", "500", "900", "1540", "2000", "2040", "0.01", "0"]),
    st.decimals(min_value=0, max_value=9_999_999, places=2).map(str),
)
entities = st.one_of(
    st.builds(
        lambda amount, code: Entity("money", {"amount": amount, "currency": code}, "m", 0, 1),
        sums,
        st.sampled_from(["GBP", "EUR", None]),
    ),
    st.integers(-400, 4000).map(
        lambda n: Entity("date", (TODAY + timedelta(days=n)).isoformat(), "d", 0, 1)
    ),
    st.just(Entity("date", "9999-12-31", "d", 0, 1)),
    st.builds(
        lambda count, frequency: Entity(
            "instalments", {"count": count, "frequency": frequency}, "i", 0, 1
        ),
        st.one_of(st.none(), st.integers(0, 60)),
        st.sampled_from(["weekly", "fortnightly", "monthly", None]),
    ),
    st.just(Entity("payment_method", "card", "card", 0, 1)),
    st.just(Entity("percentage", "5", "5 %", 0, 1)),
)
texts = st.one_of(
    st.sampled_from(
        [
            "",
            "I never said that.",
            "Yes, agreed.",
            "and the rest later",
            "word " * 80,
            "waive the fee",
        ]
    ),
    st.text(max_size=40),
)
turns = st.one_of(
    st.none(),
    st.builds(
        lambda names, words, found: Reading(
            Speaker.COLLECTOR,
            words,
            tuple(HeardLabel(name, 0.9, words) for name in names),
            entities=tuple(found),
        ),
        st.lists(st.sampled_from(MOVES), max_size=4, unique=True),
        texts,
        st.lists(entities, max_size=4),
    ),
)


def played(said: list[Reading | None], level: int, seed: int, **changes: Any) -> list[Rehearsal]:
    """Every state of a call until it ends."""
    scenario, persona = a_scenario(**changes), a_persona()
    calls = [begin(scenario, persona, level, seed, TODAY, Mode.PRACTICE)]
    for reading in said:
        if calls[-1].is_over:
            break
        now = calls[-1]
        calls.append(
            take(now, scenario, persona, reading, DESK)
            if reading
            else wait(now, scenario, persona, DESK)
        )
    return calls


def is_within(promise: PromiseGiven | OfferMade, limits: Limits) -> bool:
    """Whether a promise keeps the limits, reckoned afresh and payment by payment."""
    paid = Decimal(0)
    for payment in promise.schedule:
        ahead = (payment.due - TODAY).days
        paid += payment.amount.amount
        if limits.full_on is not None and ahead >= limits.full_on:
            continue
        if ahead < limits.first_day:
            most = limits.today
        else:
            months = 1 + (ahead - limits.first_day) // 28
            most = limits.today + limits.per_instalment * months
        largest = max(limits.today, limits.per_instalment)
        if ahead < 0 or paid > most or payment.amount.amount > largest:
            return False
    return len(promise.schedule) <= max(2, limits.longest)


def some_widest(**changes: Any) -> Limits:
    """The limits with every fact out: what an earlier counter-offer may have been drawn from."""
    scenario = a_scenario(**changes)
    limits = scenario.limits
    for fact in scenario.hidden_facts:
        limits = limits.changed(fact.opens)
    return limits


def keeps_the_laws(calls: list[Rehearsal], **changes: Any) -> None:
    """What holds after every turn."""
    for call in calls:
        state = call.state
        assert 0 <= state.temper <= 100
        assert 0 <= state.trust <= 100
        assert 0 <= state.patience <= 100
        assert state.heat in range(4)
        if state.promise:
            assert is_within(state.promise, limits_now(a_scenario(**changes), state))
        if state.counter:
            assert is_within(state.counter, some_widest(**changes))
    last = calls[-1]
    lines = [line for turn in last.turns for line in turn.line_ids]
    words = [turn.text for turn in last.turns if turn.speaker is Speaker.CLIENT]
    assert len(lines) == len(set(lines))
    assert len(words) == len(set(words))
    assert all(words)
    assert all(len(text.split()) <= 45 for text in words)
    assert all(len(turn.note.lines) <= 3 for turn in last.turns if turn.note)
    for before, turn in zip(last.turns, last.turns[1:], strict=False):
        fallen = turn.state.temper - before.state.temper
        assert fallen >= 0 or any(cause.temper < 0 for cause in turn.causes)


@settings(max_examples=120, deadline=None)
@given(st.lists(turns, max_size=40), st.integers(1, 3), st.integers(0, 99))
def test_no_sequence_of_turns_breaks_the_client(
    said: list[Reading | None], level: int, seed: int
) -> None:
    keeps_the_laws(played(said, level, seed))


@settings(max_examples=120, deadline=None)
@given(
    st.lists(turns, min_size=1, max_size=12),
    st.decimals(0, 3000, places=2),
    st.decimals(0, 3000, places=2),
    st.one_of(st.none(), st.integers(0, 120)),
    st.integers(0, 40),
    st.integers(1, 6),
)
def test_a_client_won_over_still_never_agrees_beyond_its_limits(
    said: list[Reading | None],
    today: Decimal,
    each: Decimal,
    full_on: int | None,
    first_day: int,
    longest: int,
) -> None:
    limits = some_limits(
        today=today, per_instalment=each, full_on=full_on, first_day=first_day, longest=longest
    )
    won = [heard_plainly(move) for move in ("greet_identify", *GOOD)]
    keeps_the_laws(played([*won, *said], 1, 3, limits=limits), limits=limits)


@settings(max_examples=40, deadline=None)
@given(st.lists(turns, max_size=15), st.integers(1, 3), st.integers(0, 99))
def test_the_same_seed_and_turns_give_the_same_call(
    said: list[Reading | None], level: int, seed: int
) -> None:
    assert played(said, level, seed)[-1] == played(said, level, seed)[-1]


@settings(max_examples=40, deadline=None)
@given(st.lists(turns, max_size=15), st.integers(1, 3))
def test_a_call_survives_being_written_down(said: list[Reading | None], level: int) -> None:
    call = played(said, level, 5)[-1]
    document = json.loads(json.dumps(call.as_json()))
    back = Rehearsal.from_json(document)
    assert back.as_json() == document
    assert back.state == call.state


def test_five_hundred_turns_of_anything_come_to_an_end() -> None:
    dice = random.Random(1)
    for level in (1, 2, 3):
        for names in (MOVES, GOOD, ["neutral"], ["abuse", "threaten"], []):
            said = [
                heard_plainly(*dice.sample(names, min(len(names), 2)), text=f"Turn {n}.")
                for n in range(500)
            ]
            calls = played(said, level, 11)
            keeps_the_laws(calls)
            assert calls[-1].is_over


def heard_plainly(*names: str, text: str = "") -> Reading:
    """A turn with these moves and no figures."""
    words = text or f"Words of {names}."
    return Reading(Speaker.COLLECTOR, words, tuple(HeardLabel(n, 0.9, words) for n in names))


def test_the_days_of_these_laws_are_those_of_the_builders() -> None:
    assert date(2026, 3, 10) == TODAY
