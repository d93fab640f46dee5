"""Who may enter where: the public list, roles by endpoint, portfolios, and what tokens are worth."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from bot.web.access import PUBLIC_ENDPOINTS
from tests.integration.web.conftest import Browser, Program
from tests.integration.web.standins import StandInServices

#: Addresses that programs and bookmarks rely on; taking one away is a decision, not an accident.
ADDRESSES = {
    "/",
    "/api/v1/accounts",
    "/api/v1/accounts/<id:account_id>",
    "/api/v1/accounts/<id:account_id>/brief",
    "/api/v1/assignments",
    "/api/v1/assignments/<id:assignment_id>",
    "/api/v1/assignments/all",
    "/api/v1/calls",
    "/api/v1/calls/<id:call_id>",
    "/api/v1/calls/<id:call_id>/close",
    "/api/v1/calls/<id:call_id>/escalation",
    "/api/v1/calls/<id:call_id>/stream",
    "/api/v1/calls/<id:call_id>/turns",
    "/api/v1/calls/<id:call_id>/turns/<id:turn_id>/feedback",
    "/api/v1/coach",
    "/api/v1/corrections",
    "/api/v1/corrections/<id:correction_id>/acceptance",
    "/api/v1/corrections/<id:correction_id>/dismissal",
    "/api/v1/me",
    "/api/v1/openapi.json",
    "/api/v1/progress",
    "/api/v1/rehearsals",
    "/api/v1/rehearsals/<id:rehearsal_id>",
    "/api/v1/rehearsals/<id:rehearsal_id>/finish",
    "/api/v1/rehearsals/<id:rehearsal_id>/hints",
    "/api/v1/rehearsals/<id:rehearsal_id>/result",
    "/api/v1/rehearsals/<id:rehearsal_id>/rewind",
    "/api/v1/rehearsals/<id:rehearsal_id>/sharing",
    "/api/v1/rehearsals/<id:rehearsal_id>/turns",
    "/api/v1/scenarios",
    "/api/v1/scenarios/<id:scenario_id>",
    "/api/v1/studio/checks",
    "/api/v1/studio/difficulty",
    "/api/v1/studio/documents",
    "/api/v1/studio/documents/<id:kind>/<id:slug>/difference",
    "/api/v1/studio/documents/<id:kind>/<id:slug>/versions",
    "/api/v1/studio/documents/<id:kind>/<id:slug>/versions/<id:number>",
    "/api/v1/studio/documents/<id:kind>/<id:slug>/versions/<id:number>/draft",
    "/api/v1/studio/drafts",
    "/api/v1/studio/drafts/<id:draft_id>",
    "/api/v1/studio/drafts/<id:draft_id>/advice",
    "/api/v1/studio/drafts/<id:draft_id>/lines",
    "/api/v1/studio/drafts/<id:draft_id>/plays",
    "/api/v1/studio/drafts/<id:draft_id>/restoration",
    "/api/v1/studio/drafts/<id:draft_id>/revisions",
    "/api/v1/studio/drafts/<id:draft_id>/trial",
    "/api/v1/studio/export",
    "/api/v1/studio/forms/<id:kind>",
    "/api/v1/studio/import",
    "/api/v1/studio/publications",
    "/api/v1/studio/publications/<id:publication_id>",
    "/api/v1/studio/publications/<id:publication_id>/cancellation",
    "/api/v1/studio/publications/<id:publication_id>/roll-back",
    "/api/v1/studio/transcripts/disguise",
    "/api/v1/studio/transcripts/proposal",
    "/api/v1/studio/transcripts/turning-points",
    "/api/v1/tokens",
    "/assignments",
    "/assignments/<id:assignment_id>/withdrawal",
    "/calls/new",
    "/coach",
    "/corrections",
    "/corrections/<id:correction_id>/acceptance",
    "/corrections/<id:correction_id>/dismissal",
    "/crm/<id:account_id>",
    "/healthz",
    "/metrics",
    "/progress",
    "/progress/people/<id:user_id>",
    "/readyz",
    "/rehearse",
    "/rehearse/<id:rehearsal_id>",
    "/rehearse/<id:rehearsal_id>/debrief",
    "/rehearse/<id:rehearsal_id>/debrief.json",
    "/rehearse/<id:rehearsal_id>/debrief.pdf",
    "/rehearse/<id:rehearsal_id>/deletion",
    "/rehearse/<id:rehearsal_id>/finish",
    "/rehearse/<id:rehearsal_id>/hints",
    "/rehearse/<id:rehearsal_id>/rewind",
    "/rehearse/<id:rehearsal_id>/sharing",
    "/rehearse/<id:rehearsal_id>/turns",
    "/rehearse/<id:rehearsal_id>/turns/<id:turn_id>/misheard",
    "/rehearse/scenarios/<id:scenario_id>",
    "/rehearse/suggestion",
    "/sign-in",
    "/sign-out",
    "/static/<path:filename>",
    "/studio",
    "/studio/new",
    "/studio/import",
    "/studio/<kind:kind>/<id:slug>",
    "/studio/<kind:kind>/<id:slug>/discard",
    "/studio/<kind:kind>/<id:slug>/versions",
    "/studio/<kind:kind>/<id:slug>/versions/difference",
    "/studio/<kind:kind>/<id:slug>/versions/<int:number>/draft",
    "/studio/from-call",
    "/studio/from-call/names",
    "/studio/from-call/turning-points",
    "/studio/from-call/draft",
    "/studio/publications",
    "/studio/publications/new",
    "/studio/publications/<id:publication_id>",
    "/studio/publications/<id:publication_id>/cancellation",
    "/studio/publications/<id:publication_id>/override",
    "/studio/publications/<id:publication_id>/roll-back",
    "/studio/difficulty",
    "/supervisor",
    "/supervisor/escalations/<id:escalation_id>/acknowledgement",
}

PUBLIC = {
    "/api/v1/openapi.json",
    "/healthz",
    "/metrics",
    "/readyz",
    "/sign-in",
    "/static/<path:filename>",
}

EVERYBODY = {"amina": 200, "tara": 200, "sam": 200, "ada": 200}
REVIEWERS = {"amina": 403, "tara": 200, "sam": 403, "ada": 200}
TRAINERS = {"amina": 403, "tara": 200, "sam": 403, "ada": 403}
OVERSEERS = {"amina": 403, "tara": 403, "sam": 200, "ada": 200}

MATRIX = {
    "/": EVERYBODY,
    "/calls/new?account=acc_bakery": EVERYBODY,
    "/crm/acc_bakery": EVERYBODY,
    "/coach": EVERYBODY,
    "/supervisor": OVERSEERS,
    "/corrections": REVIEWERS,
    "/api/v1/corrections": REVIEWERS,
    "/api/v1/accounts": EVERYBODY,
    "/api/v1/accounts/acc_bakery": EVERYBODY,
    "/api/v1/accounts/acc_bakery/brief": EVERYBODY,
    "/api/v1/me": EVERYBODY,
    "/api/v1/scenarios": EVERYBODY,
    "/api/v1/rehearsals": EVERYBODY,
    "/api/v1/progress": EVERYBODY,
    "/api/v1/progress?user_id=usr_ben": {"amina": 404, "tara": 200, "sam": 404, "ada": 404},
    "/api/v1/assignments": EVERYBODY,
    "/api/v1/assignments/all": TRAINERS,
    "/api/v1/accounts/acc_farm": {"amina": 404, "ben": 200, "tara": 200, "sam": 200, "ada": 200},
    "/rehearse": EVERYBODY,
    "/progress": EVERYBODY,
    "/progress/people/usr_ben": {"amina": 404, "tara": 200, "sam": 404, "ada": 404},
    "/assignments": TRAINERS,
    "/crm/acc_farm": {"amina": 404, "ben": 200, "sam": 200},
    "/calls/new?account=acc_farm": {"amina": 404, "ben": 200, "sam": 200},
}


def test_addresses_stay_what_they_were(app: Flask) -> None:
    assert {rule.rule for rule in app.url_map.iter_rules()} == ADDRESSES


def test_only_the_listed_addresses_are_public(app: Flask) -> None:
    found = {r.rule for r in app.url_map.iter_rules() if r.endpoint in PUBLIC_ENDPOINTS}

    assert found == PUBLIC


#: Parts of an address that are not any word.
KNOWN_PARTS = {"kind": "scenario", "number": 1}


def test_every_other_address_asks_who_it_is(app: Flask) -> None:
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if rule.rule in PUBLIC:
            continue
        path = rule.build({**dict.fromkeys(rule.arguments, "x"), **KNOWN_PARTS})[1]
        for method in sorted(rule.methods & {"GET", "POST"}):
            answer = client.open(path, method=method, json={} if method == "POST" else None)
            expected = 401 if path.startswith("/api/") else 302
            assert answer.status_code == expected, (method, path)


@pytest.mark.parametrize(
    ("path", "name", "expected"),
    [(path, name, status) for path, row in MATRIX.items() for name, status in row.items()],
)
def test_roles_and_portfolios_decide(
    signed_in: Callable[[str], Browser], path: str, name: str, expected: int
) -> None:
    assert signed_in(name).get(path).status_code == expected


def test_acknowledging_a_hand_over_is_for_supervisors(
    signed_in: Callable[[str], Browser], services: StandInServices
) -> None:
    path = "/supervisor/escalations/esc_1/acknowledgement"

    assert signed_in("amina").submit(path).status_code == 403
    assert services.calls.acknowledged == []
    assert signed_in("sam").submit(path).status_code == 303
    assert services.calls.acknowledged == ["esc_1"]


@pytest.mark.parametrize("path", ["", "/turns", "/stream", "/close", "/escalation"])
def test_another_collectors_call_looks_like_none(
    program: Callable[[str], Program], call: str, path: str
) -> None:
    ben = program("ben")
    body = {"speaker": "client", "text": "hello"} if path == "/turns" else {}
    answer = (
        ben.get(f"/calls/{call}{path}")
        if path in ("", "/stream")
        else ben.post(f"/calls/{call}{path}", body)
    )

    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.json["code"] == "not-found"


def test_an_unknown_account_and_one_of_others_look_alike(amina: Program) -> None:
    unknown, of_others = amina.get("/accounts/acc_none"), amina.get("/accounts/acc_farm")

    assert unknown.status_code == of_others.status_code == 404
    assert unknown.json["detail"] == of_others.json["detail"]


def test_an_expired_token_is_told_so(amina: Program, services: StandInServices) -> None:
    services.clock.move(days=31)
    answer = amina.get("/me")

    assert answer.status_code == 401
    assert answer.json["code"] == "token-invalid"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_bad_token_is_not_rescued_by_a_good_cookie(signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in("amina")

    assert browser.get("/api/v1/me").status_code == 200
    answer = browser.get("/api/v1/me", headers={"Authorization": "Bearer parley_wrong"})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "header", ["Bearer", "Basic YTpi", "Bearer \u00e9", "bearer panel_x.y", "Bearer panel_"]
)
def test_an_authorization_that_means_nothing_is_refused(app: Flask, header: str) -> None:
    answer = app.test_client().get("/api/v1/me", headers={"Authorization": header})

    assert answer.status_code == 401


def test_a_panel_token_opens_its_call_and_nothing_else(
    app: Flask, amina: Program, call: str, services: StandInServices
) -> None:
    other = amina.post("/calls", {"account_id": "acc_bakery"}).json["id"]
    made = amina.post("/tokens", {"call_id": call, "origin": "https://crm.example.com"})
    assert made.status_code == 201
    panel = Program(app, made.json["token"])

    assert panel.get(f"/calls/{call}").status_code == 200
    assert panel.get(f"/calls/{call}", Origin="https://crm.example.com").status_code == 200
    assert panel.get(f"/calls/{call}", Origin="https://evil.example.com").status_code == 403
    assert panel.get(f"/calls/{other}").status_code == 403
    assert panel.post("/calls", {"account_id": "acc_bakery"}).status_code == 403
    assert panel.get("/accounts").status_code == 403
    assert panel.get("/corrections").status_code == 403
    assert panel.get("/accounts/acc_other").status_code == 403
    assert panel.get("/accounts/acc_other/brief").status_code == 403
    assert panel.get("/accounts/acc_bakery").status_code == 200
    assert panel.post("/tokens").status_code == 403
    assert panel.client.get("/", headers=panel.headers).status_code == 403

    services.clock.move(minutes=31)
    late = panel.get(f"/calls/{call}")
    assert (late.status_code, late.json["code"]) == (401, "token-expired")


def test_a_panel_token_for_a_call_of_others_is_not_made(
    program: Callable[[str], Program], call: str
) -> None:
    assert program("ben").post("/tokens", {"call_id": call}).status_code == 404


def test_a_panel_token_dies_with_its_user(
    app: Flask, amina: Program, services: StandInServices
) -> None:
    panel = Program(app, amina.post("/tokens").json["token"])
    assert panel.get("/me").status_code == 200

    services.work.users.change("usr_amina", active=False)
    assert panel.get("/me").status_code == 401
