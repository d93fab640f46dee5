"""Publishing, versions, difficulty and assignments as pages, without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from bot.core.studio.kinds import DocumentName
from bot.services.ports import Viewer
from bot.services.studio_ports import PublicationStatus, Stage
from tests.integration.web.conftest import Browser
from tests.integration.web.standins import StandInServices
from tests.studio_page_fakes import (
    HAULIER,
    PublishingRoom,
    a_refusing_report,
    a_report,
    publishing_room,
)

LAW = DocumentName.parse("law:uk_b2b")
TEXT = "id: disputed-terms-haulier\ntitle: Sixty days, not thirty\n" + "".join(
    f"line_{number}: as it was\n" for number in range(40)
)


@pytest.fixture
def room(services: StandInServices) -> PublishingRoom:
    texts = {HAULIER: TEXT, LAW: "title: United Kingdom\n"}
    return publishing_room(services.studio_room, texts)


@pytest.fixture
def tara(signed_in: Callable[[str], Browser], room: PublishingRoom) -> Browser:
    return signed_in("tara")


@pytest.fixture
def trainer(services: StandInServices, room: PublishingRoom) -> Viewer:
    return services.people.viewer(services.people.named("tara"))


def drafted(room: PublishingRoom, who: Viewer, text: str, name: DocumentName = HAULIER) -> Any:
    """A draft of a document with this text."""
    draft = room.studio.open(who, name)
    return room.studio.save(who, draft["id"], draft["revision"], text=text)


def changed(line: int, words: str = "something else") -> str:
    return TEXT.replace(f"line_{line}: as it was", f"line_{line}: {words}")


def published(tara: Browser, draft: Any, note: str = "A calmer opening.") -> str:
    """Ask for a publication with the form; returns its address."""
    page = tara.get(f"/studio/publications/new?draft={draft['id']}").text
    box = re.search(r'name="draft" value="([^"]+)" checked', page)
    assert box is not None, page
    asked = tara.submit("/studio/publications", draft=box[1], note=note)
    assert asked.status_code == 303, asked.text
    return str(asked.headers["Location"])


def id_of(address: str) -> str:
    return address.rsplit("/", 1)[-1]


def plain(page: str) -> str:
    """What is read on a page, without the marks around it."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


# What goes together


def test_drafts_without_faults_can_be_chosen_and_the_others_lead_to_their_editor(
    tara: Browser, trainer: Viewer, room: PublishingRoom
) -> None:
    drafted(room, trainer, changed(3))
    roof = DocumentName.parse("scenario:roof")
    draft = room.studio.create(trainer, "scenario", "roof", title="A leaking roof")
    room.studio.save(
        trainer, draft["id"], draft["revision"], text="title: A leaking roof\nwrong: 1\n"
    )

    page = tara.get("/studio/publications/new").text

    assert "Sixty days, not thirty" in page
    assert page.count('type="checkbox"') == 1
    assert "1 fault" in page
    assert f'href="/studio/scenario/{roof.slug}"' in page
    assert "No call is cut off." in page


def test_one_draft_alone_is_chosen_already(
    tara: Browser, trainer: Viewer, room: PublishingRoom
) -> None:
    drafted(room, trainer, changed(3))

    assert " checked>" in tara.get("/studio/publications/new").text


def test_without_drafts_the_way_leads_to_the_studio(tara: Browser) -> None:
    page = tara.get("/studio/publications/new").text

    assert "There are no drafts." in page
    assert 'href="/studio"' in page


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"note": "Calmer."}, "Choose at least one draft."),
        ({"draft": "nonsense", "note": "Calmer."}, "Choose at least one draft."),
        ({"draft": "{draft}", "note": "  "}, "Say in one sentence what has changed."),
        ({"draft": "{draft}", "note": "x" * 600}, "characters at most"),
    ],
)
def test_what_was_entered_stays_when_something_is_missing(
    form: dict[str, str], said: str, tara: Browser, trainer: Viewer, room: PublishingRoom
) -> None:
    draft = drafted(room, trainer, changed(3))
    filled = {k: v.format(draft=f"{draft['id']}@{draft['revision']}") for k, v in form.items()}

    answer = tara.submit("/studio/publications", **filled)

    assert answer.status_code == 422
    assert said in answer.text
    assert 'role="alert"' in answer.text
    assert f'value="{filled["note"]}"' in answer.text


