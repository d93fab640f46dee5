"""Plays what three people said in five scenarios and writes the calls with their scores: `python -m tools.rehearsal_transcripts`.

The people's turns are in tests/rehearsal_scripts, written without knowing the client's answers. They are heard by the
trained model. The page is written anew by hand, after a change of model, engine or rubric.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ruamel.yaml import YAML

from bot.cli.ears import RememberedEars
from bot.content.loader import load_desk_content
from bot.content.rehearsal_files import load_one
from bot.core.labels import Speaker
from bot.core.reading import Reading
from bot.core.rehearsal import rehearsal as play
from bot.core.rehearsal.record import Mode, Rehearsal
from bot.core.rehearsal.scenario import Scenario
from bot.core.rehearsal.scorecard import Scorecard
from bot.core.rehearsal.skills import SKILL_WORDS
from bot.services.rehearsal_verdict import scorecard_of
from bot.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "tests" / "rehearsal_scripts"
PAGE = ROOT / "docs" / "reference" / "rehearsed-calls.md"

#: The day on which the calls are made, so that the page does not age.
DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Played:
    """One person's call: the script's name, what is said of the person, the call and its score."""

    name: str
    style: str
    about: str
    scenario: Scenario
    call: Rehearsal
    card: Scorecard

    @property
    def understood(self) -> float:
        """The share of the person's turns in which at least one move was heard."""
        said = [turn for turn in self.call.turns if turn.speaker is Speaker.COLLECTOR]
        return sum(bool(turn.names) for turn in said) / len(said)


def play_script(file: Path, hear: Callable[[str], Reading]) -> Played:
    """Let one person's turns be answered until they are said or the call is over."""
    script = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    scenario, persona, _ = load_one(ROOT, script["scenario"], "good")
    desk = load_desk_content(ROOT / "data").desk(scenario.account.country, DAY)
    call = play.begin(scenario, persona, script["level"], script["seed"], DAY, Mode.PRACTICE)
    for text in script["turns"]:
        if call.is_over:
            break
        call = play.take(call, scenario, persona, hear(text), desk)
    if not call.is_over:
        call = play.finish(call)
    return Played(
        file.stem, script["style"], script["about"], scenario, call, scorecard_of(call, scenario)
    )


def play_all() -> list[Played]:
    """Every script, in the order of their names."""
    ears = RememberedEars(Settings.from_environment(), DAY)
    played = [play_script(file, ears.hear) for file in sorted(SCRIPTS.glob("*.yml"))]
    ears.keep()
    return played


def page(calls: list[Played]) -> str:
    """The page: a table of scores, then every call."""
    lines = [
        "# Calls that three people rehearsed",
        "",
        "Three people of different styles say what they would say in five scenarios: one curt, one chatty, one clumsy. Their",
        "turns were written without knowing the client's answers (`tests/rehearsal_scripts/`) and heard by the trained model.",
        "Written by `python -m tools.rehearsal_transcripts`. How points are given: [scoring](scoring.md).",
        "",
        "| scenario | curt | chatty | clumsy |",
        "| --- | --- | --- | --- |",
    ]
    by_scenario: dict[str, dict[str, Played]] = {}
    for one in calls:
        by_scenario.setdefault(one.scenario.title, {})[one.style] = one
    for title, row in sorted(by_scenario.items()):
        cells = [_cell(row.get(style)) for style in ("curt", "chatty", "clumsy")]
        lines.append(f"| {title} | {' | '.join(cells)} |")
    for one in calls:
        lines += ["", *_told(one)]
    return "\n".join(lines) + "\n"


def _cell(one: Played | None) -> str:
    if one is None:
        return "–"
    blocked = ", blocked" if one.card.blockers else ""
    return f"{one.card.total} ({one.card.outcome.replace('_', ' ')}{blocked})"


def _told(one: Played) -> Iterator[str]:
    yield f"## {one.scenario.title}: {one.style}"
    yield ""
    yield f"{one.about} Level {one.call.level}."
    yield ""
    yield "| heat | who | what | heard |"
    yield "| --- | --- | --- | --- |"
    for turn in one.call.turns:
        who = "client" if turn.speaker is Speaker.CLIENT else "collector"
        heat = str(turn.heat) if turn.speaker is Speaker.CLIENT else ""
        moves = ", ".join(turn.names).replace("_", " ") if turn.speaker is Speaker.COLLECTOR else ""
        yield f"| {heat} | {who} | {turn.text.replace('|', '/')} | {moves} |"
    yield ""
    skills = ", ".join(f"{SKILL_WORDS[x.name].lower()} {x.points}" for x in one.card.skills)
    yield f"**{one.card.total} points**, {one.card.outcome.replace('_', ' ')}: {skills}."
    for blocker in one.card.blockers:
        yield f"Blocked by {blocker.rule.replace('_', ' ')}: “{blocker.quote}”"
    yield one.card.summary


if __name__ == "__main__":
    PAGE.write_text(page(play_all()), encoding="utf-8")
