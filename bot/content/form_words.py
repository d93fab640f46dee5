"""All words of the studio's forms by document and field, in plain English, and the order in which fields come."""

from __future__ import annotations

from collections.abc import Mapping

from bot.content.form_wording import Section, Words
from bot.content.form_words_common import COMMON
from bot.content.form_words_desk import DESK_SECTIONS, DESK_WORDS
from bot.content.form_words_house import HOUSE_SECTIONS, HOUSE_WORDS
from bot.content.form_words_law import LAW_SECTIONS, LAW_WORDS
from bot.content.form_words_persona import PERSONA_SECTIONS, PERSONA_WORDS
from bot.content.form_words_scenario import SCENARIO_SECTIONS, SCENARIO_WORDS

SECTIONS: Mapping[str, tuple[Section, ...]] = {
    "scenario": SCENARIO_SECTIONS,
    "persona": PERSONA_SECTIONS,
    "law": LAW_SECTIONS,
    **DESK_SECTIONS,
    **HOUSE_SECTIONS,
}

_BY_DOCUMENT: Mapping[str, Mapping[str, Words]] = {
    "scenario": SCENARIO_WORDS,
    "persona": PERSONA_WORDS,
    "law": LAW_WORDS,
    **DESK_WORDS,
    **HOUSE_WORDS,
}


def words_for(about: str, path: str) -> Words:
    """The words for a field of a document: its own, or those of every key of that name."""
    return _BY_DOCUMENT[about].get(path) or COMMON[path.rpartition(".")[2]]
