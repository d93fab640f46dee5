"""Makes a model from the one in service when only lines differ: new heads in the old archive, the rest byte for byte."""

from __future__ import annotations

import gzip
import io
import json
import os
import secrets
import tarfile
import tempfile
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.core.labels import Speaker
from bot.nlu.lines import Example, digest_of, kept_lines, training_lines

#: What a model was made from, in its archive beside Rasa's own metadata, which Rasa does not read.
LABEL = "parley.json"
METADATA = "metadata.json"

LABELS_COMPONENT = "bot.nlu.labels.LabelClassifier"
HEAT_COMPONENT = "bot.nlu.heat.HeatScorer"

#: The part of a model that hears heat; the others are named after their speakers.
HEAT = "heat"

#: Hears how far a training is, from 0 to 1, and what is being done.
Told = Callable[[float, str], None]


@dataclass(frozen=True)
class Part:
    """One set of heads in an archive: the folder it lies in, and its component's settings."""

    name: str
    folder: str
    config: Mapping[str, Any]


def may_retrain(archive: Path, base: str) -> bool:
    """Whether a model's heads can be trained on by themselves: all that it was made from but lines is as it is now."""
    return read_label(archive).get("base") == base


def read_label(archive: Path) -> dict[str, Any]:
    """What the archive says it was made from; nothing when it says nothing or cannot be read."""
    try:
        return dict(json.loads(_members(archive, (LABEL,))[LABEL]))
    except (OSError, tarfile.TarError, EOFError, KeyError, ValueError, TypeError):
        return {}


def label_archive(archive: Path, files: Mapping[str, str], base: str) -> None:
    """Write into a whole model's archive what it was made from."""
    made = _label(base, digests_of(training_lines(files)))
    _rewrite(archive, archive, {LABEL: made})


def retrain(
    archive: Path,
    target: Path,
    files: Mapping[str, str],
    base: str,
    told: Told = lambda share, words: None,
) -> None:
    """Make a model of the training files from another one's archive; parts whose lines are the same stay as they are."""
    told(0.0, "Reading the lines")
    examples = training_lines(files)
    digests, before = digests_of(examples), read_label(archive).get("lines", {})
    metadata = json.loads(_members(archive, (METADATA,))[METADATA])
    parts = [part for part in parts_of(metadata) if digests.get(part.name) != before.get(part.name)]
    replaced = {
        LABEL: _label(base, digests),
        METADATA: _renewed(metadata),
    }
    for number, part in enumerate(parts):
        told((number + 0.5) / (len(parts) + 1), f"Training what is heard: {part.name}")
        replaced.update(_trained(archive, part, examples))
    told(0.95, "Packing the model")
    _rewrite(archive, target, replaced)


def digests_of(examples: Sequence[Example]) -> dict[str, str]:
    """A short name of the lines that each part of a model is trained on."""
    digests = {}
    for speaker in Speaker:
        own = [x for x in examples if x.speaker is speaker]
        if own:
            digests[speaker.value] = digest_of(own)
    if Speaker.CLIENT.value in digests:
        digests[HEAT] = digests[Speaker.CLIENT.value]
    return digests


def parts_of(metadata: Mapping[str, Any]) -> list[Part]:
    """The sets of heads of a model, by what its metadata says of the components that were trained."""
    from bot.nlu.fitting import HEAT_DEFAULTS, LABEL_DEFAULTS

    parts = []
    for name, node in metadata["train_schema"]["nodes"].items():
        folder = f"components/{name}"
        if node["uses"] == LABELS_COMPONENT:
            config = {**LABEL_DEFAULTS, **node["config"]}
            parts += [Part(s.value, f"{folder}/{s.value}", config) for s in Speaker]
        elif node["uses"] == HEAT_COMPONENT:
            parts.append(Part(HEAT, folder, {**HEAT_DEFAULTS, **node["config"]}))
    return parts


def unpacked_heads(archive: Path, folder: Path) -> dict[str, Path]:
    """Unpack the heads of a model; where each part of it lies then."""
    metadata = json.loads(_members(archive, (METADATA,))[METADATA])
    parts = parts_of(metadata)
    wanted = [f"{part.folder}/heads.{kind}" for part in parts for kind in ("json", "npz")]
    for name, content in _members(archive, wanted).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return {p.name: folder / p.folder for p in parts if (folder / p.folder / "heads.npz").exists()}


def _trained(archive: Path, part: Part, examples: Sequence[Example]) -> dict[str, bytes]:
    """The files of a part, trained on from those in the archive."""
    from bot.nlu.fitting import fit_heat, fit_labels
    from bot.nlu.heads import Heads

    kept = kept_lines(part.config["tuned_on"])
    with tempfile.TemporaryDirectory() as place:
        old = unpacked_heads(archive, Path(place)).get(part.name)
        start = Heads.load(old) if old else None
        if part.name == HEAT:
            heads = fit_heat(examples, kept, part.config, start)
        else:
            heads = fit_labels(Speaker(part.name), examples, kept, part.config, start)
        if heads is None:
            raise RuntimeError(f"There are no lines of this kind any more: {part.name}.")
        fresh = Path(place) / "fresh"
        heads.save(fresh)
        return {f"{part.folder}/{file.name}": file.read_bytes() for file in fresh.iterdir()}


def _label(base: str, digests: Mapping[str, str]) -> bytes:
    return json.dumps({"base": base, "lines": digests}, indent=1).encode()


def _renewed(metadata: Mapping[str, Any]) -> bytes:
    now = datetime.now(UTC).replace(tzinfo=None)  # as Rasa writes it
    return json.dumps(
        {**metadata, "model_id": uuid.uuid4().hex, "trained_at": now.isoformat()}
    ).encode()


def _members(archive: Path, wanted: Sequence[str]) -> dict[str, bytes]:
    found = {}
    with tarfile.open(archive, "r:gz") as tar:
        for member in tar:
            name = member.name.lstrip("./")
            if name in wanted and member.isfile():
                content = tar.extractfile(member)
                found[name] = content.read() if content else b""
    return found


def _rewrite(archive: Path, target: Path, replaced: Mapping[str, bytes]) -> None:
    """Write an archive with some files replaced or added, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        with (
            tarfile.open(archive, "r:gz") as old,
            gzip.open(draft, "wb", compresslevel=6) as packed,
            tarfile.open(fileobj=packed, mode="w") as new,
        ):
            left = dict(replaced)
            for member in old:
                content = left.pop(member.name.lstrip("./"), None)
                if content is not None:
                    member.size = len(content)
                    new.addfile(member, io.BytesIO(content))
                else:
                    new.addfile(member, old.extractfile(member) if member.isfile() else None)
            for name, content in left.items():
                added = tarfile.TarInfo(name)
                added.size, added.mode = len(content), 0o644
                new.addfile(added, io.BytesIO(content))
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
