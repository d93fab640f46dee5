"""Notes that a collector asks the coach to take: a promise or a dispute, read back before it is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.core.account import Account
from bot.core.coaching.facts import date_named, find_invoice, money_named
from bot.core.coaching.topics import Topics
from bot.core.coaching.wording import label_in_words
from bot.core.dates import in_words
from bot.core.errors import InvalidInputError
from bot.core.labels import FAMILY_OF, Family, Objection
from bot.core.reading import Reading
from bot.services.coach_answers import Answer, Asked, CoachAnswers
from bot.services.confirmed import checked, write
from bot.services.ports import Audit, Clock, UnitOfWork, Viewer

_DISPUTES = tuple(o.value for o in Objection if FAMILY_OF[o] is Family.DISPUTED_TERMS)


class Notes:
    """Takes a note in two steps: propose it in words, write it after a yes."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        answers: CoachAnswers,
        audit: Audit,
        clock: Clock,
        topics: Topics,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._answers = answers
        self._audit = audit
        self._clock = clock
        self._topics = topics

    def propose_promise(
        self, asked: Asked, reading: Reading
    ) -> tuple[Answer, dict[str, Any] | None]:
        """Read a promise back, or ask for what is missing; the second value waits for the yes."""
        account = self._answers.account_named(asked)
        if isinstance(account, Answer):
            return account, None
        amount, day = money_named(reading, account.currency), date_named(reading)
        if amount is None and any(e.type == "money" for e in reading.entities):
            text = f"{account.name} is billed in {account.currency}. How much is it in {account.currency}?"
            return Answer(text, account_id=account.id), None
        if amount is None or day is None:
            missing = "How much" if amount is None else "By which day"
            text = f"{missing}? For instance: “put down 2,000 for Friday”."
            return Answer(text, account_id=account.id), None
        pending = {"promise": {"amount": amount.plain(), "due_on": day.isoformat()}}
        text = f"Shall I note that {account.name} promised {amount} by {_weekday(day)}?"
        return self._checked(account, pending, text)

    def propose_dispute(
        self, asked: Asked, reading: Reading
    ) -> tuple[Answer, dict[str, Any] | None]:
        """Read a dispute back, or ask for the invoice."""
        account = self._answers.account_named(asked)
        if isinstance(account, Answer):
            return account, None
        spoken = next((str(e.value) for e in reading.entities if e.type == "invoice_number"), "")
        invoice = find_invoice(account, spoken) if spoken else None
        if invoice is None:
            open_numbers = ", ".join(i.number for i in account.invoices if i.balance.is_positive)
            return Answer(
                f"Which invoice? Open are {open_numbers or 'none'}.", account_id=account.id
            ), None
        topic = self._topics.find(asked.text)
        reason = topic if topic in _DISPUTES else Objection.INVOICE_DISPUTE.value
        amount = money_named(reading, account.currency)
        item = {"invoice_number": invoice.number, "reason": reason, "note": asked.text}
        if amount:
            item["amount"] = amount.plain()
        part = (
            f"{amount} of invoice {invoice.number}"
            if amount
            else f"invoice {invoice.number} ({invoice.balance})"
        )
        text = f"Shall I log {part} of {account.name} as disputed ({label_in_words(reason)})?"
        return self._checked(account, {"dispute": item}, text)

    def confirm(
        self, pending: dict[str, Any] | None, viewer: Viewer, call_id: str | None
    ) -> Answer:
        """Write what waited for a yes."""
        if not pending:
            return Answer("There is nothing waiting to be noted.")
        with self._unit_of_work() as work:
            account = work.accounts.get(pending["account_id"], viewer)
            document = {name: value for name, value in pending.items() if name != "account_id"}
            facts = checked(document, account, self._clock.today())
            written = write(facts, work, account, viewer.name, call_id)
            work.commit()
        self._audit.record(
            "note_taken", user_id=viewer.user_id, subject=account.id, detail={"written": written}
        )
        kinds = " and ".join(item["kind"] for item in written)
        return Answer(f"Noted on {account.name}: {kinds}.", {"written": written}, account.id)

    def _checked(
        self, account: Account, pending: dict[str, Any], text: str
    ) -> tuple[Answer, dict[str, Any] | None]:
        try:
            checked(pending, account, self._clock.today())
        except InvalidInputError as error:
            return Answer(error.detail, account_id=account.id), None
        return Answer(text, {"pending": pending}, account.id), {**pending, "account_id": account.id}


def _weekday(day: date) -> str:
    return f"{day:%A} {in_words(day)}"
