"""What no single field of a scenario can tell: facts that exist, limits that are possible, weights that add up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bot.content.schema_partial import RestsOn
from bot.content.schema_persona import spoken_line_faults
from bot.content.schema_sketch import sketch_faults
from bot.content.yaml_lines import Document
from bot.core.coaching.advice import OptionKind
from bot.core.corrections import plain_words, training_line
from bot.core.errors import Fault, InvalidInputError
from bot.core.labels import Speaker
from bot.core.rehearsal.scenario import SKILLS, GoodEnd, Scenario

#: What each fault of the whole rests on, so that it is not told where that is spoilt (see `schema_partial`).
RESTS_ON: RestsOn = {
    ("limits",): (("limits",), ("account", "invoices"), ("account", "charges")),
    ("account", "invoices", "*", "number"): (("account", "invoices", "*", "number"),),
    ("account", "invoices", "*", "disputed"): (("account", "invoices"), ("account", "disputes")),
    ("account", "charges"): (("account", "charges"), ("account", "invoices", "*", "number")),
    ("account", "disputes"): (("account", "disputes"), ("account", "invoices", "*", "number")),
    ("opening",): (("opening",), ("levels",)),
    ("hidden_facts",): (
        ("hidden_facts", "*", "id"),
        ("hidden_facts", "*", "earned_by"),
        ("protected",),
    ),
    ("goals", "*", "needs"): (("goals", "*", "needs"), ("hidden_facts", "*", "id")),
    ("good_end",): (("good_end",), ("protected",)),
    ("answers",): (("answers", "*", "topic"),),
}

#: How much there is to find out; a third party or an adviser has less to tell.
LEAST_FACTS, LEAST_FACTS_PROTECTED = 2, 1
_FULL_WEIGHT = 100

_PROTECTED_ENDS = frozenset(
    {
        GoodEnd.PROTOCOL,
        GoodEnd.SIGNPOSTED,
        GoodEnd.HANDED_OVER,
        GoodEnd.FOLLOW_UP,
        GoodEnd.DOCUMENTS,
        GoodEnd.DISPUTE_LOGGED,
    }
)


def spoken_faults(document: Document) -> Iterator[Fault]:
    """Ids, words and placeholders of every line in the file."""
    data = document.data if isinstance(document.data, dict) else {}
    seen: dict[str, int] = {}
    yield from spoken_line_faults(document, ("restate",), data.get("restate"), seen)
    for part in ("objections", "hidden_facts", "answers"):
        rows = data.get(part)
        for index, row in enumerate(rows if isinstance(rows, list) else []):
            lines: Any = row.get("lines") if isinstance(row, dict) else None
            yield from spoken_line_faults(document, (part, index, "lines"), lines, seen)


def scenario_faults(document: Document, scenario: Scenario) -> Iterator[Fault]:
    """Every fault of a scenario whose fields are all right one by one."""
    yield from sketch_faults(document, scenario.account)
    for level in scenario.levels:
        if level not in scenario.opening:
            yield document.fault(
                ("opening",), f"There is no opening for level {level}.", "Write one."
            )
    yield from _weight_faults(document, scenario)
    yield from _fact_faults(document, scenario)
    yield from _limit_faults(document, scenario)
    yield from _protection_faults(document, scenario)
    yield from _repeated(document, scenario)
    yield from _example_faults(document, scenario)


def _weight_faults(document: Document, scenario: Scenario) -> Iterator[Fault]:
    missing = [skill for skill in SKILLS if skill not in scenario.weights]
    if missing:
        yield document.fault(
            ("weights",),
            f"There is no weight for {', '.join(missing)}.",
            "Give all eight; 0 counts.",
        )
    total = sum(scenario.weights.values())
    if total != _FULL_WEIGHT:
        yield document.fault(
            ("weights",), f"The weights add up to {total}.", f"Let them add up to {_FULL_WEIGHT}."
        )


def _fact_faults(document: Document, scenario: Scenario) -> Iterator[Fault]:
    known = {fact.id for fact in scenario.hidden_facts}
    least = LEAST_FACTS_PROTECTED if scenario.protected else LEAST_FACTS
    if len(known) < least:
        yield document.fault(
            ("hidden_facts",),
            f"There are {len(known)} hidden facts, {least} are needed.",
            "Give the trainee something to find out.",
        )
    told: set[str] = set()
    for index, fact in enumerate(scenario.hidden_facts):
        place = ("hidden_facts", index, "earned_by")
        for other in fact.earned_by.after_facts:
            if other not in known or other == fact.id:
                yield document.fault(
                    (*place, "after_facts"),
                    f"“{other}” is not another hidden fact.",
                    f"One of: {', '.join(sorted(known - {fact.id})) or 'none yet'}.",
                )
        if not fact.earned_by.moves and not fact.earned_by.min_trust:
            yield document.fault(
                place, "This fact is not earned by anything.", "Give moves or trust."
            )
    while True:
        free = [f for f in scenario.hidden_facts if set(f.earned_by.after_facts) & known <= told]
        if {fact.id for fact in free} <= told:
            break
        told |= {fact.id for fact in free}
    for index, fact in enumerate(scenario.hidden_facts):
        if fact.id not in told:
            yield document.fault(
                ("hidden_facts", index, "earned_by", "after_facts"),
                f"“{fact.id}” waits for facts that wait for it.",
                "Let one of them come out by itself.",
            )
    for index, goal in enumerate(scenario.goals):
        for name in goal.needs.facts:
            if name not in known:
                yield document.fault(
                    ("goals", index, "needs", "facts"),
                    f"“{name}” is not a hidden fact.",
                    f"One of: {', '.join(sorted(known)) or 'none yet'}.",
                )


def _limit_faults(document: Document, scenario: Scenario) -> Iterator[Fault]:
    limits, account = scenario.limits, scenario.account
    owed = sum((invoice.balance for invoice in account.invoices), Decimal(0))
    owed += sum(charge.amount for charge in account.charges if not charge.waived)
    accepts = set(limits.accepts)
    checks = (
        (limits.today > owed, "today", f"{limits.today} today is more than the {owed} owed."),
        (
            limits.full_on is not None and limits.full_on < limits.first_day,
            "full_on",
            "Everything is paid before the first day on which anything can be.",
        ),
        (
            OptionKind.FULL_PAYMENT in accepts and limits.full_on is None,
            "accepts",
            "Full payment is accepted, but `full_on` says never.",
        ),
        (
            OptionKind.INSTALMENTS in accepts
            and not (limits.per_instalment and limits.longest > 1),
            "per_instalment",
            "Instalments are accepted without a sum and at least two payments.",
        ),
        (
            OptionKind.FEE_WAIVER in {*accepts, *limits.wants} and not account.charges,
            "wants" if OptionKind.FEE_WAIVER in limits.wants else "accepts",
            "There is no fee on the account that could be waived.",
        ),
    )
    for is_wrong, field, message in checks:
        if is_wrong:
            yield document.fault(("limits", field), message, "Correct one of the two.")


def _protection_faults(document: Document, scenario: Scenario) -> Iterator[Fault]:
    if scenario.protected is None:
        return
    if not set(scenario.good_end) & _PROTECTED_ENDS:
        yield document.fault(
            ("good_end",),
            "Where a protocol rules, money is not the good end.",
            "Name protocol, signposted, handed_over or follow_up.",
        )


def _repeated(document: Document, scenario: Scenario) -> Iterator[Fault]:
    for part in ("objections", "hidden_facts", "goals"):
        seen: set[str] = set()
        for index, row in enumerate(getattr(scenario, part)):
            if row.id in seen:
                yield document.fault(
                    (part, index, "id"), f"The id “{row.id}” is given twice.", "Give it another id."
                )
            seen.add(row.id)
    topics = [answer.topic for answer in scenario.answers]
    for index, topic in enumerate(topics):
        if topic in topics[:index]:
            yield document.fault(
                ("answers", index, "topic"), f"“{topic.value}” is given twice.", "Join the two."
            )


def _example_faults(document: Document, scenario: Scenario) -> Iterator[Fault]:
    """What keeps a line for the ear from being a training line."""
    said: dict[str, int] = {}
    for index, row in enumerate(scenario.examples):
        place = ("examples", index)
        try:
            training_line(Speaker.CLIENT, row.text, row.labels, row.heat, row.style)
        except InvalidInputError as error:
            yield document.fault((*place, error.field or "text"), error.detail, "Correct it.")
        words = plain_words(row.text)
        if words and words in said:
            yield document.fault(
                (*place, "text"), f"The same words are on line {said[words]} already.", "Keep one."
            )
        said.setdefault(words, document.line_of((*place, "text")))
