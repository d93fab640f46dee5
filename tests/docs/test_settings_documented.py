"""Every setting is in the table, and the table names no other."""

from __future__ import annotations

from dataclasses import fields

from bot.settings import Settings
from tests.docs.pages import first_words, read

VARIABLES = {item.metadata["variable"] for item in fields(Settings)}


def test_every_setting_is_in_the_table_and_no_other() -> None:
    assert first_words(read("docs/reference/settings.md")) == VARIABLES


def test_no_page_names_a_setting_that_does_not_exist() -> None:
    import re

    from tests.docs.pages import every_page

    for page in every_page():
        named = set(re.findall(r"PARLEY_[A-Z_]+[A-Z]", page.read_text("utf-8")))
        assert named <= VARIABLES, page.name
