"""The studio's list, a new document and the editor's page, as the server makes them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from bot.services.studio_ports import VersionRecord
from tests.integration.web.conftest import HTML, Browser
from tests.integration.web.standins import StandInServices
from tests.studio_fakes import ADA, CAFE, CAFE_TEXT, LAW, LIMITS, TARA

CAFE_PAGE = "/studio/scenario/cash-flow-cafe"


@pytest.fixture
def tara(signed_in: Callable[[str], Browser]) -> Browser:
    return signed_in("tara")


def handed(page: str, name: str) -> Any:
    """What the editor's page hands to its scripts."""
    found = re.search(rf'data-{name}="([^"]*)"', page)
    assert found is not None
    return json.loads(unescape(found[1]))


def titles(page: str) -> list[str]:
    """The documents in the list."""
    return re.findall(r'<th scope="row">([^<\n]+)', page)


def upload(browser: Browser, name: str, raw: bytes) -> Any:
    form = {"csrf_token": browser.proof(), "file": (io.BytesIO(raw), name)}
    return browser.client.post("/studio/import", data=form, headers=HTML)


# Who may


@pytest.mark.parametrize(
    ("who", "status"), [("amina", 403), ("sam", 403), ("tara", 200), ("ada", 200)]
)
def test_trainers_and_administrators_work_in_the_studio(
    who: str, status: int, signed_in: Callable[[str], Browser]
) -> None:
    browser = signed_in(who)
    links = re.findall(r'<a href="(/\w*)"', browser.get("/rehearse").text)

    assert ("/studio" in links) is (status == 200)
    for path in ("/studio", "/studio/new", CAFE_PAGE, "/studio/house/limits"):
        assert browser.get(path).status_code == status


def test_a_trainer_reads_house_rules_and_makes_no_draft_of_them(
    tara: Browser, services: StandInServices
) -> None:
    page = tara.get("/studio/house/limits").text

    assert "Administrators change them" in page
    assert "data-publish" not in page
    assert "studio_reader.js" in page
    assert handed(page, "draft")["text"] == "source: house rule\n"
    assert all(one["draft_id"] is None for one in services.studio.documents(TARA))


def test_a_trainer_reads_what_is_in_service_and_not_the_administrators_draft(
    tara: Browser, services: StandInServices
) -> None:
    draft = services.studio.open(ADA, LIMITS)
    services.studio.save(ADA, draft["id"], 1, text="source: not decided yet\n")

    assert "not decided yet" not in tara.get("/studio/house/limits").text
    assert "house rule" in tara.get("/studio/house/limits").text


@pytest.mark.parametrize(
    ("path", "tabs"),
    [
        (CAFE_PAGE, ["checks", "try", "plays", "lines"]),
        ("/studio/persona/weary-cafe-owner", ["checks", "try", "plays", "lines"]),
        ("/studio/playbook/stalling", ["checks", "try"]),
    ],
)
def test_what_can_be_tried_and_heard_stands_beside_the_form(
    tara: Browser, path: str, tabs: list[str]
) -> None:
    assert re.findall(r'role="tab" id="tab-(\w+)"', tara.get(path).text) == tabs


def test_an_administrator_edits_house_rules(signed_in: Callable[[str], Browser]) -> None:
    page = signed_in("ada").get("/studio/house/limits").text

    assert "studio_editor.js" in page
    assert handed(page, "draft")["revision"] == 1


# The list


def test_the_list_shows_every_document_by_kind(tara: Browser) -> None:
    page = tara.get("/studio").text

    assert len(titles(page)) == 5
    assert [page.index(f'id="kind-{kind}"') for kind in ("scenario", "persona", "law")] == sorted(
        page.index(f'id="kind-{kind}"') for kind in ("scenario", "persona", "law")
    )
    assert "as shipped" in page
    assert "Edit The street is closed" in page
    assert "Read Limits" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("kind=scenario", ["The street is closed"]),
        ("kind=scenario&state=draft", []),
        ("label=cash_flow", ["The street is closed"]),
        ("label=stalling", ["Stalling"]),
        ("q=STREET+closed", ["The street is closed"]),
        ("q=cash+flow", ["The street is closed"]),
        ("q=nothing+like+it", []),
        ("state=published", []),
        ("kind=pope", []),
    ],
)
def test_the_list_is_narrowed_by_kind_state_label_and_words(
    tara: Browser, asked: str, found: list[str]
) -> None:
    page = tara.get(f"/studio?{asked}").text

    assert titles(page) == found
    assert ("Nothing fits." in page) is not bool(found)
    assert "Show all" in page


