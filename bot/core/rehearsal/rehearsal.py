"""A rehearsal from start to finish: begin, take a turn, wait, rewind to a turn, and finish."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from datetime import date

from bot.core.coaching.desk import Desk
from bot.core.dates import Calendar
from bot.core.errors import ConflictError, InvalidInputError
from bot.core.labels import Speaker
from bot.core.reading import Reading
from bot.core.rehearsal.client import Reply, answers_the_phone, reply
from bot.core.rehearsal.exchange import Exchange
from bot.core.rehearsal.notes import note_on
from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.reactions import Scene
from bot.core.rehearsal.record import Mode, Parent, Rehearsal, RehearsalTurn, account_for
from bot.core.rehearsal.scenario import Scenario
from bot.core.rehearsal.state import ClientState, Ended
from bot.core.rehearsal.weighing import weighed


def begin(
    scenario: Scenario, persona: Persona, level: int, seed: int, today: date, mode: Mode
) -> Rehearsal:
    """Ring the client, who answers the phone."""
    if level not in scenario.levels:
        raise InvalidInputError(f"“{scenario.title}” has no level {level}.", field="level")
    state = ClientState(
        temper=persona.temper.start[level],
        trust=persona.trust.start[level],
        patience=persona.patience.start[level],
    )
    blank = Rehearsal(
        scenario_id=scenario.id,
        scenario_version=scenario.version,
        persona_id=persona.id,
        level=level,
        seed=seed,
        mode=Mode(mode),
        today=today,
        state=state,
    )
    # The working days do not matter before money is spoken of.
    first = answers_the_phone(_exchange(blank, scenario, persona, None, Calendar()))
    return _with_client_turn(blank, first)


def take(
    rehearsal: Rehearsal, scenario: Scenario, persona: Persona, reading: Reading, desk: Desk
) -> Rehearsal:
    """Take one trainee turn; the client's answer comes with the causes and the coach's note."""
    if reading.speaker is not Speaker.COLLECTOR:
        raise InvalidInputError("A trainee's turn is read as the collector's.", field="speaker")
    return _answered(rehearsal, scenario, persona, reading, desk)


def wait(rehearsal: Rehearsal, scenario: Scenario, persona: Persona, desk: Desk) -> Rehearsal:
    """Let the trainee say nothing."""
    return _answered(rehearsal, scenario, persona, None, desk)


def rewind(rehearsal: Rehearsal, turn: int, branch: str | None = None) -> Rehearsal:
    """A new branch that stands just before the trainee's turn of this index, to be tried another way.

    `branch` is the new branch's name when the next number is taken already.
    """
    if not 0 < turn < len(rehearsal.turns) or (
        rehearsal.turns[turn].speaker is not Speaker.COLLECTOR
    ):
        raise InvalidInputError(f"Turn {turn} is not one of yours.", field="turn")
    if rehearsal.mode is Mode.EXAM:
        raise ConflictError("An exam is not rewound.")
    kept = rehearsal.turns[:turn]
    return replace(
        rehearsal,
        state=kept[-1].state,
        turns=kept,
        branch=branch or f"b{int(rehearsal.branch[1:]) + 1}",
        parent=Parent(rehearsal.branch, turn),
        hints_used=tuple(hint for hint in rehearsal.hints_used if hint.turn < turn),
    )


def finish(rehearsal: Rehearsal) -> Rehearsal:
    """End the call where it stands, if it has not ended."""
    if rehearsal.is_over:
        return rehearsal
    how = Ended.AGREED if rehearsal.state.promise else Ended.CLOSED
    return replace(rehearsal, state=replace(rehearsal.state, ended=how))


def _answered(
    rehearsal: Rehearsal, scenario: Scenario, persona: Persona, reading: Reading | None, desk: Desk
) -> Rehearsal:
    if rehearsal.is_over:
        raise ConflictError("This call has ended; rewind it or start another.")
    if (scenario.id, persona.id) != (rehearsal.scenario_id, rehearsal.persona_id):
        raise InvalidInputError("This rehearsal is of another case.", field="scenario")
    reading = weighed(reading, rehearsal, scenario) if reading else None
    ex = _exchange(rehearsal, scenario, persona, reading, desk.calendar)
    before = rehearsal.state
    said = reply(ex)
    note = note_on(rehearsal, scenario, reading, before, said, desk)
    mine = RehearsalTurn(
        index=len(rehearsal.turns),
        speaker=Speaker.COLLECTOR,
        text=reading.text if reading else "",
        reading=reading,
        state=said.state,
        causes=said.causes,
        note=note if rehearsal.mode is Mode.PRACTICE else None,
    )
    return _with_client_turn(replace(rehearsal, turns=(*rehearsal.turns, mine)), said)


def _with_client_turn(rehearsal: Rehearsal, said: Reply) -> Rehearsal:
    turn = RehearsalTurn(
        index=len(rehearsal.turns),
        speaker=Speaker.CLIENT,
        text=said.text,
        reading=None,
        state=said.state,
        beats=tuple(part.beat for part in said.parts),
        line_ids=tuple(part.line_id for part in said.parts),
        labels=tuple(dict.fromkeys(label for part in said.parts for label in part.labels)),
    )
    return replace(rehearsal, turns=(*rehearsal.turns, turn), state=said.state)


def _exchange(
    rehearsal: Rehearsal,
    scenario: Scenario,
    persona: Persona,
    reading: Reading | None,
    calendar: Calendar,
) -> Exchange:
    counted = replace(rehearsal.state, turn=rehearsal.state.turn + (1 if rehearsal.turns else 0))
    return Exchange(
        scene=Scene(persona, scenario, rehearsal.level, _dice(rehearsal)),
        before=rehearsal.state,
        state=counted,
        reading=reading,
        account=account_for(scenario, rehearsal.today),
        calendar=calendar,
        today=rehearsal.today,
        spoken=frozenset(t.text for t in rehearsal.turns if t.speaker is Speaker.CLIENT),
    )


def _dice(rehearsal: Rehearsal) -> random.Random:
    # Not the branch: a rewound turn said the same way must go the same way.
    key = f"{rehearsal.seed}:{rehearsal.scenario_id}:{rehearsal.level}:{len(rehearsal.turns)}"
    return random.Random(hashlib.sha256(key.encode()).hexdigest())  # noqa: S311  a call that can be replayed, not a secret
