"""Trains the assistant: the whole of it, from words and rules to one archive, without TensorFlow."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from pathlib import Path

from bot.nlu.light import leave_tensorflow_out
from bot.nlu.logs import quiet_logs
from bot.nlu.server import QUIET, newest_model
from bot.settings import Settings

#: What a model is made from, relative to the project's root.
SOURCES = (
    "config.yml",
    "domain.yml",
    "data/nlu",
    "data/stories",
    "data/lexicons",
    "data/encoder",
    "tests/validation",
    "bot/nlu/encoder.py",
    "bot/nlu/examples.py",
    "bot/nlu/heads.py",
    "bot/nlu/heat.py",
    "bot/nlu/labels.py",
    "bot/nlu/logistic.py",
)


def data_version(root: Path = Path()) -> str:
    """A short name of everything a model is made from; changes when any of it does."""
    digest = hashlib.sha256()
    for source in SOURCES:
        path = root / source
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts and file.suffix != ".pyc":
                digest.update(str(file.relative_to(root)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def model_path(settings: Settings) -> Path:
    """Where the model of the present words lies once it is trained."""
    return settings.models_folder / f"parley-{data_version()}.tar.gz"


def is_current(settings: Settings) -> bool:
    """Whether the newest model was made from the present words."""
    return newest_model(settings.models_folder) == model_path(settings)


def train(settings: Settings) -> Path:
    """Train and return the archive; RuntimeError with Rasa's code when training fails."""
    os.environ.update(QUIET)
    leave_tensorflow_out()
    from rasa.model_training import train as rasa_train

    from bot.nlu.lean import remember_valid_files

    quiet_logs()
    remember_valid_files(settings.home_folder / "cache" / "valid-files.txt")
    target = model_path(settings)
    started = time.monotonic()
    result = rasa_train(
        domain="domain.yml",
        config="config.yml",
        training_files=["data/nlu", "data/stories"],
        output=str(settings.models_folder),
        fixed_model_name=target.name.removesuffix(".tar.gz"),
        # Rasa's cache does not know of the encoder and the tuning lines; ours does, line by line.
        force_training=True,
    )
    if result.code != 0 or not result.model:
        raise RuntimeError(f"Training failed with code {result.code}.")
    os.utime(result.model)
    print(f"Trained {target.name} in {time.monotonic() - started:.0f} s.", file=sys.stderr)  # noqa: T201
    return Path(result.model)


if __name__ == "__main__":
    train(Settings.from_environment())
