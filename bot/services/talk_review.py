"""A first word on how a call went, from what was heard of both sides; every figure is a count of turns."""

from __future__ import annotations

from bot.core.coaching.facts import count_in_words
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.wording import FAULT_WORDS, HEAT_WORDS
from bot.core.labels import FAULTS, Move


def talk_review(memory: CallMemory) -> str:
    """Say what went well, what to try, and how the heat moved."""
    lines = [f"{memory.turns} turns, {memory.client_turns} of them the client's."]
    if memory.heat_path:
        first, last, top = memory.heat_path[0], memory.heat_path[-1], max(memory.heat_path)
        lines.append(
            f"Heat went from {HEAT_WORDS[first]} to {HEAT_WORDS[last]}, at its highest {HEAT_WORDS[top]}."
        )
    kept = _to_keep(memory)
    if kept:
        lines.append(f"Keep: {kept}.")
    lines.append(f"Try: {_to_try(memory)}.")
    return "\n".join(lines)


def hint_for(memory: CallMemory | None) -> str:
    """The next move that is missing, in the order of a good call."""
    if memory is None or not memory.turns:
        return "Start with who you are, check who is speaking, and name the invoice, the sum and the day it fell due."
    if not memory.identified and not memory.did(Move.GREET_IDENTIFY):
        return "Check first that you are speaking to the right person."
    if not memory.acknowledged:
        return "Acknowledge first: say back what is hard about this for them, before any figure."
    if not memory.did(Move.OPEN_QUESTION):
        return "Ask one open question: what would have to happen for this to be paid?"
    if not memory.offered:
        return "Name one option with a sum and a day, then wait."
    if not memory.did(Move.SEEK_COMMITMENT):
        return "Ask for a sum and a day, plainly, and let the silence work."
    if not memory.did(Move.CONFIRM_AGREEMENT):
        return "Read the agreement back: sum, day, method."
    return "Thank them, say when you will be in touch next, and close."


def _to_keep(memory: CallMemory) -> str:
    if memory.acknowledged:
        return "you acknowledged before you asked"
    if memory.did(Move.OPEN_QUESTION):
        return "you asked an open question"
    if memory.did(Move.SEEK_COMMITMENT):
        return "you asked for a definite sum or day"
    return ""


def _to_try(memory: CallMemory) -> str:
    faults = [fault for fault in FAULTS if memory.did(fault.value)]
    if faults:
        worst = max(sorted(faults), key=lambda fault: memory.did(fault.value))
        count = memory.did(worst.value)
        times = "once" if count == 1 else count_in_words(count, "time")
        return f"a calmer line where I heard {FAULT_WORDS[worst.value]} ({times})"
    advice = hint_for(memory)
    return f"{advice[0].lower()}{advice[1:].rstrip('.')}"
