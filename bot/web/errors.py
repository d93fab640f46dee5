"""Turns every error into one answer: a problem document for programs, a page for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, current_app, json, make_response, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from bot.core.errors import (
    ConflictError,
    ContentError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    ParleyError,
    TooLargeError,
    UnavailableError,
)
from bot.services.studio_documents import conflict_document, fault_documents
from bot.services.studio_ports import DraftConflictError
from bot.web.logs import log_failure, request_id
from bot.web.strings import text

API_PREFIX = "/api/v1"

#: What each branch of the tree means to a browser; the first that fits counts.
_STATUS: tuple[tuple[type[ParleyError], int], ...] = (
    (NotFoundError, 404),
    (ForbiddenError, 403),
    (ConflictError, 409),
    (InvalidInputError, 422),
    (UnavailableError, 503),
    (TooLargeError, 413),
)

#: Our stable code for each status that the framework raises by itself.
_CODE_OF_STATUS = {
    400: "bad-request",
    401: "not-signed-in",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: "too-large",
    414: "too-large",
    415: "unsupported-media-type",
    422: "invalid-input",
    429: "too-many-requests",
    500: "internal-error",
    503: "unavailable",
}

_KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")


class NotSignedInError(ParleyError):
    """Nobody is signed in, or the token is not good; `reason` says which."""

    code = "not-signed-in"

    def __init__(self, reason: str) -> None:
        super().__init__(text(f"error.{reason}"))
        self.reason = reason


@dataclass(frozen=True)
class Problem:
    """One problem document (RFC 9457) with our stable code and the faults by field."""

    status: int
    code: str
    title: str
    detail: str
    errors: tuple[dict[str, Any], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The document as it is sent."""
        document: dict[str, Any] = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "request_id": request_id(),
        }
        if self.errors:
            document["errors"] = list(self.errors)
        return document | dict(self.more)


def init_app(app: Flask) -> None:
    """Register the one place where errors become answers."""
    app.register_error_handler(ParleyError, _answer_parley_error)
    app.register_error_handler(CSRFError, _answer_csrf_error)
    app.register_error_handler(HTTPException, _answer_http_error)
    app.register_error_handler(RecursionError, _answer_deep_nesting)
    app.register_error_handler(Exception, _answer_unforeseen)


def is_api_request() -> bool:
    """Whether a program asks: by the address, not by what it says it accepts."""
    return request.path.startswith(f"{API_PREFIX}/")


def answer(problem: Problem) -> Response:
    """The problem as a document, or as a page where a person is looking."""
    if is_api_request() or not _wants_page():
        response = make_response(json.dumps(problem.as_json()), problem.status)
        response.mimetype = "application/problem+json"
    else:
        # Without Flask's template context: that asks who is signed in, which may be what failed.
        template = current_app.jinja_env.get_template("errors/problem.html")
        page = template.render(problem=problem, request_id=request_id())
        response = make_response(page, problem.status)
    response.headers.update(problem.headers)
    return response


def problem_of(error: ParleyError) -> Problem:
    """The problem document of one of our own errors."""
    if isinstance(error, NotSignedInError):
        headers = {"WWW-Authenticate": 'Bearer realm="parley"'}
        title = text("error.title.not-signed-in")
        code = {"token_expired": "token-expired", "token_invalid": "token-invalid"}.get(
            error.reason, error.code
        )
        return Problem(401, code, title, error.detail, headers=headers)
    status = next((number for kind, number in _STATUS if isinstance(error, kind)), 500)
    headers = {"Retry-After": "2"} if status == 503 else {}
    return Problem(
        status, error.code, error.title, error.detail, _errors_of(error), headers, _more_of(error)
    )


def _errors_of(error: ParleyError) -> tuple[dict[str, Any], ...]:
    """The faults: every one of a document, or the one field of any other error."""
    if isinstance(error, ContentError):
        wanted = ("field", "message", "remedy", "file", "line")
        return tuple({key: fault[key] for key in wanted} for fault in fault_documents(error.faults))
    return ({"field": error.field, "message": error.detail},) if error.field else ()


def _more_of(error: ParleyError) -> dict[str, Any]:
    """What somebody else has saved, for the one whose save came second."""
    if isinstance(error, DraftConflictError):
        return {"current": conflict_document(error)}
    return {}


def _answer_parley_error(error: ParleyError) -> Response:
    problem = problem_of(error)
    if problem.status == 500:
        log_failure(error)
    return answer(problem)


def _answer_csrf_error(error: CSRFError) -> Response:
    return answer(Problem(400, "csrf", text("error.title.csrf"), text("error.csrf")))


def _answer_http_error(error: HTTPException) -> Response | AnyResponse | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    code = _CODE_OF_STATUS.get(status, f"http-{status}")
    known = status in _CODE_OF_STATUS
    title = text(f"error.title.{code}") if known else error.name
    detail = text(f"error.{code}") if known else str(error.description)
    kept = dict(error.get_headers())
    headers = {name: kept[name] for name in _KEPT_HEADERS if name in kept}
    messages = getattr(error, "data", {}).get("messages", {})
    if status == 400 and "json" in messages:
        detail = text("error.bad-json")
        messages = {}
    return answer(Problem(status, code, title, detail, tuple(_faults(messages)), headers))


def _answer_deep_nesting(error: RecursionError) -> Response:
    log_failure(error)
    title = text("error.title.bad-request")
    return answer(Problem(400, "bad-request", title, text("error.bad-json")))


def _answer_unforeseen(error: Exception) -> Response:
    log_failure(error)
    title = text("error.title.internal-error")
    return answer(Problem(500, "internal-error", title, text("error.internal-error")))


def _faults(messages: Any, path: str = "") -> list[dict[str, str]]:
    if isinstance(messages, Mapping):
        found = []
        for key, value in messages.items():
            # webargs says where the field was (json, query) and marshmallow `_schema` for the whole: no names.
            step = "" if key == "_schema" or (not path and key in ("json", "query")) else str(key)
            found += _faults(value, ".".join(part for part in (path, step) if part))
        return found
    if isinstance(messages, list | tuple):
        return [{"field": path, "message": str(message)} for message in messages]
    return [{"field": path, "message": str(messages)}]


def _wants_page() -> bool:
    best = request.accept_mimetypes.best_match(
        ("application/json", "application/problem+json", "text/html")
    )
    return best == "text/html"
