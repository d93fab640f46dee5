"""Finds who and what a call names, without a list of who there is: people, firms and places, by how they are spoken of.

Rules
- After "this is", "my name is", "speaking to", "Mr" and the like stands a person; after "from" and "calling from" a firm.
- A capital inside a sentence is a name, unless the word has one anyway (days, months, "VAT").
- Common first names count in any spelling, because recognisers print no capitals.
- Rather one name too many: a person looks at every one before anything is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

#: Words that have a capital and name nobody.
_CAPITALS_LIST = """
i i'm i'll i've i'd monday tuesday wednesday thursday friday saturday sunday january february march april may june
july august september october november december easter christmas xmas new year ramadan eid diwali english british
irish scottish welsh german french american european uk usa us eu gb gbp eur usd vat po pod bacs chaps iban sms
pdf ok okay mr mrs ms miss dr sir madam god jesus christ lord hmrc ccj cva iva ltd limited plc llp inc god's
bank holiday google whatsapp teams zoom outlook excel sage xero quickbooks paypal visa mastercard amex stripe
royal mail inland revenue companies house citizens advice stepchange samaritans breathing space ombudsman ceo cfo
md hr it crm erp ai tv dvla nhs id url www hello hi hiya hey morning afternoon evening yes yeah no nope well so
and but or if then now look listen right sorry thanks thank please cheers bye goodbye what who why when where how
that this these those the a an my your our their his her its we you they he she it there here not never ever all
oh ah um uh er erm hmm mm ha wow just still because also actually honestly seriously anyway maybe perhaps
don't can't won't isn't aren't wasn't didn't doesn't haven't hasn't shouldn't couldn't wouldn't let let's one two
three four five six seven eight nine ten first second third last next today tomorrow yesterday invoice invoices
order account accounts payment credit debit statement number reference client customer agent collector accounts
"""

#: First names common enough to be known without a capital; those that are also words are left to their capital.
_FIRST_LIST = """
aaron abdul abigail adam adrian aisha alan albert alexander alexandra alfie alice alison amanda amelia amina amir
amy andrea andrew angela angus anita ann anna anne annette anthony antonio arthur barbara barry beatrice ben
benjamin bernadette bernard beth betty beverley bob brenda brendan brian bridget callum cameron carl carlos carol
caroline catherine cathy charles charlotte chloe chris christina christine christopher ciara claire clara clive
colin colm conor craig daisy damian daniel danielle daphne darren dave david dawn deborah declan deirdre denise
dennis derek dermot diana diane dominic donald donna dorothy doug douglas duncan dylan eamonn eddie edward eileen
elaine eleanor elena elizabeth ellen ellie emily emma eric erin ethan eva evelyn fatima fergus fiona frances
francesca fred gareth gary gavin geoff george georgina gerald geraldine gillian glenn gordon graham greg gregory
hannah harriet harold hazel heather helen henry howard hugh ian imran isaac isabel isabella isla ivan jacob
jacqueline jake james jamie jane janet janice jasmine jason jean jeff jennifer jenny jeremy jessica jim joan joanna
joanne joe joel john johnny jonathan jordan josephine joseph josh joshua joyce judith judy julia julian julie
justin karen karl kate katherine kathleen katie keith kelly ken kenneth kerry kevin khalid kieran kirsty kyle
laura lauren lawrence leanne leon leonard leroy lesley leslie lewis liam linda lisa liz lorraine louise lucas lucy
luke lynn maeve malcolm margaret maria marie marian martin mary matt matthew maureen max megan melanie michael
michelle mick mike mohammed mohamed molly monica muhammad nadia nancy naomi natalie natasha nathan neil niamh
nicholas nick nicola nigel nina noel nora norman oliver olivia omar orla oscar owen pamela patricia paul paula
pauline peggy peter phil philip phillip phoebe priya rachel ralph raymond rebecca reece rhys richard robert
roger ronald ronan roisin rosemary ross roy russell ruth ryan sally sam samantha samir samuel sandra sarah
saoirse sean shane shannon sharon sheila shirley simon siobhan sofia sophie stacey stanley stella stephanie
stephen steve steven stuart susan suzanne sylvia tanya tara teresa terry thomas tim timothy tina toby tom tony
tracey tracy trevor tyler valerie vanessa vera vernon veronica vicky victor victoria vincent vivienne wayne wendy
william yasmin yusuf yvonne zara zoe
"""
_FIRM_WORDS_LIST = """
ltd limited plc llp llc inc incorporated corp gmbh dac co company group holdings sons bros brothers partners
partnership supplies supply services solutions systems joinery builders building haulage transport logistics
catering bakery bakers foods farm farms garage motors electrical plumbing roofing landscapes nurseries wholesale
trading traders stores kitchens engineering construction contractors print printing media packaging plastics
timber scaffolding hotel restaurant cafe café pub brewery dairy council school college university hospital trust
clinic surgery pharmacy solicitors accountants estates lettings property properties recruitment staffing security
cleaning finance capital bank insurance
"""
_CAPITALS, _FIRST, _FIRM_WORDS = (
    frozenset(words.split()) for words in (_CAPITALS_LIST, _FIRST_LIST, _FIRM_WORDS_LIST)
)
_TITLE = r"(?:mr|mrs|ms|miss|mx|dr|prof)\.?"
_CAP = r"[A-ZÀ-ÖØ-Þ][\w'’-]*[\w]"
_SEQUENCE = re.compile(rf"{_CAP}(?:(?: (?:&|and|of) | ){_CAP}){{0,4}}")
_ANY = r"[^\W\d_][\w'’-]+"
_PERSON_AFTER = re.compile(
    rf"(?:\b(?:my name(?:'s| is)|name is|this is|it's|it is|i'm|i am|speaking (?:to|with)|speak (?:to|with)|talking to|"
    rf"is that|ask for|asked for|put you through to|calls? (?:from|by)|regards|hi|hello|hiya|morning|afternoon|thanks|thank you|"
    rf"cheers|sorry|bye|listen|look|right|okay),? |\b{_TITLE} )(?P<name>{_ANY}(?: {_ANY})?)",
    re.I,
)
_SPEAKING = re.compile(rf"(?P<name>{_ANY}(?: {_ANY})?) (?:speaking|here)\b", re.I)
_FIRM_AFTER = re.compile(
    rf"\b(?:calling|ringing|phoning|{_ANY}) (?:from|at|with|of|for) (?:the )?(?P<name>{_CAP}(?:(?: (?:&|and) | ){_CAP}){{0,3}})"
)
#: Without capitals: "amina shah calling", "from northgate supplies ltd", "calling from northgate".
_SURNAME = re.compile(
    rf"\b(?P<first>{_ANY}) (?P<last>{_ANY}) (?:calling|ringing|speaking|here|from|at)\b", re.I
)
_SMALL_FIRM = re.compile(
    rf"\b(?:from|at|with|is|it's|for) (?P<name>{_ANY}(?: {_ANY})? (?:{'|'.join(sorted(_FIRM_WORDS))})"
    r"(?: (?:ltd|limited|plc|llp))?)\b"
)
_SMALL_FROM = re.compile(rf"\b(?P<who>{_ANY}) from (?P<name>{_ANY})\b")
_CALLS = frozenset(("calling", "ringing", "phoning"))
_PLACE_BEFORE = re.compile(
    r"\b(?:in|near|around|outside|to|into|over in|up in|down in|based in|out in)$", re.I
)
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;]\s*[\"'“”‘]?|[-–—]\s)\s*$")


#: Where more is named it is no call but a list.
MOST_NAMES = 500


@dataclass(frozen=True)
class Named:
    """Everyone and everything that is named, in the order in which it comes up."""

    people: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def names_heard(
    texts: Sequence[str], people: Iterable[str] = (), firms: Iterable[str] = ()
) -> Named:
    """Find the names in a call's turns; `people` and `firms` are known already, such as those over the turns."""
    found: dict[str, str] = {}
    for name in people:
        found.setdefault(_trimmed(name), "person")
    for name in firms:
        found.setdefault(_trimmed(name), "firm")
    for text in texts:
        if len(found) > MOST_NAMES:
            break
        for name, kind in (
            *_by_phrase(text),
            *_by_capital(text),
            *_in_small_letters(text),
            *_by_first_name(text),
        ):
            trimmed = _trimmed(name)
            if trimmed and not _is_common(trimmed):
                found.setdefault(trimmed, kind)
    low = {name.casefold(): kind for name, kind in found.items()}
    # "Keane" alone is whoever "Dermot Keane" is.
    kinds = {name: _kind_of(name, kind, low) for name, kind in found.items()}
    return Named(*(tuple(n for n in kinds if kinds[n] == k) for k in ("person", "firm", "place")))


