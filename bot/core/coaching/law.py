"""Law packs: the dated, sourced rules that bind on an account, and what each changes in a call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.core.account import Account, LegalForm
from bot.core.coaching.advice import OptionKind
from bot.core.interest import FixedSum, StatutoryRates, fixed_sum
from bot.core.money import Money


class CreditorRole(StrEnum):
    """Whether we collect our own debts or somebody else's."""

    FIRST_PARTY = "first_party"
    THIRD_PARTY = "third_party"


class Circumstance(StrEnum):
    """What must be so on the account for a rule to close options."""

    MORATORIUM = "moratorium"
    DISPUTE_OPEN = "dispute_open"


@dataclass(frozen=True)
class Scope:
    """Whom a pack or a rule binds; an empty tuple or None leaves that question open."""

    countries: tuple[str, ...] = ()
    legal_forms: tuple[LegalForm, ...] = ()
    vat_registered: bool | None = None
    creditor_roles: tuple[CreditorRole, ...] = ()

    def covers(self, account: Account, role: CreditorRole) -> bool:
        """Whether the account, collected in this role, falls under it."""
        return (
            (not self.countries or account.country in self.countries)
            and (not self.legal_forms or account.legal_form in self.legal_forms)
            and self.vat_registered in (None, account.vat_registered)
            and (not self.creditor_roles or role in self.creditor_roles)
        )

    @property
    def narrowness(self) -> tuple[int, int]:
        """How many questions it settles and how few legal forms it covers: the narrower pack wins."""
        settled = sum(
            (
                bool(self.countries),
                bool(self.legal_forms),
                self.vat_registered is not None,
                bool(self.creditor_roles),
            )
        )
        return settled, -len(self.legal_forms)


@dataclass(frozen=True)
class ContactLimits:
    """How often and at what hours (of the client's place) a call is still proper."""

    max_calls: int
    within_days: int
    pause_after_conversation_days: int
    earliest_hour: int
    latest_hour: int


@dataclass(frozen=True)
class LawRule:
    """One rule: its words, where they come from, from when we apply it, by when it is looked at again.

    The rest says what it changes: options it `closes` (only in the `while_` circumstances, if any),
    claims it `forbids`, contact limits, no floor under a first payment, no interest at all or none on a
    disputed sum. `shown_on` names the labels on which the panel shows it.
    """

    id: str
    text: str
    source: str
    effective_from: date
    review_by: date
    scope: Scope = Scope()
    shown_on: tuple[str, ...] = ()
    closes: tuple[OptionKind, ...] = ()
    while_: tuple[Circumstance, ...] = ()
    forbids: tuple[str, ...] = ()
    contact: ContactLimits | None = None
    no_payment_floor: bool = False
    no_interest: bool = False
    no_interest_on_disputed: bool = False

    def closes_now(self, kind: OptionKind, account: Account, today: date) -> bool:
        """Whether it closes this kind of option on the account today."""
        return kind in self.closes and all(
            _holds(circumstance, account, today) for circumstance in self.while_
        )


@dataclass(frozen=True)
class LawPack:
    """The rules of one jurisdiction, kind of debtor and creditor role."""

    name: str
    title: str
    scope: Scope = Scope()
    rules: tuple[LawRule, ...] = ()
    rates: StatutoryRates | None = None
    rates_review_by: date | None = None
    fixed_sums: tuple[FixedSum, ...] = ()

    def closing_rule(self, kind: OptionKind, account: Account, today: date) -> LawRule | None:
        """The rule that closes this kind of option, if one does."""
        return next((r for r in self.rules if r.closes_now(kind, account, today)), None)

    @property
    def forbidden_claims(self) -> tuple[str, ...]:
        """What must not be said or threatened, in plain words."""
        return tuple(claim for rule in self.rules for claim in rule.forbids)

    @property
    def contact_limits(self) -> ContactLimits | None:
        """The limits on calls, if the pack has any."""
        return next((rule.contact for rule in self.rules if rule.contact), None)

    @property
    def no_payment_floor(self) -> bool:
        """Whether a small first payment must be taken too."""
        return any(rule.no_payment_floor for rule in self.rules)

    @property
    def no_interest(self) -> bool:
        """Whether no interest is claimed from this client."""
        return any(rule.no_interest for rule in self.rules)

    @property
    def no_interest_on_disputed(self) -> bool:
        """Whether a sum in dispute bears no interest."""
        return any(rule.no_interest_on_disputed for rule in self.rules)

    def shown_for(self, labels: tuple[str, ...]) -> tuple[LawRule, ...]:
        """The rules that change what may be said after these labels."""
        return tuple(rule for rule in self.rules if set(rule.shown_on) & set(labels))

    def to_review(self, today: date) -> tuple[LawRule, ...]:
        """The rules whose review date has passed."""
        return tuple(rule for rule in self.rules if rule.review_by < today)

    def fixed_sum_for(self, debt: Money) -> Money | None:
        """The fixed sum that may be claimed for one late debt of this size; None when there is none."""
        return fixed_sum(debt, self.fixed_sums)


#: What is used where no pack has been written: no rule is claimed and no rate is known.
NO_PACK = LawPack("none", "No law pack for this client: ask compliance before quoting a rule")


def law_for(
    account: Account,
    packs: tuple[LawPack, ...],
    today: date,
    creditor_role: CreditorRole = CreditorRole.FIRST_PARTY,
) -> LawPack:
    """The narrowest pack that covers the account, with those of its rules that bind it today."""
    covering = [pack for pack in packs if pack.scope.covers(account, creditor_role)]
    if not covering:
        return NO_PACK
    pack = max(covering, key=lambda p: p.scope.narrowness)
    in_force = tuple(
        rule
        for rule in pack.rules
        if rule.effective_from <= today and rule.scope.covers(account, creditor_role)
    )
    return replace(pack, rules=in_force)


def _holds(circumstance: Circumstance, account: Account, today: date) -> bool:
    if circumstance is Circumstance.MORATORIUM:
        until = account.protections.moratorium_until
        return until is not None and until >= today
    return account.disputed(today).is_positive or any(d.is_open for d in account.disputes)
