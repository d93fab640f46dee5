"""How a rehearsal reads in the chat: the client's words, the coach's note, the opening, the end."""

from __future__ import annotations

from typing import Any

from bot.core.coaching.wording import HEAT_WORDS
from bot.core.rehearsal.hints import COSTS
from bot.core.rehearsal.skills import SKILL_WORDS
from bot.services.coach_answers import Answer

#: Where the web application shows these.
DEBRIEF_PAGE, CALL_PAGE = "/rehearse/{id}/debrief", "/rehearse/{id}"

HOW_IT_GOES = (
    "From now on I pass what you type to {name}. To stop, say “let's leave it there”; “pause” keeps it for later. "
    "“Hint”, “again” (your last turn once more) and “help” are for me, and so is what begins with “coach,”."
)
HOW_AN_EXAM_GOES = (
    "From now on I pass what you type to {name}. It is an exam: no notes, no hints, no going back. "
    "To stop, say “let's leave it there”; “pause” keeps it for later. What begins with “coach,” is for me."
)
NOT_IN_A_CALL = "A call is open here. Finish it first, then practise with me on the Coach page."
NONE_RUNS = "No rehearsal is running. Say “give me an angry one to practise on”, or name a client or an objection."
NOTHING_LEFT = "You have no unfinished rehearsal. Say “give me an angry one to practise on”."
NOTHING_SAID = (
    "Nothing was said, so there is nothing to score. Say “resume the rehearsal” to ring again."
)
PAUSED = "It waits as it stands. Say “resume the rehearsal” here, or go on at {page}, today or another day."
NO_TURN_YET = "You have not said anything yet that could be tried again."
ALL_TOLD = "You have the words already; there is no further hint for this turn."
NOT_HEARD = "I am on the phone with you. I can give a hint, explain a term, or give you words to an objection."

_REASONS = {
    "assigned": "It is set for you, due {about}.",
    "retest": "You passed it before, and it is to be recalled since {about}.",
    "weakest": "It asks for {about}, where you have most to gain.",
    "new": "You have not rehearsed it yet.",
}
_ENDED = {
    "hung_up": "{name} hung up.",
    "agreed": "You agreed on something.",
    "handed_over": "You handed over.",
    "closed": "You both said goodbye.",
    "contact_stopped": "{name} wants no more calls.",
    "protected_close": "Money was laid aside, as the protocol asks.",
}


def opening(view: dict[str, Any], why: str) -> list[Answer]:
    """What was chosen in one line, the briefing, how to stop; then the client picks up."""
    scenario, exam = view["scenario"], view["mode"] == "exam"
    who = f"{scenario['contact']['name']}, {scenario['contact']['role']}"
    kind = ", exam" if exam else ""
    chosen = f"{who}: “{scenario['title']}”, level {view['level']}{kind}. {why}".strip()
    you = f"You are {scenario['collector']['name']} of {scenario['collector']['company']}."
    how = (HOW_AN_EXAM_GOES if exam else HOW_IT_GOES).format(name=name_in(view))
    text = "\n".join((chosen, f"{you} {scenario['briefing']}", how))
    begun = {"kind": "briefing", "rehearsal_id": view["id"]}
    return [Answer(text, begun), client_says(view["turns"][0], view)]


def reason(kind: str, about: str) -> str:
    """Why the one that fits fits."""
    return _REASONS[kind].format(about=SKILL_WORDS.get(about, about))


def client_says(turn: dict[str, Any], view: dict[str, Any]) -> Answer:
    """The client's words, marked as theirs."""
    heat = turn["state"]["heat"]
    document = {
        "kind": "client",
        "rehearsal_id": view["id"],
        "name": name_in(view),
        "mood": HEAT_WORDS[heat],
        "heat": heat,
        "words": turn["text"],
    }
    return Answer(f"{document['name']} ({HEAT_WORDS[heat]}): “{turn['text']}”", document)


def note_on(turn: dict[str, Any]) -> list[Answer]:
    """The coach's note in at most three short lines; none in an exam."""
    note = turn["note"]
    if not note:
        return []
    better = f"Try: “{note['better']}”" if note["better"] else ""
    lines = [line for line in (note["did"], note["caused"], better) if line]
    return [Answer("\n".join(lines), {"kind": "note", "lines": lines})] if lines else []


def verdict(view: dict[str, Any], result: dict[str, Any]) -> Answer:
    """Score, one to keep, one to try, and where the debrief is."""
    debrief, ended = result["debrief"], view["state"]["ended"]
    how = _ENDED.get(ended or "", "").format(name=name_in(view)) if ended else ""
    passed = "passed" if result["passed"] else "not passed yet"
    lines = [f"The call is over. {how}".strip(), f"Score: {result['score']} of 100, {passed}."]
    keep, attempt = debrief["keep"], debrief["try"]
    if keep:
        lines.append(f"Keep: {keep['text']} You said: “{keep['quote']}”")
    if attempt:
        lines.append(f"Try: {attempt['text']} For instance: “{attempt['better']}”")
    page = DEBRIEF_PAGE.format(id=view["id"])
    lines.append(f"The debrief: {page}")
    if view["mode"] != "exam":
        lines.append("“Again” takes you back to before your last turn.")
    document = {"kind": "verdict", "rehearsal_id": view["id"], "page": page}
    return Answer("\n".join(lines), {**document, "score": result["score"]})


def hint_given(given: dict[str, Any]) -> Answer:
    """A hint, what it costs, and whether there is more."""
    cost = f"It costs {given['cost']} point{'s' * (given['cost'] != 1)}." if given["cost"] else ""
    more = "“Hint” again gives more away." if given["level"] > min(COSTS) else ""
    text = f"Hint: {given['text']}\n{cost} {more}".strip()
    return Answer(text, {"kind": "hint", "level": given["level"], "cost": given["cost"]})


def name_in(view: dict[str, Any]) -> str:
    """Who is on the phone."""
    return str(view["scenario"]["contact"]["name"])
