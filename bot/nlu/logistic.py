"""Logistic regression for all labels at once: one pass over the lines serves every head.

The loss of each label is that of scikit-learn's LogisticRegression (L2, bias included, weighted positives); its
solvers take one label at a time over features half dense and half sparse, which made retraining take minutes. Here
every label goes its own way down (L-BFGS), but all of them are computed together, in single precision.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix

#: The figures do not change beyond these many steps; see docs/reference/recogniser.md.
STEPS = 60

#: A label has arrived when a step takes less than this share off its loss.
GAIN = 3e-7

#: Steps that the next direction is drawn from.
MEMORY = 8

#: Of the fall that the slope promises a step must bring this share, or it is shortened, so often at most.
PROMISED, TRIES = 1e-4, 12

#: How far the last steps went and what they changed of the slope.
Steps = deque[tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class _Problem:
    """Lines as dense and sparse features, with the sign and the cost of each label on each line."""

    dense: np.ndarray
    sparse: csr_matrix
    back: csr_matrix
    signs: np.ndarray
    costs: np.ndarray

    def of(self, labels: np.ndarray) -> _Problem:
        """The same lines for some of the labels."""
        return replace(self, signs=self.signs[:, labels], costs=self.costs[:, labels])

    def at(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Loss of each label and its slope; the last row of `values` is the bias."""
        width = self.dense.shape[1]
        scores = self.dense @ values[:width] + self.sparse @ values[width:-1] + values[-1]
        margins = scores * self.signs
        small = np.exp(-np.abs(margins))
        losses = self.costs * (np.log(1 + small) - np.minimum(margins, 0))
        pull = -self.costs * self.signs * np.where(margins >= 0, small, 1) / (1 + small)
        slope = values.copy()
        slope[:width] += self.dense.T @ pull
        slope[width:-1] += self.back @ pull
        slope[-1] += pull.sum(axis=0)
        return losses.sum(axis=0, dtype=np.float64) + 0.5 * _dot(values, values), slope


def fit_logistic(
    matrix: csr_matrix,
    targets: np.ndarray,
    *,
    dense_width: int,
    regularisation: float,
    positive_weight: float,
    start: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Weights (labels x features) and biases of one logistic head a label.

    `matrix` is lines x features with the embedding in the first `dense_width` columns, `targets` lines x labels
    of 0 and 1. `start` (features and bias x labels) is where to begin: heads of nearly the same lines are
    nearly there. The same input gives the same output.
    """
    sparse = matrix[:, dense_width:].tocsr().astype(np.float32)
    problem = _Problem(
        dense=np.ascontiguousarray(matrix[:, :dense_width].toarray(), dtype=np.float32),
        sparse=sparse,
        back=sparse.T.tocsr(),
        signs=np.where(targets > 0, 1, -1).astype(np.float32),
        costs=(np.where(targets > 0, positive_weight, 1.0) * regularisation).astype(np.float32),
    )
    shape = (matrix.shape[1] + 1, targets.shape[1])
    values = np.zeros(shape, np.float32) if start is None else start.astype(np.float32)
    values = _descend(problem, values)
    return np.ascontiguousarray(values[:-1].T), values[-1].copy()


def _descend(problem: _Problem, values: np.ndarray) -> np.ndarray:
    """Go down label by label until each has arrived; what has arrived is no longer computed."""
    ended = values.copy()
    moving = np.arange(values.shape[1])
    losses, slope = problem.at(values)
    steps: Steps = deque(maxlen=MEMORY)
    for _ in range(STEPS):
        direction = -_bent(slope, steps)
        if not steps:
            direction /= np.maximum(1.0, np.sqrt(_dot(slope, slope))).astype(np.float32)
        there, new_losses, new_slope = _step(problem, values, direction, losses, slope)
        steps.append((there - values, new_slope - slope))
        gone_on = losses - new_losses > GAIN * np.abs(losses)
        values, losses, slope = there, new_losses, new_slope
        if gone_on.all():
            continue
        ended[:, moving] = values
        moving = moving[gone_on]
        if not len(moving):
            return ended
        problem = problem.of(gone_on)
        values, slope, losses = values[:, gone_on], slope[:, gone_on], losses[gone_on]
        steps = deque(((move[:, gone_on], change[:, gone_on]) for move, change in steps), MEMORY)
    ended[:, moving] = values
    return ended


def _step(
    problem: _Problem,
    values: np.ndarray,
    direction: np.ndarray,
    losses: np.ndarray,
    slope: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One step of every label, shortened where it goes too far: the values there, their losses and slopes."""
    promise = _dot(direction, slope)
    length = np.ones(len(losses))
    # Below this the loss is not exact, and a label that has all but arrived would be held back for nothing.
    noise = GAIN * np.abs(losses)
    for _ in range(TRIES):
        there = values + direction * length.astype(np.float32)
        new_losses, new_slope = problem.at(there)
        too_far = new_losses > losses + PROMISED * length * promise + noise
        if not too_far.any():
            break
        # Where the bottom lies if the way is a parabola.
        rise = np.maximum(new_losses - losses - length * promise, 1e-12)
        bottom = -promise * length * length / (2 * rise)
        length = np.where(too_far, np.clip(bottom, 0.02 * length, 0.5 * length), length)
    return there, new_losses, new_slope


def _bent(slope: np.ndarray, steps: Steps) -> np.ndarray:
    """The slope bent by what the last steps taught of the curvature, for each label by itself (L-BFGS)."""
    bent = slope.copy()
    seen = []
    for move, change in reversed(steps):
        curve = _dot(move, change)
        # A step too small for its curvature to be told from rounding teaches nothing.
        weight = np.divide(1.0, curve, out=np.zeros_like(curve), where=curve > 1e-12)
        share = (weight * _dot(move, bent)).astype(np.float32)
        bent -= change * share
        seen.append((move, change, weight, share))
    if steps:
        move, change = steps[-1]
        curve, size = _dot(move, change), _dot(change, change)
        bent *= np.divide(curve, size, out=np.ones_like(size), where=size > 1e-12).astype(
            np.float32
        )
    for move, change, weight, share in reversed(seen):
        bent += move * (share - (weight * _dot(change, bent)).astype(np.float32))
    return bent


def _dot(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The product of two columns, label by label."""
    return np.einsum("ij,ij->j", one, other).astype(np.float64)
