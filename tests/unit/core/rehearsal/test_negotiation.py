"""How the client bargains: within its limits, with exact figures, and remembering what was said."""

from __future__ import annotations

from datetime import timedelta

from bot.core.labels import Move, Objection
from bot.core.rehearsal.bargain import AnswerKind
from bot.core.rehearsal.scenario import GoodEnd, Protection
from bot.core.rehearsal.state import Ended
from tests.builders import TODAY, pounds
from tests.unit.core.rehearsal.cases import Call, day, goes, money, some_limits


def last_answer(call: Call) -> tuple[str, str]:
    return call.state.answers[-1].kind.value, call.state.answers[-1].reason


def offer(call: Call, *entities: object, move: str = Move.OFFER_PART_PAYMENT) -> Call:
    return call.say(move, text=f"Offer {len(call.now.turns)}.", entities=entities)  # type: ignore[arg-type]


def test_terms_within_the_limits_are_accepted_and_promised() -> None:
    call = offer(Call().won_over(), money(500), day(0), money(1540), day(62))
    assert last_answer(call) == ("accept", "within")
    assert [p.amount for p in call.state.promise.schedule] == [pounds(500), pounds(1540)]
    assert "accept_offer" in call.theirs.labels
    assert "£500 today and £1,540 on 11 May" in call.theirs.text


def test_terms_beyond_the_limits_meet_a_counter_offer_to_the_penny() -> None:
    call = offer(Call().won_over(), money(2040), day(3))
    assert last_answer(call) == ("counter", "capacity")
    schedule = call.state.counter.schedule
    assert [p.amount for p in schedule] == [pounds(500), pounds(1540)]
    assert schedule[1].due >= TODAY + timedelta(days=60)
    assert call.state.promise is None
    assert "£500 today" in call.theirs.text


def test_its_own_counter_offer_is_a_deal_once_agreed_to() -> None:
    call = offer(Call().won_over(), money(2040), day(3))
    counter = call.state.counter
    call.say(Move.SEEK_COMMITMENT, text="Agreed, let's do that.")
    assert call.state.promise.schedule == counter.schedule


def test_a_counter_offer_gets_no_worse_on_the_next_try() -> None:
    call = offer(Call().won_over(), money(2040), day(3))
    first = call.state.counter.schedule
    assert offer(call, money(2040), day(5)).state.counter.schedule == first


def test_a_client_without_trust_refuses_what_it_could_pay() -> None:
    call = Call(2).say(Move.GREET_IDENTIFY)
    offer(call, money(500), day(0), money(1540), day(62))
    assert last_answer(call) == ("refuse", "mood")


def test_an_offer_without_figures_is_asked_about() -> None:
    call = offer(Call().won_over(), move=Move.OFFER_PLAN)
    assert last_answer(call) == ("ask", "figures")
    assert call.theirs.beats[-1] == "ask_terms"


def test_asked_what_it_can_pay_it_names_its_own_terms() -> None:
    call = Call().won_over().say(Move.SEEK_COMMITMENT, text="Which day could you manage?")
    assert last_answer(call) == ("counter", "asked")


def test_instalments_are_drawn_up_with_the_odd_penny_at_the_end() -> None:
    call = offer(Call().won_over(), goes(3), day(10), move=Move.OFFER_PLAN)
    amounts = [p.amount for p in call.state.offers[-1].schedule]
    assert amounts == [pounds(680), pounds(680), pounds(680)]
    assert call.state.promise.kind == "instalments"


def test_it_pays_only_after_what_it_needs_has_been_undertaken() -> None:
    call = Call(pays_only_after=("send_documents",)).won_over()
    offer(call, money(500), day(0), money(1540), day(62))
    assert last_answer(call) == ("refuse", "needs_send_documents")
    call.say(Move.SEND_DOCUMENTS, text="I'll e-mail the invoice in a minute.")
    offer(call, money(500), day(0), money(1540), day(62))
    assert last_answer(call)[0] == AnswerKind.ACCEPT


def test_a_fact_that_comes_out_can_open_the_limits() -> None:
    call = Call().won_over()
    assert call.state.revealed == ("pays-late",)
    offer(call, money(900), day(1), money(1140), day(62))
    assert last_answer(call)[0] == AnswerKind.ACCEPT


def test_who_wants_the_fee_off_asks_for_it_before_agreeing() -> None:
    limits = some_limits(wants=("fee_waiver",))
    call = Call(2, limits=limits).won_over()
    offer(call, money(500), day(0), money(1540), day(62))
    assert last_answer(call) == ("counter", "wants")
    assert "the fee off" in call.theirs.text
    assert [p.amount for p in call.state.counter.schedule] == [pounds(500), pounds(1500)]
    call.say(Move.OFFER_CONCESSION, text="I can waive the fee.")
    assert sum(p.amount.amount for p in call.state.promise.schedule) == 2000


def test_a_fee_taken_off_and_asked_for_again_is_a_broken_word() -> None:
    call = Call().won_over().say(Move.OFFER_CONCESSION, text="I'll waive the late fee for you.")
    call.say(Move.SEEK_COMMITMENT, text="So 2040 on Friday?", entities=(money(2040), day(3)))
    assert "word_broken" in call.rules
    assert "broken_word" in call.theirs.beats


