"""Escalation judgement: when the call goes up, and when it stays."""

from __future__ import annotations

from bot.core.labels import Move, Objection
from bot.core.rehearsal.blockers import money_in_protocol
from bot.core.rehearsal.heard_call import (
    EAR,
    OBJECTIONS,
    HeardCall,
    HeardTurn,
)
from bot.core.rehearsal.outcome import GOOD, outcome_of
from bot.core.rehearsal.rule import Hit, Rule, at, each, whole

_ESCALATE = Move.ESCALATE.value
_SIGNPOST = Move.SIGNPOST.value
_FOLLOW_UP = Move.SCHEDULE_FOLLOW_UP.value
_MANAGER = Objection.MANAGER_REQUEST.value


#: A call goes up at once for these, for a manager asked for twice, and for heat 3 twice.
ABSOLUTE = (
    Objection.VULNERABILITY.value,
    Objection.INSOLVENCY.value,
    Objection.ADVISER_IN_CHARGE.value,
    Objection.FORMAL_COMPLAINT.value,
)
#: After these one may hand over once one has tried; before, it is too early.
_ARGUABLE = frozenset(OBJECTIONS) - {
    Objection.STALLING.value,
    Objection.REFUSAL.value,
    Objection.CASH_FLOW.value,
}


def trigger(call: HeardCall) -> HeardTurn | None:
    """The client turn from which the call belongs to somebody else."""
    managers = angry = 0
    for turn in call.client:
        managers += turn.did(_MANAGER)
        angry += turn.heat == 3
        if turn.did(*ABSOLUTE) or managers >= 2 or angry >= 2:
            return turn
    return None


def _named_trigger(call: HeardCall) -> bool:
    """Whether the situation itself says that the call belongs to somebody else."""
    return call.situation.protected in ABSOLUTE


def _must_go_up(call: HeardCall) -> bool:
    return trigger(call) is not None or _named_trigger(call)


def _hand_over(call: HeardCall, after: int) -> HeardTurn | None:
    return call.first(_ESCALATE, _SIGNPOST, after=after)


def _went_up(call: HeardCall) -> tuple[Hit, ...]:
    start = trigger(call)
    return at(_hand_over(call, start.place if start else -1), _ESCALATE, _SIGNPOST)


def _went_up_at_once(call: HeardCall) -> tuple[Hit, ...]:
    start = trigger(call)
    place = start.place if start else -1
    up = _hand_over(call, place)
    between = [t for t in call.collector if up and place < t.place <= up.place]
    return at(up, _ESCALATE, _SIGNPOST) if up and len(between) <= 3 else ()


def _kept_safe(call: HeardCall) -> tuple[Hit, ...]:
    start = trigger(call)
    up = _went_up(call)
    held = call.first(
        _FOLLOW_UP,
        Move.SET_BOUNDARY.value,
        Move.LOG_DISPUTE.value,
        after=start.place if start else -1,
    )
    return at(held) if not up and not money_in_protocol(call) else ()


def _kept_in_hand(call: HeardCall) -> tuple[Hit, ...]:
    return whole(bool(call.clean) and not _too_early(call))


def _ended_in_hand(call: HeardCall) -> tuple[Hit, ...]:
    return whole(outcome_of(call) in GOOD and not _too_early(call))


def _too_early(call: HeardCall) -> tuple[Hit, ...]:
    up = call.first(_ESCALATE, among=call.collector)
    if up is None or _must_go_up(call):
        return ()
    before = [t for t in call.clean if t.place <= up.place]
    tried = any(t.did(*EAR, Move.OPEN_QUESTION.value, "echo") for t in before)
    raised = {act for t in call.client if t.place < up.place for act in t.acts}
    if call.situation.objection:
        raised.add(call.situation.objection)
    return () if tried and raised & _ARGUABLE else at(up, _ESCALATE)


def _manager_ignored(call: HeardCall) -> tuple[Hit, ...]:
    asked = [turn for turn in call.client if turn.did(_MANAGER)]
    met = (*EAR, _ESCALATE, Move.OPEN_QUESTION.value, "echo", Move.LOG_DISPUTE.value)
    return tuple(
        Hit(turn.index, turn.quote(_MANAGER))
        for turn in asked
        if (answer := call.next_collector(turn.place))
        and (answer.is_faulty or not answer.did(*met))
    )


ESCALATION_JUDGEMENT = (
    Rule(
        "went_up",
        "escalation_judgement",
        70,
        "The call belonged to somebody else (manager asked for twice, heat 3 twice, complaint, protection), and was handed over or pointed to help.",
        "mission 5c 000: escalation packet triggers; 3.7",
        _went_up,
        applies=_must_go_up,
        better="I'm passing this to my supervisor now, with what you've told me, so you needn't repeat it.",
    ),
    Rule(
        "went_up_at_once",
        "escalation_judgement",
        30,
        "… within three turns of the moment from which it was due.",
        "mission 5c 000: triggers; product 5 escalation",
        _went_up_at_once,
        applies=_must_go_up,
    ),
    Rule(
        "kept_safe",
        "escalation_judgement",
        50,
        "Not handed over, but paused, bounded or given a next contact, with no money asked for.",
        "mission 3.7 protocols",
        _kept_safe,
        applies=_must_go_up,
    ),
    Rule(
        "kept_in_hand",
        "escalation_judgement",
        80,
        "There was no ground to hand the call over, and it was kept; or it went to the right team after being heard.",
        "mission 5c 001: last resort; 7: escalation drift [CXM]",
        _kept_in_hand,
        applies=lambda call: not _must_go_up(call),
        better="Stay with it: acknowledge, ask, propose. Hand over only when it is asked for twice or beyond your authority.",
    ),
    Rule(
        "ended_in_hand",
        "escalation_judgement",
        20,
        "… and it came to a good end.",
        "mission 5c 001: the aim is to collect, not to escalate",
        _ended_in_hand,
        applies=lambda call: not _must_go_up(call),
    ),
    Rule(
        "too_early",
        "escalation_judgement",
        -40,
        "Handed over before listening, or without a ground.",
        "mission 5c 001: a step refuses to fire while alternatives are untried",
        _too_early,
        better="Try an acknowledgement and a question first; most clients settle.",
    ),
    Rule(
        "manager_ignored",
        "escalation_judgement",
        -25,
        "The wish for a manager was passed over.",
        "mission 5c 000: involve superiors; [UNI-ALERT]",
        _manager_ignored,
        2,
        better="You can speak to my supervisor. Before I put you through: what should they know?",
    ),
    Rule(
        "threat_as_escalation",
        "escalation_judgement",
        -40,
        "Threatened instead of taking the lawful step.",
        "mission 3.3 ladder; 3.5 [FD-E]",
        lambda call: each(call.collector, "threaten"),
    ),
)
