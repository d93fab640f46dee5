"""Trying a draft before anybody else sees it: turn by turn, by the scripted players, and what a card would advise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.core.coaching.advice import Role
from bot.core.coaching.desk import Desk
from bot.core.errors import InvalidInputError
from bot.core.labels import Speaker
from bot.core.rehearsal import rehearsal as play
from bot.core.rehearsal.player import Cast
from bot.core.rehearsal.player import play as play_through
from bot.core.rehearsal.record import Mode, Rehearsal, account_for
from bot.core.rehearsal.scenario import Scenario
from bot.services.desks import Desks
from bot.services.ports import Clock, UnitOfWork, Viewer
from bot.services.rehearsal_turns import spoken_words
from bot.services.rehearse import LARGEST_SEED
from bot.services.studio_advice import CardTrial
from bot.services.studio_casting import TrialCast, Unplayable, cast_of, plays_document
from bot.services.studio_documents import fault_documents
from bot.services.studio_ears import Listening, StudioEars
from bot.services.studio_lines import LineChecks
from bot.services.studio_ports import ContentDesk, DraftRecord, ModelServer
from bot.services.studio_rules import check_reader
from bot.services.studio_trial_documents import (
    fields_of_lines,
    played_turns,
    player_document,
    state_after,
    verdict_on,
)

#: Longer than any call; every turn is played anew each time.
MOST_TURNS = 200

#: The scripted collectors in the order in which they are shown.
PLAYERS = ("good", "middling", "poor")


class Trials:
    """Use cases of trying a draft. Nothing is stored: the same draft, turns and seed give the same call."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        desk: ContentDesk,
        desks: Desks,
        ears: ModelServer,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._desk = desk
        self._desks = desks
        self._ears = StudioEars(ears)
        self._clock = clock
        self._cards = CardTrial(desk, clock)
        self._lines = LineChecks(desk)

    def play_turns(
        self,
        viewer: Viewer,
        draft_id: str,
        *,
        level: int | None = None,
        seed: int = 0,
        turns: Sequence[str] = (),
        finish: bool = False,
    ) -> dict[str, Any]:
        """Play the draft from the start with these turns (an empty one is silence), with all that a debrief tells.

        A draft with faults gives no turns but the faults that keep it from being played.
        """
        if len(turns) > MOST_TURNS:
            raise InvalidInputError(
                f"A trial has {MOST_TURNS} turns at most. Start again.", field="turns"
            )
        words = [spoken_words(text) if text.strip() else "" for text in turns]
        draft, cast = self._cast(viewer, draft_id)
        if isinstance(cast, Unplayable):
            return _not_played(cast)
        desk = self._desk_for(cast.scenario, viewer)
        call = self._begun(cast, level, seed)
        listening = self._listening()
        heard = listening.hear_all([(text, Speaker.COLLECTOR) for text in words if text])
        readings = iter(heard)
        used = 0
        for text in words:
            if call.is_over:
                break
            used += 1
            reading = replace(next(readings), text=text) if text else None
            call = (
                play.take(call, cast.scenario, cast.persona, reading, desk)
                if reading
                else play.wait(call, cast.scenario, cast.persona, desk)
            )
        return self._played(draft, cast, call, finish, len(words) - used)

    def auto_plays(
        self, viewer: Viewer, draft_id: str, *, level: int | None = None, seed: int = 0
    ) -> dict[str, Any]:
        """Let the good, the middling and the poor scripted collector play the draft."""
        _, cast = self._cast(viewer, draft_id)
        if isinstance(cast, Unplayable):
            return {**_not_played(cast), "players": []}
        desk = self._desk_for(cast.scenario, viewer)
        chosen = self._begun(cast, level, seed).level
        scripts, listening = self._desk.players(), self._listening()
        # What all of them may say is heard at once, which is quicker than turn by turn.
        listening.hear_all([(text, Speaker.COLLECTOR) for text in cast.scenario.model_turns])
        today = self._clock.today()
        players = []
        for name in PLAYERS:
            seat = Cast(scripts[name], cast.scenario, cast.persona, desk)
            call = play_through(seat, chosen, seed, today, listening.hear)
            players.append(player_document(name, call, cast.scenario))
        return {
            "plays": plays_document(cast),
            "faults": [],
            "level": chosen,
            "levels": list(cast.scenario.levels),
            "seed": seed,
            "players": players,
        }

    def advice_on(
        self, viewer: Viewer, draft_id: str, text: str, *, account_id: str | None = None
    ) -> dict[str, Any]:
        """What a collector would be advised on a client's turn with this draft in place of its file."""
        check_reader(viewer)
        words = spoken_words(text)
        with self._unit_of_work() as work:
            draft = work.drafts.get(draft_id)
            account = work.accounts.get(account_id, viewer) if account_id else None
        reading = self._listening().hear(words, Speaker.CLIENT)
        return self._cards.advice(draft, replace(reading, text=words), account)

    def line_checks(self, viewer: Viewer, draft_id: str) -> dict[str, Any]:
        """What is to be said of the draft's lines, and what it lacks lines for."""
        check_reader(viewer)
        with self._unit_of_work() as work:
            draft = work.drafts.get(draft_id)
        return self._lines.check(draft, self._listening())

    def _cast(self, viewer: Viewer, draft_id: str) -> tuple[DraftRecord, TrialCast | Unplayable]:
        check_reader(viewer)
        with self._unit_of_work() as work:
            draft = work.drafts.get(draft_id)
            return draft, cast_of(self._desk, draft, work)

    def _begun(self, cast: TrialCast, level: int | None, seed: int) -> Rehearsal:
        if not 0 <= seed <= LARGEST_SEED:
            raise InvalidInputError(f"A seed lies between 0 and {LARGEST_SEED}.", field="seed")
        chosen = cast.scenario.levels[0] if level is None else level
        today = self._clock.today()
        return play.begin(cast.scenario, cast.persona, chosen, seed, today, Mode.PRACTICE)

    def _desk_for(self, scenario: Scenario, viewer: Viewer) -> Desk:
        """The desk of a junior collector: an author tries what a trainee will meet."""
        trainee = replace(viewer, role=Role.COLLECTOR, seniority="junior")
        return self._desks.desk_for(account_for(scenario, self._clock.today()), trainee)

    def _listening(self) -> Listening:
        return self._ears.listening(self._clock.today())

    def _played(
        self, draft: DraftRecord, cast: TrialCast, call: Rehearsal, finish: bool, unused: int
    ) -> dict[str, Any]:
        shown = play.finish(call) if finish else call
        fields = fields_of_lines(cast.scenario, cast.persona, draft.name.kind.value)
        has_spoken = any(turn.reading is not None for turn in shown.turns)
        return {
            "plays": plays_document(cast),
            "faults": [],
            "level": shown.level,
            "levels": list(cast.scenario.levels),
            "seed": shown.seed,
            "client": {"name": cast.scenario.contact.name, "role": cast.scenario.contact.role},
            "turns": played_turns(shown, fields),
            "ended": shown.state.ended.value if shown.state.ended else None,
            "state": state_after(shown.state),
            "unused": unused,
            "scorecard": verdict_on(shown, cast.scenario) if shown.is_over and has_spoken else None,
        }


def _not_played(cast: Unplayable) -> dict[str, Any]:
    return {
        "plays": plays_document(cast),
        "faults": fault_documents(cast.faults),
        "level": None,
        "levels": [],
        "seed": None,
        "client": None,
        "turns": [],
        "ended": None,
        "state": None,
        "unused": 0,
        "scorecard": None,
    }
