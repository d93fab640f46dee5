"""Turning a real call into a scenario: names out, turning points located, a draft proposed."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.content.demo_ledger import load_demo_ledger
from bot.content.rehearsal_files import load_repertoire
from bot.content.studio_desk import StudioDesk
from bot.core.coaching.advice import Role
from bot.core.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    TooLargeError,
    UnavailableError,
)
from bot.core.labels import Speaker
from bot.core.reading import Entity, HeardLabel, Reading
from bot.db.engine import open_engine
from bot.db.seed import seed
from bot.db.tables import metadata
from bot.db.unit_of_work import SqlUnitOfWork
from bot.services.ports import User, Viewer
from bot.services.studio import Studio
from bot.services.studio_from_call import FromCalls
from tests.fakes import FixedClock, RecordedAudit
from tests.studio_trial_fakes import DATA, ScriptedEars

TRAINER = Viewer("usr_priya", "priya", Role.TRAINER, "senior")
CALL = """\
[00:02] Dermot: Keane Haulage, Dermot speaking.
[00:05] Amina: Hello Dermot, it's Amina Shah calling from Northgate Supplies about invoice 4417 for £2,304.00.
[00:12] Dermot: You lot again! Our terms are sixty days, Sarah wrote it down.
[00:20] Amina: That's nonsense, you always say that.
[00:25] Dermot: How dare you! Sixty days, I told you. My wife's been in hospital as it is.
[00:31] Amina: I'm sorry. What happened?
[00:40] Dermot: The driver never had a docket signed since she was taken ill.
[00:50] Amina: Could you pay £1,200 on Friday and the rest in December?
[00:55] Dermot: Friday, £1,200. Fine.
"""


class Ears(ScriptedEars):
    """Hears by a word of the turn, because names in it are made up."""

    def hear_all(self, turns: Any, today: Any) -> list[Reading]:
        super().hear_all(turns, today)
        return [self._heard(text, speaker) for text, speaker in turns]

    def _heard(self, text: str, speaker: Speaker) -> Reading:
        for words, labels, heat, entities in HEARD:
            if words in text:
                heard = tuple(HeardLabel(name, 0.9, text[:30]) for name in labels)
                return Reading(speaker, text, heard, heat, (), entities)
        return Reading(speaker, text)


def money(amount: str) -> Entity:
    return Entity("money", {"amount": amount, "currency": "GBP"}, amount, 0, 1)


HEARD: list[tuple[str, tuple[str, ...], int, tuple[Entity, ...]]] = [
    (
        "calling from",
        ("greet_identify",),
        0,
        (Entity("invoice_number", "8021", "8021", 0, 1), money("2304.00")),
    ),
    ("You lot again", ("terms_dispute",), 2, ()),
    ("nonsense", ("argue", "dismiss"), 0, ()),
    ("How dare you", ("terms_dispute", "vulnerability"), 3, ()),
    ("What happened", ("apologise", "open_question"), 0, ()),
    ("Could you pay", ("offer_part_payment",), 0, ()),
    (
        "Fine.",
        ("promise_to_pay",),
        0,
        (Entity("date", "2026-11-27", "Friday", 0, 1), money("1200.00")),
    ),
]


class Room:
    """The use cases over a ledger and content files of their own."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        shutil.copytree(DATA, self.data, ignore=shutil.ignore_patterns("encoder"))
        self.clock, self.audit, self.ears = FixedClock(), RecordedAudit(), Ears()
        engine = open_engine(f"sqlite:///{folder / 'ledger.sqlite'}")
        metadata.create_all(engine)
        self.unit_of_work: Any = lambda: SqlUnitOfWork(engine, self.clock)
        with self.unit_of_work() as work:
            work.users.add(User("usr_priya", "priya", "Priya Nair", Role.TRAINER, "senior"))
            work.users.add(User("usr_sam", "sam", "Samuel Okafor", Role.COLLECTOR, "junior"))
            work.commit()
        self.engine = engine
        desk = StudioDesk(self.data)
        self.studio = Studio(self.unit_of_work, desk, self.audit, self.clock)
        self.calls = FromCalls(
            self.unit_of_work,
            self.studio,
            self.ears,  # type: ignore[arg-type]  # hears by script
            self.clock,
            lambda: load_repertoire(self.data),
        )


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def masked(room: Room) -> list[dict[str, Any]]:
    turns: list[dict[str, Any]] = room.calls.disguised(TRAINER, text=CALL)["turns"]
    return turns


