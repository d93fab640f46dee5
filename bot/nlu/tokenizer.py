"""Splits speech into words and sentences with spaCy's blank English, which needs no download."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language
from spacy.tokens import Doc


@lru_cache(maxsize=1)
def english() -> Language:
    """The one spaCy pipeline of this process: tokenizer and sentence splitter."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    return pipeline


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpeechTokenizer(Tokenizer):
    """Gives every message its tokens, and `sentences` as (start, end) character spans."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The component's defaults (see parent class)."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpeechTokenizer:
        """Creates the tokenizer (see parent class)."""
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Splits one attribute of a message (see parent class)."""
        doc = english()(message.get(attribute))
        if attribute == TEXT:
            message.set("sentences", sentence_spans(doc))
        return [Token(token.text, token.idx) for token in doc if not token.is_space]


def sentence_spans(doc: Doc) -> list[tuple[int, int]]:
    """Start and end characters of each sentence; speech without full stops is one sentence."""
    return [(sent.start_char, sent.end_char) for sent in doc.sents]
