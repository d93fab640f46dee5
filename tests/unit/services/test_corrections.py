"""Trainers decide on corrections: once, with everything checked, and with a trace."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from bot.core.coaching.advice import Role
from bot.core.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    UnavailableError,
)
from bot.core.labels import Speaker
from bot.core.rehearsal.repertoire import Repertoire
from bot.services.correction_ports import ACCEPTED, DISMISSED
from bot.services.corrections import Corrections, Edits, proposal_document
from tests.correction_fakes import TRAINER, WORDS, CorrectionsAtWork, InMemoryLines, a_correction
from tests.fakes import FixedClock, RecordedAudit


@dataclass
class Desk:
    """The use cases with everything they touch."""

    work: CorrectionsAtWork = field(default_factory=CorrectionsAtWork)
    lines: InMemoryLines = field(default_factory=InMemoryLines)
    audit: RecordedAudit = field(default_factory=RecordedAudit)

    def __post_init__(self) -> None:
        self.work.corrections.corrections.append(a_correction())
        self.corrections = Corrections(
            lambda: self.work, self.lines, self.audit, FixedClock(), lambda: Repertoire({}, {})
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_correction_comes_with_the_line_it_could_become(desk: Desk) -> None:
    [proposal] = desk.corrections.open(TRAINER)

    assert "ruth" not in proposal.text
    assert "4417" not in proposal.text
    assert {each.kind for each in proposal.replacements} == {"person", "number"}
    assert (proposal.labels, proposal.heat) == (("terms_dispute",), 1)
    assert (proposal.style, proposal.industry) == ("asr", "bakery")


def test_accepting_as_it_is_adds_the_proposed_line(desk: Desk) -> None:
    [proposal] = desk.corrections.open(TRAINER)
    accepted = desk.corrections.accept("fbk_1", TRAINER)

    assert accepted.line.text == proposal.text
    assert accepted.file == "data/nlu/client/corrected.yml"
    assert desk.lines.added == [accepted.line]
    assert desk.corrections.open(TRAINER) == []
    [review] = desk.work.corrections.reviews.values()
    assert (review.decision, review.by) == (ACCEPTED, TRAINER.user_id)
    assert review.line is not None
    assert review.line["text"] == accepted.line.text


def test_what_the_trainer_changed_counts(desk: Desk) -> None:
    edits = Edits("No, month end!", ("refusal", "terms_dispute"), 2, "clean")
    line = desk.corrections.accept("fbk_1", TRAINER, edits).line

    assert (line.text, line.heat, line.style) == ("No, month end!", 2, "clean")
    # What the collector named first stays the intent.
    assert line.labels == ("terms_dispute", "refusal")


def test_a_label_that_was_taken_away_is_gone(desk: Desk) -> None:
    edits = Edits(labels=("refusal",))

    assert desk.corrections.accept("fbk_1", TRAINER, edits).line.labels == ("refusal",)


def test_a_decision_leaves_a_trace_without_words(desk: Desk) -> None:
    desk.corrections.accept("fbk_1", TRAINER)
    [(event, user_id, subject, detail)] = desk.audit.lines

    assert (event, user_id, subject) == ("correction_accepted", TRAINER.user_id, "fbk_1")
    assert detail == {
        "turn": "turn_1",
        "labels": ["terms_dispute"],
        "file": "data/nlu/client/corrected.yml",
    }


def test_dismissing_keeps_the_reason(desk: Desk) -> None:
    desk.corrections.dismiss("fbk_1", TRAINER, "  only half\na sentence ")

    [review] = desk.work.corrections.reviews.values()
    assert (review.decision, review.reason) == (DISMISSED, "only half a sentence")
    assert desk.lines.added == []
    assert desk.audit.lines[0][0] == "correction_dismissed"


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_a_reason_is_needed_and_short(desk: Desk, reason: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        desk.corrections.dismiss("fbk_1", TRAINER, reason)

    assert refused.value.field == "reason"
    assert desk.work.corrections.reviews == {}


def test_a_second_decision_is_told_and_changes_nothing(desk: Desk) -> None:
    desk.corrections.accept("fbk_1", TRAINER)
    for again in (
        lambda: desk.corrections.accept("fbk_1", TRAINER),
        lambda: desk.corrections.dismiss("fbk_1", TRAINER, "again"),
    ):
        with pytest.raises(ConflictError):
            again()

    assert len(desk.lines.added) == 1
    assert len(desk.audit.lines) == 1


def test_words_that_are_there_already_are_refused_with_their_place(desk: Desk) -> None:
    desk.lines.known["we pay at month end"] = "tests/validation/client.yml, line 7"
    with pytest.raises(InvalidInputError, match=r"tests/validation/client\.yml, line 7") as refused:
        desk.corrections.accept("fbk_1", TRAINER, Edits(text="We pay, at month end."))

    assert refused.value.field == "text"
    assert desk.lines.added == []
    assert len(desk.corrections.open(TRAINER)) == 1


def test_a_line_that_breaks_a_rule_leaves_the_correction_open(desk: Desk) -> None:
    with pytest.raises(InvalidInputError):
        desk.corrections.accept("fbk_1", TRAINER, Edits(labels=("neutral", "stalling")))

    assert len(desk.corrections.open(TRAINER)) == 1


def test_a_file_that_cannot_be_written_leaves_the_correction_open(desk: Desk) -> None:
    desk.lines.is_full = True
    with pytest.raises(UnavailableError):
        desk.corrections.accept("fbk_1", TRAINER)

    assert len(desk.corrections.open(TRAINER)) == 1
    assert desk.audit.lines == []


@pytest.mark.parametrize("role", [Role.COLLECTOR, Role.SUPERVISOR])
def test_only_trainers_and_admins_decide(desk: Desk, role: Role) -> None:
    viewer = replace(TRAINER, role=role)
    for use in (
        lambda: desk.corrections.open(viewer),
        lambda: desk.corrections.accept("fbk_1", viewer),
        lambda: desk.corrections.dismiss("fbk_1", viewer, "no"),
    ):
        with pytest.raises(ForbiddenError):
            use()


def test_an_unknown_correction_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.corrections.accept("fbk_none", TRAINER)


def test_none_of_what_was_heard_is_proposed_as_neutral(desk: Desk) -> None:
    desk.work.corrections.corrections[:] = [a_correction(labels=())]

    assert desk.corrections.open(TRAINER)[0].labels == ("neutral",)


def test_a_collectors_turn_becomes_a_line_without_heat(desk: Desk) -> None:
    desk.work.corrections.corrections[:] = [
        a_correction(speaker=Speaker.COLLECTOR, text="I am sorry", labels=("apologise",), heat=None)
    ]

    assert desk.corrections.accept("fbk_1", TRAINER).line.heat is None
    desk.work.corrections.reviews.clear()
    with pytest.raises(InvalidInputError, match="heat"):
        desk.corrections.accept("fbk_1", TRAINER, Edits(heat=1))


def test_an_account_that_is_gone_does_not_stop_the_list(desk: Desk) -> None:
    desk.work.corrections.corrections[:] = [a_correction(account_id="acc_gone")]
    [proposal] = desk.corrections.open(TRAINER)

    assert proposal.industry == "unknown"


def test_the_newest_come_first_up_to_the_limit(desk: Desk) -> None:
    newer = a_correction(id="fbk_2", turn_id="turn_2", said_at=FixedClock().now())
    desk.work.corrections.corrections.append(newer)

    assert [p.correction.id for p in desk.corrections.open(TRAINER)] == ["fbk_2", "fbk_1"]
    assert [p.correction.id for p in desk.corrections.open(TRAINER, 1)] == ["fbk_2"]


def test_the_document_has_what_was_said_and_what_is_proposed(desk: Desk) -> None:
    document = proposal_document(desk.corrections.open(TRAINER)[0])

    assert document["text"] == WORDS
    assert document["heard"] == [{"name": "stalling", "confidence": 0.62}]
    assert document["proposed"]["labels"] == ["terms_dispute"]
