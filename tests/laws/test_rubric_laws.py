"""What holds for every call whatever was said in it: the range, the repetition, the blockers, the order of time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.labels import Objection, Speaker, labels_of
from bot.core.rehearsal.rubric import HOUSE_RUBRIC, score
from bot.core.rehearsal.scenario import SKILLS
from bot.core.rehearsal.scorecard import OUTCOMES, Scorecard, ScoredTurn
from bot.core.rehearsal.situation import PROTECTIONS, Situation
from bot.core.rehearsal.skills import rule_by_id

WORDS = st.sampled_from(
    [
        "",
        "…",
        "Yes.",
        "No!",
        "Hello, it's Amina from Northgate, is that Dermot?",
        "That sounds hard. What has to happen for it to be paid?",
        "Could you pay £500 on Friday and the rest on 12 December?",
        "I can do that.",
        "I'm hanging up.",
        "Nobody sends bailiffs.",
        "She owes £900.",
        "🙂 \ud83d \x00 ///",
        "word " * 300,
    ]
) | st.text(max_size=80)


@st.composite
def a_turn(draw: st.DrawFn, index: int = 0) -> ScoredTurn:
    speaker = draw(st.sampled_from([Speaker.CLIENT, Speaker.COLLECTOR]))
    names = tuple(draw(st.lists(st.sampled_from(labels_of(speaker)), max_size=4, unique=True)))
    sure = {name: draw(st.sampled_from([0.2, 0.5, 0.7, 0.99])) for name in names}
    return ScoredTurn(
        index,
        speaker,
        draw(WORDS),
        names,
        draw(st.none() | st.integers(0, 3)),
        confidence=draw(st.sampled_from([sure, {}])),
    )


@st.composite
def a_call(draw: st.DrawFn) -> tuple[ScoredTurn, ...]:
    return tuple(draw(a_turn(index)) for index in range(draw(st.integers(0, 14))))


SITUATIONS = st.builds(
    Situation,
    objection=st.none() | st.sampled_from([label.value for label in Objection]),
    protected=st.none() | st.sampled_from(PROTECTIONS),
    weights=st.just({}) | st.dictionaries(st.sampled_from(SKILLS), st.integers(0, 40)),
    ended=st.none() | st.sampled_from(["hung_up", "agreed", "closed"]),
    hints_cost=st.integers(0, 30),
)


def check(card: Scorecard) -> None:
    assert 0 <= card.total <= 100
    assert tuple(skill.name for skill in card.skills) == SKILLS
    assert all(0 <= skill.points <= 100 for skill in card.skills)
    assert card.outcome in OUTCOMES
    assert card.summary


@given(a_call(), SITUATIONS)
def test_scores_stay_in_their_range(turns: tuple[ScoredTurn, ...], known: Situation) -> None:
    check(score(turns, known))


@given(a_call(), SITUATIONS)
def test_the_same_call_scores_the_same(turns: tuple[ScoredTurn, ...], known: Situation) -> None:
    assert score(turns, known) == score(turns, known)


@given(a_call(), SITUATIONS)
def test_a_blocker_caps_and_fails(turns: tuple[ScoredTurn, ...], known: Situation) -> None:
    card = score(turns, known)
    if card.blockers:
        assert card.total <= HOUSE_RUBRIC.blocked
        assert not card.passed


@given(a_call(), SITUATIONS)
def test_a_sure_threat_is_always_a_blocker(turns: tuple[ScoredTurn, ...], known: Situation) -> None:
    words = "Pay by six or your neighbours will hear what you owe us."
    threat = ScoredTurn(
        len(turns), Speaker.COLLECTOR, words, ("threaten",), confidence={"threaten": 0.99}
    )
    card = score((*turns, threat), known)

    assert "threaten" in {blocker.rule for blocker in card.blockers}
    assert card.total <= HOUSE_RUBRIC.blocked


@given(a_call(), SITUATIONS)
def test_a_skill_is_the_sum_of_its_reasons_and_each_is_a_rule_with_a_turn_of_the_call(
    turns: tuple[ScoredTurn, ...], known: Situation
) -> None:
    for skill in score(turns, known).skills:
        assert skill.points == min(100, max(0, sum(r.points for r in skill.reasons)))
        for reason in skill.reasons:
            assert rule_by_id(reason.rule).points == reason.points
            assert reason.turn is None or 0 <= reason.turn < len(turns)


@given(a_call())
def test_a_call_of_one_speaker_never_passes(turns: tuple[ScoredTurn, ...]) -> None:
    for speaker in (Speaker.CLIENT, Speaker.COLLECTOR):
        assert not score([turn for turn in turns if turn.speaker is speaker]).passed
