"""Whether a rehearsal met the goals of its scenario, by the client's state and by what was undertaken."""

from __future__ import annotations

from bot.core.rehearsal.record import Rehearsal
from bot.core.rehearsal.scenario import Goal
from bot.core.rehearsal.scorecard import Scorecard


def goal_is_met(goal: Goal, rehearsal: Rehearsal, scorecard: Scorecard) -> bool:
    """Whether all that a goal needs holds at the end of the rehearsal."""
    needs, state = goal.needs, rehearsal.state
    ends = {end.value for end in needs.end}
    return (
        all(state.count(move) for move in needs.moves)
        and (needs.temper_below is None or state.temper < needs.temper_below)
        and (needs.trust_from is None or state.trust >= needs.trust_from)
        and (not ends or bool(ends & ends_of(rehearsal, scorecard)))
        and set(needs.facts) <= set(state.revealed)
        and not any(state.count(move) for move in needs.none_of)
    )


def ends_of(rehearsal: Rehearsal, scorecard: Scorecard) -> set[str]:
    """Every end that a rehearsal reached: what was agreed, and what the trainee undertook on the way."""
    state = rehearsal.state
    ends = {scorecard.outcome}
    if state.promise is not None:
        ends.add("plan" if len(state.promise.schedule) > 1 else "promise")
        ends |= {"undisputed_part"} if state.promise.kind == "undisputed_part" else set()
    undertaken = {
        "log_dispute": "dispute_logged",
        "send_documents": "documents",
        "escalate": "handed_over",
        "signpost": "signposted",
        "schedule_follow_up": "follow_up",
    }
    ends |= {end for move, end in undertaken.items() if state.undertook(move) or state.count(move)}
    return ends