def test_a_draft_that_somebody_changed_meanwhile_is_not_published(
    tara: Browser, trainer: Viewer, room: PublishingRoom, services: StandInServices
) -> None:
    draft = drafted(room, trainer, changed(3))
    admin = services.people.viewer(services.people.named("ada"))
    room.studio.save(admin, draft["id"], draft["revision"], text=changed(4))

    answer = tara.submit(
        "/studio/publications", draft=f"{draft['id']}@{draft['revision']}", note="Calmer."
    )

    assert answer.status_code == 409
    assert "Sixty days, not thirty was changed by Ada meanwhile." in answer.text
    assert f'value="{draft["id"]}@{draft["revision"] + 1}" checked' in answer.text


def test_faults_that_came_up_are_listed_with_their_remedy(
    tara: Browser, trainer: Viewer, room: PublishingRoom
) -> None:
    draft = drafted(room, trainer, TEXT + "wrong: 1\n")

    answer = tara.submit(
        "/studio/publications", draft=f"{draft['id']}@{draft['revision']}", note="Calmer."
    )

    assert answer.status_code == 422
    assert "scenarios/disputed-terms-haulier.yml, line 43" in answer.text
    assert "Right it." in answer.text


# How far it is


def test_the_five_steps_say_in_words_how_far_it_is(
    tara: Browser, trainer: Viewer, room: PublishingRoom, services: StandInServices
) -> None:
    address = published(tara, drafted(room, trainer, changed(3)))
    waiting = plain(tara.get(address).text)
    assert "Check to come Train to come Compare to come Switch over to come" in waiting
    assert "Call it off" in waiting

    services.clock.move(seconds=72)
    room.running(id_of(address), Stage.TRAIN, 40, "Learning 20 new lines.")
    page = tara.get(address).text
    assert "Check done Train now Compare to come" in plain(page)
    assert 'aria-current="step"' in page
    assert '<progress id="progress" max="100" value="40">40 %</progress>' in page
    assert "Learning 20 new lines." in page
    assert "Time so far: 1 min 12 s" in page
    assert "Call it off" not in page
    assert 'data-announcement="Step 2 of 5: Train."' in page


def test_what_has_not_begun_can_be_called_off(
    tara: Browser, trainer: Viewer, room: PublishingRoom
) -> None:
    address = published(tara, drafted(room, trainer, changed(3)))

    assert tara.submit(f"{address}/cancellation").status_code == 303
    page = tara.get(address).text
    assert "It is called off. Your drafts are as they were." in page
    assert "Called off" in page
    assert "Back to Sixty days, not thirty" in page


def test_in_service_shows_what_changed_and_the_comparison_the_worse_first(
    tara: Browser, trainer: Viewer, room: PublishingRoom
) -> None:
    address = published(tara, drafted(room, trainer, changed(3)))
    room.in_service(id_of(address), a_report(), model_before="parley-a1", model_after="parley-b7f2")

    page = tara.get(address).text
    read = plain(page)

    assert "In service" in page
    assert "old=0&amp;new=1" in page
    assert "worse, within the margin 95.0 → 93.0" in read
    assert "The other labels (2): 1 better, 1 the same" in read
    assert read.index("money is short") < read.index("puts it off")
    assert "What collectors do" in read
    assert "No label got worse." in read
    assert "parley-a1" in read
    assert "parley-b7f2 answers." in read
    assert "Train: 14 s" in read
    assert "Roll back …" in read
    assert "studio_publish.js" not in page


