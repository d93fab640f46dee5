"""Which turn of a real call becomes which line of a scenario: opening, objections, facts, answers, examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.core.corrections import MAX_LINE_CHARACTERS, likely_style, without_marks
from bot.core.labels import FAULTS, SILENT, Move, Objection, Signal, Speaker
from bot.core.reading import Reading

#: As many words as a client's line may have, and the fewest.
MOST_WORDS, FEWEST_WORDS = 35, 2
MOST_EXAMPLES, MOST_MODEL_TURNS, MOST_FACTS, MOST_RESTATED = 200, 10, 4, 30

_SILENT = frozenset(signal.value for signal in SILENT)
_FAULT_NAMES = frozenset(fault.value for fault in FAULTS)
_OBJECTIONS = frozenset(label.value for label in Objection)
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*[\"'”’)]*\s*")
_TOPICS = (
    ("who_decides", re.compile(r"\bwho(?:'s| is| signs| decides| approves| do i)\b", re.I)),
    (
        "how_pay",
        re.compile(
            r"\bhow (?:do|will|would|can|could) (?:you|we) (?:want to )?pay|by (?:bank|card|transfer)",
            re.I,
        ),
    ),
    (
        "paperwork",
        re.compile(
            r"\b(?:copy|copies|statement|paperwork|purchase order|proof of delivery)\b", re.I
        ),
    ),
    ("how_much", re.compile(r"\bhow much\b", re.I)),
    ("when_paid", re.compile(r"\b(?:when|what day|which day|by what date)\b", re.I)),
    (
        "what_wrong",
        re.compile(
            r"\bwhat(?:'s| is| was| went) (?:wrong|the (?:matter|problem|trouble))|what happened",
            re.I,
        ),
    ),
)
#: A level's own opening is about as hot as the temper that personas begin it with.
_LEVEL_OF_HEAT = {0: 1, 1: 1, 2: 2, 3: 3}


@dataclass(frozen=True)
class Becomes:
    """What one turn of the call becomes in the draft."""

    turn: int
    part: str
    label: str = ""

    def as_json(self) -> dict[str, Any]:
        """The row as a JSON-ready document."""
        return asdict(self)


@dataclass
class CallLines:
    """The parts of the draft that are lines, the level of the opening, and where each came from."""

    level: int
    data: dict[str, Any]
    becomes: tuple[Becomes, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


def lines_from(readings: Sequence[Reading], slug: str, objection: Objection | None) -> CallLines:
    """Sort the turns of a call into the parts of a scenario."""
    own = objection.value if objection else ""
    places: list[Becomes] = []
    opening = next((n for n, r in enumerate(readings) if own and _says(r, own)), None)
    level = _LEVEL_OF_HEAT[readings[opening].heat] if opening is not None else 1
    asked = list(_answered(readings))
    taken = {opening} | {turn for turn, _ in asked}

    data: dict[str, Any] = {"opening": {}, "restate": [], "objections": []}
    if opening is not None:
        data["opening"] = {str(level): _line_text(readings[opening], own)}
        places.append(Becomes(opening, "opening", own))
    restated = [n for n, r in enumerate(readings) if own and _says(r, own) and n not in taken][
        :MOST_RESTATED
    ]
    data["restate"] = _lines(readings, restated, f"{slug}-res", own)
    places += [Becomes(n, "restate", own) for n in restated]
    others, other_places = _other_objections(readings, slug, own, taken, level)
    data["objections"] = others
    places += other_places
    facts = [n for n, topic in asked if topic is None][:MOST_FACTS]
    data["hidden_facts"] = [_fact(readings[n], slug, place) for place, n in enumerate(facts, 1)]
    places += [Becomes(n, "hidden_fact") for n in facts]
    data["answers"] = _answers(readings, [(n, t) for n, t in asked if t], slug)
    places += [Becomes(n, "answer", topic) for n, topic in asked if topic]
    model = _model_turns(readings)
    data["model_turns"] = [_short(readings[n].text) for n in model]
    places += [Becomes(n, "model_turn") for n in model]
    examples = _examples(readings)
    data["examples"] = [row for _, row in examples]
    places += [Becomes(n, "example", ", ".join(row["labels"])) for n, row in examples]
    counts = {part: sum(p.part == part for p in places) for part in {p.part for p in places}}
    return CallLines(level, data, tuple(sorted(places, key=lambda p: p.turn)), counts)


def _says(reading: Reading, label: str) -> bool:
    return reading.speaker is Speaker.CLIENT and label in reading.names


def _answered(readings: Sequence[Reading]) -> Iterator[tuple[int, str | None]]:
    """Client turns that answer a question without an objection of their own: by topic, or a fact to find out."""
    topics: set[str] = set()
    for n in range(1, len(readings)):
        asked, said = readings[n - 1], readings[n]
        is_pair = asked.speaker is Speaker.COLLECTOR and said.speaker is Speaker.CLIENT
        if not is_pair or len(said.text.split()) < FEWEST_WORDS + 2:
            continue
        asks = {Move.OPEN_QUESTION.value, Move.SEEK_COMMITMENT.value} & set(asked.names)
        if not asks or frozenset(said.names) & _OBJECTIONS:
            continue
        topic = next((name for name, cue in _TOPICS if cue.search(asked.text)), None)
        if topic is None and Move.SEEK_COMMITMENT.value in asks:
            topic = "when_paid"
        if topic in topics or topic == "what_wrong":
            topic = None
        if topic is None and Signal.PROMISE_TO_PAY.value in said.names:
            continue
        topics |= {topic} if topic else set()
        yield n, topic


def _other_objections(
    readings: Sequence[Reading], slug: str, own: str, taken: set[int | None], level: int
) -> tuple[list[dict[str, Any]], list[Becomes]]:
    of: dict[str, list[int]] = {}
    for n, reading in enumerate(readings):
        others = [name for name in reading.names if name in _OBJECTIONS and name != own]
        is_own = bool(own) and _says(reading, own)
        if reading.speaker is Speaker.CLIENT and others and n not in taken and not is_own:
            of.setdefault(others[0], []).append(n)
    rows: list[dict[str, Any]] = []
    places: list[Becomes] = []
    for label, turns in of.items():
        before = sum(r.speaker is Speaker.COLLECTOR for r in readings[: turns[0]])
        name = label.replace("_", "-")
        rows.append(
            {
                "id": name,
                "label": label,
                "from_level": level,
                "after_turn": max(1, min(30, before)),
                "lines": _lines(readings, turns, f"{slug}-{name}", label),
            }
        )
        places += [Becomes(n, "objection", label) for n in turns]
    return rows, places


def _lines(
    readings: Sequence[Reading], turns: Sequence[int], prefix: str, label: str
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    said: set[str] = set()
    for n in turns:
        text = _line_text(readings[n], label)
        if text in said:
            continue
        said.add(text)
        heat = readings[n].heat
        heats = [heat - 1, heat] if heat else [0, 1]
        rows.append({"id": f"{prefix}-{len(rows) + 1:02d}", "heat": heats, "text": text})
    return rows


def _fact(reading: Reading, slug: str, place: int) -> dict[str, Any]:
    text = _short(reading.text)
    return {
        "id": f"fact-{place}",
        "what": next(iter(_sentences(text)), text),
        "earned_by": {"moves": ["open_question"], "min_trust": 20, "after_facts": []},
        "lines": [{"id": f"{slug}-fact-{place}-01", "text": text}],
    }


def _answers(
    readings: Sequence[Reading], asked: Sequence[tuple[int, str | None]], slug: str
) -> list[dict[str, Any]]:
    return [
        {
            "topic": topic,
            "lines": [{"id": f"{slug}-ans-{place:02d}", "text": _short(readings[n].text)}],
        }
        for place, (n, topic) in enumerate(asked, 1)
    ]


def _model_turns(readings: Sequence[Reading]) -> list[int]:
    """The collector's turns that did something and nothing wrong."""
    good = [
        n
        for n, r in enumerate(readings)
        if r.speaker is Speaker.COLLECTOR
        and frozenset(r.names) - _SILENT
        and not frozenset(r.names) & _FAULT_NAMES
    ]
    return good[:MOST_MODEL_TURNS]


