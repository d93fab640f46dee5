"""Rehearsals over the interface: the whole call, what is refused, what is private, and when nobody listens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from tests.integration.web.conftest import Program
from tests.integration.web.standins import StandInServices

HAULIER = "disputed-terms-haulier"
WORDS = "I can hear why you're annoyed, Dermot."


@pytest.fixture
def rehearsal(amina: Program, services: StandInServices) -> str:
    services.room.assistant.will_hear(
        Reading(Speaker.COLLECTOR, WORDS, (HeardLabel("acknowledge", 0.9, WORDS),))
    )
    answer = amina.post("/rehearsals", {"scenario_id": HAULIER, "level": 2, "seed": 7})
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith(answer.json["id"])
    return str(answer.json["id"])


def say(program: Program, rehearsal: str, text: str = WORDS, **more: Any) -> Any:
    return program.post(f"/rehearsals/{rehearsal}/turns", {"text": text, **more})


def test_a_whole_rehearsal_from_choosing_to_debrief(amina: Program, rehearsal: str) -> None:
    listed = amina.get("/scenarios").json["scenarios"]
    briefing = amina.get(f"/scenarios/{HAULIER}").json
    first = say(amina, rehearsal, segment_id="s1").json
    hint = amina.post(f"/rehearsals/{rehearsal}/hints", {"level": 2}).json
    quiet = amina.post(f"/rehearsals/{rehearsal}/turns", {"silent": True}).json
    back = amina.post(f"/rehearsals/{rehearsal}/rewind", {"turn": 3}).json
    say(amina, rehearsal)
    verdict = amina.post(f"/rehearsals/{rehearsal}/finish").json
    read = amina.get(f"/rehearsals/{rehearsal}").json

    assert HAULIER in [scenario["id"] for scenario in listed]
    assert briefing["account"]["name"] == "Keane Haulage"
    assert (first["listening"], first["turn"]["moves"][0]["name"]) == (True, "acknowledge")
    assert hint["cost"] == hint["cost_so_far"] > 0
    assert quiet["turn"]["silent"]
    assert back["branch"] == "b2"
    assert read["result"] == verdict
    assert {"keep", "try", "retry", "next", "points"} <= set(verdict["debrief"])
    assert amina.get("/rehearsals").json["rehearsals"][0]["score"] == verdict["score"]
    assert amina.get(f"/rehearsals/{rehearsal}/result?branch=b1").status_code == 409


def test_progress_counts_a_finished_rehearsal(amina: Program, rehearsal: str) -> None:
    say(amina, rehearsal)
    amina.post(f"/rehearsals/{rehearsal}/finish")

    progress = amina.get("/progress").json

    assert progress["rehearsals"] == 1
    assert {cell["family"] for cell in progress["skills"]} == {"disputed_terms"}


def test_the_same_segment_twice_is_one_turn(amina: Program, rehearsal: str) -> None:
    assert (
        say(amina, rehearsal, segment_id="s1").json == say(amina, rehearsal, segment_id="s1").json
    )
    assert len(amina.get(f"/rehearsals/{rehearsal}").json["turns"]) == 3


def test_listening_off_keeps_the_words_and_invents_nothing(
    amina: Program, rehearsal: str, services: StandInServices
) -> None:
    services.room.assistant.is_on = False

    off = say(amina, rehearsal, segment_id="s1")
    second = say(amina, rehearsal, "Something else.", segment_id="s2")

    assert (off.status_code, off.json["listening"], off.json["reply"]) == (200, False, None)
    assert (second.status_code, second.json["code"]) == (503, "unavailable")
    services.room.assistant.is_on = True
    assert say(amina, rehearsal, segment_id="s1").json["reply"]["text"]


@pytest.mark.parametrize(
    ("path", "document", "status"),
    [
        ("", {}, 422),
        ("", {"scenario_id": "no-such"}, 404),
        ("", {"scenario_id": HAULIER, "level": 9}, 422),
        ("", {"scenario_id": HAULIER, "seed": -1}, 422),
        ("", {"scenario_id": HAULIER, "mode": "easy"}, 422),
        ("", {"scenario_id": HAULIER, "assignment_id": "asg_none"}, 404),
        ("/{id}/turns", {"text": ""}, 422),
        ("/{id}/turns", {"text": "x" * 200_000}, 422),
        ("/{id}/turns", {"text": "x" * 300_000}, 413),
        ("/{id}/turns", {"text": "Hello", "silent": True}, 422),
        ("/{id}/turns", {"words": "Hello"}, 422),
        ("/{id}/hints", {"level": 5}, 422),
        ("/{id}/rewind", {"turn": 0}, 422),
        ("/{id}/rewind", {"turn": 99}, 422),
        ("/{id}/rewind", {"turn": 1, "branch": "b9"}, 404),
        ("/{id}/finish", {}, 409),
        ("/reh_none/turns", {"text": "Hello"}, 404),
        ("/reh_none/finish", {}, 404),
    ],
)
def test_what_cannot_be_done_is_a_problem_document(
    amina: Program, rehearsal: str, path: str, document: dict[str, Any], status: int
) -> None:
    answer = amina.post(f"/rehearsals{path.format(id=rehearsal)}", document)

    assert answer.status_code == status, answer.json
    assert answer.content_type == "application/problem+json"
    assert answer.json["detail"]


@pytest.mark.parametrize(
    "text", ["asdf qwer zxcv", "🙂🙂🙂", "/restart", "' OR 1=1; --", "ÿ" * 7000]
)
def test_nonsense_is_answered_by_the_client(amina: Program, rehearsal: str, text: str) -> None:
    answer = say(amina, rehearsal, text)

    assert answer.status_code == 200
    assert answer.json["reply"]["text"]


def test_what_comes_after_the_end_is_refused(amina: Program, rehearsal: str) -> None:
    say(amina, rehearsal)
    amina.post(f"/rehearsals/{rehearsal}/finish")

    assert say(amina, rehearsal).status_code == 409
    assert amina.post(f"/rehearsals/{rehearsal}/hints", {"level": 1}).status_code == 409
    assert amina.post(f"/rehearsals/{rehearsal}/finish").status_code == 200


def test_a_rehearsal_is_private_until_it_is_shared(
    amina: Program, rehearsal: str, program: Callable[[str], Program]
) -> None:
    tara = program("tara")
    path = f"/rehearsals/{rehearsal}"
    for name in ("ben", "tara", "sam", "ada"):
        assert program(name).get(path).status_code == 404

    amina.client.put(f"/api/v1{path}/sharing", json={"shared": True}, headers=amina.headers)

    assert tara.get(path).json["own"] is False
    assert say(tara, rehearsal).status_code == 404
    for name in ("ben", "sam", "ada"):
        assert program(name).get(path).status_code == 404


def test_a_trainer_reads_what_was_assigned_once_it_is_finished(
    amina: Program, program: Callable[[str], Program], services: StandInServices
) -> None:
    tara = program("tara")
    due = {"scenario_id": HAULIER, "due_on": "2026-03-20"}
    assigned = tara.post("/assignments", {**due, "role": "collector", "level": 1, "mode": "exam"})
    assert assigned.status_code == 201, assigned.json
    begun = amina.post(
        "/rehearsals", {"scenario_id": HAULIER, "assignment_id": assigned.json["id"]}
    ).json
    assert (begun["level"], begun["mode"]) == (1, "exam")
    assert tara.get(f"/rehearsals/{begun['id']}").status_code == 404

    say(amina, begun["id"])
    score = amina.post(f"/rehearsals/{begun['id']}/finish").json["score"]

    assert tara.get(f"/rehearsals/{begun['id']}").status_code == 200
    mine = amina.get("/assignments").json["assignments"][0]
    assert (mine["done"], mine["attempts"][0]["score"]) == (True, score)
    people = {p["name"]: p for p in tara.get("/assignments/all").json["assignments"][0]["people"]}
    assert (people["Amina"]["done"], people["Ben"]["done"]) == (True, False)
    assert tara.get("/progress?user_id=usr_amina").json["shows"] == "assigned_and_shared"
    assert tara.get("/progress?user_id=usr_amina").json["rehearsals"] == 1


@pytest.mark.parametrize(
    ("document", "status"),
    [
        ({"user": "amina", "role": "collector"}, 422),
        ({}, 422),
        ({"user": "nobody"}, 404),
        ({"user": "amina", "due_on": "2026-03-01"}, 422),
        ({"user": "amina", "level": 7}, 422),
        ({"user": "amina"}, 201),
    ],
)
def test_assignments_are_checked(
    program: Callable[[str], Program], document: dict[str, Any], status: int
) -> None:
    wanted = {"scenario_id": HAULIER, "due_on": "2026-03-20", **document}

    assert program("tara").post("/assignments", wanted).status_code == status
    assert program("amina").post("/assignments", wanted).status_code in (403, 422)


def test_a_withdrawn_assignment_is_gone(program: Callable[[str], Program]) -> None:
    tara = program("tara")
    made = {"scenario_id": HAULIER, "due_on": "2026-03-20", "user": "amina"}
    name = tara.post("/assignments", made).json["id"]

    for status in (204, 404):
        answer = tara.client.delete(f"/api/v1/assignments/{name}", headers=tara.headers)
        assert answer.status_code == status
    assert program("amina").get("/assignments").json["assignments"] == []


def test_deleting_takes_it_away_for_good(amina: Program, rehearsal: str) -> None:
    say(amina, rehearsal)
    path = f"/api/v1/rehearsals/{rehearsal}"

    assert amina.client.delete(path, headers=amina.headers).status_code == 204
    assert amina.client.delete(path, headers=amina.headers).status_code == 404
    assert amina.get("/rehearsals").json["rehearsals"] == []