def test_without_new_lines_for_the_ear_two_steps_were_not_needed(
    tara: Browser, trainer: Viewer, room: PublishingRoom
) -> None:
    address = published(tara, drafted(room, trainer, changed(3)))
    room.in_service(id_of(address), {"trained": False, "seconds": {"check": 0.2}})

    read = plain(tara.get(address).text)
    assert "Train not needed Compare not needed Switch over done" in read
    assert "the model stays as it is" in read


def test_a_refusal_says_what_got_worse_why_and_what_to_do(
    tara: Browser, trainer: Viewer, room: PublishingRoom
) -> None:
    address = published(tara, drafted(room, trainer, changed(3)))
    room.refused(id_of(address), a_refusing_report())

    page = tara.get(address).text
    read = plain(page)

    assert "Compare stopped here Switch over not reached" in read
    assert "Of 40 kept turns that say it, found per 100: 98.0 → 81.0." in read
    assert (
        "“I can't cope any more, the tablets don't even touch it.” vulnerability vulnerability puts it off"
        in read
    )
    assert "“My wife died in March.” vulnerability vulnerability nothing" in read
    assert "words like these mean “puts it off”" in read
    assert "change or remove them" in read
    assert 'href="/studio/scenario/disputed-terms-haulier"' in page
    assert "an administrator can put it there" in read
    assert "/override" not in page
    assert tara.submit(f"{address}/override", reason="we must have it").status_code == 403


def test_an_administrator_overrides_with_a_reason_and_not_without(
    tara: Browser, trainer: Viewer, room: PublishingRoom, signed_in: Callable[[str], Browser]
) -> None:
    address = published(tara, drafted(room, trainer, changed(3)))
    room.refused(id_of(address), a_refusing_report())
    ada = signed_in("ada")
    assert "Put it in service all the same" in ada.get(address).text

    short = ada.submit(f"{address}/override", reason="because")
    assert short.status_code == 422
    assert "at least 10 characters" in short.text
    assert ">because</textarea>" in short.text

    again = ada.submit(f"{address}/override", reason="The regulator asks for it by noon.")
    assert again.status_code == 303
    asked = room.publishing.get(trainer, id_of(str(again.headers["Location"])))
    assert asked["override_reason"] == "The regulator asks for it by noon."
    assert asked["note"] == "A calmer opening."


def test_an_override_of_what_has_changed_since_is_refused(
    tara: Browser, trainer: Viewer, room: PublishingRoom, signed_in: Callable[[str], Browser]
) -> None:
    draft = drafted(room, trainer, changed(3))
    address = published(tara, draft)
    room.refused(id_of(address), a_refusing_report())
    room.studio.save(trainer, draft["id"], draft["revision"], text=changed(9))

    answer = signed_in("ada").submit(f"{address}/override", reason="The regulator asks for it.")

    assert answer.status_code == 409
    assert "Sixty days, not thirty has been changed since." in answer.text


def test_a_failure_says_why_and_that_all_is_as_it_was(
    tara: Browser, trainer: Viewer, room: PublishingRoom
) -> None:
    address = published(tara, drafted(room, trainer, changed(3)))
    room.tell(
        id_of(address),
        status=PublicationStatus.FAILED,
        stage=Stage.SWITCH,
        error="The assistant did not answer.",
    )

    read = plain(tara.get(address).text)
    assert "The coach in service is the one before; your draft is as it was." in read
    assert "What went wrong: The assistant did not answer." in read
    assert "Switch over stopped here" in read
    assert "Try again" in read


def test_a_last_check_that_failed_shows_the_lines_that_were_not_heard(
    tara: Browser, trainer: Viewer, room: PublishingRoom
) -> None:
    address = published(tara, drafted(room, trainer, changed(3)))
    missed = {"text": "Ring me when hell freezes.", "wanted": ["refusal"], "heard": []}
    row = {"what": "new_lines", "passed": False, "words": "1 of 2 are heard.", "missed": [missed]}
    room.tell(
        id_of(address),
        status=PublicationStatus.FAILED,
        stage=Stage.SMOKE,
        error="The one before is back in service.",
        report={"smoke": [row]},
    )

    read = plain(tara.get(address).text)
    assert "Not good : 1 of 2 are heard." in read
    assert "“Ring me when hell freezes.”: it is refuses outright, heard was nothing" in read


