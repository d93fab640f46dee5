"""What a client signals, by the words alone: named as the labels are; `eased`, `unheard`, `hung_up` are ours."""

from __future__ import annotations

import re

from bot.core.rehearsal.cues import words

#: What the client signals, by the words alone. Named as the labels are; `eased`, `unheard`, `hung_up` are ours.
SIGNALS: dict[str, re.Pattern[str]] = {
    "promise_to_pay": words(
        r"\b(?:i|we)(?:'ll| will| can| could|'d|'m going to| might be able to)\b[^.?!]{0,20}\b(?:pay|transfer|do|manage|clear|settle|release"
        r"|send (?:it|that|you|the|over|£)|put (?:it|that|the|£)|make (?:a|the|that) payment|get (?:it|that|the money|£)[^.?!]{0,20}(?:paid|across|over|to you|out))\b"
        r"|\byou'll have (?:it|that|the money|your money|£)"
    ),
    "accept_offer": words(
        r"^\W*(?:\w+[,. ]+)?(?:yes|yeah|yep|aye|okay|ok|fine|right|alright|all right|deal|go on|grand|sure|agreed|perfect|done|lovely|that works|that'd work"
        r"|that would work|works for me|sounds (?:good|fair|reasonable|about right)|fair enough|i can (?:do|live with|manage) (?:that|it)|that's (?:fine|fair|reasonable|doable|grand|ok|okay|right)|let's do that|please do|that would help|that helps)\b"
        r"|\bi can (?:do|live with|manage) that\b|\bthat (?:works|would work|'d work|suits|sounds (?:fair|good|ok|okay|reasonable|doable))\b"
    ),
    "decline_offer": words(
        r"^\W*(?:no|nope|nah|not a chance|no way|no chance|can't)\b(?! (?:bother|problem|worries|trouble|rush|that's (?:fine|all|ok|it)|thanks?))|\b(?:can't|cannot|won't) (?:do|manage|agree to|afford) (?:that|it|this)\b|\bthat(?:'s| is) (?:no good|too much|not going to)"
    ),
    "eased": words(
        r"\b(?:thank(?:s| you)|appreciate|fair (?:enough|play)|that helps|that's (?:a relief|decent|good of you|kind|fair|great|something|helpful)|good of you|decent of you|cheers|grand|much better"
        r"|sorry (?:for|about|i)|didn't mean|not your fault|you've been)\b"
    ),
    "unheard": words(
        r"\b(?:not listening|listen to me|don't listen|won't listen|i (?:just|already) (?:told|said)|i've (?:just |already )?(?:told|said|explained)|like i said|are you even"
        r"|you don't care|did you (?:even )?hear|haven't heard a word|talking to a (?:wall|brick|machine)|are you (?:deaf|reading))\b"
    ),
    "hung_up": words(
        r"\b(?:hangs? up|hanging up|hung up|call (?:ended|drops|disconnected)|line (?:goes |went )?dead|phone down|i'm (?:done|finished) (?:here|with (?:you|this))|we're done(?: here)?|nothing more to say"
        r"|this (?:call|conversation) is over|putting the phone down)\b|^\W*\(?click\)?\W*$|\bgoodbye!"
    ),
}
#: Money that moved while both were on the line.
PAID_NOW = words(
    r"\b(?:payment(?:'s| has)? (?:gone|went|is) (?:through|made)|that's (?:gone through|paid|been taken)|i've (?:just )?(?:paid|sent) (?:it|that)"
    r"|take (?:it|the card|my card|payment) now|card number)\b"
)
#: Thanks that are none.
SARCASM = words(
    r"\bthanks (?:for nothing|a bunch|very much for nothing)\b|\bno thanks\b|\bfair enough,? (?:see you in court|i'll)"
)
#: Somebody who may be spoken to takes the phone, or has the right to listen.
MAY_LISTEN = words(
    r"\b(?:i'm|i am) (?:on|named on) the account\b|\bauthori[sz]ed\b|\bpower of attorney\b|\b(?:putting|passing) (?:him|her|them|you) (?:on|over)\b"
    r"|\b(?:here|there) (?:he|she) is\b|\bhello,? \w+ (?:here|speaking)\b|\bspeaking\b|\bthis is (?:he|him|her)\b"
)
#: The client is the person who was asked for.
CONFIRMS = words(
    r"^\W*(?:speaking|that's me|this is (?:he|she|him|her)|it is|it's me|you're speaking|yes,? (?:it is|speaking|that's me|this is)|yes|yeah|yep|aye)\b"
    r"|\bspeaking\b"
)
#: The second witness of the labels that change what a call is about.
WITNESSES: dict[str, re.Pattern[str]] = {
    "vulnerability": words(
        r"\b(?:died|is dead|was dead|death|dying|buried|burying|funeral|passed away|bereav\w*|widow\w*|lost my (?:husband|wife|mum|mother|dad|father|son|daughter|partner|brother|sister|baby|child)"
        r"|hospital|hospice|intensive care|cancer|chemo\w*|tumou?r|stroke|heart attack|dialysis|surgery|operation|diagnos\w*|terminal\w*|dementia|alzheimer\w*|(?<!be )ill|illness|sick"
        r"|depress\w*|anxi\w+|panic attacks?|breakdown|mental\w*|suicid\w*|self[- ]harm\w*|can't cope|not coping|can't go on|signed off|antidepressants|crisis team"
        r"|violen\w+|abus(?:ed|ive) (?:husband|partner|ex)|refuge|beats? me|hits me|homeless|evict\w*|miscarr\w*|stillb\w*|disab\w+|crying|in tears|eat(?:en|ing)? (?:for|properly)|food bank)\b"
    ),
    "adviser_in_charge": words(
        r"\b(?:advis[eo]rs?|advice|charity|stepchange|step change|citizens|debtline|mabs|solicitors?|lawyer|attorney|executors?|probate|breathing space|moratorium|iva|dmp|debt management|trustee|guardian|deputy)\b"
    ),
    "third_party": words(
        r"\b(?:wife|husband|partner|mum|mam|mother|dad|father|son|daughter|brother|sister|niece|nephew|aunt\w*|uncle|gran\w*|carer|neighbou?r|friend|girlfriend|boyfriend|flatmate|housemate|in[- ]law|behalf"
        r"|(?:he|she)'s (?:not|out|away|at|asleep|in|on)|(?:he|she) isn't)\b"
    ),
    "insolvency": words(
        r"\b(?:administrat\w+|liquidat\w+|bankrupt\w*|receivers?|receivership|insolven\w+|wound up|winding[- ]up|ceased trading|ceasing to trade|cva|chapter (?:7|11|seven|eleven)|examiner\w*|sequestrat\w+)\b"
    ),
    "wrong_contact": words(
        r"\b(?:wrong (?:number|person|department|desk|company|house)|not (?:me|him|her|us|here|the (?:right|one|person)|my (?:job|department))|no longer|doesn't (?:work|live)|don't (?:deal|handle|do) |left (?:us|in|the|last)"
        r"|moved (?:out|on|away)|used to|never heard|no such|no ?(?:body|one) (?:here )?(?:called|of that name)|reception\w*|switchboard|only (?:do|answer|work|started)|just (?:do|answer|started|the)"
        r"|before (?:us|me)|try (?:the|our|head)|head office|(?:isn't|not) in\b|retired|out of (?:the )?(?:office|country)|he's in|she's in|can't sign)\b"
    ),
}
