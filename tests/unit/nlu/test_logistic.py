"""All heads at once give what scikit-learn gives one by one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix, hstack
from scipy.sparse import random as random_matrix
from sklearn.linear_model import LogisticRegression

from bot.nlu.heads import NEVER, Heads, HeadSettings, Tuning
from bot.nlu.logistic import fit_logistic

LINES, DENSE, SPARSE = 300, 6, 40


@pytest.fixture(scope="module")
def lines() -> tuple[csr_matrix, np.ndarray]:
    dice = np.random.RandomState(7)
    dense = dice.randn(LINES, DENSE).astype(np.float32)
    sparse = random_matrix(LINES, SPARSE, density=0.2, random_state=dice, format="csr")
    matrix = hstack([csr_matrix(dense), sparse], format="csr")
    scores = matrix @ dice.randn(DENSE + SPARSE, 2)
    return matrix, (scores + 0.3 * dice.randn(LINES, 2) > 0.5).astype(np.int8)


def test_the_heads_are_those_of_scikit_learn(lines: tuple[csr_matrix, np.ndarray]) -> None:
    matrix, targets = lines
    weights, bias = fit_logistic(
        matrix, targets, dense_width=DENSE, regularisation=1.0, positive_weight=2.0
    )
    for column in (0, 1):
        alone = LogisticRegression(
            C=1.0, class_weight={0: 1.0, 1: 2.0}, solver="liblinear", tol=1e-6, max_iter=1000
        ).fit(matrix, targets[:, column])
        ours = matrix @ weights[column] + bias[column]
        assert np.corrcoef(ours, alone.decision_function(matrix))[0, 1] > 0.999
        assert np.abs(ours - alone.decision_function(matrix)).max() < 0.25


def test_the_same_lines_give_the_same_heads(lines: tuple[csr_matrix, np.ndarray]) -> None:
    matrix, targets = lines
    once, again = (
        fit_logistic(matrix, targets, dense_width=DENSE, regularisation=4.0, positive_weight=2.0)
        for _ in range(2)
    )
    assert np.array_equal(once[0], again[0])
    assert np.array_equal(once[1], again[1])


def test_a_label_without_a_line_is_never_heard() -> None:
    texts = ["pay next week", "pay on friday", "no idea at all", "none at all"] * 3
    dense = np.eye(12, 5, dtype=np.float32)
    targets = np.array([[1, 0], [1, 0], [0, 0], [0, 0]] * 3, dtype=np.int8)
    heads = Heads(("promise", "unknown"), HeadSettings(folds=3))
    heads.fit(texts, dense, targets, Tuning(texts, dense, targets))

    assert heads.bias[1] == pytest.approx(NEVER)
    assert not heads.weights[1].any()
    assert heads.probabilities(["pay on friday"], dense[:1])[0, 1] < 0.01


TEXTS = [
    "pay next week",
    "pay on friday",
    "no idea at all",
    "none at all",
    "who is this",
    "who",
] * 3
ONE_EACH = np.eye(3, dtype=np.int8)[[0, 0, 1, 1, 2, 2] * 3]


def test_heads_of_labels_that_exclude_each_other_share_one_certainty(tmp_path: Path) -> None:
    dense = np.random.RandomState(7).randn(len(TEXTS), 5).astype(np.float32)
    heads = Heads(("promise", "stalling", "who_is_calling"), HeadSettings(is_exclusive=True))
    heads.fit(TEXTS, dense, ONE_EACH)

    likely = heads.probabilities(TEXTS, dense)
    assert np.array_equal(likely.argmax(axis=1), ONE_EACH.argmax(axis=1))
    assert likely.sum(axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)

    heads.save(tmp_path)
    again = Heads.load(tmp_path)
    assert again.probabilities(TEXTS, dense) == pytest.approx(likely, abs=0.01)
    assert again.probabilities_of(TEXTS[0], dense[0]) == pytest.approx(likely[0], abs=0.01)


def test_two_labels_that_exclude_each_other_have_a_head_each() -> None:
    dense = np.random.RandomState(7).randn(8, 5).astype(np.float32)
    heads = Heads(("promise", "stalling"), HeadSettings(is_exclusive=True))
    targets = np.eye(2, dtype=np.int8)[[0, 0, 1, 1] * 2]
    heads.fit(TEXTS[:4] * 2, dense, targets)
    assert heads.probabilities(TEXTS[:4], dense[:4]).argmax(axis=1).tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize("lines", [slice(0, 4), slice(None)], ids=["no line", "two labels"])
def test_exclusive_heads_refuse_lines_that_do_not_have_one_label(lines: slice) -> None:
    targets = ONE_EACH[lines].copy()
    if lines.stop is None:
        targets[0] = 1
    heads = Heads(("promise", "stalling", "who_is_calling"), HeadSettings(is_exclusive=True))
    with pytest.raises(ValueError, match="one on every line"):
        heads.fit(TEXTS[lines], np.ones((len(targets), 5), dtype=np.float32), targets)
