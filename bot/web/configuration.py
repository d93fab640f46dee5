"""Turns Parley's settings into Flask's, and gives views the services they call."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from flask import Flask, current_app

from bot.web import converters

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.settings import Settings

#: The largest request; a turn of speech is far smaller.
MAX_BODY_BYTES = 256 * 1024


def init_app(app: Flask, services: Services, settings: Settings) -> None:
    """Configure the application from the settings."""
    behind_https = is_on(settings.https)
    app.extensions["parley"] = services
    app.url_map.converters["id"] = converters.IdConverter
    app.url_map.converters["kind"] = converters.KindConverter
    app.config.update(
        SECRET_KEY=settings.signing_key,
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        TRUSTED_HOSTS=listed(settings.trusted_hosts) or None,
        SESSION_COOKIE_NAME="__Host-parley" if behind_https else "parley",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=behind_https,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=float(settings.session_hours)),
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_HEADERS=["X-CSRF-Token"],
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def services() -> Services:
    """The wired use cases of this application."""
    return cast("Services", current_app.extensions["parley"])


def is_on(text: str) -> bool:
    """Whether a setting says yes."""
    return text.strip().lower() in ("1", "true", "yes", "on")


def listed(text: str) -> list[str]:
    """The parts of a comma-separated setting."""
    return [part.strip() for part in text.split(",") if part.strip()]
