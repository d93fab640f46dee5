"""Finds out who asks: by session cookie, by bearer token, or by the panel's short-lived token."""

from __future__ import annotations

import hashlib
import secrets
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, current_app, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from bot.services.ports import User, Viewer
from bot.web import panel_tokens
from bot.web.configuration import services

if TYPE_CHECKING:
    from bot.settings import Settings

#: How often a session notes that it is in use; a cookie in every answer would be waste.
_NOTE_EVERY = timedelta(minutes=1)

login = LoginManager()


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """The user behind a request; `via` is `session`, `token` or `panel`, `claims` what a panel token allows."""

    def __init__(self, user: User, via: str, claims: dict[str, Any] | None = None) -> None:
        self.user = user
        self.via = via
        self.claims = claims or {}

    def get_id(self) -> str:
        """The user's id, which is all a session holds of them."""
        return self.user.id


class EndedSessions:
    """Sessions that were signed out before their time, so that a copied cookie is worth nothing."""

    def __init__(self) -> None:
        self._ends: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def add(self, session_id: str, forget_after: datetime, now: datetime) -> None:
        """Refuse this session from now on."""
        with self._lock:
            self._ends = {key: end for key, end in self._ends.items() if end > now}
            self._ends[session_id] = forget_after

    def __contains__(self, session_id: object) -> bool:
        return session_id in self._ends


def init_app(app: Flask, settings: Settings) -> None:
    """Attach the loaders; sign-in lives for the hours and idle minutes of the settings."""
    app.config["SESSION_IDLE"] = timedelta(minutes=float(settings.idle_minutes))
    app.extensions["parley-ended-sessions"] = EndedSessions()
    login.session_protection = None
    login.init_app(app)
    login.user_loader(_user_of_session)
    login.request_loader(_user_of_token)


def sign_in(user: User) -> None:
    """Start a fresh session: nothing of the one before the sign-in survives."""
    now = services().clock.now()
    session.clear()
    session.permanent = True
    session["sid"] = secrets.token_hex(16)
    session["born"] = session["seen"] = now.timestamp()
    session["password"] = _fingerprint(user)
    login_user(SignedIn(user, "session"))


def sign_out() -> None:
    """End the session here and refuse its cookie from now on."""
    if "sid" in session:
        now = services().clock.now()
        life = current_app.permanent_session_lifetime
        current_app.extensions["parley-ended-sessions"].add(session["sid"], now + life, now)
    logout_user()
    session.clear()


def viewer() -> Viewer:
    """The person who asks, as the use cases know them."""
    return services().people.viewer(current_user.user)


def is_bearer() -> bool:
    """Whether the request carries a token; then its cookie counts for nothing."""
    return "Authorization" in request.headers


def _user_of_session(user_id: str) -> SignedIn | None:
    if is_bearer() or not _is_alive():
        return None
    user = services().people.user(user_id)
    if user is None or session.get("password") != _fingerprint(user):
        return None
    g.user_id = user.id
    return SignedIn(user, "session")


def _is_alive() -> bool:
    now = services().clock.now()
    born, seen = _instant("born"), _instant("seen")
    if session.get("sid") in current_app.extensions["parley-ended-sessions"]:
        return False
    if now - born > current_app.permanent_session_lifetime:
        return False
    if now - seen > current_app.config["SESSION_IDLE"]:
        return False
    # An open stream renews itself without anybody being there.
    if now - seen > _NOTE_EVERY and request.endpoint != "calls.stream_call":
        session["seen"] = now.timestamp()
    return True


def _instant(key: str) -> datetime:
    return datetime.fromtimestamp(float(session.get(key, 0)), UTC)


def _fingerprint(user: User) -> str:
    # A changed password ends the sessions that the old one opened.
    key: bytes = current_app.config["SECRET_KEY"]
    return hashlib.blake2b(
        (user.password_hash or "").encode(), key=key[:64], digest_size=12
    ).hexdigest()


def _user_of_token(request: Request) -> SignedIn | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token:
        return None
    if token.startswith(panel_tokens.PREFIX):
        return _user_of_panel(token)
    user = services().people.by_token(token)
    if user is None:
        g.refusal = "token_invalid"
        return None
    g.user_id = user.id
    return SignedIn(user, "token")


def _user_of_panel(token: str) -> SignedIn | None:
    try:
        claims = panel_tokens.read(token, services().clock.now())
    except panel_tokens.TokenExpired:
        g.refusal = "token_expired"
        return None
    user = services().people.user(claims["user"]) if claims else None
    if claims is None or user is None:
        g.refusal = "token_invalid"
        return None
    g.user_id = user.id
    return SignedIn(user, "panel", claims)
