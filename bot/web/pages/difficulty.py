"""How hard each scenario proves: figures of finished rehearsals by scenario and level, the hardest first."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from bot.services.studio_rules import READERS
from bot.web.access import only_for
from bot.web.configuration import services
from bot.web.identity import viewer

blueprint = Blueprint("difficulty", __name__, url_prefix="/studio/difficulty")

#: Fewer attempts than this say more about the people than about the scenario.
LEAST_ATTEMPTS = 5


@blueprint.get("")
@only_for(*READERS)
def show() -> str:
    """Show the scenarios that can be told apart, and those that were rehearsed too seldom."""
    # The service has the hardest first, by how first tries went.
    rows = services().difficulty.report(viewer())
    return render_template(
        "difficulty/show.html",
        told=[row for row in rows if _tells(row)],
        few=sorted(
            (row for row in rows if not _tells(row)), key=lambda row: (row["title"], row["level"])
        ),
        least=LEAST_ATTEMPTS,
    )


def _tells(row: dict[str, Any]) -> bool:
    """Whether there is enough to tell: attempts, and people behind whom nobody can be made out."""
    return row["attempts"] >= LEAST_ATTEMPTS and row["passed_share"] is not None
