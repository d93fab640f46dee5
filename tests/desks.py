"""Small desks for tests: a playbook of a few plays, protocols, a ladder, a checklist and corrections."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.core.account import LegalForm
from bot.core.coaching.advice import OptionKind, SayLine
from bot.core.coaching.checklist import ChecklistRule, ChecklistRules
from bot.core.coaching.corrections import FAULT_ORDER, Corrections, FaultCorrection
from bot.core.coaching.desk import Desk
from bot.core.coaching.escalation import Alternative, EscalationRules, Trigger
from bot.core.coaching.ladder import NeutralParty, Rung
from bot.core.coaching.playbook import ALL_HEATS, Line, Play, Playbook, Stance
from bot.core.coaching.safety import PROTOCOL_ORDER, ProtocolCard, ProtocolRules
from bot.core.dates import Calendar
from tests.builders import a_law_pack, some_house_rules

PAUSES_OF_PROTOCOLS = {
    "texas": "vulnerable",
    "blake": "vulnerable",
    "adviser_in_charge": "adviser",
    "insolvency": "insolvent",
}


def a_line(
    line_id: str, text: str, stance: str | None = None, heat: set[int] | None = None
) -> Line:
    """A line of a play; without a stance it is a question or a reminder."""
    return Line(line_id, text, Stance(stance) if stance else None, frozenset(heat or ALL_HEATS))


def a_play(label: str, priority: int = 40, **changes: Any) -> Play:
    """A play with two lines a stance, one of them concrete, three questions and a reminder."""
    say = tuple(
        a_line(f"{label}-{stance}-{kind}", f"{text}, {stance} {label}.", stance)
        for stance in ("acknowledge", "probe", "propose")
        for kind, text in (("plain", "Plainly put"), ("named", "About {invoice} for {amount}"))
    )
    play = Play(
        label=label,
        priority=priority,
        cooldown_turns=3,
        options=(OptionKind.FULL_PAYMENT, OptionKind.INSTALMENTS),
        say=say,
        ask=tuple(a_line(f"{label}-ask-{n}", f"Question {n} on {label}?") for n in range(3)),
        avoid=(a_line(f"{label}-avoid-0", f"Not with {label}."),),
    )
    return replace(play, **changes)


def a_playbook(*plays: Play) -> Playbook:
    """The given plays, or a handful that covers every family."""
    return Playbook.of(
        plays
        or (
            a_play("terms_dispute", 60),
            a_play("invoice_dispute", 60),
            a_play("cash_flow", 55),
            a_play("plan_request", 55),
            a_play("stalling", 40),
            a_play("abuse", 75, options=()),
            a_play("wrong_contact", 50, options=()),
            a_play("manager_request", 70, options=()),
            a_play("legal_threat", 80),
            a_play("promise_to_pay", 20),
            a_play("accept_offer", 20),
            a_play("decline_offer", 20),
            a_play("account_question", 20),
        )
    )


def some_protocols() -> ProtocolRules:
    """All protocols with three steps each."""
    return ProtocolRules(
        {
            name: ProtocolCard(
                name=name,
                title=name.title(),
                steps=("One.", "Two.", "Three."),
                say=(SayLine(f"protocol-{name}-01", f"First words of {name}."),),
                avoid="No money.",
                pause=PAUSES_OF_PROTOCOLS.get(name),
                source="the source",
            )
            for name in PROTOCOL_ORDER
        }
    )


def a_ladder() -> EscalationRules:
    """A reminder by age, a formal demand, then a letter that depends on the legal form."""
    companies = frozenset({LegalForm.COMPANY})
    people = frozenset({LegalForm.SOLE_TRADER, LegalForm.CONSUMER})
    return EscalationRules(
        rungs=(
            Rung("reminder", "Reminder", 1, "The next step is a reminder"),
            Rung("demand", "Formal demand", 30, "The next step is a demand", "formal_demand"),
            Rung("lba", "Letter before action", 45, "Next a letter", "lba", 14, companies),
            Rung(
                "loc", "Letter of claim", 45, "Next a letter, 30 days to reply", "loc", 14, people
            ),
        ),
        triggers=(
            Trigger("vulnerability", "Vulnerable.", "the specialist", True, "vulnerability"),
            Trigger("insolvency", "Insolvent.", "the insolvency contact", True, "insolvency"),
            Trigger("heat_3_twice", "Abused twice.", "a supervisor", True, heat=3, times=2),
            Trigger("manager", "Asked twice.", "a supervisor", True, "manager_request", times=2),
            Trigger("legal_threat", "Legal threat.", "the legal contact", False, "legal_threat"),
            Trigger("authority_exceeded", "Beyond your authority.", "a supervisor"),
        ),
        alternatives=(
            Alternative("acknowledge", "acknowledge it", moves=frozenset({"acknowledge"})),
            Alternative("cause", "ask for the cause", moves=frozenset({"open_question"})),
            Alternative(
                "instalments",
                "instalments",
                frozenset({"plan_request"}),
                kind=OptionKind.INSTALMENTS,
            ),
        ),
        neutral=(
            NeutralParty(
                "sbc",
                "Commissioner",
                "Not binding.",
                frozenset({"GB"}),
                companies,
                365,
                ("Staff?",),
            ),
        ),
    )


def a_checklist() -> ChecklistRules:
    """Four items, one of them for private people and one for disputes."""
    people = frozenset({LegalForm.SOLE_TRADER, LegalForm.CONSUMER})
    return ChecklistRules(
        (
            ChecklistRule("identify", "Identify", frozenset({"greet_identify"})),
            ChecklistRule("acknowledge", "Acknowledge", frozenset({"acknowledge", "apologise"})),
            ChecklistRule("advice", "Free advice", frozenset({"signpost"}), people),
            ChecklistRule(
                "dispute",
                "Log the dispute",
                frozenset({"log_dispute"}),
                labels=frozenset({"invoice_dispute"}),
            ),
            ChecklistRule(
                "offer",
                "Offer",
                frozenset({"offer_plan"}),
                unless_labels=frozenset({"vulnerability"}),
            ),
        ),
        {"heat_2": "Breathe.", "after_hard_call": "Take a break."},
    )


def some_corrections() -> Corrections:
    """Three better lines for each fault: one that states the next step, one for stalling, one plain."""
    return Corrections(
        {
            fault: FaultCorrection(
                fault=fault,
                note=f"Not by {fault}.",
                better=(
                    a_line(f"{fault}-1", "{consequence} Let us settle it."),
                    a_line(f"{fault}-2", f"Which day, instead of {fault}?"),
                    a_line(f"{fault}-3", f"Better than {fault}."),
                ),
                labels={f"{fault}-2": frozenset({"stalling"})},
            )
            for fault in FAULT_ORDER
        },
        cooldown_turns=4,
    )


def a_desk(**changes: Any) -> Desk:
    """A junior collector's desk with all of the above and no bank holidays."""
    desk = Desk(
        playbook=a_playbook(),
        house=some_house_rules(),
        laws=(a_law_pack(),),
        escalation=a_ladder(),
        protocols=some_protocols(),
        checklist=a_checklist(),
        corrections=some_corrections(),
        calendar=Calendar(),
    )
    return replace(desk, **changes)
