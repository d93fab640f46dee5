"""Tells which lines for the ear are known already: they would teach nothing, or give away what is measured with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.content.known_lines import KnownLines
from bot.content.lines_in_files import kept_index
from bot.content.training_files import training_path
from bot.content.yaml_lines import Document
from bot.core.corrections import plain_words
from bot.core.errors import Fault
from bot.core.rehearsal.scenario import Scenario
from bot.core.studio.likeness import NEAR_KEPT


def known_examples(
    data: Path, scenarios: Sequence[tuple[str, Scenario, Document]]
) -> Iterator[Fault]:
    """A fault for every such line of some scenarios (by slug), whose own training files do not count."""
    if not any(scenario.examples for _, scenario, _ in scenarios):
        return
    known = KnownLines.of(data, {training_path(slug) for slug, _, _ in scenarios})
    kept = kept_index(data)
    said: dict[str, str] = {}
    for _, scenario, document in scenarios:
        for index, example in enumerate(scenario.examples):
            words = plain_words(example.text)
            if not words:
                continue
            place = known.place_of(example.text)
            other = said.setdefault(words, document.file)
            if place is None and other != document.file:
                place = other
            if place is not None:
                yield document.fault(
                    ("examples", index, "text"),
                    f"The same words are in {place} already.",
                    "Say it in another way, or take the line out.",
                )
            elif kept.near(example.text, NEAR_KEPT) is not None:
                yield document.fault(
                    ("examples", index, "text"),
                    "This is very close to one of the kept turns, so the recogniser must not learn from it.",
                    "Say it in quite another way, or take the line out.",
                )
