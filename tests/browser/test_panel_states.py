"""Every state of the panel, at three widths, light and dark: it fits, it is accessible, it breaks no policy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.scripted import CoachServer, Script
from tests.browser.states import STATES, PanelState

pytestmark = pytest.mark.browser

WIDTHS = (320, 768, 1440)
#: What a failed request leaves in the console is the browser's own note, not ours.
EXPECTED = {"error": ["503"], "offline": ["ERR_INTERNET_DISCONNECTED"]}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_state_fits_and_is_accessible_at_every_width_in_both_schemes(
    state: PanelState,
    page: Page,
    server: CoachServer,
    script: Script,
    expected_complaints: list[str],
    complaints: list[str],
    pictures: Path | None,
) -> None:
    expected_complaints += EXPECTED.get(state.name, [])
    page.set_viewport_size({"width": 320, "height": 720})
    state.show(page, server)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 720})
        for scheme in ("light", "dark"):
            page.evaluate("scheme => document.documentElement.className = scheme", scheme)
            _check(page, f"{state.name}-{width}-{scheme}", pictures)


def _check(page: Page, name: str, pictures: Path | None) -> None:
    if pictures:
        page.screenshot(path=pictures / f"{name}.png")
    # 320 px wide without scrolling sideways (WCAG 1.4.10).
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert page.evaluate(
        "(() => { const s = document.querySelector('parley-panel').shadowRoot.querySelector('.scroll');"
        " return s.scrollWidth <= s.clientWidth; })()"
    ), name
    results = Axe().run(
        page,
        options={
            "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
            "resultTypes": ["violations"],
        },
    )
    assert _faults(results.response) == [], name


def _faults(response: dict[str, Any]) -> list[str]:
    """What axe found, as lines (its own report cannot print a path through a shadow root)."""
    return [
        f"{fault['id']}: {fault['help']}: {node['html']}"
        for fault in response["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_text_at_twice_its_size_still_fits_320_pixels(
    state: PanelState, page: Page, server: CoachServer, script: Script, pictures: Path | None
) -> None:
    page.set_viewport_size({"width": 320, "height": 720})
    state.show(page, server)

    page.evaluate("document.documentElement.className = 'light large'")

    if pictures:
        page.screenshot(path=pictures / f"{state.name}-large.png")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = page.evaluate(
        "[...document.querySelector('parley-panel').shadowRoot.querySelectorAll('.panel button, .panel p, .panel li')]"
        ".filter(one => one.offsetParent && !one.closest('.unseen, .queue-words') && one.getBoundingClientRect().right > innerWidth + 1)"
        ".map(one => one.textContent)"
    )
    assert cut == []


def test_targets_are_at_least_24_pixels(page: Page, server: CoachServer, script: Script) -> None:
    for state in STATES:
        server.script = Script(call=script.call, account=script.account)
        page.context.set_offline(False)
        state.show(page, server)
        small = page.evaluate(
            "[...document.querySelector('parley-panel').shadowRoot.querySelectorAll('button, .speakers label, select, input[type=checkbox]')]"
            ".map(one => one.type === 'checkbox' ? one.closest('label') : one)"
            ".filter(one => one.offsetParent).map(one => [one.textContent, one.getBoundingClientRect()])"
            ".filter(([, box]) => box.width < 24 || box.height < 24).map(([text]) => text)"
        )
        assert small == [], state.name
        server.script.is_over = True


def test_forced_colours_and_reduced_motion_keep_the_panel_readable(
    page: Page, server: CoachServer, script: Script, pictures: Path | None
) -> None:
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto(server.page(account="hartley", call="c1"))
    page.locator(".say").wait_for()

    if pictures:
        page.screenshot(path=pictures / "forced-colours.png")
    assert page.locator(".heat-word").inner_text() == "angry"
    assert (
        page.evaluate(
            "getComputedStyle(document.querySelector('parley-panel').shadowRoot.querySelector('.scroll')).scrollBehavior"
        )
        == "auto"
    )
