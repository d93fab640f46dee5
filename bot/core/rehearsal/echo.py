"""Whether a turn says back what was said before it, by the words that carry meaning."""

from __future__ import annotations

import re

#: Words that carry meaning have this many letters or more, and are told apart by their first letters.
_LETTERS, _STEM = 4, 6
#: Only the opening of a turn says something back.
_OPENING = 30
_WORD = re.compile(r"[a-z']+|\d[\d,.]*\d|\d+")
_COMMON = frozenset(
    [
        "that",
        "this",
        "with",
        "have",
        "been",
        "your",
        "what",
        "when",
        "will",
        "would",
        "could",
        "from",
        "they",
        "them",
        "there",
        "then",
        "just",
        "about",
        "know",
        "like",
        "well",
        "okay",
        "right",
        "yeah",
        "yes",
        "going",
        "need",
        "want",
        "come",
        "back",
        "here",
        "some",
        "more",
        "much",
        "very",
        "really",
        "think",
        "only",
        "were",
        "their",
        "which",
        "because",
        "that's",
        "you're",
        "i'll",
        "don't",
        "it's",
        "i'm",
        "please",
        "thank",
        "thanks",
        "good",
        "invoice",
    ]
)


def echoes(text: str, answered: str) -> bool:
    """Whether a turn opens with at least two of the words that it answers."""
    opening = " ".join(text.split()[:_OPENING])
    return len(content_words(opening) & content_words(answered)) >= 2


def content_words(text: str) -> frozenset[str]:
    """The words that carry meaning, cut to their first letters; figures count too."""
    return frozenset(
        word[:_STEM]
        for word in _WORD.findall(text.lower())
        if word not in _COMMON and (len(word) >= _LETTERS or word[:1].isdigit())
    )
