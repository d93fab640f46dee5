"""Word and character n-grams of a text as weighted columns, the same as scikit-learn's TfidfVectorizer makes.

Scikit-learn's own way from a text to its features is made for many texts of any kind at once; one turn of a call spends
nearly all of its time there on checks and on sparse matrices, and a training cuts the same word again in every line.
"""

from __future__ import annotations

import itertools
import re
from array import array
from collections.abc import Callable, Sequence
from weakref import WeakValueDictionary

import numpy as np
from scipy.sparse import csr_matrix, hstack

_WORD = re.compile(r"[\w']+")

#: An n-gram is kept when so many lines have it, and of those of characters no more than so many are.
WORD_LINES, CHARACTER_LINES = 2, 3
MOST_CHARACTERS = 40_000


class Vocabulary:
    """The n-grams of one kind with their columns and how rare each is."""

    def __init__(self, terms: Sequence[str] = (), rarity: np.ndarray | None = None) -> None:
        self.terms = tuple(terms)
        self.rarity = np.zeros(0) if rarity is None else np.asarray(rarity, dtype=np.float64)
        self.column = {term: column for column, term in enumerate(self.terms)}

    def __len__(self) -> int:
        return len(self.terms)

    def weigh(self, found: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Columns of the known ones among the n-grams of a text, and their weights as one vector of length one."""
        counts: dict[int, int] = {}
        column = self.column
        for term in found:
            at = column.get(term)
            if at is not None:
                counts[at] = counts.get(at, 0) + 1
        columns = np.fromiter(counts, dtype=np.int64, count=len(counts))
        often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        weights = (np.log(often) + np.float32(1)) * self.rarity[columns]
        length = float(np.sqrt((weights * weights).sum()))
        return columns, weights / length if length else weights


class Ngrams:
    """Word n-grams beside character n-grams, in this order."""

    def __init__(
        self, words: Vocabulary | None = None, characters: Vocabulary | None = None
    ) -> None:
        self.words = words or Vocabulary()
        self.characters = characters or Vocabulary()
        self._last: tuple[str, tuple[np.ndarray, np.ndarray]] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ngrams) and all(
            one.terms == two.terms and np.array_equal(one.rarity, two.rarity)
            for one, two in ((self.words, other.words), (self.characters, other.characters))
        )

    def __hash__(self) -> int:
        return hash((self.words.terms, self.characters.terms))

    def shared(self) -> Ngrams:
        """The same n-grams as other heads in this process have, if any do: labels and heat cut a turn once."""
        known = _SHARED.setdefault(hash(self), self)
        return known if known == self else self

    def __len__(self) -> int:
        return len(self.words) + len(self.characters)

    @classmethod
    def learn(cls, texts: Sequence[str]) -> tuple[Ngrams, csr_matrix]:
        """The n-grams of training lines, and the lines' features."""
        lowered = [text.lower() for text in texts]
        words, of_words = _learn(lowered, _word_cutter, WORD_LINES)
        characters, of_characters = _learn(
            lowered, _character_cutter, CHARACTER_LINES, MOST_CHARACTERS
        )
        return cls(words, characters), hstack([of_words, of_characters], format="csr")

    def columns(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """The columns of one text that are not zero, and their values."""
        last = self._last
        if last is None or last[0] != text:
            last = self._last = (text, self._cut(text))
        return last[1]

    def _cut(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        low = text.lower()
        words, of_words = self.words.weigh(word_ngrams(_WORD.findall(low)))
        characters, of_characters = self.characters.weigh(character_ngrams(low))
        return (
            np.concatenate((words, characters + len(self.words))),
            np.concatenate((of_words, of_characters)),
        )

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """The features of many texts (texts x n-grams)."""
        rows = [self._cut(text) for text in texts]
        ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        columns = np.concatenate([row[0] for row in rows]) if rows else np.zeros(0, np.int64)
        values = np.concatenate([row[1] for row in rows]) if rows else np.zeros(0)
        return csr_matrix((values, columns, ends), shape=(len(rows), len(self)))

    def numbered(self) -> dict[tuple[str, str], int]:
        """The column of every n-gram; a word and a run of characters may look alike."""
        words = {("word", term): column for term, column in self.words.column.items()}
        offset = len(self.words)
        characters = {
            ("characters", term): offset + column for term, column in self.characters.column.items()
        }
        return {**words, **characters}

    def knows_a_word_of(self, text: str) -> bool:
        """Whether any word of the text occurs in the training lines."""
        known = self.words.column
        return any(word in known for word in _WORD.findall(text.lower()))


#: N-grams of the heads that are loaded; they go with the last of these heads.
_SHARED: WeakValueDictionary[int, Ngrams] = WeakValueDictionary()


def word_ngrams(words: Sequence[str]) -> list[str]:
    """Runs of one to three words, as scikit-learn writes them."""
    return [
        *words,
        *map(" ".join, itertools.pairwise(words)),
        *map(" ".join, zip(words, words[1:], words[2:], strict=False)),
    ]


def character_ngrams(text: str) -> list[str]:
    """Runs of three and four characters inside each word with a space around it, as scikit-learn cuts them."""
    found: list[str] = []
    for word in text.split():
        found += _runs(word)
    return found


def _runs(word: str) -> list[str]:
    padded = f" {word} "
    size = len(padded)
    threes = [padded[at : at + 3] for at in range(size - 2)]
    # A word of one letter has no run of four, and is not counted twice.
    return threes + [padded[at : at + 4] for at in range(size - 3)]


#: Gives the numbers of a line's n-grams; new n-grams get the next number.
Cutter = Callable[[str], list[int]]


def _word_cutter(number: dict[str, int]) -> Cutter:
    def cut(line: str) -> list[int]:
        found = word_ngrams(_WORD.findall(line))
        return [number.setdefault(term, len(number)) for term in found]

    return cut


def _character_cutter(number: dict[str, int]) -> Cutter:
    seen: dict[str, list[int]] = {}

    def cut(line: str) -> list[int]:
        numbers: list[int] = []
        for word in line.split():
            if word not in seen:
                seen[word] = [number.setdefault(term, len(number)) for term in _runs(word)]
            numbers += seen[word]
        return numbers

    return cut


def _learn(
    lines: Sequence[str],
    cutter: Callable[[dict[str, int]], Cutter],
    fewest: int,
    most: int | None = None,
) -> tuple[Vocabulary, csr_matrix]:
    """The n-grams that enough lines have, in the alphabet's order, and the lines' weights (lines x n-grams)."""
    number: dict[str, int] = {}
    cut = cutter(number)
    found, ends = array("l"), [0]
    for line in lines:
        found.extend(cut(line))
        ends.append(len(found))
    ones = np.ones(len(found), dtype=np.float32)
    counts = csr_matrix((ones, np.array(found), ends), shape=(len(lines), len(number)))
    counts.sum_duplicates()
    having = np.bincount(counts.indices, minlength=len(number))
    terms = list(number)
    kept = sorted(np.flatnonzero(having >= fewest).tolist(), key=terms.__getitem__)
    if most is not None and len(kept) > most:
        often = np.asarray(counts.sum(axis=0), dtype=np.float32).ravel()[kept]
        kept = [kept[at] for at in sorted((-often).argsort()[:most].tolist())]
    rarity = (np.log((1 + len(lines)) / (1 + having[kept])) + 1).astype(np.float32)
    return Vocabulary([terms[at] for at in kept], rarity), _weighed(counts[:, kept], rarity)


def _weighed(counts: csr_matrix, rarity: np.ndarray) -> csr_matrix:
    weights = (np.log(counts.data) + np.float32(1)) * rarity[counts.indices]
    counts.data = weights.astype(np.float32)
    squares = np.asarray(counts.multiply(counts).sum(axis=1), dtype=np.float64).ravel()
    lengths = np.sqrt(np.maximum(squares, 1e-12))
    counts.data /= np.repeat(lengths, np.diff(counts.indptr)).astype(np.float32)
    return counts


def strongest_stretch(text: str, words: Vocabulary, weights: np.ndarray) -> str:
    """Quote the run of at most twelve words with the greatest sum of word n-gram weights (one a word n-gram)."""
    tokens = list(_WORD.finditer(text.lower()))
    if len(tokens) <= 6:
        return text.strip()
    gains = _gains([token.group() for token in tokens], words, weights)
    so_far = np.concatenate(([0.0], np.cumsum(gains)))
    sizes = range(3, min(12, len(tokens)) + 1)
    totals = np.full((len(tokens), len(sizes)), -np.inf)
    for row, size in enumerate(sizes):
        runs = so_far[size:] - so_far[:-size]
        totals[: len(runs), row] = runs - 0.02 * size
    start, row = divmod(int(totals.argmax()), len(sizes))
    return text[tokens[start].start() : tokens[start + sizes[row] - 1].end()]


def _gains(tokens: Sequence[str], words: Vocabulary, weights: np.ndarray) -> list[float]:
    """What each word brings: its share of every known n-gram that it is part of."""
    gains = [0.0] * len(tokens)
    for size in (1, 2, 3):
        for start in range(len(tokens) - size + 1):
            column = words.column.get(" ".join(tokens[start : start + size]))
            if column is not None:
                share = float(weights[column]) / size
                for at in range(start, start + size):
                    gains[at] += share
    return gains
