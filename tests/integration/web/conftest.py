"""The web application over stand-ins, and browsers that sign in the way people do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.settings import Settings
from bot.web import create_app
from tests.integration.web.standins import PASSWORD, StandInServices, some_services

HTML = {"Accept": "text/html"}


class Browser:
    """A client that keeps cookies and sends the page's proof with every form, as a browser does."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, headers=HTML | options.pop("headers", {}), **options)

    def proof(self) -> str:
        page = self.get("/sign-in", follow_redirects=True).text
        found = re.search(r'name="csrf-token" content="([^"]+)"', page)
        assert found is not None
        return found[1]

    def submit(self, path: str, **form: str) -> TestResponse:
        return self.client.post(path, data=form | {"csrf_token": self.proof()}, headers=HTML)

    def sign_in(self, name: str, password: str = PASSWORD, path: str = "/sign-in") -> TestResponse:
        return self.submit(path, name=name, password=password)

    def send(self, path: str, document: Any) -> TestResponse:
        return self.client.post(path, json=document, headers={"X-CSRF-Token": self.proof()})


class Program:
    """A client that carries a bearer token."""

    def __init__(self, app: Flask, token: str) -> None:
        self.client = app.test_client(use_cookies=False)
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(f"/api/v1{path}", headers=self.headers | headers)

    def post(self, path: str, document: Any = None, **headers: str) -> TestResponse:
        return self.client.post(
            f"/api/v1{path}", json=document or {}, headers=self.headers | headers
        )


@pytest.fixture
def services() -> StandInServices:
    return some_services()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=str(tmp_path), secret="only for tests", rate_limit="100000 per minute")


@pytest.fixture
def app(services: StandInServices, settings: Settings) -> Flask:
    return an_app(services, settings)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def signed_in(app: Flask) -> Callable[[str], Browser]:
    def enter(name: str) -> Browser:
        browser = Browser(app)
        assert browser.sign_in(name).status_code == 302
        return browser

    return enter


@pytest.fixture
def program(app: Flask, services: StandInServices) -> Callable[[str], Program]:
    return lambda name: Program(app, services.people.issue_token(name))


@pytest.fixture
def amina(program: Callable[[str], Program]) -> Program:
    return program("amina")


@pytest.fixture
def call(amina: Program) -> str:
    return str(amina.post("/calls", {"account_id": "acc_bakery"}).json["id"])


def an_app(services: StandInServices, settings: Settings) -> Flask:
    """The application as it is served, errors answered and not raised."""
    return create_app(services, settings)  # type: ignore[arg-type]  # stand-ins have the same shape
