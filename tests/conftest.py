"""What tests of every kind share: the trained model, loaded once, and a seeded installation."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.nlu.recogniser import RasaRecogniser

# Before anything imports Rasa: no test reports to anybody.
os.environ["RASA_TELEMETRY_ENABLED"] = "false"


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive trained last; where there is none, one is trained into a folder of its own."""
    from bot.nlu.server import newest_model
    from bot.nlu.training import train

    settings = Settings.from_environment()
    trained = newest_model(settings.models_folder)
    return trained or train(replace(settings, models=str(tmp_path_factory.mktemp("models"))))


@pytest.fixture(scope="session")
def recogniser(model: Path) -> RasaRecogniser:
    """The trained pipeline in this process."""
    from bot.nlu.recogniser import RasaRecogniser

    return RasaRecogniser(model)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """A fresh installation with the demo ledger, wired as every process wires it."""
    from bot.bootstrap import build_services
    from bot.cli.demo import demo_sign_ins

    home = tmp_path_factory.mktemp("home")
    settings = Settings(home=str(home), secret="the key of the tests", rasa_port="9")
    demo_sign_ins(settings)
    return build_services(settings)
