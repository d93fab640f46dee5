"""Hears what a turn means: a set of labels, each with its own head and threshold, per speaker."""

from __future__ import annotations

from collections.abc import Sequence
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

from bot.core.labels import PROTECTED, SILENT, Speaker, labels_of
from bot.nlu.encoder import shared_encoder, vector_store
from bot.nlu.examples import Example, examples_of, kept_examples, speaker_of
from bot.nlu.heads import Heads, HeadSettings, Tuning

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
        return {
            "regularisation": 4.0,
            "positive_weight": 2.0,
            "folds": 4,
            "seed": 7,
            "tuned_on": "tests/validation",
        }

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
            own = [example for example in examples if example.speaker is speaker]
            if own:
                unseen = [example for example in kept if example.speaker is speaker]
                self._heads[speaker] = self._fit(speaker, own, unseen)
        self.persist()
        return self._resource

    def _fit(self, speaker: Speaker, examples: Sequence[Example], kept: Sequence[Example]) -> Heads:
        names = labels_of(speaker)
        heads = Heads(
            names,
            HeadSettings(
                regularisation=float(self._config["regularisation"]),
                positive_weight=float(self._config["positive_weight"]),
                folds=int(self._config["folds"]),
                seed=int(self._config["seed"]),
                recall_first=frozenset(PROTECTED),
            ),
        )
        lines = as_lines(examples, names)
        heads.fit(lines.texts, lines.dense, lines.targets, as_lines(kept, names) if kept else None)
        return heads

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
        probabilities = heads.probabilities([text], shared_encoder().encode(text)[None, :])[0]
        if speaker is Speaker.COACH:
            believed = believe_request(probabilities, heads.thresholds)
        else:
            believed = believe(heads.names, probabilities, heads.thresholds)
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


def as_lines(examples: Sequence[Example], names: Sequence[str]) -> Tuning:
    """Examples as texts, vectors and label indicators."""
    texts = [example.text for example in examples]
    targets = [[name in example.labels for name in names] for example in examples]
    vectors = vector_store().encode(texts, shared_encoder())
    return Tuning(texts, vectors, np.array(targets, dtype=np.int8))


#: Together more likely than not, the silent labels silence what is not protected ...
SILENCE = 0.5

#: ... and, when they are as good as certain, a protected label that is itself unlikely.
SURE_SILENCE, UNLIKELY = 0.7, 0.35

#: A request to the coach that is less likely than this is none of the known ones.
REQUEST_FLOOR = 0.15


def believe(names: Sequence[str], probabilities: np.ndarray, thresholds: np.ndarray) -> list[int]:
    """Columns of the labels to believe, strongest first.

    `neutral` and `out_of_scope` stand alone (taxonomy section 6): they are dropped beside any other label
    unless they are clearly the stronger.
    """
    over = [column for column in range(len(names)) if probabilities[column] >= thresholds[column]]
    over.sort(key=lambda column: -float(probabilities[column]))
    silent = [column for column in over if names[column] in SILENT]
    spoken = [column for column in over if names[column] not in SILENT]
    quiet = sorted(
        (column for column, name in enumerate(names) if name in SILENT),
        key=lambda column: -float(probabilities[column]),
    )
    silence = float(sum(probabilities[column] for column in quiet))
    guarded = [
        column
        for column in spoken
        if names[column] in PROTECTED
        and not (silence > SURE_SILENCE and probabilities[column] < UNLIKELY)
    ]
    if guarded:
        return spoken
    if spoken and quiet and silence > SILENCE:
        return quiet[:1]
    if not silent or not spoken:
        return over[:1] if silent else over
    if probabilities[silent[0]] > probabilities[spoken[0]]:
        return silent[:1]
    return spoken


def believe_request(probabilities: np.ndarray, thresholds: np.ndarray) -> list[int]:
    """The request to the coach to believe: the likeliest, and a second one only when it is likely by itself.

    A collector who talks to the coach wants one thing, and a wrong answer costs a question back, no call: so the
    likeliest request is taken even when it is not certain.
    """
    order = [int(column) for column in np.argsort(-probabilities)[:2]]
    first, second = order
    if probabilities[first] < REQUEST_FLOOR:
        return []
    is_second = probabilities[second] >= max(SILENCE, float(thresholds[second]))
    return order if is_second else [first]