def test_denying_what_was_promised_is_a_broken_word() -> None:
    call = Call().won_over().say(Move.SEND_DOCUMENTS, text="I'll send the statement.")
    call.say(Move.NEUTRAL, text="I never said that.")
    assert "word_broken" in call.rules


def test_asking_more_than_was_offered_before_is_a_broken_word() -> None:
    call = Call(2).say(Move.GREET_IDENTIFY)
    offer(call, money(300), day(7), money(1740), day(62))
    offer(call, money(600), day(7), money(1440), day(62))
    assert "word_broken" in call.rules


def test_a_close_that_forgets_the_paperwork_is_caught_once() -> None:
    call = Call().won_over().say(Move.SEND_DOCUMENTS, text="I'll send it.")
    for words in ("You were let down.", "That was not right.", "It should not happen."):
        call.say(Move.ACKNOWLEDGE, text=words)
    call.say(Move.CLOSE_POLITELY, text="Thanks, bye.")
    assert "word_forgotten" in call.rules
    assert not call.now.is_over
    call.say(Move.CLOSE_POLITELY, text="Of course, it is on its way. Bye.")
    assert call.now.is_over


def test_a_right_summary_is_confirmed_and_a_wrong_one_put_right() -> None:
    call = offer(Call().won_over(), money(500), day(0), money(1540), day(62))
    call.say(Move.CONFIRM_AGREEMENT, text="So 800 today.", entities=(money(800),))
    assert "recap_no" in call.theirs.beats
    call.say(Move.CONFIRM_AGREEMENT, text="So 500 today.", entities=(money(500), day(0)))
    assert "recap_yes" in call.theirs.beats
    call.say(Move.CLOSE_POLITELY, text="Thank you, I'll log that. Bye.")
    assert call.state.ended is Ended.AGREED


def test_a_protected_client_never_agrees_to_pay() -> None:
    call = Call(
        protected=Protection.VULNERABILITY,
        objection=Objection.VULNERABILITY,
        good_end=(GoodEnd.PROTOCOL,),
    ).won_over()
    offer(call, money(500), day(0), money(1540), day(62))
    assert last_answer(call) == ("refuse", "protected")
    assert "money_in_protocol" in call.rules
    call.say(Move.SIGNPOST, text="StepChange help for free.")
    call.say(Move.CLOSE_POLITELY, text="I'll log it on file. Take care.")
    assert call.state.ended is Ended.PROTECTED_CLOSE


def test_a_sum_and_a_day_in_another_currency_are_no_offer_it_can_weigh() -> None:
    foreign = money(500).__class__("money", {"amount": "500", "currency": "EUR"}, "€500", 0, 1)
    call = offer(Call().won_over(), foreign)
    assert last_answer(call) == ("ask", "figures")


def test_a_second_day_takes_the_rest() -> None:
    call = offer(Call().won_over(), money(500), day(0), day(62))
    assert [p.amount for p in call.state.offers[-1].schedule] == [pounds(500), pounds(1540)]


def test_a_past_day_is_a_due_date_and_no_proposal() -> None:
    call = offer(Call().won_over(), money(2000), day(-47), move=Move.OFFER_PART_PAYMENT)
    assert call.state.offers[-1].schedule == ()


def test_a_first_payment_and_the_rest_in_goes_add_up() -> None:
    call = Call().won_over()
    call.say(
        Move.OFFER_PLAN,
        text="Five hundred today and the rest in three monthly goes.",
        entities=(money(500), day(0), goes(3)),
    )
    amounts = [p.amount for p in call.state.offers[-1].schedule]
    assert amounts == [pounds(500), pounds("513.33"), pounds("513.33"), pounds("513.34")]


def test_who_can_pay_nothing_refuses_for_want_of_money() -> None:
    limits = some_limits(today=0, per_instalment=0, full_on=None)
    call = offer(Call(limits=limits).won_over(), money(2040), day(3))
    assert last_answer(call) == ("refuse", "capacity")


def test_the_fee_is_not_taken_off_what_leaves_it_out() -> None:
    limits = some_limits(wants=("fee_waiver",))
    call = offer(Call(2, limits=limits).won_over(), money(2000), day(62))
    assert last_answer(call) == ("accept", "within")
    assert [p.amount for p in call.state.promise.schedule] == [pounds(2000)]


def test_the_fee_is_wished_away_beside_a_part_payment_that_stays_as_it_is() -> None:
    limits = some_limits(wants=("fee_waiver",))
    call = offer(Call(2, limits=limits).won_over(), money(500), day(0))
    assert last_answer(call) == ("counter", "wants")
    assert [p.amount for p in call.state.counter.schedule] == [pounds(500)]


def test_a_summary_of_terms_that_were_never_agreed_is_weighed_like_an_offer() -> None:
    call = offer(Call().won_over(), money(2000), day(62), move=Move.CONFIRM_AGREEMENT)
    assert call.state.promise is not None
    assert call.state.recapped


def test_asked_what_it_could_pay_by_a_day_it_names_the_sum_itself() -> None:
    call = Call().won_over()
    words = "What could you pay by Friday?"
    call.say(Move.OFFER_PART_PAYMENT, text=words, entities=(day(3),))
    assert last_answer(call) == ("counter", "asked")
