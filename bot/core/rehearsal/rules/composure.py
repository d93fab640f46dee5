"""Composure: how the collector bore the client's mood."""

from __future__ import annotations

from bot.core.labels import Move
from bot.core.rehearsal.heard_call import (
    EAR,
    FAULT_NAMES,
    HeardCall,
)
from bot.core.rehearsal.outcome import outcome_of
from bot.core.rehearsal.rule import Hit, Rule, at, each, whole

_ANGRY = 2
_STEADY = (
    *EAR,
    Move.OPEN_QUESTION.value,
    Move.SET_BOUNDARY.value,
    Move.ESCALATE.value,
    Move.LOG_DISPUTE.value,
    "echo",
)


def _even_voice(call: HeardCall) -> tuple[Hit, ...]:
    temper = FAULT_NAMES - {Move.DISCLOSE.value}
    spoke = [turn for turn in call.collector if turn.words]
    return whole(bool(spoke) and not any(turn.did(*temper) for turn in spoke))


def _steady_under_fire(call: HeardCall) -> tuple[Hit, ...]:
    for turn in call.client:
        answer = call.next_collector(turn.place) if turn.heat >= _ANGRY else None
        if answer and not answer.is_faulty and answer.did(*_STEADY):
            return at(answer, *_STEADY)
    return ()


def _was_hot(call: HeardCall) -> bool:
    return max(call.heat, default=0) >= _ANGRY


def _heat_held(call: HeardCall) -> tuple[Hit, ...]:
    if not call.client:
        return ()
    last, first = call.client[-1], call.client[0]
    start = max(first.heat, last.heat - call.heat_change)
    is_held = last.heat <= 1 and (last.heat < start or (start <= 1 and last.heat <= start))
    return at(last, "eased") if is_held and outcome_of(call) != "hung_up" else ()


def _heat_rose(call: HeardCall) -> tuple[Hit, ...]:
    rose = call.grew_hotter or (call.heat[-1:] == (3,) and max(call.heat) == 3)
    return at(call.client[-1]) if rose else ()


def _shouted(call: HeardCall) -> tuple[Hit, ...]:
    return tuple(
        Hit(turn.index, turn.text[:160]) for turn in call.collector if turn.text.count("!") >= 3
    )


COMPOSURE = (
    Rule(
        "even_voice",
        "composure",
        50,
        "No word of blame, threat, argument, dismissal or pressure in the whole call.",
        "mission 5c 000: composed, no impulse; firm but professional",
        _even_voice,
        better="Let it pass, breathe once, and answer the matter instead of the tone.",
    ),
    Rule(
        "steady_under_fire",
        "composure",
        25,
        "An angry turn was answered with an acknowledgement, a question, a calm boundary or a step, and no fault.",
        "mission 4.3: complaint de-escalation (J. Marketing) [HER]",
        _steady_under_fire,
        applies=_was_hot,
        better="I can hear how angry this has made you. Tell me what went wrong, and I'll write it down.",
    ),
    Rule(
        "nothing_to_withstand",
        "composure",
        25,
        "The client never became angry, so there was nothing to withstand.",
        "house rule: no skill is marked down for what a call did not ask for",
        lambda call: whole(not _was_hot(call) and bool(call.collector)),
        applies=lambda call: not _was_hot(call),
    ),
    Rule(
        "heat_held",
        "composure",
        25,
        "The client ended calmer than they began, or stayed calm.",
        "mission 5c 001: the aim is to collect, not to escalate; heat not above the start",
        _heat_held,
        better="Meet the feeling before the figure; the heat falls first, then the matter moves.",
    ),
    Rule(
        "argued",
        "composure",
        -30,
        "Argued: contradicted, defended, told the client to calm down.",
        "mission 5c 001: never get defensive",
        lambda call: each(call.collector, "argue"),
        3,
        better="You may well be right. Let me check it with you now, line by line.",
    ),
    Rule(
        "blamed",
        "composure",
        -30,
        "Blamed, belittled or mocked the client.",
        "mission 5c 001: never blame; 003: friendly beats sarcastic",
        lambda call: each(call.collector, "blame"),
        2,
        better="Whatever led here, let's see what would put it right.",
    ),
    Rule(
        "brushed_aside",
        "composure",
        -15,
        "Brushed the concern aside.",
        "mission 5c 001: never dismiss",
        lambda call: each(call.collector, "dismiss"),
        2,
        better="That matters. Tell me more about it before we look at the invoice.",
    ),
    Rule(
        "threatened",
        "composure",
        -50,
        "Threatened improperly.",
        "mission 3.5: FDCPA, any action not lawful or not intended [FD-E]",
        lambda call: each(call.collector, "threaten"),
        2,
        better="If nothing is agreed, the next step is a letter; I'd rather settle it with you today.",
    ),
    Rule(
        "heat_rose",
        "composure",
        -20,
        "The client ended hotter than they began.",
        "mission 5c 001: score needs a next step and heat not above the start",
        _heat_rose,
        better="When the heat rises, stop proposing; acknowledge, and ask what matters most to them.",
    ),
    Rule("shouted", "composure", -10, "A turn full of exclamation marks.", "house rule", _shouted),
)
