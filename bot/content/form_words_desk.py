"""Words for the form of a playbook card."""

from __future__ import annotations

from bot.content.form_choices import HEATS
from bot.content.form_wording import Section, Words
from bot.content.form_words_common import LONG

DESK_SECTIONS = {
    "playbook": (
        Section(
            "card",
            "The card",
            "When it is shown, and what may be offered with it.",
            ("label", "priority", "cooldown_turns", "options", "do_not_trigger"),
        ),
        Section("say", "Lines to say", "At least ten, three or more at each heat.", ("say",)),
        Section("ask", "Questions to ask", "At least four open questions.", ("ask",)),
        Section(
            "avoid", "What to avoid", "At least three reminders for the collector.", ("avoid",)
        ),
    )
}

_SPOKEN = "At most 25 words, with facts such as {invoice}, {amount} or {due_date}."

DESK_WORDS = {
    "playbook": {
        "label": Words("Label", "What the client means when this card comes."),
        "priority": Words("Priority", "0 to 100: which card wins when several fit."),
        "cooldown_turns": Words("Turns before it comes again"),
        "options": Words("What fits", "Best first; none where money is not the point."),
        "do_not_trigger": Words("Not when these words are said"),
        "say": Words("Lines to say", item_title="text"),
        "say.heat": Words("At heat", "How angry the client is when it fits.", choices=HEATS),
        "say.stance": Words("What it does"),
        "say.text": Words("Words", _SPOKEN, LONG),
        "ask": Words("Questions", item_title="text"),
        "ask.text": Words("Question", _SPOKEN, LONG),
        "avoid": Words("Reminders", item_title="text"),
        "avoid.text": Words("Reminder", "", LONG),
    }
}
