"""Which lines are chosen, and how they are filled."""

from __future__ import annotations

from bot.core.coaching.facts import facts_of, meant_invoice
from bot.core.coaching.phrasing import Moment, choose_ask, choose_avoid, choose_say
from bot.core.coaching.playbook import Stance, fill
from bot.core.coaching.position import position_of
from bot.core.dates import Calendar
from bot.core.reading import Entity
from tests.builders import (
    TODAY,
    a_charge,
    a_dispute,
    a_payment,
    a_promise,
    a_reading,
    an_account,
    an_invoice,
)
from tests.desks import a_line, a_play

FACTS = {"client": "Harbour Bakery Ltd", "invoice": "invoice 4417", "amount": "£1,200"}


def a_moment(heat: int = 0, **changes):
    return Moment(**{"heat": heat, "facts": FACTS, **changes})


def facts(account, reading, spoken_of=None):
    return facts_of(account, position_of(account, TODAY), reading, Calendar(), spoken_of)


def meant(account, reading, spoken_of=None):
    invoice = meant_invoice(account, position_of(account, TODAY), reading, spoken_of)
    return invoice and invoice.number


def naming(number: str) -> Entity:
    return Entity("invoice_number", number, number, 0, len(number))


def test_one_line_per_stance_with_the_acknowledgement_first():
    said = choose_say((a_play("stalling"),), a_moment())

    assert ["acknowledge", "probe", "propose"] == [x.id.split("-")[1] for x in said]


def test_concrete_lines_come_before_general_ones():
    said = choose_say((a_play("stalling"),), a_moment())

    assert all("invoice 4417" in line.text for line in said)


def test_a_line_whose_fact_is_missing_is_never_chosen():
    said = choose_say((a_play("stalling"),), a_moment(facts={"client": "Harbour Bakery Ltd"}))

    assert said
    assert all("{" not in line.text and "plain" in line.id for line in said)


def test_no_line_is_said_twice_in_a_call():
    play, used = a_play("stalling"), []
    for _ in range(6):
        used += [line.id for line in choose_say((play,), a_moment(said=frozenset(used)))]

    assert len(used) == len(set(used))


def test_questions_stand_in_when_the_lines_have_run_out():
    play = a_play("stalling")
    used = frozenset(line.id for line in play.say)

    said = choose_say((play,), a_moment(said=used))

    assert ["stalling-ask-0", "stalling-ask-1"] == [line.id for line in said]


def test_a_hot_turn_falls_back_to_cooler_lines_but_a_calm_one_never_to_hotter():
    cool = a_line("cool", "Cool.", "probe", {0})
    hot = a_line("hot", "Hot.", "probe", {3})
    play = a_play("stalling", say=(cool, hot), ask=())

    assert {"hot", "cool"} == {x.id for x in choose_say((play,), a_moment(3))}
    assert ["cool"] == [x.id for x in choose_say((play,), a_moment(0))]


def test_a_line_longer_than_25_words_once_filled_is_left_out():
    long = a_line("long", "word " * 24 + "{invoice}", "probe")
    play = a_play("stalling", say=(long, a_line("short", "Short.", "probe")), ask=())

    assert ["short"] == [x.id for x in choose_say((play,), a_moment())]


def test_a_second_label_adds_a_line():
    said = choose_say((a_play("legal_threat", 80), a_play("stalling")), a_moment())

    assert {"legal_threat", "stalling"} == {line.id.split("-")[0] for line in said}
    assert 3 == len(said)


def test_the_same_turn_gets_the_same_lines():
    plays = (a_play("stalling"), a_play("cash_flow"))

    assert choose_say(plays, a_moment(1)) == choose_say(plays, a_moment(1))


def test_two_lines_of_a_card_are_concrete_where_the_playbook_has_them():
    play = a_play(
        "stalling",
        say=(
            a_line("a1", "{invoice} for {amount}.", "acknowledge"),
            a_line("a2", "About {invoice}.", "acknowledge"),
            a_line("b", "Plain probe.", "probe"),
            a_line("c", "Plain proposal.", "propose"),
        ),
    )

    said = choose_say((play,), a_moment())

    assert 2 == sum("4417" in line.text for line in said)