# Taking names out


def test_a_pasted_call_comes_back_without_its_names(room: Room) -> None:
    told = room.calls.disguised(TRAINER, text=CALL)

    whole = " ".join(turn["text"] for turn in told["turns"])
    assert [turn["speaker"] for turn in told["turns"]][:2] == ["client", "collector"]
    for name in ("Dermot", "Keane", "Amina", "Shah", "Northgate", "Sarah", "4417"):
        assert name not in whole
    assert "£2,304.00" in whole
    assert {"was", "now", "kind", "count"} <= told["replacements"][0].keys()
    assert told["unclear"] == []


def test_what_a_person_has_confirmed_is_what_is_replaced(room: Room) -> None:
    rows = [{"was": "Dermot", "now": "Joe"}, {"was": "sixty days", "now": "ninety days"}]

    told = room.calls.disguised(TRAINER, text=CALL, replacements=rows)

    whole = " ".join(turn["text"] for turn in told["turns"])
    assert "Joe" in whole
    assert "ninety days" in whole
    assert "Amina" in whole
    assert [row["count"] for row in told["replacements"]] == [2, 2]


def test_nothing_of_a_call_is_stored_by_reading_it(room: Room) -> None:
    room.calls.disguised(TRAINER, text=CALL)

    raw = b"".join(path.read_bytes() for path in room.data.parent.glob("ledger.sqlite*"))
    assert b"Dermot" not in raw
    assert room.audit.lines == []


def test_a_call_of_the_ledger_is_known_by_its_clients_names(room: Room) -> None:
    seed(room.engine, room.clock.today(), "no hash", load_demo_ledger(DATA))
    with room.unit_of_work() as work:
        account = work.accounts.get("cli_hartley_joinery", TRAINER)
        call = work.calls.open(account.id, "usr_sam", datetime(2026, 11, 20, 9, tzinfo=UTC))
        person = account.contacts[0].name
        for speaker, text in (
            (Speaker.CLIENT, f"hartley joinery, {person.split()[0].lower()} here"),
            (Speaker.COLLECTOR, "hello, this is samuel okafor about your account"),
        ):
            work.calls.add_turn(call.id, speaker, text, room.clock.now(), None)
        work.commit()

    told = room.calls.disguised(TRAINER, call_id=call.id)

    whole = " ".join(turn["text"] for turn in told["turns"]).lower()
    assert "hartley" not in whole
    assert person.split()[0].lower() not in whole
    assert "okafor" not in whole
    collector = Viewer("usr_omar", "omar", Role.COLLECTOR)
    with pytest.raises(ForbiddenError):
        room.calls.disguised(collector, call_id=call.id)
    with pytest.raises(NotFoundError):
        room.calls.disguised(TRAINER, call_id="cal_none")


def test_a_call_or_a_text_is_needed(room: Room) -> None:
    for given in ({}, {"text": CALL, "call_id": "cal_1"}):
        with pytest.raises(InvalidInputError):
            room.calls.disguised(TRAINER, **given)  # type: ignore[arg-type]  # wrong on purpose


# Turning points and the draft


def test_a_call_is_shown_where_it_turned_before_anything_is_made_of_it(room: Room) -> None:
    told = room.calls.located(TRAINER, turns=masked(room))

    assert [(point["turn"], point["kind"]) for point in told["turning_points"]] == [
        (2, "objection"),
        (2, "heat_up"),
        (3, "fault"),
        (3, "fault"),
        (4, "protection"),
        (4, "heat_up"),
        (6, "heat_down"),
        (7, "offer"),
        (8, "promise"),
    ]
    assert told["proposed"]["objection"] == "terms_dispute"
    assert room.studio.documents(TRAINER, "scenario")
    assert all(not one["draft_id"] for one in room.studio.documents(TRAINER))


