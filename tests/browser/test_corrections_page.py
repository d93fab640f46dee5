"""The page of corrections in Chromium without scripts: readable at every width, done by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import served
from tests.correction_fakes import a_correction
from tests.e2e.pages import faults
from tests.integration.web.standins import PASSWORD, StandInServices, some_services

pytestmark = pytest.mark.browser


@pytest.fixture
def services() -> StandInServices:
    services = some_services()
    long_word = "x" * 70
    services.corrected.corrections.corrections.append(
        a_correction(id="fbk_2", turn_id="turn_2", text=f"no {long_word}", labels=())
    )
    return services


@pytest.fixture
def url(services: StandInServices, tmp_path: Path) -> Iterator[str]:
    with served(services, tmp_path) as address:
        yield address


def enter(page: Page, url: str) -> None:
    page.goto(f"{url}/corrections")
    page.get_by_label("Name").fill("tara")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Corrections").wait_for()


def test_it_is_accessible_at_both_widths_in_both_schemes(
    page: Page, url: str, pictures: Path | None
) -> None:
    enter(page, url)
    found = {}

    def look(state: str) -> None:
        for width in (320, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                found[f"{state}, {width} px, {scheme}"] = faults(page)
                if pictures:
                    name = f"corrections-{state}-{width}-{scheme}.png"
                    page.screenshot(path=pictures / name, full_page=True)

    look("folded")
    for labels in page.locator("summary").all():
        labels.click()
    look("open")
    first = page.locator("article").first
    first.get_by_label("Training line, names taken out").fill("look [here]")
    first.get_by_role("button", name="Add to training lines").click()
    expect(page.get_by_role("alert")).to_contain_text("Leave out")
    look("refused")

    assert {where: what for where, what in found.items() if what} == {}


def test_the_plain_case_is_one_click_and_works_without_scripts(
    browser: Browser, url: str, services: StandInServices
) -> None:
    page = browser.new_page(java_script_enabled=False)
    enter(page, url)
    page.get_by_role("button", name="Add to training lines").first.click()

    expect(page.get_by_role("status")).to_contain_text("parley train")
    assert len(services.lines.added) == 1
    page.close()


def test_labels_heat_and_dismissal_are_reached_by_keyboard(
    page: Page, url: str, services: StandInServices
) -> None:
    enter(page, url)
    card = page.locator("article").first
    card.get_by_label("Training line, names taken out").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(card.get_by_label("bill contested")).to_be_focused()
    page.keyboard.press("Space")
    card.get_by_role("radio", name="irritated").focus()
    page.keyboard.press("ArrowRight")
    expect(card.get_by_role("radio", name="angry")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Added to")
    [line] = services.lines.added
    assert (line.labels, line.heat) == (("invoice_dispute",), 2)

    page.get_by_label("Or say why").first.fill("half a sentence")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("dismissed")
