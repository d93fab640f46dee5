"""A trainer's work in the studio, in a browser over real servers: from a blank scenario to a rehearsal, and back again."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from bot.bootstrap import SystemClock
from bot.cli.bench_live import unseen_turns
from bot.cli.bench_publish import TRAINER, installed_apart, new_draft
from bot.cli.installation import Installation, token_of
from bot.cli.live_load import Api
from bot.core.labels import Speaker as Side
from bot.nlu.archives import name_of, newest_model
from bot.rasa_http import RasaAssistant
from tests.e2e.pages import Complaints, faults, has_focus, tab_to
from tests.e2e.speaking import CALDER, Speaker, until
from tests.e2e.studio_case import CASE, CLIENT, LINES, SLUG, TITLE
from tests.e2e.studio_damage import IN_NEED
from tests.e2e.studio_form import StudioForm

pytestmark = [pytest.mark.browser, pytest.mark.rasa]

IMAGES = Path(__file__).parents[2] / "docs/images"
IS_WRITING = os.environ.get("PARLEY_WRITE_SCREENSHOTS") == "1"
WIDTHS = (320, 1440)
#: Seconds that a publication may take; the measurement under load is `parley bench publish`.
LONGEST = 300
HELLO = "Good morning, this is Hannah from Castlegate Supplies. Am I speaking with Priya Raman?"


@dataclass
class House:
    """An installation with words and models of its own, and what it has in service."""

    installation: Installation
    content: Path
    password: str

    @property
    def url(self) -> str:
        return self.installation.settings.web_url

    def model(self) -> tuple[str, str | None]:
        """The model that a start would load, and the one that answers."""
        newest = newest_model(self.installation.settings.models_folder)
        assert newest is not None
        return name_of(newest), self._assistant().model()

    def words(self) -> dict[str, bytes]:
        """Every file of words."""
        found = self.content.rglob("*.yml")
        return {str(path.relative_to(self.content)): path.read_bytes() for path in found}

    def readings(self) -> list[dict[str, Any]]:
        """What thirty turns that nobody trained on are heard as in a call, to the last digit."""
        sam = Speaker(self.installation)
        call = sam.open_call(CALDER)
        heard = [sam.say(call, text, side).json() for side, text in unseen_turns()[:30]]
        return [answer["reading"] for answer in heard]

    def heard(self, lines: list[str]) -> list[list[str]]:
        """The labels that lines of a client's have now."""
        turns = [(line, Side.CLIENT) for line in lines]
        today = SystemClock().now().date()
        readings = self._assistant().hear_all(turns, today)
        return [[label.name for label in reading.labels] for reading in readings]

    def _assistant(self) -> RasaAssistant:
        settings = self.installation.settings
        return RasaAssistant(settings.rasa_url, settings.signing_key, SystemClock(), 5)


@dataclass
class Stopwatch:
    """The seconds of the work itself, without those of looking at it."""

    _begun: float = field(default_factory=time.monotonic)
    _paused: float = 0.0

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._begun - self._paused

    @contextmanager
    def paused(self) -> Iterator[None]:
        since = time.monotonic()
        yield
        self._paused += time.monotonic() - since


