"""What the coach answers in the chat: brief, words, options, escalation, meaning, feedback, hint."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.core.account import Account
from bot.core.coaching.advice import Advice
from bot.core.coaching.advise import advise
from bot.core.coaching.desk import Desk
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.phrasing import Moment, choose_ask, choose_say
from bot.core.coaching.reference import Directory, Glossary
from bot.core.coaching.safety import called_up_by
from bot.core.coaching.topics import Topics
from bot.core.labels import SILENT, Speaker
from bot.core.reading import HeardLabel, Reading
from bot.services.coach_words import escalation_text, in_a_moment, options_text, protocol_text
from bot.services.desks import Desks
from bot.services.find_account import find_account, invoice_number
from bot.services.ports import Clock, UnitOfWork, Viewer
from bot.services.talk_review import hint_for, talk_review

_HOT = re.compile(
    r"shout|scream|swear|angry|furious|abus|insult|rude|threat|kicking off", re.IGNORECASE
)


@dataclass(frozen=True)
class Answer:
    """A chat answer: text to read, a document for programs, and the account it is about."""

    text: str
    document: dict[str, Any] | None = None
    account_id: str | None = None


@dataclass(frozen=True)
class Asked:
    """A request: the words, who asks, and what the chat is about so far."""

    text: str
    viewer: Viewer
    call_id: str | None = None
    account_id: str | None = None


OUT_OF_SCOPE = (
    "That is outside what I can help with. I know your accounts, what to say on the call, what you may offer, "
    "and when to pass a call up."
)

WHICH_ACCOUNT = "Which client do you mean? Give me the name or an invoice number."


class CoachAnswers:
    """Answers from the account, the playbook and the rules; the same core as the side panel."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        desks: Desks,
        clock: Clock,
        glossary: Glossary,
        directory: Directory,
        topics: Topics,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._desks = desks
        self._clock = clock
        self._glossary = glossary
        self._directory = directory
        self._topics = topics

    def brief(self, asked: Asked) -> Answer:
        """What to know before ringing."""
        found = self._account(asked, prefer_named=True)
        if isinstance(found, Answer):
            return found
        document = self._desks.brief(found, self._desks.desk_for(found, asked.viewer))
        lines = [document["who"], document["standing"], document["habit"], document["promises"]]
        lines += [f"In dispute: {text}" for text in document["disputes"]]
        lines += [f"Expect: {'; '.join(document['expect'])}."] if document["expect"] else []
        lines += [f"Check first: {text}" for text in document["invoice_faults"][:2]]
        lines += [f"Watch: {text}" for text in document["early_warnings"][:2]]
        paused, strategy = document["paused"], document["strategy"]
        lines += [paused] if paused and not strategy.startswith(paused) else []
        lines += [strategy, f"Open with: “{document['opening_line']}”"]
        if document["purpose_line"]:
            lines.append(f"Once you know who is speaking: “{document['purpose_line']}”")
        return Answer("\n".join(line for line in lines if line), {"brief": document}, found.id)

    def phrase(self, asked: Asked) -> Answer:
        """Words to say to the objection that is named, or to the one heard last in the call."""
        label = self._topics.find(asked.text) or self._heard_last(asked)
        if label is None:
            return Answer("To which objection? For instance: “what do I say when they won't pay?”")
        heat = 2 if _HOT.search(asked.text) else 1
        found = self._account(asked)
        if isinstance(found, Answer):
            return self._plain_lines(label, heat, asked.text, asked.viewer)
        advice = self._advise_on((label,), heat, asked.text, found, asked.viewer)
        return Answer(
            in_a_moment(label, advice), {"label": label, "advice": advice.as_json()}, found.id
        )

    def options(self, asked: Asked) -> Answer:
        """The compromises open on this account."""
        found = self._account(asked)
        if isinstance(found, Answer):
            return found
        labels = tuple(dict.fromkeys((*self._heard(asked), "plan_request")))
        advice = self._advise_on(labels, 0, asked.text, found, asked.viewer)
        if advice.protocol:
            return Answer(protocol_text(advice), {"advice": advice.as_json()}, found.id)
        text = (
            options_text(advice.options)
            or f"Nothing is due on {found.name}, so there is nothing to compromise on."
        )
        return Answer(text, {"options": [option.as_json() for option in advice.options]}, found.id)

    def escalation(self, asked: Asked) -> Answer:
        """Whether, when and to whom to pass it up."""
        found = self._account(asked)
        if isinstance(found, Answer):
            helper = self._directory.find(asked.text)
            return Answer(f"{helper.team}: {helper.helps_with}") if helper else found
        labels = tuple(x for x in (self._topics.find(asked.text), *self._heard(asked)) if x)
        memory = self._memory(asked)
        advice = self._advise_on(
            labels or ("account_question",), 0, asked.text, found, asked.viewer, memory
        )
        return Answer(
            escalation_text(advice), {"escalation": advice.escalation.as_json()}, found.id
        )

    def meaning(self, asked: Asked) -> Answer:
        """A term in plain words, or who in the house knows."""
        term = self._glossary.find(asked.text)
        if term is None:
            helper = self._directory.find(asked.text)
            if helper:
                return Answer(f"{helper.team} can tell you: {helper.helps_with}")
            return Answer(
                "I do not have that term. Ask your supervisor, and tell your trainer that it is missing."
            )
        source = f" (Source: {term.source}.)" if term.source else ""
        instead = f" To a client say “{term.instead}”." if term.instead else ""
        return Answer(
            f"{term.term[:1].upper()}{term.term[1:]}: {term.plain}{instead}{source}",
            {"term": term.term},
        )

    def feedback(self, asked: Asked) -> Answer:
        """How the call is going, or how the last one went."""
        memory = self._memory(asked)
        if memory is None or not memory.turns:
            return Answer("I have not heard a call of yours yet. Ask me again during or after one.")
        return Answer(talk_review(memory))

    def hint(self, asked: Asked) -> Answer:
        """A nudge when the collector is stuck."""
        memory = self._memory(asked)
        label = self._topics.find(asked.text) or self._heard_last(asked)
        found = self._account(asked)
        if isinstance(found, Answer):
            return (
                Answer(hint_for(memory))
                if label is None
                else self._plain_lines(label, 1, asked.text, asked.viewer)
            )
        if label is None:
            return Answer(hint_for(memory), account_id=found.id)
        advice = self._advise_on((label,), 1, asked.text, found, asked.viewer)
        line = advice.say[0].text if advice.say else ""
        return Answer(
            f"{hint_for(memory)}\nFor instance: “{line}”" if line else hint_for(memory),
            account_id=found.id,
        )

    def account_named(self, asked: Asked) -> Account | Answer:
        """The account the request is about, or the answer that asks for it."""
        return self._account(asked)

    def advice_on(self, account: Account, reading: Reading, viewer: Viewer) -> Advice:
        """What the panel would show if a call on this account began with this turn."""
        desk = self._desks.desk_for(account, viewer)
        return advise(CallMemory(), reading, account, desk, self._clock.today())[0]

    def _account(self, asked: Asked, *, prefer_named: bool = False) -> Account | Answer:
        with self._unit_of_work() as work:
            if asked.call_id:
                call = work.calls.get(asked.call_id, asked.viewer)
                return work.accounts.get(call.account_id, asked.viewer)
            number = invoice_number(asked.text)
            rows = work.accounts.search(number, asked.viewer, 5) if number else ()
            rows = rows or find_account(asked.text, work.accounts.search("", asked.viewer, 2_000))
            if len(rows) == 1:
                return work.accounts.get(rows[0].id, asked.viewer)
            if asked.account_id and not (prefer_named and rows):
                return work.accounts.get(asked.account_id, asked.viewer)
        if rows:
            names = ", ".join(row.name for row in rows[:4])
            return Answer(f"Several clients fit: {names}. Which one?")
        return Answer(WHICH_ACCOUNT)

    def _memory(self, asked: Asked) -> CallMemory | None:
        with self._unit_of_work() as work:
            if asked.call_id:
                return CallMemory.from_json(work.calls.get(asked.call_id, asked.viewer).memory)
            last = work.calls.latest(asked.viewer.user_id)
        return CallMemory.from_json(last.memory) if last else None

    def _heard(self, asked: Asked) -> tuple[str, ...]:
        if not asked.call_id:
            return ()
        memory = self._memory(asked)
        return tuple(name for name in (memory.card_labels if memory else ()) if name not in SILENT)

    def _heard_last(self, asked: Asked) -> str | None:
        return next(iter(self._heard(asked)), None)

    def _advise_on(
        self,
        labels: tuple[str, ...],
        heat: int,
        words: str,
        account: Account,
        viewer: Viewer,
        memory: CallMemory | None = None,
    ) -> Advice:
        heard = tuple(HeardLabel(name, 1.0, words[:80]) for name in labels)
        reading = Reading(Speaker.CLIENT, words, heard, heat)
        desk = self._desks.desk_for(account, viewer)
        return advise(memory or CallMemory(), reading, account, desk, self._clock.today())[0]

    def _plain_lines(self, label: str, heat: int, words: str, viewer: Viewer) -> Answer:
        """Words for an objection when no account is meant: no figures, and protection first."""
        desk: Desk = self._desks.desk_without_account(viewer)
        reading = Reading(Speaker.CLIENT, words, (HeardLabel(label, 1.0),), heat)
        safeguard = called_up_by(reading, desk.protocols)
        play = desk.playbook.play(label)
        if safeguard:
            advice = Advice(False, protocol=safeguard.protocol(), say=safeguard.say({}))
        elif play:
            moment = Moment(heat, {})
            advice = Advice(False, say=choose_say([play], moment), ask=choose_ask([play], moment))
        else:
            return Answer(WHICH_ACCOUNT)
        return Answer(in_a_moment(label, advice), {"label": label})
