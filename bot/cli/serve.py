"""`parley serve`: everything that `make run` promises, watched over by one small process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.cli.starting import make_ready
from bot.core.errors import UnavailableError
from bot.settings import Settings

#: A child that dies more often than this within a minute is left dead and said to be so.
RESTARTS_A_MINUTE = 5

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

console = Console(soft_wrap=True, highlight=False)


@dataclass
class Child:
    """One server process."""

    name: str
    command: list[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it, its output into its log file."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )

    def ask_to_stop(self) -> None:
        """Ask it to stop, without waiting."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self) -> None:
        """Wait until it has stopped; after eight seconds make it."""
        if self.process is None:
            return
        try:
            self.process.wait(8)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def watch(self) -> bool:
        """Restart it when it has died; False once it has died too often."""
        if self.process is None or self.process.poll() is None:
            return True
        now = time.monotonic()
        self.deaths = [at for at in self.deaths if now - at < 60] + [now]
        if len(self.deaths) > RESTARTS_A_MINUTE:
            return False
        self.start()
        return True


def serve(
    check: Annotated[bool, typer.Option(help="Stop again once a turn can be answered.")] = False,
    train: Annotated[
        bool, typer.Option(help="Train first when words or pipeline have changed.")
    ] = True,
) -> None:
    """Prepare the database and the model, then run assistant, actions, web application and publishing."""
    started = time.monotonic()
    settings = Settings.from_environment()
    lock = make_ready(settings, train)
    children = _children(settings)
    _stop_on_signals()  # before the first child, or a stop leaves it
    try:
        children[1].start()  # the action server needs only the database address, not its tables
        sign_ins = _prepare_database(settings)
        if train and not _model_is_current(settings):
            console.print("Training the model on the words in data/ (one to two minutes)…")
            if subprocess.run([sys.executable, "-m", "bot", "train"], check=False).returncode:
                raise UnavailableError("The training failed; what went wrong is said above.")
        children[0].start()
        children[2].start()
        _wait_until_ready(settings, children)
        children[3].start()  # last: nobody publishes before turns are answered
        _announce(settings, sign_ins, time.monotonic() - started)
        if not check:
            _watch(children)
    except KeyboardInterrupt:
        console.print("\nStopping.")
    finally:
        # A second Ctrl+C must not break off the stopping, or the rest would run on unwatched.
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        for child in reversed(children):
            child.ask_to_stop()
        for child in reversed(children):
            child.stop()
        lock.close()


def _children(settings: Settings) -> list[Child]:
    logs = settings.home_folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    _ = settings.signing_key  # made once, before three processes could race for it
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    python = sys.executable
    return [
        Child("rasa", [python, "-m", "bot.nlu.server"], logs / "rasa.log"),
        Child("actions", [python, "-m", "actions"], logs / "actions.log"),
        Child("web", [python, "-m", "bot.web.serve"], logs / "web.log"),
        Child("worker", [python, "-m", "bot.worker"], logs / "worker.log"),
    ]


def _prepare_database(settings: Settings) -> list[tuple[str, str, str]]:
    """Bring the tables up to date and, in an empty ledger, the demo in; returns demo sign-ins if there are any."""
    from bot.cli.demo import demo_sign_ins

    return demo_sign_ins(settings)


def _model_is_current(settings: Settings) -> bool:
    from bot.nlu.training import is_current

    return is_current(settings)


def _wait_until_ready(settings: Settings, children: list[Child], seconds: float = 120) -> None:
    """Come back once a turn can be answered; UnavailableError names the server that keeps it from that."""
    address = f"{settings.web_url}/readyz"
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        for child in children:
            if not child.watch():
                raise UnavailableError(
                    f"The server “{child.name}” keeps stopping; see {child.log}."
                )
        time.sleep(0.2)
    raise UnavailableError(f"Not ready after {seconds:.0f} seconds; see {settings.home}/logs.")


def _announce(settings: Settings, sign_ins: list[tuple[str, str, str]], seconds: float) -> None:
    console.print(f"\nParley is ready after {seconds:.0f} s: [bold]{settings.web_url}[/bold]\n")
    for name, password, role in sign_ins:
        console.print(f"  {name:<6} {password:<14} {role}")
    if sign_ins:
        console.print(
            "\nThe client to try first: Hartley Joinery Ltd (sign in as sam). Ctrl+C stops everything."
        )


def _watch(children: list[Child]) -> None:
    while True:
        for child in children:
            if not child.watch():
                console.print(
                    f"[red]{child.name} keeps stopping[/red]; see {child.log}. The rest goes on."
                )
                child.process = None
        time.sleep(0.5)


def _stop_on_signals() -> None:
    signal.signal(signal.SIGTERM, _raise_interrupt)
    # A terminal that is closed stops everything; under nohup it does not.
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _raise_interrupt)


def _raise_interrupt(*_: object) -> None:
    raise KeyboardInterrupt
