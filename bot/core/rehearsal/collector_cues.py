"""What a collector does, by the words alone: named as the moves are, and the words that speak against a label."""

from __future__ import annotations

import re

from bot.core.rehearsal.cues import DAY_WORDS, words

#: What the collector does, by the words alone. Named as the moves are.
MOVES: dict[str, re.Pattern[str]] = {
    "greet_identify": words(
        r"^\W*(?:good \w+|hello|hi|hiya|morning|afternoon|evening)?\W*(?:there\W+)?\w+(?: \w+)? (?:here )?(?:from|at|of) \w+|\bis that \w+"
        r"|\b(?:this is|it's|its|my name is|my name's|i'm|you're speaking (?:to|with)) \w+(?: \w+)?,? "
        r"(?:here |calling |ringing |speaking )?(?:from|at|of|with) \w+"
        r"|\b\w+ (?:here |calling |ringing )from \w+|\bcalling (?:from|on behalf of)\b"
        r"|\b(?:am i|is that|may i ask who i'm|who am i) (?:speaking|talking) (?:to|with)\b"
        r"|\b(?:can|could|may) i (?:just )?(?:check|confirm) (?:who|your (?:name|date of birth|postcode|address))"
    ),
    "acknowledge": words(
        r"\bthat (?:must|sounds?|can't be|would|can't have) (?:be|been|have been|like|really|very|so|easy|hard|tough|rough|awful"
        r"|difficult|frustrat\w+|annoy\w+|stress\w+|horrible|infuriat\w+|maddening|upset\w+|worr\w+)\b"
        r"|\bi can (?:hear|see|tell|understand|imagine)\b|\bi hear (?:you|that|how)\b|\bi don't blame you\b|\bno wonder\b"
        r"|\bi'd (?:be|feel) (?:\w+ )?(?:annoyed|cross|angry|frustrated|fed up|the same|furious|livid|upset)\b"
        r"|\bthank(?:s| you)(?: \w+)? for (?:telling|being \w+|letting|explaining|sharing|saying|trusting|flagging|raising)\b"
        r"|\bsorry (?:to hear|for your loss|for your trouble|you've had|you're going|you are going|that's happened)\b"
        r"|\bthat's (?:\w+ )?(?:a )?(?:\w+ )?(?:hard|tough|rough|difficult|awful|horrible|frustrating|annoying|stressful|fair|rotten"
        r"|maddening|not good enough|worrying|a lot)\b"
        r"|\b(?:you're|you are) (?:quite |absolutely )?right (?:to be|that)\b|\byou've every right\b|\bfair (?:point|enough|comment)\b"
        r"|\bi (?:do |completely |quite |fully )?(?:understand|appreciate|get) (?:that|why|how|it|you|this|the)\b"
        r"|\bmakes sense\b|\byou (?:sound|must be|must feel|must have)\b|\bwhat a (?:rotten|horrible|hard|rough|tough|mess)\b"
    ),
    "apologise": words(
        r"\bi'm (?:so |really |very )?sorry (?:that we|we|about (?:that|this|the)|for (?:that|this|the|our|not|how|any))"
        r"|\bwe (?:got|did get) (?:that|this|it) wrong\b|(?<!not )(?<!sn.t )(?<!snt )\b(?:our|my) (?:mistake|fault|error)\b|\bapologi[sz]e|\bapologies\b"
        r"|\bwe (?:should have|should've|slipped|dropped the ball|let you down)\b|\bthat's on us\b"
    ),
    "paraphrase": words(
        r"\bso (?:what )?(?:you're|you are|you've|you have) (?:saying|telling|waiting|got|had|been|not|never)\b"
        r"|\bif i(?:'ve| have)? (?:got|understood|understand|heard|hear) (?:that|you|this|it|right)\b|\bhave i got (?:that|this|it)\b"
        r"|\bwhat i'm hearing\b|\bin other words\b|\b(?:it )?sounds (?:like|as (?:if|though))\b|\blet me (?:see|check|make sure) (?:if )?i(?:'ve)?\b"
        r"|\bso (?:the|your|it's|that's|there's|nobody|no one|it was|he|she|they|half|two|three)\b[^.?!]*,? (?:is that|have i|right|correct|yes)\?"
    ),
    "seek_commitment": words(
        r"\b(?:when|what (?:day|date)|which (?:day|date)|how much|what (?:sum|amount)|by when|how soon)\b[^.?!]{0,40}\b(?:you|we|i|us|it|that|they|their)\b[^.?!]{0,25}"
        r"\b(?:pay|paid|send|transfer|manage|clear|settle|do|afford|put|make|expect|from you)\b"
        r"|\b(?:what's|give (?:me|us)|take|have) (?:the|your) card (?:number|details)\b|\bgive (?:me|us) (?:just )?[^.?!]{0,15}\b(?:quid|pounds?|euros?|dollars?|today|now)\b"
        r"|\b(?:can|could|shall|may) (?:i|we) (?:put|note|say|take|count on|fix|agree|rely on|expect|book)\b"
        r"|\b(?:can|could|will|would) you (?:pay|send|transfer|manage|do|make|commit|settle|clear|release|let me have)\b"
        r"|\bare you (?:able|in a position) to (?:pay|make|send|clear|settle|do)\b|\bhow would you (?:like|prefer) to pay\b"
        r"|\b(?:would|does|is) (?:that )?(?:\w+day|the \d+\w*|tomorrow|\w+day the \w+) (?:work|suit|be ok|do|possible|realistic)"
    ),
    "confirm_agreement": words(
        r"\b(?:just to|so to|let me|to) (?:confirm|recap|sum (?:that |it |this )?up|repeat (?:that|it)(?: back)?|read (?:that|it) back)\b"
        r"|\bwe(?:'ve| have) agreed\b|\bso we(?:'ve| have) (?:agreed|got)\b|\bso that's\b|\b(?:i've|i'll) (?:noted|note|put) (?:that )?down\b"
        r"|\bto recap\b|\bas agreed\b"
    ),
    "schedule_follow_up": words(
        rf"\bi(?:'ll| will| can)? ?(?:ring|call|phone|check|come back|be (?:back )?in touch|e-?mail|follow|update|speak|drop you)\b[^.?!]{{0,60}}\b(?:{DAY_WORDS})\b"
        rf"|\b(?:you'll|you will) (?:hear|have (?:a|an) \w+)\b[^.?!]{{0,40}}\b(?:{DAY_WORDS}|from (?:me|us|her|him|them))\b"
        r"|\bi(?:'ll| will) (?:ring|call|phone|come) (?:you )?back\b"
    ),
    "send_documents": words(
        r"\b(?:i'll|i will|i'm|i can|let me|i've|we'll)(?: just| get| have| now| also)? ?(?:e-?mail\w*|send\w*|sent|post\w*|resend\w*|forward\w*|get)\b[^.?!]{0,60}"
        r"\b(?:copy|copies|invoices?|statement|proof|p\.?o\.?d|note|terms|contract|breakdown|form|letter|details|documents?|paperwork|credit note|confirmation|that|it)\b"
    ),
    "log_dispute": words(
        r"\b(?:log|logged|logging|record\w*|raise[ds]?|raising|register\w*|open\w*|note)\b[^.?!]{0,30}\b(?:dispute|query|claim)\b"
        r"|\b(?:put|place|placed|putting|hold|holding|leave|park)\b[^.?!]{0,40}\b(?:in (?:dispute|query)|(?:invoice|amount|part|portion|charge|line|that|it|this|fee|pallets?)[^.?!]{0,20} (?:on hold|aside|out))\b"
        r"|\bundisputed\b|\b(?:the )?(?:part|rest|half|bit)[^.?!]{0,25}(?:not|isn't|nobody)[^.?!]{0,15}(?:dispute|query|question|argu)\w*"
    ),
    "offer_plan": words(
        r"\b(?:in|over|into|of) (?:two|three|four|five|six|\d) (?:equal )?(?:parts|payments|instal\w+|goes|months|lots|chunks|weeks)\b"
        r"|\b(?:split|spread|stage)\b[^.?!]{0,25}\b(?:it|this|that|over|across|into|payments?)\b|\binstal\w+|\bpayment plan\b|\bschedule\b"
        r"|\b(?:a|per|each|every) (?:month|week|fortnight)\b"
    ),
    "offer_part_payment": words(
        r"\b(?:now|today|this week|on \w+day|by \w+day|tomorrow)\b[^.?!]{0,30}\b(?:and|with|then)\b[^.?!]{0,15}\b(?:the )?(?:rest|remainder|balance|remaining|other half)\b"
        r"|\bpart[- ]payment\b|\bhalf (?:now|today|this week|on|of (?:it|that))\b|\bpart (?:of (?:it|that) )?(?:now|today)\b"
    ),
    "offer_concession": words(
        r"\b(?:waive|take off|taking off|knock off|drop|credit|remove|refund|write off|cancel)\b[^.?!]{0,25}\b(?:fee|charge|interest|penalty|£\s?\d+)"
        r"|\b(?:extra|another|more) (?:week|fortnight|month|time|(?:\w+|\d+) days)\b|\bextension\b|\bextend\b|\bgrace period\b|\bdays' grace\b|\bdiscount\b"
    ),
    "set_boundary": words(
        r"\bend (?:the|this) call\b|\bplease (?:don't|do not|stop) (?:swear|shout|speak|talk|call)\w*\b|\bkeep (?:this|it|things) (?:civil|polite|respectful|calm)"
        r"|\bwithout (?:the )?(?:swearing|shouting|insults|that language|being called)|\bnot (?:okay|ok|all right|acceptable) (?:to|for you)\b"
        r"|\bi (?:want|'d like|would like) to (?:help|sort)[^.?!]{0,60}\b(?:but|swear|shout|insult|name)\w*|\bi can't (?:stay|carry on|continue)[^.?!]{0,20}(?:call|line|if)"
    ),
    "state_consequence": words(
        r"\b(?:the )?next step (?:is|would be|will be)\b"
        r"|\bif (?:it|this|we|nothing|that|the|there)[^.?!]{0,60}\b(?:formal|letter|demand|on stop|interest|late fee|legal team|agency|hold (?:new )?(?:orders|deliveries))\b"
    ),
    "escalate": words(
        r"\b(?:pass(?:ing)?|put(?:ting)?|hand(?:ing)?|transfer(?:ring)?|refer(?:ring)?|bring(?:ing)?|get(?:ting)?|ask(?:ing)?|speak to|have|having)\b[^.?!]{0,45}\b(?:supervisor|manager|team leader|specialist|"
        r"specialist team|disputes? team|complaints? team|colleague|head of|director|care team|support team|welfare team|insolvency (?:team|contact|desk))\b"
        r"|\b(?:supervisor|manager|team leader|specialist|specialist team|complaints? team)\b[^.?!]{0,30}\b(?:will|can|to) (?:ring|call|take|phone|speak|look|contact)\b"
    ),
    "signpost": words(
        r"\b(?:citizens'? advice|stepchange|step change|national debtline|business debtline|debtline|mabs|debt advice|money advice|samaritans"
        r"|cruse|helpline|free (?:and confidential |confidential |independent )?(?:advice|support)|your (?:gp|doctor)|small business commissioner|999|112)\b"
    ),
    "close_politely": words(
        r"\b(?:have a (?:good|nice|lovely)|take care|all the best|bye|goodbye|enjoy (?:the|your)|speak (?:soon|then)|look after yourself"
        r"|mind yourself)\b|\bthank(?:s| you)[^.?!]{0,25}\b(?:your time|your help|your patience|talking|sorting|speaking|today)\b"
    ),
    "explain_terms": words(
        r"\bthe (?:fee|charge|interest|balance|amount|invoice|total|£\d+) (?:is|was|comes|covers|includes|breaks|relates)\b|\bmade up of\b"
        r"|\b(?:the|our|your) (?:terms|agreement|contract) (?:are|is|say|says|changed|were|show)\b|\bwhat happens next\b|\bthat means\b"
    ),
}
#: A question that cannot be answered with yes or no, or asks to be told.
OPEN_QUESTION = words(
    r"(?:^|[.?!,;:–-]\s*|\b(?:and|so|but|then|okay|right|well|sorry) )(?:what|how|which|why|who|when|where)(?:'s|s)?\b[^.!]{6,160}"
    r"|\b(?:could|can|would|will) you (?:tell|talk|walk|take|help|explain|describe|give me)\b|\btell me (?:more|what|about|how|a bit)\b"
    r"|\b(?:has|have|is|was|did|are) (?:something|anything|there (?:a|an|any|something)|you had|it)\b[^.!?]{3,80}\?"
)
#: A question that only demands payment: it seeks a commitment and opens nothing.
DEMAND = words(
    r"\b(?:when|how much|how soon|which day|what day)\b[^.?!]{0,30}\b(?:pay|paid|settle|clear|you (?:send|transfer|do))\w*"
)
#: Empathy that is taken back in the same breath.
TAKEN_BACK = words(
    r"\b(?:i'm (?:very |really |so )?sorry|sorry|understand|appreciate|hear|see|get|sympathi[sz]e|feel for you)\b[^.?!]{0,45},? but\b"
)
#: Words of an offer that is not made.
NO_OFFER = words(
    r"\b(?:can't|cannot|won't|not able to|unable to|not (?:allowed|prepared|going) to|there's no|we don't)\b[^.?!]{0,25}"
    r"\b(?:waive|take|split|spread|instal\w+|extend|extension|discount|plan|drop|remove|part payments?|reduce|accept)\b"
)
#: The last steps towards a client, which are no hand-over inside the house.
LAST_STEP = words(
    r"\b(?:legal (?:team|department|action)|solicitors?|lawyers?|attorneys?|courts?|agency|agents|debt collect\w+)\b"
)
#: Those inside the house who take a call over.
SOMEBODY_INSIDE = words(
    r"\b(?:manager|supervisor|specialist|colleague|team leader|boss|(?:disputes?|complaints?|support|care|welfare|credit|sales|cash|accounts) (?:team|desk|department))\b"
)
#: Asking the client to send, and undertaking to send.
ASKS_TO_SEND = words(
    r"\b(?:can|could|will|would|please) (?:you )?(?:just |please )?(?:send|e-?mail|forward|post)\b"
)
SENDS = words(
    r"\b(?:i'll|i will|i'm|i can|we'll|we can|let me|i've)\b[^.?!]{0,25}\b(?:send\w*|sent|e-?mail\w*|forward\w*|post\w*|reissue\w*|get|copy|resend\w*|pop|drop)\b"
)
#: A question of when, how much or by which way is about paying.
ASKS_ABOUT_PAYING = words(
    r"\b(?:pay\w*|paid|instal\w+|settle\w*|afford|transfer|card|clear|money|amount|manage|run)\b"
)
#: A question in the opening is one about the matter, not about the weather.
ABOUT_THE_MATTER = words(
    r"[£€$]|\b(?:invoices?|accounts?|orders?|bills?|payments?|paid|pay|balance|due|overdue|delivery|wrong|problem|snag|holding|late|instal\w+|statement|reminders?)\b"
)
