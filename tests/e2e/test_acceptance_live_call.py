"""The first call: Sam signs in, opens Hartley Joinery, the client explodes, and the panel has the next line."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.cli.installation import Installation
from tests.e2e.pages import Complaints, faults, has_focus, tab_to
from tests.e2e.speaking import HARTLEY, SIXTY_DAYS, Speaker

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

WIDTHS = (320, 1440)
IMAGES = Path("docs/images")
IS_WRITING = os.environ.get("PARLEY_WRITE_SCREENSHOTS") == "1"


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


def sign_in(page: Page, url: str, password: str, name: str = "sam") -> None:
    """Sign in and arrive at the desk."""
    page.goto(url)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Your desk").wait_for()


def wait_for(is_so: Callable[[], bool], seconds: float = 10) -> None:
    """Give what was asked for with a key press its time; fails when it never happens."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.1)


def panel_after_the_turn(page: Page) -> Locator:
    """Say the client's sentence on the open panel; returns the panel with its advice."""
    page.get_by_label("What the client said").fill(SIXTY_DAYS)
    page.keyboard.press("Enter")
    page.locator(".say").wait_for()
    return page.locator("parley-panel")


# The call itself


def test_the_panel_answers_the_sixty_days_from_this_clients_ledger(
    page: Page, sam: Speaker, password: str, complaints: Complaints
) -> None:
    sign_in(page, sam.url, password)
    row = page.get_by_role("row").filter(has_text="Hartley Joinery Ltd")
    expect(row).to_contain_text("£14,250.00")
    expect(row).to_contain_text("3 invoices")
    row.get_by_role("link", name="Hartley Joinery Ltd", exact=True).click()
    page.get_by_role("button", name="Start the call").click()

    panel = panel_after_the_turn(page)

    expect(panel.locator("[data-key=heard-terms_dispute]")).to_be_visible()
    expect(panel.locator(".heat-word")).to_have_text("angry")
    lines = lines_on_offer(panel)
    assert sum(bool(re.search(r"\b4417\b|£4,750|£70|late fee", line)) for line in lines) >= 2
    expect(panel.locator(".ask")).to_contain_text("?")
    expect(panel.locator(".escalation")).to_contain_text("not yet")
    check_options(panel, sam.get(f"/accounts/{HARTLEY}").json())


def lines_on_offer(panel: Locator) -> list[str]:
    """Each line as it is read, one after the other by “Another way”."""
    shown, another = panel.locator(".say-line:not(.other)"), panel.locator("[data-key=next]")
    lines: list[str] = []
    while (line := shown.inner_text()) not in lines:
        lines.append(line)
        another.click()
    return lines


def check_options(panel: Locator, account: dict[str, Any]) -> None:
    """At least two options, each in sums that the ledger gives to the penny."""
    panel.get_by_role("button", name="Show options").click()
    offers = panel.locator(".offer")
    assert offers.count() >= 2
    balances = {Decimal(invoice["balance"]) for invoice in account["invoices"]}
    fees = sum((Decimal(charge["amount"]) for charge in account["charges"]), Decimal(0))
    overdue, due = Decimal(account["overdue"]), Decimal(account["due_now"])
    assert (sum(balances), fees, due) == (overdue, Decimal("70.00"), overdue + fees)
    for number in range(offers.count()):
        offer = offers.nth(number)
        offer.locator(".offer-fold").click()
        total = sums(offer.locator(".pairs dd").first.inner_text())[0]
        schedule = sums(" ".join(offer.locator("td.sum").all_inner_texts()))
        assert total in {overdue, due, *balances}
        assert sum(schedule) == total
        named = sums(offer.locator(".offer-title").inner_text())
        assert named
        assert set(named) <= {total, fees, *schedule}


def sums(text: str) -> list[Decimal]:
    """The sums of money in a text."""
    return [
        Decimal(found.replace(",", "")) for found in re.findall(r"£(\d[\d,]*(?:\.\d\d)?)", text)
    ]


# Every page


