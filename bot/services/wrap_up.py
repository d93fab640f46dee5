"""The end of a call and its way up: summary, what is written to the ledger, hand-over, pauses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.core.account import Account
from bot.core.coaching.advice import Advice, EscalationAdvice
from bot.core.coaching.escalation import HANDED_OVER
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.packet import hand_over_packet
from bot.core.coaching.summary import summarise
from bot.core.errors import ConflictError, ForbiddenError
from bot.core.reading import Reading
from bot.services.confirmed import checked, write
from bot.services.desks import Desks
from bot.services.ports import Audit, CallRecord, Clock, TurnRecord, UnitOfWork, Viewer


class WrapUp:
    """Use cases around a call's end. Nothing is written that a person has not confirmed, pauses excepted."""

    def __init__(
        self, unit_of_work: Callable[[], UnitOfWork], desks: Desks, audit: Audit, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._desks = desks
        self._audit = audit
        self._clock = clock

    def draft(self, call: CallRecord, account: Account, viewer: Viewer) -> dict[str, Any]:
        """The summary as it has filled itself so far, gaps shown as gaps."""
        desk = self._desks.desk_for(account, viewer)
        memory = CallMemory.from_json(call.memory)
        return summarise(memory, account, desk, self._clock.today()).as_json()

    def close(self, call_id: str, viewer: Viewer, confirmed: dict[str, Any]) -> dict[str, Any]:
        """End a call and write what was confirmed; with a fault in it nothing is written and the call stays open."""
        with self._unit_of_work() as work:
            call = work.calls.get(call_id, viewer)
            if call.status != "open":
                raise ConflictError("This call is closed already.")
            account = work.accounts.get(call.account_id, viewer)
            facts = checked(confirmed, account, self._clock.today())
            written = write(facts, work, account, viewer.name, call_id)
            summary = {**self.draft(call, account, viewer), "notes": facts.notes, "written": written}
            if written:
                # What was asked for as a gap has been answered by the confirmation.
                kinds = {item["kind"] for item in written}
                summary["gaps"] = [gap for gap in summary["gaps"] if gap.split(":")[0].replace(" ", "_") not in kinds]
            work.calls.close(call_id, self._clock.now(), summary)
            said = f"{summary['outcome']}. {facts.notes}".strip()
            work.accounts.add_contact(account.id, self._clock.now(), "phone", viewer.name, said)
            work.commit()
        detail = {"written": written, "outcome": summary["outcome"]}
        self._audit.record("call_closed", user_id=viewer.user_id, subject=call_id, detail=detail)
        return {"summary": summary, "written": written}

    def escalate(self, call_id: str, viewer: Viewer, note: str = "") -> dict[str, Any]:
        """Hand the call over with its packet; a supervisor acknowledges it."""
        today = self._clock.today()
        with self._unit_of_work() as work:
            call = work.calls.get(call_id, viewer)
            account = work.accounts.get(call.account_id, viewer)
            desk = self._desks.desk_for(account, viewer)
            memory = CallMemory.from_json(call.memory)
            if memory.escalation_state == HANDED_OVER and call.packet:
                return call.packet
            standing = _standing_escalation(work.calls.turns(call_id), memory)
            packet = hand_over_packet(
                memory, account, standing, today, note=note[:2000], rules=desk.escalation
            )
            packet["id"] = work.calls.add_escalation(
                call_id, account.id, standing.state, packet, viewer.user_id, self._clock.now()
            )
            work.calls.set_memory(call_id, {**memory.as_json(), "escalation_state": HANDED_OVER}, packet)
            work.commit()
        self._audit.record("call_handed_over", user_id=viewer.user_id, subject=call_id, detail={"to": packet["hand_to"]})
        return packet

    def acknowledge(self, escalation_id: str, viewer: Viewer) -> None:
        """The receiver says that the hand-over has arrived."""
        if not viewer.sees_all or viewer.role.value == "trainer":
            raise ForbiddenError("A supervisor acknowledges a hand-over.")
        with self._unit_of_work() as work:
            work.calls.acknowledge_escalation(escalation_id, viewer.name, self._clock.now())
            work.commit()
        self._audit.record("hand_over_acknowledged", user_id=viewer.user_id, subject=escalation_id)

    def record_pause(
        self, work: UnitOfWork, call: CallRecord, reading: Reading, advice: Advice, viewer: Viewer
    ) -> None:
        """Write a pause to the account the moment a protocol calls for it: protection does not wait for wrap-up."""
        if advice.pause:
            words = reading.labels[0].evidence if reading.labels else reading.text[:200]
            work.accounts.set_protection(
                call.account_id, advice.pause, self._clock.today(), f"Said in {call.id}: “{words}”", viewer.name
            )

    def withdraw_pause(self, work: UnitOfWork, call: CallRecord, turn: TurnRecord) -> None:
        """Take back a pause that rests on a turn which turned out to be misheard."""
        kind = (turn.advice or {}).get("pause")
        if not kind:
            return
        work.accounts.withdraw_protection(call.account_id, kind, call.id)
        memory = CallMemory.from_json(call.memory)
        document = memory.as_json()
        document["pauses"] = [name for name in memory.pauses if name != kind]
        if memory.protocol == (turn.advice or {}).get("protocol"):
            document |= {"protocol": None, "card": None, "card_priority": 0}
        work.calls.set_memory(call.id, document, call.packet)


def _standing_escalation(turns: Any, memory: CallMemory) -> EscalationAdvice:
    """The escalation that the last advice showed, or the bare state when nothing has been said."""
    last = next((turn.advice["escalation"] for turn in reversed(turns) if turn.advice), None)
    if last is None:
        return EscalationAdvice(memory.escalation_state)
    return EscalationAdvice(
        last["state"], last["next_step"], tuple(last["untried"]), last.get("reason", ""), last.get("hand_to")
    )