def test_a_draft_shows_who_changed_it_and_what_is_to_be_put_right(
    tara: Browser, services: StandInServices
) -> None:
    draft = services.studio.open(TARA, CAFE)
    services.studio.save(TARA, draft["id"], 1, text=CAFE_TEXT + "wrong: yes\n")
    page = tara.get("/studio?state=faults").text

    assert titles(page) == ["The street is closed"]
    assert "changed by Tara" in page
    assert "1 to put right" in page


def test_the_dots_are_told_in_words(tara: Browser, services: StandInServices) -> None:
    services.studio_room.desk.files[CAFE] = (
        CAFE_TEXT + "restate:\n" + "  - {id: a, heat: [0, 1], text: x}\n" * 3
    )
    page = tara.get("/studio?kind=scenario").text

    assert "calm 3, irritated 3, angry 0, abusive 0" in page
    assert re.findall(r'class="dot (\w+)"', page) == ["full", "full", "none", "none"]
    assert "3 lines, 0 for the ear" in page


# Something new


def test_a_scenario_begins_with_a_title_and_opens_in_the_editor(
    tara: Browser, services: StandInServices
) -> None:
    answer = tara.submit("/studio/new", kind="scenario", title="The roof leaks", slug="roof")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/studio/scenario/roof")
    page = tara.get("/studio/scenario/roof").text
    assert "<h1 data-title>The roof leaks</h1>" in page
    assert "never published" in page
    assert "new, not published" in tara.get("/studio").text


def test_a_copy_has_its_own_title(tara: Browser) -> None:
    offered = tara.get(f"/studio/new?copy_of={CAFE}").text
    assert f'value="{CAFE}" data-kind="scenario" selected' in offered
    tara.submit("/studio/new", kind="scenario", title="Again", slug="again", copy_of=str(CAFE))

    draft = handed(tara.get("/studio/scenario/again").text, "draft")
    assert draft["data"]["title"] == "Again"
    assert draft["data"]["persona"] == "weary-cafe-owner"


@pytest.mark.parametrize(
    ("form", "says", "field"),
    [
        ({"title": "", "slug": "roof"}, "Give it a title.", "title"),
        ({"title": "Roof", "slug": "The Roof"}, "cannot name a document", "slug"),
        ({"title": "Roof", "slug": "cash-flow-cafe"}, "There is a scenario", "slug"),
    ],
)
def test_what_was_entered_stays_when_it_cannot_begin(
    tara: Browser, form: dict[str, str], says: str, field: str
) -> None:
    answer = tara.submit("/studio/new", kind="scenario", **form)

    assert answer.status_code in (409, 422)
    assert answer.text.count('role="alert"') == 1
    assert says in unescape(answer.text)
    assert re.search(rf'name="{field}"[^>]*aria-invalid="true"', answer.text)
    for name, value in form.items():
        assert re.search(rf'name="{name}" value="{value}"', answer.text)


def test_a_name_that_is_taken_leads_to_the_document_that_has_it(tara: Browser) -> None:
    answer = tara.submit(
        "/studio/new", kind="scenario", title="The street again", slug="cash-flow-cafe"
    )

    assert answer.status_code == 409
    assert f'<a href="{CAFE_PAGE}">Open “The street is closed”</a>' in unescape(answer.text)
    assert "Open “" not in tara.submit("/studio/new", kind="scenario", title="", slug="x").text


def test_a_file_comes_in_as_a_draft(tara: Browser) -> None:
    answer = upload(tara, "roof.yml", b"id: roof\ntitle: The roof leaks\n")

    assert answer.headers["Location"] == "/studio/scenario/roof"
    assert "1 draft is in the studio" in tara.get("/studio/scenario/roof").text


def test_the_same_file_again_changes_nothing_and_says_so(tara: Browser) -> None:
    answer = upload(tara, "cafe.yml", CAFE_TEXT.encode())

    assert answer.headers["Location"] == "/studio"
    assert "1 document is the same as here." in tara.get("/studio").text


def test_a_file_with_faults_changes_nothing_and_tells_all_of_them(
    tara: Browser, services: StandInServices
) -> None:
    answer = upload(tara, "roof.yml", b"id: roof\nwrong: one\nwrong: two\n")

    assert answer.status_code == 422
    page = unescape(answer.text)
    assert re.findall(r"data/scenarios/roof.yml, line (\d)", page) == ["2", "3"]
    assert page.count("Right it.") == 2
    assert all(one["slug"] != "roof" for one in services.studio.documents(TARA))


def test_an_import_without_a_file_is_told_there(tara: Browser) -> None:
    answer = tara.submit("/studio/import")

    assert answer.status_code == 422
    assert "Choose a file first." in answer.text


# The editor


