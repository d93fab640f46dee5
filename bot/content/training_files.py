"""Makes the training file of a scenario's lines for the ear, in the plain form of the others."""

from __future__ import annotations

from collections.abc import Sequence

from bot.content.training_lines import written_line
from bot.core.corrections import TrainingLine, training_line
from bot.core.labels import Speaker
from bot.core.rehearsal.scenario import Scenario

#: Who wrote the line: a trainer, in a scenario.
TRAINER = "trainer"

_HEADER = """\
# client: lines for the ear of the scenario {slug}. Made whenever the scenario is published; change them there.
version: "3.1"
nlu:
"""


def training_path(slug: str) -> str:
    """The file's place under data/."""
    return f"nlu/{Speaker.CLIENT.value}/scenario-{slug}.yml"


def training_text(slug: str, scenario: Scenario) -> str | None:
    """The file's text, one block for each first label; None when there are no lines."""
    lines = [
        training_line(
            Speaker.CLIENT,
            example.text,
            example.labels,
            example.heat,
            example.style,
            scenario.account.industry,
        )
        for example in scenario.examples
    ]
    if not lines:
        return None
    intents = dict.fromkeys(line.intent for line in lines)
    blocks = (_block(intent, [x for x in lines if x.intent == intent]) for intent in intents)
    return _HEADER.format(slug=slug) + "".join(blocks)


def _block(intent: str, lines: Sequence[TrainingLine]) -> str:
    rows = (
        f"- intent: {intent}",
        f"  metadata: {{speaker: {Speaker.CLIENT.value}}}",
        "  examples:",
        *(written_line(line, TRAINER) for line in lines),
    )
    return "\n".join(rows) + "\n"
