"""Which law binds on an account, and what it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.core.account import LegalForm, Protections
from bot.core.coaching.advice import OptionKind
from bot.core.coaching.law import NO_PACK, Circumstance, CreditorRole, Scope, law_for
from tests.builders import TODAY, a_dispute, a_law_pack, a_rule, an_account

BUSINESS = a_law_pack(
    name="business", scope=Scope(countries=("GB",), legal_forms=(LegalForm.COMPANY,))
)
PROTECTED = a_law_pack(
    name="protected",
    scope=Scope(countries=("GB",), legal_forms=(LegalForm.CONSUMER, LegalForm.SOLE_TRADER)),
)
OWN = a_law_pack(name="own", scope=Scope(countries=("US",)))
FOR_OTHERS = a_law_pack(
    name="for_others",
    scope=Scope(
        countries=("US",),
        legal_forms=(LegalForm.CONSUMER,),
        creditor_roles=(CreditorRole.THIRD_PARTY,),
    ),
)
PACKS = (BUSINESS, PROTECTED, OWN, FOR_OTHERS)


def test_a_company_is_under_business_law() -> None:
    assert law_for(an_account(), PACKS, TODAY).name == "business"


def test_a_sole_trader_is_under_the_protecting_law() -> None:
    trader = an_account(legal_form=LegalForm.SOLE_TRADER)
    assert law_for(trader, PACKS, TODAY).name == "protected"


def test_our_own_consumer_debt_is_outside_the_collectors_law() -> None:
    consumer = an_account(legal_form=LegalForm.CONSUMER, country="US")
    assert law_for(consumer, PACKS, TODAY).name == "own"


def test_a_consumer_debt_collected_for_others_is_under_the_collectors_law() -> None:
    consumer = an_account(legal_form=LegalForm.CONSUMER, country="US")
    assert law_for(consumer, PACKS, TODAY, CreditorRole.THIRD_PARTY).name == "for_others"


def test_where_no_pack_is_written_no_rule_is_claimed() -> None:
    law = law_for(an_account(country="BR"), PACKS, TODAY)
    assert law is NO_PACK
    assert law.rates is None


def test_a_rule_binds_from_its_day_on() -> None:
    pack = a_law_pack(a_rule(effective_from=TODAY + timedelta(days=1)))
    assert law_for(an_account(), (pack,), TODAY).rules == ()
    assert law_for(an_account(), (pack,), TODAY + timedelta(days=1)).rules == pack.rules


def test_a_rule_for_the_unregistered_leaves_a_vat_registered_trader_out() -> None:
    pack = a_law_pack(a_rule(scope=Scope(vat_registered=False)))
    assert law_for(an_account(vat_registered=True), (pack,), TODAY).rules == ()
    assert law_for(an_account(vat_registered=False), (pack,), TODAY).rules == pack.rules


def test_a_moratorium_rule_closes_only_while_it_runs() -> None:
    pack = a_law_pack(a_rule(closes=(OptionKind.INSTALMENTS,), while_=(Circumstance.MORATORIUM,)))
    running = an_account(protections=Protections(moratorium_until=TODAY))
    over = an_account(protections=Protections(moratorium_until=TODAY - timedelta(days=1)))
    assert pack.closing_rule(OptionKind.INSTALMENTS, running, TODAY) is pack.rules[0]
    assert pack.closing_rule(OptionKind.INSTALMENTS, over, TODAY) is None
    assert pack.closing_rule(OptionKind.FULL_PAYMENT, running, TODAY) is None


def test_a_dispute_rule_closes_only_while_a_dispute_is_open() -> None:
    pack = a_law_pack(a_rule(closes=(OptionKind.FEE_WAIVER,), while_=(Circumstance.DISPUTE_OPEN,)))
    open_, settled = a_dispute(), a_dispute(resolved_on=TODAY)
    disputing, quiet = an_account(disputes=(open_,)), an_account(disputes=(settled,))
    assert pack.closing_rule(OptionKind.FEE_WAIVER, disputing, TODAY)
    assert pack.closing_rule(OptionKind.FEE_WAIVER, quiet, TODAY) is None


def test_a_rule_is_shown_only_on_the_labels_that_it_changes() -> None:
    pack = a_law_pack(a_rule(shown_on=("terms_dispute",)))
    assert pack.shown_for(("terms_dispute", "cash_flow")) == pack.rules
    assert pack.shown_for(("cash_flow",)) == ()


def test_a_rule_past_its_review_day_is_listed_for_review() -> None:
    old = a_rule("old", review_by=date(2026, 1, 1))
    assert a_law_pack(old, a_rule()).to_review(TODAY) == (old,)


def test_forbidden_claims_and_switches_are_gathered_from_the_rules() -> None:
    pack = a_law_pack(a_rule(forbids=("arrest",)), a_rule("floor", no_payment_floor=True))
    assert pack.forbidden_claims == ("arrest",)
    assert pack.no_payment_floor
    assert not pack.no_interest
    assert pack.contact_limits is None


def test_of_two_packs_that_fit_the_narrower_one_is_taken() -> None:
    wide = replace(BUSINESS, name="wide", scope=Scope(countries=("GB",)))
    assert law_for(an_account(), (wide, BUSINESS), TODAY).name == "business"
