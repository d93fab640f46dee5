"""The end of a call and its way up: summary, what is written to the ledger, hand-over, pauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.core.account import Account
from bot.core.coaching.advice import Advice, Option, OptionKind
from bot.core.coaching.escalation import HANDED_OVER, NOT_YET, escalate
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.packet import hand_over_packet
from bot.core.coaching.position import position_of
from bot.core.coaching.safety import without_protocol
from bot.core.coaching.summary import summarise
from bot.core.errors import ConflictError, ForbiddenError, InvalidInputError
from bot.core.labels import PROTECTED, Objection
from bot.core.language.safety_words import danger_words
from bot.core.reading import Reading
from bot.services.confirmed import Confirmed, checked, masked_note, write
from bot.services.desks import Desks
from bot.services.ports import Audit, CallRecord, Clock, TurnRecord, UnitOfWork, Viewer

#: What calls up a protocol when it is heard.
PAUSING = frozenset({*(label.value for label in PROTECTED), Objection.INSOLVENCY.value})


class WrapUp:
    """Use cases around a call's end. Nothing is written that a person has not confirmed, pauses excepted."""

    def __init__(
        self, unit_of_work: Callable[[], UnitOfWork], desks: Desks, audit: Audit, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._desks = desks
        self._audit = audit
        self._clock = clock

    def draft(
        self, call: CallRecord, account: Account, viewer: Viewer, turns: Sequence[TurnRecord]
    ) -> dict[str, Any]:
        """The summary as it has filled itself so far, gaps shown as gaps."""
        return self._summary(CallMemory.from_json(call.memory), account, viewer, turns)

    def close(self, call_id: str, viewer: Viewer, confirmed: dict[str, Any]) -> dict[str, Any]:
        """End a call and write what was confirmed; with a fault in it nothing is written and the call stays open."""
        with self._unit_of_work() as work:
            call = work.calls.get(call_id, viewer)
            if call.status != "open":
                raise ConflictError("This call is closed already.")
            account = work.accounts.get(call.account_id, viewer)
            facts = checked(confirmed, account, self._clock.today())
            # Read under the lock: a warning in a turn that is being answered now still counts.
            memory = CallMemory.from_json(work.calls.claim(call_id))
            _refuse_money_under_protection(memory, facts)
            written = write(facts, work, account, viewer.name, call_id)
            memory = _with_confirmed(memory, facts)
            drawn_up = self._summary(memory, account, viewer, work.calls.turns(call_id))
            summary = {**drawn_up, "notes": facts.notes, "written": written}
            if written:
                # What was asked for as a gap has been answered by the confirmation.
                kinds = {item["kind"] for item in written}
                summary["gaps"] = [
                    gap
                    for gap in summary["gaps"]
                    if gap.split(":")[0].replace(" ", "_") not in kinds
                ]
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
            memory = CallMemory.from_json(work.calls.claim(call_id))
            call = work.calls.get(call_id, viewer)
            if memory.escalation_state == HANDED_OVER and call.packet:
                return call.packet
            position = position_of(account, today)
            # What was handed over in words alone still goes up for the reason that called for it.
            asking = replace(memory, escalation_state=NOT_YET)
            standing = escalate(asking, account, position, desk.escalation, desk.calendar)
            packet = hand_over_packet(
                memory, account, standing, today, note=masked_note(note), rules=desk.escalation
            )
            packet["id"] = work.calls.add_escalation(
                call_id, account.id, standing.state, packet, viewer.user_id, self._clock.now()
            )
            work.calls.set_memory(
                call_id, {**memory.as_json(), "escalation_state": HANDED_OVER}, packet
            )
            work.commit()
        self._audit.record(
            "call_handed_over",
            user_id=viewer.user_id,
            subject=call_id,
            detail={"to": packet["hand_to"]},
        )
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
        """Write a pause to the account the moment a protocol calls for it: protection does not wait for wrap-up.

        A warning that is less likely than not shows its protocol in this call; for the account it waits for a
        person to confirm it.
        """
        if advice.pause and is_likely(reading):
            words = reading.labels[0].evidence if reading.labels else reading.text[:200]
            work.accounts.set_protection(
                call.account_id,
                advice.pause,
                self._clock.today(),
                f"Said in {call.id}: “{words}”",
                viewer.name,
            )

    def correct_hearing(
        self, work: UnitOfWork, call: CallRecord, turn: TurnRecord, labels: set[str]
    ) -> None:
        """Take back what rests on a misheard turn: its labels, and the protocol and pause they called up."""
        advice = turn.advice or {}
        read = {label["name"] for label in (turn.reading or {}).get("labels", ())}
        memory = CallMemory.from_json(work.calls.claim(call.id))
        heard = dict(memory.heard or {})
        for name in read - labels:
            heard[name] = heard.get(name, 1) - 1
        heard = {name: count for name, count in heard.items() if count > 0}
        memory = replace(memory, heard=heard)
        # Words of danger call a protocol up without any label; they too can be misheard.
        wrong = PAUSING & (read - labels)
        stands = wrong & heard.keys() if wrong else PAUSING & (read | labels)
        if advice.get("protocol") and not advice["silent"] and not stands:
            kind = advice.get("pause")
            if kind:
                work.accounts.withdraw_protection(call.account_id, kind, call.id)
                memory = replace(memory, pauses=tuple(x for x in memory.pauses if x != kind))
            if memory.protocol == advice["protocol"] and not PAUSING & labels:
                memory = without_protocol(memory)
        work.calls.set_memory(call.id, memory.as_json(), call.packet)

    def _summary(
        self, memory: CallMemory, account: Account, viewer: Viewer, turns: Sequence[TurnRecord]
    ) -> dict[str, Any]:
        desk = self._desks.desk_for(account, viewer)
        options = options_shown(turns)
        return summarise(memory, account, desk, self._clock.today(), options).as_json()


def is_likely(reading: Reading) -> bool:
    """Whether what called up the protocol is more likely than not, or was said in plain words of danger."""
    heard = max((x.confidence for x in reading.labels if x.name in PAUSING), default=0.0)
    return heard >= 0.5 or bool(danger_words(reading.text))


def options_shown(turns: Sequence[TurnRecord]) -> tuple[Option, ...]:
    """The options that were on the panel last, for the schedule of a plan that was accepted."""
    shown = (turn.advice["options"] for turn in reversed(turns) if turn.advice)
    last = next((options for options in shown if options), ())
    return tuple(Option.from_json(document) for document in last)


def _refuse_money_under_protection(memory: CallMemory, facts: Confirmed) -> None:
    """Protection outranks collection: what was promised in such a call is not held against anybody."""
    if memory.protocol and (facts.promise or facts.plan):
        section = "promise" if facts.promise else "plan"
        raise InvalidInputError(
            "This call is under a protection protocol: no promise or plan is taken. If it was misheard, "
            "correct the turn first.",
            field=f"confirmed.{section}",
        )


def _with_confirmed(memory: CallMemory, facts: Confirmed) -> CallMemory:
    """The memory as the confirmation completes it, so that the summary says what was written."""
    promise, disputes = memory.promise, dict(memory.disputes or {})
    if facts.promise:
        amount, due = facts.promise
        figures = {"amount": amount.plain(), "currency": amount.currency}
        promise = {**(promise or {}), **figures, "due_on": due.isoformat()}
    for item in facts.disputes:
        disputes[item["invoice_number"]] = item["reason"]
    planned = (OptionKind.INSTALMENTS.value,) if facts.plan else ()
    return replace(
        memory,
        promise=promise,
        disputes=disputes or None,
        accepted=(*memory.accepted, *planned),
        follow_up=facts.follow_up[0].isoformat() if facts.follow_up else memory.follow_up,
    )
