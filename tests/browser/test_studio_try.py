"""Trying a draft, its lines, and drafting from a real call, in Chromium over the content files that ship."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from bot.bootstrap import Services, build_services
from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from bot.db.migrate import upgrade
from bot.settings import Settings
from tests.browser.serving import served
from tests.browser.test_rehearse_pages import enter
from tests.e2e.pages import Complaints, faults, has_focus, tab_to
from tests.fakes import ScriptedAssistant
from tests.studio_trial_fakes import DATA, ScriptedEars

pytestmark = pytest.mark.browser

YARD = "/studio/scenario/abuse-scrap-yard"
HELLO = "Hello Gary, this is Owen from Crossley."
THREAT = "Pay today or you'll be in court."
CALL = """\
Dermot: Keane Haulage, Dermot speaking.
Amina: Hello Dermot, it's Amina Shah calling from Northgate Supplies about invoice 4417 for £2,304.00.
Dermot: You lot again! Our terms are sixty days, Sarah wrote it down.
Amina: That's nonsense, you always say that.
Dermot: How dare you! Sixty days, I told you.
Amina: I'm sorry. What happened?
Dermot: The driver never had a docket signed, so my office held it back.
Amina: Could you pay £1,200 on Friday and the rest in December?
Dermot: Friday, then. Fine.
"""
#: What a word in a turn is heard as.
HEARD: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("this is Owen", ("greet_identify",), 0),
    ("in court", ("threaten",), 0),
    ("sorry", ("apologise", "open_question"), 0),
    ("calling from", ("greet_identify",), 0),
    ("You lot again", ("terms_dispute",), 2),
    ("nonsense", ("argue",), 0),
    ("How dare", ("terms_dispute",), 3),
    ("Could you pay", ("offer_part_payment",), 0),
    ("Friday, then", ("promise_to_pay",), 0),
    ("next week", ("stalling",), 1),
    *((words, (), 0) for words in ("Dermot", "docket", "receipt", "speaking")),
)


class Ears(ScriptedEars):
    """Hears by a word of the turn."""

    def hear_all(self, turns: Sequence[tuple[str, Speaker]], today: date) -> list[Reading]:
        super().hear_all(turns, today)
        return [self._heard(text, speaker) for text, speaker in turns]

    def _heard(self, text: str, speaker: Speaker) -> Reading:
        for words, labels, heat in HEARD:
            if words in text:
                heard = tuple(HeardLabel(name, 0.9, text[:40]) for name in labels)
                return Reading(speaker, text, heard, heat)
        plain = (
            ("abuse", "refusal", "manager_request")
            if speaker is Speaker.CLIENT
            else ("acknowledge",)
        )
        return Reading(speaker, text, tuple(HeardLabel(name, 0.8, text[:40]) for name in plain), 1)


@dataclass
class House:
    """An installation with its own copy of the content, and the ears to be scripted."""

    services: Services
    ears: Ears
    url: str


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("encoder"))
    settings = Settings(
        home=str(tmp_path),
        secret="only for tests",
        content=str(data),
        rate_limit="100000 per minute",
    )
    upgrade(settings.ledger_url)
    ears = Ears()
    services = build_services(settings, assistant=ScriptedAssistant(), ears=ears)  # type: ignore[arg-type]  # hears by script
    services.people.add_user("tara", "Tara Holm", "trainer", "senior", "a long winter evening")
    services.people.add_user("ada", "Ada Lind", "admin", "senior", "a long winter evening")
    with served(services, tmp_path, content=str(data)) as address:
        yield House(services, ears, address)


@pytest.fixture
def complaints(page: Page) -> Iterator[Complaints]:
    """What the browser complained of; a test that leaves a complaint fails."""
    found = Complaints(page)
    yield found
    found.check()


def tab(page: Page, name: str) -> Locator:
    page.get_by_role("tab", name=name).click()
    panel = page.get_by_role("tabpanel")
    panel.locator(":scope > *").first.wait_for()
    return panel


def opened(page: Page, house: House, path: str = YARD, name: str = "tara") -> None:
    enter(page, house.url, name, path)
    page.locator("#studio[data-ready]").wait_for()


def say(panel: Locator, page: Page, words: str) -> None:
    turns = panel.locator(".said.you").count()
    panel.get_by_label("What you say").fill(words)
    page.keyboard.press("Enter")
    expect(panel.locator(".said.you")).to_have_count(turns + 1)


def look(page: Page, state: str, pictures: Path | None, found: dict[str, list[str]]) -> None:
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found[f"{state}, {width} px, {scheme}"] = faults(page)
            if pictures:
                page.screenshot(path=pictures / f"try-{state}-{width}-{scheme}.png", full_page=True)
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_trainer_tries_a_draft_turn_by_turn(
    page: Page, house: House, complaints: Complaints
) -> None:
    opened(page, house)
    panel = tab(page, "Try")
    expect(panel.locator(".try-state")).to_contain_text("Plays revision 1")
    say(panel, page, HELLO)
    say(panel, page, THREAT)

    note = panel.locator(".said.note").last
    expect(note).to_contain_text("You did")
    expect(note).to_contain_text("It caused")
    expect(panel.locator(".said.you").last).to_contain_text("improper threat")
    note.get_by_role("button", name="Use these words").click()
    expect(panel.get_by_label("What you say")).not_to_have_value("")
    panel.get_by_role("button", name="Back to before this").last.click()
    expect(panel.locator(".said.you")).to_have_count(1)
    expect(panel.get_by_label("What you say")).to_have_value(THREAT)
    assert has_focus(panel.get_by_label("What you say"))

    panel.get_by_role("button", name="End and score").click()
    expect(panel.locator(".total")).to_contain_text("of 100")
    panel.get_by_role("button", name="Start again").click()
    expect(panel.locator(".said.you")).to_have_count(0)


def test_the_trial_plays_what_was_just_typed_and_says_when_it_is_behind(
    page: Page, house: House, complaints: Complaints
) -> None:
    opened(page, house)
    panel = tab(page, "Try")
    expect(panel.locator(".said.client").first).to_be_visible()
    say(panel, page, HELLO)
    page.get_by_label("Minutes").first.fill("9")
    expect(panel.locator(".try-state")).to_contain_text("has changed since")

    panel.get_by_role("button", name="Play these turns again").click()

    expect(panel.locator(".try-state")).to_contain_text("Plays revision 2")
    expect(panel.locator(".said.you")).to_have_count(1)


def test_a_clients_line_leads_to_its_field(
    page: Page, house: House, complaints: Complaints
) -> None:
    opened(page, house)
    panel = tab(page, "Try")
    say(panel, page, HELLO)

    panel.get_by_role("button", name="Go to this line").first.click()

    expect(page.locator("[data-form-part] :focus")).to_have_count(1)


def test_words_that_could_not_be_played_stay(page: Page, house: House) -> None:
    opened(page, house)
    panel = tab(page, "Try")
    say(panel, page, HELLO)
    house.ears.is_on = False
    panel.get_by_label("What you say").fill("Are you still there, Gary?")
    page.keyboard.press("Enter")

    expect(panel.get_by_role("alert").filter(has_text="That did not work")).to_be_visible()
    expect(panel.get_by_label("What you say")).to_have_value("Are you still there, Gary?")
    expect(panel.locator(".said.you")).to_have_count(1)
    house.ears.is_on = True
    page.keyboard.press("Enter")
    expect(panel.locator(".said.you")).to_have_count(2)


def test_a_trial_is_there_again_after_the_page_was_left(
    page: Page, house: House, complaints: Complaints
) -> None:
    opened(page, house)
    say(tab(page, "Try"), page, HELLO)
    page.reload()
    page.locator("#studio[data-ready]").wait_for()

    expect(tab(page, "Try").locator(".said.you")).to_have_count(1)


def test_what_is_said_before_the_client_has_answered_is_said_next(
    page: Page, house: House, complaints: Complaints
) -> None:
    def slowly(route: Route) -> None:
        page.wait_for_timeout(400)
        route.continue_()

    opened(page, house)
    page.route("**/trial", slowly)
    panel = tab(page, "Try")
    box = panel.get_by_label("What you say")
    box.fill(HELLO)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(panel.locator(".said.you")).to_have_count(1)

    box.fill("I hear you.")
    page.keyboard.press("Enter")
    box.fill("And the next thing I mean to say")
    expect(panel.locator(".said.you")).to_have_count(2)
    expect(panel.locator(".said.you").last).to_contain_text("I hear you.")
    expect(box).to_have_value("And the next thing I mean to say")
    page.unroute("**/trial")


def test_a_draft_with_faults_says_what_to_put_right(
    page: Page, house: House, complaints: Complaints
) -> None:
    opened(page, house)
    minutes = page.get_by_label("Minutes").first
    minutes.fill("999")
    expect(minutes).to_have_accessible_description(re.compile("“Minutes”"))
    panel = tab(page, "Try")

    expect(panel.get_by_text("cannot be played yet")).to_be_visible()
    panel.get_by_role("button", name="Go to the field").first.click()
    assert has_focus(page.get_by_label("Minutes").first)


def test_three_players_are_shown_side_by_side(
    page: Page, house: House, complaints: Complaints
) -> None:
    opened(page, house)
    panel = tab(page, "Plays")
    panel.get_by_role("button", name="Let them play").click()

    expect(panel.get_by_role("img", name="Temper of the client")).to_be_visible()
    expect(panel.locator("polyline")).to_have_count(3)
    for name in ("Good", "Middling", "Poor"):
        expect(panel.get_by_role("row", name=name).first).to_be_visible()
    panel.get_by_text("The curves as a table").click()
    expect(panel.get_by_role("columnheader", name="Turn")).to_be_visible()


def test_every_line_that_is_misheard_leads_to_its_field(
    page: Page, house: House, complaints: Complaints
) -> None:
    opened(page, house)
    page.goto(f"{house.url}{YARD}#lines")
    page.locator("#studio[data-ready]").wait_for()
    draft = house.services.studio.open(house_trainer(house), "scenario:abuse-scrap-yard")
    text = draft["text"].replace(
        "Jokers. Absolute jokers, top to bottom.", "Try me again next week, the lot of you."
    )
    house.services.studio.save(house_trainer(house), draft["id"], draft["revision"], text=text)
    page.reload()
    page.locator("#studio[data-ready]").wait_for()
    panel = tab(page, "Lines")

    expect(panel.get_by_text("1 line to look at")).to_be_visible()
    expect(panel.get_by_text("1 thing lacks lines")).to_be_visible()
    panel.get_by_role("button", name="Go to this line").click()
    expect(page.locator("[data-form-part] :focus")).to_have_value(
        "You couldn't run a tap, you lot. Try me again next week, the lot of you."
    )


def test_a_card_shows_what_it_would_advise(
    page: Page, house: House, complaints: Complaints
) -> None:
    opened(page, house, "/studio/playbook/stalling")
    panel = tab(page, "Try")
    panel.get_by_label("What the client says").fill("Try me again next week.")
    page.keyboard.press("Enter")

    expect(panel.get_by_text("Card: puts it off")).to_be_visible()
    expect(panel.get_by_text("from this draft")).to_be_visible()
    expect(panel.locator(".say").first).to_be_visible()


def test_a_real_call_becomes_a_draft_without_its_names(
    page: Page, house: House, complaints: Complaints
) -> None:
    enter(page, house.url, "tara", "/studio/from-call")
    page.get_by_label("Paste the call").fill(CALL)
    page.get_by_role("button", name="Read the call").click()

    page.get_by_role("heading", name="Replaced").wait_for()
    words = page.locator("[data-words]")
    assert "Dermot" not in " ".join(words.all_inner_texts())
    # Changed, taken back, added: shown at once, and made by the server too.
    page.get_by_label("In the draft, instead of “Sarah”").fill("Maud")
    page.get_by_label("Replace “Amina Shah”").uncheck()
    expect(words.nth(2)).to_contain_text("Maud")
    expect(words.nth(1)).to_contain_text("Amina Shah")
    page.get_by_label("Words in the call").first.fill("docket")
    page.get_by_label("Words in the draft").first.fill("receipt")
    page.get_by_role("button", name="Show it with these changes").last.click()
    expect(words.nth(6)).to_contain_text("receipt")
    expect(words.nth(2)).to_contain_text("Maud")
    page.get_by_role("button", name="Everything private is out").click()

    expect(page.get_by_text("The collector made a fault: arguing.")).to_be_visible()
    expect(page.get_by_text("the opening, an example for the ear")).to_be_visible()
    page.get_by_label("Title").fill("Sixty days, I told you")
    expect(page.get_by_label("Short name")).to_have_value("sixty-days-i-told-you")
    page.get_by_role("button", name="Make the draft").click()

    page.locator("#studio[data-ready]").wait_for()
    assert page.url.endswith("/studio/scenario/sixty-days-i-told-you")
    draft = house.services.studio.open(house_trainer(house), "scenario:sixty-days-i-told-you")
    assert "Sarah" not in draft["text"]
    assert "Maud" in draft["text"]


def test_nothing_is_lost_when_a_step_is_refused(page: Page, house: House) -> None:
    enter(page, house.url, "tara", "/studio/from-call")
    page.get_by_role("button", name="Read the call").click()
    expect(page.get_by_role("alert")).to_contain_text("Paste a call")
    page.get_by_label("Paste the call").fill(CALL)
    page.get_by_label("Or name a call").fill("cal_1")
    page.get_by_role("button", name="Read the call").click()
    expect(page.get_by_label("Paste the call")).to_have_value(CALL)
    page.get_by_label("Or name a call").fill("")
    page.get_by_role("button", name="Read the call").click()
    page.get_by_label("Who speaks in turn 9").select_option("Leave out")
    page.get_by_label("In the draft, instead of “Sarah”").fill("Maud")
    house.ears.is_on = False
    page.get_by_role("button", name="Everything private is out").click()
    expect(page.get_by_role("alert")).to_contain_text("Nobody can listen")
    house.ears.is_on = True
    page.get_by_label("Title").fill("Taken")
    page.get_by_label("Short name").fill("cash-flow-cafe")
    page.get_by_role("button", name="Make the draft").click()
    expect(page.get_by_role("alert")).to_contain_text("already")
    expect(page.get_by_label("Title")).to_have_value("Taken")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Who speaks in turn 9")).to_have_value("nobody")
    expect(page.get_by_label("In the draft, instead of “Sarah”")).to_have_value("Maud")


def test_a_file_is_read_and_no_text_is_refused(page: Page, house: House, tmp_path: Path) -> None:
    enter(page, house.url, "tara", "/studio/from-call")
    (tmp_path / "call.png").write_bytes(b"\x89PNG\x00\x01\x02")
    page.get_by_label("Or choose a file").set_input_files(tmp_path / "call.png")
    page.get_by_role("button", name="Read the call").click()
    expect(page.get_by_role("alert")).to_contain_text("no text")
    (tmp_path / "call.csv").write_text("speaker,text\nAgent,Hello Bob\nCustomer,Not you again\n")
    page.get_by_label("Or choose a file").set_input_files(tmp_path / "call.csv")
    page.get_by_role("button", name="Read the call").click()
    expect(page.locator("[data-words]")).to_have_count(2)


def test_a_call_is_drafted_from_without_scripts(browser: Any, house: House) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, house.url, "tara", "/studio/from-call")
    page.get_by_label("Paste the call").fill(CALL)
    page.get_by_role("button", name="Read the call").click()
    page.get_by_label("In the draft, instead of “Sarah”").fill("Maud")
    page.get_by_role("button", name="Everything private is out").click()
    page.get_by_label("Title").fill("By hand")
    page.get_by_label("Short name").fill("by-hand")
    page.get_by_role("button", name="Make the draft").click()

    assert page.url.endswith("/studio/scenario/by-hand")
    context.close()


def test_a_turn_is_said_by_keyboard_alone(page: Page, house: House, complaints: Complaints) -> None:
    opened(page, house)
    checks = page.get_by_role("tab", name="Checks")
    tab_to(page, checks)
    page.keyboard.press("ArrowRight")
    panel = page.get_by_role("tabpanel")
    expect(panel.locator(".said.client").first).to_be_visible()
    tab_to(page, panel.get_by_label("What you say"))
    page.keyboard.type(HELLO)
    page.keyboard.press("Enter")

    expect(panel.locator(".said.you")).to_have_count(1)
    assert has_focus(panel.get_by_label("What you say"))


def test_every_state_is_accessible_at_both_widths_in_both_schemes(
    page: Page, house: House, complaints: Complaints, pictures: Path | None
) -> None:
    found: dict[str, list[str]] = {}
    opened(page, house)
    panel = tab(page, "Try")
    say(panel, page, HELLO)
    say(panel, page, THREAT)
    for fold in panel.locator("summary").all():
        fold.click()
    panel.get_by_role("button", name="What would the coach advise?").last.click()
    panel.locator(".advice .say").first.wait_for()
    look(page, "chat", pictures, found)
    panel.get_by_role("button", name="End and score").click()
    panel.locator(".total").wait_for()
    look(page, "scored", pictures, found)
    panel = tab(page, "Plays")
    panel.get_by_role("button", name="Let them play").click()
    panel.locator("polyline").first.wait_for()
    for fold in panel.locator("summary").all():
        fold.click()
    look(page, "plays", pictures, found)
    panel = tab(page, "Lines")
    panel.get_by_text("Coverage").wait_for()
    panel.get_by_text("Everything that is counted").click()
    look(page, "lines", pictures, found)
    page.goto(f"{house.url}/studio/playbook/stalling")
    page.locator("#studio[data-ready]").wait_for()
    panel = tab(page, "Try")
    panel.get_by_label("What the client says").fill("Try me again next week.")
    page.keyboard.press("Enter")
    panel.locator(".say").first.wait_for()
    look(page, "advice", pictures, found)
    page.goto(f"{house.url}/studio/from-call")
    page.get_by_label("Paste the call").fill(CALL)
    look(page, "call", pictures, found)
    page.get_by_role("button", name="Read the call").click()
    page.get_by_role("heading", name="Replaced").wait_for()
    look(page, "names", pictures, found)
    page.get_by_role("button", name="Everything private is out").click()
    page.get_by_role("heading", name="Where the call turned").wait_for()
    look(page, "points", pictures, found)

    assert {where: what for where, what in found.items() if what} == {}


def house_trainer(house: House) -> Any:
    return house.services.people.viewer(house.services.people.named("tara"))
