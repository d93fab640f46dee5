"""The studio's editor in Chromium over the real content files: form, source, checks, saving, undo, and two at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from bot.content.studio_desk import StudioDesk
from bot.db.engine import open_engine
from bot.db.tables import metadata
from bot.db.unit_of_work import SqlUnitOfWork
from bot.services.ports import User
from bot.services.publishing import Publishing
from bot.services.studio import Studio
from tests.browser.serving import served
from tests.browser.test_rehearse_pages import enter
from tests.e2e.pages import Complaints, faults, has_focus, tab_to
from tests.fakes import RecordedAudit
from tests.integration.web.standins import StandInServices, some_services
from tests.studio_fakes import ADA, TARA, TOM, StudioRoom

pytestmark = pytest.mark.browser

DATA = Path(__file__).parents[2] / "data"
YARD = "scenario:abuse-scrap-yard"
PAGE = "/studio/scenario/abuse-scrap-yard"


@pytest.fixture
def services(tmp_path: Path) -> StandInServices:
    """Use cases over a copy of the content files and a ledger in a file."""
    services = some_services(tmp_path)
    content = tmp_path / "data"
    for folder in ("scenarios", "personas", "playbook", "house", "law", "nlu", "players"):
        shutil.copytree(DATA / folder, content / folder)
    engine = open_engine(services.ledger_url("studio"))
    metadata.create_all(engine)

    def unit_of_work() -> Any:
        return SqlUnitOfWork(engine, services.clock)

    with unit_of_work() as work:
        for one in (TARA, TOM, ADA):
            work.users.add(User(one.user_id, one.name.lower(), one.name, one.role, "junior"))
        work.commit()
    desk: Any = StudioDesk(content)
    audit = RecordedAudit()
    services.__dict__["studio_room"] = StudioRoom(
        Studio(unit_of_work, desk, audit, services.clock),
        Publishing(unit_of_work, desk, audit, services.clock),
        desk,
        audit,
        services.clock,
        unit_of_work,
    )
    return services


@pytest.fixture
def url(services: StandInServices, tmp_path: Path) -> Iterator[str]:
    with served(services, tmp_path) as address:
        yield address


@pytest.fixture
def complaints(page: Page) -> Iterator[Complaints]:
    """What the browser complained of; a test that leaves a complaint fails."""
    found = Complaints(page)
    yield found
    found.check()


def edit(page: Page, url: str, section: str = "brief", path: str = PAGE) -> None:
    """Open the editor at a section, with its scripts at work."""
    page.goto(f"{url}{path}#{section}")
    page.locator("#studio[data-ready]").wait_for()


def field(page: Page, where: str) -> Locator:
    """The control of the value at a place."""
    return page.locator(f"#f-{where.replace('.', '-')}")


def draft(services: StandInServices) -> dict[str, Any]:
    """The draft as it is stored."""
    return services.studio.open(TARA, YARD)


def until_saved(page: Page, services: StandInServices, part: str) -> None:
    """Wait until the stored text has these words."""
    for _ in range(300):
        if part in draft(services)["text"]:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"“{part}” was never saved")


def cut_off(page: Page) -> None:
    """Let no request to the interface through."""
    page.route("**/api/v1/**", lambda route: route.abort("internetdisconnected"))


def somebody_saves(services: StandInServices, **values: Any) -> None:
    """Have Tom save values over what is there."""
    stored = draft(services)
    services.studio.save(TOM, stored["id"], stored["revision"], data={**stored["data"], **values})


# Reading


def look(page: Page, state: str, found: dict[str, list[str]], pictures: Path | None) -> None:
    """Note what axe finds in a state at every width in both schemes."""
    for width in (320, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found[f"{state}, {width} px, {scheme}"] = faults(page)
            if pictures:
                page.screenshot(path=pictures / f"studio-{state}-{width}-{scheme}.png")


def test_list_and_new_are_accessible_at_every_width_in_both_schemes(
    page: Page, url: str, complaints: Complaints, pictures: Path | None
) -> None:
    found: dict[str, list[str]] = {}
    enter(page, url, "tara", "/studio?kind=scenario")
    look(page, "list", found, pictures)
    page.goto(f"{url}/studio/new")
    look(page, "new", found, pictures)

    assert {where: what for where, what in found.items() if what} == {}


def test_form_source_and_checks_are_accessible_at_every_width_in_both_schemes(
    page: Page, url: str, complaints: Complaints, services: StandInServices, pictures: Path | None
) -> None:
    found: dict[str, list[str]] = {}
    enter(page, url, "tara", "/studio")
    edit(page, url, "facts")
    page.locator(".item summary").first.click()
    look(page, "facts", found, pictures)
    edit(page, url, "brief")
    field(page, "minutes").fill("many")
    expect(page.locator(".checks li")).to_have_count(1)
    look(page, "faulty", found, pictures)
    page.get_by_role("button", name="Source", exact=True).click()
    look(page, "source", found, pictures)

    assert {where: what for where, what in found.items() if what} == {}


def test_every_section_of_every_kind_is_accessible(
    page: Page, url: str, complaints: Complaints
) -> None:
    found = {}
    enter(page, url, "ada", "/studio")
    page.set_viewport_size({"width": 320, "height": 900})
    for path in (PAGE, "/studio/persona/shouting-builder", "/studio/playbook/stalling"):
        edit(page, url, "", path)
        for section in page.locator(".steps a").evaluate_all("all => all.map(one => one.hash)"):
            page.evaluate("hash => { location.hash = hash }", section)
            expect(page.locator(f'.steps a[href="{section}"]')).to_have_attribute(
                "aria-current", "step"
            )
            found[f"{path}{section}"] = faults(page)

    assert {where: what for where, what in found.items() if what} == {}


def test_house_rules_are_read_with_a_sentence_who_changes_them(
    page: Page, url: str, complaints: Complaints
) -> None:
    enter(page, url, "tara", "/studio/house/limits")
    page.locator("#studio[data-ready]").wait_for()
    expect(page.get_by_text("Administrators change them")).to_be_visible()
    expect(page.get_by_text("Note the date and the method.")).to_be_visible()
    assert page.locator("[data-form-part] :is(input, textarea, select)").count() == 0
    assert faults(page) == []
    page.get_by_role("button", name="Source", exact=True).click()
    expect(page.locator("#source-text")).not_to_be_editable()
    assert faults(page) == []


# The form


def test_a_scenario_begins_and_is_written_by_keyboard(
    page: Page, url: str, complaints: Complaints, services: StandInServices
) -> None:
    enter(page, url, "tara", "/studio")
    tab_to(page, page.get_by_role("link", name="New scenario"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Title"))
    page.keyboard.type("Rain's coming in")
    expect(page.get_by_label("Short name")).to_have_value("rains-coming-in")
    page.keyboard.press("Enter")
    page.locator("#studio[data-ready]").wait_for()

    assert page.url.endswith("/studio/scenario/rains-coming-in")
    tab_to(page, field(page, "objection"))
    page.keyboard.type("Complains of")
    tab_to(page, page.get_by_role("link", name="The client →"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The client", exact=True)).to_be_focused()
    page.go_back()
    expect(page.get_by_role("heading", name="What it is about", exact=True)).to_be_focused()
    expect(page.locator("#save-state")).to_contain_text("Saved")


def test_items_are_added_moved_and_removed_by_keyboard_and_the_focus_goes_along(
    page: Page, url: str, complaints: Complaints, services: StandInServices
) -> None:
    enter(page, url, "tara", "/studio")
    edit(page, url, "lines")
    items = page.locator('[data-field="restate"] > .items > .item')
    before = items.count()
    said = page.locator("#announcements")
    field(page, "restate").focus()
    page.keyboard.press("Enter")
    expect(items).to_have_count(before + 1)
    expect(field(page, f"restate.{before}.text")).to_be_focused()
    page.keyboard.type("And you can tell your boss the same.")
    expect(field(page, f"restate.{before}.id")).to_have_value("asy-res-13")

    up = items.nth(before).locator('[data-move="-1"]')
    up.focus()
    page.keyboard.press("Enter")
    expect(items.nth(before - 1).locator('[data-move="-1"]')).to_be_focused()
    expect(said).to_contain_text(f"{before + 1} is now {before} of {before + 1}")
    expect(field(page, f"restate.{before - 1}.text")).to_have_value(
        "And you can tell your boss the same."
    )
    items.nth(0).locator("[data-remove]").focus()
    page.keyboard.press("Enter")
    expect(items).to_have_count(before)
    expect(items.nth(0).locator("[data-remove]")).to_be_focused()
    expect(said).to_contain_text("Undo brings it back")
    until_saved(page, services, "And you can tell your boss the same.")
    assert "No offence, mate" not in draft(services)["text"]


def test_what_is_typed_is_saved_by_itself_and_the_rest_of_the_text_stays(
    page: Page, url: str, complaints: Complaints, services: StandInServices
) -> None:
    enter(page, url, "tara", "/studio")
    edit(page, url)
    before = draft(services)["text"].splitlines()
    field(page, "title").fill("Sling it yourself")
    until_saved(page, services, "Sling it yourself")
    after = draft(services)["text"].splitlines()

    assert [new for old, new in zip(before, after, strict=True) if old != new] == [
        'title: "Sling it yourself"'
    ]
    expect(page.locator("[data-title]")).to_have_text("Sling it yourself")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    assert draft(services)["revision"] == 2


def test_sums_and_days_are_written_as_people_write_them(
    page: Page, url: str, services: StandInServices
) -> None:
    enter(page, url, "tara", "/studio")
    edit(page, url, "account")
    page.locator('[data-field="account.invoices.0"] summary').click()
    total = field(page, "account.invoices.0.total")
    total.fill("£2,500")
    page.keyboard.press("Tab")
    expect(total).to_have_value("2500.00")
    field(page, "account.invoices.0.issued").fill("70")
    until_saved(page, services, "issued: -70")
    page.get_by_label("Issued: before or after the call").select_option("days after the call")
    until_saved(page, services, "issued: 70")

    assert 'total: "2500.00"' in draft(services)["text"]


def test_facts_and_personas_are_chosen_and_not_remembered(
    page: Page, url: str, services: StandInServices
) -> None:
    enter(page, url, "tara", "/studio")
    edit(page, url, "client")
    expect(field(page, "persona").locator("option:checked")).to_contain_text("Tolland")
    edit(page, url, "goals")
    page.locator('[data-field="goals.1"] > details > summary').click()
    facts = page.get_by_role("group", name="These facts came out").first
    facts.get_by_label("A load of copper goes").check()
    until_saved(page, services, "facts: [called-a-crook, copper-load]")


def test_the_clients_lines_are_taken_as_examples_once(
    page: Page, url: str, complaints: Complaints, services: StandInServices
) -> None:
    enter(page, url, "tara", "/studio")
    edit(page, url, "examples")
    take = page.get_by_role("button", name="Take the client's lines")
    take.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#announcements")).to_contain_text("21 lines are taken.")
    expect(take).to_be_focused()
    until_saved(page, services, "examples:")
    examples = draft(services)["data"]["examples"]
    assert {one["labels"][0] for one in examples} == {"abuse", "refusal", "manager_request"}
    assert examples[2] == {
        "text": "You again, you useless lump? You're scum, the lot of you, and you ain't seeing a penny off me,"
        " so sling your hook, you little parasite!",
        "labels": ["abuse"],
        "heat": 2,
        "style": "clean",
    }

    page.keyboard.press("Enter")
    expect(page.locator("#announcements")).to_contain_text("All of the client's lines are there.")
    assert len(draft(services)["data"]["examples"]) == 21


def test_two_hundred_lines_are_typed_in_without_lag(
    page: Page, url: str, complaints: Complaints, services: StandInServices
) -> None:
    lines = [
        {"text": f"I will not pay bill {n} of yours", "labels": ["refusal"], "heat": 1}
        for n in range(200)
    ]
    somebody_saves(services, examples=lines)
    enter(page, url, "tara", "/studio")
    edit(page, url, "examples")
    expect(page.locator('[data-field="examples"] > .items > .item')).to_have_count(200)
    page.locator('[data-field="examples.150"] > details > summary').click()
    field(page, "examples.150.text").focus()
    page.evaluate(
        "window.waits = []; document.addEventListener('input', event => {"
        " const began = event.timeStamp; requestAnimationFrame(() => waits.push(performance.now() - began)); })"
    )
    page.keyboard.type("today of all days", delay=30)
    until_saved(page, services, "today of all days")
    waits = sorted(page.evaluate("waits"))

    # A machine that is busy with other things has its hiccups; most keys must not.
    assert waits[len(waits) // 2] < 50


# The checks


def test_a_fault_marks_its_field_and_section_and_its_link_leads_there(
    page: Page, url: str, complaints: Complaints, services: StandInServices
) -> None:
    enter(page, url, "tara", "/studio")
    edit(page, url, "account")
    page.locator('[data-field="account.invoices.0"] summary').click()
    balance = field(page, "account.invoices.0.balance")
    balance.fill("9999.00")
    expect(balance).to_have_attribute("aria-invalid", "true")
    expect(balance).to_have_accessible_description(re.compile(r"9999\.00 is open of 2304\.00\."))
    expect(page.locator('.steps a[href="#account"]')).to_contain_text("1")
    publish = page.get_by_role("link", name="Publish")
    expect(publish).to_have_attribute("aria-disabled", "true")
    expect(publish).to_have_accessible_description(re.compile("put 1 thing right first"))
    publish.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith(f"{PAGE}#account")

    page.locator('.steps a[href="#goals"]').click()
    page.locator(".checks a").click()
    expect(balance).to_be_focused()
    balance.fill("2304.00")
    expect(balance).not_to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("heading", name="Nothing to put right")).to_be_visible()


def test_nothing_moves_when_a_fault_comes_and_goes(
    page: Page, url: str, complaints: Complaints
) -> None:
    enter(page, url, "tara", "/studio")
    page.set_viewport_size({"width": 1440, "height": 900})
    edit(page, url)
    below, side = field(page, "briefing"), page.locator(".checks-title")
    field(page, "minutes").focus()
    before = below.bounding_box(), side.bounding_box()
    page.keyboard.press("Control+a")
    page.keyboard.type("many")
    expect(field(page, "minutes")).to_have_attribute("aria-invalid", "true")

    assert (below.bounding_box(), side.bounding_box()) == before


def test_publishing_waits_for_the_last_change_and_leads_on(
    page: Page, url: str, services: StandInServices
) -> None:
    enter(page, url, "tara", "/studio")
    edit(page, url)
    field(page, "title").fill("Ready to go")
    page.get_by_role("link", name="Publish").click()
    page.wait_for_url("**/studio/publications/new?draft=*")

    assert draft(services)["title"] == "Ready to go"


# Undo


def test_undo_and_redo_go_over_the_whole_document_and_show_where(
    page: Page, url: str, complaints: Complaints, services: StandInServices
) -> None:
    enter(page, url, "tara", "/studio")
    edit(page, url)
    field(page, "title").fill("First")
    page.locator('.steps a[href="#goals"]').click()
    page.locator('[data-field="model_turns.0"] [data-remove]').click()
    page.locator('.steps a[href="#client"]').click()

    undo, redo = (page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo"))
    undo.click()
    expect(page.get_by_role("heading", name="Goals and blockers")).to_be_visible()
    expect(field(page, "model_turns.0")).to_have_value(
        "Morning, this is Owen from Crossley Container Hire, about your account. Is that Gary Tolland?"
    )
    expect(undo).to_be_focused()
    undo.click()
    expect(field(page, "title")).to_have_value("Sling your hook")
    expect(undo).to_have_attribute("aria-disabled", "true")
    redo.click()
    expect(field(page, "title")).to_have_value("First")
    until_saved(page, services, 'title: "First"')

    page.get_by_role("heading", name="What it is about").focus()
    page.keyboard.press("Control+z")
    expect(field(page, "title")).to_have_value("Sling your hook")
    expect(field(page, "title")).to_be_focused()
    page.keyboard.press("Control+Shift+z")
    expect(field(page, "title")).to_have_value("First")


def test_a_field_takes_back_its_own_typing_first(page: Page, url: str) -> None:
    enter(page, url, "tara", "/studio")
    edit(page, url)
    field(page, "minutes").fill("9")
    field(page, "title").focus()
    page.keyboard.press("End")
    page.keyboard.type("!")
    page.keyboard.press("Control+z")
    expect(field(page, "title")).to_have_value("Sling your hook")
    expect(field(page, "minutes")).to_have_value("9")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(field(page, "minutes")).to_have_value("8")


def test_an_earlier_revision_comes_back_and_that_can_be_undone(
    page: Page, url: str, services: StandInServices
) -> None:
    somebody_saves(services, title="Toms title")
    enter(page, url, "tara", "/studio")
    edit(page, url)
    page.get_by_role("button", name="Earlier revisions").click()
    dialog = page.get_by_role("dialog", name="Earlier revisions")
    expect(dialog).to_contain_text("2: Tom")
    assert faults(page) == []
    dialog.get_by_role("button", name="Go back to revision 1").click()
    expect(field(page, "title")).to_have_value("Sling your hook")
    assert draft(services)["revision"] == 3
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(field(page, "title")).to_have_value("Toms title")
    until_saved(page, services, "Toms title")


# The source


def test_form_and_source_are_one_text_and_switching_keeps_the_place(
    page: Page, url: str, complaints: Complaints, services: StandInServices
) -> None:
    enter(page, url, "tara", "/studio")
    edit(page, url, "lines")
    field(page, "restate.4.text").fill("You couldn't run a bath.")
    source = page.get_by_role("button", name="Source", exact=True)
    source.click()
    text = page.locator("#source-text")
    expect(text).to_be_focused()
    assert text.input_value() == draft(services)["text"]
    expect(page.locator("#source-place")).to_contain_text("line 54")
    page.keyboard.press("Tab")
    assert not has_focus(text)

    text.evaluate(
        "one => { const at = one.selectionStart; one.value = one.value.replace('run a bath', 'run a tap');"
        " one.setSelectionRange(at, at); one.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    source.click()
    expect(field(page, "restate.4.text")).to_have_value("You couldn't run a tap.")
    expect(field(page, "restate.4.text")).to_be_focused()
    assert "You couldn't run a tap." in draft(services)["text"]


def test_a_source_that_cannot_be_read_is_kept_and_the_form_points_to_the_line(
    page: Page, url: str, complaints: Complaints, services: StandInServices
) -> None:
    enter(page, url, "tara", "/studio")
    edit(page, url)
    source = page.get_by_role("button", name="Source", exact=True)
    source.click()
    text = page.locator("#source-text")
    whole = text.input_value()
    text.fill(whole.replace("levels: [1, 2, 3]", "levels: [1, 2"))
    expect(page.locator(".checks")).to_contain_text(["This is not YAML"])
    expect(page.locator(".gutter .faulty")).to_have_count(1)
    source.click()
    expect(page.get_by_text("The source cannot be read at the moment")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Open line").click()
    expect(text).to_be_focused()
    expect(page.locator("#source-place")).to_contain_text("This is not YAML")
    assert "levels: [1, 2\n" in draft(services)["text"]

    text.fill(whole)
    source.click()
    expect(field(page, "title")).to_have_value("Sling your hook")


# When things fail


def test_without_connection_words_are_kept_over_a_reload_and_brought_back(
    page: Page, url: str, services: StandInServices
) -> None:
    enter(page, url, "tara", "/studio")
    edit(page, url)
    cut_off(page)
    field(page, "title").fill("Written on the train")
    expect(page.locator("#save-state")).to_contain_text("no connection. Your words are kept here")
    assert faults(page) == []
    page.context.set_offline(True)
    page.context.set_offline(False)
    services.studio.discard(TARA, draft(services)["id"])
    page.unroute("**/api/v1/**")
    cut_off(page)
    page.reload()
    page.locator("#studio[data-ready]").wait_for()
    banner = page.locator("[data-banner]")
    expect(banner).to_contain_text("Words of yours are kept here.")
    assert faults(page) == []
    page.unroute("**/api/v1/**")
    page.get_by_role("button", name="Show the difference").click()
    expect(page.locator(".difference .added")).to_contain_text("Written on the train")
    page.get_by_role("button", name="Bring it back").click()
    expect(field(page, "title")).to_have_value("Written on the train")
    until_saved(page, services, "Written on the train")
    expect(banner).to_be_empty()
    page.reload()
    page.locator("#studio[data-ready]").wait_for()
    expect(banner).to_be_empty()


def test_a_sign_in_that_has_ended_loses_nothing(
    page: Page, url: str, services: StandInServices
) -> None:
    enter(page, url, "tara", "/studio")
    edit(page, url)
    other = page.context.new_page()
    page.context.clear_cookies()
    field(page, "title").fill("Still here")
    expect(page.locator("#save-state")).to_contain_text("your sign-in has ended")
    enter(other, url, "tara", "/studio")

    # It is sent again by itself.
    until_saved(page, services, "Still here")
    expect(page.locator("#save-state")).to_contain_text("Saved")


def test_a_draft_that_is_gone_loses_nothing(
    page: Page, url: str, services: StandInServices
) -> None:
    enter(page, url, "tara", "/studio")
    edit(page, url)
    services.studio.discard(TARA, draft(services)["id"])
    field(page, "title").fill("Over and done")
    expect(page.locator("[data-banner]")).to_contain_text("This draft is gone.")
    page.get_by_role("button", name="Open it anew").click()
    page.get_by_role("button", name="Bring it back").click()

    until_saved(page, services, "Over and done")


def conflict(page: Page, url: str, services: StandInServices) -> Locator:
    """Tara and Tom write at once, and Tom saves first."""
    enter(page, url, "tara", "/studio")
    edit(page, url)
    somebody_saves(services, title="Toms title", minutes=9)
    field(page, "title").fill("Taras title")
    banner = page.locator("[data-banner]")
    expect(banner).to_contain_text("Tom saved this at")
    return banner


def test_whoever_saves_second_is_told_and_sees_the_difference(
    page: Page, url: str, services: StandInServices, pictures: Path | None
) -> None:
    banner = conflict(page, url, services)
    page.get_by_role("button", name="Show the difference").click()
    expect(banner.locator(".removed")).to_have_text(
        ['−only in what is stored: title: "Toms title"', "−only in what is stored: minutes: 9"]
    )
    expect(banner.locator(".added").first).to_contain_text("Taras title")
    found: dict[str, list[str]] = {}
    look(page, "conflict", found, pictures)

    assert {where: what for where, what in found.items() if what} == {}
    assert draft(services)["title"] == "Toms title"


def test_taking_theirs_keeps_mine_for_an_undo(
    page: Page, url: str, services: StandInServices
) -> None:
    conflict(page, url, services)
    page.get_by_role("button", name="Take Tom's").click()
    expect(field(page, "title")).to_have_value("Toms title")
    expect(field(page, "minutes")).to_have_value("9")
    expect(page.get_by_role("heading", name="What it is about")).to_be_focused()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(field(page, "title")).to_have_value("Taras title")
    until_saved(page, services, "Taras title")


def test_keeping_mine_keeps_theirs_among_the_revisions(
    page: Page, url: str, services: StandInServices
) -> None:
    conflict(page, url, services)
    page.get_by_role("button", name="Keep mine").click()
    until_saved(page, services, "Taras title")
    expect(page.locator("[data-banner]")).to_be_empty()
    page.get_by_role("button", name="Earlier revisions").click()
    page.get_by_role("button", name="Go back to revision 2 by Tom").click()
    expect(field(page, "title")).to_have_value("Toms title")


def test_a_save_that_arrived_without_its_answer_is_no_conflict(
    page: Page, url: str, services: StandInServices
) -> None:
    enter(page, url, "tara", "/studio")
    edit(page, url)
    swallowed: list[str] = []

    def swallow(route: Route) -> None:
        if route.request.method == "PUT" and not swallowed:
            swallowed.append(route.fetch().text())
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/studio/drafts/*", swallow)
    field(page, "title").fill("Arrived after all")
    expect(page.locator("#save-state")).to_contain_text("no connection")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#save-state")).to_contain_text("Saved")
    expect(page.locator("[data-banner]")).to_be_empty()

    assert draft(services)["title"] == "Arrived after all"
