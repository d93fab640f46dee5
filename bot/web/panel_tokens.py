"""The short-lived token that a panel carries: who, which call, which page; signed, stored nowhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

PREFIX = "panel_"

LIFETIME = timedelta(minutes=30)


class TokenExpired(Exception):  # noqa: N818 - the situation, not a fault
    """The token was ours and is too old."""


def issue(
    user_id: str,
    now: datetime,
    *,
    call_id: str | None = None,
    account_id: str | None = None,
    origin: str | None = None,
) -> tuple[str, datetime]:
    """Make a token for a user, bound to a call with its account and to a page's origin where they are given."""
    until = now + LIFETIME
    claims = {
        "user": user_id,
        "call": call_id,
        "account": account_id,
        "origin": origin,
        "until": int(until.timestamp()),
    }
    return PREFIX + str(_serializer().dumps(claims)), until


def read(token: str, now: datetime) -> dict[str, Any] | None:
    """The claims of a token; None when it is not ours, TokenExpired when it is too old."""
    try:
        claims: dict[str, Any] = _serializer().loads(token.removeprefix(PREFIX))
    except BadSignature:
        return None
    if now.timestamp() > claims["until"]:
        raise TokenExpired
    return claims


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="panel-token")
