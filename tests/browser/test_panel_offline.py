"""What the panel does when the coach cannot be reached: nothing that was typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import documents as d
from tests.browser.scripted import CoachServer, Script
from tests.browser.test_panel_behaviour import told, type_turn, wait_until

pytestmark = pytest.mark.browser

ANSWER = {"reading": d.a_reading("cash_flow", "short"), "advice": d.a_second_advice()}


@pytest.fixture
def in_call(page: Page, server: CoachServer, script: Script) -> Page:
    """A page in an open call."""
    script.answers = [ANSWER]
    page.goto(server.page(account="hartley", call="c1"))
    page.locator(".say").wait_for()
    return page


def test_turns_typed_offline_are_kept_and_sent_in_order_once_it_is_back(
    in_call: Page, script: Script
) -> None:
    in_call.context.set_offline(True)
    for text in ("one", "two", "three"):
        type_turn(in_call, text)
    expect(in_call.locator(".status")).to_contain_text("3 turns wait and will be sent in order")
    expect(in_call.locator(".queue li")).to_have_count(3)
    # The card stays readable meanwhile.
    expect(in_call.locator(".say")).to_be_visible()

    in_call.context.set_offline(False)

    wait_until(in_call, "document.querySelector('parley-panel').waiting === 0")
    assert [one.body["text"] for one in script.posts("/turns")] == ["one", "two", "three"]
    assert len({one.body["segment_id"] for one in script.posts("/turns")}) == 3
    expect(in_call.locator(".status")).to_be_empty()


def test_a_turn_is_sent_again_under_the_same_segment(in_call: Page, script: Script) -> None:
    script.replies["turns"] = (503, {"title": "The coach is being updated."})
    type_turn(in_call, "We are short this month.")
    expect(in_call.locator(".status")).to_contain_text("1 turn waits")

    del script.replies["turns"]
    in_call.get_by_role("button", name="Try again").click()

    expect(in_call.locator(".say-line:not(.other)")).to_contain_text("That sounds a hard month.")
    sent = script.posts("/turns")
    assert len(sent) >= 2
    assert len({one.body["segment_id"] for one in sent}) == 1


def test_it_tries_again_by_itself(in_call: Page, script: Script) -> None:
    script.replies["turns"] = (503, {"title": "Not now."})
    type_turn(in_call, "We are short.")
    expect(in_call.locator(".status")).to_contain_text("1 turn waits")

    del script.replies["turns"]

    expect(in_call.locator(".queue")).to_have_count(0, timeout=8000)


def test_a_refused_turn_says_why_and_can_be_edited(in_call: Page, script: Script) -> None:
    script.replies["turns"] = (422, {"title": "Invalid", "detail": "The turn is too long."})
    type_turn(in_call, "A very long turn")
    expect(in_call.locator(".queue")).to_contain_text("Not taken: The turn is too long.")

    # What comes after a refused turn is not held up by it.
    del script.replies["turns"]
    type_turn(in_call, "A short one")
    expect(in_call.locator(".say-line:not(.other)")).to_contain_text("That sounds a hard month.")
    in_call.get_by_role("button", name="Edit").click()

    expect(in_call.get_by_label("What the client said")).to_have_value("A very long turn")
    expect(in_call.locator(".queue")).to_have_count(0)


def test_a_sign_in_that_ended_holds_the_turns_until_the_next_one(
    in_call: Page, script: Script
) -> None:
    script.replies["turns"] = (401, {"title": "Sign in first."})
    type_turn(in_call, "We are short.")
    expect(in_call.locator(".status")).to_contain_text("Your sign-in has ended")
    assert len(told(in_call, "parley-token-needed")) == 1

    del script.replies["turns"]
    in_call.evaluate("document.querySelector('parley-panel').token = 'fresh'")

    expect(in_call.locator(".say-line:not(.other)")).to_contain_text("That sounds a hard month.")
    assert script.posts("/turns")[-1].headers["Authorization"] == "Bearer fresh"


def test_a_lost_connection_while_handing_over_keeps_the_note(in_call: Page) -> None:
    in_call.locator(".card").focus()
    in_call.keyboard.press("e")
    in_call.keyboard.type("He asks for a manager.")
    in_call.context.set_offline(True)

    in_call.get_by_role("button", name="Hand over now").click()

    expect(in_call.locator(".ladder .notice")).to_contain_text("Not handed over")
    expect(in_call.locator("#hand-over-note")).to_have_value("He asks for a manager.")


def test_changing_the_call_while_turns_wait_still_sends_them_to_their_own_call(
    in_call: Page, script: Script
) -> None:
    script.replies["turns"] = (503, {"title": "Not now."})
    type_turn(in_call, "For the first call")
    expect(in_call.locator(".status")).to_contain_text("1 turn waits")
    script.call = d.a_call(id="c2")
    in_call.evaluate("document.querySelector('parley-panel').setAttribute('call', 'c2')")
    wait_until(in_call, "document.querySelector('parley-panel').callId === 'c2'")

    del script.replies["turns"]

    wait_until(in_call, "document.querySelector('parley-panel').waiting === 0", timeout=20)
    assert script.posts("/turns")[-1].path == "/calls/c1/turns"
