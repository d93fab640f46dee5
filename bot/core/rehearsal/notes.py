"""The coach's note after a trainee turn: what you did, what it caused, and a better line; three short lines at most."""

from __future__ import annotations

from bot.core.coaching.desk import Desk
from bot.core.reading import Reading
from bot.core.rehearsal.better import Prompter, faults_in
from bot.core.rehearsal.client import Reply
from bot.core.rehearsal.protocol_words import RULE_WORDS
from bot.core.rehearsal.record import CoachNote, Rehearsal
from bot.core.rehearsal.scenario import Scenario
from bot.core.rehearsal.state import Cause, ClientState
from bot.core.rehearsal.words import moves_in_words

#: A change of trust smaller than this is not worth a word.
_NOTICEABLE = 2
#: What every turn costs is no news.
_NO_NEWS = frozenset({"tired", "idle"})


def note_on(
    rehearsal: Rehearsal,
    scenario: Scenario,
    reading: Reading | None,
    before: ClientState,
    said: Reply,
    desk: Desk,
) -> CoachNote:
    """Write the note on one turn; `rehearsal` is as it stood before the turn."""
    return CoachNote(
        did=did(reading, said.causes),
        caused=caused(before, said.state, said.causes),
        better=_better(Prompter(rehearsal, scenario, desk), reading, before, said),
    )


def did(reading: Reading | None, causes: tuple[Cause, ...] = ()) -> str:
    """What the trainee did, in one sentence."""
    if reading is None:
        return "You said nothing."
    by_protocol = (cause.rule for cause in causes if cause.rule in RULE_WORDS)
    return (
        moves_in_words((*reading.names, *by_protocol))
        or "You kept the talk going, without a move forward."
    )


def caused(before: ClientState, after: ClientState, causes: tuple[Cause, ...]) -> str:
    """What the turn caused, with the cause that weighed most."""
    changes = [_heat(before, after), *_trust(before, after)]
    telling = [c for c in causes if c.rule not in _NO_NEWS and c.note]
    weightiest = max(telling, key=_weight, default=None)
    why = f": {weightiest.note}" if weightiest and _weight(weightiest) else ""
    return f"{', '.join(changes)}{why}."


def _better(prompter: Prompter, reading: Reading | None, before: ClientState, said: Reply) -> str:
    rules = {cause.rule for cause in said.causes}
    faults = faults_in(rules, reading.names if reading else ())
    better = prompter.instead_of(faults) if faults else prompter.beyond_authority(said.state)
    if not better and said.state.ended is not None and not _went_wrong(said):
        return ""
    # After a slip the better line is for the moment that was missed, else for the one that comes.
    return better or prompter.next_line(before if _went_wrong(said) else said.state)


def _went_wrong(said: Reply) -> bool:
    return any(c.temper > 0 or c.trust < 0 for c in said.causes if c.rule not in _NO_NEWS)


def _weight(cause: Cause) -> int:
    return abs(cause.temper) + abs(cause.trust)


def _heat(before: ClientState, after: ClientState) -> str:
    if before.heat == after.heat:
        return f"Heat stays at {after.heat}"
    return f"Heat {before.heat} → {after.heat}"


def _trust(before: ClientState, after: ClientState) -> list[str]:
    change = after.trust - before.trust
    if abs(change) < _NOTICEABLE:
        return []
    return ["trust up" if change > 0 else "trust down"]
