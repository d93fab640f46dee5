"""The first rehearsal: Sam chooses the haulier, is heard by the real recogniser, and reads the debrief, all by keyboard."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.cli.installation import Installation
from tests.e2e.pages import Complaints, faults, has_focus, tab_to
from tests.e2e.speaking import Speaker

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

HAULIER = "disputed-terms-haulier"
IMAGES = Path("docs/images")
IS_WRITING = os.environ.get("PARLEY_WRITE_SCREENSHOTS") == "1"

#: A call as a decent collector makes it, with one slip in the middle.
SAID = (
    "Hello Dermot, it's Amina from Northgate Supplies, about invoice 4417.",
    "I can hear why that made you angry. You were told one thing and charged another, and I'm sorry about that.",
    "What were you told about the terms, and by whom?",
)
SLIP = "Just pay it today or we will see you in court and ruin your name."
INSTEAD = "Thank you, that helps me. I'll log the seventy euro fee as disputed today, so nobody asks you for it."


@pytest.fixture
def page(page: Page, sam: Speaker) -> Page:
    """A browser window on an installation that is ready."""
    page.set_default_timeout(15_000)
    return page


@pytest.fixture
def complaints(page: Page) -> Iterator[Complaints]:
    """What the browser complained of; a test that leaves a complaint fails."""
    found = Complaints(page)
    yield found
    found.check()


def say(page: Page, words: str) -> None:
    """Type and say something; waits for the client's answer."""
    answers = page.locator(".said.client").count()
    assert has_focus(page.get_by_label("What you say")), page.locator("#call").inner_text()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator(".said.client")).to_have_count(answers + 1, timeout=15_000)


def enter(page: Page, url: str, password: str) -> None:
    """Sign in by keyboard and arrive where rehearsals are chosen."""
    page.goto(f"{url}/rehearse")
    page.keyboard.type("sam")
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Rehearse a call").wait_for()


def test_a_whole_rehearsal_goes_by_keyboard_from_choosing_to_debrief(
    page: Page, sam: Speaker, password: str, complaints: Complaints
) -> None:
    keys = page.keyboard
    enter(page, sam.url, password)
    tab_to(page, page.get_by_label("Find by client, title or what they say"))
    keys.type("dermot")
    keys.press("Enter")
    page.get_by_text("1 scenario fits.").wait_for()
    tab_to(page, page.get_by_role("link", name="Prepare Sixty days, not thirty"))
    keys.press("Enter")
    level = page.get_by_role("radio", name=re.compile("^1:"))
    level.wait_for()
    tab_to(page, level)
    keys.press("ArrowDown")
    tab_to(page, page.get_by_role("button", name="Ring Dermot Keane"))
    keys.press("Enter")

    page.locator("#call[data-ready]").wait_for()
    for words in SAID:
        say(page, words)
    note = page.locator("[data-part=note]")
    expect(note).to_contain_text("You asked an open question")
    expect(note).to_contain_text("Heat ")
    say(page, SLIP)
    expect(note).to_contain_text("threat")
    expect(page.locator(".moods .heat")).to_have_text(re.compile("irritated|angry|abusive"))

    keys.press("Shift+Tab")
    tab_to(page, page.get_by_role("button", name="Retry from turn 7").first)
    keys.press("Enter")
    expect(page.locator("[data-back]")).to_contain_text("before turn 7, on try 2")
    say(page, INSTEAD)
    expect(page.get_by_text(SLIP)).to_have_count(0)

    # Left and come back to: nothing is lost.
    call = page.url
    page.goto(f"{sam.url}/rehearse")
    tab_to(page, page.get_by_role("link", name="Go on with Sixty days, not thirty, level 2").first)
    keys.press("Enter")
    page.locator("#call[data-ready]").wait_for()
    assert page.url == call
    expect(page.locator(".said.you")).to_have_count(4)

    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == []
    keys.press("Shift+Tab")
    tab_to(page, page.get_by_role("button", name="End the call"))
    keys.press("Enter")
    page.get_by_role("heading", name="Debrief: Sixty days, not thirty").wait_for()
    expect(page.locator(".total")).to_contain_text("of 100")
    expect(page.locator(".skill-bar")).to_have_count(8)
    expect(page.get_by_role("heading", name="One thing to keep")).to_be_visible()
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == []


@pytest.mark.skipif(not IS_WRITING, reason="PARLEY_WRITE_SCREENSHOTS=1 writes docs/images anew.")
def test_pictures_of_a_rehearsal_for_the_documentation(
    browser: Browser,
    browser_context_args: dict[str, Any],
    installation: Installation,
    password: str,
) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    url = installation.settings.web_url
    for width, scheme in (("320", "light"), ("1440", "light"), ("1440", "dark")):
        size = {"width": int(width), "height": 900}
        arguments = {**browser_context_args, "viewport": size, "color_scheme": scheme}
        with browser.new_context(**arguments) as context:
            page = context.new_page()
            enter(page, url, password)
            page.goto(f"{url}/rehearse/scenarios/{HAULIER}?level=2")
            page.get_by_role("button", name="Ring Dermot Keane").click()
            page.locator("#call[data-ready]").wait_for()
            for words in SAID:
                say(page, words)
            end = "-dark" if scheme == "dark" else ""
            page.screenshot(path=IMAGES / f"rehearse-{width}{end}.png", full_page=True)
            page.get_by_role("button", name="End the call").click()
            page.get_by_role("heading", name="Debrief").wait_for()
            page.screenshot(path=IMAGES / f"debrief-{width}{end}.png")
