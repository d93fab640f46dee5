"""A live call: store what was said, hear it, advise, and remember."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.core.coaching.advice import Advice
from bot.core.coaching.advise import advise
from bot.core.coaching.memory import CallMemory
from bot.core.errors import ConflictError, InvalidInputError, UnavailableError
from bot.core.labels import Speaker, labels_of
from bot.core.language.guard import MAX_TURN_CHARACTERS
from bot.core.language.redact import MASK, kept_words
from bot.core.reading import HeardLabel, Reading
from bot.services.desks import Desks
from bot.services.ports import Assistant, Audit, CallRecord, Clock, TurnRecord, UnitOfWork, Viewer
from bot.services.turn_documents import standing_advice, turn_answer, turn_document
from bot.services.unanswered import LOOK_BACK, InFlight
from bot.services.wrap_up import WrapUp

log = logging.getLogger(__name__)

#: The answer to a partial segment: the rest of the sentence is still to come.
WAITING = Advice(silent=True, because=("Waiting for the rest of the sentence.",))


class LiveCalls:
    """Use cases of a call. A turn is stored before it is heard: what was acknowledged is never lost."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        desks: Desks,
        assistant: Assistant,
        audit: Audit,
        clock: Clock,
        wrap_up: WrapUp,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._desks = desks
        self._assistant = assistant
        self._audit = audit
        self._clock = clock
        self._wrap_up = wrap_up
        self._in_flight = InFlight()

    def open_call(self, account_id: str, viewer: Viewer) -> dict[str, Any]:
        """Start a call on an account of the viewer's portfolio."""
        now = self._clock.now()
        with self._unit_of_work() as work:
            work.accounts.get(account_id, viewer)
            call = work.calls.open(account_id, viewer.user_id, now)
            work.commit()
        self._audit.record(
            "call_opened", user_id=viewer.user_id, subject=call.id, detail={"account": account_id}
        )
        return self.view(call.id, viewer)

    def view(self, call_id: str, viewer: Viewer) -> dict[str, Any]:
        """The call with its account, its turns and the advice that stands."""
        with self._unit_of_work() as work:
            call = work.calls.get(call_id, viewer)
            account = work.accounts.get(call.account_id, viewer)
            turns = work.calls.turns(call_id)
        desk = self._desks.desk_for(account, viewer)
        return {
            "id": call.id,
            "account_id": call.account_id,
            "status": call.status,
            "started_at": call.started_at.isoformat(),
            "closed_at": call.closed_at.isoformat() if call.closed_at else None,
            "account": self._desks.facts(account),
            "brief": self._desks.brief(account, desk),
            "advice": standing_advice(turns),
            "turns": [turn_document(turn) for turn in turns],
            "summary": call.summary or self._wrap_up.draft(call, account, viewer, turns),
            "packet": call.packet,
        }

    def take_turn(
        self,
        call_id: str,
        viewer: Viewer,
        speaker: Speaker,
        text: str,
        *,
        segment_id: str | None = None,
        final: bool = True,
        at: datetime | None = None,
        labels: tuple[str, ...] | None = None,
    ) -> dict[str, Any]:
        """Store a turn, have it heard, and give the advice; the same segment twice gives the same answer."""
        spoken = _checked_text(text, speaker, labels)
        if not final:
            return {"turn_id": None, "reading": None, "advice": WAITING.as_json()}
        with self._unit_of_work() as work:
            call = work.calls.get(call_id, viewer)
            if call.status != "open":
                raise ConflictError("This call is closed. Open a new call to go on.")
            turn, is_new = work.calls.add_turn(
                call_id, speaker, spoken, at or self._clock.now(), segment_id
            )
            work.commit()
            waiting = work.calls.turns(call_id, turn.index - LOOK_BACK, unanswered=True)
        if not is_new and turn.advice is not None:
            return turn_answer(turn)
        self._answer_stranded(call, [one for one in waiting if one.id != turn.id], viewer)
        if labels is not None:
            return self._answer_by_hand(turn, viewer, labels)
        return self._answer(turn, call, viewer)

    def _answer(self, turn: TurnRecord, call: CallRecord, viewer: Viewer) -> dict[str, Any]:
        with self._in_flight.answering(turn.id):
            try:
                return self._assistant.advise_on_turn(turn, call, viewer)
            except UnavailableError:
                reading = Reading(turn.speaker, turn.text, flags=("listening_off",))
                return self.answer_turn(turn.id, reading, viewer)

    def _answer_stranded(
        self, call: CallRecord, turns: Sequence[TurnRecord], viewer: Viewer
    ) -> bool:
        """Answer what was stored and never answered; only as the collector of the call, by their authority."""
        now, answered = self._clock.now(), False
        if call.status != "open" or call.user_id != viewer.user_id:
            return False
        for turn in turns:
            if not self._in_flight.is_stranded(turn, now):
                continue
            try:
                self._answer(turn, call, viewer)
                answered = True
            except Exception as error:  # noqa: BLE001 - an old turn must not stop the new one
                log.warning("Turn %s stays unanswered: %s", turn.id, type(error).__name__)
        return answered

    def _answer_by_hand(
        self, turn: TurnRecord, viewer: Viewer, labels: tuple[str, ...]
    ) -> dict[str, Any]:
        heard = tuple(HeardLabel(name, 1.0, turn.text[:80]) for name in labels)
        flags = ("by_hand",)
        return self.answer_turn(
            turn.id, Reading(turn.speaker, turn.text, heard, flags=flags), viewer
        )

    def answer_turn(self, turn_id: str, reading: Reading, viewer: Viewer) -> dict[str, Any]:
        """Advise on a stored turn from what was heard, and store reading, advice and memory in one."""
        with self._unit_of_work() as work:
            turn = work.calls.get_turn(turn_id)
            call = work.calls.get(turn.call_id, viewer)
            account = work.accounts.get(call.account_id, viewer)
            desk = self._desks.desk_for(account, viewer)
            # Read again under the lock: this turn or another of the call may have been answered since.
            memory = CallMemory.from_json(work.calls.claim(call.id))
            turn = work.calls.get_turn(turn_id)
            if turn.advice is not None:
                return turn_answer(turn)
            reading = replace(reading, flags=_flags(reading, turn))
            advice, memory = advise(memory, reading, account, desk, self._clock.today())
            work.calls.answer_turn(turn.id, reading.as_json(), advice.as_json(), memory.as_json())
            self._wrap_up.record_pause(work, call, reading, advice, viewer)
            work.commit()
        return {"turn_id": turn_id, "reading": reading.as_json(), "advice": advice.as_json()}

    def events(self, call_id: str, viewer: Viewer, after: int = -1) -> list[dict[str, Any]]:
        """Turns after an index, for the stream; stops at the first that is still being answered.

        A turn that nobody answers any more is answered now, or goes out as unanswered: it holds nothing up.
        """
        call, turns = self._turns(call_id, viewer, after)
        if self._answer_stranded(call, turns, viewer):
            _, turns = self._turns(call_id, viewer, after)
        ready = []
        for turn in turns:
            if turn.advice is None and not self._in_flight.is_stranded(turn, self._clock.now()):
                break
            ready.append(turn_document(turn))
        return ready

    def _turns(
        self, call_id: str, viewer: Viewer, after: int
    ) -> tuple[CallRecord, Sequence[TurnRecord]]:
        with self._unit_of_work() as work:
            return work.calls.get(call_id, viewer), work.calls.turns(call_id, after)

    def status(self, call_id: str, viewer: Viewer) -> str:
        """Whether the call is open or closed."""
        with self._unit_of_work() as work:
            return work.calls.get(call_id, viewer).status

    def close(self, call_id: str, viewer: Viewer, confirmed: dict[str, Any]) -> dict[str, Any]:
        """End a call: what the collector confirmed is written to the ledger, the rest stays a gap."""
        return self._wrap_up.close(call_id, viewer, confirmed)

    def escalate(self, call_id: str, viewer: Viewer, note: str = "") -> dict[str, Any]:
        """Hand the call over with its packet."""
        return self._wrap_up.escalate(call_id, viewer, note)

    def acknowledge(self, escalation_id: str, viewer: Viewer) -> None:
        """Say that the hand-over was received."""
        self._wrap_up.acknowledge(escalation_id, viewer)

    def feedback(
        self,
        call_id: str,
        turn_id: str,
        viewer: Viewer,
        kind: str,
        line_id: str | None = None,
        labels: tuple[str, ...] | None = None,
    ) -> None:
        """Store that a line was used or not useful, or what a turn should have been heard as."""
        if kind not in ("used", "not_useful", "misheard"):
            raise InvalidInputError("Feedback is `used`, `not_useful` or `misheard`.", field="kind")
        with self._unit_of_work() as work:
            call = work.calls.get(call_id, viewer)
            turn = work.calls.get_turn(turn_id)
            if turn.call_id != call_id:
                raise InvalidInputError("The turn belongs to another call.", field="turn_id")
            _check_labels(labels or (), turn.speaker)
            if kind == "misheard" and labels is not None:
                self._wrap_up.correct_hearing(work, call, turn, set(labels))
            work.calls.add_feedback(
                turn_id, viewer.user_id, kind, line_id, labels, self._clock.now()
            )
            work.commit()


def _checked_text(text: str, speaker: Speaker, labels: tuple[str, ...] | None) -> str:
    if speaker is Speaker.COACH:
        raise InvalidInputError("In a call the speaker is client or collector.", field="speaker")
    _check_labels(labels or (), speaker)
    words = kept_words(text)
    if not words:
        if labels:
            return "…"
        raise InvalidInputError("The turn has no words.", field="text")
    return words


def _flags(reading: Reading, turn: TurnRecord) -> tuple[str, ...]:
    """The flags, with what was done to the words before anybody heard them."""
    masked = ("redacted",) if MASK * 3 in turn.text else ()
    cut = ("truncated",) if len(turn.text) >= MAX_TURN_CHARACTERS else ()
    return tuple(dict.fromkeys((*reading.flags, *masked, *cut)))


def _check_labels(labels: tuple[str, ...], speaker: Speaker) -> None:
    unknown = [name for name in labels if name not in labels_of(speaker)]
    if unknown:
        raise InvalidInputError(
            f"“{unknown[0]}” is not a label of a {speaker.value} turn.", field="labels"
        )
