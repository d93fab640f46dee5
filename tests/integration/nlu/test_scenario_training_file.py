"""The training file of a scenario's lines for the ear is one that a training need not check twice."""

from __future__ import annotations

from bot.content.studio_desk import StudioDesk
from bot.core.studio.kinds import DocumentName
from bot.nlu.lean import is_plain_training_file
from tests.broken_documents.documents import ACCOUNTANT, DATA, text_of


def test_lines_for_the_ear_become_a_file_of_the_plain_form() -> None:
    odd = 'He said: "no", # 1 – 50% of é 😀'.replace('"', '\\"')
    text = text_of(ACCOUNTANT) + f'examples:\n  - {{text: "{odd}", labels: [refusal], heat: 0}}\n'

    file = StudioDesk(DATA).training_file(DocumentName.parse(ACCOUNTANT), text)

    assert file is not None
    assert file[1] is not None
    assert is_plain_training_file(file[1])
