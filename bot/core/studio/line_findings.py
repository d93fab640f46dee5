"""What is to be said of a draft's lines: heard as something else, as nothing, said already, or measured on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.coaching.wording import FAULT_WORDS, label_in_words
from bot.core.labels import FAULTS, SILENT, Speaker
from bot.core.reading import Reading
from bot.core.studio.likeness import FEWEST_WORDS, NEAR_KEPT, Alike, KnownLine, LineIndex
from bot.core.studio.spoken_lines import DraftLine
from bot.core.studio.turning_points import PROTECTING

_FAULT_NAMES = frozenset(fault.value for fault in FAULTS)
_SILENT = frozenset(signal.value for signal in SILENT)

#: Parts whose lines answer a question; they may say anything but what a protocol would rise for.
MISHEARD, SILENT_KIND, DUPLICATE, NEAR_DUPLICATE, KEPT = (
    "misheard",
    "silent",
    "duplicate",
    "near_duplicate",
    "kept",
)

#: Examples that would help for each line that is not heard, and the least that are worth writing.
_EXAMPLES_A_LINE, _LEAST_EXAMPLES, _MOST_EXAMPLES = 2, 5, 40


@dataclass(frozen=True)
class Finding:
    """One finding on one line; a fault keeps the draft from being published, a hint does not."""

    line: DraftLine
    kind: str
    message: str
    remedy: str
    reading: Reading | None = None
    other: KnownLine | None = None
    is_fault: bool = False

    def as_json(self) -> dict[str, Any]:
        """The finding as a JSON-ready document."""
        heard = self.reading.labels if self.reading else ()
        other = {"where": self.other.where, "text": self.other.text} if self.other else None
        return {
            "field": self.line.field,
            "text": self.line.text,
            "wanted": list(self.line.wanted),
            "heard": [{"name": x.name, "confidence": round(x.confidence, 4)} for x in heard],
            "heat": self.reading.heat if self.reading else None,
            "kind": self.kind,
            "other": other,
            "message": self.message,
            "remedy": self.remedy,
            "severity": "fault" if self.is_fault else "hint",
        }


def heard_otherwise(
    lines: Sequence[DraftLine], readings: Sequence[Reading], protected: str | None = None
) -> Iterator[Finding]:
    """The lines that the recogniser hears as something else than was meant, or as nothing.

    Where the scenario itself is a protected one (`protected`), protections are meant.
    """
    for line, reading in zip(lines, readings, strict=True):
        if line.speaker is Speaker.COLLECTOR:
            yield from _on_model_turn(line, reading)
        elif line.wanted:
            yield from _on_wanted(line, reading)
        elif protected is None:
            yield from _on_plain(line, reading)


def _on_wanted(line: DraftLine, reading: Reading) -> Iterator[Finding]:
    names = frozenset(reading.names)
    if line.part != "examples" and names & frozenset(line.wanted):
        return
    if line.part == "examples" and (names or _SILENT) >= frozenset(line.wanted) - _SILENT:
        return
    wanted = _listed(name for name in line.wanted if name not in names)
    loud = [name for name in reading.names if name not in _SILENT]
    if line.part == "examples":
        heard = f"as “{_listed(loud)}”" if loud else "as nothing in particular"
        message = f"Today this is heard {heard}, not as “{wanted}”."
        remedy = "That is what an example is for: publishing teaches it. Check that the labels are what it says."
    elif loud:
        message = f"This should be heard as “{wanted}”, but is heard as “{_listed(loud)}”."
        remedy = "Say the point more plainly, or add it and lines like it to the examples."
    else:
        message = f"This should be heard as “{wanted}”, but nothing is heard in it."
        remedy = "Name what it is about, or add it and lines like it to the examples."
    yield Finding(line, MISHEARD if loud else SILENT_KIND, message, remedy, reading)


def _on_plain(line: DraftLine, reading: Reading) -> Iterator[Finding]:
    by_accident = [name for name in reading.names if name in PROTECTING]
    if by_accident:
        message = f"This is heard as “{_listed(by_accident)}”, so in a live call a protocol would come up."
        remedy = "Say it without the words that sound like it, unless it is meant."
        yield Finding(line, MISHEARD, message, remedy, reading)


def _on_model_turn(line: DraftLine, reading: Reading) -> Iterator[Finding]:
    faults = [name for name in reading.names if name in _FAULT_NAMES]
    if faults:
        words = ", ".join(FAULT_WORDS[name] for name in faults)
        message = f"This good turn is heard as a fault: {words}."
        yield Finding(line, MISHEARD, message, "Word it more gently.", reading)
    elif not frozenset(reading.names) - _SILENT:
        message = "No move is heard in this good turn, so the scripted player passes it over."
        remedy = "Make it do one thing plainly: ask, acknowledge, offer, or agree a day."
        yield Finding(line, SILENT_KIND, message, remedy, reading)


def said_already(
    lines: Sequence[DraftLine], known: LineIndex, own: Sequence[str] = ()
) -> Iterator[Finding]:
    """Lines that are in the draft twice, in another document, or among the lines that are trained or measured on.

    `own` are the names of the documents that the draft stands for.
    """
    spoken = [x for x in lines if x.speaker is Speaker.CLIENT and x.part != "examples"]
    examples = [x for x in lines if x.part == "examples"]
    for group in (spoken, examples):
        yield from _within(group)
    for line in spoken:
        if len(line.text.split()) >= FEWEST_WORDS:
            found = known.near(line.text, kinds=("spoken", "trained"), besides=own)
            if found is not None:
                yield _alike(line, found)
    for line in examples:
        yield from _on_example(line, known, own)


def _within(lines: Sequence[DraftLine]) -> Iterator[Finding]:
    fields = {line.field: line for line in lines}
    index = LineIndex(
        [KnownLine("this draft", line.text, document=line.field) for line in fields.values()]
    )
    later: list[str] = [line.field for line in lines]
    for place, line in enumerate(lines):
        # Of two alike the second is told of.
        found = index.near(line.text, besides=later[place:])
        if found is not None:
            yield _alike(line, found)


def _on_example(line: DraftLine, known: LineIndex, own: Sequence[str]) -> Iterator[Finding]:
    kept = known.near(line.text, NEAR_KEPT, kinds=("kept",))
    if kept is not None:
        how = "is one of the turns" if kept.is_same else "is very close to one of the turns"
        message = f"This {how} that the recogniser is measured on, so it must not learn from it."
        # The kept turn itself is not shown: it would only be written around.
        yield Finding(
            line, KEPT, message, "Take it out, or say it in quite another way.", None, None, True
        )
    trained = known.near(line.text, kinds=("trained",), besides=own)
    if trained is not None:
        yield _alike(line, trained, is_fault=trained.is_same)


def _alike(line: DraftLine, found: Alike, *, is_fault: bool = False) -> Finding:
    where = found.line.where
    if found.is_same:
        message, kind = f"The same words are in {where} already.", DUPLICATE
        remedy = "Say it in another way, or take it out."
    else:
        message, kind = f"This is nearly the same as a line in {where}.", NEAR_DUPLICATE
        remedy = "A line that says it quite differently teaches and surprises more."
    return Finding(line, kind, message, remedy, None, found.line, is_fault)


def examples_wanted(lines: Sequence[DraftLine], findings: Sequence[Finding]) -> Mapping[str, int]:
    """How many examples of each label would help: two for every spoken line that is not heard as it should be."""
    missed: Counter[str] = Counter()
    for finding in findings:
        is_spoken = finding.line.part in ("opening", "restate", "objections")
        if is_spoken and finding.kind in (MISHEARD, SILENT_KIND):
            missed.update(finding.line.wanted)
    labels = dict.fromkeys(
        name for line in lines if line.part != "examples" for name in line.wanted
    )
    return {
        label: min(_MOST_EXAMPLES, max(_LEAST_EXAMPLES, _EXAMPLES_A_LINE * missed[label]))
        if missed[label]
        else 0
        for label in labels
    }


def _listed(names: Any) -> str:
    return ", ".join(label_in_words(name) for name in names)
