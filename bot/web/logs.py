"""Logs each request once, with an id that is also in the answer; never a word of what was said."""

from __future__ import annotations

import logging
import re
import secrets
import time
import traceback
from typing import Any

import structlog
from flask import Flask, Response, g, request

REQUEST_ID_HEADER = "X-Request-ID"

_ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")

log = structlog.get_logger("parley.web")


def init_app(app: Flask) -> None:
    """Give each request an id and a log line."""
    app.before_request(_start)
    app.after_request(_finish)


def configure(level: str) -> None:
    """Log one JSON document a line, at this level and above, on standard error."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(file=None),
        cache_logger_on_first_use=True,
    )


def request_id() -> str:
    """The id of the request that is being answered."""
    if "request_id" not in g:
        given = request.headers.get(REQUEST_ID_HEADER, "")
        g.request_id = given if _ACCEPTABLE_ID.fullmatch(given) else secrets.token_hex(8)
    return str(g.request_id)


def log_failure(error: BaseException) -> None:
    """Log where an unforeseen error arose; its message is left out, for it may quote a client."""
    frames = traceback.extract_tb(error.__traceback__)
    log.error(
        "request_failed",
        kind=f"{type(error).__module__}.{type(error).__qualname__}",
        at=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
        caused_by=type(error.__cause__).__qualname__ if error.__cause__ else None,
    )


def _start() -> None:
    g.started = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id())


def _finish(response: Response) -> Response:
    response.headers[REQUEST_ID_HEADER] = request_id()
    facts: dict[str, Any] = {
        "method": request.method,
        "endpoint": request.endpoint,
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
        "user_id": g.get("user_id"),
    }
    quiet = request.endpoint in ("static", "probes.healthz", "probes.readyz", "probes.metrics")
    (log.debug if quiet else log.info)("request_finished", **facts)
    return response
