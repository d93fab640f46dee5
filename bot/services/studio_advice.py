"""Shows what a playbook, house or law draft would have a collector advised in answer to any client turn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.core.account import Account
from bot.core.coaching.advice import Role
from bot.core.coaching.advise import advise
from bot.core.coaching.law import law_for
from bot.core.coaching.memory import CallMemory
from bot.core.errors import ConflictError, ContentError
from bot.core.reading import Reading
from bot.core.rehearsal.record import account_for
from bot.core.rehearsal.scenario import Scenario
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.services.facts import account_facts
from bot.services.ports import Clock
from bot.services.studio_documents import fault_documents
from bot.services.studio_ports import ContentDesk, DraftRecord

#: Kinds whose texts make the desk; the others change who calls, not what is advised.
_OF_THE_DESK = (DocumentKind.PLAYBOOK, DocumentKind.HOUSE, DocumentKind.LAW)


class CardTrial:
    """Advises a junior collector on the first turn of a call, with a draft in place of its file."""

    def __init__(self, desk: ContentDesk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock

    def advice(
        self, draft: DraftRecord, reading: Reading, account: Account | None
    ) -> dict[str, Any]:
        """The reading and the advice; on a case that fits the draft when no account is given."""
        today = self._clock.today()
        basic = {
            "plays": {"draft": {"name": str(draft.name), "revision": draft.revision}},
            "reading": {"text": reading.text, **reading.as_json()},
        }
        texts = {draft.name: draft.text} if draft.name.kind in _OF_THE_DESK else {}
        try:
            account = account or self._fitting_account(draft, reading, texts)
            desk = self._desk.desk_with(texts, account.country, today, Role.COLLECTOR, "junior")
        except ContentError as error:
            faults = fault_documents(error.faults)
            return {**basic, "faults": faults, "advice": None, "account": None, "law": None}
        advice, _ = advise(CallMemory(), reading, account, desk, today)
        facts = account_facts(account, today)
        law = law_for(account, desk.laws, today)
        return {
            **basic,
            "faults": [],
            "advice": advice.as_json(),
            "account": {key: facts[key] for key in ("id", "name", "overdue_text", "country")},
            "law": law.name,
            "is_from_draft": _is_from(draft.name, advice.card, law.name),
        }

    def _fitting_account(
        self, draft: DraftRecord, reading: Reading, texts: dict[DocumentName, str]
    ) -> Account:
        """The draft's own case, or one on file that fits what was heard, the card, or the law pack."""
        today = self._clock.today()
        if draft.name.kind is DocumentKind.SCENARIO:
            case = self._desk.scenario_parts({draft.name: draft.text}, draft.name.slug)[0]
            return account_for(case, today)
        cases = self._cases((draft.name.slug, *reading.names))
        first = next(cases, None)
        if first is None:
            raise ConflictError("There is no case to advise on. Name an account.")
        if draft.name.kind is DocumentKind.LAW:
            laws = self._desk.desk_with(texts, "GB", today, Role.COLLECTOR, "junior").laws
            for account in (first, *cases):
                if law_for(account, laws, today).name == draft.name.slug:
                    return account
        return first

    def _cases(self, labels: tuple[str, ...]) -> Iterator[Account]:
        """The accounts of the scenarios on file, those that begin with one of the labels first."""
        names = [name for name in self._desk.names() if name.kind is DocumentKind.SCENARIO]
        for name in sorted(names, key=lambda name: not self._begins_with(name, labels)):
            try:
                scenario: Scenario = self._desk.scenario_parts({}, name.slug)[0]
            except ContentError:
                continue
            yield account_for(scenario, self._clock.today())

    def _begins_with(self, name: DocumentName, labels: tuple[str, ...]) -> bool:
        rows = (self._desk.text(name) or "").split("\n")
        return any(row.strip() in {f"objection: {label}" for label in labels} for row in rows)


def _is_from(name: DocumentName, card: str | None, law: str) -> bool:
    """Whether the draft itself speaks in the advice; house rules have a part in every one."""
    if name.kind is DocumentKind.PLAYBOOK:
        return card == name.slug
    if name.kind is DocumentKind.LAW:
        return law == name.slug
    return name.kind is DocumentKind.HOUSE
