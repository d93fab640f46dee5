"""The tables of the scoring reference, made from the rules themselves: `python -m tools.scoring_tables` writes them.

With `--check` nothing is written and a stale page is told by the exit code.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from bot.core.rehearsal.blockers import ALWAYS, NOTES
from bot.core.rehearsal.rubric import HOUSE_RUBRIC
from bot.core.rehearsal.scenario import SKILLS
from bot.core.rehearsal.skills import DEFAULT_WEIGHTS, RULES, SKILL_WORDS
from bot.core.rehearsal.verdict import OUTCOME_WORDS
from tools.make_docs import ROOT, fresh

PAGE = "docs/reference/scoring.md"


def weights() -> str:
    """Each skill with its weight and how many rules it has."""
    rows = [
        (SKILL_WORDS[name], str(DEFAULT_WEIGHTS[name]), str(len(RULES[name]))) for name in SKILLS
    ]
    return _table(("skill", "weight", "rules"), rows)


def rules() -> str:
    """Every rule by skill: its id, its points, what it looks at, and where it comes from."""
    parts = []
    for name in SKILLS:
        rows = [
            (
                f"`{rule.id}`",
                f"{rule.points:+d}" + (f", up to {rule.at_most} times" if rule.at_most > 1 else ""),
                rule.text,
                rule.source,
            )
            for rule in RULES[name]
        ]
        title = SKILL_WORDS[name]
        head = ("rule", "points", "what it looks at", "source")
        parts.append(f"### {title[0].upper()}{title[1:]}\n\n{_table(head, rows)}")
    return "\n\n".join(parts)


def blockers() -> str:
    """What fails every call."""
    return _table(("blocker", "why"), [(f"`{name}`", NOTES[name]) for name in ALWAYS])


def ceilings() -> str:
    """The most that some calls can reach."""
    rows = [(f"`{c.rule}`", str(c.most), c.note) for c in HOUSE_RUBRIC.ceilings()]
    return _table(("ceiling", "at most", "when"), rows)


def outcomes() -> str:
    """How a call can end."""
    return _table(("outcome", "in words"), [(f"`{k}`", v) for k, v in OUTCOME_WORDS.items()])


PARTS: dict[str, Callable[[], str]] = {
    "weights": weights,
    "rules": rules,
    "blockers": blockers,
    "ceilings": ceilings,
    "outcomes": outcomes,
}


def is_stale() -> bool:
    """Whether the page says something else than the rules."""
    text = (ROOT / PAGE).read_text("utf-8")
    return text != fresh(text, PARTS)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines
    )


def main() -> int:
    """Write the tables, or only say whether they are stale."""
    if not is_stale():
        return 0
    print(
        f"{PAGE}: {'stale, run `python -m tools.scoring_tables`' if '--check' in sys.argv else 'written'}"
    )
    if "--check" in sys.argv:
        return 1
    text = (ROOT / PAGE).read_text("utf-8")
    (ROOT / PAGE).write_text(fresh(text, PARTS), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
