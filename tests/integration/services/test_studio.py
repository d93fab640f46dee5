"""What trainers and administrators do with documents: nobody's words are lost, and nobody does what is not theirs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.core.coaching.advice import Role
from bot.core.errors import (
    ConflictError,
    ContentError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    ParleyError,
    TooLargeError,
)
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.services.ports import Viewer
from bot.services.studio_ports import DraftConflictError, VersionRecord
from tests.studio_fakes import (
    ADA,
    CAFE,
    CAFE_TEXT,
    CARD,
    COOK,
    LAW,
    LIMITS,
    TARA,
    TOM,
    StudioRoom,
    studio_room,
)

PEOPLE = {role: Viewer(f"usr_{role.value}", role.value.title(), role) for role in Role}


@pytest.fixture
def room() -> StudioRoom:
    return studio_room(people=(TARA, TOM, ADA, *PEOPLE.values()))


def published(room: StudioRoom, text: str | None, number: int = 1) -> None:
    with room.unit_of_work() as work:
        now = room.clock.now()
        if number == 1:
            work.versions.add(VersionRecord(CAFE, 0, CAFE_TEXT, None, now, "", None))
        work.versions.add(VersionRecord(CAFE, number, text, TARA.user_id, now, "better", None))
        work.commit()
    if text is None:
        room.desk.files.pop(CAFE, None)
    else:
        room.desk.files[CAFE] = text


# --- the list ---------------------------------------------------------------------------------------------------


def test_the_list_tells_the_state_of_every_document(room: StudioRoom) -> None:
    draft = room.studio.open(TARA, CAFE)
    [cafe] = room.studio.documents(TARA, "scenario")
    assert (cafe["state"], cafe["draft_id"], cafe["edited_by"]) == ("shipped", None, None)

    room.studio.save(TARA, draft["id"], draft["revision"], text=CAFE_TEXT + "minutes: 9\n")
    room.studio.create(TOM, "scenario", "late-fee", title="The late fee")
    found = {one["name"]: one for one in room.studio.documents(TARA)}

    assert found["scenario:cash-flow-cafe"]["state"] == "draft"
    assert found["scenario:late-fee"]["state"] == "new"
    assert found["scenario:late-fee"]["edited_by"] == "Tom"
    assert found["scenario:late-fee"]["title"] == "The late fee"
    assert found["playbook:stalling"]["state"] == "shipped"
    assert found["scenario:cash-flow-cafe"]["levels"] == [1, 2, 3]
    assert found["scenario:cash-flow-cafe"]["objection"] == "cash_flow"
    assert [one["kind"] for one in room.studio.documents(TARA)] == sorted(
        (one["kind"] for one in found.values()), key=list(DocumentKind).index
    )


def test_a_published_document_has_its_version(room: StudioRoom) -> None:
    published(room, CAFE_TEXT + "minutes: 8\n")
    [cafe] = room.studio.documents(TARA, "scenario")

    assert (cafe["state"], cafe["version"], cafe["draft_id"], cafe["faults"]) == (
        "published",
        1,
        None,
        None,
    )


def test_faults_of_drafts_are_counted_in_the_list(room: StudioRoom) -> None:
    draft = room.studio.open(TARA, CAFE)
    room.studio.save(TARA, draft["id"], 1, text="wrong\nwrong again\n")
    [cafe] = room.studio.documents(TARA, "scenario")

    assert cafe["faults"] == 2


# --- who may what -----------------------------------------------------------------------------------------------

CHANGES: dict[str, Callable[[StudioRoom, Viewer, DocumentName], Any]] = {
    "open": lambda room, who, name: room.studio.open(who, name),
    "save": lambda room, who, name: room.studio.save(
        who, room.studio.open(ADA, name)["id"], 1, text="id: x\n"
    ),
    "save_data": lambda room, who, name: room.studio.save(
        who, room.studio.open(ADA, name)["id"], 1, data={"id": "x"}
    ),
    "restore": lambda room, who, name: room.studio.restore(
        who, room.studio.open(ADA, name)["id"], 1, 1
    ),
    "discard": lambda room, who, name: room.studio.discard(who, room.studio.open(ADA, name)["id"]),
    "draft_of_version": lambda room, who, name: room.studio.draft_of_version(who, name, 0),
    "import": lambda room, who, name: room.studio.import_(
        who, "x.zip", room.desk.pack({name: room.desk.files[name] + "more: yes\n"})
    ),
}
READS: dict[str, Callable[[StudioRoom, Viewer, DocumentName], Any]] = {
    "documents": lambda room, who, name: room.studio.documents(who, name.kind),
    "read": lambda room, who, name: room.studio.read(who, room.studio.open(ADA, name)["id"]),
    "check": lambda room, who, name: room.studio.check(who, name, text="id: x"),
    "revisions": lambda room, who, name: room.studio.revisions(
        who, room.studio.open(ADA, name)["id"]
    ),
    "form": lambda room, who, name: room.studio.form(who, name.kind),
    "versions": lambda room, who, name: room.studio.versions(who, name),
    "version": lambda room, who, name: room.studio.version(who, name, 0),
    "difference": lambda room, who, name: room.studio.difference(who, name, 0, 0),
    "export": lambda room, who, name: room.studio.export(who, [name]),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", [CAFE, COOK, CARD, LIMITS, LAW], ids=str)
@pytest.mark.parametrize("what", CHANGES)
def test_only_editors_of_a_kind_change_it(
    room: StudioRoom, what: str, name: DocumentName, role: Role
) -> None:
    trainers_too = name.kind in ("scenario", "persona", "playbook")
    allowed = role is Role.ADMIN or (role is Role.TRAINER and trainers_too)
    if allowed:
        CHANGES[what](room, PEOPLE[role], name)
    else:
        with pytest.raises(ForbiddenError):
            CHANGES[what](room, PEOPLE[role], name)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", [CAFE, LIMITS, LAW], ids=str)
@pytest.mark.parametrize("what", READS)
def test_trainers_and_administrators_read_everything_and_nobody_else_anything(
    room: StudioRoom, what: str, name: DocumentName, role: Role
) -> None:
    if role in (Role.TRAINER, Role.ADMIN):
        READS[what](room, PEOPLE[role], name)
    else:
        with pytest.raises(ForbiddenError):
            READS[what](room, PEOPLE[role], name)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", ["scenario", "persona"])
def test_only_editors_begin_documents(room: StudioRoom, kind: str, role: Role) -> None:
    if role in (Role.TRAINER, Role.ADMIN):
        assert room.studio.create(PEOPLE[role], kind, "new-one")["is_new"]
    else:
        with pytest.raises(ForbiddenError):
            room.studio.create(PEOPLE[role], kind, "new-one")


def test_a_trainer_reads_the_draft_of_house_rules_that_an_administrator_began(
    room: StudioRoom,
) -> None:
    begun = room.studio.open(ADA, LIMITS)
    shown = room.studio.open(TARA, LIMITS)

    assert (shown["id"], shown["may_edit"], begun["may_edit"]) == (begun["id"], False, True)


# --- drafts -----------------------------------------------------------------------------------------------------


def test_a_new_document_is_blank_a_copy_or_a_text(room: StudioRoom) -> None:
    blank = room.studio.create(TARA, "scenario", "one", title="One")
    copy = room.studio.create(TARA, "scenario", "two", title="Two", copy_of="cash-flow-cafe")
    of_draft = room.studio.create(TARA, "scenario", "three", copy_of="scenario:one")
    given = room.studio.create(TARA, "scenario", "four", text="id: four\r\ntitle: Four\r\n")

    assert blank["text"] == "id: one\ntitle: One\n"
    assert copy["text"].startswith("# the street is closed\nid: two\ntitle: Two\n")
    assert of_draft["text"] == "id: three\ntitle: Three\n"
    assert given["text"] == "id: four\ntitle: Four\n"
    assert (blank["revision"], blank["base_version"], blank["is_new"]) == (1, None, True)
    assert (blank["edited_by"], blank["data"]["title"]) == ("Tara", "One")
    assert not blank["changed_elsewhere"]


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        ({"kind": "poem", "slug": "x"}, InvalidInputError),
        ({"kind": "house", "slug": "x"}, InvalidInputError),
        ({"slug": "Bad Slug"}, InvalidInputError),
        ({"slug": "../../etc/passwd"}, InvalidInputError),
        ({"slug": ""}, InvalidInputError),
        ({"slug": "x" * 65}, InvalidInputError),
        ({"slug": "x\n"}, InvalidInputError),
        ({"slug": "cash-flow-cafe"}, ConflictError),
        ({"copy_of": "none-such"}, NotFoundError),
        ({"copy_of": "persona:weary-cafe-owner"}, InvalidInputError),
        ({"copy_of": "cash-flow-cafe", "text": "id: x"}, InvalidInputError),
        ({"title": "long " * 100}, InvalidInputError),
        ({"title": "half \ud83d"}, InvalidInputError),
        ({"text": "id: \x00"}, InvalidInputError),
        ({"text": "id: \udc00"}, InvalidInputError),
        ({"text": "x" * 5_000_000}, TooLargeError),
        ({"text": "é" * 600_000}, TooLargeError),
    ],
)
def test_a_bad_wish_is_refused_and_leaves_nothing(
    room: StudioRoom, wish: dict[str, Any], error: type[ParleyError]
) -> None:
    with pytest.raises(error):
        room.studio.create(ADA, **{"kind": "scenario", "slug": "new-one", **wish})
    assert all(one["draft_id"] is None for one in room.studio.documents(ADA))
    assert room.events() == []


def test_a_document_whose_draft_exists_is_not_begun_again(room: StudioRoom) -> None:
    room.studio.create(TARA, "scenario", "new-one")
    with pytest.raises(ConflictError):
        room.studio.create(TOM, "scenario", "new-one")


def test_opening_twice_gives_the_same_draft(room: StudioRoom) -> None:
    first = room.studio.open(TARA, "cash-flow-cafe")
    second = room.studio.open(TOM, "scenario:cash-flow-cafe")

    assert (first["id"], first["text"], first["base_version"]) == (second["id"], CAFE_TEXT, 0)
    assert room.events() == ["draft_created"]
    with pytest.raises(NotFoundError):
        room.studio.open(TARA, "scenario:none-such")
    with pytest.raises(InvalidInputError):
        room.studio.open(TARA, "poem:x")


def test_the_second_of_two_trainers_is_told_and_nothing_is_lost(room: StudioRoom) -> None:
    draft = room.studio.open(TARA, CAFE)
    room.studio.save(TARA, draft["id"], 1, text=CAFE_TEXT + "minutes: 8\n")
    with pytest.raises(DraftConflictError) as told:
        room.studio.save(TOM, draft["id"], 1, text=CAFE_TEXT + "minutes: 9\n")
    with pytest.raises(DraftConflictError):
        room.studio.save(TOM, draft["id"], 1, data={"minutes": 9})

    assert told.value.edited_by == "Tara"
    assert told.value.current.revision == 2
    assert room.studio.read(TOM, draft["id"])["text"].endswith("minutes: 8\n")
    saved = room.studio.save(TOM, draft["id"], told.value.current.revision, text="id: tom's\n")
    assert saved["revision"] == 3
    texts = [one["revision"] for one in room.studio.revisions(TARA, draft["id"])]
    assert texts == [3, 2, 1]


def test_two_who_save_in_the_same_moment_are_one_saver_and_one_who_is_told(
    tmp_path: Path,
) -> None:
    room = studio_room(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    draft = room.studio.open(TARA, CAFE)
    gate, told = threading.Barrier(2), []

    def save(who: Viewer) -> None:
        gate.wait()
        try:
            room.studio.save(who, draft["id"], 1, text=f"id: {who.name}\n")
        except DraftConflictError as error:
            told.append((who.name, error.current.text))

    threads = [threading.Thread(target=save, args=(who,)) for who in (TARA, TOM)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    [(second, text)] = told
    assert text == f"id: {'Tara' if second == 'Tom' else 'Tom'}\n"
    assert room.studio.read(TARA, draft["id"])["text"] == text


def test_an_unchanged_text_makes_no_revision(room: StudioRoom) -> None:
    draft = room.studio.open(TARA, CAFE)
    again = room.studio.save(TARA, draft["id"], 1, text=CAFE_TEXT)

    assert again["revision"] == 1
    assert room.events() == ["draft_created"]


def test_a_form_keeps_comments_and_lines_that_nobody_touched(room: StudioRoom) -> None:
    draft = room.studio.open(TARA, CAFE)
    saved = room.studio.save(TARA, draft["id"], 1, data={"title": "Closed"})

    assert saved["text"] == CAFE_TEXT.replace('"The street is closed"', "Closed")
    assert saved["data"]["title"] == "Closed"


def test_a_text_with_faults_is_kept_and_every_fault_told(room: StudioRoom) -> None:
    draft = room.studio.open(TARA, CAFE)
    saved = room.studio.save(TARA, draft["id"], 1, text="id: x\nwrong\nwrong\n")
    broken = room.studio.save(TARA, draft["id"], 2, text="id: x\n\tid: y\n")

    assert [fault["line"] for fault in saved["faults"]] == [2, 3]
    assert saved["faults"][0]["field"] == "account.0.total"
    assert saved["faults"][0]["place"] == ["account", 0, "total"]
    assert saved["faults"][0]["remedy"]
    assert (broken["data"], broken["faults"][0]["line"]) == (None, 2)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({}, InvalidInputError),
        ({"text": "x", "data": {}}, InvalidInputError),
        ({"text": "x" * 1_000_001}, TooLargeError),
        ({"text": "one\ntwo \x00"}, InvalidInputError),
        ({"data": {"title": "\ud800"}}, InvalidInputError),
    ],
)
def test_what_cannot_be_kept_is_refused_and_the_draft_stays(
    room: StudioRoom, content: dict[str, Any], error: type[ParleyError]
) -> None:
    draft = room.studio.open(TARA, CAFE)
    with pytest.raises(error):
        room.studio.save(TARA, draft["id"], 1, **content)
    with pytest.raises(error):
        room.studio.check(TARA, CAFE, **content)
    assert room.studio.read(TARA, draft["id"])["revision"] == 1


def test_a_check_stores_nothing(room: StudioRoom) -> None:
    told = room.studio.check(TARA, CAFE, text="wrong\nhint: short\n")
    of_form = room.studio.check(TARA, CAFE, data={"wrong": "yes"})
    of_new = room.studio.check(TARA, "scenario:not-there-yet", data={"title": "New"})

    assert [fault["line"] for fault in told["faults"]] == [1]
    assert [hint["line"] for hint in told["hints"]] == [1]
    assert [fault["line"] for fault in of_form["faults"]] == [7]
    assert of_new["data"] == {"id": "not-there-yet", "title": "New"}
    assert room.studio.documents(TARA, "scenario")[0]["draft_id"] is None


def test_an_earlier_revision_comes_back_as_a_new_one(room: StudioRoom) -> None:
    draft = room.studio.open(TARA, CAFE)
    room.studio.save(TARA, draft["id"], 1, text="id: x\n")
    back = room.studio.restore(TOM, draft["id"], 2, 1)

    assert (back["revision"], back["text"], back["edited_by"]) == (3, CAFE_TEXT, "Tom")
    with pytest.raises(DraftConflictError):
        room.studio.restore(TARA, draft["id"], 1, 2)
    with pytest.raises(NotFoundError):
        room.studio.restore(TARA, draft["id"], 3, 99)


def test_a_draft_is_discarded_unless_somebody_has_saved(room: StudioRoom) -> None:
    draft = room.studio.open(TARA, CAFE)
    room.studio.save(TOM, draft["id"], 1, text="id: x\n")
    with pytest.raises(DraftConflictError):
        room.studio.discard(TARA, draft["id"], 1)
    room.studio.discard(TARA, draft["id"], 2)

    with pytest.raises(NotFoundError):
        room.studio.read(TARA, draft["id"])
    assert room.events()[-1] == "draft_discarded"


def test_a_file_that_changed_since_the_draft_began_is_told(room: StudioRoom) -> None:
    draft = room.studio.open(TARA, CAFE)
    assert not draft["changed_elsewhere"]
    room.desk.files[CAFE] = "id: by hand\n"
    assert room.studio.read(TARA, draft["id"])["changed_elsewhere"]


def test_what_was_published_from_the_draft_itself_is_no_change_elsewhere(room: StudioRoom) -> None:
    draft = room.studio.open(TARA, CAFE)
    room.studio.save(TARA, draft["id"], 1, text="id: better\n")
    published(room, "id: better\n")
    room.studio.save(TARA, draft["id"], 2, text="id: better still\n")

    assert not room.studio.read(TARA, draft["id"])["changed_elsewhere"]


# --- the audit trail --------------------------------------------------------------------------------------------


def test_a_stretch_of_editing_is_one_line_of_the_trail(room: StudioRoom) -> None:
    draft_id = room.studio.open(TARA, CAFE)["id"]
    for revision in range(1, 6):
        room.clock.move(minutes=2)
        room.studio.save(TARA, draft_id, revision, text=f"id: {revision}\n")
    assert room.events() == ["draft_created"]
    room.studio.save(TOM, draft_id, 6, text="id: tom\n")
    assert room.events() == ["draft_created", "draft_saved"]
    room.clock.move(minutes=11)
    room.studio.save(TOM, draft_id, 7, text="id: tom again\n")
    assert room.events() == ["draft_created", "draft_saved", "draft_saved"]
    assert room.audit.lines[-1] == (
        "draft_saved",
        "usr_tom",
        "scenario:cash-flow-cafe",
        {"draft": draft_id, "revision": 8},
    )


# --- versions ---------------------------------------------------------------------------------------------------


def test_what_was_never_published_has_the_version_that_was_shipped(room: StudioRoom) -> None:
    [only] = room.studio.versions(TARA, CAFE)

    assert (only["number"], only["is_in_service"], only["published_by"]) == (0, True, None)
    assert room.studio.version(TARA, CAFE, 0)["text"] == CAFE_TEXT
    with pytest.raises(NotFoundError):
        room.studio.version(TARA, CAFE, 1)
    with pytest.raises(NotFoundError):
        room.studio.versions(TARA, "scenario:none-such")


def test_the_version_in_service_is_the_one_whose_text_the_file_has(room: StudioRoom) -> None:
    published(room, "id: one\n", 1)
    published(room, "id: two\n", 2)
    found = room.studio.versions(TARA, CAFE)
    assert [(v["number"], v["is_in_service"]) for v in found] == [(2, True), (1, False), (0, False)]
    assert found[0]["published_by"] == "Tara"

    room.desk.files[CAFE] = "id: by hand\n"
    assert not any(v["is_in_service"] for v in room.studio.versions(TARA, CAFE))


def test_differences_between_versions_and_the_draft(room: StudioRoom) -> None:
    published(room, CAFE_TEXT + "minutes: 8\n")
    draft = room.studio.open(TARA, CAFE)
    assert draft["base_version"] == 1
    room.studio.save(TARA, draft["id"], 1, text=CAFE_TEXT + "minutes: 9\n")
    shown = room.studio.difference(TARA, CAFE, 1, "draft")
    changed = [(x["kind"], x["text"]) for x in shown["lines"] if x["kind"] != "same"]

    assert changed == [("removed", "minutes: 8"), ("added", "minutes: 9")]
    assert (shown["old"], shown["new"]) == (1, "draft")
    for side in ("x", "-1", "1e3", "9" * 400, "٣"):
        with pytest.raises((InvalidInputError, NotFoundError)):
            room.studio.difference(TARA, CAFE, side, "draft")
    with pytest.raises(NotFoundError):
        room.studio.difference(TARA, COOK, 0, "draft")


def test_an_old_version_becomes_the_draft_and_the_draft_before_is_kept(room: StudioRoom) -> None:
    published(room, CAFE_TEXT + "minutes: 8\n")
    fresh = room.studio.draft_of_version(TARA, CAFE, 0)
    assert (fresh["text"], fresh["revision"]) == (CAFE_TEXT, 1)
    assert not fresh["changed_elsewhere"]

    room.studio.save(TOM, fresh["id"], 1, text="id: tom\n")
    again = room.studio.draft_of_version(TARA, CAFE, 1)
    assert (again["id"], again["text"], again["revision"]) == (
        fresh["id"],
        CAFE_TEXT + "minutes: 8\n",
        3,
    )
    assert len(room.studio.revisions(TARA, fresh["id"])) == 3


def test_a_removal_cannot_become_a_draft(room: StudioRoom) -> None:
    published(room, "id: one\n", 1)
    published(room, None, 2)

    assert room.studio.version(TARA, CAFE, 2)["is_removal"]
    with pytest.raises(ConflictError):
        room.studio.draft_of_version(TARA, CAFE, 2)
    assert room.studio.draft_of_version(TARA, CAFE, 1)["is_new"]


# --- export and import ------------------------------------------------------------------------------------------


def test_one_document_is_exported_as_it_is_in_service(room: StudioRoom) -> None:
    draft = room.studio.open(TARA, CAFE)
    room.studio.save(TARA, draft["id"], 1, text="id: not in service\n")
    room.studio.create(TARA, "scenario", "new-one", text="id: new-one\n")
    file = room.studio.export(TARA, ["cash-flow-cafe"])

    assert (file.file_name, file.media_type) == ("cash-flow-cafe.yml", "application/yaml")
    assert file.content == CAFE_TEXT.encode()
    assert room.studio.export(TARA, ["scenario:new-one"]).content == b"id: new-one\n"
    assert room.events()[-1] == "exported"


def test_a_pack_brings_the_personas_of_its_scenarios(room: StudioRoom) -> None:
    file = room.studio.export(TARA, ["cash-flow-cafe", "playbook:stalling"])

    assert (file.file_name, file.media_type) == ("parley-pack.zip", "application/zip")
    assert set(room.desk.unpack("x.zip", file.content)) == {CAFE, COOK, CARD}
    assert room.studio.export(TARA, ["cash-flow-cafe", "playbook:stalling"]) == file


@pytest.mark.parametrize(
    ("names", "error"),
    [
        ([], InvalidInputError),
        (["none-such"], NotFoundError),
        (["poem:x"], InvalidInputError),
        ([f"scenario:s{n}" for n in range(201)], TooLargeError),
    ],
)
def test_what_cannot_be_exported_is_told(
    room: StudioRoom, names: list[str], error: type[ParleyError]
) -> None:
    with pytest.raises(error):
        room.studio.export(TARA, names)


def test_an_import_makes_drafts_and_says_what_was_like_that_already(room: StudioRoom) -> None:
    new = DocumentName(DocumentKind.SCENARIO, "new-one")
    pack = room.desk.pack({new: "id: new-one\n", CAFE: CAFE_TEXT, COOK: "id: another cook\n"})
    made = room.studio.import_(TARA, "pack.zip", pack)

    assert [d["name"] for d in made["drafts"]] == ["persona:weary-cafe-owner", "scenario:new-one"]
    assert made["unchanged"] == ["scenario:cash-flow-cafe"]
    assert room.events() == ["imported", "imported"]
    again = room.studio.import_(TARA, "pack.zip", pack)
    assert (again["drafts"], len(again["unchanged"])) == ([], 3)


def test_an_import_over_a_draft_keeps_what_stood_there(room: StudioRoom) -> None:
    draft = room.studio.open(TOM, CAFE)
    made = room.studio.import_(TARA, "x.zip", room.desk.pack({CAFE: "id: cash-flow-cafe\n"}))

    assert made["drafts"][0]["id"] == draft["id"]
    assert [r["revision"] for r in room.studio.revisions(TARA, draft["id"])] == [2, 1]
    with pytest.raises(DraftConflictError):
        room.studio.save(TOM, draft["id"], 1, text="id: tom\n")


@pytest.mark.parametrize(
    ("texts", "error"),
    [
        ({CAFE: "id: fine\n", COOK: "wrong\nwrong\n"}, ContentError),
        ({CAFE: "id: fine\n", LIMITS: "source: mine\n"}, ForbiddenError),
        ({CAFE: "id: fine\n", COOK: "id: \x00\n"}, InvalidInputError),
    ],
)
def test_an_import_with_one_fault_changes_nothing(
    room: StudioRoom, texts: dict[DocumentName, str], error: type[ParleyError]
) -> None:
    with pytest.raises(error):
        room.studio.import_(TARA, "pack.zip", room.desk.pack(texts))
    assert all(one["draft_id"] is None for one in room.studio.documents(ADA))
    assert room.events() == []


def test_a_kind_with_a_fixed_set_takes_in_no_new_document(room: StudioRoom) -> None:
    new = DocumentName(DocumentKind.HOUSE, "more-rules")
    with pytest.raises(InvalidInputError):
        room.studio.import_(ADA, "x.zip", room.desk.pack({new: "id: x\n"}))


def test_a_file_that_is_too_large_is_not_even_opened(room: StudioRoom) -> None:
    with pytest.raises(TooLargeError):
        room.studio.import_(TARA, "x.yml", b"x" * 5_000_001)
