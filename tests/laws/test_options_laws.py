"""What holds for every option on every account: ten thousand accounts against the rules that ship."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.schema_house import read_house_rules
from bot.content.schema_law import read_law_pack
from bot.core.account import Account, LegalForm, Protections, RiskClass
from bot.core.coaching.advice import Option, OptionKind, OptionStatus, Role
from bot.core.coaching.house_rules import HouseRules, Limit
from bot.core.coaching.law import LawPack, law_for
from bot.core.coaching.options import MOST_SHOWN, OptionRequest, open_options
from bot.core.dates import Calendar
from bot.core.money import Money
from tests.builders import (
    a_charge,
    a_dispute,
    a_plan,
    a_promise,
    a_rule,
    an_account,
    an_invoice,
    some_terms,
)

DATA = Path(__file__).parents[2] / "data"
HOUSE = read_house_rules(DATA / "house" / "limits.yml")
#: The same matrix with a third of the days, so that days bind before the number of payments does.
HURRIED = replace(
    HOUSE,
    concessions={
        kind: replace(
            row,
            limits={
                role: replace(limit, max_days=limit.max_days // 3)
                for role, limit in row.limits.items()
            },
        )
        for kind, row in HOUSE.concessions.items()
    },
)
PACKS = tuple(read_law_pack(path) for path in sorted((DATA / "law").glob("*.yml")))

settings.register_profile(
    "ten_thousand_accounts",
    max_examples=10_000,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TEN_THOUSAND = settings.get_profile("ten_thousand_accounts")

GIVEN_UP = (OptionKind.FEE_WAIVER, OptionKind.SETTLEMENT_DISCOUNT)
PUT_OFF = (OptionKind.PART_PAYMENT, OptionKind.INSTALMENTS, OptionKind.EXTENSION)
LABELS = ("terms_dispute", "service_dispute", "cash_flow", "plan_request", "stalling", "neutral")
PROTECTIONS = ("vulnerable_since", "adviser_since", "moratorium_until", "insolvent_since")

#: One number is drawn for each; small numbers are the plain cases, so failures shrink towards them.
pennies = st.integers(1, 2_000_000)
debts = st.lists(
    st.tuples(pennies, st.integers(-10, 900), st.integers(0, 150)), min_size=1, max_size=4
)
shapes = st.tuples(
    st.integers(0, 8),  # currency
    st.integers(0, 5),  # legal form
    st.integers(0, 5),  # country
    st.integers(0, 4),  # risk class
    st.integers(0, 4),  # promises broken
    st.integers(0, 20_000),  # pennies charged, some of them
    st.integers(0, 255),  # yes-or-no facts, one bit each
    st.integers(0, 1_000),  # today
)
asks = st.tuples(
    st.integers(0, 3),  # role
    st.integers(0, 6),  # label
    st.one_of(st.none(), pennies),
    st.one_of(st.none(), st.integers(-5, 60)),
    st.one_of(st.none(), st.integers(-1, 14)),
    st.sampled_from((None, "weekly", "fortnightly", "monthly", "yearly")),
    st.integers(0, 9),  # kind preferred
)


def the_account(shape: tuple[int, ...], debts: list[tuple[int, int, int]], today: date) -> Account:
    """An account of that shape; a share of each debt may be in dispute."""
    currency = (*("GBP", "EUR", "USD") * 2, "CAD", "JPY", "CHF")[shape[0]]
    bits = [bool(shape[6] >> bit & 1) for bit in range(8)]
    unit = Money.unit(currency)
    invoices, disputes = [], []
    for index, (size, late, share) in enumerate(debts):
        balance = Decimal(size) * unit
        # Above a hundred there is no dispute, so most invoices are clean.
        disputed = Money(balance * share / 100, currency) if bits[0] and share <= 100 else None
        held = disputed or Money.zero(currency)
        invoices.append(
            an_invoice(
                str(index),
                balance,
                days_late=late,
                disputed=held.amount,
                currency=currency,
                today=today,
            )
        )
        if disputed:
            reason = "service_dispute" if bits[1] else "invoice_dispute"
            disputes.append(
                a_dispute(str(index), disputed.amount * 2, reason=reason, currency=currency)
            )
    charged = Decimal(shape[5]) * unit
    return replace(
        an_account(currency=currency, today=today),
        invoices=tuple(invoices),
        disputes=tuple(disputes),
        legal_form=tuple(LegalForm)[shape[1]],
        country=("GB", "IE", "DE", "US", "FR", "BR")[shape[2]],
        risk_class=tuple(RiskClass)[shape[3]],
        promises=tuple(a_promise("broken", due_in=-n, today=today) for n in range(1, shape[4] + 1)),
        charges=(a_charge(charged, currency=currency),) if charged and bits[2] else (),
        vat_registered=bits[3],
        on_stop=bits[4],
        plans=(a_plan(currency=currency, today=today),) if bits[5] else (),
        terms=some_terms(
            interest=("statutory", "contract", "none")[shape[6] % 3], interest_rate=Decimal(9)
        ),
        protections=(
            Protections(**{PROTECTIONS[shape[6] % 4]: today})
            if bits[6] and bits[7]
            else Protections()
        ),
    )


@TEN_THOUSAND
@given(shapes, debts, asks, st.lists(st.integers(0, 60), max_size=6))
def test_no_option_exceeds_authority_law_or_balance(
    shape: tuple[int, ...], debts: list[tuple[int, int, int]], ask: tuple, shut: list[int]
) -> None:  # type: ignore[type-arg]  # drawn as above
    today = date(2024, 6, 1) + timedelta(days=shape[7])
    account = the_account(shape, debts, today)
    calendar = Calendar(frozenset(today + timedelta(days=n) for n in shut))
    law = law_for(account, PACKS, today)
    closed_by_law = (OptionKind(tuple(OptionKind)[ask[6]]),) if ask[6] < 3 else ()
    law = replace(law, rules=(*law.rules, a_rule(closes=closed_by_law)))
    request = the_request(ask, account, today)
    house = HURRIED if shape[7] % 3 == 0 else HOUSE

    options = open_options(account, request, house, law, calendar, today)

    if not account.due_now(today).is_positive:
        assert options == ()
        return
    offers = [option for option in options if option.status is not OptionStatus.CLOSED]
    assert len(offers) <= MOST_SHOWN
    assert list(options[: len(offers)]) == offers
    if account.protections.any:
        assert not offers
    for option in options:
        if option.status is OptionStatus.CLOSED:
            assert_is_closed_with_a_reason(option)
        else:
            assert_adds_up(option, account, today)
            assert_falls_on_working_days(option, calendar, today)
            assert_is_lawful(option, law)
            assert_is_inside_authority(option, account, request, house, law, today)


def the_request(ask: tuple, account: Account, today: date) -> OptionRequest:  # type: ignore[type-arg]  # drawn as above
    role, label, amount, in_days, count, frequency, kind = ask
    unit = Money.unit(account.currency)
    return OptionRequest(
        role=tuple(Role)[role],
        labels=(LABELS[label],) if label < len(LABELS) else (),
        preferred=(tuple(OptionKind)[kind],) if kind < len(OptionKind) else (),
        named_amount=None if amount is None else Money(Decimal(amount) * unit, account.currency),
        named_date=None if in_days is None else today + timedelta(days=in_days),
        named_instalments=count,
        named_frequency=frequency,
    )


def assert_is_closed_with_a_reason(option: Option) -> None:
    """A closed option says why and offers nothing."""
    assert option.why
    assert option.schedule == ()
    assert not option.total
    assert option.approver is None


def assert_adds_up(option: Option, account: Account, today: date) -> None:
    """The schedule is the total, the total is never more than is due, and nothing vanishes unsaid."""
    due, disputed = account.due_now(today), account.disputed(today)
    paid = Money.sum((i.amount for i in option.schedule), account.currency)
    assert paid == option.total
    assert all(i.amount.is_positive for i in option.schedule)
    assert option.total <= due - disputed
    assert option.cost >= Money.zero(account.currency)
    if option.kind in GIVEN_UP:
        assert option.cost >= due - disputed - option.total
    elif option.kind is not OptionKind.UNDISPUTED_PART:
        assert option.total == due - disputed


def assert_falls_on_working_days(option: Option, calendar: Calendar, today: date) -> None:
    """Every payment is due on a working day, none before today, each after the one before."""
    due = [instalment.due for instalment in option.schedule]
    assert all(calendar.is_working_day(day) and day >= today for day in due)
    assert due == sorted(set(due))


def assert_is_lawful(option: Option, law: LawPack) -> None:
    """No rule closes the kind outright."""
    assert not any(option.kind in rule.closes and not rule.while_ for rule in law.rules)


def assert_is_inside_authority(
    option: Option,
    account: Account,
    request: OptionRequest,
    house: HouseRules,
    law: LawPack,
    today: date,
) -> None:
    """The option is inside the limit of the role that asks or, if it needs approval, of its approver."""
    needs_approval = option.status is OptionStatus.NEEDS_APPROVAL
    assert needs_approval == (option.approver is not None)
    role = Role(option.approver) if option.approver else request.role
    assert role is request.role or role in house.seniors(request.role)
    limit = house.limit(role, option.kind)
    assert limit is not None
    assert_meets_conditions(limit, account, today)
    base = account.due_now(today) - account.disputed(today)
    if limit.max_amount is not None:
        ceiling = limit.max_amount.get(account.currency, Decimal(0))
        if option.kind in GIVEN_UP:
            assert (base - option.total).amount <= ceiling
        elif option.kind is OptionKind.RETURN_OR_CREDIT:
            # Every dispute of a generated account has the same ground, so all of it is credited.
            assert account.disputed(today).amount <= ceiling
        else:
            assert option.total.amount <= ceiling
    if option.kind in GIVEN_UP and limit.max_percent is not None:
        whole = account.charged() if option.kind is OptionKind.FEE_WAIVER else base
        assert (base - option.total).amount * 100 <= whole.amount * limit.max_percent
    if option.schedule:
        assert option.schedule[-1].due <= today + timedelta(days=limit.max_days)
    if option.kind is OptionKind.INSTALMENTS:
        assert 2 <= len(option.schedule) <= limit.max_instalments
        assert option.schedule[0].due <= today + timedelta(days=limit.first_within_days)
    if (
        option.kind in (OptionKind.INSTALMENTS, OptionKind.PART_PAYMENT)
        and not law.no_payment_floor
    ):
        assert option.schedule[0].amount >= base.percent(limit.first_payment_percent)
    if option.kind in PUT_OFF:
        assert option.total.amount >= limit.min_amount.get(account.currency, Decimal(0))


def assert_meets_conditions(limit: Limit, account: Account, today: date) -> None:
    """The account is one on which the limit holds."""
    held = limit.conditions
    broken = account.promises_broken()
    assert account.risk_class in held.risk_classes
    assert held.max_broken_promises is None or broken <= held.max_broken_promises
    assert held.dispute_open or not account.disputed(today)
    assert held.on_stop or not account.on_stop
    assert held.live_plan or account.live_plan() is None
