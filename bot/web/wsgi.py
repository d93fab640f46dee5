"""The application for a WSGI server: `gunicorn --worker-class gthread "bot.web.wsgi:app()"`."""

from __future__ import annotations

from flask import Flask

from bot.bootstrap import build_services
from bot.settings import Settings
from bot.web import create_app, logs


def app() -> Flask:
    """Build the application from the environment."""
    return build(Settings.from_environment())


def build(settings: Settings) -> Flask:
    """Build the application with its logs from settings."""
    logs.configure(settings.log_level)
    return create_app(build_services(settings), settings)
