"""Who I am, and a token for my panel."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from flask_login import current_user
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from bot.core.coaching.advice import Role
from bot.web import panel_tokens
from bot.web.api.describe import operation
from bot.web.api.fields import Request, Words
from bot.web.configuration import services
from bot.web.errors import API_PREFIX
from bot.web.identity import viewer

blueprint = Blueprint(
    "people",
    __name__,
    url_prefix=API_PREFIX,
    description="The signed-in person and short-lived tokens.",
)


class MeSchema(Schema):
    """The person behind the request."""

    id = fields.String(required=True)
    name = fields.String(required=True, metadata={"example": "amina"})
    full_name = fields.String(required=True)
    role = fields.String(required=True, validate=validate.OneOf([role.value for role in Role]))
    seniority = fields.String(required=True)


class NewToken(Request):
    """What a panel's token is bound to."""

    call_id = Words(
        limit=120,
        load_default=None,
        allow_none=True,
        metadata={"description": "Good for this call only."},
    )
    origin = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp(r"https?://[A-Za-z0-9.\-:\[\]]{1,253}\Z"),
        metadata={
            "description": "Good from this page's origin only.",
            "example": "https://crm.example.com",
        },
    )


class TokenSchema(Schema):
    """A token for a panel; it is not stored and cannot be renewed by itself."""

    token = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)


@blueprint.route("/me")
@blueprint.response(200, MeSchema)
@operation(blueprint, "readMe")
def read_me() -> Response:
    """Read who is signed in"""
    user = current_user.user
    return jsonify(
        id=user.id,
        name=user.name,
        full_name=user.full_name,
        role=user.role.value,
        seniority=user.seniority,
    )


@blueprint.route("/tokens", methods=["POST"])
@blueprint.arguments(NewToken)
@blueprint.response(201, TokenSchema)
@operation(blueprint, "makeToken", 404, has_body=True)
def make_token(body: dict[str, Any]) -> tuple[Response, int]:
    """Make a short-lived token for a panel, bound to a call and a page's origin"""
    who, call_id = viewer(), body["call_id"]
    # Only for a call that this person may see.
    account_id = services().calls.view(call_id, who)["account_id"] if call_id else None
    token, until = panel_tokens.issue(
        who.user_id,
        services().clock.now(),
        call_id=call_id,
        account_id=account_id,
        origin=body["origin"],
    )
    return jsonify(token=token, expires_at=until.isoformat()), 201
