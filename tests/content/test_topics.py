"""Every objection can be spoken of to the coach, and no two answer to the same words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import bot
from bot.content.schema_topics import read_topics
from bot.core.coaching.topics import Topic, Topics
from bot.core.errors import ContentError
from bot.core.labels import CLIENT_LABELS, SILENT

FILE = Path(bot.__file__).parents[1] / "data" / "house" / "topics.yml"
TOPICS = read_topics(FILE)
PHRASES = [(topic.label, phrase) for topic in TOPICS.topics for phrase in topic.words]


def test_every_label_with_a_play_has_a_topic() -> None:
    labels = [topic.label for topic in TOPICS.topics]
    assert sorted(labels) == sorted(name for name in CLIENT_LABELS if name not in SILENT)


@pytest.mark.parametrize(("label", "phrase"), PHRASES, ids=[phrase for _, phrase in PHRASES])
def test_a_phrase_finds_its_own_label(label: str, phrase: str) -> None:
    assert TOPICS.find(phrase) == label
    assert TOPICS.find(f"What do I say – “{phrase.upper()}”?") == label


def test_no_phrase_stands_twice() -> None:
    counted = Counter(phrase for _, phrase in PHRASES)
    assert [phrase for phrase, count in counted.items() if count > 1] == []


def test_the_longest_phrase_decides() -> None:
    topics = Topics((Topic("refusal", ("pay",)), Topic("stalling", ("pay next week",))))
    assert topics.find("they pay next week, they say") == "stalling"
    assert topics.find("they pay") == "refusal"


def test_a_phrase_is_found_as_words_and_not_inside_one() -> None:
    topics = Topics((Topic("legal_threat", ("sue",)),))
    assert topics.find("an issue with tissue") is None
    assert topics.find("They'll SUE, won’t they?") == "legal_threat"


def test_an_apostrophe_may_be_straight_round_or_missing() -> None:
    for spelling in ("won't pay", "won’t pay", "wont pay", "WON'T PAY!"):
        assert TOPICS.find(f"they {spelling} me") == "refusal"


@pytest.mark.parametrize("text", ["", "💥", "hello there", "..."])
def test_what_names_no_objection_finds_none(text: str) -> None:
    assert TOPICS.find(text) is None


@pytest.mark.parametrize(
    "row",
    ["{label: stalling, words: []}", "{label: nonsense, words: [x]}", "{label: stalling}"],
)
def test_a_faulty_topic_is_refused_with_its_line(tmp_path: Path, row: str) -> None:
    file = tmp_path / "topics.yml"
    head = "source: house rule\nreviewed_on: 2026-11-22\ntopics:\n"
    file.write_text(f"{head}  - {row}\n", "utf-8")
    with pytest.raises(ContentError) as refused:
        read_topics(file, "data/house/topics.yml")
    assert refused.value.faults[0].file == "data/house/topics.yml"
    assert refused.value.faults[0].line == 4
