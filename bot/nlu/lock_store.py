"""One turn at a time per conversation, without making the second turn wait a whole second."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore

#: Rasa looks once a second whether the turn before has finished; we look every ten milliseconds.
POLL_SECONDS = 0.01


class QuickLockStore(InMemoryLockStore):
    """Rasa's in-memory lock store that polls in milliseconds. For several workers use Redis in endpoints.yml."""

    def __init__(self, endpoint_config: Any = None) -> None:
        super().__init__()

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = POLL_SECONDS,
    ) -> AsyncGenerator[TicketLock, None]:
        """Acquires the lock of a conversation (see parent class)."""
        async with super().lock(conversation_id, lock_lifetime, POLL_SECONDS) as lock:
            yield lock
