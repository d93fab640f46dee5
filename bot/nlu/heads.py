"""One calibrated logistic head per label over sentence embedding and n-grams, with a threshold per label."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from bot.nlu.logistic import fit_logistic
from bot.nlu.ngrams import Ngrams, Vocabulary, strongest_stretch

#: The score of a label that cannot be learnt from the lines at hand: about one in four hundred.
NEVER = -6.0

#: The embedding counts this much more than the n-grams.
DENSE_SCALE = 2.0


@dataclass(frozen=True)
class HeadSettings:
    """How heads are trained; `recall_first` labels get a threshold that favours recall.

    With `is_exclusive` every line has exactly one label: heads are trained against each other (softmax), their
    probabilities add up to one, and neither calibration nor thresholds are needed to tell the likeliest.
    """

    regularisation: float = 4.0
    positive_weight: float = 2.0
    folds: int = 4
    seed: int = 7
    recall_first: frozenset[str] = frozenset()
    is_exclusive: bool = False
    dense_scale: float = DENSE_SCALE


@dataclass(frozen=True)
class Tuning:
    """Lines that nothing was trained on: texts, their vectors, and label indicators (lines x labels)."""

    texts: Sequence[str]
    dense: np.ndarray
    targets: np.ndarray


class Heads:
    """The heads of one speaker. `names` fixes the order of every array."""

    def __init__(self, names: Sequence[str], settings: HeadSettings | None = None) -> None:
        self.names = tuple(names)
        self.settings = settings or HeadSettings()
        self.ngrams = Ngrams()
        self.weights = np.zeros((len(self.names), 0), dtype=np.float32)
        self.bias = np.zeros(len(self.names), dtype=np.float32)
        self.slope = np.ones(len(self.names), dtype=np.float32)
        self.shift = np.zeros(len(self.names), dtype=np.float32)
        self.thresholds = np.full(len(self.names), 0.5, dtype=np.float32)

    def fit(
        self,
        texts: Sequence[str],
        dense: np.ndarray,
        targets: np.ndarray,
        tuning: Tuning | None = None,
        start: Heads | None = None,
    ) -> None:
        """Train on label indicators (lines x labels), then calibrate and set thresholds.

        Both come from `tuning`, lines that neither heads nor encoder were trained on. Without such lines they
        come from scores out of fold, so that no line judges itself. `start` are heads of nearly the same
        lines: from them the way is short.
        """
        self.ngrams, sparse = _learnt(tuple(texts))
        matrix = hstack([csr_matrix(self._scaled(dense)), sparse], format="csr")
        width = dense.shape[1]
        if self.settings.is_exclusive:
            self.weights, self.bias = self._train_against_each_other(matrix, targets)
            return
        self.weights, self.bias = self._train(matrix, targets, width, self._beginning(start, width))
        if tuning is not None:
            scores = self._scores(tuning.texts, tuning.dense)
            targets = tuning.targets
        else:
            scores = self._out_of_fold(matrix, targets, width)
        for column, name in enumerate(self.names):
            self._calibrate(column, name, scores[:, column], targets[:, column])

    def _out_of_fold(self, matrix: csr_matrix, targets: np.ndarray, width: int) -> np.ndarray:
        scores = np.zeros(targets.shape, dtype=np.float32)
        folds = KFold(self.settings.folds, shuffle=True, random_state=self.settings.seed)
        for train, held in folds.split(matrix):
            weights, bias = self._train(matrix[train], targets[train], width)
            scores[held] = matrix[held] @ weights.T + bias
        return scores

    def _train(
        self, matrix: csr_matrix, targets: np.ndarray, width: int, start: np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        weights, bias = fit_logistic(
            matrix,
            targets,
            dense_width=width,
            regularisation=self.settings.regularisation,
            positive_weight=self.settings.positive_weight,
            start=start,
        )
        # A label without a line, or on every line, has nothing to be told from.
        count = targets.sum(axis=0)
        unknown = (count == 0) | (count == len(targets))
        weights[unknown] = 0
        bias[unknown] = NEVER
        return weights, bias

    def _train_against_each_other(
        self, matrix: csr_matrix, targets: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        has_one_each = (targets.sum(axis=1) == 1).all() and targets.any(axis=0).all()
        if not has_one_each or len(self.names) < 2:
            raise ValueError(
                "Exclusive heads need two labels or more, one on every line, and a line of each."
            )
        model = LogisticRegression(C=self.settings.regularisation, tol=1e-3, max_iter=300)
        model.fit(matrix, targets.argmax(axis=1))
        weights, bias = model.coef_, model.intercept_
        if len(self.names) == 2:
            # scikit-learn gives two labels one head: the second's lead over the first.
            halves = np.array([[-0.5], [0.5]])
            weights, bias = halves * weights, (halves * bias).ravel()
        return weights.astype(np.float32), bias.astype(np.float32)

    def _beginning(self, start: Heads | None, width: int) -> np.ndarray | None:
        """Other heads' weights (features and bias x labels), each n-gram's in the place that it has here."""
        if start is None or start.names != self.names or start.dense_width != width:
            return None
        values = np.zeros((width + len(self.ngrams) + 1, len(self.names)), np.float32)
        values[:width] = start.weights[:, :width].T
        values[-1] = start.bias
        own, theirs = self.ngrams.numbered(), start.ngrams.numbered()
        pairs = [(at, theirs[term]) for term, at in own.items() if term in theirs]
        here, there = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        values[width + here] = start.weights[:, width + there].T
        return values

    def _calibrate(self, column: int, name: str, scores: np.ndarray, target: np.ndarray) -> None:
        if not 0 < target.sum() < len(target):
            return
        platt = LogisticRegression(C=1.0, solver="lbfgs").fit(scores.reshape(-1, 1), target)
        self.slope[column] = platt.coef_[0][0]
        self.shift[column] = platt.intercept_[0]
        probabilities = sigmoid(scores * self.slope[column] + self.shift[column])
        choose = recall_threshold if name in self.settings.recall_first else best_threshold
        self.thresholds[column] = choose(probabilities, target)

    def _scaled(self, dense: np.ndarray) -> np.ndarray:
        return dense.astype(np.float32) * np.float32(self.settings.dense_scale)

    def _scores(self, texts: Sequence[str], dense: np.ndarray) -> np.ndarray:
        width = self.dense_width
        of_vectors = self._scaled(dense) @ self.weights[:, :width].T
        of_ngrams = self.ngrams.matrix(texts) @ self.weights[:, width:].T
        return np.asarray(of_vectors + of_ngrams) + self.bias

    def probabilities(self, texts: Sequence[str], dense: np.ndarray) -> np.ndarray:
        """Calibrated probability of every label for every text (texts x labels)."""
        return self._likely(self._scores(texts, dense))

    def probabilities_of(self, text: str, vector: np.ndarray) -> np.ndarray:
        """The same for one text, from the few columns that it has: a turn of a call does not wait for the rest."""
        width = self.dense_width
        columns, values = self.ngrams.columns(text)
        scores = self.weights[:, :width] @ self._scaled(vector)
        scores = scores + self.weights[:, width + columns] @ values + self.bias
        return self._likely(scores)

    def _likely(self, scores: np.ndarray) -> np.ndarray:
        if self.settings.is_exclusive:
            return softmax(scores, axis=-1)
        return sigmoid(scores * self.slope + self.shift)

    def knows_a_word_of(self, text: str) -> bool:
        """Whether any word of the text occurs in the training lines; if none does, nothing can be heard in it."""
        return self.ngrams.knows_a_word_of(text)

    def cue_words(self, text: str, column: int) -> str:
        """The stretch of the text whose words speak most for a label, quoted as it stands."""
        return strongest_stretch(text, self.ngrams.words, self.weights[column, self.dense_width :])

    @property
    def dense_width(self) -> int:
        """How many of the first feature columns are the embedding."""
        return int(self.weights.shape[1]) - len(self.ngrams)

    def save(self, folder: Path) -> None:
        """Write arrays and vocabularies into a folder; nothing in it can run code when loaded."""
        folder.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            folder / "heads.npz",
            weights=self.weights.astype(np.float16),
            bias=self.bias,
            slope=self.slope,
            shift=self.shift,
            thresholds=self.thresholds,
            word_idf=self.ngrams.words.rarity,
            character_idf=self.ngrams.characters.rarity,
        )
        vocabulary = {
            "names": self.names,
            "is_exclusive": self.settings.is_exclusive,
            "dense_scale": self.settings.dense_scale,
            "words": self.ngrams.words.terms,
            "characters": self.ngrams.characters.terms,
        }
        (folder / "heads.json").write_text(json.dumps(vocabulary), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Heads:
        """Read what `save` wrote."""
        vocabulary = json.loads((folder / "heads.json").read_text(encoding="utf-8"))
        settings = HeadSettings(
            is_exclusive=vocabulary.get("is_exclusive", False),
            dense_scale=vocabulary.get("dense_scale", DENSE_SCALE),
        )
        heads = cls(vocabulary["names"], settings)
        with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
            heads.weights = arrays["weights"].astype(np.float32)
            heads.bias = arrays["bias"]
            heads.slope = arrays["slope"]
            heads.shift = arrays["shift"]
            heads.thresholds = arrays["thresholds"]
            heads.ngrams = Ngrams(
                Vocabulary(vocabulary["words"], arrays["word_idf"]),
                Vocabulary(vocabulary["characters"], arrays["character_idf"]),
            ).shared()
        return heads


@lru_cache(maxsize=3)
def _learnt(texts: tuple[str, ...]) -> tuple[Ngrams, csr_matrix]:
    # Labels and heat of a client are learnt from the same lines.
    return Ngrams.learn(texts)


def sigmoid(scores: np.ndarray) -> np.ndarray:
    """Scores as probabilities, without overflow at the far ends."""
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


def best_threshold(probabilities: np.ndarray, target: np.ndarray) -> float:
    """The probability from which on a label is believed: the best F1; the middle of the stretch that gives it."""
    steps = np.arange(0.10, 0.86, 0.01)
    scores = np.array([_f1(probabilities >= step, target) for step in steps])
    best = steps[scores >= scores.max() - 1e-9]
    return float(best[len(best) // 2])


def recall_threshold(
    probabilities: np.ndarray, target: np.ndarray, precision_kept: float = 0.73
) -> float:
    """The lowest probability at which nearly three in four warnings are still true: better a warning too many."""
    chosen = best_threshold(probabilities, target)
    for step in np.arange(0.10, chosen, 0.01):
        believed = probabilities >= step
        if (believed & (target == 1)).sum() / max(1, believed.sum()) >= precision_kept:
            return float(step)
    return chosen


def _f1(believed: np.ndarray, target: np.ndarray) -> float:
    hits = float((believed & (target == 1)).sum())
    return 2 * hits / max(1.0, float(believed.sum() + target.sum()))