def test_when_the_fee_is_the_point_the_line_names_it():
    fee = a_line("fee", "The {fee} on {fee_invoice}.", "acknowledge")
    other = a_line("other", "About {invoice} for {amount}.", "acknowledge")
    play = a_play("terms_dispute", say=(other, fee))
    moment = a_moment(facts={**FACTS, "fee": "£70", "fee_invoice": "invoice 4417"}, about_fee=True)

    assert "fee" == choose_say((play,), moment, 1)[0].id


def test_a_placeholder_that_opens_a_sentence_gets_a_capital():
    assert "Thanks. Invoice 4417 is open." == fill("Thanks. {invoice} is open.", FACTS)
    assert "About invoice 4417." == fill("About {invoice}.", FACTS)


def test_braces_reach_nothing_but_facts():
    assert "{client.__class__}" == fill("{client.__class__}", FACTS)


def test_a_question_is_asked_once():
    play = a_play("stalling")
    first = choose_ask((play,), a_moment())

    assert first
    assert first != choose_ask((play,), a_moment(said=frozenset({first.id})))


def test_a_reminder_is_shown_once():
    play = a_play("stalling")
    avoid = choose_avoid(play, a_moment(), ())

    assert avoid
    assert choose_avoid(play, a_moment(), (avoid.id,)) is None


def test_the_invoice_named_in_the_turn_is_meant_even_by_its_ending():
    account = an_account(an_invoice("INV-2026-4417"), an_invoice("INV-2026-4423"))
    reading = a_reading("invoice_dispute", entities=(naming("4423"),))

    assert "INV-2026-4423" == meant(account, reading)


def test_the_invoice_named_earlier_stays_the_subject():
    assert "4431" == meant(an_account(), a_reading("stalling"), "4431")


def test_a_contested_fee_means_the_charged_invoice():
    account = an_account(charges=(a_charge(70, invoice="4423"),))
    reading = a_reading("terms_dispute", text="what is this late fee")

    assert "4423" == meant(account, reading)
    assert "£70" == facts(account, reading)["fee"]


def test_who_contests_the_due_date_is_not_told_of_the_fee():
    account = an_account(charges=(a_charge(70, invoice="4423"),))

    assert "fee" not in facts(account, a_reading("terms_dispute", text="we said sixty days"))


def test_a_dispute_means_the_disputed_invoice_and_a_plain_ask_the_oldest_clear_one():
    account = an_account(
        an_invoice("4417", 1200, days_late=45, disputed=1200),
        an_invoice("4423", 800, days_late=30),
        disputes=(a_dispute("4417", 1200),),
    )

    assert "4417" == meant(account, a_reading("service_dispute"))
    assert "4423" == meant(account, a_reading("stalling"))


def test_an_account_without_invoices_names_none():
    account = an_account(an_invoice(balance=0))

    assert meant(account, a_reading("stalling")) is None
    assert "amount" not in facts(account, a_reading("stalling"))


def test_figures_of_the_facts_are_those_of_the_ledger():
    found = facts(
        an_account(payments=(a_payment(500),), promises=(a_promise("pending", 300, due_in=5),)),
        a_reading("stalling"),
    )

    assert "£2,500" == found["overdue"]
    assert "three invoices" == found["count"]
    assert "£500" == found["last_payment"]
    assert ("£300", "15 March") == (found["promise_amount"], found["promise_date"])
    assert "13 March" == found["today_plus_3"]


def test_a_newly_contested_invoice_counts_as_disputed():
    found = facts(an_account(), a_reading("invoice_dispute", entities=(naming("4423"),)))

    assert ("£800", "£1,700") == (found["disputed"], found["undisputed"])


def test_the_wrong_person_hears_no_figures():
    found = facts(an_account(), a_reading("wrong_contact"))

    assert {"client", "contact", "today_plus_3", "invoice", "po"} >= found.keys()


def test_a_stale_payment_is_not_quoted():
    account = an_account(payments=(a_payment(),), stale=("payments",))

    assert "last_payment" not in facts(account, a_reading("payment_claimed"))


def test_stances_are_three():
    assert 3 == len(Stance)
