"""Trains the assistant: only the heads when only lines have changed, else the whole of it from words and rules."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.nlu.archives import ENDING, newest_model, put_in_service
from bot.nlu.light import leave_tensorflow_out
from bot.nlu.lines import training_files
from bot.nlu.logs import quiet_logs
from bot.nlu.making import label_archive, may_retrain, retrain
from bot.nlu.server import QUIET
from bot.settings import Settings

LINES = "data/nlu"

#: What a model is made from, relative to the project's root; the lines lie in the folder of the content.
SOURCES = (
    "config.yml",
    "domain.yml",
    LINES,
    "data/stories",
    "data/lexicons",
    "data/encoder",
    "tests/validation",
    "bot/nlu/encoder.py",
    "bot/nlu/examples.py",
    "bot/nlu/fitting.py",
    "bot/nlu/heads.py",
    "bot/nlu/heat.py",
    "bot/nlu/labels.py",
    "bot/nlu/lines.py",
    "bot/nlu/logistic.py",
    "bot/nlu/ngrams.py",
)


def data_version(
    root: Path = Path(), lines: Path | None = None, replaced: Mapping[str, str | None] | None = None
) -> str:
    """A short name of everything a model is made from; changes when any of it does.

    `replaced` are files in the folder of lines that are staged: other texts, or None for a file that goes.
    """
    return _digest(root, SOURCES, lines or root / LINES, replaced or {})


def base_version(root: Path = Path()) -> str:
    """A short name of everything but the lines: while it stays the same, heads can be trained on their own."""
    return _digest(root, tuple(source for source in SOURCES if source != LINES), root, {})


def lines_folder(settings: Settings) -> Path:
    """Where the training lines lie: beside the rest of the content, else where the product ships them."""
    own = settings.content_folder / "nlu"
    return own if own.is_dir() else Path(LINES)


def model_path(settings: Settings) -> Path:
    """Where the model of the present words lies once it is trained."""
    version = data_version(lines=lines_folder(settings))
    return settings.models_folder / f"parley-{version}{ENDING}"


def is_current(settings: Settings) -> bool:
    """Whether the model in service was made from the present words."""
    return newest_model(settings.models_folder) == model_path(settings)


def train(settings: Settings, *, whole: bool = False) -> Path:
    """Train, put the model in service and return its archive; RuntimeError when training fails.

    Only the heads are trained, on from those in service, when nothing but lines has changed since; `whole`
    trains everything from the beginning all the same.
    """
    started = time.monotonic()
    target, folder = model_path(settings), lines_folder(settings)
    before = None if whole else newest_model(settings.models_folder)
    if before is not None and may_retrain(before, base_version()):
        retrain(before, target, training_files(folder), base_version())
        how = "Only lines have changed: trained their heads alone"
    else:
        train_whole(settings, target, [str(folder)], training_files(folder))
        how = "Trained the whole model"
    put_in_service(settings.models_folder, target.name.removesuffix(ENDING))
    print(f"{how}. {target.name}, {time.monotonic() - started:.0f} s.", file=sys.stderr)  # noqa: T201
    return target


def train_whole(
    settings: Settings, target: Path, sources: Sequence[str], files: Mapping[str, str]
) -> None:
    """Have Rasa train everything into an archive; `sources` are the files or folders of lines, `files` what they say."""
    os.environ.update(QUIET)
    leave_tensorflow_out()
    from rasa.model_training import train as rasa_train

    from bot.nlu.lean import remember_valid_files

    quiet_logs()
    remember_valid_files(settings.home_folder / "cache" / "valid-files.txt")
    result = rasa_train(
        domain="domain.yml",
        config="config.yml",
        training_files=[*sources, "data/stories"],
        output=str(target.parent),
        fixed_model_name=target.name.removesuffix(ENDING),
        # Rasa's cache does not know of the encoder and the tuning lines; ours does, line by line.
        force_training=True,
    )
    if result.code != 0 or not result.model:
        raise RuntimeError(f"Training failed with code {result.code}.")
    label_archive(Path(result.model), files, base_version())


def _digest(
    root: Path, sources: Sequence[str], lines: Path, replaced: Mapping[str, str | None]
) -> str:
    digest = hashlib.sha256()
    for source in sources:
        if source == LINES:
            contents = _contents(lines, LINES)
            for name, text in replaced.items():
                contents[f"{LINES}/{name}"] = None if text is None else text.encode()
        else:
            contents = _contents(root / source, source)
        for name in sorted(contents, key=lambda name: name.split("/")):
            content = contents[name]
            if content is not None:
                digest.update(name.encode())
                digest.update(content)
    return digest.hexdigest()[:12]


def _contents(path: Path, source: str) -> dict[str, bytes | None]:
    """The files of a source by their place under the project's root."""
    if not path.is_dir():
        return {source: path.read_bytes()}
    return {
        f"{source}/{file.relative_to(path).as_posix()}": file.read_bytes()
        for file in path.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and file.suffix != ".pyc"
    }


if __name__ == "__main__":
    train(Settings.from_environment())
