"""The page of corrections and its part of the interface: what stands there, who may use it, what is said back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bot.core.labels import Speaker
from tests.correction_fakes import WORDS, a_correction
from tests.integration.web.conftest import Browser, Program
from tests.integration.web.standins import StandInServices

ACCEPT, DISMISS = "/corrections/fbk_1/acceptance", "/corrections/fbk_1/dismissal"


@pytest.fixture
def tara(signed_in: Callable[[str], Browser]) -> Browser:
    return signed_in("tara")


def test_a_correction_stands_with_words_hearing_proposal_and_replacements(tara: Browser) -> None:
    page = tara.get("/corrections").text

    assert WORDS.replace("'", "&#39;") in page
    assert "puts it off (62 %)" in page
    assert "Should be, says Amina" in page
    assert "“ruth” by" in page
    line = re.search(r"<textarea[^>]*>([^<]*)</textarea>", page)
    assert line is not None
    assert "ruth" not in line[1]
    assert "4417" not in line[1]


def test_labels_heat_and_style_are_chosen_beforehand(tara: Browser) -> None:
    page = tara.get("/corrections").text

    assert re.findall(r'name="labels" value="(\w+)" checked', page) == ["terms_dispute"]
    assert re.findall(r'name="heat" value="(\d)" checked', page) == ["1"]
    assert re.findall(r'value="(\w+)" selected', page) == ["asr"]
    assert len(re.findall(r'name="labels"', page)) == 26


def test_every_field_has_its_label_and_every_id_is_there_once(tara: Browser) -> None:
    page = tara.get("/corrections").text
    ids = re.findall(r'\bid="([\w-]+)"', page)

    assert len(ids) == len(set(ids))
    for referred in re.findall(r'\bfor="([\w-]+)"', page):
        assert referred in ids
    for referred in re.findall(r'aria-(?:describedby|labelledby)="([\w -]*)"', page):
        assert set(referred.split()) <= set(ids)


def test_the_plain_case_takes_one_form_as_it_stands(
    tara: Browser, services: StandInServices
) -> None:
    page = tara.get("/corrections").text
    line = re.search(r"<textarea[^>]*>([^<]*)</textarea>", page)
    assert line is not None
    answer = tara.submit(ACCEPT, text=line[1], labels="terms_dispute", heat="1", style="asr")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/corrections")
    [added] = services.lines.added
    assert (added.labels, added.heat, added.style) == (("terms_dispute",), 1, "asr")
    after = tara.get("/corrections").text
    assert "Added to data/nlu/client/corrected.yml." in after
    assert "after the next training: parley train" in after
    assert "Nothing waits." in after


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"text": "  "}, "A line needs words."),
        ({"text": "look [here]"}, "Leave out [ ] { }"),
        ({"labels": "neutral", "more": "abuse"}, "stands alone"),
        ({"labels": ""}, "is not a label"),
        ({"heat": "7"}, "heat from 0 to 3"),
        ({"style": "sung"}, "The style is one of"),
        ({"text": "known words"}, "client/stalling.yml, line 7"),
    ],
)
def test_a_refusal_is_said_beside_what_was_entered(
    tara: Browser, services: StandInServices, changes: dict[str, str], says: str
) -> None:
    services.lines.known["known words"] = "data/nlu/client/stalling.yml, line 7"
    form = {"text": "my <own> words", "labels": "refusal", "heat": "2", "style": "terse"} | changes
    more = form.pop("more", None)
    labels = [form.pop("labels"), *([more] if more else [])]
    answer = tara.client.post(
        ACCEPT,
        data={**form, "labels": labels, "csrf_token": tara.proof()},
        headers={"Accept": "text/html"},
    )

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert says in answer.text
    assert services.lines.added == []
    if "text" not in changes:
        assert "my &lt;own&gt; words</textarea>" in answer.text
    if not {"labels", "heat"} & set(changes):
        assert re.findall(r'name="labels" value="(\w+)" checked', answer.text) == ["refusal"]
        assert re.findall(r'name="heat" value="(\d)" checked', answer.text) == ["2"]


def test_no_label_chosen_is_told_with_the_labels_open(tara: Browser) -> None:
    answer = tara.submit(ACCEPT, text="month end", heat="1", style="asr")

    assert answer.status_code == 422
    assert "Choose at least one label" in answer.text
    assert "<details open>" in answer.text


def test_dismissing_needs_a_reason_and_is_said_back(tara: Browser) -> None:
    refused = tara.submit(DISMISS, reason=" ")
    assert (refused.status_code, "Say why" in refused.text) == (422, True)

    assert tara.submit(DISMISS, reason="half a sentence").status_code == 303
    assert "The correction is dismissed." in tara.get("/corrections").text


def test_the_second_is_told(tara: Browser, signed_in: Callable[[str], Browser]) -> None:
    signed_in("ada").submit(DISMISS, reason="half a sentence")
    answer = tara.submit(ACCEPT, text="month end", labels="refusal", heat="1", style="asr")

    assert answer.status_code == 409
    assert "has decided already" in answer.text
    assert tara.submit("/corrections/fbk_none/dismissal", reason="x").status_code == 404


def test_a_full_disk_is_said_and_nothing_entered_is_lost(
    tara: Browser, services: StandInServices
) -> None:
    services.lines.is_full = True
    answer = tara.submit(ACCEPT, text="my words", labels="refusal", heat="1", style="asr")

    assert answer.status_code == 503
    assert "The disk is full." in answer.text
    assert "my words</textarea>" in answer.text


def test_a_collectors_turn_has_moves_and_no_heat(tara: Browser, services: StandInServices) -> None:
    services.corrected.corrections.corrections[:] = [
        a_correction(speaker=Speaker.COLLECTOR, labels=("apologise",), heat=None)
    ]
    page = tara.get("/corrections").text

    assert 'name="heat"' not in page
    assert 'value="apologise" checked' in page


def test_words_stay_text(tara: Browser, services: StandInServices) -> None:
    services.corrected.corrections.corrections[:] = [a_correction(text="<script>pay</script>")]

    assert "<script>pay" not in tara.get("/corrections").text


@pytest.mark.parametrize(
    ("name", "is_there"), [("tara", True), ("ada", True), ("sam", False), ("amina", False)]
)
def test_the_way_to_the_page_is_shown_to_those_who_may(
    signed_in: Callable[[str], Browser], name: str, is_there: bool
) -> None:
    assert ('href="/corrections"' in signed_in(name).get("/").text) is is_there


@pytest.mark.parametrize("name", ["amina", "sam"])
def test_deciding_is_for_trainers(
    signed_in: Callable[[str], Browser], services: StandInServices, name: str
) -> None:
    browser = signed_in(name)
    for path in (ACCEPT, DISMISS):
        assert browser.submit(path, text="month end", reason="no").status_code == 403

    assert services.corrected.corrections.reviews == {}


def test_a_form_without_its_proof_is_refused(tara: Browser, services: StandInServices) -> None:
    assert tara.client.post(ACCEPT, data={"text": "month end"}).status_code == 400
    assert services.lines.added == []


def test_a_program_lists_and_accepts(program: Callable[[str], Program]) -> None:
    tara = program("tara")
    [found] = tara.get("/corrections").json["corrections"]
    assert (found["text"], found["labels"], found["said_by"]) == (
        WORDS,
        ["terms_dispute"],
        ["Amina"],
    )

    accepted = tara.post(f"/corrections/{found['id']}/acceptance", {"heat": 2})
    assert accepted.status_code == 201
    assert accepted.json["file"] == "data/nlu/client/corrected.yml"
    assert accepted.json["line"]["heat"] == 2
    assert accepted.json["line"]["text"] == found["proposed"]["text"]
    assert tara.get("/corrections").json["corrections"] == []
    assert tara.post(f"/corrections/{found['id']}/acceptance").status_code == 409


def test_a_program_dismisses_with_a_reason(program: Callable[[str], Program]) -> None:
    tara = program("tara")

    assert tara.post("/corrections/fbk_1/dismissal").status_code == 422
    assert tara.post("/corrections/fbk_1/dismissal", {"reason": "no"}).status_code == 204
    assert tara.post("/corrections/fbk_none/dismissal", {"reason": "no"}).status_code == 404


def test_a_program_is_told_which_field_is_wrong(program: Callable[[str], Program]) -> None:
    answer = program("tara").post(
        "/corrections/fbk_1/acceptance", {"labels": ["neutral", "stalling"]}
    )

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "labels")


def test_a_collectors_program_is_kept_out(amina: Program) -> None:
    assert amina.get("/corrections").status_code == 403
    assert amina.post("/corrections/fbk_1/acceptance").status_code == 403
    assert amina.post("/corrections/fbk_1/dismissal", {"reason": "no"}).status_code == 403


def test_a_rehearsed_turn_stands_beside_those_of_calls(
    tara: Browser, services: StandInServices, program: Callable[[str], Program]
) -> None:
    services.corrected.corrections.corrections.append(
        a_correction(
            id="rfb_1",
            turn_id="rtn_1",
            call_id=None,
            account_id=None,
            rehearsal_id="reh_1",
            scenario_id="disputed-terms-haulier",
            speaker=Speaker.COLLECTOR,
            text="I see why you are cross, Dermot.",
            heat=None,
            heard=(),
            labels=("acknowledge",),
        )
    )
    page = tara.get("/corrections").text
    assert "The collector said in a rehearsal, corrected" in page
    assert "“Dermot” by" in page
    assert "The client said, corrected" in page

    found = program("tara").get("/corrections").json["corrections"]
    [rehearsed] = [each for each in found if each["id"] == "rfb_1"]
    assert (rehearsed["call_id"], rehearsed["account_id"]) == (None, None)
    assert rehearsed["scenario_id"] == "disputed-terms-haulier"
    assert rehearsed["proposed"]["industry"] == "unknown"
    assert rehearsed["proposed"]["heat"] is None
    assert tara.submit("/corrections/rfb_1/dismissal", reason="half a word").status_code == 303
    assert "in a rehearsal" not in tara.get("/corrections").text
