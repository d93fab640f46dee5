"""The OpenAPI document: every operation is in it, and it describes what really happens."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.integration.web.conftest import Program

CHECKS = (
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)


@pytest.fixture
def document(app: Flask) -> dict[str, Any]:
    return dict(app.test_client().get("/api/v1/openapi.json").json)


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in ("get", "post", "put", "delete")
    ]


def test_every_address_of_the_interface_is_described(app: Flask, document: dict[str, Any]) -> None:
    served = {
        (method.lower(), rule.rule.replace("<id:", "{").replace(">", "}"))
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1/") and rule.endpoint != "api-docs.openapi_json"
    }

    assert {(method, path) for method, path, _ in operations(document)} == served


def test_every_operation_has_a_name_a_summary_and_its_problems(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]

    assert len(names) == len(set(names))
    for _, path, operation in operations(document):
        assert operation["summary"], path
        assert {"401", "429", "503"} <= set(operation["responses"]), path


def test_problems_are_problem_documents_with_an_example(document: dict[str, Any]) -> None:
    response = document["components"]["responses"]["NOT_FOUND"]
    schema = document["components"]["schemas"]["Problem"]

    assert list(response["content"]) == ["application/problem+json"]
    assert {"title", "status", "code", "detail", "request_id"} <= set(schema["required"])
    assert "example" in schema["properties"]["code"] or "examples" in schema["properties"]["code"]


def test_ways_to_say_who_one_is_are_described(document: dict[str, Any]) -> None:
    assert set(document["components"]["securitySchemes"]) == {"token", "session", "csrf"}
    assert document["security"] == [{"token": []}, {"session": [], "csrf": []}]


def test_made_up_requests_get_only_answers_that_are_described(
    app: Flask, amina: Program, call: str
) -> None:
    amina.post(f"/calls/{call}/close")
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path.endswith("/stream"):
            continue  # endless by nature; test_stream has its rules

        @given(case=operation.as_strategy())
        @hypothesis_settings(
            max_examples=15,
            database=None,
            deadline=None,
            derandomize=True,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        )
        def check(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=amina.headers, checks=CHECKS)

        check()
