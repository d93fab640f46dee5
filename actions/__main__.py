"""Runs the action server on loopback: `python -m actions`."""

from __future__ import annotations

import logging

from rasa_sdk.endpoint import create_app

from actions._doorway import services
from bot.settings import Settings


def serve(settings: Settings) -> None:
    """Serve the actions until the process is told to stop; nothing but this machine can reach them."""
    logging.basicConfig(level=settings.log_level)
    logging.getLogger("sanic.access").setLevel(logging.WARNING)
    services()
    app = create_app("actions", cors_origins=None)
    app.run("127.0.0.1", int(settings.actions_port), workers=1, access_log=False)


if __name__ == "__main__":
    serve(Settings.from_environment())