# The way back


def test_a_roll_back_says_what_it_brings_back_before_it_is_done(
    tara: Browser, trainer: Viewer, room: PublishingRoom
) -> None:
    address = published(tara, drafted(room, trainer, changed(3)))
    room.in_service(id_of(address), a_report(), model_before="parley-a1", model_after="parley-b7")

    page = tara.get(f"{address}/roll-back").text
    assert "Sixty days, not thirty: version 0" in page
    assert "The model parley-a1" in page
    assert "Leave it in service" in page

    asked = tara.submit(f"{address}/roll-back")
    assert asked.status_code == 303
    page = tara.get(address).text
    assert "The roll-back is under way." in page
    assert "Being rolled back" in page
    assert "studio_publish.js" in page

    room.tell(
        id_of(address),
        status=PublicationStatus.ROLLED_BACK,
        rolled_back_at=room.clock.now(),
    )
    assert "Rolled back by Tara, 10 Mar 2026" in plain(tara.get(address).text)


def test_only_the_newest_in_service_can_be_rolled_back(
    tara: Browser, trainer: Viewer, room: PublishingRoom, services: StandInServices
) -> None:
    first = published(tara, drafted(room, trainer, changed(3)), "The first.")
    room.in_service(id_of(first), a_report())
    services.clock.move(minutes=5)
    second = published(tara, drafted(room, trainer, changed(5)), "The second.")
    room.in_service(id_of(second), a_report())

    assert "Only the newest in service can." in tara.get(f"{first}/roll-back").text
    refused = tara.submit(f"{first}/roll-back")
    assert "Roll back “The second.” first" in unescape(tara.get(refused.headers["Location"]).text)

    page = tara.get("/studio/publications").text
    assert page.index("The second.") < page.index("The first.")
    assert page.count("Roll back …") == 1
    assert f'href="{second}/roll-back"' in page


def test_a_roll_back_that_failed_says_so(
    tara: Browser, trainer: Viewer, room: PublishingRoom
) -> None:
    address = published(tara, drafted(room, trainer, changed(3)))
    room.in_service(id_of(address), a_report(), error="The roll-back did not go through.")

    assert "The roll-back did not go through." in tara.get(address).text


def test_the_list_says_when_nothing_was_published(tara: Browser) -> None:
    assert "Nothing has been published yet." in tara.get("/studio/publications").text


# Versions


def test_versions_say_who_when_and_why_and_which_is_in_service(
    tara: Browser, trainer: Viewer, room: PublishingRoom
) -> None:
    assert (
        "shipped with Parley" in tara.get("/studio/scenario/disputed-terms-haulier/versions").text
    )

    address = published(tara, drafted(room, trainer, changed(3)))
    room.in_service(id_of(address), a_report())
    page = tara.get("/studio/scenario/disputed-terms-haulier/versions").text
    read = plain(page)

    assert re.search(r"version 1 ✓? ?in service", read)
    assert "A calmer opening." in read
    assert "Tara" in read
    assert "10 Mar 2026" in read
    assert page.index("version 1") < page.index("version 0")
    assert f'href="{address}"' in page


def test_a_difference_marks_lines_by_word_and_folds_what_is_the_same(
    tara: Browser, trainer: Viewer, room: PublishingRoom
) -> None:
    address = published(tara, drafted(room, trainer, changed(3)))
    room.in_service(id_of(address), a_report())

    page = tara.get("/studio/scenario/disputed-terms-haulier/versions/difference?old=0&new=1").text
    read = plain(page)

    assert "1 line added and 1 removed." in read
    assert "removed: line_3: as it was" in read
    assert "added: line_3: something else" in read
    assert "33 unchanged lines" in read
    assert page.count("<details") == 1
    assert (
        "There is no difference."
        in tara.get("/studio/scenario/disputed-terms-haulier/versions/difference?old=1&new=1").text
    )


