"""One calibrated logistic head per label over sentence embedding and n-grams, with a threshold per label."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from bot.nlu.logistic import fit_logistic

#: The score of a label that cannot be learnt from the lines at hand: about one in four hundred.
NEVER = -6.0


@dataclass(frozen=True)
class HeadSettings:
    """How heads are trained; `recall_first` labels get a threshold that favours recall."""

    regularisation: float = 4.0
    positive_weight: float = 2.0
    folds: int = 4
    seed: int = 7
    recall_first: frozenset[str] = frozenset()


def _vectorizers() -> tuple[TfidfVectorizer, TfidfVectorizer]:
    words = TfidfVectorizer(
        ngram_range=(1, 3),
        min_df=2,
        sublinear_tf=True,
        token_pattern=r"(?u)[\w']+",  # noqa: S106 - a pattern, not a password
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
    return words, characters


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
        self.words, self.characters = _vectorizers()
        self.weights = np.zeros((0, 0), dtype=np.float32)
        self.bias = np.zeros(0, dtype=np.float32)
        self.slope = np.ones(len(self.names), dtype=np.float32)
        self.shift = np.zeros(len(self.names), dtype=np.float32)
        self.thresholds = np.full(len(self.names), 0.5, dtype=np.float32)

    def features(self, texts: Sequence[str], dense: np.ndarray) -> csr_matrix:
        """Stack the embedding (rows of `dense`, length-one vectors) beside word and character n-grams."""
        lowered = [text.lower() for text in texts]
        return hstack(
            [
                csr_matrix(dense.astype(np.float32) * 2.0),
                self.words.transform(lowered),
                self.characters.transform(lowered),
            ],
            format="csr",
        )

    def fit(
        self,
        texts: Sequence[str],
        dense: np.ndarray,
        targets: np.ndarray,
        tuning: Tuning | None = None,
    ) -> None:
        """Train on label indicators (lines x labels), then calibrate and set thresholds.

        Both come from `tuning`, lines that neither heads nor encoder were trained on. Without such lines they
        come from scores out of fold, so that no line judges itself.
        """
        lowered = [text.lower() for text in texts]
        self.words.fit(lowered)
        self.characters.fit(lowered)
        matrix = self.features(texts, dense)
        self.weights, self.bias = self._train(matrix, targets)
        if tuning is not None:
            scores = self._scores(self.features(tuning.texts, tuning.dense))
            targets = tuning.targets
        else:
            scores = self._out_of_fold(matrix, targets)
        for column, name in enumerate(self.names):
            self._calibrate(column, name, scores[:, column], targets[:, column])

    def _out_of_fold(self, matrix: csr_matrix, targets: np.ndarray) -> np.ndarray:
        scores = np.zeros(targets.shape, dtype=np.float32)
        folds = KFold(self.settings.folds, shuffle=True, random_state=self.settings.seed)
        for train, held in folds.split(matrix):
            weights, bias = self._train(matrix[train], targets[train])
            scores[held] = matrix[held] @ weights.T + bias
        return scores

    def _train(self, matrix: csr_matrix, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        weights, bias = fit_logistic(
            matrix,
            targets,
            dense_width=self.dense_columns(matrix),
            regularisation=self.settings.regularisation,
            positive_weight=self.settings.positive_weight,
        )
        # A label without a line, or on every line, has nothing to be told from.
        count = targets.sum(axis=0)
        unknown = (count == 0) | (count == len(targets))
        weights[unknown] = 0
        bias[unknown] = NEVER
        return weights, bias

    def _calibrate(self, column: int, name: str, scores: np.ndarray, target: np.ndarray) -> None:
        if not 0 < target.sum() < len(target):
            return
        platt = LogisticRegression(C=1.0, solver="lbfgs").fit(scores.reshape(-1, 1), target)
        self.slope[column] = platt.coef_[0][0]
        self.shift[column] = platt.intercept_[0]
        probabilities = sigmoid(scores * self.slope[column] + self.shift[column])
        choose = recall_threshold if name in self.settings.recall_first else best_threshold
        self.thresholds[column] = choose(probabilities, target)

    def _scores(self, matrix: csr_matrix) -> np.ndarray:
        return np.asarray(matrix @ self.weights.T) + self.bias

    def probabilities(self, texts: Sequence[str], dense: np.ndarray) -> np.ndarray:
        """Calibrated probability of every label for every text (texts x labels)."""
        return sigmoid(self._scores(self.features(texts, dense)) * self.slope + self.shift)

    def knows_a_word_of(self, text: str) -> bool:
        """Whether any word of the text occurs in the training lines; if none does, nothing can be heard in it."""
        known = self.words.vocabulary_
        return any(word in known for word in re.findall(r"[\w']+", text.lower()))

    def cue_words(self, text: str, column: int) -> str:
        """The stretch of the text whose words speak most for a label, quoted as it stands."""
        return strongest_stretch(text, self.words, self.weights[column], self.dense_width)

    @property
    def dense_width(self) -> int:
        """How many of the first feature columns are the embedding."""
        return self.dense_columns(self.weights)

    def dense_columns(self, matrix: csr_matrix | np.ndarray) -> int:
        """How many of a matrix's first columns are the embedding."""
        words, characters = self.words.vocabulary_, self.characters.vocabulary_
        return int(matrix.shape[1]) - len(words) - len(characters)

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
            word_idf=self.words.idf_,
            character_idf=self.characters.idf_,
        )
        vocabulary = {
            "names": self.names,
            "words": sorted(self.words.vocabulary_, key=self.words.vocabulary_.get),
            "characters": sorted(self.characters.vocabulary_, key=self.characters.vocabulary_.get),
        }
        (folder / "heads.json").write_text(json.dumps(vocabulary), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Heads:
        """Read what `save` wrote."""
        vocabulary = json.loads((folder / "heads.json").read_text(encoding="utf-8"))
        heads = cls(vocabulary["names"])
        with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
            heads.weights = arrays["weights"].astype(np.float32)
            heads.bias = arrays["bias"]
            heads.slope = arrays["slope"]
            heads.shift = arrays["shift"]
            heads.thresholds = arrays["thresholds"]
            for vectorizer, key in ((heads.words, "word"), (heads.characters, "character")):
                terms = vocabulary["words" if key == "word" else "characters"]
                vectorizer.vocabulary_ = {term: index for index, term in enumerate(terms)}
                vectorizer.idf_ = arrays[f"{key}_idf"]
        return heads


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
    probabilities: np.ndarray, target: np.ndarray, precision_kept: float = 0.75
) -> float:
    """The lowest probability at which three in four warnings are still true: better a warning too many."""
    chosen = best_threshold(probabilities, target)
    for step in np.arange(0.10, chosen, 0.01):
        believed = probabilities >= step
        if (believed & (target == 1)).sum() / max(1, believed.sum()) >= precision_kept:
            return float(step)
    return chosen


def _f1(believed: np.ndarray, target: np.ndarray) -> float:
    hits = float((believed & (target == 1)).sum())
    return 2 * hits / max(1.0, float(believed.sum() + target.sum()))


def strongest_stretch(text: str, words: TfidfVectorizer, weights: np.ndarray, offset: int) -> str:
    """Quote the run of at most twelve words with the greatest sum of word n-gram weights."""
    tokens = list(re.finditer(r"[\w']+", text.lower()))
    if len(tokens) <= 6:
        return text.strip()
    gain = np.zeros(len(tokens), dtype=np.float32)
    for size in (1, 2, 3):
        for start in range(len(tokens) - size + 1):
            term = " ".join(token.group() for token in tokens[start : start + size])
            column = words.vocabulary_.get(term)
            if column is not None:
                gain[start : start + size] += weights[offset + column] / size
    best, best_sum = (0, min(6, len(tokens))), -1e9
    for start in range(len(tokens)):
        for end in range(start + 3, min(start + 12, len(tokens)) + 1):
            total = float(gain[start:end].sum()) - 0.02 * (end - start)
            if total > best_sum:
                best, best_sum = (start, end), total
    return text[tokens[best[0]].start() : tokens[best[1] - 1].end()]
