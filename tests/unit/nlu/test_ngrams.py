"""Our n-grams are scikit-learn's, number for number."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.ngrams import Ngrams, character_ngrams, strongest_stretch, word_ngrams

LINES = [
    "I can't pay the invoice until Friday",
    "I can't pay  until\tFRIDAY, sorry",
    "the the the cheque is in the post",
    "a é ok — 4417?!",
    "Ünïcode wörds and the invoice",
    "",
    "...",
    "pay pay pay the invoice the invoice",
    "it's a a a b",
] * 3

UNSEEN = ["pay the invoice by friday, it's ok", "", "zzz qqq", "A", "the\nthe the cheque's é"]


@pytest.fixture(scope="module")
def theirs() -> tuple[TfidfVectorizer, TfidfVectorizer]:
    words = TfidfVectorizer(
        ngram_range=(1, 3),
        min_df=2,
        sublinear_tf=True,
        token_pattern=r"(?u)[\w']+",
        dtype=np.float32,
    )
    characters = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(3, 4),
        min_df=3,
        sublinear_tf=True,
        max_features=40_000,
        dtype=np.float32,
    )
    lowered = [line.lower() for line in LINES]
    return words.fit(lowered), characters.fit(lowered)


def their_matrix(theirs: tuple[TfidfVectorizer, ...], texts: list[str]) -> csr_matrix:
    lowered = [text.lower() for text in texts]
    return hstack([vectorizer.transform(lowered) for vectorizer in theirs], format="csr")


def test_the_same_n_grams_are_learnt_in_the_same_order(
    theirs: tuple[TfidfVectorizer, TfidfVectorizer],
) -> None:
    ours, features = Ngrams.learn(LINES)

    assert ours.words.terms == tuple(theirs[0].get_feature_names_out())
    assert ours.characters.terms == tuple(theirs[1].get_feature_names_out())
    assert np.allclose(ours.words.rarity, theirs[0].idf_, atol=1e-6)
    assert abs(features - their_matrix(theirs, LINES)).max() < 1e-6


def test_new_texts_get_the_same_numbers(theirs: tuple[TfidfVectorizer, TfidfVectorizer]) -> None:
    ours, _ = Ngrams.learn(LINES)
    wanted = their_matrix(theirs, UNSEEN)

    assert abs(ours.matrix(UNSEEN) - wanted).max() < 1e-6
    for row, text in enumerate(UNSEEN):
        columns, values = ours.columns(text)
        alone = np.zeros(len(ours))
        alone[columns] = values
        assert np.abs(alone - wanted[row].toarray()).max() < 1e-6
    assert ours.matrix([]).shape == (0, len(ours))


def test_only_the_most_frequent_runs_of_characters_are_kept() -> None:
    from bot.nlu.ngrams import _character_cutter, _learn

    lowered = [line.lower() for line in LINES]
    ours, _ = _learn(lowered, _character_cutter, fewest=3, most=20)
    theirs = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 4), min_df=3, max_features=20, dtype=np.float32
    ).fit(lowered)

    assert ours.terms == tuple(theirs.get_feature_names_out())


def test_words_are_cut_into_runs() -> None:
    assert word_ngrams(["pay", "on", "friday"]) == [
        "pay", "on", "friday", "pay on", "on friday", "pay on friday",
    ]  # fmt: skip
    assert character_ngrams("I pay") == [" I ", " pa", "pay", "ay ", " pay", "pay "]


def test_the_words_that_speak_most_for_a_label_are_quoted_as_they_stand() -> None:
    ours, _ = Ngrams.learn(LINES)
    weights = np.zeros(len(ours.words), dtype=np.float32)
    weights[ours.words.column["invoice"]] = 2.0
    text = "Well, now then, what can I say: the Invoice, is it, hm, never came to us here"

    assert "Invoice" in strongest_stretch(text, ours.words, weights)
    assert len(strongest_stretch(text, ours.words, weights).split()) == 3
    assert strongest_stretch(" the invoice ", ours.words, weights) == "the invoice"