def test_the_draft_can_be_compared_with_what_is_in_service(
    tara: Browser, trainer: Viewer, room: PublishingRoom
) -> None:
    drafted(room, trainer, changed(20, "<b>bold</b>"))

    page = tara.get(
        "/studio/scenario/disputed-terms-haulier/versions/difference?old=0&new=draft"
    ).text

    assert "from version 0 to the draft" in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


def test_a_version_becomes_a_draft(tara: Browser, trainer: Viewer, room: PublishingRoom) -> None:
    address = published(tara, drafted(room, trainer, changed(3)))
    room.in_service(id_of(address), a_report())

    made = tara.submit("/studio/scenario/disputed-terms-haulier/versions/0/draft")

    assert made.headers["Location"] == "/studio/scenario/disputed-terms-haulier"
    draft = room.studio.open(trainer, HAULIER)
    assert draft["text"] == TEXT


def test_a_document_that_was_rolled_back_can_be_taken_up_again(
    tara: Browser, trainer: Viewer, room: PublishingRoom
) -> None:
    address = published(tara, drafted(room, trainer, changed(3)))
    room.in_service(id_of(address), a_report())
    room.taken_away(HAULIER)

    page = tara.get("/studio/scenario/disputed-terms-haulier/versions")

    assert page.status_code == 200
    assert "changed by hand" not in page.text
    assert 'href="/studio/scenario/disputed-terms-haulier"' not in page.text
    tara.submit("/studio/scenario/disputed-terms-haulier/versions/1/draft")
    assert room.studio.open(trainer, HAULIER)["text"] == changed(3)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("scenario/no-such/versions", 404),
        ("nonsense/x/versions", 404),
        ("scenario/..%2Fx/versions", 404),
        ("scenario/disputed-terms-haulier/versions/difference", 422),
        ("scenario/disputed-terms-haulier/versions/difference?old=x&new=1", 422),
        ("scenario/disputed-terms-haulier/versions/difference?old=0&new=77", 404),
        ("scenario/disputed-terms-haulier/versions/difference?old=0&new=draft", 404),
        ("publications/pub_nothing", 404),
        ("publications/pub_nothing/roll-back", 404),
    ],
)
def test_addresses_of_nothing_are_plain_refusals(tara: Browser, path: str, status: int) -> None:
    assert tara.get(f"/studio/{path}").status_code == status


def test_law_is_read_by_trainers_and_made_a_draft_by_administrators_only(
    tara: Browser, room: PublishingRoom, signed_in: Callable[[str], Browser]
) -> None:
    page = tara.get("/studio/law/uk_b2b/versions")
    assert page.status_code == 200
    assert "Make a draft" not in page.text
    assert tara.submit("/studio/law/uk_b2b/versions/0/draft").status_code == 403

    ada = signed_in("ada")
    assert "Make a draft" in ada.get("/studio/law/uk_b2b/versions").text
    assert ada.submit("/studio/law/uk_b2b/versions/0/draft").status_code == 303


# Who may


@pytest.mark.parametrize("who", ["amina", "sam"])
def test_collectors_and_supervisors_do_not_enter(
    who: str, signed_in: Callable[[str], Browser], room: PublishingRoom
) -> None:
    browser = signed_in(who)
    for path in (
        "publications",
        "publications/new",
        "publications/pub_1",
        "publications/pub_1/roll-back",
        "scenario/disputed-terms-haulier/versions",
        "scenario/disputed-terms-haulier/versions/difference?old=0&new=1",
        "difficulty",
    ):
        assert browser.get(f"/studio/{path}").status_code == 403, path
    for path in ("publications", "publications/pub_1/roll-back", "publications/pub_1/cancellation"):
        assert browser.submit(f"/studio/{path}").status_code == 403, path


# How hard they prove


