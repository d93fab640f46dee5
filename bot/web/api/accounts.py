"""Accounts: look for one, read it, be briefed on it."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from bot.web.api.account_schemas import (
    AccountListSchema,
    AccountSchema,
    AccountSearch,
    BriefSchema,
)
from bot.web.api.describe import operation
from bot.web.configuration import services
from bot.web.errors import API_PREFIX
from bot.web.identity import viewer

blueprint = Blueprint(
    "accounts",
    __name__,
    url_prefix=f"{API_PREFIX}/accounts",
    description="Clients with their invoices, payments, promises and disputes.",
)


@blueprint.route("")
@blueprint.arguments(AccountSearch, location="query")
@blueprint.response(200, AccountListSchema)
@operation(blueprint, "findAccounts", 422)
def find_accounts(query: dict[str, Any]) -> Response:
    """Find accounts of your portfolio"""
    found = services().accounts.search(query["q"], viewer(), query["limit"])
    return jsonify(accounts=found)


@blueprint.route("/<id:account_id>")
@blueprint.response(200, AccountSchema)
@operation(blueprint, "readAccount", 404)
def read_account(account_id: str) -> Response:
    """Read an account with the freshness of its facts"""
    return jsonify(services().accounts.get(account_id, viewer()))


@blueprint.route("/<id:account_id>/brief")
@blueprint.response(200, BriefSchema)
@operation(blueprint, "readBrief", 404)
def read_brief(account_id: str) -> Response:
    """Read what to know before ringing"""
    return jsonify(services().accounts.brief(account_id, viewer()))
