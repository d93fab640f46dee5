"""The studio's part of the interface: what is sent and answered, who may, and what the second of two is told."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from werkzeug.test import TestResponse

from tests.integration.web.conftest import Browser, Program
from tests.integration.web.standins import StandInServices
from tests.integration.web.test_openapi import CHECKS
from tests.studio_fakes import CAFE, CAFE_TEXT, COOK

DRAFTS = "/studio/drafts"
OF_CAFE = "/studio/documents/scenario/cash-flow-cafe"


class Trainer(Program):
    """A program of a trainer, which also changes and deletes."""

    def put(self, path: str, document: Any) -> TestResponse:
        return self.client.put(f"/api/v1{path}", json=document, headers=self.headers)

    def delete(self, path: str) -> TestResponse:
        return self.client.delete(f"/api/v1{path}", headers=self.headers)

    def upload(self, raw: bytes, name: str = "pack.zip") -> TestResponse:
        return self.client.post(
            "/api/v1/studio/import",
            data={"file": (io.BytesIO(raw), name)},
            headers=self.headers,
            content_type="multipart/form-data",
        )

    def opened(self, name: str = "cash-flow-cafe") -> dict[str, Any]:
        return dict(self.post(DRAFTS, {"open": name}).json)


@pytest.fixture
def enter(app: Flask, services: StandInServices) -> Callable[[str], Trainer]:
    return lambda name: Trainer(app, services.people.issue_token(name))


@pytest.fixture
def tara(enter: Callable[[str], Trainer]) -> Trainer:
    return enter("tara")


@pytest.fixture
def ada(enter: Callable[[str], Trainer]) -> Trainer:
    return enter("ada")


def test_documents_are_listed_by_kind(tara: Trainer) -> None:
    found = tara.get("/studio/documents").json["documents"]
    scenarios = tara.get("/studio/documents?kind=scenario").json["documents"]

    assert len(found) == 5
    assert [one["name"] for one in scenarios] == ["scenario:cash-flow-cafe"]
    assert tara.get("/studio/documents?kind=poem").status_code == 422


def test_a_form_is_described(tara: Trainer) -> None:
    assert tara.get("/studio/forms/scenario").json["kind"] == "scenario"
    assert tara.get("/studio/forms/poem").status_code == 422
    assert tara.get("/studio/forms/house?slug=..").status_code == 422


def test_a_draft_is_begun_saved_read_and_discarded(tara: Trainer) -> None:
    begun = tara.post(DRAFTS, {"kind": "scenario", "slug": "late-fee", "title": "The late fee"})
    assert begun.status_code == 201
    address = begun.headers["Location"].removeprefix("/api/v1")
    saved = tara.put(address, {"revision": 1, "text": "id: late-fee\nwrong\n"})
    of_form = tara.put(address, {"revision": 2, "data": {"title": "Late"}})

    assert (saved.status_code, saved.json["revision"]) == (200, 2)
    assert [fault["line"] for fault in saved.json["faults"]] == [2]
    assert of_form.json["text"] == "id: late-fee\nwrong\ntitle: Late\n"
    assert tara.get(address).json == of_form.json
    assert tara.delete(f"{address}?revision=2").status_code == 409
    assert tara.delete(f"{address}?revision=3").status_code == 204
    assert tara.get(address).status_code == 404


def test_scenarios_are_begun_and_saved_by_their_fixed_names(tara: Trainer) -> None:
    begun = tara.post("/scenarios", {"slug": "late-fee", "title": "The late fee"})
    saved = tara.put("/scenarios/late-fee", {"revision": 1, "text": "id: late-fee\n"})
    of_file = tara.put("/scenarios/cash-flow-cafe", {"revision": 1, "data": {"minutes": 9}})

    assert (begun.status_code, begun.json["name"]) == (201, "scenario:late-fee")
    assert (saved.status_code, saved.json["revision"]) == (200, 2)
    assert of_file.json["text"] == CAFE_TEXT + "minutes: 9\n"
    assert tara.put("/scenarios/none", {"revision": 1, "text": "x"}).status_code == 404


def test_the_second_of_two_trainers_is_told_with_what_the_first_saved(
    tara: Trainer, ada: Trainer
) -> None:
    draft = tara.opened()
    assert ada.opened()["id"] == draft["id"]
    address = f"{DRAFTS}/{draft['id']}"
    tara.put(address, {"revision": 1, "text": "id: tara's\n"})
    told = ada.put(address, {"revision": 1, "text": "id: ada's\n"})

    assert (told.status_code, told.json["code"]) == (409, "draft-changed")
    assert told.mimetype == "application/problem+json"
    assert told.json["current"] == {
        "id": draft["id"],
        "revision": 2,
        "text": "id: tara's\n",
        "edited_by": "Tara",
        "edited_at": "2026-03-10T09:00:00+00:00",
    }
    assert "Tara has saved" in told.json["detail"]
    assert tara.get(address).json["text"] == "id: tara's\n"
    assert ada.put(address, {"revision": 2, "text": "id: ada's\n"}).json["revision"] == 3


def test_revisions_are_listed_and_come_back(tara: Trainer) -> None:
    address = f"{DRAFTS}/{tara.opened()['id']}"
    tara.put(address, {"revision": 1, "text": "id: x\n"})
    listed = tara.get(f"{address}/revisions").json["revisions"]
    back = tara.post(f"{address}/restoration", {"revision": 2, "to_revision": 1})

    assert [one["revision"] for one in listed] == [2, 1]
    assert (back.json["revision"], back.json["text"]) == (3, CAFE_TEXT)


def test_a_check_stores_nothing(tara: Trainer) -> None:
    told = tara.post("/studio/checks", {"name": "cash-flow-cafe", "text": "wrong\n"})

    assert told.json["faults"][0]["field"] == "account.0.total"
    assert tara.get("/studio/documents?kind=scenario").json["documents"][0]["draft_id"] is None


@pytest.mark.parametrize(
    ("document", "status", "field"),
    [
        ({}, 422, "kind"),
        ({"kind": "scenario"}, 422, "slug"),
        ({"kind": "poem", "slug": "x"}, 422, "kind"),
        ({"kind": "playbook", "slug": "x"}, 422, "kind"),
        ({"kind": "scenario", "slug": "Bad Slug"}, 422, "slug"),
        ({"kind": "scenario", "slug": "../x"}, 422, "slug"),
        ({"kind": "scenario", "slug": "cash-flow-cafe"}, 409, "slug"),
        ({"kind": "scenario", "slug": "x", "text": "a\x00"}, 422, "text"),
        ({"kind": "scenario", "slug": "x", "text": "a\ud800"}, 422, "text"),
        ({"kind": "scenario", "slug": "x", "text": "a" * 1_000_001}, 413, "text"),
        ({"kind": "scenario", "slug": "x", "colour": "red"}, 422, "colour"),
        ({"open": "scenario:none"}, 404, None),
        ({"open": "poem:x"}, 422, "kind"),
        ({"open": "cash-flow-cafe", "kind": "scenario"}, 422, "kind"),
    ],
)
def test_a_bad_wish_is_told_by_field(
    tara: Trainer, document: dict[str, Any], status: int, field: str | None
) -> None:
    answer = tara.post(DRAFTS, document)

    assert answer.status_code == status
    assert [error["field"] for error in answer.json.get("errors", [])][:1] == (
        [field] if field else []
    )


def test_a_whole_document_fits_and_five_megabytes_do_not(tara: Trainer) -> None:
    address = f"{DRAFTS}/{tara.opened()['id']}"
    whole = tara.put(address, {"revision": 1, "text": "# long\n" * 140_000})
    too_large = tara.put(address, {"revision": 2, "text": "x" * 5_000_000})

    assert whole.status_code == 200
    assert (too_large.status_code, too_large.json["code"]) == (413, "too-large")
    assert tara.get(address).json["revision"] == 2
    assert tara.post("/coach", {"text": "x" * 300_000}).status_code == 413


def test_versions_differences_and_drafts_of_versions(tara: Trainer) -> None:
    draft = tara.opened()
    tara.put(f"{DRAFTS}/{draft['id']}", {"revision": 1, "text": CAFE_TEXT + "minutes: 8\n"})

    assert [v["number"] for v in tara.get(f"{OF_CAFE}/versions").json["versions"]] == [0]
    assert tara.get(f"{OF_CAFE}/versions/0").json["text"] == CAFE_TEXT
    shown = tara.get(f"{OF_CAFE}/difference?old=0&new=draft").json
    assert [x["text"] for x in shown["lines"] if x["kind"] == "added"] == ["minutes: 8"]
    back = tara.post(f"{OF_CAFE}/versions/0/draft")
    assert (back.status_code, back.json["text"], back.json["revision"]) == (201, CAFE_TEXT, 3)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{OF_CAFE}/versions/1", 404),
        (f"{OF_CAFE}/versions/x", 404),
        (f"{OF_CAFE}/versions/{'9' * 100}", 404),
        (f"{OF_CAFE}/difference", 422),
        (f"{OF_CAFE}/difference?old=-1", 422),
        ("/studio/documents/poem/x/versions", 422),
        ("/studio/documents/scenario/none/versions", 404),
        ("/studio/documents/scenario/..%2fx/versions", 404),
        ("/studio/drafts/drf_none", 404),
        ("/studio/export", 422),
        ("/studio/export?name=none", 404),
        ("/studio/publications/pub_none", 404),
    ],
)
def test_what_is_not_there_is_told(tara: Trainer, path: str, status: int) -> None:
    assert tara.get(path).status_code == status


def test_one_document_is_exported_as_yaml_and_several_as_a_pack(
    tara: Trainer, services: StandInServices
) -> None:
    one = tara.get("/studio/export?name=cash-flow-cafe")
    pack = tara.get("/studio/export?name=cash-flow-cafe&name=playbook:stalling")

    assert (one.mimetype, one.data) == ("application/yaml", CAFE_TEXT.encode())
    assert "cash-flow-cafe.yml" in one.headers["Content-Disposition"]
    assert pack.mimetype == "application/zip"
    assert COOK in services.studio_room.desk.unpack("x.zip", pack.data)
    assert tara.get("/studio/export?name=cash-flow-cafe&name=playbook:stalling").data == pack.data


def test_an_import_makes_drafts_or_tells_every_fault(
    tara: Trainer, services: StandInServices
) -> None:
    desk = services.studio_room.desk
    refused = tara.upload(desk.pack({CAFE: "id: x\nwrong\nwrong\n", COOK: "id: better\n"}))
    made = tara.upload(desk.pack({CAFE: "id: x\n", COOK: desk.files[COOK]}))

    assert (refused.status_code, refused.json["code"]) == (422, "content")
    assert [(e["line"], e["field"]) for e in refused.json["errors"]] == [
        (2, "account.0.total"),
        (3, "account.0.total"),
    ]
    assert all(error["remedy"] and error["file"] for error in refused.json["errors"])
    assert made.status_code == 201
    assert [d["text"] for d in made.json["drafts"]] == ["id: x\n"]
    assert made.json["unchanged"] == ["persona:weary-cafe-owner"]
    assert tara.upload(b"x" * 6_000_000).status_code == 413
    assert tara.post("/studio/import", {"file": "x"}).status_code == 422


def test_a_browser_sends_a_file_with_its_proof(
    signed_in: Callable[[str], Browser], services: StandInServices
) -> None:
    browser = signed_in("tara")
    raw = services.studio_room.desk.pack({CAFE: "id: x\n"})

    def send(**headers: str) -> TestResponse:
        return browser.client.post(
            "/api/v1/studio/import",
            data={"file": (io.BytesIO(raw), "x.zip")},
            headers=headers,
            content_type="multipart/form-data",
        )

    assert send().status_code == 400
    assert send(**{"X-CSRF-Token": browser.proof()}).status_code == 201


def test_drafts_are_published_listed_and_cancelled(tara: Trainer) -> None:
    draft = tara.opened()
    address = f"{DRAFTS}/{draft['id']}"
    tara.put(address, {"revision": 1, "text": "id: better\n"})
    moved = tara.post(
        "/studio/publications", {"drafts": [{"id": draft["id"], "revision": 1}], "note": "why"}
    )
    asked = tara.post(
        "/studio/publications", {"drafts": [{"id": draft["id"], "revision": 2}], "note": "why"}
    )
    again = tara.post(
        "/studio/publications", {"drafts": [{"id": draft["id"], "revision": 2}], "note": "why"}
    )

    assert (moved.status_code, moved.json["code"]) == (409, "draft-changed")
    assert (asked.status_code, asked.json["status"]) == (201, "queued")
    assert (again.status_code, again.json["code"]) == (409, "conflict")
    one = asked.headers["Location"].removeprefix("/api/v1")
    assert tara.get(one).json["documents"][0]["name"] == "scenario:cash-flow-cafe"
    assert len(tara.get("/studio/publications").json["publications"]) == 1
    assert tara.post(f"{one}/cancellation").json["status"] == "cancelled"
    assert tara.post(f"{one}/cancellation").status_code == 409
    assert tara.post(f"{one}/roll-back").status_code == 409


@pytest.mark.parametrize("name", ["amina", "sam"])
def test_nobody_else_works_in_the_studio(
    enter: Callable[[str], Trainer], tara: Trainer, name: str
) -> None:
    draft = f"{DRAFTS}/{tara.opened()['id']}"
    other = enter(name)

    for path in ("/studio/documents", "/studio/forms/scenario", draft, f"{draft}/revisions"):
        assert other.get(path).status_code == 403
    for path in (f"{OF_CAFE}/versions", "/studio/export?name=cash-flow-cafe", f"{draft}/lines"):
        assert other.get(path).status_code == 403
    for path in (DRAFTS, "/studio/checks", f"{draft}/trial", "/scenarios", "/studio/publications"):
        assert other.post(path).status_code == 403
    assert other.put(draft, {"revision": 1, "text": "x"}).status_code == 403
    assert other.delete(draft).status_code == 403
    assert other.upload(b"x").status_code == 403


def test_a_trainer_changes_no_house_rules(tara: Trainer, ada: Trainer) -> None:
    assert tara.post(DRAFTS, {"open": "house:limits"}).status_code == 403
    draft = ada.opened("house:limits")
    shown = tara.get(f"{DRAFTS}/{draft['id']}")

    assert (shown.status_code, shown.json["may_edit"]) == (200, False)
    answer = tara.put(f"{DRAFTS}/{draft['id']}", {"revision": 1, "text": "x"})
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")


def test_supervisors_see_how_hard_scenarios_prove_and_collectors_do_not(
    enter: Callable[[str], Trainer],
) -> None:
    for name in ("tara", "ada", "sam"):
        assert enter(name).get("/studio/difficulty").json == {"scenarios": []}
    assert enter("amina").get("/studio/difficulty").status_code == 403


def test_a_panel_reaches_nothing_of_the_studio(app: Flask, tara: Trainer) -> None:
    panel = Program(app, tara.post("/tokens").json["token"])

    assert panel.get("/studio/documents").status_code == 403
    assert panel.post("/scenarios", {"slug": "x"}).status_code == 403


def test_made_up_requests_of_a_trainer_get_only_answers_that_are_described(
    app: Flask, tara: Trainer
) -> None:
    tara.opened()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    for found in schema.get_all_operations():
        operation = found.ok()
        is_ours = "/studio/" in operation.path or operation.path.startswith("/api/v1/scenarios")
        if not is_ours or any(part in operation.path for part in _NEED_EARS):
            continue

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
            case.call_and_validate(headers=tara.headers, checks=CHECKS)

        check()


#: What asks the recogniser has its tests where there is one.
_NEED_EARS = ("/trial", "/plays", "/advice", "/lines", "/transcripts/")
