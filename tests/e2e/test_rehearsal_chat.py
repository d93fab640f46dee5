"""A rehearsal in the coach chat through the whole installation, with the trained model deciding who is addressed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from bot.cli.installation import Installation
from tests.e2e.processes import ACTIONS, RASA, WEB, kill
from tests.e2e.speaking import Speaker, until

pytestmark = pytest.mark.rasa

#: Short things that one says to a client and that sound like requests to the coach, too.
TO_THE_CLIENT = (
    "Good afternoon, this is Amina from Northgate Supplies. Am I speaking with Dermot?",
    "How can I help you?",
    "What do you need from me?",
    "Yes, of course.",
    "Can we start again?",
    "I'd like to try and find a way.",
    "I'll log the late fee as disputed today, so nobody asks you for it.",
)


def ask(speaker: Speaker, text: str) -> list[dict[str, Any]]:
    answer = speaker.post("/coach", {"text": text})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["messages"])


def kinds(messages: list[dict[str, Any]]) -> list[str | None]:
    return [(message["custom"] or {}).get("kind") for message in messages]


def begun(speaker: Speaker) -> str:
    """A rehearsal begun in words; what was on before is over."""
    ask(speaker, "pause")
    briefing, client = ask(speaker, "Can I practise with the angry haulier at level 2?")
    assert kinds([briefing, client]) == ["briefing", "client"]
    return str(briefing["custom"]["rehearsal_id"])


def spoken(speaker: Speaker, rehearsal: str) -> list[str]:
    turns = speaker.get(f"/rehearsals/{rehearsal}").json()["turns"]
    return [turn["text"] for turn in turns if turn["speaker"] == "collector"]


def test_what_is_for_the_client_reaches_the_client_and_what_is_for_the_coach_the_coach(
    sam: Speaker,
) -> None:
    rehearsal = begun(sam)
    for text in TO_THE_CLIENT:
        assert kinds(ask(sam, text))[:1] == ["client"], text

    assert spoken(sam, rehearsal) == list(TO_THE_CLIENT)
    assert kinds(ask(sam, "I'm stuck")) == ["hint"]
    assert kinds(ask(sam, "hint")) == ["hint"]
    assert ask(sam, "coach, what's a moratorium?")[0]["text"].startswith("Moratorium: ")
    assert kinds(ask(sam, "again")) == ["back", "client"]
    [end] = ask(sam, "let's leave it there")
    assert kinds([end]) == ["verdict"]
    assert sam.session.get(f"{sam.url}{end['custom']['page']}", timeout=30).status_code == 200
    assert ask(sam, "what's a statutory demand?")[0]["text"].startswith("Statutory demand: ")


@pytest.mark.parametrize("server", [RASA, ACTIONS, WEB])
def test_the_chat_goes_on_after_a_server_was_killed(
    installation: Installation, sam: Speaker, server: str
) -> None:
    rehearsal = begun(sam)
    ask(sam, TO_THE_CLIENT[0])

    kill(installation, server)
    assert until(sam.is_ready, 90)
    words = "I can hear how annoying that was, and I'm sorry that nobody rang you back."

    def is_answered() -> bool:
        answer = sam.post("/coach", {"text": words})
        return answer.ok and kinds(answer.json()["messages"])[:1] == ["client"]

    assert until(is_answered, 60, step=1)
    assert spoken(sam, rehearsal) == [TO_THE_CLIENT[0], words]


def test_what_was_paused_in_the_chat_is_resumed_after_a_turn_on_its_page(sam: Speaker) -> None:
    rehearsal = begun(sam)
    ask(sam, TO_THE_CLIENT[0])

    assert f"/rehearse/{rehearsal}" in ask(sam, "pause the rehearsal")[0]["text"]
    sam.post(f"/rehearsals/{rehearsal}/turns", {"text": "What were you told about the terms?"})
    stands, client = ask(sam, "resume the rehearsal")

    assert "before your turn 3" in stands["text"]
    last = sam.get(f"/rehearsals/{rehearsal}").json()["turns"][-1]
    assert client["custom"]["words"] == last["text"]
    ask(sam, "stop")


@pytest.mark.browser
def test_on_the_page_the_client_and_the_note_stand_apart(
    installation: Installation, password: str, sam: Speaker, page: Page
) -> None:
    ask(sam, "pause")
    url = installation.settings.web_url
    page.goto(f"{url}/sign-in")
    page.get_by_label("Name").fill("sam")
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{url}/")
    page.goto(f"{url}/coach")
    question = page.get_by_label("Your question")
    for text, shown in (
        ("Can I practise with the angry haulier at level 2?", ".said.client"),
        (TO_THE_CLIENT[0], ".said.note"),
        ("let's leave it there", ".said.coach a"),
    ):
        question.fill(text)
        question.press("Enter")
        page.locator(shown).last.wait_for()

    assert page.locator(".said.client b").first.inner_text() == "Dermot Keane, angry"
    page.get_by_role("link", name="Open the debrief").click()
    page.wait_for_url("**/debrief")
