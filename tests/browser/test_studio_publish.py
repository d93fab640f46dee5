"""Publishing in Chromium: following it without reloads, by keyboard, at every width, and when the line is down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.core.studio.kinds import DocumentName
from bot.services.studio_ports import PublicationStatus, Stage
from tests.browser.serving import served
from tests.e2e.pages import Complaints, faults, has_focus, tab_to
from tests.integration.web.standins import PASSWORD, StandInServices, some_services
from tests.integration.web.test_studio_publish_pages import KnownDifficulty, tried
from tests.studio_page_fakes import (
    HAULIER,
    PublishingRoom,
    a_refusing_report,
    a_report,
    publishing_room,
)

pytestmark = pytest.mark.browser

FILE = Path(__file__).parents[2] / "data" / "scenarios" / f"{HAULIER.slug}.yml"
WIDTHS = (320, 768, 1440)


@pytest.fixture
def services(tmp_path: Path) -> StandInServices:
    return some_services(tmp_path)


@pytest.fixture
def room(services: StandInServices, monkeypatch: pytest.MonkeyPatch) -> PublishingRoom:
    texts = {HAULIER: FILE.read_text(encoding="utf-8")}
    rows = (
        tried("Sixty days, not thirty", 12, 0.25),
        tried("The café with an empty till", 7, 0.5, median_heat_drop=-1.5),
        tried("The tailor", 3, None, people=2),
    )
    monkeypatch.setattr(StandInServices, "difficulty", KnownDifficulty(*rows))
    return publishing_room(services.studio_room, texts)


@pytest.fixture
def url(services: StandInServices, room: PublishingRoom, tmp_path: Path) -> Iterator[str]:
    with served(services, tmp_path) as address:
        yield address


@pytest.fixture
def complaints(page: Page) -> Iterator[Complaints]:
    """What the browser complained of; a test that leaves a complaint fails."""
    found = Complaints(page)
    yield found
    found.check()


def enter(page: Page, url: str, name: str = "tara", path: str = "/studio/publications") -> None:
    page.goto(f"{url}/sign-in?next={path}")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{url}{path}")


def drafted(room: PublishingRoom, services: StandInServices, words: str = "Sixty days.") -> Any:
    """A draft of the haulier whose opening is another."""
    who = services.people.viewer(services.people.named("tara"))
    draft = room.studio.open(who, HAULIER)
    lines = draft["text"].splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if "thirty" in line.lower() and i > 8)
    lines[at] = lines[at].replace("thirty", "30").replace("Thirty", "30")
    lines.insert(at + 1, f"# {words}\n")
    return room.studio.save(who, draft["id"], draft["revision"], text="".join(lines))


def asked(room: PublishingRoom, services: StandInServices, note: str = "A calmer opening.") -> str:
    """A publication that waits; returns its id."""
    draft = drafted(room, services)
    who = services.people.viewer(services.people.named("tara"))
    made = room.publishing.request(who, [(draft["id"], draft["revision"])], note)
    return str(made["id"])


# Reading


def test_every_page_is_accessible_at_all_widths_in_both_schemes(
    page: Page,
    url: str,
    room: PublishingRoom,
    services: StandInServices,
    complaints: Complaints,
    pictures: Path | None,
) -> None:
    found = {}

    def look(state: str, path: str = "") -> None:
        if path:
            page.goto(f"{url}{path}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found[f"{state}, {width} px, {scheme}"] = faults(page)
                if pictures:
                    name = f"publish-{state}-{width}-{scheme}.png"
                    page.screenshot(path=pictures / name, full_page=True)

    enter(page, url)
    look("list-empty")
    look("new-empty", "/studio/publications/new")
    who = services.people.viewer(services.people.named("tara"))
    broken = room.studio.create(who, "scenario", "leaking-roof", title="A leaking roof")
    room.studio.save(
        who, broken["id"], broken["revision"], text="title: A leaking roof\nwrong: 1\n"
    )
    drafted(room, services)
    look("new", "/studio/publications/new")
    first = asked(room, services, "The first words of Dermot are calmer.")
    look("waiting", f"/studio/publications/{first}")
    room.running(first, Stage.TRAIN, 45, "Training a model on 20 new lines.")
    look("running", f"/studio/publications/{first}")
    room.refused(first, a_refusing_report())
    look("refused", f"/studio/publications/{first}")
    services.clock.move(minutes=4)
    second = asked(room, services, "Twenty lines of a haulier who waits for his money.")
    room.tell(
        second,
        status=PublicationStatus.FAILED,
        stage=Stage.SWITCH,
        error="The assistant did not answer.",
    )
    look("failed", f"/studio/publications/{second}")
    services.clock.move(minutes=9)
    third = asked(room, services, "Twenty lines of a haulier, without the doubtful ones.")
    services.clock.move(seconds=22)
    room.in_service(third, a_report(), model_before="parley-a1c9e0", model_after="parley-b7f2d4")
    page.goto(f"{url}/studio/publications/{third}")
    for fold in page.locator("summary").all():
        fold.click()
    look("in-service")
    look("roll-back", f"/studio/publications/{third}/roll-back")
    look("list", "/studio/publications")
    here = f"/studio/scenario/{HAULIER.slug}/versions"
    look("versions", here)
    look("difference", f"{here}/difference?old=0&new=1")
    look("difficulty", "/studio/difficulty")
    page.goto(f"{url}/assignments")
    page.get_by_label("For", exact=True).select_option("role:collector:junior")
    page.get_by_label("Attempts wanted").fill("3")
    page.get_by_role("button", name="Assign").click()
    page.wait_for_load_state("networkidle")
    look("assignments", "/assignments?state=open")

    assert {where: what for where, what in found.items() if what} == {}


def test_an_administrator_sees_the_override_as_accessibly(
    page: Page,
    url: str,
    room: PublishingRoom,
    services: StandInServices,
    complaints: Complaints,
    pictures: Path | None,
) -> None:
    refused = asked(room, services)
    room.refused(refused, a_refusing_report())
    enter(page, url, "ada", f"/studio/publications/{refused}")
    page.get_by_label("Reason").fill("The regulator asks for it.")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == []
        if pictures:
            page.screenshot(path=pictures / f"publish-override-{width}.png", full_page=True)

    page.get_by_role("button", name="Put it in service all the same").click()
    expect(page.locator("#publication")).to_contain_text("Waiting")


# Following


def test_publishing_by_keyboard_and_following_it_without_reloads(
    page: Page, url: str, room: PublishingRoom, services: StandInServices, complaints: Complaints
) -> None:
    drafted(room, services)
    enter(page, url, path="/studio/publications/new")
    box = page.get_by_role("checkbox")
    expect(box).to_be_checked()
    tab_to(page, page.get_by_label("What has changed"))
    page.keyboard.type("A calmer opening.")
    tab_to(page, page.get_by_role("button", name="Publish"))
    page.keyboard.press("Enter")
    page.locator("#publication[data-ready]").wait_for()
    [publication] = room.publishing.all(services.people.viewer(services.people.named("tara")))
    page.evaluate("window.loadedOnce = true")
    steps = page.get_by_role("list", name="Steps").get_by_role("listitem")
    bar = page.get_by_role("progressbar")
    expect(steps.nth(0)).to_have_text("Checkto come")
    tab_to(page, page.get_by_role("button", name="Call it off"))

    room.running(publication["id"], Stage.TRAIN, 40, "Learning 20 new lines.")
    expect(steps.nth(1)).to_have_text("Trainnow")
    expect(bar).to_have_js_property("value", 40)
    expect(page.locator("#announcements")).to_have_text("Step 2 of 5: Train.")
    # The button went away under the focus.
    assert has_focus(page.get_by_role("heading", level=1))
    tops = page.locator("#publication .card").first.bounding_box()

    room.running(publication["id"], Stage.TRAIN, 55, "Learning 20 new lines, half of it.")
    expect(bar).to_have_js_property("value", 55)
    assert page.locator("#publication .card").first.bounding_box() == tops
    expect(page.locator("#announcements")).to_have_text("Step 2 of 5: Train.")

    room.in_service(
        publication["id"], a_report(), model_before="parley-a1", model_after="parley-b7"
    )
    expect(page.get_by_role("heading", name="The comparison")).to_be_visible()
    expect(page.locator("#announcements")).to_have_text("In service")
    expect(page).to_have_title("In service · Publication: A calmer opening. · Parley")
    assert page.evaluate("window.loadedOnce") is True
    tab_to(page, page.get_by_role("link", name="Roll back"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Roll back"))
    page.keyboard.press("Enter")
    expect(page.locator("#publication")).to_contain_text("Being rolled back")
    room.tell(
        publication["id"], status=PublicationStatus.ROLLED_BACK, rolled_back_at=room.clock.now()
    )
    expect(page.locator("#publication")).to_contain_text(
        "What was there before is in service again."
    )


def test_it_stops_looking_when_it_is_over(
    page: Page, url: str, room: PublishingRoom, services: StandInServices
) -> None:
    publication = asked(room, services)
    enter(page, url, path=f"/studio/publications/{publication}")
    page.locator("#publication[data-ready]").wait_for()
    room.in_service(publication, a_report())
    expect(page.get_by_role("heading", name="The comparison")).to_be_visible()
    looks: list[str] = []
    page.on("request", lambda request: looks.append(request.url))
    page.wait_for_timeout(2500)

    assert looks == []


def test_without_a_connection_it_says_so_and_goes_on_by_itself(
    page: Page, url: str, room: PublishingRoom, services: StandInServices
) -> None:
    publication = asked(room, services)
    enter(page, url, path=f"/studio/publications/{publication}")
    page.locator("#publication[data-ready]").wait_for()
    page.route("**/publications/*", lambda route: route.abort("internetdisconnected"))
    trouble = page.locator("[data-trouble]")
    expect(trouble).to_contain_text("No connection at the moment.", timeout=10_000)
    page.unroute("**/publications/*")
    room.running(publication, Stage.COMPARE, 70, "Comparing.")

    expect(page.locator("#publication")).to_contain_text("Comparing.", timeout=15_000)
    expect(trouble).to_be_hidden()


def test_a_sign_in_that_has_ended_is_said(
    page: Page, url: str, room: PublishingRoom, services: StandInServices
) -> None:
    publication = asked(room, services)
    enter(page, url, path=f"/studio/publications/{publication}")
    page.locator("#publication[data-ready]").wait_for()
    page.context.clear_cookies()

    expect(page.locator("[data-trouble]")).to_contain_text(
        "Your sign-in has ended.", timeout=10_000
    )


def test_it_works_without_scripts(
    browser: Browser, url: str, room: PublishingRoom, services: StandInServices
) -> None:
    page = browser.new_page(java_script_enabled=False)
    drafted(room, services)
    enter(page, url, path="/studio/publications/new")
    page.get_by_label("What has changed").fill("A calmer opening.")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#publication")).to_contain_text("Waiting")
    [publication] = room.publishing.all(services.people.viewer(services.people.named("tara")))
    room.in_service(publication["id"], a_report())
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("heading", name="The comparison")).to_be_visible()

    page.goto(f"{url}/studio/scenario/{HAULIER.slug}/versions")
    page.get_by_role("button", name="Make a draft of version 0").click()
    who = services.people.viewer(services.people.named("tara"))
    assert room.studio.open(who, DocumentName.parse(str(HAULIER)))["text"] == FILE.read_text()
    page.close()
