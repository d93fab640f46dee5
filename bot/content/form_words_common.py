"""Words for keys that mean the same in every document."""

from __future__ import annotations

from bot.content.form_choices import HEATS
from bot.content.form_wording import Words

LONG = "long_text"

COMMON = {
    "id": Words(
        "Id", "A short name that nothing else in the files has; small letters and hyphens."
    ),
    "text": Words("Words", "What is said, as it is spoken.", LONG),
    "heat": Words(
        "At heat", "How angry the client is when it fits; all when none is ticked.", choices=HEATS
    ),
    "lines": Words("Lines", "Several, so that two calls never sound the same.", item_title="text"),
    "source": Words("Where it is from", "The rule, page or person that this goes back to."),
    "reviewed_on": Words("Looked through on", "A day such as 2026-11-30."),
    "review_by": Words("To be looked at again by", "A day such as 2027-05-01."),
    "labels": Words("Labels", "What the client means; tick all that apply."),
    "legal_forms": Words("Legal forms", "Whom it holds for; everybody when none is ticked."),
    "countries": Words(
        "Countries", "Two letters each, such as GB; everywhere when there are none."
    ),
    "title": Words("Title"),
    "avoid": Words("What not to say", "For the collector.", LONG),
    "moves": Words("Moves", "What the collector does."),
}
