"""What a client accepts and the collector was not free to grant: the note says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.coaching.advice import OptionKind, Role
from bot.core.coaching.desk import Desk
from bot.core.labels import Move
from bot.core.rehearsal.rehearsal import take
from tests.builders import a_limit, some_house_rules
from tests.unit.core.rehearsal.cases import DESK, Call, day, heard, money, some_limits

#: A collector may waive a fee for money within five days, and grant no plan of more than three payments.
STRICT = replace(
    DESK,
    house=some_house_rules(
        {
            (Role.COLLECTOR, OptionKind.FEE_WAIVER): a_limit(max_days=5),
            (Role.COLLECTOR, OptionKind.INSTALMENTS): a_limit(max_instalments=3),
        }
    ),
)


def waived(desk: Desk) -> Call:
    """The fee is taken off although a part of the debt comes in two months only."""
    call = Call(2, limits=some_limits(wants=("fee_waiver",))).won_over()
    figures = (money(500), day(0), money(1540), day(62))
    call.say(Move.OFFER_PART_PAYMENT, text="Half and half?", entities=figures)
    reading = heard(Move.OFFER_CONCESSION, text="I can waive the fee.")
    call.now = take(call.now, call.scenario, call.persona, reading, desk)
    return call


def test_a_waiver_beside_a_later_plan_is_accepted_and_called_beyond_authority() -> None:
    call = waived(STRICT)
    assert call.state.promise is not None
    assert call.mine.note.better == (
        "Taking the fee off on these terms is beyond your authority: "
        "you may “Waive £40 in fees if £2,000 is paid by 13 March 2026”."
    )


def test_a_waiver_that_the_house_rules_allow_is_not_remarked_on() -> None:
    assert "authority" not in waived(DESK).mine.note.better


@pytest.mark.parametrize(("count", "is_beyond"), [(3, False), (4, True)])
def test_a_plan_of_more_payments_than_allowed_is_beyond_authority(
    count: int, is_beyond: bool
) -> None:
    call = Call().won_over()
    entities = (day(10), money(2040 // count))
    plan = replace(
        day(10), type="instalments", value={"count": count, "frequency": "monthly"}, text="goes"
    )
    reading = heard(Move.OFFER_PLAN, text="A plan?", entities=(entities[0], plan))
    call.now = take(call.now, call.scenario, call.persona, reading, STRICT)
    told = (
        "So long a plan on these terms is beyond your authority: your supervisor must agree first."
    )
    assert (call.mine.note.better == told) is is_beyond
