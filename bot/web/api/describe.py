"""What the OpenAPI document says besides the schemas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_smorest import Blueprint

DESCRIPTION = """\
Hears a call turn by turn and answers each turn with advice: what was heard, what to say, what to ask, which
compromises are open on this account, and where the escalation stands.

**Who you are.** Send `Authorization: Bearer …` with a token from `parley users token NAME`, or with the short-lived
token of `POST /tokens`. A browser that is signed in may use its cookie; it then sends `X-CSRF-Token` with every
change. A collector sees only the accounts of their own portfolio: anything else is `404`.

**Errors** are problem documents (`application/problem+json`) with a stable `code` and the `request_id` that is also in
the `X-Request-ID` header. Amounts are decimal strings, days ISO dates, instants ISO with zone. Text is only ever text.
Fields may be added to answers; unknown fields in requests are refused with `422`.
"""

SECURITY_SCHEMES: dict[str, dict[str, Any]] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "From `parley users token NAME`, or for a panel from `POST /tokens`.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "parley",
        "description": "The cookie of a signed-in browser (`__Host-parley` over https).",
    },
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRF-Token",
        "description": "With the cookie: the page's `<meta name=csrf-token>`, for every change.",
    },
}

_NAMES = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "CONFLICT",
    413: "REQUEST_ENTITY_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    422: "UNPROCESSABLE_ENTITY",
    429: "TOO_MANY_REQUESTS",
    503: "SERVICE_UNAVAILABLE",
}

#: What any operation may answer, and what any operation with a body may.
_ALWAYS = (401, 403, 429, 503)
_WITH_BODY = (400, 413, 415, 422)


def operation(
    blueprint: Blueprint, name: str, *statuses: int, has_body: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Name an operation and list the problems that it may answer with."""
    listed = sorted({*_ALWAYS, *(_WITH_BODY if has_body else ()), *statuses})

    def describe(view: Callable[..., Any]) -> Callable[..., Any]:
        for status in listed:
            view = blueprint.alt_response(status, _NAMES[status])(view)
        return blueprint.doc(operationId=name)(view)  # type: ignore[no-any-return]  # untyped

    return describe
