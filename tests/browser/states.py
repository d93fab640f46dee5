"""Every state that the panel can show: how to reach it, and a sign that it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.browser import documents as d
from tests.browser.scripted import CoachServer, Script


def _nothing(page: Page, script: Script) -> None:
    """The state is there at once."""


@dataclass(frozen=True)
class PanelState:
    """One state: the script, the attributes of the element, the steps to take, and the text that proves it."""

    name: str
    sign: str
    script: Callable[[Script], None] = lambda script: None
    attributes: dict[str, str] = field(default_factory=lambda: {"account": "hartley", "call": "c1"})
    steps: Callable[[Page, Script], None] = _nothing

    def show(self, page: Page, server: CoachServer) -> None:
        """Bring a page into this state."""
        self.script(server.script)
        page.goto(server.page(**self.attributes))
        self.steps(page, server.script)
        page.get_by_text(self.sign).first.wait_for()


def call_with(**changes: object) -> Callable[[Script], None]:
    """A script whose call has one turn with this advice."""

    def prepare(script: Script) -> None:
        advice = d.an_advice(**changes)
        script.call = d.a_call(turns=[d.a_turn(advice=advice)], advice=advice)

    return prepare


def turns_with(*turns: dict[str, object]) -> Callable[[Script], None]:
    """A script whose call has these turns."""

    def prepare(script: Script) -> None:
        script.call = d.a_call(turns=list(turns))

    return prepare


def _press(*keys: str) -> Callable[[Page, Script], None]:
    def press(page: Page, script: Script) -> None:
        page.locator(".say, .protection").first.wait_for()
        page.locator(".card").focus()
        for key in keys:
            page.keyboard.press(key)

    return press


def _open_options(page: Page, script: Script) -> None:
    page.get_by_role("button", name="£4,750 today, the rest on 15 Dec").click()
    page.get_by_role("button", name="1 closed option").click()


def _correct(page: Page, script: Script) -> None:
    page.get_by_role("button", name="terms disputed, heard in").click()


def _end(page: Page, script: Script) -> None:
    page.get_by_role("button", name="End call").click()


def _type_offline(page: Page, script: Script) -> None:
    page.locator(".say").wait_for()
    page.context.set_offline(True)
    field = page.get_by_label("What the client said")
    for text in ("We never signed for any of this.", "And your invoice is wrong as well."):
        field.fill(text)
        field.press("Enter")


def _ask_coach(page: Page, script: Script) -> None:
    page.get_by_label("Ask coach").check()
    page.get_by_label("Your question to the coach").fill("Should I pass this up yet?")
    page.keyboard.press("Enter")


def _slow(script: Script) -> None:
    script.delay = 1.5


def _fresh(script: Script) -> None:
    script.call = d.a_fresh_call()


def _failing(script: Script) -> None:
    script.replies["c1"] = (503, {"title": "The coach is being updated.", "code": "unavailable"})


def _promised(script: Script) -> None:
    script.call = d.a_call(
        summary=d.a_summary(outcome="promise to pay", proposals=[d.PROMISE, d.PLAN, d.DISPUTE])
    )


def _closed(script: Script) -> None:
    script.call = d.a_call(
        status="closed",
        summary=d.a_summary(
            outcome="promise to pay",
            cue="Take two minutes before the next call.",
            written=[{"kind": "promise", "id": "p1"}, {"kind": "follow_up", "id": "f1"}],
        ),
    )


def _coach(script: Script) -> None:
    script.replies["coach"] = (
        200,
        {"messages": [{"text": "Not yet: part payment is still untried."}]},
    )


def _stale(script: Script) -> None:
    script.call = d.a_call(
        account=d.an_account(stale=["payments"], on_stop=True, notes="Prefers mornings.")
    )


_CORRECTION = {
    "fault": "argue",
    "evidence": "calm down",
    "note": "“Calm down” tends to heat things up.",
    "better": "I can hear how annoying this is. Let me look at it with you.",
}
_SILENT_UNSURE = d.a_turn(
    2,
    reading=d.a_reading(flags=["unsure"], labels=[]),
    advice=d.an_advice(silent=True, heard=[], say=[], say_ids=[]),
)
_NOT_LISTENING = d.a_turn(
    2,
    reading=d.a_reading(flags=["listening_off"], labels=[]),
    advice=d.an_advice(silent=True, heard=[], say=[], say_ids=[], listening=False, heat_path=[]),
)
_ACCOUNT_ONLY = {"account": "hartley"}

STATES = [
    PanelState("no_account", "No account is chosen", attributes={}),
    PanelState("ready", "Ready when you ring", attributes=_ACCOUNT_ONLY),
    PanelState("loading", "Opening the call", _slow),
    PanelState("error", "could not be opened", _failing),
    PanelState("brief", "kept four of five promises", _fresh),
    PanelState("advice", "question a fee nobody warned"),
    PanelState("advice_used", "Another way", steps=_press("1", "2", "b")),
    PanelState("facts", "Ruth Hartley", _stale, steps=_press("f")),
    PanelState(
        "held",
        "Acknowledge first",
        call_with(options=[{**o, "held": o["status"] != "closed"} for o in d.OPTIONS]),
    ),
    PanelState("options", "interest forgone", call_with(options=d.OPTIONS), steps=_open_options),
    PanelState(
        "protection",
        "The client may be vulnerable",
        turns_with(
            d.a_turn(
                reading=d.a_reading("vulnerability", "since my wife died"), advice=d.PROTECTION
            )
        ),
    ),
    PanelState(
        "abusive", "abusive", call_with(heat=3, heat_path=[1, 2, 3], correction=_CORRECTION)
    ),
    PanelState("correcting", "What was it really?", steps=_correct),
    PanelState("choosing", "What do you hear?", steps=_press("h")),
    PanelState("unsure", "Not sure what that was", turns_with(d.a_turn(), _SILENT_UNSURE)),
    PanelState("listening_off", "Listening is off", turns_with(d.a_turn(), _NOT_LISTENING)),
    PanelState("offline", "2 turns wait", steps=_type_offline),
    PanelState("hand_over", "Hand this call over?", steps=_press("e")),
    PanelState("keys", "Keys work while", steps=_press("?")),
    PanelState("coach", "part payment is still untried", _coach, steps=_ask_coach),
    PanelState("wrap_up", "After the call", _promised, steps=_end),
    PanelState("ended", "The call has ended", _closed),
    PanelState(
        "folded",
        "Open the call coach",
        attributes={"account": "hartley", "call": "c1", "closed": ""},
    ),
]