@pytest.fixture(scope="module")
def house(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation in which publishing changes nothing here."""
    folder = tmp_path_factory.mktemp("studio")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PARLEY_MODELS", str(model.parent))
        with installed_apart(folder) as installation:
            sign_ins = installation.settings.home_folder / "demo-sign-ins.json"
            password = json.loads(sign_ins.read_text("utf-8"))["password"]
            yield House(installation, folder / "house" / "data", password)


@pytest.fixture
def page(page: Page, house: House) -> Page:
    """A browser window on an installation that is ready."""
    assert until(Speaker(house.installation).is_ready, 90), "the installation is not ready"
    page.set_default_timeout(15_000)
    page.set_viewport_size({"width": 1440, "height": 900})
    return page


@pytest.fixture
def complaints(page: Page) -> Iterator[Complaints]:
    """What the browser complained of; a test that leaves a complaint fails."""
    found = Complaints(page)
    yield found
    found.check()


def enter(page: Page, url: str, name: str, password: str, path: str = "/studio") -> None:
    """Sign in by keyboard and arrive at a page."""
    page.goto(f"{url}{path}")
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type(name)
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    page.locator(".person").wait_for()


def look(page: Page, picture: str | None = None, at: str = "main", dark: bool = False) -> None:
    """Nothing is wrong with a page at either width; and a picture of it, where they are written."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == [], f"{page.url} at {width} px"
        if picture and IS_WRITING:
            take(page, f"{picture}-{width}", at if width < 1000 else "main")
    if picture and dark and IS_WRITING:
        page.emulate_media(color_scheme="dark")
        take(page, f"{picture}-1440-dark", "main")
        page.emulate_media(color_scheme="light")


def take(page: Page, name: str, at: str) -> None:
    """Write a picture of the window with some part of the page at its top."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    page.locator(at).first.evaluate(
        """one => {
          const top = one.getBoundingClientRect().top + scrollY;
          scrollTo({ top: top < 150 ? 0 : top - 8, behavior: "instant" });
        }"""
    )
    page.screenshot(path=IMAGES / f"{name}.png")


def chip(page: Page) -> Locator:
    """What became of the publication that is shown."""
    return page.locator("#state .state-chip")


def press(page: Page, target: Locator) -> None:
    """Go to something by Tab and press Enter there."""
    tab_to(page, target)
    page.keyboard.press("Enter")


def test_a_trainer_takes_a_scenario_from_blank_to_rehearsed_with_the_form_alone(
    page: Page, browser: Browser, house: House, complaints: Complaints
) -> None:
    enter(page, house.url, "tess", house.password)
    page.get_by_role("heading", name="Studio", exact=True).wait_for()
    look(page, "studio-list")
    watch = Stopwatch()
    page.get_by_role("link", name="New scenario").click()
    with watch.paused():
        look(page)
    page.get_by_label("Title").fill(TITLE)
    page.get_by_role("button", name="Begin", exact=False).first.click()
    page.locator("#studio[data-ready]").wait_for()
    assert page.url.endswith(f"/studio/scenario/{SLUG}")
    expect(page.locator(".checks-title")).to_contain_text("to put right")

    form, left = StudioForm(page), []
    for section, values in CASE.items():
        form.open(section)
        for where, value in values.items():
            form.write(where, value)
        with watch.paused():
            look(page, "studio-editor" if section == "brief" else None, dark=True)
            left.append(page.locator(".checks-title").inner_text())
    expect(page.locator("[data-field='examples'] > .items > .item")).to_have_count(len(LINES))
    expect(page.locator("#save-state")).to_contain_text("Saved")
    page.get_by_role("tab", name="Checks").click()
    expect(page.locator(".checks-title")).to_have_text("Nothing to put right")
    filled_in = watch.seconds

    try_it(page, watch)
    page.locator("[data-publish]").click()
    page.get_by_role("heading", name="Publish", exact=False).first.wait_for()
    with watch.paused():
        look(page)
    expect(page.get_by_role("checkbox", name=TITLE)).to_be_checked()
    page.locator("#note").fill("Paid, but to the old account")
    tried, begun = watch.seconds, time.monotonic()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(chip(page)).to_have_text("In service", timeout=LONGEST * 1000)
    published = time.monotonic() - begun
    expect(page.get_by_role("heading", name="The comparison")).to_be_visible()
    with watch.paused():
        look(page, "studio-comparison")

    with somebody_else(browser, house, "sam") as other:
        rehearse(other)
    stages = stages_of(house, page.url)
    heard = house.heard([text for text, *_ in LINES])
    taken = sum("payment_claimed" in labels for labels in heard)
    print(
        f"\nto put right after each section: {', '.join(left)}"
        f"\nblank to rehearsed {watch.seconds:.0f} s: form {filled_in:.0f} s, tried {tried - filled_in:.0f} s, "
        f"publish to in service by the page {published:.1f} s; {taken} of {len(LINES)} new lines heard as meant\nstages: {stages}"
    )


def stages_of(house: House, address: str) -> dict[str, float]:
    """The seconds of each stage of the publication that a page shows."""
    trainer = Api(house.url, token_of(house.installation.environment, TRAINER))
    found = trainer.get(f"/studio/publications/{address.rsplit('/', 1)[1]}")
    return dict(found["report"]["seconds"])


def try_it(page: Page, watch: Stopwatch) -> None:
    """Say a turn to the draft's client, have it played, and look at its lines."""
    page.get_by_role("tab", name="Try it").click()
    panel = page.locator("#try")
    expect(panel.locator(".said.client")).to_have_count(1)
    panel.get_by_label("What you say").fill(HELLO)
    page.keyboard.press("Enter")
    expect(panel.locator(".said.client")).to_have_count(2)
    expect(panel.locator(".said.client").last).to_contain_text("fourteenth")
    with watch.paused():
        look(page, "studio-try", at=".studio-side")
    page.get_by_role("tab", name="Plays").click()
    page.get_by_role("button", name="Let them play").click()
    expect(page.locator("#plays svg.curve polyline")).to_have_count(3)
    with watch.paused():
        look(page)
    page.get_by_role("tab", name="Lines").click()
    expect(page.locator("#lines")).to_contain_text("lines to look at")
    with watch.paused():
        look(page)


@contextmanager
def somebody_else(browser: Browser, house: House, name: str) -> Iterator[Page]:
    """The window of another person, without complaints at the end."""
    context: BrowserContext = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(15_000)
    complaints = Complaints(page)
    enter(page, house.url, name, house.password, "/rehearse")
    yield page
    complaints.check()
    context.close()


def rehearse(page: Page) -> None:
    """Say a turn to the published client."""
    page.get_by_label("Find by client, title or what they say").fill(TITLE)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=f"Prepare {TITLE}").click()
    page.get_by_role("button", name=f"Ring {CLIENT}").click()
    page.locator("#call[data-ready]").wait_for()
    before = page.locator(".said.client").count()
    page.get_by_label("What you say").fill(HELLO)
    page.keyboard.press("Enter")
    expect(page.locator(".said.client")).to_have_count(before + 1)
    expect(page.locator(".said.client").last).to_contain_text("fourteenth")
    page.get_by_role("button", name="End the call").click()
    page.get_by_role("heading", name=f"Debrief: {TITLE}").wait_for()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_document_is_changed_and_published_by_keyboard_at_any_width(
    page: Page, house: House, complaints: Complaints, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    title = f"Leaving over one lost order, {width}"
    enter(page, house.url, "tess", house.password)
    tab_to(page, page.get_by_label("Find", exact=False))
    page.keyboard.type("lost-contract")
    page.keyboard.press("Enter")
    page.get_by_text("1 document").wait_for()
    press(page, page.locator("a[href$='/studio/scenario/lost-contract-print']"))
    page.locator("#studio[data-ready]").wait_for()
    assert faults(page) == []
    tab_to(page, page.get_by_label("Title", exact=True))
    page.keyboard.press("Control+A")
    page.keyboard.type(title)
    page.keyboard.press("Control+S")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    expect(page.locator(".checks-title")).to_have_text("Nothing to put right")
    while not has_focus(page.locator("[data-publish]")):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#note"))
    assert faults(page) == []
    page.keyboard.type("Another title")
    press(page, page.get_by_role("button", name="Publish", exact=True))
    chip(page).wait_for()
    assert faults(page) == []
    expect(chip(page)).to_have_text("In service", timeout=LONGEST * 1000)
    assert faults(page) == []
    assert f'title: "{title}"' in house.words()["scenarios/lost-contract-print.yml"].decode()


def test_lines_that_damage_another_label_are_refused_with_labels_and_examples(
    page: Page, house: House, complaints: Complaints
) -> None:
    model, words, readings = house.model(), house.words(), house.readings()
    trainer = Api(house.url, token_of(house.installation.environment, TRAINER))
    draft = trainer.send(
        "/studio/drafts",
        {"kind": "scenario", "slug": "always-later", "title": "Always later", "copy_of": "stalling-payment-run"},
    )  # fmt: skip
    lines = [
        {"text": text, "labels": ["stalling"], "heat": 0, "style": "clean"} for text in IN_NEED
    ]
    change = {"revision": draft["revision"], "data": {**draft["data"], "examples": lines}}
    draft = trainer.send(f"/studio/drafts/{draft['id']}", change, "PUT")
    assert draft["faults"] == []

    enter(page, house.url, "tess", house.password, f"/studio/publications/new?draft={draft['id']}")
    page.locator("#note").fill("More ways of putting it off")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(chip(page)).to_have_text("Refused", timeout=LONGEST * 1000)
    refused = page.locator(".refusal h3")
    expect(refused.filter(has_text="ulnerab")).not_to_have_count(0)
    print("\nrefused:", "; ".join(refused.all_inner_texts()))
    expect(page.locator(".refusal .quote")).not_to_have_count(0)
    look(page, "studio-refused")

    assert (house.model(), house.words()) == (model, words)
    assert house.readings() == readings
    page.get_by_role("link", name="Always later", exact=False).first.click()
    page.locator("#studio[data-ready]").wait_for()


def test_a_roll_back_brings_back_every_reading_exactly(
    page: Page, house: House, complaints: Complaints
) -> None:
    model, words, readings = house.model(), house.words(), house.readings()
    trainer = Api(house.url, token_of(house.installation.environment, TRAINER))
    draft = new_draft(trainer)

    enter(page, house.url, "tess", house.password, f"/studio/publications/new?draft={draft['id']}")
    page.locator("#note").fill("Twenty lines")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(chip(page)).to_have_text("In service", timeout=LONGEST * 1000)
    after = house.readings()
    assert house.model() != model

    begun = time.monotonic()
    page.get_by_role("link", name="Roll back …").click()
    page.get_by_role("heading", name="Roll back", exact=False).wait_for()
    look(page)
    page.get_by_role("button", name="Roll back", exact=True).click()
    expect(chip(page)).to_have_text("Rolled back", timeout=LONGEST * 1000)
    seconds = time.monotonic() - begun
    look(page)

    back = house.readings()
    assert back == readings
    assert (house.model(), house.words()) == (model, words)
    changed = sum(one != other for one, other in zip(readings, after, strict=True))
    print(
        f"\n30 turns: {changed} readings differ while published, none after the roll-back ({seconds:.1f} s)"
    )
