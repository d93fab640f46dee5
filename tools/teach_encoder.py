"""Fine-tunes the sentence encoder on few lines with a larger encoder as its teacher, and writes it as int8 ONNX.

For benchmarks of ten lines a label, where fine-tuning on the lines alone has little to go by:

    python tools/teach_encoder.py --lines FILE --teacher FOLDER --out var/encoders/NAME.onnx

The teacher is the published all-mpnet-base-v2 (Apache-2.0; `--teacher` is the folder of its weights). It is first
fine-tuned on the lines itself (`contrast` in `train_encoder`). Then the encoder learns two things at once: lines of one
label nearest to each other, and of all texts of a batch the same likeness to each other as the teacher sees. The batch
holds the lines and, without their labels, texts of our own training lines (`--pool`); nothing else of a benchmark is
read. Both end as the mean of trained and published weights (Wortsman et al. 2022, arXiv 2109.01903). Needs torch and
transformers, which the product itself does not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import nn
from train_encoder import (
    Pupil,
    Recipe,
    Tagger,
    contrast,
    export,
    keep,
    learn_pairs,
    likeness,
    nearest_partner,
    other_lines,
    published_folder,
    read_lines,
)

#: What the teacher is made from: its weights as published, by hash.
TEACHER_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"

#: Texts of the pool are spoken turns of this many characters.
SHORTEST, LONGEST = 15, 130


@dataclass(frozen=True)
class Lesson:
    """How the teacher is prepared and how much of it is followed."""

    teacher_rate: float = 4e-5
    teacher_epochs: int = 8
    teacher_kept: float = 0.3
    temperature: float = 0.05
    weight: float = 3.0
    pool: int = 8000
    pool_in_batch: int = 128
    kept: float = 0.4


@torch.no_grad()
def vectors_of(encoder: Pupil, texts: list[str]) -> torch.Tensor:
    """Unit vectors of many texts, without learning (texts x width)."""
    encoder.tagger.eval()
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    found = torch.zeros(len(texts), encoder.tagger.encoder.config.hidden_size)
    for start in range(0, len(order), 32):
        part = order[start : start + 32]
        found[part] = encoder.vectors([texts[i] for i in part])
    return found


def teach(
    lines: list[dict],
    pool: list[str],
    taught: torch.Tensor,
    folder: str,
    recipe: Recipe,
    how: Lesson,
) -> Tagger:
    """Train; `taught` are the teacher's vectors of the lines, then of the pool."""
    waiting: list[int] = []

    def loss_of(pupil: Pupil, batch: list[int], dice: random.Random) -> torch.Tensor:
        if len(waiting) < how.pool_in_batch:
            waiting[:] = dice.sample(range(len(pool)), len(pool))
        others = [waiting.pop() for _ in range(how.pool_in_batch)]
        own = pupil.vectors([lines[i]["text"] for i in batch])
        seen = torch.cat([own, pupil.vectors([pool[i] for i in others])])
        wanted = taught[batch + [len(lines) + i for i in others]]
        followed = nn.functional.kl_div(
            likeness(seen, how.temperature).log_softmax(1),
            likeness(wanted, how.temperature).log_softmax(1),
            log_target=True,
            reduction="batchmean",
        )
        return nearest_partner(own, how.temperature) + how.weight * followed

    return learn_pairs(lines, folder, recipe, loss_of).tagger


def pool_of(folder: Path, size: int, seed: int) -> list[str]:
    """Texts of our own training lines, without labels."""
    texts = {line["text"] for line in read_lines(folder)}
    fitting = sorted(text for text in texts if SHORTEST < len(text) < LONGEST)
    random.Random(seed).shuffle(fitting)
    return fitting[:size]


def main() -> None:
    """Prepare the teacher, teach, export, and write down what the file was made from."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=Path, required=True, help="JSON lines to learn")
    parser.add_argument("--teacher", required=True, help="folder of all-mpnet-base-v2")
    parser.add_argument("--base", default=None, help="folder of the published weights")
    parser.add_argument("--pool", type=Path, default=Path("data/nlu"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    parser.add_argument("--rate", type=float, default=3e-4)
    chosen = parser.parse_args()
    weights = Path(chosen.teacher) / "model.safetensors"
    found = hashlib.sha256(weights.read_bytes()).hexdigest() if weights.is_file() else "no file"
    if found != TEACHER_SHA256:
        raise SystemExit(f"{weights}: {found}, not the published weights {TEACHER_SHA256}.")
    base = chosen.base or published_folder()
    lines, how = other_lines(chosen.lines), Lesson()
    pool = pool_of(chosen.pool, how.pool, chosen.seed)
    teaching = Recipe(how.teacher_epochs, chosen.seed, how.teacher_rate)
    teacher = contrast(lines, chosen.teacher, teaching, how.temperature)
    keep(how.teacher_kept, teacher.tagger, chosen.teacher)
    texts = [line["text"] for line in lines] + pool
    taught = vectors_of(teacher, texts)
    recipe = Recipe(chosen.epochs, chosen.seed, chosen.rate)
    tagger = teach(lines, pool, taught, base, recipe, how)
    keep(how.kept, tagger, base)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    export(tagger, chosen.out)
    told = {
        "lines": len(lines),
        "teacher_sha256": TEACHER_SHA256,
        "epochs": recipe.epochs,
        "seed": recipe.seed,
        "rate": recipe.rate,
        **asdict(how),
        "sha256": hashlib.sha256(chosen.out.read_bytes()).hexdigest(),
    }
    chosen.out.with_suffix(".json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
