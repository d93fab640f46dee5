"""Says what could be better in a document that has no fault; nothing of it keeps it from being published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.content.checks import HARDEST_GRADE, reading_grade, wording_warnings
from bot.content.looked_through import Looked, look_through_file
from bot.content.yaml_lines import Document
from bot.core.coaching.reference import Glossary
from bot.core.errors import Fault
from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.scenario import GoalNeeds, Scenario
from bot.core.studio.kinds import DocumentKind, DocumentName

#: What is said on a telephone in one breath, and how much of a case a trainee keeps in mind.
_LONGEST_TURN, _LONGEST_BRIEFING, _LONGEST_OPENING = 35, 110, 45

_GLOSSARY = DocumentName(DocumentKind.HOUSE, "glossary")


def hints_of(looked: Looked, data: Path) -> tuple[Fault, ...]:
    """Hints on a document without faults."""
    document, part = looked.document, looked.part
    if document is None:
        return ()
    if looked.name.kind is DocumentKind.PLAYBOOK:
        return wording_warnings([(part, document)], _glossary(data))
    if isinstance(part, Scenario):
        return tuple(_of_scenario(document, part, _glossary(data)))
    return tuple(_of_persona(document, part)) if isinstance(part, Persona) else ()


def _glossary(data: Path) -> Glossary:
    path = data / _GLOSSARY.path
    found = look_through_file(_GLOSSARY, path).part if path.is_file() else None
    return found if isinstance(found, Glossary) else Glossary(())


def _of_scenario(document: Document, scenario: Scenario, glossary: Glossary) -> Iterator[Fault]:
    yield from _too_long(document, ("briefing",), scenario.briefing, _LONGEST_BRIEFING)
    for level, text in scenario.opening.items():
        yield from _too_long(document, ("opening", str(level)), text, _LONGEST_OPENING)
    for index, turn in enumerate(scenario.model_turns):
        yield from _spoken(document, ("model_turns", index), turn, glossary)
    for heat in range(4):
        if not any(heat in line.heat for line in scenario.restate):
            yield document.fault(
                ("restate",),
                f"At heat {heat} the client has no line that says it again.",
                "Add one, or widen the heat of some.",
            )
    for index, goal in enumerate(scenario.goals):
        if goal.needs == GoalNeeds():
            yield document.fault(
                ("goals", index, "needs"), "This goal is always reached.", "Say what it needs."
            )
    if not scenario.answers:
        yield document.fault(
            ("answers",),
            "The client has no answer to any question.",
            "Write answers to some topics.",
        )


def _spoken(
    document: Document, place: tuple[str | int, ...], text: str, glossary: Glossary
) -> Iterator[Fault]:
    for word, instead in glossary.jargon_in(text).items():
        yield document.fault(place, f"“{word}” is jargon.", f"Say “{instead}”.")
    grade = reading_grade(text)
    if grade > HARDEST_GRADE:
        message = f"Hard to take in by ear (grade {grade:.0f})."
        yield document.fault(place, message, "Use shorter words or two sentences.")
    yield from _too_long(document, place, text, _LONGEST_TURN)


def _of_persona(document: Document, persona: Persona) -> Iterator[Fault]:
    for index, line in enumerate(persona.lines):
        grade = reading_grade(line.text)
        if grade > HARDEST_GRADE:
            message = f"Hardly what a person says on the telephone (grade {grade:.0f})."
            yield document.fault(("lines", index, "text"), message, "Use shorter words.")
    if not persona.soft_spots and not persona.sore_spots:
        yield document.fault(
            ("soft_spots",),
            "Nothing works or hurts more than usual.",
            "Give the person a character.",
        )


def _too_long(
    document: Document, place: tuple[str | int, ...], text: str, most: int
) -> Iterator[Fault]:
    count = len(text.split())
    if count > most:
        yield document.fault(place, f"This has {count} words.", f"{most} are easier to take in.")
