"""Words for the forms of the house rules, one for each file."""

from __future__ import annotations

from bot.content.form_wording import Section, Words
from bot.content.form_words_common import LONG
from bot.content.form_words_limits import LIMITS_SECTIONS, LIMITS_WORDS

_DATED = ("source", "reviewed_on", "review_by")
_ABOUT = Section("about", "Where it is from", "", _DATED)

HOUSE_SECTIONS = {
    "house/limits": LIMITS_SECTIONS,
    "house/escalation": (
        Section(
            "ladder", "The ladder", "The steps towards the client, in order of days.", ("ladder",)
        ),
        Section("up", "What sends a call up", "", ("triggers", "try_first", "follow_up_days")),
        Section("neutral", "Neutral third parties", "Who stands outside.", ("neutral_parties",)),
        _ABOUT,
    ),
    "house/protocols": (
        Section(
            "protocols", "Protocols", "Each stands alone: no money, only steps.", ("protocols",)
        ),
        _ABOUT,
    ),
    "house/checklist": (
        Section("items", "Checklist", "What a good call holds, in order.", ("items", "cues")),
        _ABOUT,
    ),
    "house/corrections": (
        Section(
            "faults", "Corrections", "A private word after a fault.", ("faults", "cooldown_turns")
        ),
        _ABOUT,
    ),
    "house/glossary": (
        Section("glossary", "Glossary", "The words of the trade in plain English.", ("glossary",)),
        _ABOUT,
    ),
    "house/directory": (
        Section("help", "Inside help", "Whom to turn to, by problem.", ("help",)),
        _ABOUT,
    ),
    "house/topics": (
        Section(
            "topics", "Topics", "What collectors call it when they ask the coach.", ("topics",)
        ),
        _ABOUT,
    ),
    "house/publishing": (
        Section(
            "margins",
            "Margins for a new model",
            "How much worse it may hear the kept turns; shares of one, so 0.02 is two in a hundred.",
            ("margins",),
        ),
        _ABOUT,
    ),
}

HOUSE_WORDS = {
    "house/limits": LIMITS_WORDS,
    "house/escalation": {
        "follow_up_days": Words("Days to the next contact", "When none was agreed."),
        "ladder": Words("Steps", item_title="title"),
        "ladder.after_days": Words("Days after the due date", "Below zero: before it."),
        "ladder.says": Words("As the collector may say it", "", LONG),
        "ladder.document": Words("Document that proves it"),
        "ladder.wait_days": Words("Days that the step before must have had"),
        "ladder.only_in_dispute": Words("Only in a dispute"),
        "triggers": Words("What sends a call up", item_title="reason"),
        "triggers.reason": Words("Reason", "", LONG),
        "triggers.hand_to": Words("To whom"),
        "triggers.absolute": Words("At once, whatever was tried"),
        "triggers.label": Words("When the client", "Either this or a heat."),
        "triggers.heat": Words("At heat", "1 to 3."),
        "triggers.times": Words("So many times"),
        "try_first": Words("What is tried before", item_title="text"),
        "try_first.kind": Words("Ticked by offering"),
        "neutral_parties": Words("Neutral third parties", item_title="title"),
        "neutral_parties.due_within_days": Words("Only so many days after it fell due"),
        "neutral_parties.confirm": Words("What is asked first"),
    },
    "house/protocols": {
        "protocols": Words("Protocols", all_keys=True),
        "protocols.pause": Words("Recorded on the account"),
        "protocols.steps": Words("Steps", "Three to eight.", LONG),
        "protocols.say": Words("First sentences", "One to three.", LONG),
    },
    "house/checklist": {
        "items": Words("Items", item_title="text"),
        "items.moves": Words("Ticked by any of"),
        "items.labels": Words("Only when the client"),
        "items.unless_labels": Words("Not when the client"),
        "cues": Words("Words for the collector", "What helps to stay calm.", LONG),
    },
    "house/corrections": {
        "cooldown_turns": Words("Turns before the next one"),
        "faults": Words("Faults", all_keys=True),
        "faults.note": Words("Note to the collector", "", LONG),
        "faults.better": Words("Better lines", item_title="text"),
        "faults.better.labels": Words("Fits best when the client"),
    },
    "house/glossary": {
        "glossary": Words("Terms", item_title="term"),
        "glossary.term": Words("Term"),
        "glossary.plain": Words("In plain words", "", LONG),
        "glossary.also": Words("Other names"),
        "glossary.instead": Words("Say to a client instead"),
    },
    "house/directory": {
        "help": Words("Inside help", item_title="team"),
        "help.problem": Words("Problem"),
        "help.team": Words("Team"),
        "help.helps_with": Words("Helps with", "", LONG),
        "help.have_ready": Words("Have ready", "", LONG),
        "help.labels": Words("When the client"),
        "help.words": Words("Words that lead to it"),
    },
    "house/topics": {
        "topics": Words("Topics", item_title="label"),
        "topics.label": Words("What it means"),
        "topics.words": Words("What collectors call it", "The longest that fits wins."),
    },
    "house/publishing": {
        "margins": Words("Margins"),
        "margins.macro_f1": Words("Mean of all labels", "For each speaker.", "number"),
        "margins.protected_recall": Words("Protected labels: missed", "", "number"),
        "margins.protected_precision": Words("Protected labels: heard in error", "", "number"),
        "margins.label_f1": Words("Any other label", "", "number"),
        "margins.least_turns": Words("Kept turns that a label must have to count"),
    },
}
