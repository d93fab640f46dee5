"""The guides name what the code has: the panel's keys, the fields of an import."""

from __future__ import annotations

import re

from bot.services.csv_mapping import FIELDS
from tests.docs.pages import code_words, first_words, read, section


def test_every_key_of_the_panel_is_in_the_collectors_guide() -> None:
    keys = set(re.findall(r'key: "(.)"', read("bot/web/static/widget/keys.js"))) | {"Enter", "Esc"}
    assert first_words(section(read("docs/guide/collector.md"), "## Keys")) == keys


def test_every_event_of_the_panel_is_in_the_integrators_guide() -> None:
    told = read("bot/web/static/widget/parley-panel.js").split("*/")[0]
    events = set(re.findall(r"`(parley-[a-z-]+)`", told)) - {"parley-panel"}
    assert events <= set(code_words(read("docs/guide/integrator.md")))


def test_every_field_of_an_import_is_in_the_integrators_guide() -> None:
    guide = read("docs/guide/integrator.md")
    assert set(FIELDS) <= set(code_words(section(guide, "## A ledger by CSV")))
