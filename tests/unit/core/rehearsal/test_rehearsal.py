"""A rehearsal from the first ring to the end: its order, its lines, its notes, its hints, rewinding and resuming."""

from __future__ import annotations

import json

import pytest

from bot.core.errors import ConflictError, InvalidInputError
from bot.core.labels import Move
from bot.core.rehearsal.hints import hint, with_hint
from bot.core.rehearsal.record import Mode, Rehearsal
from bot.core.rehearsal.rehearsal import begin, finish, rewind, take, wait
from bot.core.rehearsal.state import Ended
from tests.builders import TODAY
from tests.unit.core.rehearsal.cases import DESK, Call, a_persona, a_scenario, heard


def test_the_client_answers_the_phone_before_it_objects() -> None:
    call = Call(1)
    assert call.theirs.beats == ("greet",)
    call.say(Move.GREET_IDENTIFY)
    assert call.theirs.text == "Our terms are sixty days."
    assert call.theirs.labels == ("terms_dispute",)


def test_at_the_third_level_the_objection_comes_at_once() -> None:
    assert Call(3).theirs.beats == ("greet", "opening")


def test_a_fact_comes_out_only_when_it_is_earned() -> None:
    call = Call(2).say(Move.GREET_IDENTIFY).say(Move.OPEN_QUESTION, text="What is the matter?")
    assert call.state.revealed == ()
    call = Call(2).won_over().say(Move.OPEN_QUESTION, text="And the bank?")
    assert call.state.revealed == ("pays-late", "overdraft")


def test_a_further_objection_comes_from_its_level_on() -> None:
    assert "fee" in Call(2).won_over().state.raised
    assert Call(1).won_over().state.raised == ()


def test_a_question_is_answered_where_the_scenario_knows_the_answer() -> None:
    call = Call(1).say(Move.GREET_IDENTIFY).say(Move.OPEN_QUESTION, text="Who signs it off?")
    assert "answer:who_decides" in call.theirs.beats


def test_nonsense_puzzles_the_client() -> None:
    call = Call(1).say(Move.GREET_IDENTIFY).say(text="Wibble.")
    assert call.theirs.beats == ("puzzled",)


def test_silence_is_met_with_silence_then_with_a_nudge_then_the_line_goes() -> None:
    call = Call(1).say(Move.GREET_IDENTIFY)
    beats = []
    while not call.now.is_over:
        call.now = wait(call.now, call.scenario, call.persona, DESK)
        beats.append(call.theirs.beats[0])
    assert beats[:2] == ["silence", "nudge"]
    assert len(beats) <= 5


def test_nothing_can_be_said_after_the_end() -> None:
    call = Call(1).say(Move.GREET_IDENTIFY)
    call.now = finish(call.now)
    assert call.state.ended is Ended.CLOSED
    with pytest.raises(ConflictError):
        call.say(Move.ACKNOWLEDGE)


def test_only_the_collector_speaks_for_the_trainee() -> None:
    call = Call(1)
    reading = heard(Move.ACKNOWLEDGE)
    reading = type(reading)("client", reading.text)  # type: ignore[arg-type]
    with pytest.raises(InvalidInputError):
        take(call.now, call.scenario, call.persona, reading, DESK)


def test_a_level_that_the_scenario_lacks_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        begin(a_scenario(levels=(1,)), a_persona(), 2, 1, TODAY, Mode.PRACTICE)


def test_the_same_seed_gives_the_same_call_and_another_seed_another() -> None:
    one, same, other = (Call(2, seed).won_over().now for seed in (7, 7, 8))
    assert one == same
    assert [t.text for t in one.turns] != [t.text for t in other.turns]


def test_a_rehearsal_resumes_from_its_document_as_if_it_had_never_stopped() -> None:
    call, kept = Call(2).won_over(), Call(2).won_over()
    kept.now = Rehearsal.from_json(json.loads(json.dumps(kept.now.as_json())))
    assert kept.now == call.now
    assert kept.say(Move.PARAPHRASE).now == call.say(Move.PARAPHRASE).now


def test_a_turn_taken_again_the_same_way_goes_the_same_way() -> None:
    call = Call(2).won_over()
    again = rewind(call.now, 5)
    assert (again.branch, again.parent.branch, again.parent.turn) == ("b2", "b1", 5)  # type: ignore[union-attr]
    assert again.state == call.now.turns[4].state
    said = call.now.turns[5].reading
    assert said is not None
    replayed = take(again, call.scenario, call.persona, said, DESK)
    assert replayed.turns == call.now.turns[:7]


def test_a_turn_taken_again_better_goes_better() -> None:
    call = Call(2).say(Move.GREET_IDENTIFY).say(Move.THREATEN)
    again = take(rewind(call.now, 3), call.scenario, call.persona, heard(Move.ACKNOWLEDGE), DESK)
    assert again.state.temper < call.state.temper


def test_an_exam_is_not_rewound_and_has_neither_notes_nor_hints() -> None:
    call = Call(1, mode=Mode.EXAM).say(Move.GREET_IDENTIFY)
    assert call.mine.note is None
    with pytest.raises(ConflictError):
        rewind(call.now, 1)
    with pytest.raises(ConflictError):
        hint(call.now, call.scenario, DESK, 1)


def test_the_note_says_what_was_done_what_it_caused_and_a_better_line() -> None:
    note = Call(2).say(Move.GREET_IDENTIFY).say(Move.ACKNOWLEDGE).mine.note
    assert note.did == "You acknowledged it."
    assert note.caused == "Heat 2 → 1, trust up: they felt heard before anything was asked."
    assert note.better
    assert len(note.lines) == 3


def test_after_a_fault_the_better_line_comes_from_the_corrections() -> None:
    note = Call(2).say(Move.GREET_IDENTIFY).say(Move.ARGUE).mine.note
    assert note.better == "Better than argue."


def test_no_better_line_is_shown_twice() -> None:
    call = Call(2).won_over().say(Move.PARAPHRASE).say(Move.OPEN_QUESTION, text="And then?")
    shown = [t.note.better for t in call.now.turns if t.note and t.note.better]
    assert len(shown) == len(set(shown))


def test_hints_fade_from_the_phrase_to_the_phase_and_cost_less_each() -> None:
    call = Call(2).say(Move.GREET_IDENTIFY)
    hints = [hint(call.now, call.scenario, DESK, level) for level in (1, 2, 3, 4)]
    assert [h.text for h in hints] == [
        "Hello, Amina here.",
        "A good collector has acknowledged it by now.",
        "What would they have to hear from you to know that you listened?",
        "Letting them be heard.",
    ]
    costs = [h.cost for h in hints]
    assert costs == sorted(costs, reverse=True)
    assert with_hint(call.now, hints[0]).hints_used[0].cost == costs[0]


def test_a_call_is_closed_by_the_client_when_the_trainee_lingers_after_a_promise() -> None:
    call = Call(1).won_over()
    call.say(Move.SEEK_COMMITMENT, text="When could you pay?")
    call.say(Move.CONFIRM_AGREEMENT, text="Agreed, let's do that.")
    for n in range(6):
        if call.now.is_over:
            break
        call.say(Move.ACKNOWLEDGE, text=f"Lovely, number {n}.")
    assert call.state.ended is Ended.AGREED
