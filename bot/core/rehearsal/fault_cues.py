"""Faults by the words alone, and the words that take a threat back."""

from __future__ import annotations

import re

from bot.core.rehearsal.cues import words

#: Faults by the words alone.
FAULTS: dict[str, re.Pattern[str]] = {
    "threaten": words(
        r"\b(?:bailiffs?|heavies|enforcement (?:men|officers)|repo men|sheriff|garnish\w*|wage attachment)\b|\b(?:send|sending|have) the lads\b|\bsend(?:ing)? (?:someone|somebody|people|men|a couple of)[^.?!]{0,15} (?:round|over|down)\b"
        r"|\byou(?:'ll| will| could| can| might|'re going to)[^.?!]{0,25}\b(?:arrested|prison|jail|gaol|behind bars|criminal record)\b"
        r"|\b(?:call|ring|get|bring|send|involve|let|tell)[^.?!]{0,12} (?:in )?the (?:police|guards|gardai|cops)\b"
        r"|(?<!you )(?<!please )(?<!kindly )\b(?:tell|let|inform)\b[^.?!]{0,15}\b(?:your|all your|every one of your) (?:neighbou?rs|customers|family|wife|husband|boss|employer|staff|suppliers|landlord|clients|mother|mum)\b"
        # To ring a relative is a threat only when it is to tell or to shame.
        r"|\b(?:call|ring|ringing|phone|email)\b[^.?!]{0,15}\b(?:your|all your|every one of your) (?:neighbou?rs|customers|family|wife|husband|boss|employer|staff|suppliers|landlord|clients|mother|mum)\b(?=[^.?!]{0,40}\b(?:tell|about|know|owe|owing|debt|unless|hear)\b)"
        r"|\b(?:unless|or)\b[^.?!]{0,40}\b(?:call|ring|phone|email)\b[^.?!]{0,15}\b(?:your|all your|every one of your) (?:neighbou?rs|customers|family|wife|husband|boss|employer|staff|suppliers|landlord|clients|mother|mum)\b"
        r"|\bname and shame|\bblack-?list|\b(?:ruin|destroy|finish|bury|crush|wreck) (?:you|your)\b|\bknow where you (?:live|work)\b"
        r"|\b(?:take|taking|lose|losing|seize|seizing|strip) (?:your|the) (?:house|home|van|car|kids|tools|truck|lorry|shop|stock|livelihood)\b"
        r"|\b(?:see you in|drag you (?:to|through|into)|haul you (?:to|into)) (?:the )?court|\bsue you\b|\btake you to court\b|\bto the cleaners\b"
        r"|\b(?:we'll|we will|i'll|i will|have|having|going to|get) (?:wind|shut|close) you (?:up|down)\b|\b(?:have|get) you (?:wound up|shut down|closed)\b|\byou(?:'ll| will) (?:regret|be sorry)\b|\b(?:everyone|everybody|the whole (?:town|trade|street)) (?:will|'ll|is going to) (?:know|hear)\b"
        r"|\byour credit (?:rating|score|file|record)[^.?!]{0,30}(?:trash|ruin|destroy|wreck|finish|shot|bin|toilet|shred)\w*"
    ),
    "blame": words(
        r"\b(?:you people|your lot|you lot|people like you|your sort)\b|\b(?:another|same old|nice|good|lame|pathetic|usual|more|your|any|these|the) excuses?\b"
        r"|\b(?:you're lying|stop lying|liar|lies|fairy ?tales?|sob stor\w+)\b|\birresponsible\b|\bpathetic\b|\byour own (?:fault|doing)\b|\bthat's your fault\b"
        r"|\byou (?:clearly|obviously) (?:don't|can't|didn't|couldn't|haven't|never|have no)\b|\bheard (?:it all|that one|that) before\b|\bpull the other\b"
        r"|\bif you (?:ran|run|managed|could run|knew how)\b[^.?!]{0,40}\b(?:properly|business|better)\b|\byou should(?:'ve| have) (?:thought|planned|paid|read|budgeted|known|checked|kept|saved)\b"
        r"|\bthat's what (?:they|everyone|you|everybody|you people) (?:all )?(?:always )?says?\b|\bcan't (?:even )?(?:run|manage|organise) (?:your|a)\b|\bhow convenient\b|\bconvenient,? isn't\b"
        r"|\b(?:grow up|don't play (?:games|dumb|the victim)|you never (?:pay|keep)|you always (?:do this|say))\b"
    ),
    "dismiss": words(
        r"\b(?:that's )?not (?:my|our|really my|really our) (?:problem|department|concern|job|issue|fault|business)\b|\bthat's your (?:problem|business|lookout|issue|concern)\b"
        r"|\bi (?:don't|couldn't) (?:really )?care(?: (?:what|if|whether|why|how|less|who)\b|[.!,]|$)|\bget over it\b|\bnot (?:really )?interested in\b|\beveryone(?:'s| has| is) (?:got |having |in )?(?:problems|struggling|the same|hard|tough)\b"
        r"|\bbe that as it may\b|\bsorry you feel\b|\bi (?:haven't|don't have) (?:got )?(?:all day|time for)\b|\bcan we (?:just |please )?(?:move on|get on|get to)\b"
        r"|\b(?:neither here nor there|beside the point|irrelevant|doesn't matter (?:to me|what)|makes no difference|doesn't change anything)\b|\bsave (?:me|it)\b|\bspare me\b|\bwhatever\b(?=[.,!]|$)"
        r"|\bi'm not (?:here|paid) to (?:listen|discuss|hear|chat)\b|\byou'll (?:just )?have to (?:deal|live|cope|manage|sort)\b|\bwe all have\b"
    ),
    "argue": words(
        r"\b(?:calm down|settle down|relax)\b|\b(?:no|well),? (?:you're|you are|that's|that is|it's) (?:not true|wrong|rubbish|nonsense|not right|not what)\b"
        r"|\bdon't (?:take|use) that tone|\b(?:don't|do not) (?:you )?(?:shout|raise your voice|speak|talk) (?:at|to) me\b|\bhow dare you\b"
        r"|\byes,? you did\b|\bno,? (?:we|you) (?:didn't|did not|did|don't|do not|aren't|weren't|haven't|have not)\b|\bthat's (?:simply |just |complete |absolute |utter )?(?:rubbish|nonsense|not true|ridiculous|a lie)\b"
        r"|\bi(?:'ve| have) (?:already )?told you\b|\bhow many times\b|\bi don't (?:have|need) to (?:listen|take|put up)\b|\bi'm not the one who\b|\b(?:what part of|are you deaf)\b|\bi think you'll find\b"
    ),
    "pressure": words(
        r"\b(?:borrow|take out a loan|get a loan|bank loan|payday|remortgage)\b|\b(?:use|dip into|max out|go into|stick it on|put it on)[^.?!]{0,12} (?:overdraft|savings|pension|credit card)\b"
        r"|\bsell (?:your|the|some|something|a)\b|\b(?:family|friends?|parents?|someone|somebody)[^.?!]{0,20}\b(?:lend|help you out|sub you)\b"
        r"|\b(?:(?:decide|answer|pay|choose)[^.?!]{0,20} this (?:very )?minute|right now,? or|on the spot|before (?:you|we|i) (?:hang up|get off|put the phone|end this)|last chance|only chance|not (?:hanging up|getting off|leaving|putting the phone)|now or never|or else)\b"
        r"|\b(?:i need|i want) (?:the|a|that|full|my)[^.?!]{0,25}(?:right now|now|today)[.!]?(?:$| or| and i)|\byou need to decide (?:now|today)\b|\bgo without\b"
    ),
}
#: A threat word that is only named to be taken away.
NOT_MEANT = words(
    r"\b(?:nobody|no one|not|isn't|aren't|won't|wouldn't|don't|doesn't|never|nothing|no)\b"
    r"(?:(?!\b(?:and|or|then|so|but|when|afraid|before|until|tell\w*|joking|kidding|pay)\b)[^.?!;,]){0,60}"
    r"\b(?:bailiffs?|prison|jail|police|court|arrest\w*|round|house|home|van|sue|black-?list\w*|door|neighbou?rs|anyone|anybody|happen\w*|wind|credit (?:file|rating|score|record))\b"
)
#: A label alone makes a threat only where the words hold something over the client.
MENACE = words(
    r"\b(?:if|unless|otherwise|or else|or (?:i|we)(?:'ll)?|until|i'll be|we'll be|i'll have|we'll have|i can have|goes to|going to the|straight to|wait (?:till|until)|consequences|trouble"
    r"|court|legal|police|agency|agents|credit|wages|paycheck|house|home|customers|neighbou?rs|family|everyone|everybody|reputation|licen[cs]e|immigration|benefits)\b"
)
#: Payment asked for only as far as it does no harm.
WITHIN_MEANS = words(
    r"\b(?:leave|forget|never mind|put away) (?:about )?(?:the|those|them|your) (?:bills?|letters?|money|invoices?|paperwork|envelopes?)\b|\b(?:not|nothing)(?: is)? (?:for|needed|wanted)(?: from you)? today\b|"
    r"\bwithout (?:leaving|putting|making|going|hurting)\b|\b(?:wages|rent|food|heating|staff|yourself|family) (?:first|come first|comes first)\b|\b(?:affordable|comfortabl[ey]|spare|what's left)\b"
    r"|\bdon't (?:leave yourself|go) (?:short|without)\b|\bi don't want you to (?:borrow|go without|sell)\b|\b(?:please )?don't (?:borrow|sell|go without)\b"
)
#: A condition makes a threat of what could have been a reassurance.
CONDITION = words(r"\b(?:if|unless|or (?:i|we|else|you)|otherwise|until)\b")
#: The debtor spoken of, not spoken to.
ABOUT_SOMEBODY = words(
    r"\b(?:he|she|he's|she's|his|her|him|they've|they owe|their (?:account|debt|balance)|your (?:husband|wife|partner|son|daughter|mother|mum|father|dad|brother|sister|neighbour|friend|boss))\b"
)
#: Words without which nothing was told.
NAMES_THE_MATTER = words(
    r"\b(?:accounts?|invoices?|balance|bills?|payments?|paid|pay|instal\w+|loan|finance|money|collect\w*|catalogue|credit)\b"
)
