"""The desk: a collector's accounts in the order to ring them."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from bot.services.worklist import worklist
from bot.web.api.fields import without_controls
from bot.web.configuration import services
from bot.web.identity import viewer

blueprint = Blueprint("desk", __name__)

#: More than anybody rings in a day; the search finds the rest.
SHOWN = 100


@blueprint.get("/")
def show() -> str:
    """Show the accounts that fit the search, the most urgent first with the reason."""
    who = viewer()
    query = without_controls(request.args.get("q", ""))[:200].strip()
    rows = services().accounts.search(query, who, SHOWN)
    promises = services().supervision.promises_to_watch(who)
    return render_template(
        "desk/show.html", items=worklist(rows, promises), query=query, viewer=who, shown=SHOWN
    )
