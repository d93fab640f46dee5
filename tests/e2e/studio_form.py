"""Writes into the studio's form as a person does: opens what is folded, adds items by their button, chooses by words."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect


class StudioForm:
    """The form of one document, open in the editor."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, section: str) -> None:
        """Go to a section by its step, or by the list of steps where the window is narrow."""
        step = self.page.locator(f'.steps a[href="#{section}"]')
        if step.is_visible():
            step.click()
        else:
            self.page.get_by_label("Section", exact=True).select_option(section)
        expect(step).to_have_attribute("aria-current", "step")

    def write(self, where: str, value: Any) -> None:
        """Put a value into the field at a place, whatever its kind."""
        box = self.page.locator(f'[data-field="{where}"]').first
        kinds = (box.get_attribute("class") or "").split()
        if "of-list" in kinds:
            self._list(where, value)
        elif "of-choices" in kinds:
            self._tick(box, value)
        elif isinstance(value, dict):
            self._members(box, where, value)
        elif "of-yes_no" in kinds:
            box.get_by_role("checkbox").set_checked(value)
        elif "of-day" in kinds:
            self._day(box, where, value)
        elif "of-choice" in kinds:
            self._choose(self._control(where), value)
        else:
            self._enter(self._control(where), value)

    def _control(self, where: str) -> Locator:
        return self.page.locator(f"#f-{where.replace('.', '-')}")

    def _enter(self, control: Locator, text: str) -> None:
        if control.evaluate("one => one.tagName") == "SELECT":
            return self._choose(control, text)
        control.fill(text)
        return control.press("Tab") if control.get_attribute("class") == "figure" else None

    def _choose(self, control: Locator, words: str) -> None:
        exact = re.compile(rf"^\s*{re.escape(words)}")
        label = control.locator("option").filter(has_text=exact).first.inner_text()
        control.select_option(label=label)

    def _day(self, box: Locator, where: str, days: int) -> None:
        side = f"days {'before' if days < 0 else 'after'} the call"
        self._control(where).fill(str(abs(days)))
        box.get_by_role("combobox").select_option(side)

    def _tick(self, box: Locator, words: list[str]) -> None:
        fold = box.locator(":scope > details")
        if fold.count() and fold.get_attribute("open") is None:
            fold.locator("summary").click()
        boxes = box.get_by_role("checkbox")
        expect(boxes.first).to_be_visible()
        for one in boxes.all():
            label = one.evaluate("one => one.closest('label').innerText.trim()")
            if one.is_checked() != (label in words):
                one.click()
        ticked = box.locator("label:has(:checked)").all_inner_texts()
        assert sorted(label.strip() for label in ticked) == sorted(words)

    def _members(self, box: Locator, where: str, values: dict[str, Any]) -> None:
        turn = box.locator(f":scope > button#f-{where.replace('.', '-')}")
        if turn.count() and turn.inner_text().startswith("Add"):
            turn.click()
        for key, value in values.items():
            self.write(f"{where}.{key}", value)

    def _list(self, where: str, values: list[Any]) -> None:
        items = self.page.locator(f'[data-field="{where}"] > .items > .item')
        while items.count() > len(values):
            items.last.locator("[data-remove]").first.click()
        for index, value in enumerate(values):
            if items.count() <= index:
                self._control(where).click()
                expect(items).to_have_count(index + 1)
            fold = items.nth(index).locator(":scope > details")
            if fold.count() and fold.get_attribute("open") is None:
                fold.locator(":scope > summary").click()
            if not isinstance(value, dict):
                self.write(f"{where}.{index}", value)
                continue
            for key, inner in value.items():
                self.write(f"{where}.{index}.{key}", inner)