def visits(page: Page, url: str) -> Iterator[str]:
    """The pages that somebody signed in sees, one after the other; each yields its name."""
    page.goto(url)
    yield "desk"
    page.goto(f"{url}/coach")
    page.get_by_label("Your question").fill("What can I offer Hartley Joinery?")
    page.keyboard.press("Enter")
    page.locator(".said.coach").first.wait_for()
    yield "coach"
    page.goto(f"{url}/supervisor")
    yield "supervisor"
    page.goto(f"{url}/calls/new?account={HARTLEY}")
    yield "prepare"
    page.goto(f"{url}/crm/{HARTLEY}")
    page.get_by_role("button", name="Start the call").click()
    panel_after_the_turn(page)
    yield "crm"


def test_every_page_is_accessible_at_both_widths_in_both_schemes(
    page: Page, sam: Speaker, password: str, complaints: Complaints
) -> None:
    found = {}

    def look(name: str) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found[f"{name}, {width} px, {scheme}"] = faults(page)

    page.goto(f"{sam.url}/sign-in")
    look("sign-in")
    page.get_by_label("Name").fill("omar")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Your desk").wait_for()
    for name in visits(page, sam.url):
        look(name)

    assert {where: what for where, what in found.items() if what} == {}


# Pictures for the documentation


@pytest.mark.skipif(not IS_WRITING, reason="PARLEY_WRITE_SCREENSHOTS=1 writes docs/images anew.")
def test_pictures_for_the_documentation(
    browser: Browser,
    browser_context_args: dict[str, Any],
    installation: Installation,
    password: str,
) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    url = installation.settings.web_url
    sights = [("320", "light"), ("768", "light"), ("1440", "light"), ("320", "dark")]
    for width, scheme in sights:
        size = {"width": int(width), "height": 900}
        arguments = {**browser_context_args, "viewport": size, "color_scheme": scheme}
        with browser.new_context(**arguments) as context:
            page = context.new_page()
            sign_in(page, url, password)
            if width == "1440":
                page.screenshot(path=IMAGES / "desk-1440.png")
            page.goto(f"{url}/calls/new?account={HARTLEY}")
            page.get_by_role("button", name="Start the call").click()
            panel_after_the_turn(page)
            end = "-dark" if scheme == "dark" else ""
            page.screenshot(path=IMAGES / f"panel-{width}{end}.png")


# Last, because it writes to Hartley's ledger


def test_the_whole_call_goes_by_keyboard_alone(
    page: Page, sam: Speaker, password: str, complaints: Complaints
) -> None:
    keys = page.keyboard
    page.goto(sam.url)
    assert has_focus(page.get_by_label("Name"))
    keys.type("sam")
    tab_to(page, page.get_by_label("Password"))
    keys.type(password)
    keys.press("Enter")

    page.get_by_role("heading", name="Your desk").wait_for()
    tab_to(page, page.get_by_label("Find a client by name, number, trade or invoice"))
    keys.type("Hartley")
    keys.press("Enter")
    page.get_by_text("fits “Hartley”").wait_for()
    tab_to(page, page.get_by_role("link", name="Prepare the call to Hartley Joinery Ltd"))
    keys.press("Enter")

    start = page.get_by_role("button", name="Start the call")
    start.wait_for()
    tab_to(page, start)
    keys.press("Enter")

    panel = page.locator("parley-panel")
    words = panel.get_by_label("What the client said")
    words.wait_for()
    tab_to(page, words)
    keys.type(SIXTY_DAYS)
    keys.press("Enter")
    panel.locator(".say").wait_for()
    assert has_focus(words)

    options = panel.locator("[data-key=options]")
    keys.press("Escape")
    keys.press("Shift+Tab")
    keys.press("o")
    expect(options).to_have_attribute("aria-expanded", "true")
    first = panel.locator(".offer-fold").first
    tab_to(page, first)
    keys.press("Enter")
    offer = panel.locator("[data-key^=offer-]").first
    tab_to(page, offer)
    keys.press("Enter")
    expect(offer).to_have_text("Offered")
    keys.press("2")
    expect(panel.locator("[data-key=next]")).to_contain_text("2/")

    end = panel.locator("[data-key=end]")
    tab_to(page, end)
    keys.press("Enter")
    save = panel.get_by_role("button", name="Save and end the call")
    save.wait_for()
    tab_to(page, save)
    keys.press("Enter")
    expect(panel.locator(".say")).to_be_hidden()
    call = panel.get_attribute("call")
    wait_for(lambda: sam.get(f"/calls/{call}").json()["status"] == "closed")
