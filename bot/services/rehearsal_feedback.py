"""A trainee says that a turn of a rehearsal was heard wrong; a trainer reads it beside what live calls bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.core.corrections import check_labels, label_key
from bot.core.errors import ConflictError, InvalidInputError, NotFoundError
from bot.core.labels import Speaker
from bot.core.reading import Reading
from bot.services.ports import Clock, UnitOfWork, Viewer
from bot.services.rehearsal_ports import RehearsalTurnRecord
from bot.services.rehearsal_store import of_owner


class RehearsalFeedback:
    """Corrections of a person's own rehearsed turns; the score that was given stays as it is."""

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    def send(self, rehearsal_id: str, turn_id: str, viewer: Viewer, labels: Sequence[str]) -> bool:
        """Store what a turn should have been heard as; False when the viewer has said the same before."""
        names = tuple(dict.fromkeys(labels))
        check_labels(names, Speaker.COLLECTOR)
        with self._unit_of_work() as work:
            # The claim also keeps two clicks at once apart: the second finds what the first has stored.
            of_owner(work.rehearsals.claim(rehearsal_id), viewer)
            turn = work.rehearsals.get_turn(turn_id)
            if turn.rehearsal_id != rehearsal_id:
                raise NotFoundError("There is no such turn.")
            if label_key(names) == label_key(_heard(turn)):
                raise InvalidInputError(
                    "That is what was heard. Choose what it should have been.", field="labels"
                )
            is_new = work.corrections.add_rehearsed(
                rehearsal_id, turn_id, viewer.user_id, names, self._clock.now()
            )
            work.commit()
        return is_new

    def sent(self, rehearsal_id: str, viewer: Viewer) -> dict[str, list[tuple[str, ...]]]:
        """What the viewer has said of their own rehearsal, by turn; NotFoundError for everybody else's."""
        with self._unit_of_work() as work:
            of_owner(work.rehearsals.get(rehearsal_id), viewer)
            said = work.corrections.rehearsed(rehearsal_id)
        found: dict[str, list[tuple[str, ...]]] = {}
        for turn_id, labels in said:
            found.setdefault(turn_id, []).append(labels)
        return found


def _heard(turn: RehearsalTurnRecord) -> tuple[str, ...]:
    """The names of what was heard; ConflictError when nobody has listened to any words."""
    reading = (turn.document or {}).get("reading")
    if turn.speaker is not Speaker.COLLECTOR or not turn.text or not reading:
        raise ConflictError("Only words of yours that were heard can have been heard wrong.")
    return Reading.from_json(reading, speaker=turn.speaker, text=turn.text).names
