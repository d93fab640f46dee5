"""Lets the CRM pages that are named in the settings load the panel and call the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Response, request

from bot.core.errors import InvalidInputError
from bot.web.configuration import listed

if TYPE_CHECKING:
    from bot.settings import Settings

ALLOWED_METHODS = "GET, POST"
ALLOWED_HEADERS = "Authorization, Content-Type, Last-Event-ID, X-Request-ID"


def init_app(app: Flask, settings: Settings) -> None:
    """Answer cross-origin questions for the listed origins; cookies never cross."""
    origins = frozenset(_checked(origin) for origin in listed(settings.embed_origins))

    @app.after_request
    def allow(response: Response) -> Response:
        if not request.path.startswith(("/api/v1/", "/static/widget/")):
            return response
        response.vary.add("Origin")
        if request.headers.get("Origin") in origins:
            response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
            response.headers["Access-Control-Expose-Headers"] = "Retry-After, X-Request-ID"
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = ALLOWED_METHODS
                response.headers["Access-Control-Allow-Headers"] = ALLOWED_HEADERS
                response.headers["Access-Control-Max-Age"] = "600"
        return response


def _checked(origin: str) -> str:
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https") or f"{parts.scheme}://{parts.netloc}" != origin:
        raise InvalidInputError(
            f"PARLEY_EMBED_ORIGINS: “{origin}” is not an origin such as https://crm.example.com.",
            field="PARLEY_EMBED_ORIGINS",
        )
    return origin
