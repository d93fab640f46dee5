"""Writes rehearsals, their turns and scenarios as the interface publishes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.record import Mode, Rehearsal, RehearsalTurn
from bot.core.rehearsal.scenario import Scenario
from bot.core.rehearsal.state import ClientState
from bot.services.rehearsal_ports import (
    FINISHED,
    AssignmentRecord,
    BranchRecord,
    RehearsalRecord,
    RehearsalTurnRecord,
    ScoreRecord,
)

#: What is said of words that nobody could hear.
LISTENING_OFF = "Listening is off at the moment. Your words are kept; send them again and the client will answer."


def tells_all(record: RehearsalRecord) -> bool:
    """Whether feedback may be shown: always in practice, after the end in an exam."""
    return record.mode == Mode.PRACTICE.value or record.status == FINISHED


def state_document(state: ClientState, tells: bool) -> dict[str, Any]:
    """The client's mood as it is shown; heat alone in an exam, for a voice tells that much."""
    return {
        "heat": state.heat,
        "temper": state.temper if tells else None,
        "trust": state.trust if tells else None,
        "patience": state.patience if tells else None,
        "ended": state.ended.value if state.ended else None,
    }


def turn_document(row: RehearsalTurnRecord, tells: bool) -> dict[str, Any]:
    """One turn; moves, causes and note are feedback."""
    basic = {
        "turn_id": row.id,
        "index": row.index,
        "speaker": row.speaker.value,
        "text": row.text,
        "said_at": row.said_at.isoformat(),
        "segment_id": row.segment_id,
        "waiting": row.document is None,
        "silent": row.speaker.value == "collector" and not row.text,
    }
    if row.document is None:
        return {**basic, "state": None, "moves": [], "causes": [], "note": None}
    turn = RehearsalTurn.from_json(row.document)
    reading = row.document["reading"]
    return {
        **basic,
        "state": state_document(turn.state, tells),
        "moves": reading["labels"] if reading and tells else [],
        "causes": row.document["causes"] if tells else [],
        "note": row.document["note"] if tells else None,
    }


def answer_document(
    record: RehearsalRecord,
    mine: RehearsalTurnRecord,
    reply: RehearsalTurnRecord | None,
) -> dict[str, Any]:
    """The answer to a turn; without a reply the words are kept and wait to be heard."""
    tells = tells_all(record)
    return {
        "turn_id": mine.id,
        "listening": reply is not None,
        "detail": None if reply is not None else LISTENING_OFF,
        "turn": turn_document(mine, tells),
        "reply": turn_document(reply, tells) if reply is not None else None,
    }


def scenario_document(scenario: Scenario, persona: Persona) -> dict[str, Any]:
    """What a trainee may know of a scenario before the call; never what the client holds back."""
    return {
        "id": scenario.id,
        "title": scenario.title,
        "version": scenario.version,
        "objection": scenario.objection.value,
        "family": scenario.family.value,
        "protected": scenario.protected.value if scenario.protected else None,
        "levels": list(scenario.levels),
        "minutes": scenario.minutes,
        "briefing": scenario.briefing,
        "persona": {
            "id": persona.id,
            "name": persona.name,
            "role": persona.role,
            "summary": persona.summary,
        },
        "collector": {"name": scenario.collector.name, "company": scenario.collector.company},
        "contact": {"name": scenario.asked_for.name, "role": scenario.asked_for.role},
        "goals": [goal.text for goal in scenario.goals],
        "weights": dict(scenario.weights),
    }


def summary_document(
    record: RehearsalRecord, title: str, family: str | None, scores: Sequence[ScoreRecord]
) -> dict[str, Any]:
    """A rehearsal in a list."""
    last = next((score for score in scores if score.branch == record.branch), None)
    return {
        "id": record.id,
        "scenario_id": record.scenario_id,
        "title": title,
        "family": family,
        "level": record.level,
        "mode": record.mode,
        "status": record.status,
        "branch": record.branch,
        "started_at": record.started_at.isoformat(),
        "touched_at": record.touched_at.isoformat(),
        "finished_at": record.finished_at.isoformat() if record.finished_at else None,
        "assignment_id": record.assignment_id,
        "shared": record.shared,
        "score": last.total if last else None,
        "passed": last.passed if last else None,
        "outcome": last.outcome if last else None,
    }


def branch_document(
    branch: BranchRecord,
    rows: Sequence[RehearsalTurnRecord],
    score: ScoreRecord | None,
    tells: bool,
) -> dict[str, Any]:
    """One branch with its curves, so that two can be compared; without curves while an exam runs."""
    states = [row.document["state"] for row in rows if row.document is not None]
    return {
        "name": branch.name,
        "parent": branch.header["parent"],
        "made_at": branch.made_at.isoformat(),
        "turns": len(rows),
        "heat": [row.document["heat"] for row in rows if row.document is not None],
        "temper": [state["temper"] for state in states] if tells else [],
        "trust": [state["trust"] for state in states] if tells else [],
        "score": score.total if score else None,
        "passed": score.passed if score else None,
        "outcome": score.outcome if score else None,
    }


def result_document(score: ScoreRecord) -> dict[str, Any]:
    """Scorecard and debrief of a finished branch."""
    return {
        "rehearsal_id": score.rehearsal_id,
        "branch": score.branch,
        "score": score.total,
        "passed": score.passed,
        "outcome": score.outcome,
        "rubric_version": score.rubric_version,
        "scored_at": score.scored_at.isoformat(),
        "scorecard": score.scorecard,
        "debrief": score.debrief,
    }


def hints_document(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    """The hints that were used."""
    return [{"turn": h.turn, "level": h.level, "cost": h.cost} for h in rehearsal.hints_used]


def assignment_document(assignment: AssignmentRecord, title: str) -> dict[str, Any]:
    """What a trainer has set."""
    return {
        "id": assignment.id,
        "scenario_id": assignment.scenario_id,
        "title": title,
        "level": assignment.level,
        "mode": assignment.mode,
        "due_on": assignment.due_on.isoformat(),
        "user_id": assignment.user_id,
        "role": assignment.role,
        "seniority": assignment.seniority,
        "note": assignment.note,
        "attempts_wanted": assignment.attempts_wanted,
        "set_by": assignment.set_by,
        "set_at": assignment.set_at.isoformat(),
    }
