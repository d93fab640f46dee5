"""Where a rehearsed call stands: what the trainee would do next, told from the client's state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.core.coaching.playbook import Stance
from bot.core.labels import Move
from bot.core.rehearsal.negotiation import missing_undertaking
from bot.core.rehearsal.scenario import Scenario
from bot.core.rehearsal.state import ClientState


class Phase(StrEnum):
    """The steps of a good call, in their order."""

    OPEN = "open"
    ACKNOWLEDGE = "acknowledge"
    UNDERSTAND = "understand"
    UNDERTAKE = "undertake"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    CLOSE = "close"
    PROTECT = "protect"


@dataclass(frozen=True)
class Step:
    """What a phase asks for: its name in words, the move, and a question that leads there."""

    words: str
    move: Move
    question: str
    stance: Stance | None = None


STEPS: dict[Phase, Step] = {
    Phase.OPEN: Step(
        "Opening the call",
        Move.GREET_IDENTIFY,
        "Do they know who is calling, and do you know who is speaking?",
    ),
    Phase.ACKNOWLEDGE: Step(
        "Letting them be heard",
        Move.ACKNOWLEDGE,
        "What would they have to hear from you to know that you listened?",
        Stance.ACKNOWLEDGE,
    ),
    Phase.UNDERSTAND: Step(
        "Finding the cause",
        Move.OPEN_QUESTION,
        "What do you not know yet about why it has not been paid?",
        Stance.PROBE,
    ),
    Phase.UNDERTAKE: Step(
        "Doing our part",
        Move.SEND_DOCUMENTS,
        "What do they need from us before they can pay?",
    ),
    Phase.PROPOSE: Step(
        "Finding terms",
        Move.OFFER_PLAN,
        "Which sum on which day could they really keep?",
        Stance.PROPOSE,
    ),
    Phase.CONFIRM: Step(
        "Making it certain",
        Move.CONFIRM_AGREEMENT,
        "Would you both write down the same sum and the same day?",
    ),
    Phase.CLOSE: Step(
        "Closing",
        Move.CLOSE_POLITELY,
        "Is there anything you promised that you have not named again?",
    ),
    Phase.PROTECT: Step(
        "Protecting them",
        Move.SIGNPOST,
        "Is money the point of this call now, or the person?",
    ),
}


def phase_of(state: ClientState, scenario: Scenario) -> Phase:
    """The next step of a good call in this state."""
    if not state.opened:
        return Phase.OPEN
    if not state.acknowledged and state.heat >= 1:
        return Phase.ACKNOWLEDGE
    if scenario.protected is not None:
        return Phase.PROTECT
    if state.promise is not None:
        return Phase.CLOSE if state.recapped else Phase.CONFIRM
    if not state.count(Move.OPEN_QUESTION) and not state.revealed:
        return Phase.UNDERSTAND
    if missing_undertaking(scenario, state) is not None:
        return Phase.UNDERTAKE
    needs = scenario.limits.needs
    if state.trust < needs.trust or state.temper >= needs.temper_below:
        return Phase.UNDERSTAND if state.acknowledged else Phase.ACKNOWLEDGE
    return Phase.PROPOSE


def step_of(phase: Phase, state: ClientState, scenario: Scenario) -> Step:
    """What the phase asks for in this case; our part is whatever the client needs first."""
    step = STEPS[phase]
    missing = missing_undertaking(scenario, state)
    if phase is Phase.UNDERTAKE and missing:
        return Step(step.words, Move(missing), step.question, step.stance)
    return step
