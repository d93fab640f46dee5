"""What the tests of pages share: complaints of the browser, accessibility, and moving by keyboard."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page

from tests.e2e.speaking import until

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

#: Further away than this nobody looks for anything.
MOST_TABS = 90

_NOTE_REFUSALS = """
document.refused = [];
document.addEventListener("securitypolicyviolation", event =>
  document.refused.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""


class Complaints:
    """What the browser complains of on a page: console, errors, and what the policy refused."""

    def __init__(self, page: Page) -> None:
        self.found: list[str] = []
        page.add_init_script(_NOTE_REFUSALS)
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.found.append(str(error)))
        page.on("requestfailed", lambda request: self._note_request(request.url, request.failure))
        self._page = page

    def check(self) -> None:
        """Nothing was complained of so far."""
        assert self._page.evaluate("document.refused") == []
        assert not self.found, self.found

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.found.append(message.text)

    def _note_request(self, url: str, failure: str | None) -> None:
        # A page that is left ends its streams and whatever it was still loading.
        if failure != "net::ERR_ABORTED":
            self.found.append(f"{url}: {failure}")


def faults(page: Page) -> list[str]:
    """What axe finds on a page, and whether it has to be scrolled sideways."""
    results = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    found = [
        f"{fault['id']}: {fault['help']}: {node['html']}"
        for fault in results.response["violations"]
        for node in fault["nodes"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("wider than the window")
    return found


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until this has the focus, and see that it shows."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if has_focus(target):
            # Scrolling there is smooth, so it takes a moment.
            assert until(lambda: shows_focus(target), 3), f"the focus does not show: {target}"
            return
    raise AssertionError(f"Tab does not reach {target}")


def has_focus(target: Locator) -> bool:
    """Whether this has the focus, also inside a shadow root."""
    return bool(
        target.count() and target.first.evaluate("one => one.getRootNode().activeElement === one")
    )


def shows_focus(target: Locator) -> bool:
    """Whether the focused thing is in view with an outline, a ring or an edge of its own."""
    seen: dict[str, Any] = target.first.evaluate(
        """one => {
          const box = one.getBoundingClientRect(), style = getComputedStyle(one);
          return {
            inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
            marked: one.matches(":focus-visible")
              && (style.outlineStyle !== "none" || style.boxShadow !== "none"),
          };
        }"""
    )
    return bool(seen["inView"] and seen["marked"])
