"""Talks to the running Rasa server: sends turns and chat texts, asks whether a model answers."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from bot.core.errors import TooLargeError, UnavailableError
from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from bot.core.signing import seal, sign
from bot.services.ports import CallRecord, Clock, TurnRecord, Viewer
from bot.services.rehearsal_ports import RehearsalRecord, RehearsalTurnRecord

SIGNATURE_HEADER = "X-Parley-Signature"

#: After a failure the assistant is left alone this long, so that a call does not wait for it at every turn.
REST_SECONDS = 3.0

#: So many turns go in one request for hearing, so that none takes long ...
HEARD_AT_ONCE = 50

#: ... and so many bytes may one of them have.
MOST_BYTES = 20_000

#: How long hearing such a request and loading a model may take; nobody on a call waits for either.
HEARING_SECONDS, LOADING_SECONDS = 30.0, 60.0

#: A server that is busy with calls still says which model it has; one that is down refuses at once.
NAMING_SECONDS = 5.0


class RasaAssistant:
    """The Rasa server as the use cases need it. One pool of connections, safe to share between threads."""

    def __init__(
        self, url: str, key: bytes, clock: Clock, timeout_seconds: float, pool: int = 64
    ) -> None:
        self._url = f"{url}/webhooks/parley"
        self._key = key
        self._clock = clock
        self._timeout = timeout_seconds
        self._session = requests.Session()
        self._session.mount("http://", HTTPAdapter(pool_connections=1, pool_maxsize=pool))
        self._session.trust_env = False
        self._resting_until = 0.0
        self._lock = threading.Lock()

    def advise_on_turn(self, turn: TurnRecord, call: CallRecord, viewer: Viewer) -> dict[str, Any]:
        """Have a stored turn heard and answered by the action (see port)."""
        messages = self._send(
            call.id, turn.text, turn.speaker, {"turn": turn.id, "call": call.id}, viewer
        )
        return _answer_to(turn.id, messages)

    def hear_rehearsal_turn(
        self, turn: RehearsalTurnRecord, rehearsal: RehearsalRecord, today: date, viewer: Viewer
    ) -> dict[str, Any]:
        """Have a stored turn of a rehearsal heard and answered by the action (see port)."""
        claims = {"turn": turn.id, "rehearsal": rehearsal.id}
        sender = f"rehearsal_{rehearsal.id}"
        messages = self._send(sender, turn.text, turn.speaker, claims, viewer, today)
        return _answer_to(turn.id, messages)

    def hear_as_turn(self, text: str, rehearsal_id: str, viewer: Viewer) -> tuple[HeardLabel, ...]:
        """Hear what may be a turn of a rehearsal, and store nothing (see port)."""
        sender, claims = f"rehearsal_{rehearsal_id}", {"rehearsal": rehearsal_id}
        messages = self._send(sender, text, Speaker.COLLECTOR, claims, viewer)
        heard = next((m["custom"].get("heard") for m in messages if "custom" in m), None)
        if not isinstance(heard, list):
            raise UnavailableError("The assistant heard the words but gave no answer.")
        return tuple(HeardLabel(str(name), float(sure)) for name, sure in heard)

    def chat(
        self,
        text: str,
        conversation: str,
        viewer: Viewer,
        call_id: str | None,
        as_turn: tuple[HeardLabel, ...] | None = None,
    ) -> list[dict[str, Any]]:
        """Answer a coach request with messages (see port)."""
        claims: dict[str, Any] = {"call": call_id}
        if as_turn is not None:
            claims["as_turn"] = [[label.name, label.confidence] for label in as_turn]
        return self._send(conversation, text, Speaker.COACH, claims, viewer)

    def is_ready(self) -> bool:
        """Whether a trained model answers (see port)."""
        try:
            answer = self._session.get(f"{self._url}/", timeout=min(self._timeout, 1.0))
        except requests.RequestException:
            return False
        return answer.status_code == 200

    def hear_all(self, turns: Sequence[tuple[str, Speaker]], today: date) -> list[Reading]:
        """What turns mean to the model in service; nothing is stored (see port `ModelServer`)."""
        if any(len(text.encode(errors="replace")) > MOST_BYTES for text, _ in turns):
            raise TooLargeError(f"A turn may have at most {MOST_BYTES:,} bytes.", field="text")
        readings: list[Reading] = []
        for start in range(0, len(turns), HEARD_AT_ONCE):
            part = turns[start : start + HEARD_AT_ONCE]
            asked = [{"text": text, "speaker": speaker.value} for text, speaker in part]
            body = {"turns": asked, "today": today.isoformat()}
            answer = self._ask("hearing", body, HEARING_SECONDS).get("readings")
            if not isinstance(answer, list) or len(answer) != len(part):
                raise UnavailableError("The assistant heard the turns but gave no answer.")
            readings += [
                Reading.from_json(document, speaker=speaker, text=str(document["text"]))
                for document, (_, speaker) in zip(answer, part, strict=True)
            ]
        return readings

    def load_model(self, file: Path) -> str:
        """Have the server go over to another model while turns go on (see port `ModelServer`)."""
        return str(self._ask("model", {"file": str(file.resolve())}, LOADING_SECONDS)["model"])

    def model(self) -> str | None:
        """The name of the model that answers (see port `ModelServer`)."""
        try:
            answer = self._session.get(f"{self._url}/", timeout=NAMING_SECONDS)
            named = answer.json()["model"] if answer.status_code == 200 else None
        except (requests.RequestException, ValueError, KeyError, TypeError):
            return None
        return str(named).removesuffix(".tar.gz") if named else None

    def _ask(self, route: str, document: dict[str, Any], seconds: float) -> dict[str, Any]:
        """A signed request of the studio's; its failure does not keep live turns from the assistant."""
        body = json.dumps(document).encode()
        try:
            answer = self._post(route, body, seconds)
        except requests.RequestException as error:
            raise UnavailableError("The assistant does not answer.") from error
        try:
            found = dict(answer.json())
        except (ValueError, TypeError) as error:
            raise UnavailableError("The assistant gave no answer that can be read.") from error
        if answer.status_code != 200:
            raise UnavailableError(str(found.get("detail") or "The assistant refused."))
        return found

    def _post(self, route: str, body: bytes, seconds: float) -> requests.Response:
        return self._session.post(
            f"{self._url}/{route}",
            data=body,
            headers={
                "Content-Type": "application/json",
                SIGNATURE_HEADER: sign(self._key, body, self._clock.now()),
            },
            timeout=seconds,
        )

    def _send(
        self,
        sender: str,
        text: str,
        speaker: Speaker,
        claims: dict[str, Any],
        viewer: Viewer,
        today: date | None = None,
    ) -> list[dict[str, Any]]:
        if time.monotonic() < self._resting_until:
            raise UnavailableError("The assistant did not answer a moment ago.")
        now = self._clock.now()
        who = {
            "user": viewer.user_id,
            "name": viewer.name,
            "role": viewer.role.value,
            "seniority": viewer.seniority,
        }
        metadata = {
            "speaker": speaker.value,
            "today": (today or self._clock.today()).isoformat(),
            "sealed": seal(self._key, {**claims, **who}, now),
        }
        body = json.dumps({"sender": sender, "text": text, "metadata": metadata}).encode()
        try:
            answer = self._post("webhook", body, self._timeout)
            answer.raise_for_status()
            return [dict(message) for message in answer.json()["messages"]]
        except (requests.RequestException, ValueError, KeyError, TypeError) as error:
            with self._lock:
                self._resting_until = time.monotonic() + REST_SECONDS
            raise UnavailableError("The assistant does not answer.") from error


def _answer_to(turn_id: str, messages: list[dict[str, Any]]) -> dict[str, Any]:
    """The action's answer to a turn, which must name that turn."""
    answer = next((m["custom"] for m in messages if "custom" in m), None)
    if not isinstance(answer, dict) or answer.get("turn_id") != turn_id:
        raise UnavailableError("The assistant heard the turn but gave no answer.")
    return dict(answer)
