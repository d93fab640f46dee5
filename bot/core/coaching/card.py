"""The main card: what to say and ask, what is open in figures, what to avoid, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core.coaching.advice import Advice, Option, OptionStatus, Role
from bot.core.coaching.attention import Choice, lines_wanted, wants_ask, wants_avoid
from bot.core.coaching.because import because_of_card
from bot.core.coaching.escalation import note_options
from bot.core.coaching.facts import (
    date_named,
    facts_of,
    meant_invoice,
    money_named,
    named_invoice,
)
from bot.core.coaching.grievances import fee_was_contested, speaks_of_fee
from bot.core.coaching.law import law_for
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.options import OptionRequest, open_options
from bot.core.coaching.phrasing import Moment, choose_ask, choose_avoid, choose_say
from bot.core.coaching.playbook import fill
from bot.core.coaching.scene import Scene, escalation_of, frame
from bot.core.labels import SILENT, Objection, Signal

#: The most plays that one card draws from: its own and two that add a line or an option.
PLAYS_ON_A_CARD = 3

#: Labels on which a figure is a wish or a commitment, not a grievance.
_NAMES_TERMS = frozenset(
    {
        Objection.PLAN_REQUEST.value,
        Objection.CASH_FLOW.value,
        Signal.PROMISE_TO_PAY.value,
        Signal.ACCEPT_OFFER.value,
        Signal.DECLINE_OFFER.value,
    }
)


def show_card(scene: Scene, choice: Choice) -> tuple[Advice, CallMemory]:
    """Put the card together and note in the memory what was shown."""
    memory, reading, desk = scene.memory, scene.reading, scene.desk
    plays, leader = choice.plays[:PLAYS_ON_A_CARD], choice.leader
    facts = facts_of(scene.account, scene.position, reading, desk.calendar, memory.invoice)
    moment = Moment(
        heat=reading.heat,
        facts=facts,
        said=frozenset(memory.said_line_ids),
        about_fee=speaks_of_fee(reading),
        names_invoice=named_invoice(scene.account, reading) is not None,
    )
    say = choose_say(plays, moment, lines_wanted(leader, reading.heat, desk.seniority))
    shown = {line.id for line in say}
    ask = (
        choose_ask(plays, moment, shown)
        if wants_ask(leader, reading.heat, desk.seniority)
        else None
    )
    avoid = (
        choose_avoid(leader, moment, memory.avoid_shown)
        if wants_avoid(leader, reading.heat, desk.seniority)
        else None
    )
    options = _options(scene, choice)
    memory = note_options(memory, options, reading.names)
    memory = replace(
        memory,
        card=leader.label,
        card_priority=leader.priority,
        card_turn=memory.client_turns,
        card_heat=reading.heat,
        card_labels=tuple(name for name in reading.names if name not in SILENT),
        answered=False,
        said_line_ids=(*memory.said_line_ids, *shown, *([ask.id] if ask else [])),
        avoid_shown=(*memory.avoid_shown, avoid.id) if avoid else memory.avoid_shown,
    )
    scene = replace(scene, memory=memory)
    invoice = meant_invoice(scene.account, scene.position, reading, memory.invoice)
    advice = replace(
        frame(scene, escalation_of(scene)),
        silent=False,
        outcome="shown",
        say=say,
        ask=ask,
        options=_held(options, memory),
        avoid=fill(avoid.text, facts) if avoid else None,
        because=because_of_card(
            reading,
            plays,
            options,
            invoice,
            scene.account,
            scene.position,
            law_for(scene.account, desk.laws, scene.position.today),
        ),
    )
    return advice, memory


def _options(scene: Scene, choice: Choice) -> tuple[Option, ...]:
    """What is open on this account, asked for only where money is the point."""
    plays = choice.plays[:PLAYS_ON_A_CARD]
    preferred = tuple(dict.fromkeys(kind for play in plays for kind in play.options))
    if not preferred:
        return ()
    reading, desk, account = scene.reading, scene.desk, scene.account
    today = scene.position.today
    names_terms = not _NAMES_TERMS.isdisjoint(reading.names)
    instalments: dict[str, Any] = next(
        (e.value for e in reading.entities if e.type == "instalments"), {}
    )
    ask = OptionRequest(
        role=Role(desk.role),
        labels=reading.names,
        preferred=preferred,
        named_amount=money_named(reading, account.currency) if names_terms else None,
        named_date=date_named(reading) if names_terms else None,
        named_instalments=instalments.get("count") if names_terms else None,
        named_frequency=instalments.get("frequency") if names_terms else None,
        fee_contested=fee_was_contested(reading, scene.memory.quotes),
    )
    law = law_for(account, desk.laws, today)
    return open_options(account, ask, desk.house, law, desk.calendar, today)


def _held(options: tuple[Option, ...], memory: CallMemory) -> tuple[Option, ...]:
    """Fold what may be offered until the client has been acknowledged, unless they asked for a plan."""
    if memory.acknowledged or memory.plan_asked:
        return options
    return tuple(
        option if option.status is OptionStatus.CLOSED else replace(option, held=True)
        for option in options
    )
