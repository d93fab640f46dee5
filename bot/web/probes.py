"""Says to machines whether the application lives, whether it can answer a turn, and how it fares."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from flask import Blueprint, Flask, Response, jsonify, request
from flask_login import current_user
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.core.coaching.advice import Role
from bot.core.errors import ForbiddenError, ParleyError
from bot.web.configuration import services
from bot.web.metrics import metrics as figures
from bot.web.strings import text

blueprint = Blueprint("probes", __name__)

_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")


def init_app(app: Flask) -> None:
    """Open the three addresses outside the interface's prefix."""
    app.register_blueprint(blueprint)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the process lives."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Say whether a turn can be answered now: 200 when database and assistant answer, else 503."""
    database = _holds(services().database_ready)
    assistant = _holds(services().assistant.is_ready)
    ready = database and assistant
    state = "ready" if ready else "not_ready"
    return jsonify(status=state, database=database, assistant=assistant), 200 if ready else 503


@blueprint.get("/metrics")
def metrics() -> Response:
    """Show the figures to a scraper on this machine, or to an administrator."""
    is_admin = current_user.is_authenticated and current_user.user.role is Role.ADMIN
    if not (is_admin or _is_local()):
        raise ForbiddenError(text("error.metrics"))
    return Response(generate_latest(figures().registry), content_type=CONTENT_TYPE_LATEST)


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return bool(check())
    except ParleyError:
        return False


def _is_local() -> bool:
    # A proxy on this machine also comes from loopback, but says for whom it asks.
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