def _examples(readings: Sequence[Reading]) -> list[tuple[int, dict[str, Any]]]:
    found: list[tuple[int, dict[str, Any]]] = []
    said: set[str] = set()
    for n, reading in enumerate(readings):
        labels = [name for name in reading.names if name not in _SILENT]
        text = without_marks(reading.text)
        if reading.speaker is not Speaker.CLIENT or not labels or text.casefold() in said:
            continue
        if len(text) <= MAX_LINE_CHARACTERS and len(found) < MOST_EXAMPLES:
            said.add(text.casefold())
            row = {"text": text, "labels": labels, "heat": reading.heat}
            found.append((n, {**row, "style": likely_style(text)}))
    return found


def _line_text(reading: Reading, label: str) -> str:
    return _short(reading.text, reading.evidence_of(label))


def _short(text: str, around: str = "") -> str:
    """The words as one line may have them: whole sentences, those with the point among them."""
    plain = without_marks(text)
    if len(plain.split()) <= MOST_WORDS:
        return plain
    sentences = _sentences(plain)
    point = next((n for n, s in enumerate(sentences) if around and around[:40] in s), 0)
    kept: list[str] = []
    for sentence in sentences[point:]:
        if len(" ".join((*kept, sentence)).split()) > MOST_WORDS:
            break
        kept.append(sentence)
    return " ".join(kept) or " ".join(sentences[point].split()[:MOST_WORDS])


def _sentences(text: str) -> list[str]:
    return [found.strip() for found in _SENTENCE.findall(text) if found.strip()] or [text]
