"""Publishing from the wish to its end, over a world that can fail or die at every single step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.core.errors import (
    ConflictError,
    ContentError,
    Fault,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
)
from bot.services.studio_ports import (
    DraftConflictError,
    PublicationRecord,
    PublicationStatus,
)
from tests.publishing_fakes import (
    ADA,
    FLORIST,
    HAULIER,
    LESSONS,
    LIMITS,
    NEW_MODEL,
    NEW_TEXT,
    OLD_MODEL,
    OLD_TEXT,
    PERSONA,
    SAM,
    TESS,
    Desk,
    Publications,
    Work,
    World,
    fresh,
    judged,
)

REASON = "The new lines matter more; agreed with Omar on 20 November."


@pytest.fixture
def world() -> World:
    return fresh()


def publish(world: World, *drafts: tuple[str, int], **more: Any) -> dict[str, Any]:
    return world.publishing().request(TESS, drafts, "New lines for the haulier", **more)


def result(world: World, document: dict[str, Any]) -> dict[str, Any]:
    return world.publishing().get(ADA, document["id"])


def texts(world: World, name: Any = HAULIER) -> list[tuple[int, str | None]]:
    return [(each.number, each.text) for each in Work(world).versions.of(name)]


# In service


def test_a_draft_with_new_lines_goes_into_service_with_model_files_and_versions(
    world: World,
) -> None:
    draft = world.draft(HAULIER, NEW_TEXT)
    asked = publish(world, draft)
    assert (asked["status"], asked["progress"]) == ("queued", 0)

    assert world.job().run_next()

    done = result(world, asked)
    assert (done["status"], done["stage"], done["progress"]) == ("in_service", "done", 100)
    assert (done["model_before"], done["model_after"]) == (OLD_MODEL, NEW_MODEL)
    assert world.files[HAULIER.path] == NEW_TEXT
    assert world.files[LESSONS].startswith("try me")
    assert (world.pointer, world.running) == (NEW_MODEL, NEW_MODEL)
    assert texts(world) == [(1, NEW_TEXT), (0, OLD_TEXT)]
    assert world.ledger.drafts == {}
    assert world.events == ["publication_requested", "publication_in_service"]
    assert [row["what"] for row in done["report"]["smoke"]] == ["model", "new_lines", "kept_turns"]
    assert done["report"]["trained"]
    assert {"train", "compare", "total"} <= set(done["report"]["seconds"])
    assert done["documents"][0]["title"] == "“Sixty days”, again"
    assert not world.job().run_next()


def test_the_stages_are_in_the_ledger_as_they_begin(world: World) -> None:
    publish(world, world.draft(HAULIER, NEW_TEXT))
    world.job().run_next()

    stages = [s.split()[2] for s in world.steps if s.startswith("ledger running")]
    assert list(dict.fromkeys(stages)) == ["check", "train", "compare", "switch", "smoke"]
    assert world.steps.index("ledger running switch") < world.steps.index("load")


def test_what_is_being_done_can_be_read_in_plain_words(world: World) -> None:
    asked = publish(world, world.draft(HAULIER, NEW_TEXT))
    seen: list[dict[str, Any]] = []
    world.while_training = lambda: seen.append(result(world, asked))
    world.job().run_next()

    assert seen[0]["words"] == "Training a model on the new lines."
    assert (seen[0]["status"], seen[0]["report"]) == ("running", None)
    assert result(world, asked)["words"] == "In service."


def test_a_change_that_teaches_nothing_is_switched_without_training(world: World) -> None:
    asked = world.publishing().request(ADA, [world.draft(LIMITS, "limit: 20")], "Higher limits")
    world.job().run_next()

    done = result(world, asked)
    assert done["status"] == "in_service"
    assert not done["report"]["trained"]
    assert done["model_after"] is None
    assert world.files[LIMITS.path] == "limit: 20"
    assert not {"train", "load", "put pointer"} & set(world.steps)


def test_lines_that_are_taken_away_are_trained_away(world: World) -> None:
    world.files |= {HAULIER.path: NEW_TEXT, LESSONS: "try me when the diary is empty"}
    publish(world, world.draft(HAULIER, OLD_TEXT))
    world.job().run_next()

    assert LESSONS not in world.files
    assert world.pointer == NEW_MODEL


def test_what_others_rest_on_is_written_first(world: World) -> None:
    scenario = world.draft(FLORIST, "persona: builder\ntitle: Roses")
    persona = world.draft(PERSONA, "name: Bill")
    publish(world, scenario, persona)
    world.job().run_next()

    assert world.steps.index(f"put {PERSONA.path}") < world.steps.index(f"put {FLORIST.path}")


def test_without_a_running_assistant_the_pointer_decides(world: World) -> None:
    world.running = None
    asked = publish(world, world.draft(HAULIER, NEW_TEXT))
    world.job().run_next()

    done = result(world, asked)
    assert done["status"] == "in_service"
    assert world.pointer == NEW_MODEL
    assert done["report"]["smoke"][0]["what"] == "server"
    # It starts meanwhile, on the model before: it is brought in line.
    assert not world.job().align()
    world.running = OLD_MODEL
    assert world.job().align()
    assert world.running == NEW_MODEL


def test_a_draft_that_was_saved_meanwhile_stays_open(world: World) -> None:
    draft = world.draft(HAULIER, NEW_TEXT)
    publish(world, draft)
    world.while_training = lambda: world.edit(draft[0], NEW_TEXT + " and more")
    world.job().run_next()

    assert world.files[HAULIER.path] == NEW_TEXT
    assert world.ledger.drafts[draft[0]].text.endswith("and more")


def test_a_draft_that_was_discarded_meanwhile_harms_nothing(world: World) -> None:
    draft = world.draft(HAULIER, NEW_TEXT)
    asked = publish(world, draft)
    del world.ledger.drafts[draft[0]]
    world.job().run_next()

    assert result(world, asked)["status"] == "in_service"


def test_a_text_written_by_hand_between_two_publications_is_kept_as_a_version(
    world: World,
) -> None:
    publish(world, world.draft(HAULIER, NEW_TEXT))
    world.job().run_next()
    world.files[HAULIER.path] = "by hand"
    publish(world, world.draft(HAULIER, "third"))
    world.job().run_next()

    assert texts(world) == [(3, "third"), (2, "by hand"), (1, NEW_TEXT), (0, OLD_TEXT)]


# Who may, and what is refused at once


def test_collectors_see_and_publish_nothing(world: World) -> None:
    draft = world.draft(HAULIER, NEW_TEXT)
    for wish in (
        lambda: world.publishing().request(SAM, [draft], "x"),
        lambda: world.publishing().all(SAM),
        lambda: world.publishing().roll_back(SAM),
    ):
        with pytest.raises(ForbiddenError):
            wish()


def test_house_rules_are_published_by_administrators_only(world: World) -> None:
    draft = world.draft(LIMITS, "limit: 20")
    with pytest.raises(ForbiddenError, match="administrators"):
        publish(world, draft)
    assert world.publishing().request(ADA, [draft], "Higher")["status"] == "queued"


def test_a_revision_that_moved_is_told_with_what_is_there_now(world: World) -> None:
    draft = world.draft(HAULIER, NEW_TEXT)
    world.edit(draft[0], "newer")
    with pytest.raises(DraftConflictError) as told:
        publish(world, draft)
    assert told.value.current.text == "newer"


def test_faults_are_refused_before_anything_is_queued(world: World) -> None:
    with pytest.raises(ContentError, match="Mend it"):
        publish(world, world.draft(HAULIER, "faulty"))
    assert world.ledger.publications == {}


def test_the_same_document_is_not_published_twice_at_once_and_others_wait_their_turn(
    world: World,
) -> None:
    draft = world.draft(HAULIER, NEW_TEXT)
    publish(world, draft)
    with pytest.raises(ConflictError, match="under way"):
        publish(world, draft)
    second = publish(world, world.draft(FLORIST, "title: Roses"))
    job = world.job()
    assert job.run_next()
    assert result(world, second)["status"] == "queued"
    assert job.run_next()
    assert result(world, second)["status"] == "in_service"


@pytest.mark.parametrize(("note", "drafts"), [("  ", 1), ("x" * 501, 1), ("fine", 0)])
def test_a_note_and_a_draft_are_needed(world: World, note: str, drafts: int) -> None:
    chosen = [world.draft(HAULIER, NEW_TEXT)][:drafts]
    with pytest.raises(InvalidInputError):
        world.publishing().request(TESS, chosen, note)


def test_what_is_in_service_already_is_not_published_again(world: World) -> None:
    with pytest.raises(InvalidInputError, match="nothing to publish"):
        publish(world, world.draft(HAULIER, OLD_TEXT))


def test_a_publication_that_waits_can_be_cancelled_and_no_other(world: World) -> None:
    asked = publish(world, world.draft(HAULIER, NEW_TEXT))
    assert world.publishing().cancel(TESS, asked["id"])["status"] == "cancelled"
    assert not world.job().run_next()
    with pytest.raises(ConflictError):
        world.publishing().cancel(TESS, asked["id"])


def test_what_the_worker_begins_at_that_very_moment_is_not_cancelled(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = publish(world, world.draft(HAULIER, NEW_TEXT))
    gone_on_after(monkeypatch, "get", PublicationStatus.RUNNING)
    with pytest.raises(ConflictError, match="running"):
        world.publishing().cancel(TESS, asked["id"])
    assert "publication_cancelled" not in world.events


def gone_on_after(
    monkeypatch: pytest.MonkeyPatch, reading: str, becomes: PublicationStatus
) -> None:
    """Another process gets on with a publication right after it was read."""
    read = getattr(Publications, reading)

    def late(self: Publications, *which: str) -> PublicationRecord | None:
        found: PublicationRecord | None = read(self, *which)
        if found is not None:
            self._all[found.id] = replace(found, status=becomes)
        return found

    monkeypatch.setattr(Publications, reading, late)


def test_a_file_that_was_changed_by_hand_meanwhile_is_not_written_over(world: World) -> None:
    draft = world.draft(HAULIER, NEW_TEXT)
    asked = publish(world, draft)
    world.files[HAULIER.path] = "by hand"
    world.job().run_next()

    done = result(world, asked)
    assert done["status"] == "refused"
    assert "changed by hand" in done["error"]
    assert world.files[HAULIER.path] == "by hand"
    assert draft[0] in world.ledger.drafts


def test_faults_that_came_up_since_are_listed(world: World) -> None:
    asked = publish(world, world.draft(HAULIER, NEW_TEXT))
    world.broken.add(str(HAULIER))
    world.job().run_next()

    done = result(world, asked)
    assert (done["status"], done["may_override"]) == ("refused", False)
    assert done["faults"][0]["remedy"] == "Mend it."


# A model that hears less


WORSE = (
    *judged("vulnerability", "vulnerability", "vulnerability", times=20),
    *judged("vulnerability", "vulnerability", "cash_flow", "since he died", times=7),
    *judged("stalling", "stalling", "stalling", times=30),
)


def test_a_model_that_hears_less_is_refused_with_labels_and_examples(world: World) -> None:
    world.judgements = WORSE
    draft = world.draft(HAULIER, NEW_TEXT)
    before = world.state()
    asked = publish(world, draft)
    world.job().run_next()

    done = result(world, asked)
    assert done["status"] == "refused"
    assert "recall of vulnerability fell from 1.000 to 0.741 (margin 0.02)" in done["error"]
    refusal = next(r for r in done["report"]["refusals"] if r["label"] == "vulnerability")
    assert len(refusal["examples"]) == 5
    assert refusal["examples"][0] == {
        "text": "since he died 0",
        "truth": ["vulnerability"],
        "before": ["vulnerability"],
        "after": ["cash_flow"],
    }
    assert world.state() == before
    assert world.candidates == set()
    assert "publication_refused" in world.events
    assert done["may_override"]
    assert not world.publishing().get(TESS, asked["id"])["may_override"]


def test_an_administrator_may_override_with_a_reason_that_is_recorded(world: World) -> None:
    world.judgements = WORSE
    draft = world.draft(HAULIER, NEW_TEXT)
    asked = world.publishing().request(ADA, [draft], "Lines", override_reason=REASON)
    world.hears = lambda model, text: frozenset(
        {"stalling"} if text.startswith(("a kept", "try", "another")) else {"cash_flow"}
    )
    world.judgements = tuple(replace(j, after=world.hears("", j.text)) for j in WORSE)
    world.job().run_next()

    assert result(world, asked)["status"] == "in_service"
    assert result(world, asked)["report"]["overridden"]
    [line] = [line for line in world.audit if line[0] == "publication_overridden"]
    assert line[1] == ADA.user_id
    assert line[3]["reason"] == REASON


def test_only_administrators_override_and_never_without_a_reason(world: World) -> None:
    draft = world.draft(HAULIER, NEW_TEXT)
    with pytest.raises(ForbiddenError):
        publish(world, draft, override_reason=REASON)
    with pytest.raises(InvalidInputError):
        world.publishing().request(ADA, [draft], "x", override_reason="because")


# The last check


def test_new_lines_that_are_not_heard_bring_the_model_before_back(world: World) -> None:
    world.hears = lambda model, text: frozenset({"abuse" if "diary" in text else "stalling"})
    draft = world.draft(HAULIER, NEW_TEXT)
    before = world.state()
    asked = publish(world, draft)
    world.job().run_next()

    done = result(world, asked)
    assert done["status"] == "failed"
    assert "1 of 2 new lines" in done["error"]
    assert done["report"]["smoke"][1]["missed"][0]["heard"] == ["abuse"]
    assert world.state() == before


def test_another_model_than_the_one_that_was_trained_is_noticed(world: World) -> None:
    world.judgements = judged("stalling", "stalling", "refusal", times=1) * 9 + world.judgements
    world.judgements = tuple(replace(j, after=frozenset({"refusal"})) for j in world.judgements)
    before = world.state()
    asked = world.publishing().request(
        ADA, [world.draft(HAULIER, NEW_TEXT, ADA)], "Lines", override_reason=REASON
    )
    world.job().run_next()

    assert "0 of 24 kept turns" in result(world, asked)["error"]
    assert world.state()["running"] == before["running"]


# Roll-back


def rolled_back(world: World) -> dict[str, Any]:
    asked = publish(world, world.draft(HAULIER, NEW_TEXT))
    world.job().run_next()
    assert result(world, asked)["may_roll_back"]
    waiting = world.publishing().roll_back(TESS)
    assert waiting["words"] == "Waiting to be rolled back."
    assert not waiting["may_roll_back"]
    return asked


def test_a_roll_back_brings_files_and_model_back_and_keeps_it_as_a_version(world: World) -> None:
    files = dict(world.files)
    asked = rolled_back(world)
    assert world.job().run_next()

    done = result(world, asked)
    assert (done["status"], done["rolled_back_by"]) == ("rolled_back", TESS.name)
    assert world.files == files
    assert (world.pointer, world.running) == (OLD_MODEL, OLD_MODEL)
    assert texts(world) == [(2, OLD_TEXT), (1, NEW_TEXT), (0, OLD_TEXT)]
    assert world.events[-1] == "rolled_back"
    with pytest.raises(ConflictError):
        world.publishing().roll_back(TESS, asked["id"])
    with pytest.raises(NotFoundError):
        world.publishing().roll_back(TESS)


def test_a_new_document_is_taken_away_again(world: World) -> None:
    publish(world, world.draft(FLORIST, "title: Roses"))
    world.job().run_next()
    world.publishing().roll_back(TESS)
    world.job().run_next()

    assert FLORIST.path not in world.files
    assert texts(world, FLORIST) == [(2, None), (1, "title: Roses")]


def test_only_the_newest_in_service_can_be_rolled_back(world: World) -> None:
    first = publish(world, world.draft(HAULIER, NEW_TEXT))
    second = publish(world, world.draft(FLORIST, "title: Roses"))
    with pytest.raises(NotFoundError):
        world.publishing().roll_back(TESS)
    job = world.job()
    job.run_next()
    with pytest.raises(ConflictError, match="being published"):
        world.publishing().roll_back(TESS)
    job.run_next()
    with pytest.raises(ConflictError, match="Later publications"):
        world.publishing().roll_back(TESS, first["id"])
    world.publishing().roll_back(TESS, second["id"])
    job.run_next()
    assert FLORIST.path not in world.files
    world.publishing().roll_back(TESS, first["id"])
    job.run_next()
    assert world.files[HAULIER.path] == OLD_TEXT


def test_a_file_changed_by_hand_since_is_not_rolled_back(world: World) -> None:
    publish(world, world.draft(HAULIER, NEW_TEXT))
    world.job().run_next()
    world.files[HAULIER.path] = "by hand"
    with pytest.raises(ConflictError, match="by hand"):
        world.publishing().roll_back(TESS)


def test_what_a_scenario_written_by_hand_rests_on_is_not_taken_away(world: World) -> None:
    asked = publish(world, world.draft(PERSONA, "name: Bill"))
    world.job().run_next()
    world.files[FLORIST.path] = "persona: builder\ntitle: Roses"
    world.publishing().roll_back(TESS)
    world.job().run_next()

    done = result(world, asked)
    assert done["status"] == "in_service"
    assert "no persona builder" in done["error"]
    assert PERSONA.path in world.files


def test_a_model_that_is_gone_stops_the_roll_back_and_all_stays_in_service(world: World) -> None:
    asked = rolled_back(world)
    world.archives.discard(OLD_MODEL)
    world.job().run_next()

    done = result(world, asked)
    assert done["status"] == "in_service"
    assert "There is no model" in done["error"]
    assert world.files[HAULIER.path] == NEW_TEXT
    assert (world.pointer, world.running) == (NEW_MODEL, NEW_MODEL)
    assert not world.job().run_next()
    assert done["may_roll_back"]


def test_a_roll_back_that_was_done_meanwhile_is_not_asked_for_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(world, world.draft(HAULIER, NEW_TEXT))
    world.job().run_next()
    gone_on_after(monkeypatch, "standing", PublicationStatus.ROLLED_BACK)
    with pytest.raises(ConflictError, match="rolled_back by now"):
        world.publishing().roll_back(TESS)


def test_a_roll_back_of_what_cannot_be_read_any_more_is_given_up_and_holds_nobody_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = rolled_back(world)
    before = world.state()

    def training_file(*_: Any) -> None:
        raise ContentError((Fault("data/x.yml", 1, "This key is new.", "Add it."),))

    with monkeypatch.context() as patched:
        patched.setattr(Desk, "training_file", training_file)
        assert world.job().run_next()
    assert world.state() == before
    assert result(world, asked)["error"].startswith("The roll-back did not go through")
    other = publish(world, world.draft(FLORIST, "id: florist\n"))
    assert world.job().run_next()
    assert result(world, other)["status"] == "in_service"


def test_nothing_is_published_while_a_roll_back_waits(world: World) -> None:
    rolled_back(world)
    with pytest.raises(ConflictError, match="roll-back"):
        publish(world, world.draft(FLORIST, "title: Roses"))