def test_the_editor_hands_its_scripts_what_they_need(tara: Browser) -> None:
    page = tara.get(CAFE_PAGE).text
    draft = handed(page, "draft")

    assert draft["name"] == "scenario:cash-flow-cafe"
    assert draft["text"] == CAFE_TEXT
    assert [one["id"] for one in handed(page, "form")["sections"]] == ["about"]
    strings = handed(page, "strings")
    assert strings["heat.3"] == "abusive"
    assert strings["saved"] == "Saved {time}"
    assert f'href="/studio/publications/new?draft={draft["id"]}"' in page
    assert f'href="{CAFE_PAGE}/versions"' in page
    for tab in ("checks", "try", "plays", "lines"):
        assert f'<section id="{tab}" role="tabpanel"' in page


def test_words_of_a_draft_cannot_break_out_of_the_page(
    tara: Browser, services: StandInServices
) -> None:
    draft = services.studio.open(TARA, CAFE)
    nasty = CAFE_TEXT + "briefing: \"'></div><script>alert(1)</script>\n"
    services.studio.save(TARA, draft["id"], 1, text=nasty)
    page = tara.get(CAFE_PAGE).text

    assert "<script>alert" not in page
    assert handed(page, "draft")["text"] == nasty


def test_one_draft_is_shared_by_all_who_edit_it(
    tara: Browser, signed_in: Callable[[str], Browser]
) -> None:
    first = handed(tara.get(CAFE_PAGE).text, "draft")["id"]

    assert handed(signed_in("ada").get(CAFE_PAGE).text, "draft")["id"] == first


def test_a_change_of_what_is_in_service_is_told(tara: Browser, services: StandInServices) -> None:
    tara.get(CAFE_PAGE)
    services.studio_room.desk.files[CAFE] = CAFE_TEXT + "minutes: 9\n"

    assert "has changed since this draft began" in tara.get(CAFE_PAGE).text


@pytest.mark.parametrize("path", ["/studio/scenario/nowhere", "/studio/pope/x", "/studio/house/x"])
def test_what_is_not_there_has_no_editor(tara: Browser, path: str) -> None:
    assert tara.get(path).status_code == 404


def changed(services: StandInServices) -> None:
    """Tara has changed the café's scenario in its draft."""
    draft = services.studio.open(TARA, CAFE)
    services.studio.save(TARA, draft["id"], draft["revision"], text=CAFE_TEXT + "minutes: 8\n")


def test_a_draft_goes_only_after_a_question(tara: Browser, services: StandInServices) -> None:
    assert tara.get(f"{CAFE_PAGE}/discard").headers["Location"] == "/studio"
    tara.get(CAFE_PAGE)
    assert tara.get(f"{CAFE_PAGE}/discard").headers["Location"] == "/studio"
    changed(services)
    page = tara.get(f"{CAFE_PAGE}/discard").text
    assert "Throw the draft of “The street is closed” away?" in page
    assert services.studio.documents(TARA, "scenario")[0]["draft_id"]

    tara.submit(f"{CAFE_PAGE}/discard")
    assert services.studio.documents(TARA, "scenario")[0]["draft_id"] is None
    assert "is thrown away" in tara.get("/studio").text
    assert tara.submit(f"{CAFE_PAGE}/discard").headers["Location"] == "/studio"


def test_what_a_colleague_saved_after_the_question_is_not_thrown_away(
    tara: Browser, services: StandInServices
) -> None:
    changed(services)
    page = tara.get(f"{CAFE_PAGE}/discard").text
    [revision] = re.findall(r'name="revision" value="(\d+)"', page)
    draft = services.studio.open(ADA, CAFE)
    services.studio.save(ADA, draft["id"], 2, text=CAFE_TEXT + "minutes: 9\n")

    refused = tara.submit(f"{CAFE_PAGE}/discard", revision=revision)

    assert refused.status_code == 409
    assert "has saved this draft since you were asked" in refused.text
    assert services.studio.read(TARA, draft["id"])["text"].endswith("minutes: 9\n")
    assert 'name="revision" value="3"' in refused.text
    assert tara.submit(f"{CAFE_PAGE}/discard", revision="3").status_code == 303


def test_who_may_not_change_a_law_reads_the_file_even_when_it_was_changed_by_hand(
    tara: Browser, services: StandInServices
) -> None:
    services.studio_room.desk.files[LAW] += "note: by hand\n"
    with services.studio_room.unit_of_work() as work:
        at = services.studio_room.clock.now()
        work.versions.add(VersionRecord(LAW, 0, "pack: uk_b2b\n", None, at, "As shipped.", None))
        work.commit()

    page = tara.get("/studio/law/uk_b2b").text

    assert handed(page, "draft")["text"].endswith("note: by hand\n")
    assert "changed in the files" in page
