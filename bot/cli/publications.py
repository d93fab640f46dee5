"""Sees a publication or a roll-back through at the command line: does it here when no worker is there, and tells how it goes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rich.console import Console

from bot.worker_lock import take_worker_lock

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.services.ports import Viewer

LOOK_SECONDS = 0.5

_UNDER_WAY = ("queued", "running")

Tell = Callable[[dict[str, Any]], None]


def see_publication_through(
    services: Services, viewer: Viewer, publication_id: str, tell: Tell
) -> dict[str, Any]:
    """Wait until a publication has ended, and give it as it is then."""
    return _see_through(
        services, viewer, publication_id, tell, lambda now: now["status"] not in _UNDER_WAY
    )


def see_roll_back_through(
    services: Services, viewer: Viewer, publication_id: str, tell: Tell
) -> dict[str, Any]:
    """Wait until a publication has been rolled back, or that was given up."""
    return _see_through(
        services,
        viewer,
        publication_id,
        tell,
        lambda now: now["status"] == "rolled_back" or now["rolled_back_by"] is None,
    )


def told_to(console: Console) -> Tell:
    """Print what is being done, a line for each thing."""
    last = ""

    def tell(now: dict[str, Any]) -> None:
        nonlocal last
        if now["words"] != last and now["status"] in _UNDER_WAY:
            last = now["words"]
            console.print(f"{now['progress']:>3} %  {last}", markup=False)

    return tell


def print_end(console: Console, now: dict[str, Any]) -> None:
    """Print how a publication ended: what is in service, or what stood against it."""
    names = ", ".join(document["name"] for document in now["documents"])
    if now["status"] == "in_service":
        console.print(f"In service after {now['seconds']:.0f} s: {names}", markup=False)
        return
    console.print(now["words"], markup=False)
    for fault in now["faults"]:
        place = f"{fault['file']}:{fault['line']}"
        console.print(f"{place}: {fault['message']} -> {fault['remedy']}", markup=False)
    for refusal in (now["report"] or {}).get("refusals", ()):
        console.print(f"  {refusal['what']}", markup=False)
        for example in refusal["examples"]:
            heard = ", ".join(example["after"]) or "nothing"
            truth = ", ".join(example["truth"])
            console.print(f"    “{example['text']}” ({truth}) is heard as {heard}", markup=False)


def _see_through(
    services: Services,
    viewer: Viewer,
    publication_id: str,
    tell: Tell,
    has_ended: Callable[[dict[str, Any]], bool],
) -> dict[str, Any]:
    while True:
        now = services.publishing.get(viewer, publication_id)
        tell(now)
        if has_ended(now):
            return now
        lock = take_worker_lock(services.settings)
        if lock is None:  # a worker is there
            time.sleep(LOOK_SECONDS)
            continue
        with lock, _Telling(services, viewer, publication_id, tell):
            _work_until(services, lambda: _ended(services, viewer, publication_id, has_ended))


def _ended(
    services: Services,
    viewer: Viewer,
    publication_id: str,
    has_ended: Callable[[dict[str, Any]], bool],
) -> bool:
    return has_ended(services.publishing.get(viewer, publication_id))


def _work_until(services: Services, is_done: Callable[[], bool]) -> None:
    from bot.worker import publish_job

    job = publish_job(services.settings)
    job.recover()
    while not is_done() and job.run_next():
        pass


class _Telling:
    """Tells how it goes while the main thread does the work."""

    def __init__(self, services: Services, viewer: Viewer, publication_id: str, tell: Tell) -> None:
        self._look = lambda: tell(services.publishing.get(viewer, publication_id))
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(LOOK_SECONDS):
            self._look()
