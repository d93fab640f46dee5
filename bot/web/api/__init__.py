"""The interface under /api/v1: views parse, call one use case, and give its answer."""

from __future__ import annotations

from flask import Flask
from flask_smorest import Api

from bot.web.api import (
    accounts,
    calls,
    coach,
    corrections,
    people,
    rehearsals,
    scenarios,
    studio,
    studio_publications,
    studio_trials,
    studio_versions,
    turns,
)
from bot.web.api.describe import DESCRIPTION, SECURITY_SCHEMES
from bot.web.api.problem_schema import ProblemSchema
from bot.web.converters import IdConverter
from bot.web.errors import API_PREFIX


class ParleyApi(Api):  # type: ignore[misc]  # flask-smorest has no types
    """The OpenAPI side; errors stay with bot.web.errors."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Leave errors to the one place that answers them."""

    def _register_responses(self) -> None:
        """Describe every error as a problem document."""
        normal = self.DEFAULT_RESPONSE_CONTENT_TYPE
        self.DEFAULT_RESPONSE_CONTENT_TYPE = "application/problem+json"
        super()._register_responses()
        self.DEFAULT_RESPONSE_CONTENT_TYPE = normal


def init_app(app: Flask) -> None:
    """Register the resources and their description."""
    app.config.update(
        API_TITLE="Parley",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=API_PREFIX,
        API_SPEC_OPTIONS={
            "info": {"description": DESCRIPTION},
            "security": [{"token": []}, {"session": [], "csrf": []}],
        },
    )
    api = ParleyApi()
    api.register_converter(IdConverter, _describe_id)
    api.init_app(app)
    for name, scheme in SECURITY_SCHEMES.items():
        api.spec.components.security_scheme(name, scheme)
    for module in (
        accounts,
        calls,
        turns,
        coach,
        scenarios,
        rehearsals,
        studio,
        studio_trials,
        studio_publications,
        studio_versions,
        corrections,
        people,
    ):
        api.register_blueprint(module.blueprint)
    app.extensions["parley-api"] = api


def _describe_id(_: IdConverter) -> dict[str, object]:
    return {"type": "string", "minLength": 1, "maxLength": 120}
