"""Rehearsing in Chromium over use cases with a scripted ear: by keyboard, at every width, and when things fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from tests.browser.serving import served
from tests.e2e.pages import Complaints, faults, has_focus, tab_to
from tests.integration.web.standins import PASSWORD, StandInServices, some_services

pytestmark = pytest.mark.browser

HAULIER = "disputed-terms-haulier"
MOVES = {
    "Hello Dermot, it's Amina at Northgate.": "greet_identify",
    "I can hear why you're annoyed, Dermot.": "acknowledge",
    "What were you told about the terms?": "open_question",
    "Pay today or you'll be in court.": "threaten",
}
HELLO, SORRY, ASK, THREAT = MOVES

#: A browser that understands speech and speaks, as far as the page can tell.
SPEECH = """
window.SpeechRecognition = window.webkitSpeechRecognition = class {
  start() { window.ear = this; }
  stop() { this.onend?.(); }
};
window.spoken = [];
speechSynthesis.speak = one => window.spoken.push(one.text);
speechSynthesis.cancel = () => {};
"""


@pytest.fixture
def services(tmp_path: Path) -> StandInServices:
    services = some_services(tmp_path)
    for words, move in MOVES.items():
        heard = (HeardLabel(move, 0.9, words),)
        services.room.assistant.will_hear(Reading(Speaker.COLLECTOR, words, heard))
    return services


@pytest.fixture
def url(services: StandInServices, tmp_path: Path) -> Iterator[str]:
    with served(services, tmp_path) as address:
        yield address


@pytest.fixture
def complaints(page: Page) -> Iterator[Complaints]:
    """What the browser complained of; a test that leaves a complaint fails."""
    found = Complaints(page)
    yield found
    found.check()


def enter(page: Page, url: str, name: str = "amina", path: str = "/rehearse") -> None:
    page.set_default_timeout(10_000)
    page.goto(f"{url}{path}")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sign out").wait_for()


def ring(page: Page, url: str, script: bool = True) -> None:
    page.goto(f"{url}/rehearse/scenarios/{HAULIER}?level=2")
    page.get_by_role("button", name="Ring Dermot Keane").click()
    page.locator("#call[data-ready]" if script else "#call").wait_for()


def say(page: Page, words: str) -> None:
    """Say something with the keyboard, and wait until it is in the log."""
    turns = page.locator(".said.you:not(.unsent)").count()
    page.get_by_label("What you say").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator(".said.you:not(.unsent)")).to_have_count(turns + 1)


def end(page: Page) -> None:
    page.get_by_role("button", name="End the call").click()
    page.get_by_role("heading", name="Debrief").wait_for()


# Reading


def test_every_page_is_accessible_at_both_widths_in_both_schemes(
    page: Page, url: str, complaints: Complaints, pictures: Path | None
) -> None:
    found = {}

    def look(state: str) -> None:
        for width in (320, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                found[f"{state}, {width} px, {scheme}"] = faults(page)
                if pictures:
                    name = f"rehearse-{state}-{width}-{scheme}.png"
                    page.screenshot(path=pictures / name, full_page=True)

    enter(page, url)
    look("choosing")
    page.goto(f"{url}/progress")
    look("progress-empty")
    page.goto(f"{url}/rehearse/scenarios/{HAULIER}")
    look("briefing")
    ring(page, url)
    look("call-fresh")
    for words in (HELLO, THREAT):
        say(page, words)
    page.get_by_role("button", name="The next move").click()
    page.locator("[data-hint-said]").wait_for()
    for fold in page.locator("summary").all():
        fold.click()
    look("call")
    page.get_by_role("button", name="Retry from turn 3").first.click()
    page.locator("[data-back]").wait_for()
    look("call-rewound")
    say(page, SORRY)
    end(page)
    look("debrief")
    call = page.url
    page.get_by_role("button", name="Retry turn 3").first.click()
    page.locator("#call[data-ready]").wait_for()
    say(page, ASK)
    end(page)
    page.goto(f"{call}?branch=b3&with=b2")
    for fold in page.locator("summary").all():
        fold.click()
    look("debrief-open")
    ring(page, url)
    for words in (HELLO, SORRY, ASK):
        say(page, words)
    end(page)
    page.goto(f"{url}/progress")
    expect(page.get_by_role("heading", name="Skills by what")).to_be_visible()
    look("progress")

    assert {where: what for where, what in found.items() if what} == {}


def test_the_trainers_page_is_accessible(page: Page, url: str, complaints: Complaints) -> None:
    enter(page, url, "tara", "/assignments")
    page.get_by_label("For", exact=True).select_option("role:collector")
    page.get_by_label("Note").fill("Slowly.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("It is set.")
    found = {}
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found[f"{width} px, {scheme}"] = faults(page)

    assert {where: what for where, what in found.items() if what} == {}


# The call


def test_a_whole_rehearsal_goes_by_keyboard_and_the_focus_stays_in_the_field(
    page: Page, url: str, complaints: Complaints
) -> None:
    enter(page, url)
    tab_to(page, page.get_by_role("link", name="Prepare Sixty days, not thirty"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Ring Dermot Keane"))
    page.keyboard.press("Enter")

    field = page.get_by_label("What you say")
    page.locator("#call[data-ready]").wait_for()
    expect(field).to_be_focused()
    page.keyboard.type(HELLO)
    page.keyboard.press("Enter")
    expect(page.locator(".said.client")).to_have_count(2)
    assert has_focus(field)
    expect(field).to_have_value("")
    spoken = page.locator("#announcements")
    expect(spoken).to_contain_text("Dermot Keane: ")
    expect(spoken).to_contain_text("Mood: ")
    expect(spoken).to_contain_text("Coach: You")

    tab_to(page, page.get_by_role("button", name="Say nothing"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("(you said nothing)")).to_be_visible()

    tab_to(page, page.get_by_role("button", name="The next move"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-hint-said]")).to_contain_text("A good collector")
    expect(spoken).to_contain_text("Hint: ")
    expect(field).to_be_focused()

    page.keyboard.press("Shift+Tab")
    tab_to(page, page.get_by_role("button", name="Retry from turn 3").first)
    page.keyboard.press("Enter")
    expect(spoken).to_contain_text("You are back before turn 3, on try 2.")
    expect(field).to_be_focused()
    page.keyboard.type(ASK)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".said.you")).to_have_count(2)

    page.keyboard.press("Shift+Tab")
    tab_to(page, page.get_by_role("button", name="End the call"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Debrief: Sixty days, not thirty")).to_be_visible()
    tab_to(page, page.locator("button").filter(has_text="Retry turn").first)
    page.keyboard.press("Enter")
    expect(page.get_by_label("What you say")).to_be_focused()


def test_nothing_moves_when_the_answer_comes(page: Page, url: str, complaints: Complaints) -> None:
    enter(page, url)
    page.set_viewport_size({"width": 1440, "height": 900})
    ring(page, url)
    say(page, HELLO)
    field = page.get_by_label("What you say")
    before = field.bounding_box()
    say(page, SORRY)

    assert field.bounding_box() == before


def test_a_marker_of_the_curve_goes_back_to_its_turn(
    page: Page, url: str, complaints: Complaints
) -> None:
    enter(page, url)
    ring(page, url)
    say(page, HELLO)
    say(page, THREAT)
    page.locator('.curve [data-turn="3"] .touch').click()

    expect(page.locator("[data-back]")).to_contain_text("before turn 3, on try 2")
    expect(page.get_by_text(THREAT)).to_have_count(0)


def test_shift_and_enter_make_a_new_line(page: Page, url: str, complaints: Complaints) -> None:
    enter(page, url)
    ring(page, url)
    page.get_by_label("What you say").focus()
    page.keyboard.type("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")

    expect(page.get_by_label("What you say")).to_have_value("one\ntwo")
    expect(page.locator(".said.you")).to_have_count(0)


def test_pressing_twice_says_it_once(page: Page, url: str, services: StandInServices) -> None:
    enter(page, url)
    ring(page, url)
    page.get_by_label("What you say").fill(HELLO)
    page.evaluate(
        "() => { const form = document.querySelector('form[data-say]');"
        " form.requestSubmit(); form.requestSubmit(); }"
    )
    expect(page.locator(".said.client")).to_have_count(2)
    page.wait_for_timeout(300)

    expect(page.locator(".said.you")).to_have_count(1)


# When things fail


def test_a_turn_without_connection_is_kept_over_a_reload_and_sent_once(
    page: Page, url: str, services: StandInServices
) -> None:
    enter(page, url)
    ring(page, url)
    sent: list[str] = []

    def refuse(route: Route) -> None:
        sent.append(route.request.post_data or "")
        route.abort("internetdisconnected")

    page.route("**/turns", refuse)
    page.get_by_label("What you say").fill(HELLO)
    page.keyboard.press("Enter")
    waiting = page.locator("[data-unsent]")
    expect(waiting).to_contain_text("No connection.")
    expect(waiting).to_contain_text(HELLO)
    expect(page.locator("#announcements")).to_contain_text("No connection.")
    page.get_by_label("What you say").fill("And more.")
    page.keyboard.press("Enter")
    expect(page.locator("#announcements")).to_contain_text("still on its way")
    expect(page.get_by_label("What you say")).to_have_value("And more.")
    page.get_by_role("button", name="End the call").click()
    expect(page.locator("[data-problem]")).to_contain_text("has not been sent")

    page.reload()
    expect(page.locator("[data-unsent]")).to_contain_text(HELLO)
    expect(page.get_by_label("What you say")).to_have_value("And more.")
    page.unroute("**/turns")
    page.get_by_role("button", name="Send again now").click()

    expect(page.locator(".said.client")).to_have_count(2)
    expect(page.locator("[data-unsent]")).to_be_hidden()
    expect(page.locator(".said.you")).to_have_count(1)
    assert len({part for body in sent for part in body.split("&") if "segment" in part}) == 1


def test_a_turn_that_waits_can_be_changed(page: Page, url: str) -> None:
    enter(page, url)
    ring(page, url)
    page.route("**/turns", lambda route: route.abort("internetdisconnected"))
    page.get_by_label("What you say").fill(THREAT)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Change it").click()

    expect(page.get_by_label("What you say")).to_have_value(THREAT)
    expect(page.get_by_label("What you say")).to_be_focused()
    page.unroute("**/turns")
    say(page, SORRY)
    expect(page.get_by_text(THREAT)).to_have_count(0)


def test_when_listening_is_off_the_words_wait_and_the_client_answers_later(
    page: Page, url: str, services: StandInServices, complaints: Complaints
) -> None:
    enter(page, url)
    ring(page, url)
    services.room.assistant.is_on = False
    page.get_by_label("What you say").fill(HELLO)
    page.keyboard.press("Enter")
    expect(page.locator("[data-unsent]")).to_contain_text("Listening is off.")
    expect(page.get_by_role("button", name="Change it")).to_be_hidden()
    assert faults(page) == []
    services.room.assistant.is_on = True

    # It asks again after longer and longer waits.
    expect(page.locator(".said.client")).to_have_count(2, timeout=30_000)
    expect(page.locator("[data-unsent]")).to_be_hidden()
    expect(page.locator(".said.you")).to_have_count(1)


def test_a_sign_in_that_has_ended_loses_no_turn(page: Page, url: str) -> None:
    enter(page, url)
    ring(page, url)
    other = page.context.new_page()
    page.context.clear_cookies()
    page.get_by_label("What you say").fill(HELLO)
    page.keyboard.press("Enter")
    expect(page.locator("[data-unsent]")).to_contain_text("Your sign-in has ended.")
    enter(other, url)

    # It is sent again by itself.
    expect(page.locator(".said.client")).to_have_count(2, timeout=20_000)
    expect(page.locator(".said.you")).to_have_count(1)


def test_a_refusal_is_said_and_the_words_stay(page: Page, url: str) -> None:
    enter(page, url)
    ring(page, url)
    other = page.context.new_page()
    other.goto(page.url)
    say(other, HELLO)
    end(other)
    page.get_by_label("What you say").fill(SORRY)
    page.keyboard.press("Enter")

    expect(page.locator("[data-problem]")).to_contain_text("finished")
    expect(page.get_by_label("What you say")).to_have_value(SORRY)


# Speech


def test_speech_is_offered_only_where_it_exists_and_is_off(
    page: Page, url: str, complaints: Complaints
) -> None:
    page.add_init_script(SPEECH)
    enter(page, url)
    ring(page, url)
    speak, hear = page.get_by_label("Speak your turn"), page.get_by_label("Hear the client")
    expect(speak).not_to_be_checked()
    expect(hear).not_to_be_checked()
    expect(page.get_by_text("Some browsers send what the microphone hears")).to_be_visible()

    speak.check()
    page.evaluate(
        """words => { const one = [{transcript: words}]; one.isFinal = true;
        window.ear.onresult({resultIndex: 0, results: [one]}); }""",
        HELLO,
    )
    expect(page.get_by_label("What you say")).to_have_value(HELLO)
    hear.check()
    page.get_by_role("button", name="Say it").click()
    expect(page.locator(".said.client")).to_have_count(2)
    expect(speak).not_to_be_checked()
    assert page.evaluate("window.spoken") == [page.locator(".said.client span").last.inner_text()]


def test_without_speech_in_the_browser_nothing_is_offered(page: Page, url: str) -> None:
    page.add_init_script(
        "delete window.SpeechRecognition; delete window.webkitSpeechRecognition;"
        " delete window.speechSynthesis; delete Window.prototype.speechSynthesis;"
    )
    enter(page, url)
    ring(page, url)

    expect(page.locator("[data-speech]")).to_be_hidden()


def test_it_works_without_scripts(browser: Browser, url: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    enter(page, url)
    ring(page, url, script=False)
    for words in (HELLO, SORRY):
        page.get_by_label("What you say").fill(words)
        page.get_by_role("button", name="Say it").click()
        expect(page.get_by_text(words)).to_be_visible()
    page.get_by_role("button", name="Where am I?").click()
    expect(page.get_by_text("Hint: ")).to_be_visible()
    end(page)
    page.close()
