"""Hears how hostile a client turn is: 0 calm to 3 abusive, with the words that show it."""

from __future__ import annotations

import json
from typing import Any

import rasa.shared.utils.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core.labels import Speaker
from bot.core.language.heat import HeatCues, ordinal_heat
from bot.nlu.encoder import shared_encoder
from bot.nlu.examples import examples_of, kept_examples, speaker_of
from bot.nlu.fitting import HEAT_DEFAULTS, fit_heat
from bot.nlu.heads import Heads


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class HeatScorer(GraphComponent):
    """Scores heat as an ordinal: one head per step, so that 3 is further from 0 than 1 is."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The component's defaults (see parent class)."""
        return dict(HEAT_DEFAULTS)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        heads: Heads | None = None,
        cues: HeatCues | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._heads = heads
        self._cues = cues or HeatCues(())

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> HeatScorer:
        """Creates an untrained scorer (see parent class)."""
        return cls(config, model_storage, resource, cues=read_cues(config["cues"]))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> HeatScorer:
        """Loads the trained scorer (see parent class)."""
        with model_storage.read_from(resource) as folder:
            heads = Heads.load(folder) if (folder / "heads.npz").exists() else None
            cues = HeatCues.from_json(json.loads((folder / "cues.json").read_text("utf-8")))
        return cls(config, model_storage, resource, heads, cues)

    def train(self, training_data: TrainingData) -> Resource:
        """Trains the three steps on client lines that carry a heat."""
        kept = kept_examples(self._config["tuned_on"])
        self._heads = fit_heat(examples_of(training_data), kept, self._config)
        with self._model_storage.write_to(self._resource) as folder:
            if self._heads is not None:
                self._heads.save(folder)
            (folder / "cues.json").write_text(json.dumps(self._cues.as_json()), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `heat` and `heat_cues` of client turns."""
        for message in messages:
            text = message.get(TEXT) or ""
            heat, cues = 0, ()
            if text.strip() and speaker_of(message) is Speaker.CLIENT:
                heat, cues = self.score(text)
            message.set("heat", heat, add_to_output=True)
            message.set("heat_cues", list(cues), add_to_output=True)
        return messages

    def score(self, text: str) -> tuple[int, tuple[str, ...]]:
        """Heat of a client turn and the words that show it."""
        steps = (0.0, 0.0, 0.0)
        if self._heads is not None:
            row = self._heads.probabilities_of(text, shared_encoder().encode(text))
            steps = (float(row[0]), float(row[1]), float(row[2]))
        return ordinal_heat(steps, self._cues.find(text))


def read_cues(path: str) -> HeatCues:
    """Read the cue lexicon that a trainer can edit; every cue has a word or phrase and a heat of 1 to 3."""
    return HeatCues.from_json(rasa.shared.utils.io.read_yaml_file(path))
