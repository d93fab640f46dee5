"""Logistic regression for all labels at once: one pass over the lines serves every head.

The loss of each label is that of scikit-learn's LogisticRegression (L2, bias included, weighted positives); its
solvers take one label at a time over features half dense and half sparse, which made retraining take minutes.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

#: The figures do not change beyond these many steps; see docs/reference/recogniser.md.
STEPS = 60


def fit_logistic(
    matrix: csr_matrix,
    targets: np.ndarray,
    *,
    dense_width: int,
    regularisation: float,
    positive_weight: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Weights (labels x features) and biases of one logistic head a label.

    `matrix` is lines x features with the embedding in the first `dense_width` columns, `targets` lines x labels
    of 0 and 1. The same input gives the same output.
    """
    dense = np.ascontiguousarray(matrix[:, :dense_width].toarray(), dtype=np.float32)
    sparse = matrix[:, dense_width:].tocsr().astype(np.float32)
    back = sparse.T.tocsr()
    features, labels = matrix.shape[1], targets.shape[1]
    signs = np.where(targets > 0, 1, -1).astype(np.float32)
    costs = np.where(targets > 0, positive_weight, 1.0).astype(np.float32) * regularisation

    def loss_and_slope(flat: np.ndarray) -> tuple[float, np.ndarray]:
        values = flat.astype(np.float32).reshape(features + 1, labels)
        weights = values[:-1]
        scores = dense @ weights[:dense_width] + sparse @ weights[dense_width:] + values[-1]
        margins = scores * signs
        small = np.exp(-np.abs(margins))
        loss = float((costs * (np.log1p(small) + np.maximum(-margins, 0))).sum())
        pull = -costs * signs * np.where(margins >= 0, small, 1.0) / (1.0 + small)
        slope = np.empty_like(values)
        slope[:dense_width] = dense.T @ pull
        slope[dense_width:-1] = back @ pull
        slope[-1] = pull.sum(axis=0)
        slope += values
        return loss + 0.5 * float((values * values).sum()), slope.astype(np.float64).ravel()

    found = minimize(
        loss_and_slope,
        np.zeros((features + 1) * labels),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": STEPS, "maxcor": 8, "ftol": 1e-6, "gtol": 1e-4},
    )
    values = found.x.astype(np.float32).reshape(features + 1, labels)
    return np.ascontiguousarray(values[:-1].T), values[-1].copy()
