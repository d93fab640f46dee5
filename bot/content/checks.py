"""What only all files together can tell: every label has a full play, no id twice, no line too long once filled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.content.schema_playbook import PLAY_LABELS
from bot.content.yaml_lines import Document
from bot.core.coaching.phrasing import LONGEST_LINE_WORDS
from bot.core.coaching.playbook import ALL_HEATS, Line, Play, Stance, fill
from bot.core.coaching.reference import Glossary
from bot.core.errors import Fault

#: What Rasa reads as its own at the top of any YAML file below data/.
RASA_KEYS = frozenset(
    [
        "version",
        "nlu",
        "stories",
        "rules",
        "responses",
        "intents",
        "entities",
        "slots",
        "forms",
        "actions",
        "e2e_actions",
        "session_config",
    ]
)

#: Folders whose files are Rasa's.
_RASA_FOLDERS = frozenset({"nlu", "stories"})

LEAST_SAY, LEAST_AT_A_HEAT, LEAST_ASK, LEAST_AVOID = 10, 3, 4, 3
LEAST_CONCRETE, LEAST_PLAIN = 2, 2

#: Long but real values; a line must stay short enough with all of them.
LONGEST_FACTS = {
    "client": "Hartley and Sons Joinery Ltd",
    "contact": "Mrs Margaret O'Donoghue-Hartley",
    "invoice": "invoice INV-2026-004417",
    "amount": "£1,124,750.50",
    "due_date": "30 September 2025",
    "days": "147",
    "overdue": "£1,314,250.50",
    "count": "seventeen invoices",
    "fee": "£1,070.50",
    "fee_invoice": "invoice INV-2026-004417",
    "undisputed": "£1,109,500.50",
    "disputed": "£14,750.50",
    "last_payment": "£12,500.25",
    "last_payment_date": "30 September 2025",
    "promise_amount": "£12,500.25",
    "promise_date": "30 September",
    "terms_days": "120",
    "po": "PO-2026-118-B",
    "today_plus_3": "30 September",
}

#: Longer sentences and words than this are hard to take in over a telephone (Flesch-Kincaid grade).
HARDEST_GRADE = 9.0

_TOP_KEY = re.compile(r"^([A-Za-z_]\w*)\s*:", re.M)

FilePlay = tuple[Play, Document]


def play_faults(plays: Sequence[FilePlay], unread: int = 0) -> tuple[Fault, ...]:
    """Every fault of the plays together; labels are only missed when every file could be read."""
    found: list[Fault] = []
    for play, document in plays:
        found += _too_few(play, document)
        found += _too_long(play, document)
    found += _ids_twice(plays)
    if not unread:
        have = {play.label for play, _ in plays}
        found += [
            Fault(f"data/playbook/{label}.yml", 1, f"“{label}” has no play.", "Write the file.")
            for label in PLAY_LABELS
            if label not in have
        ]
    return tuple(found)


def reserved_key_faults(data: Path) -> tuple[Fault, ...]:
    """A fault for every file of ours that uses one of Rasa's keys at its top: Rasa would read it."""
    found = []
    for path in sorted((*data.rglob("*.yml"), *data.rglob("*.yaml"))):
        inside = path.relative_to(data)
        if inside.parts[0] in _RASA_FOLDERS:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for match in _TOP_KEY.finditer(text):
            if match.group(1) in RASA_KEYS:
                line = text.count("\n", 0, match.start()) + 1
                message = f"“{match.group(1)}” is a key that Rasa reads as its own."
                file = f"data/{inside.as_posix()}"
                found.append(Fault(file, line, message, "Use another key."))
    return tuple(found)


def wording_warnings(plays: Iterable[FilePlay], glossary: Glossary) -> tuple[Fault, ...]:
    """Jargon and hard sentences in what is said to clients: warnings, which keep nothing from loading."""
    found = []
    for play, document in plays:
        for part, index, line in _spoken(play):
            place = (part, index, "text")
            for word, instead in glossary.jargon_in(line.text).items():
                found.append(document.fault(place, f"“{word}” is jargon.", f"Say “{instead}”."))
            grade = reading_grade(fill(line.text, LONGEST_FACTS))
            if grade > HARDEST_GRADE:
                message = f"Hard to take in by ear (grade {grade:.0f})."
                found.append(document.fault(place, message, "Use shorter words or two sentences."))
    return tuple(found)


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid school grade of a text."""
    words = re.findall(r"[A-Za-z’']+", text)
    if not words:
        return 0.0
    sentences = max(1, len(re.findall(r"[.?!]+(?:\s|$)", text)))
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    plain = word.lower().removesuffix("e")
    return max(1, len(re.findall(r"[aeiouy]+", plain)))


def _spoken(play: Play) -> Iterator[tuple[str, int, Line]]:
    for part in ("say", "ask"):
        for index, line in enumerate(getattr(play, part)):
            yield part, index, line


def _too_few(play: Play, document: Document) -> Iterator[Fault]:
    for part, least in (("say", LEAST_SAY), ("ask", LEAST_ASK), ("avoid", LEAST_AVOID)):
        count = len(getattr(play, part))
        if count < least:
            yield document.fault(
                (part,), f"“{part}” has {count} lines, {least} are needed.", "Add lines."
            )
    for stance in Stance:
        if not any(line.stance is stance for line in play.say):
            yield document.fault(("say",), f"No line is for “{stance.value}”.", "Add one.")
    for heat in sorted(ALL_HEATS):
        lines = [line for line in play.say if heat in line.heat]
        plain = [line for line in lines if line.placeholders <= {"client"}]
        counts = (
            (len(lines), LEAST_AT_A_HEAT, "lines"),
            (sum(bool(line.concrete) for line in lines), _concrete_wanted(play), "concrete lines"),
            (len(plain), LEAST_PLAIN, "lines without placeholders"),
        )
        for count, least, what in counts:
            if count < least:
                yield document.fault(
                    ("say",),
                    f"At heat {heat} there are {count} {what}, {least} are needed.",
                    "Add lines, or widen the heat of some.",
                )


def _concrete_wanted(play: Play) -> int:
    """Figures are wanted where money is the point; a protocol or a stranger must not hear any."""
    return LEAST_CONCRETE if play.options else 0


def _too_long(play: Play, document: Document) -> Iterator[Fault]:
    for part, index, line in _spoken(play):
        words = len(fill(line.text, LONGEST_FACTS).split())
        if words > LONGEST_LINE_WORDS:
            yield document.fault(
                (part, index, "text"),
                f"“{line.id}” has {words} words with long names filled in.",
                f"Keep it to {LONGEST_LINE_WORDS}.",
            )


def _ids_twice(plays: Iterable[FilePlay]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for play, document in plays:
        for part in ("say", "ask", "avoid"):
            for index, line in enumerate(getattr(play, part)):
                other = seen.setdefault(line.id, document.file)
                if other != document.file:
                    yield document.fault(
                        (part, index, "id"), f"The id “{line.id}” is in {other} too.", "Rename it."
                    )
