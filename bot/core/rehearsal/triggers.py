"""Which rules of the table a trainee's turn sets off, told from its moves and the client's state before it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.coaching.folding import ACKNOWLEDGING
from bot.core.labels import FAULTS, OFFERS, Move
from bot.core.reading import Reading
from bot.core.rehearsal.protocol_words import protocol_kept
from bot.core.rehearsal.reaction_rules import BOUNDARY_TRUST, LONG_SPEECH_WORDS
from bot.core.rehearsal.repeats import is_repeated
from bot.core.rehearsal.scenario import GoodEnd, Scenario
from bot.core.rehearsal.state import ClientState

_HOT = 2
#: Demands for a commitment that are still patience, not pushing.
_ASKS_BORNE = 3

_ABOUT_MONEY = OFFERS | {Move.SEEK_COMMITMENT.value, Move.STATE_CONSEQUENCE.value}
_ONLY_KIND = frozenset({Move.ACKNOWLEDGE, Move.APOLOGISE, Move.NEUTRAL})

#: Rules of moves whose gain wears out with repetition.
SIMPLE: dict[str, str] = {
    Move.PARAPHRASE: "paraphrased",
    Move.SEND_DOCUMENTS: "documents_promised",
    Move.LOG_DISPUTE: "dispute_taken_up",
    Move.OFFER_CONCESSION: "concession_offered",
    Move.OFFER_PLAN: "proposed",
    Move.OFFER_PART_PAYMENT: "proposed",
    Move.CONFIRM_AGREEMENT: "summed_up",
    Move.SCHEDULE_FOLLOW_UP: "follow_up_set",
    Move.SIGNPOST: "pointed_to_help",
    Move.GREET_IDENTIFY: "introduced",
}


def rules_set_off(
    scenario: Scenario, state: ClientState, reading: Reading, names: set[str]
) -> Iterator[tuple[str, str]]:
    """Every rule that this turn sets off, with the move behind it."""
    if len(reading.text.split()) > LONG_SPEECH_WORDS:
        yield "long_speech", ""
    faults = [move.value for move in Move if move.value in names and move in FAULTS]
    if faults:
        # A kind word beside a fault is not believed: only the faults count.
        yield from ((fault, fault) for fault in faults)
        return
    by_protocol = protocol_kept(scenario.protected, reading.text) if state.opened else None
    if by_protocol:
        yield by_protocol, ""
    elif not names or names == {Move.NEUTRAL.value}:
        unclear = not names or {"unsure", "out_of_scope"} & set(reading.flags)
        yield ("not_understood" if unclear else "idle"), ""
        return
    ear = state.acknowledged or bool(names & ACKNOWLEDGING)
    yield from _empathy(state, names)
    yield from _questions(state, reading, names, ear)
    yield from _talk_of_money(scenario, state, names, ear)
    yield from _firmness(state, names, ear)
    yield from _handing_over(scenario, state, names)
    for move, rule in SIMPLE.items():
        if move in names and not (move in OFFERS and _too_early(state, ear)):
            yield rule, move


def _empathy(state: ClientState, names: set[str]) -> Iterator[tuple[str, str]]:
    if Move.APOLOGISE in names:
        again = state.count(Move.APOLOGISE) > 0
        yield ("apologised_again" if again else "apologised"), Move.APOLOGISE.value
    if Move.ACKNOWLEDGE not in names:
        return
    if state.opened and not state.acknowledged:
        yield "acknowledged_first", Move.ACKNOWLEDGE.value
    elif state.count(Move.ACKNOWLEDGE) >= 2 and names <= _ONLY_KIND:
        yield "empty_empathy", Move.ACKNOWLEDGE.value
    else:
        yield "acknowledged_again", Move.ACKNOWLEDGE.value


def _questions(
    state: ClientState, reading: Reading, names: set[str], ear: bool
) -> Iterator[tuple[str, str]]:
    if is_repeated(state, reading):
        yield "repeated_question", Move.OPEN_QUESTION.value
    elif Move.OPEN_QUESTION in names:
        early = state.heat >= _HOT and not ear
        yield ("asked_before_ear" if early else "asked_openly"), Move.OPEN_QUESTION.value
    if Move.EXPLAIN_TERMS in names:
        early = state.heat >= _HOT and not ear
        yield ("explained_before_ear" if early else "explained"), Move.EXPLAIN_TERMS.value


def _talk_of_money(
    scenario: Scenario, state: ClientState, names: set[str], ear: bool
) -> Iterator[tuple[str, str]]:
    spoken = [move.value for move in Move if move.value in names & _ABOUT_MONEY]
    if not spoken:
        return
    if scenario.protected is not None and state.opened:
        yield "money_in_protocol", spoken[0]
    elif _too_early(state, ear):
        yield ("options_before_ear" if state.heat >= _HOT else "options_a_bit_early"), spoken[0]
    elif Move.SEEK_COMMITMENT in names and _is_pushing(state):
        yield "commitment_pushed", Move.SEEK_COMMITMENT.value


def _is_pushing(state: ClientState) -> bool:
    return state.promise is None and state.count(Move.SEEK_COMMITMENT) >= _ASKS_BORNE


def _too_early(state: ClientState, ear: bool) -> bool:
    return state.opened and not ear and state.heat >= 1


def _firmness(state: ClientState, names: set[str], ear: bool) -> Iterator[tuple[str, str]]:
    if Move.SET_BOUNDARY in names:
        yield _boundary(state), Move.SET_BOUNDARY.value
    if Move.STATE_CONSEQUENCE in names:
        hot = state.heat >= _HOT or not ear
        yield (
            ("consequence_while_hot" if hot else "consequence_named"),
            Move.STATE_CONSEQUENCE.value,
        )


def _boundary(state: ClientState) -> str:
    if state.heat < _HOT:
        return "boundary_too_soon"
    if state.count(Move.SET_BOUNDARY):
        return "boundary_worn"
    return "boundary_held" if state.trust >= BOUNDARY_TRUST else "boundary_not_trusted"


def _handing_over(
    scenario: Scenario, state: ClientState, names: set[str]
) -> Iterator[tuple[str, str]]:
    if Move.ESCALATE not in names:
        return
    right = GoodEnd.HANDED_OVER in scenario.good_end or (Move.ESCALATE in scenario.pays_only_after)
    if state.manager_asked >= 2 and not state.count(Move.ESCALATE):
        yield "handed_over_as_asked", Move.ESCALATE.value
    elif state.manager_asked or right or scenario.protected:
        yield "passed_on_rightly", Move.ESCALATE.value
    else:
        yield "passed_on_unasked", Move.ESCALATE.value
