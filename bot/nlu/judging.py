"""What two models hear in the turns that nothing was trained or set on, without starting either of them."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.core.labels import SILENT, Objection, Speaker
from bot.core.language.guard import clean_turn, plain_text
from bot.core.language.redact import redact
from bot.core.language.safety_words import danger_words
from bot.nlu.believing import believed_columns
from bot.nlu.encoder import shared_encoder, vector_store
from bot.nlu.heads import Heads
from bot.nlu.lines import Example, kept_lines
from bot.nlu.making import unpacked_heads
from bot.services.studio_ports import Judgement

#: Turns that nothing is trained, tuned or set on, relative to the project's root.
HELD_OUT = Path("tests/held_out")


def judge(before: Path, after: Path, folder: Path = HELD_OUT) -> list[Judgement]:
    """Both models' labels for every held-out turn, by the same rules as in a call."""
    turns = kept_lines(folder)
    heard_before, heard_after = heard_in((before, after), turns)
    return [
        Judgement(x.text, x.speaker, frozenset(x.labels), old, new)
        for x, old, new in zip(turns, heard_before, heard_after, strict=True)
    ]


def heard_in(archives: Sequence[Path], turns: Sequence[Example]) -> list[list[frozenset[str]]]:
    """The labels that each of some models believes in each turn; heads that models share are asked once."""
    texts = [redact(plain_text(clean_turn(turn.text)[0]))[0] for turn in turns]
    vectors = vector_store().encode(texts, shared_encoder())
    heard: list[list[frozenset[str]]] = [[frozenset()] * len(turns) for _ in archives]
    with tempfile.TemporaryDirectory() as place:
        parts = [
            unpacked_heads(archive, Path(place) / str(number))
            for number, archive in enumerate(archives)
        ]
        for speaker in Speaker:
            rows = [row for row, turn in enumerate(turns) if turn.speaker is speaker]
            own = [texts[row] for row in rows]
            known: dict[bytes, list[frozenset[str]]] = {}
            for number, of_model in enumerate(parts):
                if rows and speaker.value in of_model:
                    files = sorted(of_model[speaker.value].iterdir())
                    name = hashlib.sha256(b"".join(x.read_bytes() for x in files)).digest()
                    if name not in known:
                        heads = Heads.load(of_model[speaker.value])
                        known[name] = _heard(speaker, heads, own, vectors[rows])
                    for row, names in zip(rows, known[name], strict=True):
                        heard[number][row] = names
    return heard


def _heard(
    speaker: Speaker, heads: Heads, texts: Sequence[str], vectors: np.ndarray
) -> list[frozenset[str]]:
    likely = heads.probabilities(texts, vectors)
    heard = []
    for text, probabilities in zip(texts, likely, strict=True):
        names: frozenset[str] = frozenset()
        if heads.knows_a_word_of(text):
            columns = believed_columns(speaker, heads, probabilities)
            names = frozenset(heads.names[column] for column in columns)
        if speaker is Speaker.CLIENT and danger_words(text):
            names = (names - {label.value for label in SILENT}) | {Objection.VULNERABILITY.value}
        heard.append(names)
    return heard
