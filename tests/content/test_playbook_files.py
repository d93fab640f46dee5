"""Each playbook file, checked by itself: a failure names the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.checks import play_faults
from bot.content.schema_playbook import PLAY_LABELS, read_play
from bot.core.coaching.phrasing import LONGEST_LINE_WORDS
from bot.core.errors import ContentError
from bot.core.labels import Objection

FOLDER = Path(__file__).parents[2] / "data" / "playbook"
FILES = sorted(FOLDER.glob("*.yml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_file_is_a_full_play(path):
    try:
        faults = play_faults([read_play(path, f"data/playbook/{path.name}")], unread=1)
    except ContentError as error:
        faults = error.faults

    assert not faults, "\n".join(map(str, faults))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_file_opens_with_what_it_is_and_an_example(path):
    first, second = path.read_text(encoding="utf-8").splitlines()[:2]

    assert first.startswith(f"# {path.stem}: ")
    assert second.startswith("# e.g. ")


def test_every_objection_and_four_signals_have_a_play():
    assert set(PLAY_LABELS) == {path.stem for path in FILES}
    assert len(Objection) + 4 == len(PLAY_LABELS)


def test_protected_cards_outrank_all_others():
    plays = {path.stem: read_play(path)[0] for path in FILES}
    protected = {"vulnerability", "adviser_in_charge", "third_party"}
    others = max(play.priority for label, play in plays.items() if label not in protected)

    assert all(plays[label].priority > others for label in protected)
    assert all(not plays[label].options for label in protected)


def test_a_line_has_25_words_at_most():
    assert 25 == LONGEST_LINE_WORDS
