"""Serves the web application to a browser from the test's own process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from werkzeug.serving import make_server

from bot.settings import Settings
from bot.web import create_app


@contextmanager
def served(services: Any, folder: Path, **settings: str) -> Iterator[str]:
    """The application over some services on a free port; gives its address.

    Each request has a thread of its own: a ledger behind it must be a file. The one connection of a ledger in
    memory would be shared, and whoever ends a reading takes back what another is about to commit.
    """
    given = {"secret": "only for tests", "rate_limit": "100000 per minute", **settings}
    app = create_app(services, Settings(home=str(folder), **given))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
