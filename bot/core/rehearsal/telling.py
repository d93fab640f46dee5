"""What the client has to say of its own: facts it held back, answers, further objections, and the same again in other words."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core.labels import Move, Objection
from bot.core.rehearsal.exchange import Exchange
from bot.core.rehearsal.persona import Beat
from bot.core.rehearsal.scenario import HiddenFact, SecondObjection, Topic
from bot.core.rehearsal.speech import Part

#: Temper fallen this far since the start, or patience below this, brings up the next thing.
_EASED = 10
_IMPATIENT = 40

_ASKS = (
    (
        Topic.PAPERWORK,
        r"paperwork|document|invoice copy|copy of|statement|proof of|\bpo\b|purchase order",
    ),
    (Topic.WHO_DECIDES, r"\bwho\b|sign(?:s|ed)? (?:it )?off|approv"),
    (Topic.HOW_MUCH, r"how much|what (?:sum|amount|figure)|afford|manage|could you do|can you do"),
    (Topic.WHEN_PAID, r"\bwhen\b|(?:what|which) (?:day|date|week)|how soon|by what"),
    (
        Topic.HOW_PAY,
        r"how (?:do|would|will|can|could) you (?:like to |prefer to )?pay|card|transfer|direct debit",
    ),
    (
        Topic.WHAT_WRONG,
        r"what (?:went|happened|is|was|'?s|exactly)|\bwhy\b|tell me|how come|walk me|talk me|explain",
    ),
)
_TOPICS = tuple((topic, re.compile(words, re.I)) for topic, words in _ASKS)


def fact(ex: Exchange) -> list[Part]:
    """A fact that has been earned by this turn."""
    if ex.reading is None or ex.faults:
        return []
    for hidden in ex.scene.scenario.hidden_facts:
        if _is_earned(ex, hidden):
            part = ex.voice.line(hidden.lines, f"fact:{hidden.id}", ex.state.heat)
            if part:
                ex.state = replace(ex.state, revealed=(*ex.state.revealed, hidden.id))
                ex.rule("fact_earned")
                return [part]
    return []


def answer_to_question(ex: Exchange) -> list[Part]:
    """What the client replies to a question, if the scenario has it."""
    if not {Move.OPEN_QUESTION, Move.SEEK_COMMITMENT} & ex.names:
        return []
    for topic, words in _TOPICS:
        known = ex.scene.scenario.answer(topic)
        if known and words.search(ex.text):
            part = ex.voice.line(known.lines, f"answer:{topic.value}", ex.state.heat)
            if part:
                return [part]
    return []


def second_objection(ex: Exchange) -> list[Part]:
    """The next thing that stands in the way, once the first is eased or patience drops."""
    state, start = ex.state, ex.scene.persona.temper.start[ex.scene.level]
    ripe = state.temper <= start - _EASED or state.patience < _IMPATIENT or state.heat <= 1
    if not ripe or state.promise is not None or ex.before.promise is not None:
        return []
    for objection in ex.scene.scenario.objections:
        if _is_due(ex, objection):
            labels = (objection.label.value,)
            part = ex.voice.line(objection.lines, f"objection:{objection.id}", state.heat, labels)
            if part:
                ex.state = replace(state, raised=(*state.raised, objection.id))
                return [part]
    return []


def restate(ex: Exchange) -> list[Part]:
    """The first objection in other words."""
    scenario = ex.scene.scenario
    labels = (scenario.objection.value,)
    part = ex.voice.line(scenario.restate, "restate", ex.state.heat, labels)
    if part and scenario.objection is Objection.MANAGER_REQUEST:
        ex.state = replace(ex.state, manager_asked=ex.state.manager_asked + 1)
    return [part] if part else []


def opening(ex: Exchange) -> list[Part]:
    """The first objection, said once."""
    scenario, level = ex.scene.scenario, ex.scene.level
    text = scenario.opening.get(level) or next(iter(scenario.opening.values()))
    labels = (scenario.objection.value,)
    part = ex.voice.fixed(f"{scenario.id}-opening-{level}", text, "opening", labels)
    asked = scenario.objection is Objection.MANAGER_REQUEST
    ex.state = replace(
        ex.state, opened=True, manager_asked=ex.state.manager_asked + (1 if asked else 0)
    )
    return [part] if part else []


def stay_with_it(ex: Exchange) -> list[Part]:
    """What is said when nothing has moved: anger first while hot, else the objection again."""
    hot, scenario = ex.state.heat >= 2, ex.scene.scenario
    vents = hot and ex.scene.dice.random() < 0.5
    first, then = (Beat.VENT, None) if vents else (None, Beat.VENT)
    if ex.state.promise is not None:
        return ex.first_of(Beat.THAW, Beat.SOFTEN, Beat.SMALL_TALK)
    # Who has been heard and is ready to deal asks for the next step as often as it repeats itself.
    ready = ex.state.acknowledged and ex.bargain().in_the_mood and not scenario.protected
    if ready and ex.scene.dice.random() < 0.5:
        invites = ex.voice.spare("invite")
        if invites:
            return [invites]
    said = ex.say(first) if first else restate(ex)
    return said or (ex.say(then) if then else restate(ex)) or ex.first_of(Beat.TIRED, Beat.SILENCE)


def _is_earned(ex: Exchange, hidden: HiddenFact) -> bool:
    need, state = hidden.earned_by, ex.state
    if hidden.id in state.revealed or not set(need.after_facts) <= set(state.revealed):
        return False
    # Who says why they may not say more has explained something.
    explained = {Move.EXPLAIN_TERMS.value} if "privacy_kept" in ex.rules else set()
    asked = not need.moves or not set(need.moves).isdisjoint(ex.names | explained)
    heard = state.acknowledged or state.heat < 2
    return asked and heard and state.trust >= need.min_trust


def _is_due(ex: Exchange, objection: SecondObjection) -> bool:
    state = ex.state
    return (
        objection.id not in state.raised
        and ex.scene.level >= objection.from_level
        and state.turn > objection.after_turn
    )
