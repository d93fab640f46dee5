"""What every action needs: the services once per process, who is asking, and tracker values as core values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, wraps
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.bootstrap import Services, build_services
from bot.core.coaching.advice import Role
from bot.core.errors import ForbiddenError, ParleyError
from bot.core.labels import Speaker
from bot.core.reading import Entity, HeardLabel, Reading
from bot.core.signing import unseal
from bot.services.coach_answers import Answer, Asked
from bot.services.ports import Viewer
from bot.settings import Settings

Run = Callable[[Any, CollectingDispatcher, Tracker, dict[str, Any]], list[dict[str, Any]]]


#: The name of Rasa's own channel for the terminal.
SHELL_CHANNEL = "cmdline"


@dataclass(frozen=True)
class Caller:
    """Who speaks, and on which call or rehearsal and turn; only our own web application can have said so."""

    viewer: Viewer
    call_id: str | None
    turn_id: str | None
    rehearsal_id: str | None = None
    #: What the same words were heard as when they were taken for a turn of a rehearsal.
    as_turn: tuple[HeardLabel, ...] | None = None


@lru_cache(maxsize=1)
def services() -> Services:
    """The use cases, wired once per process."""
    return build_services(Settings.from_environment())


def caller(tracker: Tracker) -> Caller:
    """Read the sealed claims of the latest message; ForbiddenError when they are missing, forged or old."""
    metadata = tracker.latest_message.get("metadata") or {}
    key = services().settings.signing_key
    claims = unseal(key, str(metadata.get("sealed", "")), datetime.now(UTC))
    if claims is None:
        return _at_the_shell(tracker)
    viewer = Viewer(
        claims["user"], claims["name"], Role(claims["role"]), claims.get("seniority", "junior")
    )
    heard = claims.get("as_turn")
    return Caller(
        viewer,
        claims.get("call"),
        claims.get("turn"),
        claims.get("rehearsal"),
        None if heard is None else tuple(HeardLabel(name, sure) for name, sure in heard),
    )


def _at_the_shell(tracker: Tracker) -> Caller:
    """A developer at `rasa shell`, if the settings name the user they act as; ForbiddenError for all others."""
    name = services().settings.shell_user
    if not name or tracker.get_latest_input_channel() != SHELL_CHANNEL:
        raise ForbiddenError("This message was not sent by the web application.")
    return Caller(services().people.viewer(services().people.named(name)), None, None)


def reading_of(tracker: Tracker) -> Reading:
    """What the pipeline heard in the latest message."""
    message = tracker.latest_message
    metadata = message.get("metadata") or {}
    return Reading(
        speaker=Speaker(metadata.get("speaker", Speaker.COACH.value)),
        text=message.get("text") or "",
        labels=tuple(
            HeardLabel(label["name"], label["confidence"], label.get("evidence", ""))
            for label in _labels(message)
        ),
        heat=int(message.get("heat") or 0),
        heat_cues=tuple(message.get("heat_cues") or ()),
        entities=tuple(_entity(entity) for entity in message.get("entities") or ()),
        flags=tuple(message.get("flags") or ()),
    )


def _labels(message: dict[str, Any]) -> list[dict[str, Any]]:
    """The label set; a pipeline without our classifier has only Rasa's one intent."""
    if "labels" in message:
        return message["labels"] or []
    intent = message.get("intent") or {}
    return [intent] if intent.get("name") else []


def asked_in(tracker: Tracker) -> Asked:
    """The request of the latest message, with the account that the chat is about."""
    who = caller(tracker)
    text = tracker.latest_message.get("text") or ""
    return Asked(text, who.viewer, who.call_id, tracker.get_slot("account_id"))


def says_refusals(run: Run) -> Run:
    """Let an action's `run` say in one sentence what we refuse on purpose; a chat never falls silent over it."""

    @wraps(run)
    def saying(
        self: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        try:
            return run(self, dispatcher, tracker, domain)
        except ParleyError as error:
            return tell(dispatcher, Answer(error.detail))

    return saying


def answer_with(
    use_case: Callable[[Asked], Answer], dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[dict[str, Any]]:
    """Answer a request; what we refuse on purpose is said in one sentence."""
    try:
        return tell(dispatcher, use_case(asked_in(tracker)))
    except ParleyError as error:
        return tell(dispatcher, Answer(error.detail))


def tell(dispatcher: CollectingDispatcher, answer: Answer) -> list[dict[str, Any]]:
    """Say an answer, its document after it, and remember the account it was about."""
    if answer.text:
        dispatcher.utter_message(text=answer.text)
    if answer.document:
        dispatcher.utter_message(json_message=answer.document)
    return [SlotSet("account_id", answer.account_id)] if answer.account_id else []


def _entity(found: dict[str, Any]) -> Entity:
    return Entity(
        found["entity"],
        found["value"],
        found.get("text", ""),
        found.get("start", 0),
        found.get("end", 0),
    )
