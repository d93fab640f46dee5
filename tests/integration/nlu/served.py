"""A small Sanic server with our channel on it, for tests over real HTTP."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from bot.core.signing import sign
from bot.nlu.channel import SIGNATURE_HEADER, ParleyInput

KEY = b"the key of the tests"

Handler = Callable[[UserMessage], Any]


class Served:
    """A small Sanic server with our channel on it, in a thread of its own."""

    def __init__(self, name: str, models: Path) -> None:
        self.app = Sanic(name)
        self.messages: list[UserMessage] = []
        self.handler: Handler = self._answer
        channel = ParleyInput(KEY, models)
        self.app.blueprint(channel.blueprint(self._handle), url_prefix="/webhooks/parley")
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._up.wait(20)

    async def _handle(self, message: UserMessage) -> None:
        self.messages.append(message)
        await self.handler(message)

    @staticmethod
    async def _answer(message: UserMessage) -> None:
        await message.output_channel.send_text_message(message.sender_id, f"heard {message.text}")

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._open())
        self._up.set()
        self._loop.run_forever()

    async def _open(self) -> None:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        server = await self.app.create_server(
            sock=listener, return_asyncio_server=True, access_log=False
        )
        await server.startup()
        await server.start_serving()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def get(self) -> requests.Response:
        return requests.get(f"http://127.0.0.1:{self.port}/webhooks/parley/", timeout=20)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def post(self, body: bytes, signature: str | None, route: str = "webhook") -> requests.Response:
        headers = {} if signature is None else {SIGNATURE_HEADER: signature}
        url = f"{self.url}/webhooks/parley/{route}"
        return requests.post(url, data=body, headers=headers, timeout=60)

    def ask(self, route: str, document: Any) -> requests.Response:
        """A signed request to a route of the studio."""
        body = json.dumps(document).encode()
        return self.post(body, sign(KEY, body, datetime.now(UTC)), route)

    def say(self, text: str, sender: str = "chat_1", **metadata: Any) -> requests.Response:
        """A request as the web application makes it."""
        body = json.dumps({"sender": sender, "text": text, "metadata": metadata}).encode()
        return self.post(body, sign(KEY, body, datetime.now(UTC)))


def refused(answer: requests.Response, status: int, code: str) -> bool:
    """Whether the answer is a problem document of this kind."""
    document = answer.json()
    kind = answer.headers["Content-Type"].split(";")[0]
    return (answer.status_code, document["status"], document["code"], kind) == (
        status,
        status,
        code,
        "application/problem+json",
    ) and bool(document["detail"])
