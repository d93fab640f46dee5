"""The one entrance: client turns, collector turns, memory."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.core.coaching.advice import OptionKind, OptionStatus, Role
from bot.core.coaching.advise import advise
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.summary import summarise
from bot.core.labels import FAULTS, Speaker
from bot.core.reading import Entity
from tests.builders import (
    TODAY,
    a_charge,
    a_dispute,
    a_reading,
    an_account,
    an_invoice,
)
from tests.desks import a_desk

DESK = a_desk()
MONEY = Entity("money", {"amount": "500.00", "currency": "GBP"}, "500", 0, 3)
DAY = Entity("date", "2026-03-20", "friday week", 4, 15)
THREE = Entity("instalments", {"count": 3, "frequency": "monthly"}, "three goes", 0, 10)


class Call:
    """A call that is spoken turn by turn, its memory stored as JSON in between."""

    def __init__(self, account=None, desk=DESK):
        self.account, self.desk = account or an_account(), desk
        self.memory = CallMemory()

    def client(self, *labels, **changes):
        return self._turn(a_reading(*labels, **changes))

    def collector(self, *moves, **changes):
        return self._turn(a_reading(*moves, speaker=Speaker.COLLECTOR, **changes))

    def _turn(self, reading):
        stored = json.loads(json.dumps(self.memory.as_json()))
        assert self.memory == CallMemory.from_json(stored)
        advice, self.memory = advise(
            CallMemory.from_json(stored), reading, self.account, self.desk, TODAY
        )
        json.dumps(advice.as_json())
        return advice


def test_an_objection_brings_words_a_question_options_and_reasons():
    advice = Call().client("cash_flow", text="we are short")

    assert not advice.silent
    assert "cash_flow" == advice.card
    assert 3 == len(advice.say)
    assert advice.ask
    assert any(o.status is OptionStatus.OPEN for o in advice.options)
    assert "Heard “we are short”: money is short" == advice.because[0]
    assert any(line.startswith("House rule: ") for line in advice.because)
    assert "Ledger: invoice 4417, £1,200 open, due 24 January, 45 days late" in advice.because


def test_options_are_held_until_the_client_is_acknowledged():
    call = Call()
    held = call.client("cash_flow")
    acknowledged = call.collector("acknowledge")
    after = call.client("cash_flow", heat=1)

    assert all(o.held for o in held.options if o.status is not OptionStatus.CLOSED)
    assert acknowledged.acknowledged
    assert not any(o.held for o in after.options)


def test_options_are_not_held_when_the_client_asks_for_a_plan():
    assert not any(o.held for o in Call().client("plan_request").options)


def test_options_are_not_held_when_the_client_asks_how_to_pay():
    call = Call()
    advice = call.client("account_question", text="how can I pay this?")

    assert not any(o.held for o in advice.options)
    assert all(
        o.held
        for o in Call().client("account_question", text="which invoice is that?").options
        if o.status is not OptionStatus.CLOSED
    )


def test_several_labels_make_one_card():
    advice = Call().client("stalling", "legal_threat")

    assert "legal_threat" == advice.card
    assert ("stalling", "legal_threat") == advice.heard
    assert any("stalling" in line.id for line in advice.say)


def test_where_money_is_not_the_point_there_are_no_options():
    assert () == Call().client("abuse", heat=2).options


def test_the_plan_that_the_client_names_is_worked_out():
    advice = Call().client("plan_request", text="three goes", entities=(THREE,))

    plan = next(o for o in advice.options if o.kind is OptionKind.INSTALMENTS)
    assert 3 == len(plan.schedule)
    assert "2500.00" == str(sum(i.amount.amount for i in plan.schedule))


def test_a_sum_in_a_grievance_is_not_an_offer():
    account = an_account(an_invoice(balance=2000))
    advice = Call(account).client("invoice_dispute", text="500 too much", entities=(MONEY,))

    assert all(i.amount.plain() != "500.00" for option in advice.options for i in option.schedule)


def test_small_talk_leaves_the_panel_alone():
    call = Call()
    call.client("stalling")
    advice = call.client("neutral")

    assert (True, "quiet", "stalling") == (advice.silent, advice.outcome, advice.card)
    assert () == advice.heard


def test_no_line_comes_twice_in_a_long_call():
    call, said = Call(), []
    for turn in range(60):
        advice = call.client("stalling", "cash_flow", heat=turn % 3)
        said += [line.id for line in advice.say] + ([advice.ask.id] if advice.ask else [])

    assert len(said) == len(set(said))


def test_memory_stays_bounded():
    call = Call()
    for turn in range(400):
        call.client("stalling", "invoice_dispute", text=f"turn {turn} " * 40, heat=turn % 4)
        call.collector("acknowledge", "threaten", text="x")

    assert 800 == call.memory.turns
    assert len(json.dumps(call.memory.as_json())) < 8_000


def test_the_same_call_gets_the_same_advice():
    def played():
        call = Call()
        return [call.client("cash_flow", heat=1), call.collector("blame"), call.client("abuse")]

    assert played() == played()


def test_heat_path_and_trend_are_those_of_client_turns():
    call = Call()
    call.client("stalling")
    call.collector("acknowledge")
    advice = call.client("abuse", heat=2)

    assert ((0, 2), "rising", 2) == (advice.heat_path, advice.heat_trend, advice.heat)
    assert "Breathe." == advice.cue


def test_a_good_collector_turn_is_silent_and_ticks_the_list():
    call = Call()
    advice = call.collector("greet_identify")

    assert advice.silent
    assert [True, False, False] == [item.done for item in advice.checklist]


def test_a_fault_brings_one_private_correction_and_keeps_the_card():
    call = Call()
    call.client("stalling")
    advice = call.collector("threaten", "blame", text="we'll ruin you")

    assert (False, "correction", "stalling") == (advice.silent, advice.outcome, advice.card)
    assert ("threaten", "we'll ruin you") == (advice.correction.fault, advice.correction.evidence)
    assert "Which day, instead of threaten?" == advice.correction.better
    assert () == advice.say


def test_lighter_faults_are_not_corrected_turn_after_turn():
    call = Call()

    assert call.collector("argue").correction
    assert call.collector("argue").correction is None
    assert call.collector("threaten").correction


def test_every_fault_has_a_correction():
    for fault in FAULTS:
        assert fault.value == Call().collector(fault.value).correction.fault


def test_the_better_line_for_a_threat_states_the_lawful_next_step():
    advice = Call().collector("threaten")

    assert advice.correction.better.startswith("The next step is a demand from 10 March 2026")


def test_a_consequence_is_corrected_only_where_no_step_is_lawful():
    account = an_account(an_invoice(balance=500, disputed=500))

    assert Call().collector("state_consequence").correction is None
    advice = Call(account).collector("state_consequence")
    assert "state_consequence" == advice.correction.fault


def test_talk_with_the_coach_leaves_the_call_as_it_is():
    call = Call()
    call.client("stalling")
    before = call.memory
    advice, after = advise(
        before, a_reading("ask_hint", speaker=Speaker.COACH), call.account, DESK, TODAY
    )

    assert advice.silent
    assert before.turns == after.turns


def test_an_offer_and_its_answer_are_remembered():
    call = Call()
    call.collector("offer_plan")
    call.client("decline_offer")
    call.collector("offer_concession", text="I could waive the fee")
    call.client("accept_offer")

    assert ("instalments", "fee_waiver") == call.memory.offered
    assert (("instalments",), ("fee_waiver",)) == (call.memory.refused, call.memory.accepted)


def test_listening_off_is_passed_on():
    assert not Call().client("stalling", flags=("listening_off",)).listening


def test_a_senior_desk_shows_fewer_lines():
    senior = replace(DESK, seniority="senior", role=Role.COLLECTOR)

    assert 1 == len(Call(desk=senior).client("stalling").say)


def test_an_account_without_debts_is_coached_without_figures():
    advice = Call(an_account(an_invoice(balance=0))).client("stalling")

    assert advice.say
    assert () == advice.options
    assert advice.escalation.next_step is None


def test_the_summary_fills_itself_and_shows_its_gaps():
    call = Call(an_account(charges=(a_charge(),)))
    call.client("invoice_dispute", text="4423 is wrong")
    call.client("promise_to_pay", text="500 then", entities=(MONEY,))
    summary = summarise(call.memory, call.account, DESK, TODAY)

    kinds = [p.kind for p in summary.proposals]
    assert ["promise", "dispute", "follow_up"] == kinds
    assert "promise: by which day?" in summary.gaps
    assert "promise to pay" == summary.outcome
    assert "Identify" in summary.left_open
    json.dumps(summary.as_json())


def test_a_promise_is_completed_by_a_later_turn():
    call = Call()
    call.client("promise_to_pay", entities=(MONEY,))
    call.client("promise_to_pay", entities=(DAY,))

    assert ("500.00", "2026-03-20") == (
        call.memory.promise["amount"],
        call.memory.promise["due_on"],
    )
    follow_up = summarise(call.memory, call.account, DESK, TODAY).proposals[-1]
    assert "2026-03-23" == follow_up.values["due_on"]


def test_a_protected_call_proposes_the_pause_and_no_money():
    call = Call()
    call.client("promise_to_pay", entities=(MONEY, DAY))
    call.client("vulnerability")
    summary = summarise(call.memory, call.account, DESK, TODAY)

    assert ["pause", "escalation"] == [p.kind for p in summary.proposals]
    assert "protected: collection paused" == summary.outcome


def test_a_hard_call_calls_for_a_break_and_another_look():
    call = Call()
    call.client("abuse", heat=3)
    summary = summarise(call.memory, call.account, DESK, TODAY)

    assert (True, True, "Take a break.") == (summary.hard_call, summary.look_again, summary.cue)


def test_an_offer_beyond_the_collectors_authority_is_taken_back():
    call = Call(an_account(an_invoice(balance=40000, total=40000)))
    advice = call.client("plan_request")
    assert OptionStatus.OPEN not in {
        o.status for o in advice.options if o.kind is OptionKind.INSTALMENTS
    }

    assert "beyond_authority" == call.collector("offer_plan").correction.fault


def test_an_offer_that_is_open_is_not_corrected():
    call = Call()
    call.client("plan_request")

    assert call.collector("offer_plan").correction is None


def test_money_is_taken_back_while_a_protocol_stands():
    call = Call()
    call.client("vulnerability")

    for move in ("seek_commitment", "offer_plan"):
        assert "money_in_protocol" == call.collector(move).correction.fault


def test_court_may_not_be_named_while_a_letter_comes_first():
    call = Call()
    advice = call.collector("state_consequence", text="otherwise it goes to court")

    assert ("threaten", "otherwise it goes to court") == (
        advice.correction.fault,
        advice.correction.evidence,
    )


def test_a_plan_that_needs_approval_is_not_summed_up_as_agreed():
    call = Call(an_account(an_invoice(balance=40000, total=40000)))
    options = call.client("plan_request").options
    call.collector("offer_plan")
    call.client("accept_offer")
    summary = summarise(call.memory, call.account, DESK, TODAY, options)

    assert "plan to be approved" == summary.outcome
    assert any("approves it first" in gap for gap in summary.gaps)


def test_a_dispute_that_is_on_record_is_not_proposed_again():
    account = an_account(an_invoice("4417", 1200, disputed=300), disputes=(a_dispute("4417"),))
    call = Call(account)
    call.client("service_dispute")
    summary = summarise(call.memory, account, DESK, TODAY)

    assert "dispute to settle" == summary.outcome
    assert "dispute" not in {p.kind for p in summary.proposals}


def test_being_on_stop_is_no_dispute_of_an_invoice():
    call = Call(an_account(charges=(a_charge(70),)))
    call.client("terms_dispute", text="you put us on stop without a word")

    assert not call.memory.disputes
