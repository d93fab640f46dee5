"""A page of a customer system, as a demonstration: the client's facts beside the panel."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.core.errors import NotFoundError
from bot.services.studio_rules import READERS
from bot.web.configuration import services
from bot.web.identity import viewer
from bot.web.strings import text

blueprint = Blueprint("demo_host", __name__)


@blueprint.get("/calls/new")
def prepare() -> str:
    """Show what to know before ringing; NotFoundError when the account is not in the portfolio."""
    account_id = request.args.get("account", "")
    who = viewer()
    return render_template(
        "demo_host/prepare.html",
        account=services().accounts.get(account_id, who),
        brief=services().accounts.brief(account_id, who),
    )


@blueprint.post("/calls/new")
def begin() -> Response:
    """Open a call and go to the client's page with the panel beside it."""
    call = services().calls.open_call(request.form.get("account", ""), viewer())
    return redirect(url_for(".show", account_id=call["account_id"], call=call["id"]), code=303)


@blueprint.get("/crm/<id:account_id>")
def show(account_id: str) -> str:
    """Show the client's facts and the panel; the panel itself opens a call when none is named."""
    who = viewer()
    account = services().accounts.get(account_id, who)
    call_id = request.args.get("call") or None
    call = services().calls.view(call_id, who) if call_id else None
    if call is not None and call["account_id"] != account_id:
        raise NotFoundError(text("error.not-found"))
    return render_template(
        "demo_host/show.html",
        account=account,
        call_id=call_id,
        is_over=call is not None and call["status"] != "open",
        makes_scenarios=who.role in READERS,
        open_invoices=_open_invoices(account["invoices"]),
    )


def _open_invoices(invoices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    still_open = (invoice for invoice in invoices if Decimal(invoice["balance"]) > 0)
    return sorted(still_open, key=lambda invoice: (invoice["due_on"], invoice["number"]))
