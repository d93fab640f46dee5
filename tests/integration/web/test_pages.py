"""The pages: what stands on them, the headers they carry, and that text stays text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

import bot.web
from bot.web import strings
from tests.integration.web.conftest import Browser
from tests.integration.web.standins import StandInCoach, StandInServices

WEB = Path(bot.web.__file__).parent


def test_every_answer_carries_the_headers_that_protect(app: Flask) -> None:
    client = app.test_client()
    for path in ("/sign-in", "/nothing", "/healthz", "/api/v1/me", "/static/pages/parley.css"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_no_page_has_script_or_style_of_its_own() -> None:
    for template in WEB.glob("templates/**/*.html"):
        text = template.read_text()
        assert not re.search(
            r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", text
        ), template


def test_static_files_are_kept_for_good_under_their_mark(
    signed_in: Callable[[str], Browser],
) -> None:
    browser = signed_in("amina")
    address = re.search(r'href="(/static/pages/parley\.css\?v=\w+)"', browser.get("/").text)
    assert address is not None

    assert "immutable" in browser.get(address[1]).headers["Cache-Control"]
    assert browser.get("/static/pages/parley.css").headers["Cache-Control"] == "no-cache"


def test_the_desk_puts_the_reason_beside_each_account(signed_in: Callable[[str], Browser]) -> None:
    page = signed_in("amina").get("/").text

    assert "Harbour Bakery Ltd" in page
    assert "£2,500.00" in page
    assert "Broke a promise of £500.00 for 9 Mar 2026" in page
    assert "Hill" not in page


def test_the_desk_finds_and_says_when_nothing_fits(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("sam")

    assert "1 account fits" in browser.get("/?q=hill").text
    assert "Nothing fits." in browser.get("/?q=zebra%00").text


def test_names_from_the_ledger_are_escaped(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("ben")
    for path in ("/", "/crm/acc_farm", "/calls/new?account=acc_farm"):
        page = browser.get(path).text
        assert "<b>Hill</b>" not in page
        assert "&lt;b&gt;Hill&lt;/b&gt; Farm &amp; Sons" in page


def test_preparing_leads_to_the_call_beside_the_clients_facts(
    signed_in: Callable[[str], Browser],
) -> None:
    browser = signed_in("amina")
    assert "May I speak to Ruth Mercer" in browser.get("/calls/new?account=acc_bakery").text

    begun = browser.submit("/calls/new", account="acc_bakery")
    assert begun.status_code == 303
    assert begun.headers["Location"] == "/crm/acc_bakery?call=call_1"
    page = browser.get(begun.headers["Location"]).text
    assert '<parley-panel account="acc_bakery" call="call_1"></parley-panel>' in page
    assert re.search(r'<script type="module" src="/static/widget/parley-panel.js', page)


@pytest.mark.parametrize(("who", "sees"), [("tara", True), ("amina", False)])
def test_a_trainer_goes_on_from_a_call_to_a_scenario_of_it(
    signed_in: Callable[[str], Browser], services: StandInServices, who: str, sees: bool
) -> None:
    browser = signed_in(who)
    begun = browser.submit("/calls/new", account="acc_bakery").headers["Location"]
    link = '<a href="/studio/from-call?call=call_1">Draft a scenario from this call</a>'

    assert (link in browser.get(begun).text) is sees
    assert ("of what was said so far" in browser.get(begun).text) is sees

    services.calls.calls["call_1"]["status"] = "closed"
    assert (link in browser.get(begun).text) is sees
    assert "of what was said so far" not in browser.get(begun).text


def test_a_call_is_shown_only_beside_its_own_client(
    signed_in: Callable[[str], Browser], services: StandInServices
) -> None:
    browser = signed_in("sam")
    browser.submit("/calls/new", account="acc_bakery")

    assert browser.get("/crm/acc_farm?call=call_1").status_code == 404


def test_the_supervisor_sees_calls_hand_overs_promises_and_disputes(
    signed_in: Callable[[str], Browser],
) -> None:
    page = signed_in("sam").get("/supervisor").text

    assert "abusive, rising" in page
    assert "<polyline" in page
    assert "vulnerability" in page
    assert "30 min" in page
    assert "£500.00" in page
    assert "37 days" in page


def test_acknowledging_is_said_back(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("sam")
    browser.submit("/supervisor/escalations/esc_1/acknowledgement")

    assert "The hand-over is acknowledged." in browser.get("/supervisor").text


def test_the_rehearsed_client_the_note_and_the_verdict_stand_apart_without_a_script(
    signed_in: Callable[[str], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = {"kind": "client", "name": "Dermot Keane", "mood": "angry", "words": "Sixty days!"}
    verdict = {"kind": "verdict", "page": "/rehearse/reh_1/debrief"}
    told = [
        {"text": "Dermot Keane (angry): “Sixty days!”", "custom": client},
        {"text": "You greeted.", "custom": {"kind": "note"}},
        {"text": "Score: 64 of 100.", "custom": verdict},
    ]
    monkeypatch.setattr(StandInCoach, "ask", lambda *_, **__: {"messages": told})

    page = signed_in("amina").submit("/coach", text="hello").text

    assert '<p class="said client"><b>Dermot Keane, angry</b><span>Sixty days!</span></p>' in page
    assert '<p class="said note"><b>Coach</b><span>You greeted.</span></p>' in page
    assert '<a href="/rehearse/reh_1/debrief">Open the debrief</a>' in page


def test_the_coach_answers_without_a_script(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("amina")

    assert "You asked: &lt;i&gt;" in browser.submit("/coach", text="<i>").text
    assert browser.submit("/coach", text="  ").status_code == 422
    assert browser.submit("/coach", text="x" * 2001).status_code == 422


def test_a_person_gets_a_page_for_an_error_and_a_program_a_document(browser: Browser) -> None:
    page, document = browser.get("/nothing"), browser.client.get("/nothing")

    assert page.mimetype == "text/html"
    assert page.headers["X-Request-ID"] in page.text
    assert document.mimetype == "application/problem+json"


def test_a_broken_ledger_gives_a_page_and_no_trace(
    signed_in: Callable[[str], Browser], services: StandInServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in("amina")

    def fail(user_id: str) -> None:
        raise RuntimeError("select * from secrets")

    monkeypatch.setattr(services.people, "user", fail)
    answer = browser.get("/")

    assert answer.status_code == 500
    assert "secrets" not in answer.text
    assert "Something went wrong on our side" in answer.text


def said_by_scripts(key: str) -> bool:
    """Whether the editor's scripts name a sentence, whole, counted, or with an end of their own making."""
    scripts = "\n".join(path.read_text() for path in (WEB / "static").rglob("studio_*.js"))
    found, name = re.findall(r"[\w.]+", scripts), key.removeprefix("studio.")
    made = re.findall(r"`([\w.]+[._])\$\{", scripts)
    words = {word.rpartition("strings.")[2] for word in found}
    is_named = name in words or name.rsplit(".", 1)[0] in words
    return key.startswith("studio.") and (is_named or name.startswith(tuple(made)))


def test_every_sentence_of_the_catalogue_is_used_and_every_one_used_is_there() -> None:
    sources = [*WEB.rglob("*.html"), *WEB.rglob("*.py")]
    text = "\n".join(path.read_text() for path in sources if not path.name.startswith("strings_of"))
    asked = set(re.findall(r'\bt(?:ext)?\(f?["\']([\w.-]+)["\']\s*[,)]', text))
    prefixes = set(re.findall(r'\bt(?:ext)?\(f?["\']([\w.]+\.)(?:["\'] ~|\{)', text))
    counted = set(re.findall(r'counted\(["\']([\w.]+)["\']', text))

    assert asked <= set(strings.CATALOGUE)
    assert all({f"{key}.one", f"{key}.many"} <= set(strings.CATALOGUE) for key in counted)
    quoted = set(re.findall(r'["\']([\w.-]+)["\']', text))
    unused = {
        key
        for key in strings.CATALOGUE
        if key not in quoted
        and key.rsplit(".", 1)[0] not in counted
        and not any(key.startswith(prefix) for prefix in prefixes)
        and not said_by_scripts(key)
    }
    assert unused == set()
