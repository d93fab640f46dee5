"""Where a call turned."""

from __future__ import annotations

from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from bot.core.studio.turning_points import turning_points


def client(text: str, *labels: str, heat: int = 0) -> Reading:
    heard = tuple(HeardLabel(name, 0.9, text[:10]) for name in labels)
    return Reading(Speaker.CLIENT, text, heard, heat)


def collector(text: str, *labels: str) -> Reading:
    return Reading(Speaker.COLLECTOR, text, tuple(HeardLabel(name, 0.9) for name in labels))


def kinds(*readings: Reading) -> list[tuple[int, str]]:
    return [(point.turn, point.kind.value) for point in turning_points(readings)]


def test_a_call_turns_where_heat_changes_and_something_new_is_said() -> None:
    found = kinds(
        client("Not you again.", "stalling", heat=1),
        collector("You always say that.", "blame"),
        client("How dare you!", "abuse", heat=3),
        collector("I'm sorry. Could we do three instalments?", "apologise", "offer_plan"),
        client("Fine. Two hundred on Friday.", "promise_to_pay", heat=1),
    )

    assert found == [
        (0, "objection"),
        (1, "fault"),
        (2, "objection"),
        (2, "heat_up"),
        (3, "offer"),
        (4, "heat_down"),
        (4, "promise"),
    ]


def test_an_objection_turns_the_call_once() -> None:
    again = client("Next week.", "stalling")

    assert kinds(again, collector("When?", "seek_commitment"), again) == [(0, "objection")]


def test_a_protection_is_told_as_one() -> None:
    (point,) = turning_points([client("He died in March.", "vulnerability")])

    assert point.kind == "protection"
    assert point.label == "vulnerability"


def test_a_client_who_begins_in_anger_is_told_of() -> None:
    assert kinds(client("Get lost!", heat=3)) == [(0, "heat_up")]
    assert kinds(client("Yes?", heat=1)) == []


def test_points_quote_the_words() -> None:
    (point,) = turning_points([client("Not till my accountant is back.", "stalling")])

    assert point.words == "Not till m"
    assert point.as_json()["kind"] == "objection"


def test_a_silent_call_has_none() -> None:
    assert turning_points([]) == ()
