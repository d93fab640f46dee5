"""How a trainee's goodbye is told from thanks in mid-call, which a recogniser takes for one."""

from __future__ import annotations

import re

#: Thanks alone are no farewell; these are.
FAREWELL = re.compile(
    r"\b(?:good ?bye|bye|cheerio|farewell|take care|all the best|so long|see you (?:soon|then)|good ?night|slán"
    r"|(?:speak|talk) (?:soon|later|then)|speak to you (?:on|then|soon|again|next|later|tomorrow)"
    r"|have (?:a|an) (?:\w+ )?(?:good|nice|lovely|great|better|safe|pleasant|quiet|calm\w*|easy|fine) \w+"
    r"|enjoy (?:the|your) (?:rest|day|week\w*|evening|afternoon)|look after yourself|mind yourself"
    r"|let you (?:go|get (?:on|back))|leave (?:it|you) (?:there|at that|to it|in peace)"
    r"|(?:that'?s|that is|that'?ll be|that will be) (?:all|everything)\b|(?:end|finish|close) the call"
    r"|thank(?:s| you)[^.?!]{0,30}\b(?:your (?:time|call|patience|help)|the call|calling|talking|speaking|sorting))\b",
    re.I,
)
#: A last word after which nothing can follow, whatever else was heard in the turn.
GOODBYE = re.compile(r"\b(?:good ?bye|bye)\b[^.?!]{0,20}[.!]?\s*$", re.I)
#: Thanks for what was just said, which go on with the call.
THANKS_FOR_TELLING = re.compile(
    r"\bthank(?:s| you)(?: \w+){0,2} for "
    r"(?:(?:tell|lett|explain|shar|say|rais|be|bear|trust)ing|that|this|your (?:honesty|openness))\b",
    re.I,
)
