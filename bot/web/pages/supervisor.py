"""What a supervisor watches: open calls, hand-overs, promises and disputes."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from bot.services.supervision import OVERSEERS
from bot.web.access import only_for
from bot.web.charts import sparkline
from bot.web.configuration import services
from bot.web.identity import viewer
from bot.web.strings import text

blueprint = Blueprint("supervisor", __name__, url_prefix="/supervisor")


@blueprint.get("")
@only_for(*OVERSEERS)
def show() -> str:
    """Show the board as it is now."""
    board = services().supervision.board(viewer())
    lines = {call.call_id: sparkline(call.heat_path) for call in board.calls}
    return render_template("supervisor/show.html", board=board, lines=lines)


@blueprint.post("/escalations/<id:escalation_id>/acknowledgement")
@only_for(*OVERSEERS)
def acknowledge(escalation_id: str) -> Response:
    """Say that a hand-over was received."""
    services().calls.acknowledge(escalation_id, viewer())
    flash(text("supervisor.acknowledged"))
    return redirect(url_for(".show"), code=303)
