"""Rehearsing by chat: the coach rings the client, passes turns on, and is asked for hints in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.core.coaching.topics import Topics
from bot.core.dates import in_words
from bot.core.errors import NotFoundError
from bot.core.labels import CoachRequest
from bot.core.reading import HeardLabel, Reading
from bot.core.rehearsal.repertoire import Repertoire
from bot.services import rehearsal_words as words
from bot.services.assignments import Assignments
from bot.services.coach_answers import Answer, Asked, CoachAnswers
from bot.services.ports import Viewer
from bot.services.progress import Progress
from bot.services.rehearsal_control import (
    Control,
    Verdict,
    addressed,
    asked_of_coach,
    control_or_turn,
    said_plainly,
    wants_to_resume,
)
from bot.services.rehearsal_ports import OPEN
from bot.services.rehearsal_wish import wish
from bot.services.rehearse import Rehearsals
from bot.services.scenarios import Scenarios
from bot.services.suggestion import suggest

#: What the web application is to do with a message that the coach does not answer: say it to the client,
#: have it heard as the collector's first, or ask the coach once more, as no rehearsal is on.
SAY, COMPARE, ASK_AGAIN = "say", "compare", "ask_again"

#: Hints from the least to the most that they give away.
_LADDER = (4, 3, 2, 1)


@dataclass(frozen=True)
class Told:
    """What the coach says, and the rehearsal that is on in the chat afterwards, if any."""

    answers: list[Answer] = field(default_factory=list)
    rehearsal_id: str | None = None


class RehearsalChat:
    """A rehearsal as a talk. It is the same record as on its page; either place can go on with it."""

    def __init__(
        self,
        rehearsals: Rehearsals,
        scenarios: Scenarios,
        assignments: Assignments,
        progress: Progress,
        answers: CoachAnswers,
        repertoire: Callable[[], Repertoire],
        topics: Topics,
    ) -> None:
        self._rehearsals = rehearsals
        self._scenarios = scenarios
        self._assignments = assignments
        self._progress = progress
        self._answers = answers
        self._repertoire = repertoire
        self._topics = topics

    def start(self, asked: Asked) -> Told:
        """Ring the client who is asked for, or the one that fits; or go on with what was left."""
        if asked.call_id is not None:
            return Told([Answer(words.NOT_IN_A_CALL)])
        if wants_to_resume(asked.text):
            return self.resume(asked)
        begun, why = self._ring(asked)
        return Told(words.opening(begun, why), begun["id"])

    def end(self, asked: Asked) -> Told:
        """Answer the wish to end when none is on; the labels hear "resume" as an end, so it may be that."""
        if asked.call_id is None and wants_to_resume(asked.text):
            return self.resume(asked)
        return Told([Answer(words.NONE_RUNS)])

    def resume(self, asked: Asked) -> Told:
        """Go on with the unfinished rehearsal that was touched last, wherever it was begun."""
        unfinished = [one for one in self._rehearsals.mine(asked.viewer) if one["status"] == OPEN]
        for one in sorted(unfinished, key=lambda x: str(x["touched_at"]), reverse=True):
            view = self._rehearsals.view(one["id"], asked.viewer)
            if view["can_continue"]:
                return Told(self._where_it_stands(view), one["id"])
        return Told([Answer(words.NOTHING_LEFT)])

    def answer(
        self,
        asked: Asked,
        rehearsal_id: str,
        as_request: Reading,
        as_turn: tuple[HeardLabel, ...] | None = None,
    ) -> Told:
        """Answer what is said while a rehearsal is on: a request here, a turn by passing it on."""
        view = self._running(rehearsal_id, asked.viewer)
        to_coach = addressed(asked.text)
        control = said_plainly(asked.text if to_coach is None else to_coach)
        if view is None or view["status"] != OPEN or view["state"]["ended"]:
            if view is not None and control is Control.AGAIN:
                return self._again(view, asked.viewer)
            return Told([_pass_on(ASK_AGAIN, rehearsal_id)])
        if to_coach is not None:
            control = control or asked_of_coach(as_request.labels, 0.3)
            if control is None:
                return Told([self._aside(to_coach, asked, view, as_request)], rehearsal_id)
            return self._do(control, asked, view)
        found = control_or_turn(asked.text, as_request, as_turn)
        if isinstance(found, Verdict):
            step = SAY if found is Verdict.TURN else COMPARE
            return Told([_pass_on(step, rehearsal_id)], rehearsal_id)
        return self._do(found, asked, view)

    def say(self, rehearsal_id: str, viewer: Viewer, text: str) -> list[Answer]:
        """Say something to the client: their answer, then the note; the verdict when the call is over."""
        if text.strip(" .…"):
            taken = self._rehearsals.take_turn(rehearsal_id, viewer, text)
        else:
            taken = self._rehearsals.be_silent(rehearsal_id, viewer)
        if not taken["listening"]:
            return [Answer(str(taken["detail"]), {"kind": "waiting"})]
        view = self._rehearsals.view(rehearsal_id, viewer)
        told = [words.client_says(taken["reply"], view), *words.note_on(taken["turn"])]
        if taken["reply"]["state"]["ended"]:
            told.append(words.verdict(view, self._rehearsals.finish(rehearsal_id, viewer)))
        return told

    def _ring(self, asked: Asked) -> tuple[dict[str, Any], str]:
        viewer, scenarios = asked.viewer, self._scenarios.all(asked.viewer)
        attempts = {one["id"]: one["attempts"] for one in scenarios}
        wanted = wish(asked.text, self._repertoire(), self._topics, attempts)
        if wanted.scenario_id is not None:
            options: dict[str, Any] = {"level": wanted.level}
            options |= {"mode": wanted.mode} if wanted.mode else {}
            return self._rehearsals.start(viewer, wanted.scenario_id, **options), ""
        fitting = suggest(scenarios, self._assignments.mine(viewer), self._progress.of(viewer))
        if fitting is None:
            raise NotFoundError("There are no scenarios here yet. A trainer can add one.")
        known = next(one for one in scenarios if one["id"] == fitting.scenario_id)
        own_level = wanted.level in known["levels"] and wanted.level != fitting.level
        # Another level than the one that was set is practice of one's own.
        begun = self._rehearsals.start(
            viewer,
            fitting.scenario_id,
            level=wanted.level if own_level else fitting.level,
            mode=wanted.mode or ("practice" if own_level else fitting.mode),
            assignment_id=None if own_level else fitting.assignment_id,
        )
        return begun, words.reason(fitting.reason, _day(fitting.about))

    def _do(self, control: Control, asked: Asked, view: dict[str, Any]) -> Told:
        rehearsal_id = str(view["id"])
        if control is Control.END:
            return self._end(view, asked.viewer)
        if control is Control.PAUSE:
            page = words.CALL_PAGE.format(id=rehearsal_id)
            return Told([Answer(words.PAUSED.format(page=page))])
        if control is Control.AGAIN:
            return self._again(view, asked.viewer)
        if control is Control.START:
            begun, why = self._ring(asked)
            return Told(words.opening(begun, why), begun["id"])
        if control is Control.HINT:
            return Told([self._hint(view, asked.viewer)], rehearsal_id)
        return Told([self._help(view)], rehearsal_id)

    def _end(self, view: dict[str, Any], viewer: Viewer) -> Told:
        if not any(turn["speaker"] == "collector" and turn["text"] for turn in view["turns"]):
            return Told([Answer(words.NOTHING_SAID)])
        result = self._rehearsals.finish(view["id"], viewer)
        # It stays at hand: the next word may be "again".
        return Told([words.verdict(view, result)], view["id"])

    def _again(self, view: dict[str, Any], viewer: Viewer) -> Told:
        mine = [turn["index"] for turn in view["turns"] if turn["speaker"] == "collector"]
        if not mine:
            return Told([Answer(words.NO_TURN_YET)], view["id"])
        back = self._rehearsals.rewind(view["id"], viewer, mine[-1])
        return Told(self._where_it_stands(back), view["id"])

    def _where_it_stands(self, view: dict[str, Any]) -> list[Answer]:
        heard = [turn for turn in view["turns"] if not turn["waiting"]]
        mine = sum(turn["speaker"] == "collector" for turn in heard)
        level = f"“{view['title']}”, level {view['level']}, before your turn {mine + 1}."
        stands = Answer(f"{level} {words.name_in(view)} said last:", {"kind": "back"})
        last = next(turn for turn in reversed(heard) if turn["speaker"] == "client")
        return [stands, words.client_says(last, view)]

    def _hint(self, view: dict[str, Any], viewer: Viewer) -> Answer:
        now = sum(not turn["waiting"] for turn in view["turns"])
        given = {used["level"] for used in view["hints"] if used["turn"] == now}
        level = next((one for one in _LADDER if one < min(given, default=5)), None)
        if level is None:
            return Answer(words.ALL_TOLD)
        return words.hint_given(self._rehearsals.hint(view["id"], viewer, level))

    def _aside(self, text: str, asked: Asked, view: dict[str, Any], as_request: Reading) -> Answer:
        """What the coach is asked in mid-call; never about a real client's account."""
        first = as_request.names[0] if as_request.labels else None
        question = Asked(text, asked.viewer)
        if first == CoachRequest.ASK_MEANING.value:
            return self._answers.meaning(question)
        if first == CoachRequest.ASK_PHRASING.value:
            return self._answers.phrase(question)
        if first == CoachRequest.ASK_BRIEF.value:
            return Answer(str(view["scenario"]["briefing"]))
        return Answer(f"{words.NOT_HEARD}\n{self._help(view).text}")

    def _help(self, view: dict[str, Any]) -> Answer:
        exam = view["mode"] == "exam"
        text = words.HOW_AN_EXAM_GOES if exam else words.HOW_IT_GOES
        return Answer(text.format(name=words.name_in(view)))

    def _running(self, rehearsal_id: str, viewer: Viewer) -> dict[str, Any] | None:
        try:
            view = self._rehearsals.view(rehearsal_id, viewer)
        except NotFoundError:
            return None
        return view if view["scenario"] is not None else None


def _pass_on(step: str, rehearsal_id: str) -> Answer:
    return Answer("", {"kind": "rehearsal", "do": step, "rehearsal_id": rehearsal_id})


def _day(about: str) -> str:
    """A day in words, other words as they are."""
    try:
        return in_words(date.fromisoformat(about))
    except ValueError:
        return about
