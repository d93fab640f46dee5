"""Plain words of self-harm: the one thing that no statistics may overlook.

Idioms of the trade ("this is killing me", "I could kill him") are not in the list; a trainer's negatives in
tests/content keep it so. Source: GOV.UK debt management vulnerability toolkit (statements to act upon).
"""

from __future__ import annotations

import re

_PATTERNS = (
    r"\b(?:kill|killing|killed|hang|hanging|hanged|hung|harm|harming|harmed) (?:myself|meself|"
    r"himself|herself|themselves)\b(?! (?:laughing|with laughter))",
    r"\b(?:hurt|hurting|cut|cutting) (?:myself|meself)\b(?! (?:shaving|on|out|off|some|a|loose|"
    r"short))",
    r"\b(?:self[- ]harm\w*)\b",
    r"\b(?:end|ending|ended) (?:it all|my life|me life|my own life|his life|her life|his own life|"
    r"her own life)\b(?! with (?:you|your))",
    r"\b(?:take|taking|took|taken) (?:my|me|his|her|their) own li(?:fe|ves)\b",
    r"\b(?:don'?t|do not|didn'?t|no longer|never) (?:want|wanna)(?: to)? (?:live|be alive|be here "
    r"any ?more|wake up|go on living|exist)\b",
    r"\b(?:want|wanna|wanted|wish(?:ed)?|wanting) (?:to be|i was|i were|he was|i wis) (?:dead|"
    r"deid)\b",
    r"\b(?:want|wanna|going|ready) (?:to )?die\b(?! (?:of|from|laughing|on))",
    r"\bwish i(?:'d| had)? (?:never|not|didn'?t) w(?:oke|aken|oken|ake) up\b",
    r"\bbetter off (?:dead|deid|without me)\b",
    r"\b(?:easier|better|simpler|kinder|happier|best|relieved|relief)\b[^.?!]{0,60}\bif (?:i|ah)(?: just| simply)? "
    r"(?:wasn'?t|weren'?t|was not|were not|wisnae|werenae) (?:here|around|about|alive|in (?:it|the world))\b"
    r"(?! (?:when|while|for|at|on|that|to|today|tomorrow|this|by)\b)",
    r"\bif (?:i|ah)(?: just| simply)? (?:wasn'?t|weren'?t|was not|were not|wisnae) (?:here|around|alive)(?: any ?more)?\b"
    r"[^.?!]{0,30}\b(?:easier|better|simpler|happier|all be over|best)\b",
    r"\b(?:easier|better|best) for (?:every(?:one|body)|them all|the kids|my (?:kids|family|wife|husband))\b[^.?!]{0,20}"
    r"\bif (?:i|ah) (?:was|were) (?:gone|dead|not here|out of the way)\b",
    r"\bsuicidal\b",
    r"(?<!commercial )(?<!career )(?<!financial )(?<!business )(?<!professional )(?<!political )(?<!economic )\bsuicide\b(?! (?:squad|mission|lane|door|pact with))",
    r"\bno (?:point|reason) (?:in |to )?(?:living|live|being alive|being here any ?more|carrying "
    r"on living)\b",
    r"\b(?:what'?s the point (?:in|of) (?:living|being alive)|nothing (?:left )?to live for|not "
    r"worth living)\b",
    r"\bcan'?(?:t|not) (?:go on|carry on|face) (?:living|another day|like this any ?more|"
    r"any ?more with life)\b",
    r"\b(?:thinking|thought|think) (?:of|about) (?:ending|topping) (?:it|myself|meself|my "
    r"life)\b(?! with (?:you|your))",
    r"\b(?:top(?:ping|ped)?|do(?:ing)? away with|offing|offed|(?:to|gonna|might|could|"
    r"'ll) off) (?:myself|meself|himself|"
    r"herself)\b",
    r"\bjump(?:ing|ed)? (?:off|from) (?:a|the) (?:bridge|roof|building|balcony|cliff)\b",
    r"\b(?:under|in front of) (?:a|the) (?:train|lorry|bus)\b(?= (?:and|to|would|might|some))",
    r"\bslit(?:ting)? (?:my|me|his|her) wrists?\b",
    r"\b(?:take|taking|took|taken) an? overdose\b|\boverdosed\b|\btake all (?:my|the|me) (?:pills|"
    r"tablets)\b",
    r"\b(?:won'?t|not going to|not gonna) be (?:here|around|alive) (?:much longer|for much "
    r"longer)\b(?! (?:in|at) (?:this|the))",
)
_DANGER = re.compile("|".join(_PATTERNS), re.IGNORECASE)


def danger_words(text: str) -> str:
    """The words that speak of self-harm, quoted; empty when there are none."""
    match = _DANGER.search(text.replace("\u2019", "'"))
    return match.group() if match else ""
