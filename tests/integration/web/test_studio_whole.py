"""The studio over the files that ship and a real ledger: every answer is the one that is described."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator

import bot
from bot.bootstrap import Services, build_services
from bot.content.demo_ledger import load_demo_ledger
from bot.db.engine import open_engine
from bot.db.migrate import upgrade
from bot.db.seed import seed
from bot.settings import Settings
from bot.web import create_app
from tests.fakes import ScriptedAssistant
from tests.integration.web.conftest import Program
from tests.integration.web.test_studio_api import Trainer
from tests.people_fakes import QUICK_HASHER, MovingClock
from tests.studio_trial_fakes import ScriptedEars

DATA = Path(bot.__file__).parents[1] / "data"


@dataclass
class House:
    """An installation with its own copy of the content files."""

    app: Flask
    services: Services
    data: Path
    tara: Trainer

    def checked(self, name: str, answer: Any, status: int = 200) -> dict[str, Any]:
        """The document of an answer, after it was compared with what the interface says of it."""
        assert answer.status_code == status, answer.text[:500]
        components = self.app.extensions["parley-api"].spec.to_dict()["components"]
        schema = {"$ref": f"#/components/schemas/{name}", "components": components}
        Draft202012Validator(schema).validate(answer.json)
        return dict(answer.json)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> House:
    tmp_path = tmp_path_factory.mktemp("studio")
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("nlu"))
    settings = Settings(home=str(tmp_path), secret="only for tests", content=str(data))
    clock = MovingClock()
    upgrade(settings.ledger_url)
    engine = open_engine(settings.ledger_url)
    password_hash = QUICK_HASHER.hash("a long winter evening")
    seed(engine, today=clock.today(), password_hash=password_hash, ledger=load_demo_ledger(DATA))
    services = build_services(
        settings, clock=clock, assistant=ScriptedAssistant(), ears=ScriptedEars()
    )
    services.people.add_user("tara", "Tara Holm", "trainer", "senior", "a long winter evening")
    app = create_app(services, settings)
    return House(app, services, data, Trainer(app, services.people.issue_token("tara")))


@pytest.fixture
def house(installation: House) -> Iterator[House]:
    """The installation, without drafts and publications of the tests before."""
    yield installation
    ada = _admin(installation)
    for one in ada.get("/studio/publications").json["publications"]:
        ada.post(f"/studio/publications/{one['id']}/cancellation")
    for one in ada.get("/studio/documents").json["documents"]:
        if one["draft_id"]:
            assert ada.delete(f"/studio/drafts/{one['draft_id']}").status_code == 204


def test_a_copy_of_a_scenario_is_edited_tried_and_exported(house: House) -> None:
    tara = house.tara
    wish = {"slug": "my-cafe", "title": "Another café", "copy_of": "cash-flow-cafe"}
    draft = house.checked("Draft", tara.post("/scenarios", wish), 201)
    address = f"/studio/drafts/{draft['id']}"
    data = {**draft["data"], "minutes": 9}
    saved = house.checked("Draft", tara.put(address, {"revision": 1, "data": data}))
    assert (saved["faults"], saved["data"]["minutes"]) == ([], 9)

    trial = {"turns": ["Hello, this is Tom. Is that Marta?", ""], "finish": True}
    played = house.checked("Trial", tara.post(f"{address}/trial", trial))
    assert len(played["turns"]) >= 4
    plays = house.checked("Plays", tara.post(f"{address}/plays", {}))
    assert [one["player"] for one in plays["players"]] == ["good", "middling", "poor"]
    house.checked("LineChecks", tara.get(f"{address}/lines"))
    house.checked("RevisionList", tara.get(f"{address}/revisions"))

    listed = house.checked("DocumentList", tara.get("/studio/documents"))["documents"]
    assert next(one for one in listed if one["slug"] == "my-cafe")["state"] == "new"
    file = tara.get("/studio/export?name=scenario:my-cafe").data
    tara.delete(address)
    made = house.checked("Import", tara.upload(file, "my-cafe.yml"), 201)
    again = tara.get("/studio/export?name=scenario:my-cafe").data
    assert [one["slug"] for one in made["drafts"]] == ["my-cafe"]
    assert again == file == saved["text"].encode()


def test_a_card_advises_as_its_draft_says(house: House) -> None:
    tara = house.tara
    draft = tara.opened("playbook:stalling")
    advised = tara.post(f"/studio/drafts/{draft['id']}/advice", {"text": "try me next week"})
    house.checked("TriedAdvice", advised)


def test_a_call_becomes_a_draft(house: House) -> None:
    tara = house.tara
    text = "Collector: Hello, is that Marta?\nClient: I have no money.\nCollector: I see.\n"
    shown = house.checked("Disguised", tara.post("/studio/transcripts/disguise", {"text": text}))
    turns = {"turns": shown["turns"]}
    house.checked("Located", tara.post("/studio/transcripts/turning-points", turns))
    wish = {**turns, "slug": "from-a-call", "title": "From a call"}
    wish["replacements"] = shown["replacements"]
    proposed = house.checked("Proposal", tara.post("/studio/transcripts/proposal", wish), 201)
    assert proposed["name"] == "scenario:from-a-call"
    assert tara.post("/studio/transcripts/disguise", {}).status_code == 422
    assert tara.post("/studio/transcripts/proposal", wish).status_code == 409


def test_a_publication_is_told_as_described(house: House) -> None:
    tara = house.tara
    draft = tara.opened()
    data = {**draft["data"], "minutes": 9}
    saved = tara.put(f"/studio/drafts/{draft['id']}", {"revision": 1, "data": data}).json
    wish = {"drafts": [{"id": saved["id"], "revision": saved["revision"]}], "note": "nine minutes"}
    house.checked("Publication", tara.post("/studio/publications", wish), 201)
    house.checked("PublicationList", tara.get("/studio/publications"))


def test_every_document_that_ships_goes_through_its_form_unchanged(house: House) -> None:
    ada = _admin(house)
    for one in house.checked("DocumentList", ada.get("/studio/documents"))["documents"]:
        draft = house.checked("Draft", ada.post("/studio/drafts", {"open": one["name"]}), 201)
        saved = ada.put(f"/studio/drafts/{draft['id']}", {"revision": 1, "data": draft["data"]})
        assert saved.json["revision"] == 1, one["name"]
        assert draft["faults"] == [], one["name"]
        assert not draft["changed_elsewhere"]
        form = ada.get(f"/studio/forms/{one['kind']}?slug={one['slug']}")
        house.checked("Form", form)
        house.checked("VersionList", ada.get(_of(one) + "/versions"))
        house.checked("VersionText", ada.get(_of(one) + "/versions/0"))
        house.checked("Difference", ada.get(_of(one) + "/difference?old=0"))


def test_everything_exported_and_taken_in_again_changes_nothing(house: House) -> None:
    ada = _admin(house)
    names = [one["name"] for one in ada.get("/studio/documents").json["documents"]]
    pack = ada.get("/studio/export?" + "&".join(f"name={name}" for name in names)).data
    made = ada.upload(pack).json

    assert (made["drafts"], sorted(made["unchanged"])) == ([], sorted(names))


def test_rehearsals_show_in_the_report_of_difficulty(house: House) -> None:
    begun = Program(house.app, house.services.people.issue_token("sam")).post(
        "/rehearsals", {"scenario_id": "cash-flow-cafe", "level": 2}
    )
    assert begun.status_code == 201
    [row] = house.checked("Difficulty", house.tara.get("/studio/difficulty"))["scenarios"]

    assert (row["scenario_id"], row["level"], row["attempts"], row["finished"]) == (
        "cash-flow-cafe",
        2,
        1,
        0,
    )
    assert row["few"]


def _admin(house: House) -> Trainer:
    return Trainer(house.app, house.services.people.issue_token("ada"))


def _of(one: dict[str, Any]) -> str:
    return f"/studio/documents/{one['kind']}/{one['slug']}"