def _kind_of(name: str, kind: str, known: dict[str, str]) -> str:
    if " " in name:
        return kind
    wholes = (k for other, k in known.items() if name.casefold() in other.split() and " " in other)
    return next(wholes, kind)


def _by_phrase(text: str) -> Iterator[tuple[str, str]]:
    for match in _FIRM_AFTER.finditer(text):
        yield match["name"], "firm"
    for pattern in (_PERSON_AFTER, _SPEAKING):
        for match in pattern.finditer(text):
            words = match["name"].split()
            # Without capitals only a known first name is surely one.
            kept = [word for word in words if word[:1].isupper() or word.lower() in _FIRST]
            titled = re.match(_TITLE, match.group(), re.I) is not None
            if titled and not _is_common(words[0]):
                kept = kept or words[:1]
            if kept and kept[0] == words[0] and not _is_common(kept[0]):
                yield " ".join(_leading(kept)), "firm" if _is_firm(kept) else "person"


def _leading(words: list[str]) -> list[str]:
    """The words up to the first common one: "Dermot But" is Dermot."""
    for number, word in enumerate(words):
        if word.lower() in _CAPITALS:
            return words[:number]
    return words


def _by_capital(text: str) -> Iterator[tuple[str, str]]:
    for match in _SEQUENCE.finditer(text):
        name, start = match.group(), match.start()
        if _SENTENCE_START.search(text[:start]):
            # The first word has its capital anyway; what comes after it may be a name.
            head, _, rest = name.partition(" ")
            if head.lower() in _FIRST or (rest and _is_firm(name.split())):
                pass
            elif rest and head.lower() in _CAPITALS:
                name = rest
            elif not rest or rest.lower() in _CAPITALS:
                continue
        words = [word for word in name.split() if word.lower() not in _CAPITALS or _is_firm([word])]
        if not words or (len(words) == 1 and _is_firm(words)):
            continue
        if words[0].isupper() and len(words[0]) <= 4 and len(words) == 1:
            continue  # an abbreviation, or a part of a number
        before = text[:start].rstrip()
        kind = "firm" if _is_firm(words) else "person"
        if kind == "person" and words[0].lower() not in _FIRST and _PLACE_BEFORE.search(before):
            kind = "place"
        yield " ".join(words), kind


