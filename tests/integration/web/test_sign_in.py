"""Signing in and out, the life of a session, and the proof that a form was ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from bot.settings import Settings
from tests.integration.web.conftest import Browser, an_app
from tests.integration.web.standins import PASSWORD, StandInServices


def test_the_right_password_leads_to_the_desk(browser: Browser) -> None:
    answer = browser.sign_in("amina")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"
    assert "Your desk" in browser.get("/").text


@pytest.mark.parametrize(("name", "password"), [("amina", "wrong"), ("nobody", PASSWORD)])
def test_the_refusal_does_not_say_what_was_wrong(
    browser: Browser, name: str, password: str
) -> None:
    answer = browser.sign_in(name, password)

    assert answer.status_code == 422
    assert "Name and password do not fit." in answer.text


def test_a_password_manager_finds_the_fields(browser: Browser) -> None:
    page = browser.get("/sign-in").text

    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("/crm/acc_bakery?call=call_1", "/crm/acc_bakery?call=call_1"),
        ("//evil.example.com/", "/"),
        ("/\\evil.example.com", "/"),
        ("https://evil.example.com/", "/"),
        ("/\tx", "/"),
        ("", "/"),
    ],
)
def test_the_sign_in_leads_only_to_pages_of_this_site(
    browser: Browser, asked: str, reached: str
) -> None:
    from urllib.parse import quote

    answer = browser.sign_in("amina", path=f"/sign-in?next={quote(asked)}")

    assert answer.headers["Location"] == reached


def test_a_page_that_needs_a_sign_in_is_reached_after_it(browser: Browser) -> None:
    asked = browser.get("/crm/acc_bakery")

    assert asked.status_code == 302
    assert asked.headers["Location"] == "/sign-in?next=/crm/acc_bakery"


def test_nothing_of_the_session_before_survives_the_sign_in(browser: Browser) -> None:
    with browser.client.session_transaction() as before:
        before["planted"] = "by somebody else"
        before["sid"] = "known"

    browser.sign_in("amina")

    with browser.client.session_transaction() as after:
        assert "planted" not in after
        assert after["sid"] != "known"


def test_the_cookie_is_kept_from_scripts_and_other_sites(browser: Browser) -> None:
    cookie = browser.sign_in("amina").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_behind_https_the_cookie_is_secure(services: StandInServices, settings: Settings) -> None:
    from dataclasses import replace

    browser = Browser(an_app(services, replace(settings, https="1")))
    page = browser.client.get("/sign-in", base_url="https://localhost")

    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-parley=")
    assert "Secure" in cookie
    assert "max-age" in page.headers["Strict-Transport-Security"]


def test_signing_out_makes_a_copied_cookie_worthless(
    app: Flask, signed_in: Callable[[str], Browser]
) -> None:
    browser = signed_in("amina")
    copied = browser.client.get_cookie("parley")
    assert copied is not None

    assert browser.submit("/sign-out").status_code == 302

    thief = app.test_client()
    thief.set_cookie("parley", copied.value)
    assert thief.get("/api/v1/me").status_code == 401


def test_an_idle_session_ends(
    signed_in: Callable[[str], Browser], services: StandInServices
) -> None:
    browser = signed_in("amina")
    services.clock.move(minutes=119)
    assert browser.get("/").status_code == 200
    services.clock.move(minutes=119)
    assert browser.get("/").status_code == 200
    services.clock.move(minutes=121)
    assert browser.get("/").status_code == 302


def test_a_busy_session_ends_too_in_the_end(
    signed_in: Callable[[str], Browser], services: StandInServices
) -> None:
    browser = signed_in("amina")
    for _ in range(10):
        assert browser.get("/").status_code == 200
        services.clock.move(minutes=60)
    services.clock.move(minutes=1)

    assert browser.get("/").status_code == 302


def test_a_changed_password_ends_the_sessions_of_the_old_one(
    signed_in: Callable[[str], Browser], services: StandInServices
) -> None:
    browser = signed_in("amina")
    services.work.users.change("usr_amina", password_hash="$argon2id$another")

    assert browser.get("/").status_code == 302


def test_somebody_switched_off_is_out_at_once(
    signed_in: Callable[[str], Browser], services: StandInServices
) -> None:
    browser = signed_in("amina")
    services.work.users.change("usr_amina", active=False)

    assert browser.get("/").status_code == 302


def test_signing_in_and_out_is_on_the_audit_trail(
    browser: Browser, services: StandInServices
) -> None:
    browser.sign_in("amina", "wrong")
    browser.sign_in("amina")
    browser.submit("/sign-out")

    assert services.audit.lines == [
        ("sign_in_refused", None),
        ("signed_in", "usr_amina"),
        ("signed_out", "usr_amina"),
    ]


def test_guessing_is_slowed_by_address_and_locks_nobody(
    services: StandInServices, settings: Settings
) -> None:
    from dataclasses import replace

    browser = Browser(an_app(services, replace(settings, sign_in_limit="3 per minute")))
    for _ in range(3):
        assert browser.sign_in("amina", "wrong").status_code == 422

    slowed = browser.sign_in("amina")
    assert slowed.status_code == 429
    assert int(slowed.headers["Retry-After"]) > 0

    elsewhere = Browser(browser.client.application)
    form = {"name": "amina", "password": PASSWORD, "csrf_token": elsewhere.proof()}
    other = elsewhere.client.post("/sign-in", data=form, environ_base={"REMOTE_ADDR": "10.1.1.1"})
    assert other.status_code == 302


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/calls/new", "/coach"])
def test_a_form_without_proof_is_refused(signed_in: Callable[[str], Browser], path: str) -> None:
    browser = signed_in("amina")
    answer = browser.client.post(path, data={"account": "acc_bakery", "text": "hello"})

    assert answer.status_code == 400
    assert answer.json["code"] == "csrf"


def test_a_cookie_alone_changes_nothing_through_the_interface(
    signed_in: Callable[[str], Browser],
) -> None:
    browser = signed_in("amina")
    without = browser.client.post("/api/v1/calls", json={"account_id": "acc_bakery"})
    with_proof = browser.send("/api/v1/calls", {"account_id": "acc_bakery"})

    assert (without.status_code, without.json["code"]) == (400, "csrf")
    assert with_proof.status_code == 201


def test_the_proof_of_one_session_is_none_in_another(signed_in: Callable[[str], Browser]) -> None:
    mine, theirs = signed_in("amina"), signed_in("ben")
    answer = mine.client.post(
        "/api/v1/calls", json={"account_id": "acc_bakery"}, headers={"X-CSRF-Token": theirs.proof()}
    )

    assert answer.status_code == 400
