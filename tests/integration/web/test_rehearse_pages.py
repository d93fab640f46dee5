"""The pages of rehearsing without a script: choosing, the call, the debrief, progress, and what trainers set."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from werkzeug.test import TestResponse

from bot.core.corrections import Correction
from bot.core.labels import Move, Speaker
from bot.core.reading import HeardLabel, Reading
from tests.integration.web.conftest import Browser
from tests.integration.web.standins import StandInServices

HAULIER = "disputed-terms-haulier"
MOVES = {
    "Hello Dermot, it's Amina at Northgate.": "greet_identify",
    "I can hear why you're annoyed, Dermot.": "acknowledge",
    "What were you told about the terms?": "open_question",
    "Pay today or you'll be in court.": "threaten",
}
HELLO, SORRY, ASK, THREAT = MOVES


@pytest.fixture
def amina(signed_in: Callable[[str], Browser], services: StandInServices) -> Browser:
    for words, move in MOVES.items():
        heard = (HeardLabel(move, 0.9, words),)
        services.room.assistant.will_hear(Reading(Speaker.COLLECTOR, words, heard))
    return signed_in("amina")


def ring(browser: Browser, **more: str) -> str:
    """Ring the haulier; returns the address of the call."""
    form = {"scenario": HAULIER, "level": "2", "mode": "practice"} | more
    begun = browser.submit("/rehearse", **form)
    assert begun.status_code == 303, begun.text
    return str(begun.headers["Location"])


def segment_of(page: str) -> str:
    found = re.search(r'name="segment_id" value="(\w+)"', page)
    assert found is not None
    return found[1]


def say(browser: Browser, call: str, words: str) -> str:
    """Say something as the page does; returns the page that follows."""
    segment = segment_of(browser.get(call).text)
    assert browser.submit(f"{call}/turns", text=words, segment_id=segment).status_code == 303
    return browser.get(call).text


def finished(browser: Browser, *words: str, **more: str) -> str:
    call = ring(browser, **more)
    for each in words or (HELLO, SORRY, ASK):
        say(browser, call, each)
    ended = browser.submit(f"{call}/finish")
    assert ended.headers["Location"] == f"{call}/debrief"
    return call


# Choosing


def test_scenarios_are_listed_with_what_helps_to_choose(amina: Browser) -> None:
    page = amina.get("/rehearse").text

    assert "Sixty days, not thirty" in page
    assert "Dermot Keane, owner-driver" in page
    assert "Disputed terms and bills" in page
    assert "not yet" in page


def test_the_filter_says_how_many_fit_and_when_none_does(amina: Browser) -> None:
    assert "1 scenario fits." in amina.get("/rehearse?q=dermot+sixty").text
    assert "Sixty days" not in amina.get("/rehearse?family=cash_flow_hardship").text
    assert "Nothing fits." in amina.get("/rehearse?q=zebra").text


def test_the_briefing_tells_what_may_be_known_and_not_what_is_hidden(
    amina: Browser, services: StandInServices
) -> None:
    page = amina.get(f"/rehearse/scenarios/{HAULIER}").text
    scenario = services.room.rehearsals._repertoire().scenario(HAULIER)

    assert "fell due 47 days ago" in page
    assert "€4,750.00" in page
    assert "Ring Dermot Keane" in page
    assert all(fact.what not in page for fact in scenario.hidden_facts)
    assert amina.get("/rehearse/scenarios/no-such-thing").status_code == 404


def test_one_that_fits_is_first_what_is_set_then_what_is_weakest(
    amina: Browser, services: StandInServices
) -> None:
    fresh = amina.get("/rehearse/suggestion", follow_redirects=True).text
    assert "you have not rehearsed it yet" in fresh

    finished(amina, THREAT)
    weakest = amina.get("/rehearse/suggestion", follow_redirects=True).text
    assert "is where you have most to gain" in weakest

    tara = services.people.viewer(services.people.named("tara"))
    due = services.clock.today() + timedelta(days=3)
    services.assignments.add(tara, "cash-flow-cafe", due, user="amina", mode="exam", note="Slowly.")
    page = amina.get("/rehearse/suggestion", follow_redirects=True).text
    assert "it is set for you, due 13 Mar 2026" in page
    assert "Note: Slowly." in page


def test_a_reason_in_the_address_puts_no_words_on_the_page(amina: Browser) -> None:
    page = amina.get(f"/rehearse/scenarios/{HAULIER}?why=<b>nonsense</b>&level=99&mode=x").text

    assert "nonsense" not in page


# The call


def test_the_client_answers_and_the_note_has_three_lines_at_most(amina: Browser) -> None:
    call = ring(amina)
    assert "After each turn you see here" in amina.get(call).text

    page = say(amina, call, SORRY)

    assert page.count('<p class="said client">') == 2
    assert "You · Turn 1" in page
    note = re.search(r'<dl class="pairs note">(.*?)</dl>', page, re.S)
    assert note is not None
    assert 1 <= note[1].count("<dt>") <= 3
    assert "You did" in note[1]
    assert '<svg class="curve live"' in page
    assert "Retry from turn 1" in page


def test_a_turn_sent_twice_is_one_turn(amina: Browser) -> None:
    call = ring(amina)
    for _ in range(2):
        amina.submit(f"{call}/turns", text=HELLO, segment_id="s1")

    assert amina.get(call).text.count('<p class="said you">') == 1


def test_saying_nothing_is_a_turn_and_sending_nothing_is_none(amina: Browser) -> None:
    call = ring(amina)
    amina.submit(f"{call}/turns", silent="1", segment_id="s1")
    assert "(you said nothing)" in amina.get(call).text

    amina.submit(f"{call}/turns", text="  ", segment_id="s2")
    page = amina.get(call).text
    assert "Type what you say" in page
    assert page.count('<p class="said you">') == 1


def test_a_script_gets_a_refusal_as_a_document(amina: Browser) -> None:
    call = ring(amina)
    headers = {"X-Parley-Script": "1", "Accept": "text/html;q=0.5, application/problem+json"}
    form = {"text": " ", "csrf_token": amina.proof()}
    answer = amina.client.post(f"{call}/turns", data=form, headers=headers)

    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")


def test_words_that_nobody_heard_wait_and_are_sent_again(
    amina: Browser, services: StandInServices
) -> None:
    call = ring(amina)
    services.room.assistant.is_on = False
    page = say(amina, call, HELLO)

    assert "Listening is off." in page
    assert 'class="said you unsent"' in page

    services.room.assistant.is_on = True
    segment = segment_of(page)
    amina.submit(f"{call}/turns", text=HELLO, segment_id=segment)
    page = amina.get(call).text
    assert "Listening is off. Your words" not in re.sub(r'data-listening-off="[^"]+"', "", page)
    assert page.count('<p class="said client">') == 2


def test_the_same_hint_twice_costs_once_and_each_says_its_price(amina: Browser) -> None:
    call = ring(amina)
    page = amina.get(call).text
    assert re.findall(r"(\d points?|free)</span>", page) == [
        "free",
        "1 point",
        "2 points",
        "4 points",
    ]

    for _ in range(2):
        amina.submit(f"{call}/hints", level="2")
    page = amina.get(call).text

    assert "Hint: A good collector has" in page
    assert "Hints so far: 2 points off." in page
    assert "Hint: A good" not in say(amina, call, HELLO)


def test_an_exam_has_no_notes_no_hints_and_no_way_back(amina: Browser) -> None:
    call = ring(amina, mode="exam")
    page = say(amina, call, SORRY)

    assert "This is an exam" in page
    assert "Retry from" not in page
    assert "pairs note" not in page
    assert "Trust</dt>" not in page
    amina.submit(f"{call}/hints", level="1")
    assert "An exam has no hints." in amina.get(call).text


def test_going_back_is_said_and_the_try_before_it_is_kept(amina: Browser) -> None:
    call = ring(amina)
    say(amina, call, HELLO)
    say(amina, call, THREAT)
    amina.submit(f"{call}/rewind", turn="3", branch="b1")
    page = amina.get(call).text

    assert "You are back before turn 3, on try 2." in page
    assert THREAT not in page
    assert "back before" not in say(amina, call, SORRY)


def test_nothing_that_was_said_is_taken_for_markup(amina: Browser) -> None:
    call = ring(amina)
    page = say(amina, call, "<script>alert(1)</script>")

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_unfinished_call_is_found_again(amina: Browser) -> None:
    call = ring(amina)
    say(amina, call, HELLO)

    page = amina.get("/rehearse").text
    assert "Go on where you left off" in page
    assert f'href="{call}"' in page


def test_a_call_in_which_nothing_was_said_is_not_scored(amina: Browser) -> None:
    call = ring(amina)
    assert amina.submit(f"{call}/finish").headers["Location"] == call
    assert "there is nothing to score" in amina.get(call).text


# The debrief


def test_the_debrief_says_what_it_rests_on(amina: Browser) -> None:
    call = finished(amina)
    page = amina.get(f"{call}/debrief").text

    assert re.search(r"<strong>\d+ of 100</strong>", page)
    assert page.count('<svg class="skill-bar') == 8
    assert page.count('<svg class="curve') == 2
    assert "One thing to keep" in page
    assert "One thing to try" in page
    assert re.search(r"Retry turn \d", page)
    assert "What they kept to themselves" in page
    assert f'<q dir="auto">{SORRY.replace(chr(39), "&#39;")}' in page
    assert amina.get(call).headers["Location"] == f"{call}/debrief"


def test_a_threat_fails_it_with_its_words(amina: Browser) -> None:
    page = amina.get(f"{finished(amina, HELLO, THREAT)}/debrief").text

    assert "This fails it, whatever the sum" in page
    assert "you&#39;ll be in court" in page
    assert "Not passed yet" in page


def test_tries_are_compared_and_each_has_its_debrief(amina: Browser) -> None:
    call = finished(amina, HELLO, THREAT)
    amina.submit(f"{call}/rewind", turn="3", branch="b1")
    say(amina, call, SORRY)
    amina.submit(f"{call}/finish")

    page = amina.get(f"{call}/debrief?with=b1").text
    assert "Solid with dots: try 2" in page
    assert '<g class="line line-2">' in page
    assert "Heat of both tries" in page
    assert "in court" in amina.get(f"{call}/debrief?branch=b1").text


def test_a_finished_try_is_readable_while_another_goes_on(amina: Browser) -> None:
    call = finished(amina)
    amina.submit(f"{call}/rewind", turn="3", branch="b1")

    assert amina.get(f"{call}/debrief?branch=b1").status_code == 200
    assert amina.get(f"{call}/debrief").headers["Location"] == call


def test_the_debrief_comes_as_json_and_as_pdf(amina: Browser) -> None:
    call = finished(amina)
    document = amina.get(f"{call}/debrief.json")
    pages = amina.get(f"{call}/debrief.pdf")

    assert document.json["result"]["scorecard"]["skills"].keys() >= {"empathy", "firmness"}
    assert "attachment" in document.headers["Content-Disposition"]
    assert pages.mimetype == "application/pdf"
    assert pages.data.startswith(b"%PDF-")
    assert len(pages.data) > 5_000


def test_a_pdf_holds_letters_of_any_alphabet(amina: Browser) -> None:
    call = finished(amina, "Вітаю, Łukasz, 你好 “yes” → 🙂")

    assert amina.get(f"{call}/debrief.pdf").status_code == 200


def test_a_rehearsal_is_private_until_it_is_shared_and_gone_when_deleted(
    amina: Browser, signed_in: Callable[[str], Browser]
) -> None:
    call = finished(amina)
    tara, ben = signed_in("tara"), signed_in("ben")
    paths = ("", "/debrief", "/debrief.json", "/debrief.pdf")
    for path in paths:
        assert tara.get(f"{call}{path}").status_code == 404

    amina.submit(f"{call}/sharing", shared="yes")
    page = tara.get(f"{call}/debrief").text
    assert "Rehearsal of somebody else" in page
    assert "Retry turn" not in page
    assert "Delete" not in page
    assert all(ben.get(f"{call}{path}").status_code == 404 for path in paths)

    amina.submit(f"{call}/sharing", shared="no")
    assert tara.get(f"{call}/debrief").status_code == 404
    amina.submit(f"{call}/deletion")
    assert amina.get(f"{call}/debrief").status_code == 404


# What was heard wrong


def misheard(browser: Browser, call: str, words: str, *labels: str) -> TestResponse:
    """Press the button of the turn with these words, as the debrief has it."""
    page = browser.get(f"{call}/debrief").text
    part = page[page.index('id="hearing"') :]
    part = part[part.index(words.replace("'", "&#39;")) :]
    found = re.search(r'action="([^"]+)"', part)
    assert found is not None
    form = {"labels": list(labels), "csrf_token": browser.proof()}
    return browser.client.post(unescape(found[1]), data=form, headers={"Accept": "text/html"})


def waiting(services: StandInServices) -> Sequence[Correction]:
    with services.room.rehearsals._unit_of_work() as work:
        return work.corrections.open(9)


def test_each_own_turn_can_be_said_to_be_heard_wrong_with_what_was_heard_ticked(
    amina: Browser,
) -> None:
    page = amina.get(f"{finished(amina)}/debrief").text

    assert page.count("Heard wrong?") == 3
    assert page.count('name="labels"') == 3 * len(Move)
    ticked = re.findall(r'name="labels" value="(\w+)" checked', page)
    assert ticked == ["greet_identify", "acknowledge", "open_question"]
    assert "does not change the score you have been given" in page
    ids = re.findall(r'\bid="([\w-]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_turn_heard_wrong_is_told_once_and_the_score_stays(
    amina: Browser, services: StandInServices
) -> None:
    call = finished(amina)
    before = amina.get(f"{call}/debrief.json").json["result"]

    answer = misheard(amina, call, SORRY, "paraphrase", "apologise")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{call}/debrief?branch=b1")
    page = amina.get(f"{call}/debrief").text
    assert "A trainer sees it among the corrections." in page
    assert page.count("You told a trainer:") == 1
    misheard(amina, call, SORRY, "apologise", "paraphrase")
    assert "You have told a trainer that already." in amina.get(f"{call}/debrief").text

    [correction] = waiting(services)
    assert (correction.text, correction.labels) == (SORRY, ("paraphrase", "apologise"))
    assert amina.get(f"{call}/debrief.json").json["result"] == before


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        (("stalling",), "is not a label of a collector turn"),
        ((), "Choose at least one label"),
        (("neutral", "apologise"), "stands alone"),
        (("acknowledge",), "That is what was heard."),
    ],
)
def test_what_cannot_be_is_refused_beside_what_was_ticked(
    amina: Browser, services: StandInServices, labels: tuple[str, ...], says: str
) -> None:
    call = finished(amina)
    answer = misheard(amina, call, SORRY, *labels)

    assert answer.status_code == 422
    assert says in answer.text
    assert answer.text.count('role="alert"') == 1
    assert '<details class="card hearing" id="hearing" open>' in answer.text
    ticked = set(re.findall(r'name="labels" value="(\w+)" checked', answer.text))
    assert ticked == {"greet_identify", "open_question"} | (set(labels) - {"stalling"})
    assert waiting(services) == []


def test_nobody_says_what_was_heard_wrong_in_anothers_rehearsal(
    amina: Browser, signed_in: Callable[[str], Browser], services: StandInServices
) -> None:
    call = finished(amina)
    amina.submit(f"{call}/sharing", shared="yes")
    tara, ben = signed_in("tara"), signed_in("ben")
    rehearsal = call.rsplit("/", 1)[-1]
    with services.room.rehearsals._unit_of_work() as work:
        turn = work.rehearsals.turns(rehearsal, "b1")[1].id

    assert "Heard wrong?" not in tara.get(f"{call}/debrief").text
    for browser in (tara, ben):
        answer = browser.submit(f"{call}/turns/{turn}/misheard", labels="apologise")
        assert answer.status_code == 404
    other = finished(amina)
    assert amina.submit(f"{other}/turns/{turn}/misheard", labels="apologise").status_code == 404
    assert waiting(services) == []


# Progress and what is set


def test_progress_is_empty_in_words_then_a_grid_with_words(amina: Browser) -> None:
    empty = amina.get("/progress").text
    assert "Nothing to show yet." in empty
    assert "Trainers see the results of what they have set" in empty

    finished(amina)
    page = amina.get("/progress").text
    assert "Disputed terms and bills" in page
    assert "Problem solving" in page
    assert re.search(r"<strong>\d+, (strong|good|getting there|needs practice)</strong>", page)
    assert "new, 1 rehearsal" in page


def test_a_test_is_due_a_week_after_a_pass(amina: Browser, services: StandInServices) -> None:
    call = finished(amina)
    assert "No test is due." in amina.get("/progress").text
    with services.room.rehearsals._unit_of_work() as work:
        [score] = work.rehearsals.scores_of(call.rsplit("/", 1)[-1])
        work.rehearsals.put_score(replace(score, passed=True, total=80))
        work.commit()

    services.clock.instant += timedelta(days=7)
    amina.sign_in("amina")
    page = amina.get("/progress").text

    assert "Take the test: Sixty days, not thirty" in page
    assert "Test again, due 17 Mar 2026" in amina.get("/rehearse").text
    suggested = amina.get("/rehearse/suggestion", follow_redirects=True).text
    assert "you passed it, and it is to be recalled since 17 Mar 2026" in suggested
    assert re.search(r'value="exam" checked', suggested)


def test_a_trainer_sets_a_scenario_and_sees_its_result(
    amina: Browser, signed_in: Callable[[str], Browser], services: StandInServices
) -> None:
    tara = signed_in("tara")
    due = (services.clock.today() + timedelta(days=3)).isoformat()
    form = {"scenario": HAULIER, "level": "2", "mode": "practice", "due": due, "note": "Slowly."}
    assert tara.submit("/assignments", **form, **{"for": "role:collector"}).status_code == 303
    assert "not begun" in tara.get("/assignments").text

    assert "due 13 Mar 2026" in amina.get("/rehearse").text
    page = amina.get("/progress").text
    assert "Note: Slowly." in page
    address = re.search(rf"/rehearse/scenarios/{HAULIER}\?assignment=(\w+)", page)
    assert address is not None
    call = finished(amina, assignment=address[1])

    page = tara.get("/assignments").text
    assert re.search(r"\d+, (not )?passed", page)
    assert f'href="{call}/debrief"' in page
    assert tara.get(f"{call}/debrief").status_code == 200
    assert "Amina" in tara.get("/progress/people/usr_amina").text

    [standing] = services.assignments.all(services.people.viewer(services.people.named("tara")))
    tara.submit(f"/assignments/{standing['id']}/withdrawal")
    assert "Nothing is set." in tara.get("/assignments").text


def test_what_was_entered_stays_when_an_assignment_is_refused(
    signed_in: Callable[[str], Browser],
) -> None:
    tara = signed_in("tara")
    base = {"scenario": HAULIER, "level": "", "mode": "exam", "note": "Slowly."}
    for wrong in (
        {"for": "role:collector", "due": "2001-01-01"},
        {"for": "role:collector", "due": "soon"},
        {"for": "nobody", "due": "2027-01-01"},
        {"for": "role:pope", "due": "2027-01-01"},
    ):
        answer = tara.submit("/assignments", **base, **wrong)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        assert 'value="Slowly."' in answer.text


@pytest.mark.parametrize(
    ("who", "sees"),
    [("amina", False), ("sam", False), ("ada", False), ("tara", True)],
)
def test_only_trainers_assign(who: str, sees: bool, signed_in: Callable[[str], Browser]) -> None:
    browser = signed_in(who)
    links: Any = re.findall(r'<a href="(/\w*)"', browser.get("/rehearse").text)

    assert ("/assignments" in links) is sees
    assert {"/rehearse", "/progress"} <= set(links)
    assert browser.get("/assignments").status_code == (200 if sees else 403)
    assert browser.get("/progress/people/usr_ben").status_code == (200 if sees else 404)
