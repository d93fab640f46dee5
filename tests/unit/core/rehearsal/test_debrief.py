"""The debrief: what to keep, to try, to retry and to take next, from what was really said."""

from __future__ import annotations

from dataclasses import replace

from bot.core.labels import Move
from bot.core.rehearsal.debrief import debrief
from bot.core.rehearsal.lessons import Attempt
from bot.core.rehearsal.rubric import score
from bot.core.rehearsal.scenario import Goal, GoalNeeds, GoodEnd
from bot.core.rehearsal.scorecard import Scorecard, ScoredTurn
from bot.core.rehearsal.situation import Situation
from tests.unit.core.rehearsal.cases import Call

MOVES = (
    Goal("heard", "He is heard", GoalNeeds(moves=("acknowledge",))),
    Goal("cool", "He has cooled", GoalNeeds(temper_below=1)),
    Goal("log", "The dispute is logged", GoalNeeds(end=(GoodEnd.DISPUTE_LOGGED,))),
    Goal("no-threat", "No threat", GoalNeeds(none_of=("threaten",))),
)


def card_of(call: Call) -> Scorecard:
    turns = [
        ScoredTurn.of(turn.index, turn.reading)
        if turn.reading
        else ScoredTurn(turn.index, turn.speaker, turn.text, turn.labels, turn.heat)
        for turn in call.now.turns
    ]
    return score(turns, Situation.of_scenario(call.scenario))


def kind_call() -> Call:
    return Call(level=2, goals=MOVES, next=("other-case", "third-case")).won_over()


def rude_call() -> Call:
    call = Call(level=2, goals=MOVES)
    call.say(Move.GREET_IDENTIFY, text="Amina of Northgate Supplies here.")
    call.say(Move.DISMISS, text="That is not my problem at all, is it.")
    return call.say(Move.THREATEN, text="I'll have the bailiffs at your door if you don't pay.")


def test_one_thing_is_kept_in_the_trainees_own_words() -> None:
    call = kind_call()
    kept = debrief(card_of(call), call.now, call.scenario).keep

    assert kept is not None
    assert kept.turn is not None
    assert kept.quote in call.now.turns[kept.turn].text


def test_one_thing_is_tried_with_a_better_line() -> None:
    call = kind_call()
    attempt = debrief(card_of(call), call.now, call.scenario).attempt

    assert attempt is not None
    assert attempt.better


def test_a_blocker_is_what_is_tried_and_retried() -> None:
    call = rude_call()
    found = debrief(card_of(call), call.now, call.scenario)

    assert found.retry is not None
    assert found.attempt is not None
    assert call.now.turns[found.retry.turn].text.startswith("I'll have the bailiffs")
    assert found.attempt.turn == found.retry.turn
    assert found.attempt.better


def test_the_turn_to_retry_is_one_of_the_trainees() -> None:
    for call in (kind_call(), rude_call()):
        retry = debrief(card_of(call), call.now, call.scenario).retry
        own = {turn.index for turn in call.now.turns if turn.speaker == "collector"}
        assert retry is None or retry.turn in own


def test_a_failed_case_is_taken_again() -> None:
    call = rude_call()
    found = debrief(card_of(call), call.now, call.scenario).next

    assert found is not None
    assert found.id == call.scenario.id


def test_after_a_pass_the_next_case_asks_for_the_weakest_skill_and_is_not_one_passed() -> None:
    call = kind_call()
    card = replace(card_of(call), passed=True)
    weakest = min(card.skills, key=lambda s: (s.points - 100) * card.weights[s.name]).name
    emphasis = {"other-case": {weakest: 5}, "third-case": {weakest: 40}}

    first = debrief(card, call.now, call.scenario, (), emphasis).next
    passed = [Attempt("third-case", True, {})]
    second = debrief(card, call.now, call.scenario, passed, emphasis).next

    assert first is not None
    assert first.id == "third-case"
    assert second is not None
    assert second.id == "other-case"


def test_goals_are_tested_by_their_rule() -> None:
    call = kind_call()
    found = debrief(card_of(call), call.now, call.scenario)

    assert {goal.id: goal.met for goal in found.goals} == {
        "heard": True,
        "cool": False,
        "log": True,
        "no-threat": True,
    }
    rude = rude_call()
    lost = debrief(card_of(rude), rude.now, rude.scenario)
    assert not next(goal for goal in lost.goals if goal.id == "no-threat").met


def test_every_turn_has_its_point_and_every_fact_is_listed() -> None:
    call = kind_call()
    found = debrief(card_of(call), call.now, call.scenario)

    assert [point.turn for point in found.points] == [turn.index for turn in call.now.turns]
    assert {fact.id: fact.earned for fact in found.facts} == {
        fact.id: fact.id in call.state.revealed for fact in call.scenario.hidden_facts
    }


def test_the_debrief_is_ready_for_json() -> None:
    call = kind_call()
    document = debrief(card_of(call), call.now, call.scenario).as_json()

    assert set(document) == {"keep", "try", "retry", "next", "points", "facts", "goals"}