def _in_small_letters(text: str) -> Iterator[tuple[str, str]]:
    for match in _SURNAME.finditer(text):
        last = match["last"].lower()
        if match["first"].lower() in _FIRST and last not in _CAPITALS | _FIRST | _CALLS:
            yield f"{match['first']} {match['last']}", "person"
    for match in _SMALL_FIRM.finditer(text):
        if match["name"].split()[0] not in _CAPITALS:
            yield match["name"], "firm"
    for match in _SMALL_FROM.finditer(text):
        who, name = match["who"].lower(), match["name"].lower()
        if (who in _CALLS or who in _FIRST) and name not in _CAPITALS:
            yield match["name"], "firm"


def _by_first_name(text: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(_ANY, text):
        word = match.group()
        if word.lower().removesuffix("'s").removesuffix("’s") in _FIRST:
            yield word, "person"


def _is_firm(words: Sequence[str]) -> bool:
    return any(word.lower().strip(".,") in _FIRM_WORDS for word in words)


def _is_common(name: str) -> bool:
    has_digit = any(sign.isdigit() for sign in name)
    return has_digit or len(name) < 3 or all(w.lower() in _CAPITALS for w in name.split())


def _trimmed(name: str) -> str:
    bare = re.sub(r"(?:['’]s|[.,'’-])$", "", name.strip())
    words = bare.split()
    while words and re.fullmatch(_TITLE, words[0], re.I):
        words.pop(0)
    while words and words[-1].lower() in ("and", "of", "&"):
        words.pop()
    return " ".join(words)
