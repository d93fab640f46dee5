"""Stock Rasa beside ours: the pipeline that `rasa init` writes, DIET and all, trained on the same lines.

Runs in a process of its own, with TensorFlow, because the product's own processes leave it out.
Sets of labels are taught the way Rasa documents multi-intent: joined with "+" and split again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.nlu.evaluation.benchmarks import Line, Task

#: The head of `rasa init`'s pipeline, up to the classifier's own settings.
STOCK_PIPELINE = """\
recipe: default.v1
assistant_id: stock
language: en
pipeline:
  - name: WhitespaceTokenizer
    intent_tokenization_flag: {joined}
    intent_split_symbol: "+"
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: {epochs}
    random_seed: 7
    constrain_similarities: true
"""

PIPELINE = f"""\
{STOCK_PIPELINE}    entity_recognition: false
  - name: FallbackClassifier
    threshold: 0.3
    ambiguity_threshold: 0.1
policies: []
"""


class StockDiet:
    """A listener that trains stock Rasa on a task's lines and hears its test lines."""

    def __init__(self, epochs: int = 100) -> None:
        self.epochs = epochs

    def __call__(self, task: Task) -> list[frozenset[str]]:
        """The labels of every test line; a fallback hears nothing."""
        with tempfile.TemporaryDirectory(prefix="parley-diet-") as name:
            folder = Path(name)
            symbols = _symbols(task.train)
            _write_lines(folder / "nlu.yml", task.train, symbols)
            (folder / "config.yml").write_text(
                PIPELINE.format(epochs=self.epochs, joined=str(task.is_multi_label).lower()),
                encoding="utf-8",
            )
            texts = [" ".join(line.text.split()) or "." for line in task.test]
            (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
            self._run(folder)
            heard = json.loads((folder / "heard.json").read_text(encoding="utf-8"))
        back = {symbol: name for name, symbol in symbols.items()}
        return [frozenset(back[part] for part in top.split("+") if part in back) for top in heard]

    def _run(self, folder: Path) -> None:
        environment = {
            **os.environ,
            "RASA_TELEMETRY_ENABLED": "false",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "CUDA_VISIBLE_DEVICES": "-1",
        }
        command = [sys.executable, "-m", "bot.nlu.evaluation.stock_diet", str(folder)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603
        if done.returncode:
            raise RuntimeError(f"Stock Rasa failed:\n{done.stderr[-2000:]}")


def _symbols(lines: Sequence[Line]) -> dict[str, str]:
    """Names without signs that Rasa would read as something else."""
    names = sorted({label for line in lines for label in line.labels})
    return {name: f"label{number}" for number, name in enumerate(names)}


def _write_lines(file: Path, lines: Sequence[Line], symbols: dict[str, str]) -> None:
    by_intent: dict[str, list[str]] = {}
    for line in lines:
        if line.labels:
            intent = "+".join(sorted(symbols[label] for label in line.labels))
            text = " ".join(line.text.replace("[", "(").replace("]", ")").split())
            by_intent.setdefault(intent, []).append(text)
    # Rasa tells its files by a line that begins with "nlu:"; what stands below is JSON, which is YAML too.
    blocks = [
        {"intent": intent, "examples": [{"text": text} for text in dict.fromkeys(texts)]}
        for intent, texts in sorted(by_intent.items())
    ]
    body = "".join(f"- {json.dumps(block, ensure_ascii=False)}\n" for block in blocks)
    file.write_text(f'version: "3.1"\nnlu:\n{body}', encoding="utf-8")


def train_and_hear(folder: Path) -> None:
    """Train on nlu.yml in the folder and write what is heard in texts.json to heard.json."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder / "models"))
    if model is None:
        raise SystemExit("Rasa gave no model.")
    import asyncio

    agent = Agent.load(model)

    async def hear(texts: list[str]) -> list[str]:
        return [(await agent.parse_message(text))["intent"]["name"] or "" for text in texts]

    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    heard = asyncio.run(hear(texts))
    (folder / "heard.json").write_text(json.dumps(heard), encoding="utf-8")


if __name__ == "__main__":
    train_and_hear(Path(sys.argv[1]))
