"""Limits how often one user, or one address, may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user

if TYPE_CHECKING:
    from bot.settings import Settings

_UNLIMITED = frozenset({"static", "probes.healthz", "probes.readyz", "probes.metrics"})


def _who() -> str:
    return (
        current_user.user.id if current_user.is_authenticated else f"address {get_remote_address()}"
    )


limiter = Limiter(
    key_func=_who,
    application_limits=[lambda: current_app.config["REQUEST_LIMIT"]],
    strategy="sliding-window-counter",
    storage_uri="memory://",
    headers_enabled=True,
)

#: For the sign-in form: guesses from one address, whatever name they try. No account is ever locked,
#: for then anybody could lock a colleague out in the middle of a call.
sign_in_limit = limiter.shared_limit(
    lambda: current_app.config["SIGN_IN_LIMIT"], scope="sign-in", key_func=get_remote_address
)


def init_app(app: Flask, settings: Settings) -> None:
    """Count requests in this process."""
    app.config.update(REQUEST_LIMIT=settings.rate_limit, SIGN_IN_LIMIT=settings.sign_in_limit)
    limiter.init_app(app)


@limiter.request_filter
def _is_unlimited() -> bool:
    return request.method == "OPTIONS" or request.endpoint in _UNLIMITED
