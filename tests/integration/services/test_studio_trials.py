"""Trying a draft: played from the start, by the scripted players, and what a card would advise."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from bot.core.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from bot.core.labels import Speaker
from bot.core.reading import Reading
from bot.core.studio.kinds import DocumentName
from tests.builders import an_account
from tests.studio_trial_fakes import COLLECTOR, TRAINER, ScriptedEars, TrialRoom, trial_room

HELLO = "Hello Dermot, it's Amina at Northgate."
SORRY = "I can hear why you're annoyed, Dermot."
THREAT = "Pay today or you'll be in court."
HAULIER = "scenario:disputed-terms-haulier"


@pytest.fixture
def room() -> TrialRoom:
    ears = ScriptedEars()
    ears.will_hear(HELLO, Speaker.COLLECTOR, "greet_identify")
    ears.will_hear(SORRY, Speaker.COLLECTOR, "acknowledge")
    ears.will_hear(THREAT, Speaker.COLLECTOR, "threaten")
    return trial_room(ears)


def played(room: TrialRoom, draft: str, *turns: str, **options: Any) -> dict[str, Any]:
    return room.trials.play_turns(TRAINER, draft, turns=list(turns), **options)


# Turn by turn


def test_a_trial_tells_what_each_turn_did_caused_and_could_have_been(room: TrialRoom) -> None:
    draft = room.draft(HAULIER)

    told = played(room, draft, HELLO, THREAT, level=2)

    assert [turn["speaker"] for turn in told["turns"]] == [
        "client",
        "collector",
        "client",
        "collector",
        "client",
    ]
    threat = told["turns"][3]
    assert [move["name"] for move in threat["moves"]] == ["threaten"]
    assert threat["note"]["did"]
    assert threat["better"]
    assert any(cause["temper"] > 0 and cause["note"] for cause in threat["causes"])
    assert told["turns"][-1]["temper"] > told["turns"][0]["temper"]


def test_the_same_turns_and_seed_give_the_same_call(room: TrialRoom) -> None:
    draft = room.draft(HAULIER)

    first = played(room, draft, HELLO, SORRY, seed=11)

    assert played(room, draft, HELLO, SORRY, seed=11) == first


def test_going_on_repeats_what_was_said_before(room: TrialRoom) -> None:
    draft = room.draft(HAULIER)

    before = played(room, draft, HELLO)["turns"]

    assert played(room, draft, HELLO, SORRY)["turns"][: len(before)] == before


def test_words_are_heard_once(room: TrialRoom) -> None:
    draft = room.draft(HAULIER)

    for turns in ([HELLO], [HELLO, SORRY], [HELLO, SORRY]):
        played(room, draft, *turns)

    assert room.ears.asked == [(HELLO, Speaker.COLLECTOR), (SORRY, Speaker.COLLECTOR)]


def test_another_model_hears_anew(room: TrialRoom) -> None:
    draft = room.draft(HAULIER)
    played(room, draft, HELLO)

    room.ears.name = "parley-two"
    room.ears.will_hear(HELLO, Speaker.COLLECTOR, "blame")

    assert played(room, draft, HELLO)["turns"][1]["moves"][0]["name"] == "blame"


def test_nothing_said_is_silence(room: TrialRoom) -> None:
    told = played(room, room.draft(HAULIER), "")

    assert told["turns"][1]["note"]["did"] == "You said nothing."
    assert room.ears.asked == []


def test_a_finished_trial_has_the_scorecard_and_the_debrief(room: TrialRoom) -> None:
    draft = room.draft(HAULIER)

    assert played(room, draft, HELLO)["scorecard"] is None
    card = played(room, draft, HELLO, SORRY, finish=True)["scorecard"]

    assert 0 <= card["score"] <= 100
    assert len(card["skills"]) == 8
    assert card["debrief"]["goals"]


def test_turns_after_the_end_are_counted_and_left_out(room: TrialRoom) -> None:
    told = played(room, room.draft(HAULIER), *[THREAT] * 40, level=3)

    assert told["ended"] == "hung_up"
    assert told["unused"] == 40 - sum(t["speaker"] == "collector" for t in told["turns"])
    assert told["scorecard"]["blockers"]


def test_a_trial_says_which_revision_it_plays(room: TrialRoom) -> None:
    draft = room.draft(HAULIER, revision=7)

    assert played(room, draft)["plays"] == {
        "draft": {"name": HAULIER, "revision": 7},
        "other": {"name": "persona:angry-haulier", "title": "Dermot Keane", "revision": None},
    }


def test_a_clients_line_names_its_field(room: TrialRoom) -> None:
    draft = room.draft(HAULIER)
    text = room.work.drafts.get(draft).text

    told = played(room, draft, HELLO, SORRY, THREAT, level=1)

    fields = [field for turn in told["turns"] for field in turn["fields"]]
    assert "opening.1" in fields
    assert "opening:" in text


def test_what_has_just_been_changed_is_what_is_said(room: TrialRoom) -> None:
    draft = room.draft("scenario:abuse-scrap-yard")
    old = "Oh, it's you lot again. Don't they teach you nothing over there, or did your mum get you the job?"
    room.change(draft, old, "You again, is it, with your little headset and your little script?")

    told = played(room, draft, HELLO, level=1)

    assert any("your little script" in turn["text"] for turn in told["turns"])


def test_a_draft_with_faults_says_which_keep_it_from_being_played(room: TrialRoom) -> None:
    draft = room.draft(HAULIER)
    room.change(draft, "weights: {composure:", "weights: {poise:")

    told = played(room, draft, HELLO)

    assert told["turns"] == []
    assert told["faults"]
    assert all(fault["message"] and fault["remedy"] for fault in told["faults"])
    assert any(fault["field"].startswith("weights") for fault in told["faults"])


def test_a_persona_is_tried_in_a_scenario_that_names_it(room: TrialRoom) -> None:
    told = played(room, room.draft("persona:angry-haulier"), HELLO)

    assert told["plays"]["other"]["name"] == HAULIER
    assert any(field.startswith("lines.") for turn in told["turns"] for field in turn["fields"])


def test_a_persona_that_no_scenario_names_stands_in_for_another(room: TrialRoom) -> None:
    haulier, new = (DocumentName.parse(f"persona:{slug}") for slug in ("angry-haulier", "nora"))
    draft = room.draft(str(new), room.desk.copied(new, room.desk.text(haulier) or "", "Nora"))

    told = played(room, draft, HELLO)

    assert told["faults"] == []
    assert told["plays"]["other"]["name"].startswith("scenario:")


@pytest.mark.parametrize(
    ("options", "field"),
    [({"level": 9}, "level"), ({"seed": -1}, "seed"), ({"turns": ["a"] * 201}, "turns")],
)
def test_what_cannot_be_played_is_refused(
    room: TrialRoom, options: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        room.trials.play_turns(TRAINER, room.draft(HAULIER), **options)

    assert refused.value.field == field


def test_a_card_is_not_played(room: TrialRoom) -> None:
    with pytest.raises(ConflictError):
        played(room, room.draft("playbook:stalling"), HELLO)


def test_collectors_try_nothing(room: TrialRoom) -> None:
    draft = room.draft(HAULIER)

    for use in (
        lambda: room.trials.play_turns(COLLECTOR, draft, turns=[]),
        lambda: room.trials.auto_plays(COLLECTOR, draft),
        lambda: room.trials.advice_on(COLLECTOR, draft, "Not now."),
        lambda: room.trials.line_checks(COLLECTOR, draft),
    ):
        with pytest.raises(ForbiddenError):
            use()


def test_an_unknown_draft_is_not_found(room: TrialRoom) -> None:
    with pytest.raises(NotFoundError):
        played(room, "drf_none")


# The scripted players


def test_three_players_play_the_draft(room: TrialRoom) -> None:
    told = room.trials.auto_plays(TRAINER, room.draft(HAULIER), level=2, seed=4)

    assert [one["player"] for one in told["players"]] == ["good", "middling", "poor"]
    for one in told["players"]:
        assert len(one["heat"]) == len(one["temper"]) == len(one["turns"])
        assert one["outcome"]
    assert room.trials.auto_plays(TRAINER, room.draft(HAULIER), level=2, seed=4) == told | {
        "plays": told["plays"]
    }


def test_players_do_not_play_a_draft_with_faults(room: TrialRoom) -> None:
    told = room.trials.auto_plays(TRAINER, room.draft(HAULIER, "id: disputed-terms-haulier\n"))

    assert told["players"] == []
    assert told["faults"]


@pytest.mark.rasa
def test_the_good_player_does_better_than_the_poor_within_two_seconds(recogniser: Any) -> None:
    class Ears(ScriptedEars):
        def hear_all(self, turns: Sequence[tuple[str, Speaker]], today: date) -> list[Reading]:
            return list(recogniser.read_all(turns, today))

    room = trial_room(Ears())
    draft = room.draft("scenario:cash-flow-cafe")
    recogniser.read("warm up", Speaker.COLLECTOR, date(2026, 11, 20))
    room.trials.play_turns(TRAINER, draft)

    began = time.process_time()
    told = room.trials.auto_plays(TRAINER, draft, level=2)
    took = time.process_time() - began

    good, _, poor = told["players"]
    assert good["score"] > poor["score"] + 20
    assert good["temper"][-1] < poor["temper"][-1]
    assert took < 4  # two seconds on an idle machine; other work may share it here


# What a card would advise


def test_a_drafted_card_speaks_in_place_of_its_file(room: TrialRoom) -> None:
    words = "Try me again next week."
    room.ears.will_hear(words, Speaker.CLIENT, "stalling")
    draft = room.draft("playbook:stalling")
    before = room.trials.advice_on(TRAINER, draft, words)
    said = before["advice"]["say"][0]
    row = next(
        row
        for row in room.work.drafts.get(draft).text.split("\n")
        if before["advice"]["say_ids"][0] in row
    )
    assert said

    room.change(draft, row, f"{row}\n    # changed")
    text = room.work.drafts.get(draft).text
    lines = text.split("\n")
    place = next(n for n, line in enumerate(lines) if before["advice"]["say_ids"][0] in line)
    words_at = next(n for n in range(place, place + 6) if "text:" in lines[n])
    room.change(draft, lines[words_at], '    text: "Which day, to the hour, will it be?"')
    after = room.trials.advice_on(TRAINER, draft, words)

    assert before["is_from_draft"]
    assert after["advice"]["card"] == "stalling"
    assert "Which day, to the hour, will it be?" in after["advice"]["say"]
    assert after["advice"]["ask"]
    assert after["advice"]["options"]
    assert after["account"]["name"]


def test_advice_is_given_on_the_named_account(room: TrialRoom) -> None:
    room.ears.will_hear("We are short.", Speaker.CLIENT, "cash_flow")
    account = an_account(id="acc_bakery", name="Harbour Bakery Ltd")
    room.work.accounts.rows[account.id] = account

    told = room.trials.advice_on(
        TRAINER, room.draft("playbook:cash_flow"), "We are short.", account_id="acc_bakery"
    )

    assert told["account"]["name"] == "Harbour Bakery Ltd"
    with pytest.raises(NotFoundError):
        room.trials.advice_on(
            TRAINER, room.draft("playbook:cash_flow"), "We are short.", account_id="acc_none"
        )


def test_a_card_with_faults_is_not_advised_by(room: TrialRoom) -> None:
    draft = room.draft("playbook:stalling", "label: stalling\npriority: high\n")

    told = room.trials.advice_on(TRAINER, draft, "Next week.")

    assert told["advice"] is None
    assert {fault["line"] for fault in told["faults"]} >= {2}


def test_drafted_house_rules_open_and_close_options(room: TrialRoom) -> None:
    room.ears.will_hear("Could we do it in three goes?", Speaker.CLIENT, "plan_request")
    draft = room.draft("house:limits")

    told = room.trials.advice_on(TRAINER, draft, "Could we do it in three goes?")

    assert told["is_from_draft"]
    assert {option["kind"] for option in told["advice"]["options"]}


def test_a_drafted_law_pack_takes_the_place_of_its_file(room: TrialRoom) -> None:
    draft = room.draft("law:uk_b2b")
    room.ears.will_hear("That fee is not owed.", Speaker.CLIENT, "terms_dispute")

    told = room.trials.advice_on(TRAINER, draft, "That fee is not owed.")

    assert told["law"] == "uk_b2b"
    assert told["is_from_draft"]


def test_a_scenario_shows_what_its_client_would_bring_up(room: TrialRoom) -> None:
    words = "Our terms are sixty days, not thirty."
    room.ears.will_hear(words, Speaker.CLIENT, "terms_dispute", heat=1)

    told = room.trials.advice_on(TRAINER, room.draft(HAULIER), words)

    assert told["advice"]["card"] == "terms_dispute"
    assert told["reading"]["heat"] == 1
