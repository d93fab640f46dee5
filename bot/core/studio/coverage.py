"""What a draft has lines for and what it lacks: levels, heats, facts, answers and examples, or beats by heat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.core.coaching.wording import HEAT_WORDS, label_in_words
from bot.core.labels import Heat
from bot.core.rehearsal.persona import BEAT_HEATS, FEWEST_LINES, LEVELS, RICH_BEATS, Beat
from bot.core.rehearsal.scenario import Topic
from bot.core.studio.kinds import DocumentKind

#: So many lines of each kind make a scenario that is not over after one try; the file checks ask for less.
WANTED_AT_A_HEAT = 2
WANTED_OF_AN_OBJECTION, WANTED_FACTS, WANTED_OF_A_FACT, WANTED_OF_AN_ANSWER = 3, 2, 2, 2
WANTED_MODEL_TURNS = 6
WANTED_OF_A_BEAT = 2

_HEATS = tuple(int(heat) for heat in Heat)
_TOPIC_WORDS = {
    Topic.WHEN_PAID.value: "when it will be paid",
    Topic.HOW_PAY.value: "how it will be paid",
    Topic.WHO_DECIDES.value: "who decides",
    Topic.WHAT_WRONG.value: "what is wrong",
    Topic.HOW_MUCH.value: "how much can be paid",
    Topic.PAPERWORK.value: "what paper is needed",
}


@dataclass(frozen=True)
class Cover:
    """One thing that lines are needed for: how many there are, how many would do, and the field they belong in."""

    what: str
    have: int
    want: int
    field: str
    message: str

    @property
    def is_enough(self) -> bool:
        """Whether nothing is lacking here."""
        return self.have >= self.want

    def as_json(self) -> dict[str, Any]:
        """The row as a JSON-ready document."""
        return asdict(self)


def coverage_of(
    kind: DocumentKind, data: Any, examples_wanted: Mapping[str, int] | None = None
) -> tuple[Cover, ...]:
    """What a draft covers, from values that may still have faults; `examples_wanted` says how many by label."""
    if not isinstance(data, Mapping):
        return ()
    if kind is DocumentKind.PERSONA:
        return tuple(_persona(data))
    if kind is DocumentKind.SCENARIO:
        return tuple(_scenario(data, examples_wanted or {}))
    return ()


def in_short(covers: Sequence[Cover]) -> dict[str, int]:
    """How much is covered, for a list: things to cover, and those that lack lines."""
    return {"things": len(covers), "lacking": sum(not cover.is_enough for cover in covers)}


def _scenario(data: Mapping[str, Any], examples_wanted: Mapping[str, int]) -> Iterator[Cover]:
    yield from _levels(data)
    yield from _heats("restate", _rows(data.get("restate")), "restate")
    for index, row in enumerate(_rows(data.get("objections"))):
        label = label_in_words(str(row.get("label", "")))
        have = len(_rows(row.get("lines")))
        field = f"objections.{index}.lines"
        yield _cover(
            f"objection {row.get('id', index + 1)}",
            have,
            WANTED_OF_AN_OBJECTION,
            field,
            f"ways to say the other objection “{label}”",
        )
    facts = _rows(data.get("hidden_facts"))
    wanted = 1 if data.get("protected") else WANTED_FACTS
    yield _cover("hidden facts", len(facts), wanted, "hidden_facts", "facts to find out")
    for index, row in enumerate(facts):
        yield _cover(
            f"fact {row.get('id', index + 1)}",
            len(_rows(row.get("lines"))),
            WANTED_OF_A_FACT,
            f"hidden_facts.{index}.lines",
            "ways to tell this fact",
        )
    yield from _answers(_rows(data.get("answers")))
    turns = data.get("model_turns")
    count = len(turns) if isinstance(turns, list) else 0
    yield _cover("model turns", count, WANTED_MODEL_TURNS, "model_turns", "good collector's turns")
    yield from _examples(_rows(data.get("examples")), examples_wanted)


def _levels(data: Mapping[str, Any]) -> Iterator[Cover]:
    levels, opening = data.get("levels"), data.get("opening")
    said = opening if isinstance(opening, Mapping) else {}
    for level in LEVELS:
        if isinstance(levels, list) and str(level) in {str(one) for one in levels}:
            text = said.get(level, said.get(str(level)))
            have = int(isinstance(text, str) and bool(text.strip()))
            yield _cover(f"level {level}", have, 1, f"opening.{level}", "opening at this level")


def _heats(what: str, rows: Sequence[Mapping[str, Any]], field: str) -> Iterator[Cover]:
    at = _at_heat(rows)
    for heat in _HEATS:
        words = f"ways to say the objection again while {HEAT_WORDS[heat]} (heat {heat})"
        yield _cover(f"{what} at heat {heat}", at[heat], WANTED_AT_A_HEAT, field, words)


def _answers(rows: Sequence[Mapping[str, Any]]) -> Iterator[Cover]:
    place = {str(row.get("topic")): index for index, row in enumerate(rows)}
    for topic, words in _TOPIC_WORDS.items():
        index = place.get(topic)
        have = 0 if index is None else len(_rows(rows[index].get("lines")))
        field = "answers" if index is None else f"answers.{index}.lines"
        yield _cover(
            f"answer {topic}", have, WANTED_OF_AN_ANSWER, field, f"answers when asked {words}"
        )


def _examples(rows: Sequence[Mapping[str, Any]], wanted: Mapping[str, int]) -> Iterator[Cover]:
    of: Counter[str] = Counter()
    for row in rows:
        labels = row.get("labels")
        of.update({str(name) for name in labels} if isinstance(labels, list) else ())
    for label in dict.fromkeys((*wanted, *sorted(of))):
        words = f"examples of “{label_in_words(label)}” for the ear"
        yield _cover(f"label {label}", of[label], wanted.get(label, 0), "examples", words)


def _persona(data: Mapping[str, Any]) -> Iterator[Cover]:
    rows = _rows(data.get("lines"))
    yield _cover("lines", len(rows), FEWEST_LINES, "lines", "lines in all")
    for beat in Beat:
        of_beat = [row for row in rows if row.get("beat") == beat.value]
        if beat not in RICH_BEATS:
            words = f"lines for “{_in_words(beat)}”"
            yield _cover(f"beat {beat.value}", len(of_beat), WANTED_OF_A_BEAT, "lines", words)
            continue
        at = _at_heat(of_beat)
        for heat in sorted(BEAT_HEATS[beat]):
            words = f"lines for “{_in_words(beat)}” while {HEAT_WORDS[heat]} (heat {heat})"
            yield _cover(
                f"beat {beat.value} at heat {heat}", at[heat], WANTED_OF_A_BEAT, "lines", words
            )


def _at_heat(rows: Iterable[Mapping[str, Any]]) -> Counter[int]:
    at: Counter[int] = Counter()
    for row in rows:
        heat = row.get("heat")
        at.update({h for h in heat if h in _HEATS} if isinstance(heat, list) and heat else _HEATS)
    return at


def _cover(what: str, have: int, want: int, field: str, words: str) -> Cover:
    lacking = want - have
    has = f"{have} {words}"
    message = f"{has}; {lacking} more would do." if lacking > 0 else f"{has}."
    return Cover(what, have, want, field, message[:1].upper() + message[1:])


def _in_words(beat: Beat) -> str:
    return beat.value.replace("_", " ")


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
