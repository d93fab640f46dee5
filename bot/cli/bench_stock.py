"""The same turns through stock Rasa: DIET, REST channel, SQL tracker store, the same data and the same action server."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from bot.bootstrap import Services, build_services
from bot.cli.bench_live import percentiles, unseen_turns
from bot.cli.demo import demo_sign_ins
from bot.cli.installation import free_port
from bot.core.coaching.advice import Role
from bot.core.errors import UnavailableError
from bot.core.labels import Speaker
from bot.core.signing import seal
from bot.nlu.evaluation.stock_diet import STOCK_PIPELINE
from bot.services.ports import Viewer
from bot.settings import Settings

CONFIG = f"""\
{STOCK_PIPELINE}  - name: EntitySynonymMapper
policies:
  - name: MemoizationPolicy
  - name: RulePolicy
"""


def measure_stock(folder: Path, epochs: int) -> dict[str, Any]:
    """Train and serve stock Rasa in a folder, send it the same turns, and return its figures."""
    ports = {"rasa": free_port(), "actions": free_port()}
    environment = {
        **os.environ,
        "PARLEY_HOME": str(folder / "home"),
        "PARLEY_DATABASE_URL": "",
        "PARLEY_ACTIONS_PORT": str(ports["actions"]),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "2",
    }
    settings = Settings.from_environment(environment)
    demo_sign_ins(settings)
    project = _project(folder / "project", epochs, ports)
    started = time.monotonic()
    log = (folder / "train.log").open("wb")
    subprocess.run(
        [sys.executable, "-m", "rasa", "train"],
        cwd=project,
        env=environment,
        check=True,
        stdout=log,
        stderr=log,
    )
    trained_after = time.monotonic() - started
    with _served(project, environment, ports, folder):
        return {
            **_figures(build_services(settings), ports["rasa"]),
            "train_s": trained_after,
            "epochs": epochs,
        }


def _project(project: Path, epochs: int, ports: dict[str, int]) -> Path:
    shutil.copytree("data/nlu", project / "data" / "nlu")
    shutil.copytree("data/stories", project / "data" / "stories")
    shutil.copy("domain.yml", project / "domain.yml")
    (project / "config.yml").write_text(
        CONFIG.format(epochs=epochs, joined="false"), encoding="utf-8"
    )
    (project / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    (project / "endpoints.yml").write_text(
        f"action_endpoint:\n  url: http://127.0.0.1:{ports['actions']}/webhook\n"
        "tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: tracker.db\n  query: {}\n",
        encoding="utf-8",
    )
    return project


@contextmanager
def _served(
    project: Path, environment: dict[str, str], ports: dict[str, int], folder: Path
) -> Iterator[None]:
    command = ["rasa", "run", "-i", "127.0.0.1", "-p", str(ports["rasa"]), "--enable-api"]
    with (folder / "run.log").open("wb") as log:
        actions = subprocess.Popen(
            [sys.executable, "-m", "actions"], env=environment, stdout=log, stderr=log
        )
        rasa = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=project, env=environment, stdout=log, stderr=log
        )
        try:
            _wait(ports["rasa"])
            yield
        finally:
            rasa.terminate()
            actions.terminate()
            rasa.wait(20)
            actions.wait(20)


def _wait(port: int, seconds: float = 180) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if requests.get(f"http://127.0.0.1:{port}/status", timeout=5).status_code == 200:
                return
        except requests.RequestException:
            time.sleep(0.5)
    raise UnavailableError("The stock assistant did not get ready.")


def _figures(services: Services, port: int) -> dict[str, Any]:
    turns = itertools.cycle(unseen_turns())
    user = services.people.all()[0]
    viewer = Viewer(user.id, user.full_name, Role.ADMIN)
    account_id = services.accounts.search("", viewer, 1)[0]["id"]
    session = requests.Session()
    session.trust_env = False

    def conversation(number: int, length: int) -> list[float]:
        with services.unit_of_work() as work:
            call = work.calls.open(account_id, viewer.user_id, datetime.now(UTC))
            work.commit()
        return [
            _turn(services, session, port, viewer, call.id, f"stock-{number}", *next(turns))
            for _ in range(length)
        ]

    conversation(0, 20)
    one = [spent for number in range(1, 11) for spent in conversation(number, 10)]
    times = conversation(11, 400)
    return {
        "one_call": percentiles(one),
        "early_turns": percentiles(times[2:12]),
        "late_turns": percentiles(times[390:400]),
    }


def _turn(
    services: Services,
    session: requests.Session,
    port: int,
    viewer: Viewer,
    call_id: str,
    sender: str,
    speaker: str,
    text: str,
) -> float:
    now = datetime.now(UTC)
    with services.unit_of_work() as work:
        turn, _ = work.calls.add_turn(call_id, Speaker(speaker), text, now, None)
        work.commit()
    who = {
        "user": viewer.user_id,
        "name": viewer.name,
        "role": viewer.role.value,
        "seniority": viewer.seniority,
    }
    sealed = seal(services.settings.signing_key, {"turn": turn.id, "call": call_id, **who}, now)
    body = {"sender": sender, "message": text, "metadata": {"sealed": sealed, "speaker": speaker}}
    started = time.perf_counter()
    answer = session.post(f"http://127.0.0.1:{port}/webhooks/rest/webhook", json=body, timeout=60)
    spent = time.perf_counter() - started
    if not answer.json():
        raise UnavailableError("The stock assistant gave no answer to a turn.")
    return spent
