"""A small server for browser tests: a host page under a strict policy, the widget, and scripted answers."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
WIDGET = ROOT / "bot" / "web" / "static" / "widget"
HOST = Path(__file__).parent / "host"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
    " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)
_KINDS = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".svg": "image/svg+xml",
}


@dataclass
class Asked:
    """One request that reached the interface."""

    method: str
    path: str
    body: Any
    headers: dict[str, str]


@dataclass
class Script:
    """What the coach answers in one test; `answers` are given to turns in order, the last one again and again."""

    call: dict[str, Any] = field(default_factory=dict)
    account: dict[str, Any] = field(default_factory=dict)
    answers: list[dict[str, Any]] = field(default_factory=list)
    replies: dict[str, tuple[int, Any]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    delay: float = 0.0
    asked: list[Asked] = field(default_factory=list)
    is_over: bool = False

    def posts(self, ending: str) -> list[Asked]:
        """The posts to paths with this ending, in the order they came."""
        return [one for one in self.asked if one.method == "POST" and one.path.endswith(ending)]

    def posted(self, ending: str, count: int = 1) -> list[Asked]:
        """The same, once so many have come: what the page shows at once may be sent a moment later."""
        end = time.monotonic() + 10
        while len(self.posts(ending)) < count:
            assert time.monotonic() < end, f"{len(self.posts(ending))} of {count} posts to {ending}"
            time.sleep(0.02)
        return self.posts(ending)

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        """Answer one request; `replies` by the path's last part goes before the usual answer."""
        time.sleep(self.delay)
        last = path.rsplit("/", 1)[-1]
        if last in self.replies:
            return self.replies[last]
        if last == "turns" and self.answers:
            given = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            return 200, {"turn_id": f"own-{body['segment_id'][:8]}"} | given
        if last == "feedback":
            return 204, None
        if path.startswith("/accounts/"):
            return 200, self.account
        return (200, self.call) if self.call else (404, {"title": "No such call."})


class CoachServer(ThreadingHTTPServer):
    """Serves the host page, the widget's files and the script of the running test."""

    daemon_threads = True
    script = Script()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A page that was left in the middle of an answer is no fault."""

    @property
    def origin(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def page(self, **attributes: str) -> str:
        """The address of the host page with these attributes on the panel."""
        query = "&".join(f"{name}={value}" for name, value in attributes.items())
        return f"{self.origin}/?{query}"


class _Handler(BaseHTTPRequestHandler):
    server: CoachServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each answer waits 40 ms for the browser to confirm its head

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path.startswith("/api/v1"):
            self._stream() if path.endswith("/stream") else self._ask("GET", path)
        elif path.startswith("/widget/"):
            self._file(WIDGET / path.removeprefix("/widget/"))
        else:
            self._file(HOST / (path.lstrip("/") or "host.html"))

    def do_POST(self) -> None:
        self._ask("POST", self.path)

    def _ask(self, method: str, path: str) -> None:
        script = self.server.script
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = json.loads(raw) if raw else None
        inner = path.removeprefix("/api/v1")
        script.asked.append(Asked(method, inner, body, dict(self.headers)))
        status, answer = script.answer(method, inner, body)
        kind = "application/json" if status < 400 else "application/problem+json"
        self._send(status, json.dumps(answer).encode() if answer is not None else b"", kind)

    def _stream(self) -> None:
        script = self.server.script
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        script.asked.append(Asked("GET", self.path, None, dict(self.headers)))
        given = 0
        while not script.is_over:
            for event in script.events[given:]:
                name, number, data = (
                    event.get("event", "turn"),
                    event.get("id", given),
                    event["data"],
                )
                block = f"event: {name}\nid: {number}\ndata: {json.dumps(data)}\n\n"
                self.wfile.write(block.encode())
                given += 1
            self.wfile.flush()
            time.sleep(0.05)

    def _file(self, path: Path) -> None:
        if path.name == "icon.svg":
            return self._send(200, b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml")
        if not path.is_file():
            return self._send(404, b"", "text/plain")
        return self._send(200, path.read_bytes(), f"{_KINDS[path.suffix]}; charset=utf-8")

    def _send(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test output clean."""


def started() -> CoachServer:
    """A server on a free port, in its own thread."""
    server = CoachServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
