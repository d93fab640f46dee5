"""Runs the web application in gunicorn: one process, a thread for each request that is being answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication

if TYPE_CHECKING:
    from flask import Flask

    from bot.settings import Settings

#: How long requests that are being answered may take to end after a stop; `parley serve` waits eight seconds.
GRACE_SECONDS = 5


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Hand gunicorn what the settings say."""
        for name, value in options(self._settings).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Build the application in the worker, where its threads and connections live."""
        from bot.web.wsgi import build

        return build(self._settings)


def options(settings: Settings) -> dict[str, Any]:
    """What gunicorn is told; one worker, so that limits, streams and figures are counted in one place."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "workers": 1,
        "worker_class": "gthread",
        "threads": int(settings.web_threads),
        "keepalive": 75,
        "timeout": 60,
        "graceful_timeout": GRACE_SECONDS,
        "proc_name": "parley-web",
        "control_socket_disable": True,
        "accesslog": None,  # bot.web.logs writes one line a request, without addresses' search words
        "loglevel": "warning",
    }


def serve(settings: Settings) -> None:
    """Serve until the process is told to stop."""
    _Server(settings).run()


if __name__ == "__main__":
    from bot.settings import Settings

    serve(Settings.from_environment())
