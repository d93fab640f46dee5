"""The interface for programs: what it takes, what it answers, and what it refuses clearly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import structlog
from flask import Flask

from bot.core.errors import TooLargeError, UnavailableError
from bot.settings import Settings
from bot.web import logs
from tests.integration.web.conftest import Browser, Program, an_app
from tests.integration.web.standins import StandInServices


def said(text: str, **more: Any) -> dict[str, Any]:
    return {"speaker": "client", "text": text} | more


def test_a_call_goes_from_opening_to_summary(amina: Program, services: StandInServices) -> None:
    opened = amina.post("/calls", {"account_id": "acc_bakery"})
    assert opened.status_code == 201
    call = opened.json["id"]
    assert opened.headers["Location"] == f"/api/v1/calls/{call}"

    turn = amina.post(f"/calls/{call}/turns", said("try me again next week", segment_id="s1"))
    assert set(turn.json) == {"turn_id", "reading", "advice"}

    feedback = {"kind": "misheard", "labels": ["promise_to_pay"]}
    path = f"/calls/{call}/turns/{turn.json['turn_id']}/feedback"
    assert amina.post(path, feedback).status_code == 204
    assert services.calls.feedbacks == [("turn_1", "misheard", None, ("promise_to_pay",))]

    assert amina.post(f"/calls/{call}/escalation", {"note": "angry"}).json["note"] == "angry"
    closed = amina.post(f"/calls/{call}/close", {"confirmed": {"notes": "rang off"}})
    assert set(closed.json) == {"summary", "written"}
    assert amina.post(f"/calls/{call}/turns", said("hello?")).status_code == 409


def test_accounts_are_found_by_part_of_the_name(
    amina: Program, program: Callable[[str], Program]
) -> None:
    assert [row["id"] for row in amina.get("/accounts?q=bak").json["accounts"]] == ["acc_bakery"]
    assert amina.get("/accounts?q=hill").json["accounts"] == []
    assert len(program("sam").get("/accounts").json["accounts"]) == 2


def test_me_is_who_the_token_belongs_to(amina: Program) -> None:
    assert amina.get("/me").json["name"] == "amina"


def test_the_coach_answers(amina: Program) -> None:
    answer = amina.post("/coach", {"text": "what can I offer?"})

    assert answer.json["messages"][0]["text"] == "You asked: what can I offer?"


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "/EXTERNAL_x",
        "<script>alert(1)</script>",
        "💥 ما شاء الله 👩‍👩‍👧",
        "{{7*7}} '; drop table--",
        "a\nb\tc",
    ],
)
def test_text_is_only_ever_text(amina: Program, call: str, text: str) -> None:
    assert amina.post(f"/calls/{call}/turns", said(text)).status_code == 200

    assert amina.get(f"/calls/{call}").json["turns"][-1]["text"] == text


def test_control_characters_and_halves_of_characters_are_dropped(amina: Program, call: str) -> None:
    amina.post(f"/calls/{call}/turns", said("no\x00 wa\x1by\x7f\ud800"))

    assert amina.get(f"/calls/{call}").json["turns"][-1]["text"] == "no way"


def test_a_turn_of_200_kb_is_refused_clearly(amina: Program, call: str) -> None:
    answer = amina.post(f"/calls/{call}/turns", said("x" * 200_000))

    assert answer.status_code == 422
    assert answer.json["errors"] == [
        {"field": "text", "message": "At most 8,000 characters at a time."}
    ]


def test_a_body_of_more_than_256_kb_is_refused_clearly(amina: Program, call: str) -> None:
    answer = amina.post(f"/calls/{call}/turns", said("x" * 300_000))

    assert answer.status_code == 413
    assert answer.json["code"] == "too-large"


@pytest.mark.parametrize(
    ("field", "document"),
    [
        ("text", {"speaker": "client"}),
        ("text", said("")),
        ("text", said("  \x00 ")),
        ("text", said(7)),  # type: ignore[arg-type]  # that is the point
        ("speaker", {"text": "hello", "speaker": "coach"}),
        ("speaker", {"text": "hello"}),
        ("labels", said("hello", labels=["threaten"])),
        ("labels.0", said("hello", labels=["nonsense"])),
        ("at", said("hello", at="2026-03-10T09:00:00")),
        ("at", said("hello", at="0001-01-01T00:00:00+14:00")),
        ("txet", said("hello", txet="typo")),
        ("final", said("hello", final="perhaps")),
    ],
)
def test_a_turn_that_cannot_be_used_names_the_field(
    amina: Program, call: str, field: str, document: dict[str, Any]
) -> None:
    answer = amina.post(f"/calls/{call}/turns", document)

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert field in {fault["field"] for fault in answer.json["errors"]}


def test_a_turn_by_hand_needs_no_words(amina: Program, call: str) -> None:
    answer = amina.post(f"/calls/{call}/turns", said("", labels=["cash_flow"]))

    assert answer.status_code == 200
    assert answer.json["reading"]["flags"] == ["by_hand"]


@pytest.mark.parametrize(
    ("field", "confirmed"),
    [
        ("confirmed.promise", {"promise": "soon"}),
        ("confirmed.promise.due_on", {"promise": {"amount": "1"}}),
        ("confirmed.dispute.reason", {"dispute": {"invoice_number": "1", "reason": "mood"}}),
        ("confirmed.plan.schedule", {"plan": {"schedule": []}}),
        ("confirmed.bribe", {"bribe": {}}),
    ],
)
def test_what_cannot_be_confirmed_is_named_and_the_call_stays_open(
    amina: Program, call: str, field: str, confirmed: dict[str, Any]
) -> None:
    answer = amina.post(f"/calls/{call}/close", {"confirmed": confirmed})

    assert answer.status_code == 422
    assert field in {fault["field"] for fault in answer.json["errors"]}
    assert amina.get(f"/calls/{call}").json["status"] == "open"


def test_one_dispute_or_several_are_taken_alike(
    amina: Program, call: str, services: StandInServices
) -> None:
    dispute = {"invoice_number": "4417", "reason": "service_dispute"}
    amina.post(f"/calls/{call}/close", {"confirmed": {"dispute": dispute, "promise": None}})

    assert services.calls.confirmed == [{"dispute": [dispute], "promise": None}]


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b"\xff\xfe", b'"text"', b"[]", b"null"])
def test_a_body_that_is_no_object_is_refused(amina: Program, call: str, body: bytes) -> None:
    answer = amina.client.post(
        f"/api/v1/calls/{call}/turns",
        data=body,
        headers=amina.headers,
        content_type="application/json",
    )

    assert answer.status_code in (400, 422)
    assert answer.mimetype == "application/problem+json"


def test_a_form_is_not_json(amina: Program) -> None:
    answer = amina.client.post(
        "/api/v1/calls", data={"account_id": "acc_bakery"}, headers=amina.headers
    )

    assert (answer.status_code, answer.json["code"]) == (415, "unsupported-media-type")


def test_a_wrong_method_says_which_are_right(amina: Program) -> None:
    answer = amina.post("/me")

    assert (answer.status_code, answer.json["code"]) == (405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "path", ["/nothing", "/calls/a%00b", "/calls/a/b/c", "/accounts/" + "x" * 200]
)
def test_an_address_that_leads_nowhere_is_a_problem_document(amina: Program, path: str) -> None:
    answer = amina.get(path)

    assert (answer.status_code, answer.json["code"]) == (404, "not-found")


def test_every_answer_carries_its_request_number(amina: Program) -> None:
    given = amina.get("/me", **{"X-Request-ID": "crm-0001-abcd"})
    odd = amina.get("/nothing", **{"X-Request-ID": "line\tbreak"})

    assert given.headers["X-Request-ID"] == "crm-0001-abcd"
    assert odd.headers["X-Request-ID"] == odd.json["request_id"] != "line\tbreak"


def test_too_many_requests_are_slowed_for_that_user_only(
    services: StandInServices, settings: Settings
) -> None:
    app = an_app(services, replace(settings, rate_limit="3 per minute"))
    amina, ben = (Program(app, services.people.issue_token(name)) for name in ("amina", "ben"))
    for path in ("/me", "/accounts", "/me"):
        assert amina.get(path).status_code == 200

    slowed = amina.get("/accounts")
    assert (slowed.status_code, slowed.json["code"]) == (429, "too-many-requests")
    assert int(slowed.headers["Retry-After"]) > 0
    assert ben.get("/me").status_code == 200


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (UnavailableError("The records are busy at the moment."), 503, "unavailable"),
        (TooLargeError("Too many turns."), 413, "too-large"),
        (RuntimeError("client said: my card is 4111 1111 1111 1111"), 500, "internal-error"),
    ],
)
def test_a_fault_behind_the_interface_becomes_a_problem(
    amina: Program, call: str, services: StandInServices, fault: Exception, status: int, code: str
) -> None:
    services.calls.fault = fault
    answer = amina.get(f"/calls/{call}")

    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert "Traceback" not in answer.text
    assert "4111" not in answer.text


def test_no_word_of_a_client_reaches_the_log(
    amina: Program,
    call: str,
    services: StandInServices,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Whatever another test has told structlog, this logger writes every line to the screen.
    screen = structlog.wrap_logger(structlog.PrintLogger(), [structlog.processors.JSONRenderer()])
    monkeypatch.setattr(logs, "log", screen)
    amina.post(f"/calls/{call}/turns", said("zebra finances"))
    amina.get("/accounts?q=zebra")
    services.calls.fault = RuntimeError("zebra")
    amina.post(f"/calls/{call}/turns", said("zebra again"))

    written = "".join(capsys.readouterr())
    assert "request_failed" in written
    assert "zebra" not in written


def test_cross_origin_pages_are_answered_only_when_listed(
    services: StandInServices, settings: Settings
) -> None:
    app = an_app(services, replace(settings, embed_origins="https://crm.example.com"))
    client = app.test_client()
    ask = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }

    listed = client.options("/api/v1/calls", headers=ask | {"Origin": "https://crm.example.com"})
    other = client.options("/api/v1/calls", headers=ask | {"Origin": "https://evil.example.com"})

    assert listed.headers["Access-Control-Allow-Origin"] == "https://crm.example.com"
    assert "Authorization" in listed.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in listed.headers
    assert "Access-Control-Allow-Origin" not in other.headers


def test_a_browser_that_is_signed_in_may_use_the_interface(
    signed_in: Callable[[str], Browser],
) -> None:
    browser = signed_in("amina")

    assert browser.send("/api/v1/coach", {"text": "hello"}).status_code == 200


def test_hosts_that_are_not_trusted_are_refused(
    services: StandInServices, settings: Settings
) -> None:
    app: Flask = an_app(services, replace(settings, trusted_hosts="parley.example.com"))
    client = app.test_client()

    assert client.get("/healthz", headers={"Host": "evil.example.com"}).status_code == 400
    assert client.get("/healthz", headers={"Host": "parley.example.com"}).status_code == 200
