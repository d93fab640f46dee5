"""Settings: read once, typed once, and a key that only its owner can read."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import Settings


def test_without_variables_everything_has_its_default() -> None:
    assert Settings.from_environment({}) == Settings()


@pytest.mark.parametrize("item", fields(Settings), ids=lambda item: item.name)
def test_every_setting_is_read_from_its_variable(item) -> None:
    variable = item.metadata["variable"]

    assert variable.startswith("PARLEY_")
    assert item.metadata["meaning"]
    assert getattr(Settings.from_environment({variable: " given "}), item.name) == "given"


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_variable_keeps_the_default(value: str) -> None:
    assert Settings.from_environment({"PARLEY_PORT": value}).port == "8000"


def test_no_two_settings_share_a_variable() -> None:
    variables = [item.metadata["variable"] for item in fields(Settings)]

    assert len(set(variables)) == len(variables)


def test_variables_of_others_are_not_read() -> None:
    assert Settings.from_environment({"PORT": "1", "HOME": "/nowhere"}) == Settings()


def test_addresses_follow_the_ports(tmp_path: Path) -> None:
    settings = Settings(home=str(tmp_path), port="1", rasa_port="2", actions_port="3")

    assert settings.web_url == "http://127.0.0.1:1"
    assert settings.rasa_url == "http://127.0.0.1:2"
    assert settings.actions_url == "http://127.0.0.1:3/webhook"


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 - read, not bound
def test_the_address_to_open_is_never_the_address_of_all(host: str) -> None:
    assert Settings(host=host).web_url == "http://127.0.0.1:8000"


def test_everything_is_written_under_the_home_folder(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "down"
    settings = Settings(home=str(home))

    assert settings.home_folder.is_dir()
    assert settings.models_folder == home / "models"
    assert settings.ledger_url == f"sqlite:///{home / 'parley.sqlite'}"
    assert settings.tracker_url == f"sqlite:///{home / 'conversations.sqlite'}"


def test_a_given_database_and_models_folder_win(tmp_path: Path) -> None:
    settings = Settings(home=str(tmp_path), database_url="postgresql://x/y", models="/m")

    assert settings.ledger_url == "postgresql://x/y"
    assert settings.models_folder == Path("/m")


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    settings = Settings(home=str(tmp_path))
    key = settings.signing_key

    assert len(key) >= 32
    assert Settings(home=str(tmp_path)).signing_key == key
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    keys = {Settings(home=str(tmp_path / name)).signing_key for name in ("a", "b")}

    assert len(keys) == 2


def test_a_given_secret_is_the_key_and_nothing_is_written(tmp_path: Path) -> None:
    assert Settings(home=str(tmp_path / "h"), secret="given").signing_key == b"given"
    assert not (tmp_path / "h").exists()


def test_processes_that_start_together_agree_on_the_key(tmp_path: Path) -> None:
    for attempt in range(40):
        home = str(tmp_path / str(attempt))
        with ThreadPoolExecutor(8) as pool:
            keys = set(pool.map(lambda _, home=home: Settings(home=home).signing_key, range(8)))

        assert len(keys) == 1
        assert b"" not in keys
