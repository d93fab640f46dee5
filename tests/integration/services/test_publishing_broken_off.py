"""Publishing in a world that fails or dies at every single step: all is done, or nothing is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from bot.core.errors import UnavailableError
from bot.services.publication_words import INTERRUPTED
from bot.services.publish_job import NotUndoneError
from bot.services.studio_ports import PublicationStatus
from tests.integration.services.test_publishing import publish, result, rolled_back, texts
from tests.publishing_fakes import (
    HAULIER,
    LESSONS,
    NEW_MODEL,
    NEW_TEXT,
    OLD_MODEL,
    OLD_TEXT,
    Killed,
    World,
    fresh,
)


@pytest.fixture
def world() -> World:
    return fresh()


def start_publication(world: World) -> str:
    asked = publish(world, world.draft(HAULIER, NEW_TEXT))
    world.steps.clear()
    return str(asked["id"])


def start_roll_back(world: World) -> str:
    asked = rolled_back(world)
    world.steps.clear()
    return str(asked["id"])


def settle(world: World) -> None:
    """What the next processes do: recover, then whatever waits; the assistant is brought in line."""
    world.restart()
    world.job().recover()
    while world.job().run_next():
        pass
    world.job().align()


def steps_of(start: Callable[[World], str]) -> list[str]:
    world = fresh()
    start(world)
    world.job().run_next()
    return list(world.steps)


PUBLISH_STEPS = steps_of(start_publication)
ROLL_BACK_STEPS = steps_of(start_roll_back)

HOW = {
    "killed": Killed,
    "no answer": lambda: UnavailableError("It does not answer."),
    "a fault of ours": lambda: RuntimeError("unforeseen"),
    "told to stop": lambda: SystemExit(0),
}


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(
    "number", range(len(PUBLISH_STEPS)), ids=[f"{n} {s}" for n, s in enumerate(PUBLISH_STEPS)]
)
def test_a_publication_that_is_broken_off_anywhere_is_all_done_or_not_at_all(
    number: int, how: str
) -> None:
    world = fresh()
    publication = start_publication(world)
    before = world.state()
    world.fails_at[number] = HOW[how]()
    with suppress(Killed, Exception, SystemExit):  # the process may end in any way
        world.job().run_next()
    died_queued = (
        world.ledger.publications[publication].status is PublicationStatus.QUEUED
    )  # it was never claimed
    world.restart()
    world.job().recover()
    world.job().align()

    record = world.ledger.publications[publication]
    is_told = "publication_in_service" in world.events
    assert is_told == (record.status is PublicationStatus.IN_SERVICE)
    if record.status is PublicationStatus.IN_SERVICE:
        assert world.files[HAULIER.path] == NEW_TEXT
        assert LESSONS in world.files
        assert (world.pointer, world.running) == (NEW_MODEL, NEW_MODEL)
        assert texts(world) == [(1, NEW_TEXT), (0, OLD_TEXT)]
        assert world.ledger.drafts == {}
        return
    assert world.state() == before
    if died_queued:
        assert world.job().run_next()
        assert world.pointer == NEW_MODEL
        return
    assert record.status is PublicationStatus.FAILED
    assert record.error
    if how in ("killed", "told to stop"):
        assert record.error == INTERRUPTED
    assert world.candidates == set() or how != "killed"
    # The draft is intact: published again, it goes through.
    again = publish(world, next((d.id, d.revision) for d in world.ledger.drafts.values()))
    settle(world)
    assert result(world, again)["status"] == "in_service"
    assert world.state()["files"][HAULIER.path] == NEW_TEXT


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(
    "number", range(len(ROLL_BACK_STEPS)), ids=[f"{n} {s}" for n, s in enumerate(ROLL_BACK_STEPS)]
)
def test_a_roll_back_that_is_broken_off_anywhere_ends_all_rolled_back_or_all_in_service(
    number: int, how: str
) -> None:
    world = fresh()
    publication = start_roll_back(world)
    world.fails_at[number] = HOW[how]()
    with suppress(Killed, Exception, SystemExit):  # the process may end in any way
        world.job().run_next()
    settle(world)

    record = world.ledger.publications[publication]
    if record.status is PublicationStatus.ROLLED_BACK:
        assert world.files == fresh().files
        assert (world.pointer, world.running) == (OLD_MODEL, OLD_MODEL)
        assert texts(world)[0] == (2, OLD_TEXT)
    else:
        assert how in ("no answer", "a fault of ours")
        assert (record.status, record.rolled_back_by) == (PublicationStatus.IN_SERVICE, None)
        assert record.error
        assert world.files[HAULIER.path] == NEW_TEXT
        assert (world.pointer, world.running) == (NEW_MODEL, NEW_MODEL)
        assert texts(world)[0] == (1, NEW_TEXT)


@pytest.mark.parametrize("stage", ["train", "load", "loaded", "hear", f"put {HAULIER.path}"])
def test_an_assistant_that_dies_in_the_middle_starts_with_the_old_model(stage: str) -> None:
    world = fresh()
    publication = start_publication(world)
    before = world.state()
    step = world.step

    def dies(name: str) -> None:
        step(name)
        if name == stage:
            world.running = None

    world.step = dies  # type: ignore[method-assign]
    world.job().run_next()
    world.step = step  # type: ignore[method-assign]
    record = world.ledger.publications[publication]
    world.running = world.pointer  # its watcher starts it again

    if record.status is PublicationStatus.FAILED:
        assert world.state() == before
    else:
        assert world.pointer == NEW_MODEL


def test_a_machine_that_dies_comes_back_clean_without_an_assistant() -> None:
    for number in range(len(PUBLISH_STEPS)):
        world = fresh()
        publication = start_publication(world)
        files = dict(world.files)
        world.fails_at[number] = Killed()
        with pytest.raises(Killed):
            world.job().run_next()
        world.running = None
        world.restart()
        world.job().recover()
        world.running = world.pointer  # it starts after the recovery

        if world.ledger.publications[publication].status is not PublicationStatus.IN_SERVICE:
            assert world.files == files
            assert world.running == OLD_MODEL
        assert world.ledger.publications[publication].status is not PublicationStatus.RUNNING


def test_a_state_that_cannot_be_brought_back_is_tried_again_at_the_next_start(
    world: World,
) -> None:
    publication = start_publication(world)
    before = world.state()
    put = PUBLISH_STEPS.index(f"put {LESSONS}")
    world.fails_at |= {put: OSError("disk full"), put + 2: OSError("disk full")}
    with pytest.raises(NotUndoneError):
        world.job().run_next()
    assert world.ledger.publications[publication].status is PublicationStatus.RUNNING

    world.restart()
    assert world.job().recover() == [publication]
    assert world.state() == before
    assert world.job().recover() == []
