"""All heads at once give what scikit-learn gives one by one."""

from __future__ import annotations

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
