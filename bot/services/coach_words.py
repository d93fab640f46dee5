"""How the coach words its answers in the chat."""

from __future__ import annotations

from bot.core.coaching.advice import Advice, Option, OptionStatus
from bot.core.coaching.wording import label_in_words


def in_a_moment(label: str, advice: Advice) -> str:
    """What to say, ask and avoid when an objection comes up."""
    if advice.protocol:
        return protocol_text(advice)
    lines = [f"{label_in_words(label).capitalize()}:", *(f"“{line.text}”" for line in advice.say)]
    if advice.ask:
        lines.append(f"Then ask: “{advice.ask.text}”")
    if advice.avoid:
        lines.append(f"Avoid: {advice.avoid}")
    return "\n".join(lines)


def protocol_text(advice: Advice) -> str:
    """A safety protocol: its steps, then its first sentences."""
    steps = advice.protocol.steps if advice.protocol else ()
    title = advice.protocol.title if advice.protocol else ""
    said = [f"“{line.text}”" for line in advice.say]
    return "\n".join([title, *(f"{number}. {step}" for number, step in enumerate(steps, 1)), *said])


def options_text(options: tuple[Option, ...]) -> str:
    """The compromises, each with who may give it and why."""
    words = {OptionStatus.OPEN: "yours to give", OptionStatus.CLOSED: "closed"}
    return "\n".join(
        f"• {option.title} ({words.get(option.status, f'needs {option.approver}')}): {option.why}"
        for option in options
    )


def escalation_text(advice: Advice) -> str:
    """Whether it goes up now, why, and what is untried."""
    state = advice.escalation
    heads = {
        "not_yet": "Not yet.",
        "ready": "Yes, now: everything that fits has been tried.",
        "required": "Yes, now: this is not yours to settle alone.",
        "paused": "The ladder is paused.",
        "handed_over": "It has been handed over.",
    }
    lines = [heads.get(state.state, state.state), state.reason]
    lines += [f"Next step: {state.next_step}."] if state.next_step else []
    lines += [f"Untried: {'; '.join(state.untried)}."] if state.untried else []
    return "\n".join(line for line in lines if line)