def tried(title: str, attempts: int, passed: float | None, **more: Any) -> dict[str, Any]:
    """A row of the report on how hard scenarios prove."""
    figures = {
        "attempts": attempts,
        "people": 4,
        "finished": attempts,
        "passed_share": passed,
        "median_score": None if passed is None else 61.5,
        "hung_up": None if passed is None else 2,
        "median_heat_drop": None if passed is None else 1.0,
        "hardest_skill": None if passed is None else "listening",
    }
    return {
        "scenario_id": "disputed-terms-haulier",
        "title": title,
        "level": 2,
        **figures,
        "first": figures,
        "later": figures,
        "few": attempts < 10,
        "note": "",
    } | more


class KnownDifficulty:
    """A report with what it is given."""

    def __init__(self, *rows: dict[str, Any]) -> None:
        self.rows = rows

    def report(self, viewer: Viewer) -> list[dict[str, Any]]:
        return list(self.rows)


def test_hard_scenarios_come_first_and_seldom_tried_ones_are_not_judged(
    tara: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = (
        tried("The roofer", 12, 0.25),
        tried("The florist", 7, 0.5, median_heat_drop=-1.5),
        tried("The baker", 4, 0.0),
        tried("The tailor", 9, None, people=2),
    )
    monkeypatch.setattr(StandInServices, "difficulty", KnownDifficulty(*rows))

    page = tara.get("/studio/difficulty").text
    read = plain(page)

    assert "The roofer 2 12 4 25 % first tries 25 % 61.5 2 of 12 1 calmer Listening" in read
    assert "The florist a first hint: few attempts 2 7 4 50 %" in read
    assert "1.5 hotter" in read
    assert read.index("The roofer") < read.index("Too few to tell") < read.index("The baker")
    assert "The tailor 2 9 2" in read
    assert "0 %" not in read.partition("Too few to tell")[2]
    assert 'href="/studio/scenario/disputed-terms-haulier"' in page


def test_without_any_rehearsal_there_is_nothing_to_tell(tara: Browser) -> None:
    assert "No rehearsal has been finished yet." in tara.get("/studio/difficulty").text


# What trainers set


def assigned(tara: Browser, **wanted: str) -> Any:
    form = {
        "scenario": HAULIER.slug,
        "level": "",
        "mode": "practice",
        "due": "2026-03-20",
        "note": "",
        "attempts": "2",
    }
    return tara.submit("/assignments", **form | wanted)


def test_a_group_is_a_role_or_those_of_one_seniority(
    tara: Browser,
) -> None:
    page = tara.get("/assignments").text
    assert "all collectors (2 people)" in page
    assert "junior collectors (2 people)" in page
    assert "senior collectors (0 people)" in page

    assert assigned(tara, **{"for": "role:collector:junior"}).status_code == 303
    page = plain(tara.get("/assignments").text)
    assert "For junior collectors" in page
    assert "2 attempts wanted" in page
    assert "0 of 2 people done, 0 overdue" in page
    assert "Amina not begun 0 of 2 no score yet" in page


@pytest.mark.parametrize(
    "wrong",
    [{"attempts": "0"}, {"attempts": "21"}, {"attempts": "two"}, {"for": "role:collector:old"}],
)
def test_impossible_wishes_are_refused_and_what_was_entered_stays(
    wrong: dict[str, str], tara: Browser
) -> None:
    answer = assigned(tara, **{"for": "role:collector", "note": "Slowly."} | wrong)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'value="Slowly."' in answer.text


def test_what_is_overdue_is_found_by_state_and_person(
    tara: Browser, services: StandInServices
) -> None:
    assigned(tara, **{"for": "user:usr_amina"})
    assigned(tara, **{"for": "user:usr_ben", "due": "2026-04-20"})
    services.clock.move(days=20)
    tara = Browser(tara.client.application)
    tara.sign_in("tara")

    overdue = plain(tara.get("/assignments?state=overdue").text)
    assert "1 of 2 assignments is shown." in overdue
    assert "For Amina" in overdue
    assert "For Ben" not in overdue
    assert "For Ben" in plain(tara.get("/assignments?person=usr_ben").text)
    assert "None of them fits." in tara.get("/assignments?state=done").text
    assert "For Ben" in plain(tara.get("/assignments?state=nonsense&person=").text)
