"""One turn read quickly is heard exactly as scikit-learn's features would have it heard."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.core.labels import Speaker
from bot.nlu.encoder import shared_encoder, vector_store
from bot.nlu.heads import DENSE_SCALE, Heads, sigmoid
from bot.nlu.lines import kept_lines
from bot.nlu.making import unpacked_heads
from bot.nlu.ngrams import Vocabulary

TURNS = kept_lines(Path(__file__).parents[2] / "held_out")[::6]


@pytest.fixture(scope="module")
def parts(model: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return unpacked_heads(model, tmp_path_factory.mktemp("heads"))


def theirs(vocabulary: Vocabulary, **how: object) -> TfidfVectorizer:
    vectorizer = TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **how)
    vectorizer.vocabulary_ = dict(vocabulary.column)
    vectorizer.idf_ = vocabulary.rarity
    return vectorizer


def as_scikit_learn_has_it(heads: Heads, texts: list[str], vectors: np.ndarray) -> np.ndarray:
    words = theirs(heads.ngrams.words, ngram_range=(1, 3), token_pattern=r"(?u)[\w']+")
    characters = theirs(heads.ngrams.characters, analyzer="char_wb", ngram_range=(3, 4))
    lowered = [text.lower() for text in texts]
    features = hstack(
        [
            csr_matrix(vectors * DENSE_SCALE),
            words.transform(lowered),
            characters.transform(lowered),
        ],
        format="csr",
    )
    scores = np.asarray(features @ heads.weights.T) + heads.bias
    return sigmoid(scores * heads.slope + heads.shift)


@pytest.mark.parametrize("part", ["client", "collector", "coach", "heat"])
def test_one_turn_is_heard_as_before(parts: dict[str, Path], part: str) -> None:
    speaker = Speaker.CLIENT if part == "heat" else Speaker(part)
    heads = Heads.load(parts[part])
    texts = [turn.text for turn in TURNS if turn.speaker is speaker][:70]
    vectors = vector_store().encode(texts, shared_encoder())
    alone = np.array(
        [heads.probabilities_of(text, v) for text, v in zip(texts, vectors, strict=True)]
    )

    wanted = as_scikit_learn_has_it(heads, texts, vectors)
    assert len(texts) > 50
    assert np.abs(alone - wanted).max() < 1e-5
    assert np.abs(alone - heads.probabilities(texts, vectors)).max() < 1e-5


def test_a_turn_without_a_known_word_has_still_probabilities(parts: dict[str, Path]) -> None:
    heads = Heads.load(parts["client"])
    for text in ("", "…", "qzx"):
        vector = shared_encoder().encode(text)
        assert np.isfinite(heads.probabilities_of(text, vector)).all()
        assert not heads.knows_a_word_of(text)