def test_a_draft_holds_what_the_call_tells(room: Room) -> None:
    draft = room.calls.propose(TRAINER, slug="sixty-days", title="Sixty days", turns=masked(room))

    data = draft["data"]
    assert draft["name"] == "scenario:sixty-days"
    assert data["title"] == "Sixty days"
    assert data["objection"] == "terms_dispute"
    assert data["protected"] == "vulnerability"
    assert data["levels"] == [2]
    assert "sixty days" in data["opening"]["2"]
    assert [row["text"][:12] for row in data["restate"]] == ["How dare you"]
    assert data["account"]["invoices"][0]["number"] == "8021"
    assert data["account"]["invoices"][0]["balance"] == "2304.00"
    assert data["limits"]["full_on"] == 7
    assert [fact["what"][:10] for fact in data["hidden_facts"]] == ["The driver"]
    assert {tuple(row["labels"]) for row in data["examples"]} == {
        ("terms_dispute",),
        ("terms_dispute", "vulnerability"),
        ("promise_to_pay",),
    }
    assert data["goals"][-1]["needs"]["none_of"] == ["argue", "dismiss"]
    assert data["persona"] in load_repertoire(room.data).personas
    assert sum(data["weights"].values()) == 100


def test_the_checks_say_what_is_still_missing(room: Room) -> None:
    draft = room.calls.propose(TRAINER, slug="sixty-days", title="Sixty days", turns=masked(room))

    fields = {fault["field"].split(".")[0] for fault in draft["faults"]}
    assert "restate" in fields
    assert "limits" not in fields
    assert "weights" not in fields
    assert draft["turning_points"]


def test_a_name_added_by_hand_is_taken_out_of_the_draft(room: Room) -> None:
    turns = [*masked(room), {"speaker": "client", "text": "Ask Blodwen in the office."}]

    draft = room.calls.propose(
        TRAINER, slug="b", title="B", turns=turns, replacements=[{"was": "Blodwen", "now": "Jo"}]
    )

    assert "Blodwen" not in draft["text"]


def test_real_names_reach_neither_draft_nor_trail(room: Room) -> None:
    room.calls.propose(TRAINER, slug="sixty-days", title="Sixty days", turns=masked(room))

    raw = b"".join(path.read_bytes() for path in room.data.parent.glob("ledger.sqlite*"))
    for name in (b"Keane Haulage", b"Shah", b"Sarah", b"4417"):
        assert name not in raw
    assert b"Dermot" not in str(room.audit.lines).encode()


def test_a_call_without_an_objection_makes_a_draft_that_asks_for_one(room: Room) -> None:
    turns = [
        {"speaker": "collector", "text": "Hello there."},
        {"speaker": "client", "text": "Good morning to you."},
    ]

    draft = room.calls.propose(TRAINER, slug="quiet", title="Quiet", turns=turns)

    assert draft["turning_points"] == []
    assert draft["faults"]


def test_a_name_that_is_taken_leaves_everything_as_it_was(room: Room) -> None:
    with pytest.raises(ConflictError):
        room.calls.propose(TRAINER, slug="cash-flow-cafe", title="X", turns=masked(room))
    with pytest.raises(InvalidInputError):
        room.calls.propose(TRAINER, slug="No Good!", title="X", turns=masked(room))

    assert all(not one["draft_id"] for one in room.studio.documents(TRAINER))


def test_without_ears_no_draft_is_left_behind(room: Room) -> None:
    turns = masked(room)
    room.ears.is_on = False

    with pytest.raises(UnavailableError):
        room.calls.propose(TRAINER, slug="sixty-days", title="X", turns=turns)

    assert all(not one["draft_id"] for one in room.studio.documents(TRAINER))


@pytest.mark.parametrize(
    "turns",
    [
        [],
        [{"speaker": "collector", "text": "Hello."}],
        [{"speaker": "nobody", "text": "Hello."}],
        [{"speaker": "client", "text": "x" * 5_000}],
        [{"speaker": "client"}],
    ],
)
def test_turns_that_are_no_call_are_refused(room: Room, turns: list[dict[str, str]]) -> None:
    with pytest.raises(InvalidInputError):
        room.calls.propose(TRAINER, slug="a", title="A", turns=turns)


def test_more_than_a_call_is_refused(room: Room) -> None:
    with pytest.raises(TooLargeError):
        room.calls.propose(
            TRAINER, slug="a", title="A", turns=[{"speaker": "client", "text": "No."}] * 2_000
        )
