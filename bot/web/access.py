"""Decides who may enter where: every endpoint is closed unless it is listed or its role fits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.wrappers import Response as AnyResponse

from bot.core.coaching.advice import Role
from bot.core.errors import ForbiddenError
from bot.web.errors import NotSignedInError, is_api_request
from bot.web.identity import is_bearer
from bot.web.security import csrf
from bot.web.strings import text

#: What anybody may ask for; tests pin this list.
PUBLIC_ENDPOINTS = frozenset(
    {
        "static",
        "probes.healthz",
        "probes.readyz",
        "probes.metrics",  # guards itself: loopback or admin
        "sign_in.form",
        "sign_in.submit",
        "api-docs.openapi_json",
    }
)

#: What a panel's token does not reach: it cannot make itself a successor, nor see or teach beyond its call.
_NOT_FOR_PANELS = frozenset(
    {
        "people.make_token",
        "corrections.list_corrections",
        "corrections.accept_correction",
        "corrections.dismiss_correction",
        "rehearsals.start_rehearsal",
        "rehearsals.list_rehearsals",
        "rehearsals.read_rehearsal",
        "rehearsals.delete_rehearsal",
        "rehearsals.rehearse_turn",
        "rehearsals.take_hint",
        "rehearsals.rewind_rehearsal",
        "rehearsals.finish_rehearsal",
        "rehearsals.read_verdict",
        "rehearsals.share_rehearsal",
        "scenarios.read_progress",
        "scenarios.list_assignments",
        "scenarios.set_assignment",
        "scenarios.list_all_assignments",
        "scenarios.withdraw_assignment",
        "scenarios.add_scenario",
        "scenarios.save_scenario",
    }
)

#: Every operation of the studio; a panel stands on a page of another system, where nobody edits.
_STUDIO = "authoring_"

#: What a token for one call does not reach.
_BEYOND_ONE_CALL = frozenset({"calls.open_call", "accounts.find_accounts"})

View = TypeVar("View", bound=Callable[..., Any])


def init_app(app: Flask) -> None:
    """Check every request before its view."""
    app.before_request(_allow_whole_documents)
    app.before_request(_check_access)
    app.before_request(_check_origin_of_form)
    app.before_request(_check_media_type)


def only_for(*roles: Role) -> Callable[[View], View]:
    """Keep a view for these roles."""

    def mark(view: View) -> View:
        view.roles = roles  # type: ignore[attr-defined]  # read back in _check_access
        return view

    return mark


def takes_up_to(most_bytes: int, *, files: bool = False) -> Callable[[View], View]:
    """Let a view take a larger body than others, and files if so marked."""

    def mark(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]  # read back in _allow_whole_documents
        view.takes_files = files  # type: ignore[attr-defined]  # read back in _check_media_type
        return view

    return mark


def safe_next(target: str | None) -> str:
    """Where to go after the sign-in: a path of this site, or the desk."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return url_for("desk.show")
    parts = urlsplit(target)
    has_control = any(character < " " for character in target)
    return url_for("desk.show") if parts.netloc or parts.scheme or has_control else target


def _allow_whole_documents() -> None:
    # Before anything reads the body: the proof of a form is in it.
    most_bytes = _mark("most_bytes")
    if most_bytes:
        request.max_content_length = most_bytes


def _mark(name: str) -> Any:
    """What a view is marked with; None for an address that has no view."""
    return getattr(current_app.view_functions.get(request.endpoint or ""), name, None)


def _check_access() -> AnyResponse | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint in PUBLIC_ENDPOINTS or request.method == "OPTIONS":
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    roles = _mark("roles")
    if roles and current_user.user.role not in roles:
        raise ForbiddenError(text("error.role"))
    if current_user.via == "panel":
        _check_panel(endpoint)
    return None


def _ask_to_sign_in() -> Response | AnyResponse:
    if is_api_request() or is_bearer():
        raise NotSignedInError(g.get("refusal", "not_signed_in"))
    asked_for = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sign_in.form", next=asked_for))


def _check_panel(endpoint: str) -> None:
    claims = current_user.claims
    origin = request.headers.get("Origin")
    call_id = (request.view_args or {}).get("call_id")
    if endpoint in _NOT_FOR_PANELS or endpoint.startswith(_STUDIO) or not is_api_request():
        raise ForbiddenError(text("error.panel_scope"))
    if claims["origin"] and origin and origin != claims["origin"]:
        raise ForbiddenError(text("error.panel_origin"))
    if not claims["call"]:
        return
    account_id = (request.view_args or {}).get("account_id")
    if (
        endpoint in _BEYOND_ONE_CALL
        or call_id not in (None, claims["call"])
        or account_id not in (None, claims.get("account"))
    ):
        raise ForbiddenError(text("error.panel_call"))


def _check_origin_of_form() -> None:
    # A token is not sent by a browser on its own accord, so only cookies need the proof.
    if request.endpoint is None or is_bearer():
        return
    csrf.protect()


def _check_media_type() -> None:
    if (
        request.method == "POST"
        and is_api_request()
        and request.content_length
        and not request.is_json
        and not _mark("takes_files")
    ):
        raise UnsupportedMediaType
