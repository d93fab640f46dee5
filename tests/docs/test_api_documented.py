"""Every route is documented: operations by name, pages and probes by address."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.docs.pages import every_page, read
from tools.make_docs import application

REFERENCE = read("docs/reference/api.md")


@pytest.fixture(scope="module")
def app() -> Any:
    return application()


def test_every_operation_has_a_heading_and_no_other_has(app: Any) -> None:
    paths = app.extensions["parley-api"].spec.to_dict()["paths"]
    expected = {
        f"{method.upper()} {path}"
        for path, item in paths.items()
        for method in item
        if method != "parameters"
    }
    assert set(re.findall(r"^### `([A-Z]+ /[^`]+)`$", REFERENCE, re.M)) == expected


def test_every_route_of_the_application_is_named(app: Any) -> None:
    for rule in app.url_map.iter_rules():
        plain = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        named = (
            f"`{rule.rule}`" in REFERENCE
            or f" {rule.rule}`" in REFERENCE
            or f" {plain}`" in REFERENCE
        )
        assert named, rule.rule


def test_every_schema_that_is_referred_to_is_there(app: Any) -> None:
    names = set(app.extensions["parley-api"].spec.to_dict()["components"]["schemas"]) - {
        "PaginationMetadata"
    }
    assert set(re.findall(r"^### ([A-Z]\w+)$", REFERENCE, re.M)) == names


def test_no_page_names_an_operation_that_does_not_exist(app: Any) -> None:
    known = set(re.findall(r"`[A-Z]+ (/api/v1/[^`]+)`", REFERENCE))
    for page in every_page():
        for path in re.findall(
            r"`(?:GET|POST|PUT|DELETE) (/api/v1/[^`]+)`", page.read_text("utf-8")
        ):
            assert path in known, f"{page.name}: {path}"


def test_metrics_in_the_table_are_those_that_are_counted(app: Any) -> None:
    registry = app.extensions["parley-metrics"].registry
    names = {metric.name for metric in registry.collect()}
    named = {name.removesuffix("_total") for name in re.findall(r"`(parley_\w+)`", REFERENCE)}
    assert named == names
