"""The second turn of a conversation waits for the first and not a moment longer."""

from __future__ import annotations

import asyncio
import time

from bot.nlu.lock_store import QuickLockStore

#: What the first turn takes; stock Rasa would let the second wait a whole second.
FIRST_TURN_SECONDS = 0.05


def test_the_second_turn_begins_milliseconds_after_the_first_ended() -> None:
    store = QuickLockStore()
    ended, began = [], []

    async def first() -> None:
        async with store.lock("call_1"):
            await asyncio.sleep(FIRST_TURN_SECONDS)
            ended.append(time.perf_counter())

    async def second() -> None:
        await asyncio.sleep(0.005)
        async with store.lock("call_1"):
            began.append(time.perf_counter())

    async def both() -> None:
        await asyncio.gather(first(), second())

    asyncio.run(both())

    assert 0 <= began[0] - ended[0] < 0.25


def test_turns_of_one_conversation_are_handled_one_at_a_time_in_order() -> None:
    store = QuickLockStore()
    inside, order = [], []

    async def turn(number: int) -> None:
        await asyncio.sleep(number / 200)
        async with store.lock("call_1"):
            inside.append(number)
            assert len(inside) == 1
            await asyncio.sleep(0.02)
            order.append(inside.pop())

    async def all_turns() -> None:
        await asyncio.gather(*(turn(number) for number in range(6)))

    asyncio.run(all_turns())

    assert order == list(range(6))


def test_another_conversation_does_not_wait() -> None:
    store = QuickLockStore()

    async def other() -> float:
        async with store.lock("call_1"):
            started = time.perf_counter()
            async with store.lock("call_2"):
                return time.perf_counter() - started

    assert asyncio.run(other()) < 0.25


def test_a_turn_that_fails_lets_the_next_one_in() -> None:
    store = QuickLockStore()

    async def turns() -> bool:
        try:
            async with store.lock("call_1"):
                raise RuntimeError("the turn failed")
        except RuntimeError:
            pass
        async with asyncio.timeout(1):
            async with store.lock("call_1"):
                return True

    assert asyncio.run(turns())
