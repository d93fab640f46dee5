"""Writes played turns, causes and verdicts of a trial as pages and programs read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.core.rehearsal.debrief import debrief
from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.record import Rehearsal, RehearsalTurn
from bot.core.rehearsal.scenario import Scenario
from bot.core.rehearsal.state import Cause, ClientState
from bot.services.rehearsal_verdict import scorecard_of


def played_turns(
    rehearsal: Rehearsal, fields: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """Every turn with the state after it; `fields` names the field of each line of the draft."""
    return [_turn(turn, fields or {}) for turn in rehearsal.turns]


def state_after(state: ClientState) -> dict[str, Any]:
    """The client's whole mood, as nobody but an author sees it."""
    return {
        "heat": state.heat,
        "temper": state.temper,
        "trust": state.trust,
        "patience": state.patience,
        "facts_told": list(state.revealed),
        "objections_raised": list(state.raised),
        "promised": state.promise is not None,
        "ended": state.ended.value if state.ended else None,
    }


def verdict_on(rehearsal: Rehearsal, scenario: Scenario) -> dict[str, Any]:
    """Scorecard and debrief, as a trainee would get them."""
    card = scorecard_of(rehearsal, scenario)
    return {**card.as_json(), "debrief": debrief(card, rehearsal, scenario).as_json()}


def player_document(player: str, rehearsal: Rehearsal, scenario: Scenario) -> dict[str, Any]:
    """How one scripted collector did."""
    card = scorecard_of(rehearsal, scenario)
    return {
        "player": player,
        "score": card.total,
        "passed": card.passed,
        "outcome": card.outcome,
        "ended": rehearsal.state.ended.value if rehearsal.state.ended else None,
        "summary": card.summary,
        "blockers": [blocker.as_json() for blocker in card.blockers],
        "goals": [{"text": text, "met": met} for _, text, met in card.goals],
        "facts_told": list(rehearsal.state.revealed),
        "heat": list(rehearsal.heat_path),
        "temper": [turn.state.temper for turn in rehearsal.turns],
        "trust": [turn.state.trust for turn in rehearsal.turns],
        "turns": played_turns(rehearsal),
    }


def fields_of_lines(scenario: Scenario, persona: Persona, own: str) -> dict[str, str]:
    """Where in the draft each line stands, by its id; `own` says which of the two is the draft."""
    if own == "persona":
        return {line.id: f"lines.{n}.text" for n, line in enumerate(persona.lines)}
    return dict(_scenario_fields(scenario))


def _scenario_fields(scenario: Scenario) -> Iterator[tuple[str, str]]:
    for level in scenario.opening:
        yield f"{scenario.id}-opening-{level}", f"opening.{level}"
    for n, line in enumerate(scenario.restate):
        yield line.id, f"restate.{n}.text"
    parts: tuple[tuple[str, Sequence[Any]], ...] = (
        ("objections", scenario.objections),
        ("hidden_facts", scenario.hidden_facts),
        ("answers", scenario.answers),
    )
    for name, rows in parts:
        for outer, row in enumerate(rows):
            for n, line in enumerate(row.lines):
                yield line.id, f"{name}.{outer}.lines.{n}.text"


def _turn(turn: RehearsalTurn, fields: Mapping[str, str]) -> dict[str, Any]:
    reading, note = turn.reading, turn.note
    heard = reading.labels if reading else ()
    return {
        "index": turn.index,
        "speaker": turn.speaker.value,
        "text": turn.text,
        "heat": turn.heat,
        "temper": turn.state.temper,
        "trust": turn.state.trust,
        "patience": turn.state.patience,
        "moves": [
            {"name": x.name, "confidence": round(x.confidence, 4), "evidence": x.evidence}
            for x in heard
        ],
        "labels": list(turn.labels),
        "beats": list(turn.beats),
        "fields": [fields[line_id] for line_id in turn.line_ids if line_id in fields],
        "causes": [_cause(cause) for cause in turn.causes],
        "note": {"did": note.did, "caused": note.caused} if note else None,
        "better": (note.better or None) if note else None,
    }


def _cause(cause: Cause) -> dict[str, Any]:
    return {
        "rule": cause.rule,
        "note": cause.note,
        "move": cause.move,
        "words": cause.words,
        "temper": cause.temper,
        "trust": cause.trust,
        "patience": cause.patience,
    }
