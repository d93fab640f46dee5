"""Gives static files addresses that change with their content, so that browsers keep them for good."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

_FOR_GOOD = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    """Add the content's mark to addresses, and cache headers to the answers."""
    marks: dict[str, tuple[float, str]] = {}

    @app.url_defaults
    def add_mark(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values and "v" not in values:
            mark = _mark_of(Path(app.static_folder or "") / values["filename"], marks)
            if mark:
                values["v"] = mark

    @app.after_request
    def cache(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:
            marked = "v" in request.args
            response.headers["Cache-Control"] = _FOR_GOOD if marked else "no-cache"
        return response


def _mark_of(path: Path, marks: dict[str, tuple[float, str]]) -> str | None:
    try:
        changed = path.stat().st_mtime
    except OSError:
        return None
    known = marks.get(str(path))
    if known is None or known[0] != changed:
        known = (changed, hashlib.sha256(path.read_bytes()).hexdigest()[:12])
        marks[str(path)] = known
    return known[1]
