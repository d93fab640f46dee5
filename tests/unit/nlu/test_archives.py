"""Which model a starting server loads, and what becomes of the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.core.errors import InvalidInputError, NotFoundError, UnavailableError
from bot.nlu import archives
from bot.nlu.archives import (
    CANDIDATES,
    KEPT,
    POINTER,
    allowed_archive,
    archive_of,
    clear_candidates,
    newest_model,
    put_in_service,
)


def archive(folder: Path, name: str, age: float = 0) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.tar.gz"
    path.write_bytes(name.encode())
    os.utime(path, (1_000_000 - age, 1_000_000 - age))
    return path


def test_without_a_pointer_the_model_trained_last_is_in_service(tmp_path: Path) -> None:
    assert newest_model(tmp_path / "nowhere") is None
    assert newest_model(tmp_path) is None
    new = archive(tmp_path, "parley-new")
    archive(tmp_path, "parley-old", age=60)

    assert newest_model(tmp_path) == new


def test_the_pointer_says_which_model_is_in_service(tmp_path: Path) -> None:
    archive(tmp_path, "parley-new")
    old = archive(tmp_path, "parley-old", age=60)
    put_in_service(tmp_path, "parley-old")

    assert newest_model(tmp_path) == old
    assert (tmp_path / POINTER).read_text("utf-8") == "parley-old\n"


@pytest.mark.parametrize(
    "words", [b"parley-gone\n", b"", b"\xff\xfe", b"../parley-other\n", b"a b"]
)
def test_a_pointer_to_nothing_falls_back_on_the_newest_model(tmp_path: Path, words: bytes) -> None:
    new = archive(tmp_path / "models", "parley-new")
    archive(tmp_path, "parley-other")
    (tmp_path / "models" / POINTER).write_bytes(words)

    assert newest_model(tmp_path / "models") == new


def test_a_missing_model_in_service_is_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    # Rasa's own logging settings may have silenced this module's logger in the same process.
    monkeypatch.setattr(archives.log, "warning", lambda words, *parts: told.append(words % parts))
    archive(tmp_path, "parley-new")
    (tmp_path / POINTER).write_text("parley-gone", "utf-8")
    newest_model(tmp_path)

    assert "parley-gone" in "".join(told)


def test_a_candidate_that_is_put_in_service_moves_to_the_models(tmp_path: Path) -> None:
    archive(tmp_path, "parley-old", age=60)
    candidate = archive(tmp_path / CANDIDATES, "parley-next")
    content = candidate.read_bytes()

    target = put_in_service(tmp_path, "parley-next")
    assert target == tmp_path / "parley-next.tar.gz" == newest_model(tmp_path)
    assert target.read_bytes() == content
    assert not candidate.exists()


def test_an_unknown_model_cannot_be_put_in_service_and_nothing_changes(tmp_path: Path) -> None:
    archive(tmp_path, "parley-one")
    put_in_service(tmp_path, "parley-one")

    for name in ("parley-two", "../parley-one", "", "a/b", ".hidden"):
        with pytest.raises(NotFoundError):
            put_in_service(tmp_path, name)
    assert (tmp_path / POINTER).read_text("utf-8") == "parley-one\n"


def test_the_last_ten_are_kept_and_whichever_is_in_service(tmp_path: Path) -> None:
    for number in range(15):
        archive(tmp_path, f"parley-{number:02}", age=number)
    put_in_service(tmp_path, "parley-14")

    kept = {path.name.removesuffix(".tar.gz") for path in tmp_path.glob("*.tar.gz")}
    assert kept == {"parley-14", *(f"parley-{number:02}" for number in range(KEPT))}


def test_a_folder_that_cannot_be_written_leaves_the_pointer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive(tmp_path, "parley-one")
    archive(tmp_path, "parley-two")
    put_in_service(tmp_path, "parley-one")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnavailableError, match="No space left"):
        put_in_service(tmp_path, "parley-two")
    assert newest_model(tmp_path) == tmp_path / "parley-one.tar.gz"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_stop_between_moving_and_naming_leaves_the_old_model_in_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = archive(tmp_path, "parley-old", age=60)
    archive(tmp_path / CANDIDATES, "parley-next")
    replace = os.replace

    def stop_after_the_move(source: Path, target: Path) -> None:
        replace(source, target)
        if Path(target).suffix == ".gz":
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stop_after_the_move)
    with pytest.raises(KeyboardInterrupt):
        put_in_service(tmp_path, "parley-next")
    assert newest_model(tmp_path) == old


def test_candidates_are_found_and_cleared(tmp_path: Path) -> None:
    model = archive(tmp_path, "parley-one")
    candidate = archive(tmp_path / CANDIDATES, "parley-two")
    (tmp_path / CANDIDATES / "job-1.json").write_text("{}", "utf-8")

    assert archive_of(tmp_path, "parley-one") == model
    assert archive_of(tmp_path, "parley-two") == candidate
    clear_candidates(tmp_path)
    clear_candidates(tmp_path)
    assert model.exists()
    with pytest.raises(NotFoundError):
        archive_of(tmp_path, "parley-two")


def test_only_archives_among_the_models_may_be_loaded(tmp_path: Path) -> None:
    model = archive(tmp_path / "models", "parley-one")
    candidate = archive(tmp_path / "models" / CANDIDATES, "parley-two")
    outside = archive(tmp_path, "parley-three")

    assert allowed_archive(tmp_path / "models", str(model)) == model
    assert allowed_archive(tmp_path / "models", str(candidate)) == candidate
    for file in (str(outside), f"{tmp_path}/models/../parley-three.tar.gz", "", "/etc/passwd"):
        with pytest.raises(InvalidInputError):
            allowed_archive(tmp_path / "models", file)
    with pytest.raises(NotFoundError):
        allowed_archive(tmp_path / "models", str(model.with_name("parley-none.tar.gz")))
