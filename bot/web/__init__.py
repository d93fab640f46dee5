"""The web application; `create_app` is its table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

from bot.web import (
    access,
    api,
    assets,
    configuration,
    cross_origin,
    errors,
    identity,
    limits,
    logs,
    metrics,
    pages,
    probes,
    security,
    streams,
)

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.settings import Settings


def create_app(services: Services, settings: Settings) -> Flask:
    """Build the application around wired services; the order is the order of what happens to a request."""
    app = Flask(__name__)
    configuration.init_app(app, services, settings)
    logs.init_app(app)
    metrics.init_app(app)
    security.init_app(app, settings)
    cross_origin.init_app(app, settings)
    identity.init_app(app, settings)
    limits.init_app(app, settings)
    access.init_app(app)
    errors.init_app(app)
    assets.init_app(app)
    streams.init_app(app, settings)
    probes.init_app(app)
    api.init_app(app)
    pages.init_app(app)
    return app
