"""Hears what a turn means: a set of labels, each with its own head and threshold, per speaker."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core.labels import Speaker
from bot.nlu.believing import believed_columns
from bot.nlu.encoder import shared_encoder
from bot.nlu.examples import examples_of, kept_examples, speaker_of
from bot.nlu.fitting import LABEL_DEFAULTS, fit_labels
from bot.nlu.heads import Heads

#: The message property that carries the set of labels beside Rasa's one intent.
LABELS = "labels"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LabelClassifier(IntentClassifier, GraphComponent):
    """Gives every turn its set of labels; the strongest becomes Rasa's intent, the set travels as `labels`.

    The speaker comes from the message's metadata. A text without one is the collector talking to the coach.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The component's defaults (see parent class)."""
        return dict(LABEL_DEFAULTS)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        heads: dict[Speaker, Heads] | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._heads = heads or {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LabelClassifier:
        """Creates an untrained component (see parent class)."""
        cls.validate_config(config)
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LabelClassifier:
        """Loads the trained heads (see parent class)."""
        with model_storage.read_from(resource) as folder:
            heads = {
                Speaker(path.name): Heads.load(path) for path in folder.iterdir() if path.is_dir()
            }
        shared_encoder()
        return cls(config, model_storage, resource, heads)

    def train(self, training_data: TrainingData) -> Resource:
        """Trains one set of heads per speaker on the examples' full label sets."""
        examples = examples_of(training_data)
        kept = kept_examples(self._config["tuned_on"])
        for speaker in Speaker:
            heads = fit_labels(speaker, examples, kept, self._config)
            if heads is not None:
                self._heads[speaker] = heads
        self.persist()
        return self._resource

    def persist(self) -> None:
        """Writes the heads into the model (see parent class)."""
        with self._model_storage.write_to(self._resource) as folder:
            for speaker, heads in self._heads.items():
                heads.save(folder / speaker.value)

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `labels` and the intent of each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            heads = self._heads.get(speaker_of(message))
            if heads is not None:
                self._label(message, text, speaker_of(message), heads)
        return messages

    def _label(self, message: Message, text: str, speaker: Speaker, heads: Heads) -> None:
        if not heads.knows_a_word_of(text):
            self._set(message, [], "neutral" if "neutral" in heads.names else "out_of_scope", 0.0)
            return
        probabilities = heads.probabilities_of(text, shared_encoder().encode(text))
        believed = believed_columns(speaker, heads, probabilities)
        heard = [
            {
                "name": heads.names[column],
                "confidence": round(float(probabilities[column]), 4),
                "evidence": heads.cue_words(text, column),
                "threshold": round(float(heads.thresholds[column]), 2),
            }
            for column in believed
        ]
        top = believed[0] if believed else int(probabilities.argmax())
        self._set(message, heard, heads.names[top], float(probabilities[top]))
        order = np.argsort(-probabilities)[:6]
        ranking = [
            {"name": heads.names[column], "confidence": round(float(probabilities[column]), 4)}
            for column in order
        ]
        message.set("intent_ranking", ranking, add_to_output=True)

    @staticmethod
    def _set(message: Message, heard: list[dict[str, Any]], top: str, confidence: float) -> None:
        message.set(LABELS, heard, add_to_output=True)
        message.set(INTENT, {"name": top, "confidence": round(confidence, 4)}, add_to_output=True)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuses settings that cannot work, naming component and key."""
        for key in ("regularisation", "positive_weight"):
            if key in config and not float(config[key]) > 0:
                raise ValueError(f"LabelClassifier: `{key}` must be more than 0.")
        if int(config.get("folds", 4)) < 2:
            raise ValueError("LabelClassifier: `folds` must be 2 or more.")
