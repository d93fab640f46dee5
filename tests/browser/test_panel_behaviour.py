"""What the panel does: advice, keys, corrections, hand-over, the end of a call, and words that try to break out."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import documents as d
from tests.browser.scripted import CoachServer, Script

pytestmark = pytest.mark.browser


@pytest.fixture
def panel(page: Page, server: CoachServer, script: Script, complaints: list[str]) -> Locator:
    """The panel in an open call, with the first advice on show."""
    page.goto(server.page(account="hartley", call="c1"))
    page.locator(".say").wait_for()
    return page.locator("parley-panel")


def told(page: Page, name: str) -> list[dict[str, Any]]:
    """What the panel told the page by this event."""
    return page.evaluate("name => document.told.filter(one => one.name === name)", name)


def wait_until(page: Page, expression: str, timeout: float = 10) -> None:
    """Wait for something in the page to be true (Playwright's own way needs `eval`, which the policy forbids)."""
    end = time.monotonic() + timeout
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


def focused(page: Page) -> str:
    """What has the focus inside the panel: its key, id or class."""
    return page.evaluate(
        "(() => { const one = document.querySelector('parley-panel').shadowRoot.activeElement;"
        " return one ? one.dataset.key || one.dataset.focus || one.id || one.className : ''; })()"
    )


def say(panel: Locator) -> Locator:
    """The line that is on show."""
    return panel.locator(".say-line:not(.other)")


def type_turn(page: Page, text: str) -> None:
    """Type what the client said and press Enter."""
    page.get_by_label("What the client said").fill(text)
    page.keyboard.press("Enter")


# Opening


def test_an_account_without_a_call_shows_its_facts_and_starts_on_request(
    page: Page, server: CoachServer, script: Script, complaints: list[str]
) -> None:
    page.goto(server.page(account="hartley"))
    expect(page.locator(".name")).to_have_text("Hartley Joinery Ltd")
    assert script.posts("/calls") == []

    page.get_by_role("button", name="Start the call").click()

    page.locator(".say").wait_for()
    assert script.posts("/calls")[0].body == {"account_id": "hartley"}
    assert script.posts("/calls")[0].headers["X-CSRF-Token"] == "proof-of-page"
    assert page.locator("parley-panel").get_attribute("call") == "c1"
    assert told(page, "parley-ready")[0]["detail"] == {"call_id": "c1", "account_id": "hartley"}


def test_nothing_is_said_about_loading_before_300_milliseconds(
    page: Page, server: CoachServer, script: Script
) -> None:
    script.delay = 0.15
    page.goto(server.page(call="c1"))
    seen = page.evaluate(
        "new Promise(done => { const end = performance.now() + 250; let seen = false; (function look() {"
        " seen ||= /Opening/.test(document.querySelector('parley-panel').shadowRoot.textContent);"
        " performance.now() < end ? requestAnimationFrame(look) : done(seen) })() })"
    )
    assert seen is False
    page.locator(".say").wait_for()


def test_a_token_travels_in_a_header_and_leaves_cookies_and_csrf_out(
    page: Page, server: CoachServer, script: Script, complaints: list[str]
) -> None:
    page.goto(server.page(account="hartley"))
    page.locator(".name").wait_for()

    page.evaluate("document.querySelector('parley-panel').token = 'bearer-of-test'")
    page.get_by_role("button", name="Start the call").click()
    page.locator(".say").wait_for()

    headers = script.posts("/calls")[0].headers
    assert headers["Authorization"] == "Bearer bearer-of-test"
    assert "X-CSRF-Token" not in headers


def test_a_missing_sign_in_asks_the_page_for_a_token_and_goes_on_with_it(
    page: Page, server: CoachServer, script: Script
) -> None:
    script.replies["c1"] = (401, {"title": "Sign in first.", "code": "unauthenticated"})
    page.goto(server.page(call="c1"))
    page.get_by_text("Sign in first.").wait_for()
    assert told(page, "parley-token-needed")[0]["composed"] is True

    del script.replies["c1"]
    page.evaluate("document.querySelector('parley-panel').token = 'fresh'")

    page.locator(".say").wait_for()


# Advice


def test_a_new_card_replaces_the_old_one_and_is_announced_once(
    page: Page, panel: Locator, script: Script
) -> None:
    script.answers = [
        {"reading": d.a_reading("cash_flow", "cannot pay it all"), "advice": d.a_second_advice()}
    ]
    page.evaluate(
        "(() => { const region = document.querySelector('parley-panel').shadowRoot.querySelector('[role=status].unseen');"
        " document.spoken = []; new MutationObserver(() => document.spoken.push(region.textContent))"
        ".observe(region, {childList: true}); })()"
    )

    type_turn(page, "We just cannot pay it all this month.")

    expect(say(panel)).to_contain_text("That sounds a hard month.")
    expect(panel.locator(".heat-word")).to_have_text("irritated")
    body = script.posts("/turns")[0].body
    assert (body["speaker"], body["text"]) == ("client", "We just cannot pay it all this month.")
    assert len(body["segment_id"]) == 32
    wait_until(page, "document.spoken.at(-1) === ''")
    assert page.evaluate("document.spoken")[0].startswith("Say: That sounds a hard month.")
    assert focused(page) == "words"
    assert told(page, "parley-advice-shown")[0]["detail"]["advice"]["card"] == "cash_flow"


def test_silent_advice_leaves_the_card_and_everything_below_where_it_is(
    page: Page, panel: Locator, script: Script
) -> None:
    silent = d.an_advice(
        silent=True, heard=[], say=[], say_ids=[], ask=None, heat=1, heat_path=[0, 1, 1, 2, 2, 1]
    )
    script.answers = [{"reading": d.a_reading("neutral", ""), "advice": silent}]
    before = panel.locator(".card").evaluate(
        "one => [one.textContent, one.getBoundingClientRect().top]"
    )

    type_turn(page, "Hold on a second.")

    expect(panel.locator(".heat-word")).to_have_text("irritated")
    assert (
        panel.locator(".card").evaluate("one => [one.textContent, one.getBoundingClientRect().top]")
        == before
    )


def test_another_way_does_not_move_what_is_below(page: Page, panel: Locator) -> None:
    top = panel.locator(".ask").evaluate("one => one.getBoundingClientRect().top")

    panel.get_by_role("button", name="Another way").click()

    expect(say(panel)).to_contain_text("came as a surprise")
    assert panel.locator(".ask").evaluate("one => one.getBoundingClientRect().top") == top


def test_turns_of_the_stream_reach_the_panel_and_a_turn_seen_twice_counts_once(
    page: Page, panel: Locator, script: Script
) -> None:
    turn = d.a_turn(2, reading=d.a_reading("cash_flow", "short"), advice=d.a_second_advice())
    script.events += [{"data": turn}, {"data": turn}]

    expect(say(panel)).to_contain_text("That sounds a hard month.")

    assert len(told(page, "parley-advice-shown")) == 1
    following = [one for one in script.asked if one.path.endswith("/stream")]
    assert following[0].headers["Last-Event-ID"] == "0"


def test_the_page_can_hand_in_what_was_said(page: Page, panel: Locator, script: Script) -> None:
    script.answers = [{"reading": d.a_reading(), "advice": d.a_second_advice()}]

    answer = page.evaluate("document.querySelector('parley-panel').hear('We are short.', 'client')")

    assert answer["advice"]["card"] == "cash_flow"
    expect(say(panel)).to_contain_text("That sounds a hard month.")


def test_options_stay_folded_until_acknowledged_and_open_with_one_key(
    page: Page, panel: Locator, script: Script
) -> None:
    held = [{**one, "held": one["status"] != "closed"} for one in d.OPTIONS]
    script.answers = [{"reading": d.a_reading(), "advice": d.a_second_advice(options=held)}]
    type_turn(page, "We cannot pay.")
    expect(panel.locator(".held")).to_have_text("Acknowledge first · 3 options wait")
    expect(panel.locator(".offer")).to_have_count(0)

    page.keyboard.press("Escape")
    page.keyboard.press("o")

    expect(panel.locator(".offer")).to_have_count(3)


def test_an_option_shows_its_figures_and_tells_the_page_when_it_is_offered(
    page: Page, panel: Locator, script: Script
) -> None:
    script.answers = [{"reading": d.a_reading(), "advice": d.a_second_advice(options=d.OPTIONS)}]
    type_turn(page, "Can we do it in parts?")
    panel.get_by_role("button", name="£4,750 today").click()

    details = panel.locator(".offer-details")
    expect(details).to_contain_text("£14,250")
    expect(details).to_contain_text("£71.40 · interest forgone")
    assert details.locator("tbody tr").all_inner_texts() == [
        "Mon 23 Nov\t£4,750",
        "Tue 15 Dec\t£9,500",
    ]
    details.get_by_role("button", name="Mark as offered").click()
    expect(details.get_by_role("button", name="Offered")).to_have_attribute("aria-disabled", "true")
    assert told(page, "parley-offer-chosen")[0]["detail"]["option"]["kind"] == "part_payment"


def test_protection_takes_money_off_the_panel(page: Page, panel: Locator, script: Script) -> None:
    script.answers = [
        {"reading": d.a_reading("vulnerability", "since my wife died"), "advice": d.PROTECTION}
    ]

    type_turn(page, "I can't think about this since my wife died.")

    expect(panel.locator(".steps li")).to_have_count(5)
    assert not re.search(r"[£$€]\s?\d", panel.locator(".panel").inner_text())
    assert panel.locator(".say, .ask, .offer").count() == 0


def test_a_correction_is_private_and_can_be_put_away(
    page: Page, panel: Locator, script: Script
) -> None:
    fault = {
        "fault": "argue",
        "evidence": "calm down",
        "note": "That heats things up.",
        "better": "I hear you.",
    }
    script.answers = [
        {
            "reading": d.a_reading("argue"),
            "advice": d.an_advice(silent=True, say=[], say_ids=[], correction=fault),
        }
    ]
    page.get_by_label("Me", exact=True).check()
    page.get_by_label("What you said").fill("Calm down please")
    page.keyboard.press("Enter")

    expect(panel.locator(".correction")).to_contain_text("That heats things up.")
    assert script.posts("/turns")[0].body["speaker"] == "collector"
    panel.locator(".correction button").click()
    expect(panel.locator(".correction")).to_have_count(0)


# Keyboard


def test_a_call_can_be_worked_by_keyboard_alone(page: Page, panel: Locator, script: Script) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_label("What the client said").focus()
    page.keyboard.type("12obx?")
    expect(page.get_by_label("What the client said")).to_have_value("12obx?")
    page.get_by_label("What the client said").fill("")

    page.keyboard.press("Escape")
    assert focused(page) == "card"
    page.keyboard.press("2")
    expect(say(panel)).to_contain_text("came as a surprise")
    page.keyboard.press("1")
    expect(panel.locator(".used")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("That £70 came as a surprise")
    page.keyboard.press("x")
    page.keyboard.press("b")
    expect(panel.locator(".because li")).to_have_count(2)
    page.keyboard.press("f")
    expect(panel.locator(".facts")).to_be_visible()
    page.keyboard.press("?")
    expect(panel.locator(".keys")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Escape")
    expect(panel.locator(".keys, .facts, .because li")).to_have_count(0)
    page.keyboard.press("i")
    assert focused(page) == "words"

    sent = [(one.body["kind"], one.body["line_id"]) for one in script.posted("/feedback", 2)]
    assert sent == [("used", "terms_dispute-02"), ("not_useful", "terms_dispute-02")]
    assert script.posts("/feedback")[0].path == "/calls/c1/turns/t1/feedback"


def test_keys_do_nothing_while_the_focus_is_elsewhere_on_the_page(
    page: Page, panel: Locator, script: Script
) -> None:
    page.locator("body").press("1")
    page.locator("body").press("o")

    expect(panel.locator(".used")).to_have_count(0)
    assert script.posts("/feedback") == []


def test_keys_held_with_control_are_left_to_the_browser(page: Page, panel: Locator) -> None:
    panel.locator(".card").focus()
    page.keyboard.press("Control+b")

    expect(panel.locator(".because li")).to_have_count(0)


def test_escape_folds_the_panel_and_the_button_brings_it_back_with_the_focus_in_the_field(
    page: Page, panel: Locator
) -> None:
    page.get_by_label("What the client said").fill("half a sentence")
    panel.locator(".card").focus()

    page.keyboard.press("Escape")
    expect(panel.locator(".panel")).to_be_hidden()
    assert "launcher" in focused(page)
    page.keyboard.press("Enter")

    assert focused(page) == "words"
    expect(page.get_by_label("What the client said")).to_have_value("half a sentence")


def test_choices_are_one_tab_stop_with_arrows_inside(
    page: Page, panel: Locator, script: Script
) -> None:
    script.answers = [{"reading": d.a_reading("invoice_dispute"), "advice": d.a_second_advice()}]
    panel.locator(".card").focus()
    page.keyboard.press("h")
    assert panel.locator(".picker button[tabindex='0']").count() == 1
    assert focused(page) == "pick-terms_dispute"

    page.keyboard.press("ArrowRight")
    assert focused(page) == "pick-invoice_dispute"
    page.keyboard.press("End")
    assert focused(page) == "pick-out_of_scope"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(panel.locator(".picker")).to_have_count(0)
    expect(say(panel)).to_contain_text("That sounds a hard month.")
    body = script.posts("/turns")[0].body
    assert (body["speaker"], body["labels"]) == ("client", ["invoice_dispute"])


# Hearing


def test_a_wrong_label_is_corrected_in_two_taps(page: Page, panel: Locator, script: Script) -> None:
    panel.get_by_role("button", name="terms disputed, heard in “slapping a fee on us”").click()
    panel.locator("[data-label=terms_dispute]").click()
    panel.locator("[data-label=invoice_dispute]").click()
    panel.get_by_role("button", name="Save correction").click()

    expect(panel.locator(".heard")).to_contain_text("Corrected to invoice disputed.")
    assert script.posted("/feedback")[0].body == {"kind": "misheard", "labels": ["invoice_dispute"]}


def test_with_listening_off_a_choice_by_hand_takes_the_typed_words_along(
    page: Page, panel: Locator, script: Script
) -> None:
    off = d.an_advice(silent=True, say=[], say_ids=[], listening=False, heat_path=[])
    by_hand = d.a_reading("cash_flow", flags=["by_hand"])
    script.answers = [
        {"reading": d.a_reading(labels=[], flags=["listening_off"]), "advice": off},
        {"reading": by_hand, "advice": d.a_second_advice()},
    ]
    type_turn(page, "We are waiting for our own money.")
    expect(panel.locator(".heard .notice")).to_have_text("Listening is off: choose what you hear.")

    page.get_by_label("What the client said").fill("Nobody pays us.")
    panel.locator("[data-label=cash_flow]").click()

    expect(say(panel)).to_contain_text("That sounds a hard month.")
    assert script.posts("/turns")[1].body["text"] == "Nobody pays us."
    expect(panel.locator(".heard .notice")).to_be_visible()
    expect(page.get_by_label("What the client said")).to_have_value("")


# Handing over and ending


def test_handing_over_takes_two_steps_and_no_dialog(
    page: Page, panel: Locator, script: Script
) -> None:
    script.replies["escalation"] = (200, {"hand_to": "supervisor", "exposure": "14250.00"})
    panel.locator(".card").focus()
    page.keyboard.press("e")
    assert focused(page) == "hand-over"
    assert script.posts("/escalation") == []
    page.keyboard.type("He asks for a manager.")

    panel.get_by_role("button", name="Hand over now").click()

    expect(panel.locator(".ladder .notice")).to_contain_text("Handed over to a supervisor")
    assert script.posts("/escalation")[0].body == {"note": "He asks for a manager."}
    assert focused(page) == "handed"
    assert told(page, "parley-escalated")[0]["detail"]["packet"]["hand_to"] == "supervisor"
    expect(panel.get_by_role("button", name="Hand over", exact=True)).to_have_attribute(
        "aria-disabled", "true"
    )


def test_asking_for_approval_starts_the_note(page: Page, panel: Locator, script: Script) -> None:
    script.answers = [{"reading": d.a_reading(), "advice": d.a_second_advice(options=d.OPTIONS)}]
    type_turn(page, "Can we do it in three goes?")
    panel.get_by_role("button", name="Three monthly payments").click()
    panel.get_by_role("button", name="Ask for approval").click()

    expect(panel.locator("#hand-over-note")).to_have_value(
        re.compile("Approval asked: Three monthly payments")
    )


def test_the_end_of_a_call_shows_gaps_and_writes_only_what_is_complete(
    page: Page, panel: Locator, script: Script
) -> None:
    script.call = d.a_call(summary=d.a_summary(proposals=[d.PROMISE, d.DISPUTE]))
    script.replies["close"] = (
        200,
        {
            "summary": d.a_summary(outcome="promise to pay"),
            "written": [{"kind": "promise", "id": "p1"}],
        },
    )

    panel.get_by_role("button", name="End call").click()
    expect(panel.locator("#wrap-promise-amount")).to_have_value("2000.00")
    expect(panel.locator(".gaps")).to_have_text("1 gap: Promise to pay: Date")
    panel.get_by_role("button", name="Save and end the call").click()
    assert script.posts("/close") == []
    assert focused(page) == "wrap-promise-due_on"
    panel.locator("#wrap-promise-due_on").fill("2026-12-04")
    panel.get_by_label("Notes").fill("Prefers mornings.")
    panel.get_by_role("button", name="Save and end the call").click()

    expect(panel.locator(".around")).to_contain_text("Promise to pay")
    assert script.posts("/close")[0].body["confirmed"] == {
        "promise": {"amount": "2000.00", "due_on": "2026-12-04"},
        "dispute": [{"invoice_number": "4417", "reason": "terms_dispute"}],
        "notes": "Prefers mornings.",
    }


def test_an_agreed_plan_is_confirmed_with_its_payments(
    page: Page, panel: Locator, script: Script
) -> None:
    script.call = d.a_call(summary=d.a_summary(proposals=[d.PLAN]))
    script.replies["close"] = (
        200,
        {"summary": d.a_summary(), "written": [{"kind": "plan", "id": "p1"}]},
    )
    panel.get_by_role("button", name="End call").click()
    panel.get_by_role("button", name="Add a payment").click()
    panel.locator("#wrap-plan-2-amount").fill("£1,000.50")
    panel.locator("#wrap-plan-2-due").fill("2027-01-15")

    panel.get_by_role("button", name="Save and end the call").click()

    expect(panel.locator(".around")).to_contain_text("Payment plan")
    assert script.posts("/close")[0].body["confirmed"]["plan"]["schedule"] == [
        {"amount": "4750.00", "due": "2026-11-23"},
        {"amount": "9500.00", "due": "2026-12-15"},
        {"amount": "1000.50", "due": "2027-01-15"},
    ]


def test_what_was_typed_after_the_call_survives_going_back_to_it(
    page: Page, panel: Locator
) -> None:
    panel.get_by_role("button", name="End call").click()
    panel.get_by_label("Notes").fill("Rings back at noon.")
    panel.get_by_role("button", name="Back to the call").click()
    expect(panel.locator(".say")).to_be_visible()

    panel.get_by_role("button", name="End call").click()

    expect(panel.get_by_label("Notes")).to_have_value("Rings back at noon.")


def test_a_call_that_is_closed_elsewhere_ends_here_too(
    page: Page, panel: Locator, script: Script
) -> None:
    script.call = d.a_call(
        status="closed", summary=d.a_summary(written=[{"kind": "dispute", "id": "d1"}])
    )
    script.events.append({"event": "closed", "data": {}})

    expect(panel.locator(".around")).to_contain_text("The call has ended")
    expect(panel.locator(".around li")).to_have_text("Dispute")


def test_options_unfold_once_the_client_has_been_acknowledged(
    page: Page, panel: Locator, script: Script
) -> None:
    held = [{**one, "held": one["status"] != "closed"} for one in d.OPTIONS]
    quiet = d.an_advice(silent=True, heard=[], say=[], say_ids=[], acknowledged=True)
    script.answers = [
        {"reading": d.a_reading(), "advice": d.a_second_advice(options=held)},
        {"reading": d.a_reading("acknowledge"), "advice": quiet},
    ]
    type_turn(page, "We cannot pay.")
    expect(panel.locator(".held")).to_be_visible()

    page.get_by_label("Me", exact=True).check()
    page.get_by_label("What you said").fill("I can hear how hard this month is.")
    page.keyboard.press("Enter")

    expect(panel.locator(".offer")).to_have_count(3)


def test_a_protocol_that_rests_on_a_mishearing_stands_down(
    page: Page, panel: Locator, script: Script
) -> None:
    script.answers = [
        {"reading": d.a_reading("vulnerability", "killing me"), "advice": d.PROTECTION}
    ]
    type_turn(page, "These invoices are killing me.")
    panel.get_by_role("button", name="vulnerable, heard in").click()
    panel.locator("[data-label=vulnerability]").click()
    panel.locator("[data-label=cash_flow]").click()

    panel.get_by_role("button", name="Save correction").click()

    expect(panel.locator(".protection")).to_have_count(0)
    assert script.posted("/feedback")[0].body["labels"] == ["cash_flow"]


def test_the_coach_answers_a_question_and_an_unanswered_one_goes_back_into_the_field(
    page: Page, panel: Locator, script: Script, expected_complaints: list[str]
) -> None:
    expected_complaints.append("503")
    script.replies["coach"] = (200, {"messages": [{"text": "Not yet: part payment is untried."}]})
    page.get_by_label("Ask coach").check()
    field = page.get_by_label("Your question to the coach")
    field.fill("Should I pass this up?")
    field.press("Enter")
    expect(panel.locator(".answer")).to_contain_text("part payment is untried")
    assert script.posts("/coach")[0].body == {"text": "Should I pass this up?", "call_id": "c1"}

    script.replies["coach"] = (503, {"title": "Not now."})
    field.fill("And now?")
    field.press("Enter")

    expect(panel.locator(".answer")).to_contain_text("back in the field")
    expect(field).to_have_value("And now?")


# Words that try to break out

HOSTILE = {
    "markup": '<img src=x onerror="document.broken = 1"><script>document.broken = 1</script><b>bold</b>',
    "emoji": "👩‍👩‍👧‍👦 🧾 \u0000\ufffd ￼ 🇬🇧",
    "right_to_left": "\u202eתשלום באיחור\u202c ‮£14,250‬ אחרון",
    "endless": "a" * 5000,
    "long": ("I told you last week and the week before that " * 120)[:5000],
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_are_shown_as_words_everywhere(
    words: str, page: Page, server: CoachServer, script: Script, complaints: list[str]
) -> None:
    page.set_viewport_size({"width": 320, "height": 720})
    advice = d.an_advice(
        say=[words, words],
        say_ids=["a", "b"],
        ask=words,
        avoid=words,
        because=[words],
        options=[
            d.an_option(words, why=words, cost_note=words),
            d.an_option(words, status="closed", why=words),
        ],
        escalation={"state": words, "next_step": words, "untried": [words]},
        checklist=[{"id": "one", "text": words, "done": False}],
        correction={"fault": "argue", "evidence": words, "note": words, "better": words},
    )
    turn = d.a_turn(text=words, reading=d.a_reading(evidence=words), advice=advice)
    account = d.an_account(name=words, notes=words)
    account["invoices"][0]["number"] = words
    script.call = d.a_call(account=account, turns=[turn], advice=advice)
    script.answers = [{"reading": d.a_reading(evidence=words), "advice": advice}]
    page.goto(server.page(account="hartley", call="c1"))
    page.locator(".say").wait_for()

    page.locator(".card").focus()
    for key in "bf":
        page.keyboard.press(key)
    page.locator("[data-key=checklist]").click()
    page.locator(".offer-fold").first.click()
    type_turn(page, words.replace("\u0000", ""))
    wait_until(page, "document.querySelector('parley-panel').waiting === 0")

    shown = page.locator(".say-line:not(.other)").evaluate("one => one.textContent")
    assert shown == words.replace("\u0000", "\ufffd") or shown == words
    assert page.evaluate("document.broken") is None
    inside = "document.querySelector('parley-panel').shadowRoot"
    assert page.evaluate(f"{inside}.querySelectorAll('img, script, b').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(
        f"{inside}.querySelector('.scroll').scrollWidth <= {inside}.querySelector('.scroll').clientWidth"
    )
