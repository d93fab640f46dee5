"""Makes training lines of what people say was misheard: a trainer sees each, and adds or dismisses it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.core.coaching.advice import Role
from bot.core.corrections import (
    Correction,
    TrainingLine,
    likely_style,
    training_line,
    without_marks,
)
from bot.core.errors import ForbiddenError, InvalidInputError
from bot.core.labels import Signal, Speaker
from bot.core.language.disguise import Replacement, disguise
from bot.core.rehearsal.repertoire import Repertoire
from bot.services.correction_names import Named, names_for
from bot.services.correction_ports import ACCEPTED, DISMISSED, Review, TrainingLines
from bot.services.ports import Audit, Clock, UnitOfWork, Viewer

#: Who decides what the recogniser learns.
REVIEWERS = (Role.TRAINER, Role.ADMIN)

#: More than anybody reviews in one sitting; the next ones come up as these are decided.
SHOWN = 50

MAX_REASON_CHARACTERS = 500


@dataclass(frozen=True)
class Proposal:
    """A correction with the line that could be made of it, names taken out."""

    correction: Correction
    text: str
    replacements: tuple[Replacement, ...]
    labels: tuple[str, ...]
    heat: int | None
    style: str
    industry: str


@dataclass(frozen=True)
class Edits:
    """What the trainer changed; None leaves what was proposed."""

    text: str | None = None
    labels: tuple[str, ...] | None = None
    heat: int | None = None
    style: str | None = None


@dataclass(frozen=True)
class Accepted:
    """The line as it was added, and the file it stands in."""

    line: TrainingLine
    file: str


class Corrections:
    """Use cases of trainers on corrections; one is decided on once."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        lines: TrainingLines,
        audit: Audit,
        clock: Clock,
        repertoire: Callable[[], Repertoire],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._lines = lines
        self._audit = audit
        self._clock = clock
        self._repertoire = repertoire

    def open(self, viewer: Viewer, limit: int = SHOWN) -> list[Proposal]:
        """Corrections that wait for a decision, the newest first, each with the line it could become."""
        _check_role(viewer)
        with self._unit_of_work() as work:
            found = work.corrections.open(limit)
            people = _colleagues(work)
            names: dict[str | None, Named] = {}
            for each in found:
                if _whose(each) not in names:
                    names[_whose(each)] = names_for(each, work, viewer, self._repertoire)
        return [_proposal(each, names[_whose(each)], people) for each in found]

    def accept(self, correction_id: str, viewer: Viewer, edits: Edits | None = None) -> Accepted:
        """Add the line to those trained on; InvalidInputError says what to mend, ConflictError who was first."""
        _check_role(viewer)
        edits = edits or Edits()
        with self._unit_of_work() as work:
            correction = work.corrections.get(correction_id)
            named = names_for(correction, work, viewer, self._repertoire)
            line = _line(_proposal(correction, named, _colleagues(work)), edits)
        known = self._lines.find(line.text)
        with self._unit_of_work() as work:
            # Decided first, written second, kept third: of two trainers at once only one gets to the file.
            work.corrections.decide(
                correction,
                Review(ACCEPTED, viewer.user_id, self._clock.now(), line=asdict(line)),
            )
            if known:
                raise InvalidInputError(
                    f"These words are in {known} already. Change them, or dismiss the correction.",
                    field="text",
                )
            file = self._lines.append(line)
            work.commit()
        self._record("correction_accepted", correction, viewer, labels=list(line.labels), file=file)
        return Accepted(line, file)

    def dismiss(self, correction_id: str, viewer: Viewer, reason: str) -> None:
        """Lay a correction aside with a reason; ConflictError says who decided before."""
        _check_role(viewer)
        words = " ".join(reason.split())
        if not words:
            raise InvalidInputError("Say why, for whoever asks later.", field="reason")
        if len(words) > MAX_REASON_CHARACTERS:
            raise InvalidInputError(
                f"A reason has {MAX_REASON_CHARACTERS} characters at most.", field="reason"
            )
        with self._unit_of_work() as work:
            correction = work.corrections.get(correction_id)
            work.corrections.decide(
                correction, Review(DISMISSED, viewer.user_id, self._clock.now(), reason=words)
            )
            work.commit()
        self._record("correction_dismissed", correction, viewer)

    def _record(self, event: str, correction: Correction, viewer: Viewer, **detail: Any) -> None:
        self._audit.record(
            event,
            user_id=viewer.user_id,
            subject=correction.id,
            detail={"turn": correction.turn_id, **detail},
        )


def proposal_document(proposal: Proposal) -> dict[str, Any]:
    """A proposal as programs read it."""
    correction = proposal.correction
    return {
        "id": correction.id,
        "turn_id": correction.turn_id,
        "call_id": correction.call_id,
        "account_id": correction.account_id,
        "rehearsal_id": correction.rehearsal_id,
        "scenario_id": correction.scenario_id,
        "speaker": correction.speaker.value,
        "text": correction.text,
        "heard": [
            {"name": label.name, "confidence": round(label.confidence, 4)}
            for label in correction.heard
        ],
        "heat": correction.heat,
        "labels": list(correction.labels),
        "said_by": list(correction.said_by),
        "said_at": correction.said_at.isoformat(),
        "proposed": {
            "text": proposal.text,
            "replacements": [asdict(each) for each in proposal.replacements],
            "labels": list(proposal.labels),
            "heat": proposal.heat,
            "style": proposal.style,
            "industry": proposal.industry,
        },
    }


def line_document(accepted: Accepted) -> dict[str, Any]:
    """An accepted line as programs read it."""
    line = accepted.line
    return {
        "file": accepted.file,
        "line": {
            "text": line.text,
            "labels": list(line.labels),
            "heat": line.heat,
            "style": line.style,
            "industry": line.industry,
        },
    }


def _check_role(viewer: Viewer) -> None:
    if viewer.role not in REVIEWERS:
        raise ForbiddenError("Only trainers decide what the recogniser learns.")


def _colleagues(work: UnitOfWork) -> tuple[str, ...]:
    return tuple(user.full_name for user in work.users.all())


def _whose(correction: Correction) -> str | None:
    """The client that was spoken to, of the ledger or of a scenario."""
    return correction.scenario_id or correction.account_id


def _proposal(correction: Correction, named: Named, colleagues: Sequence[str]) -> Proposal:
    disguised = disguise(
        without_marks(correction.text),
        clients=named.clients,
        people=(*named.people, *colleagues),
        seed=correction.turn_id,
    )
    return Proposal(
        correction=correction,
        text=disguised.text,
        replacements=disguised.replacements,
        labels=correction.labels or (Signal.NEUTRAL.value,),
        heat=correction.heat,
        style=likely_style(disguised.text),
        industry=named.industry,
    )


def _line(proposal: Proposal, edits: Edits) -> TrainingLine:
    speaker = proposal.correction.speaker
    chosen = proposal.labels if edits.labels is None else edits.labels
    # The first label names the block of the file: what the collector said first comes first.
    labels = [name for name in proposal.labels if name in chosen]
    heat = proposal.heat if edits.heat is None else edits.heat
    return training_line(
        speaker,
        proposal.text if edits.text is None else edits.text,
        (*labels, *(name for name in chosen if name not in labels)),
        heat if speaker is Speaker.CLIENT else edits.heat,
        edits.style or proposal.style,
        proposal.industry,
    )
