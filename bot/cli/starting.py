"""What is looked at before the first server starts, so that a person reads one line and not three logs."""

from __future__ import annotations

import fcntl
import os
import socket
from typing import IO

import typer

from bot.core.errors import InvalidInputError, UnavailableError
from bot.nlu.server import newest_model
from bot.settings import Settings
from bot.worker_lock import take_worker_lock

#: Everything that is written from here on can be read by its owner only: it holds what clients said.
OWNER_ONLY = 0o077

LOOPBACK = "127.0.0.1"


def make_ready(settings: Settings, train: bool) -> IO[str]:
    """Refuse what cannot go well, with the way out; returns the lock on the folder, to be kept open."""
    from bot.content.loader import load_desk_content

    os.umask(OWNER_ONLY)
    lock = _claim(settings)
    refuse_taken_ports(settings)
    recover_publications(settings)  # before the words are read: half of them may be new
    load_desk_content(settings.content_folder)
    if not train and newest_model(settings.models_folder) is None:
        raise UnavailableError("No model has been trained yet. Run `parley train` first.")
    return lock


def recover_publications(settings: Settings) -> list[str]:
    """Put right what a publication that was interrupted has left; returns the publications concerned."""
    from bot.db.migrate import current, upgrade
    from bot.worker import looks, publish_job

    if _is_new(settings) or current(settings.ledger_url) is None:
        return []
    lock = take_worker_lock(settings)
    if lock is None:  # the command line is publishing at this moment
        return []
    with lock:
        upgrade(settings.ledger_url)
        _, is_left = looks(settings)
        if not is_left():
            return []
        righted = publish_job(settings).recover()
    typer.echo("A publication was interrupted; everything is as it was before, the drafts too.")
    return righted


def _is_new(settings: Settings) -> bool:
    return not settings.database_url and not (settings.home_folder / "parley.sqlite").exists()


def refuse_taken_ports(settings: Settings) -> None:
    """Raise UnavailableError naming the first port that cannot be listened on."""
    wanted = (
        ("PARLEY_PORT", settings.host, settings.port),
        ("PARLEY_RASA_PORT", LOOPBACK, settings.rasa_port),
        ("PARLEY_ACTIONS_PORT", LOOPBACK, settings.actions_port),
    )
    for variable, host, port in wanted:
        if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
            raise InvalidInputError(f"{variable}: “{port}” is not a port number.", field=variable)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, int(port)))
            except OSError as error:
                raise UnavailableError(
                    f"Parley cannot listen on {host}:{port} ({error.strerror or error}). Stop what listens there, "
                    f"or set {variable} to another port."
                ) from error


def _claim(settings: Settings) -> IO[str]:
    # Two watchers on one folder would train, seed and number over each other.
    lock = (settings.home_folder / "serve.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise UnavailableError(
            f"Parley is running from {settings.home_folder.resolve()} already. Stop it first, "
            "or set PARLEY_HOME to another folder."
        ) from error
    return lock
