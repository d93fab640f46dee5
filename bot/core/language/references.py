"""Finds invoice numbers, order numbers and payment methods: "inv-2023/118", "in voice four four one seven", "PO 88213".

Rules
- After "invoice" (also "in voice", "inv", "bill number") or "number", digits and codes are an invoice number; spoken
  digits are joined: "double four one seven" is 4417, "forty-four seventeen" too. Codes are written in capitals.
- "Number" alone does not do it for telephone, account, card, order, job or house numbers.
- Further numbers after "and", "or" or a comma belong to the list; sums, counts and dates end it.
- Two bare numbers of four to seven digits joined by "and" or "or" ("4417 and 4431") are invoices, unless they are years,
  round sums or counts.
- After "PO", "p o", "purchase order" or "order number" it is an order number; a PO box is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.language.figures import Figures, in_figures
from bot.core.language.payment_methods import find_payment_methods
from bot.core.language.spans import keep_apart
from bot.core.reading import Entity

_RUN = r"[0-9]{1,2}(?:·[0-9]{1,2}){1,11}"
_CODE = r"[a-z]{1,4}[-/]?[0-9]{2,10}(?:[-/][0-9a-z]{1,8}){0,3}|[a-z]{1,4}(?:[-/][a-z]{1,4})?[-/][0-9]{1,10}(?:[-/][0-9a-z]{1,8}){0,2}"
_DIGITS = r"[0-9]{1,12}(?:[-/][0-9]{1,8}){0,2}"
_SPACED = r"[0-9](?: [0-9]){2,11}(?! ?[0-9])|[0-9]{2,3}(?: [0-9]{2,3}){1,3}"
#: A sum, a count or a day after the number tells that it is no reference.
_END = (
    r"(?![0-9a-z•·]|[.,][0-9]|[/-][0-9]| ?(?:%|per ?cent|k\b|grand\b|quid|pounds?\b|euros?\b|"
    r"dollars?\b|bucks|pence|p\b|[£€$]"
    r"|days?\b|weeks?\b|months?\b|years?\b|hours?\b|pallets?\b|units?\b|boxes\b|times\b|cases\b|"
    r"litres?\b|tonnes?\b|st\b|th\b|am\b|pm\b|a (?:week|month)\b))"
)
_NOT_DAY = r"(?!(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}\b)(?![0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?\b)(?![0-9]{1,2}-[0-9]{1,2}-[0-9]{2,4}\b)"
_ID = rf"{_NOT_DAY}(?P<id>{_RUN}|{_SPACED}|{_CODE}|{_DIGITS}){_END}"

_JOINTS = r"(?: ?,? ?(?:and|or|&|plus|also|,) ?(?:then |also |invoice |number |the )?)"
_NUMBER_WORD = r"(?:numbers?|num|no\.?|nos\.?|nr\.?|ref(?:erence)?(?: number)?|#)"
_FILLER = r"(?:(?: is| was|:|,| it's| its| that's| thats| should be| ending(?: in)?| starting| called| the one)? ?(?:um |uh |er |erm |em )?#?)"
_INVOICE = re.compile(
    rf"(?<![a-z0-9])(?:invoi[cs]es?|in voices?|in-voice|envoices?|inv\.?|inv(?=[-/ ]?[0-9])|"
    rf"bill(?= (?:number|no))|credit note|statement "
    rf"line)(?P<sure>[ -]?{_NUMBER_WORD})?{_FILLER}(?:[ -]{{0,1}}){_ID}"
)
_CODED = re.compile(
    r"(?<![a-z0-9-])(?:(?P<code>(?:inv|si|sin|in|bill|fac|re)[-/ ]?(?=[0-9]|"
    r"[a-z]?[-/]?[0-9])[0-9]{3,10}(?:[-/][0-9a-z]{1,8}){0,3}))(?![0-9a-z/]|[.,-][0-9])"
)
_NUMBERED = re.compile(
    rf"(?<![a-z0-9])(?P<word>(?:numbers?|ref(?:erence)?|your ref|no\.(?= ?[0-9]{{3}})|"
    rf"#)){_FILLER} ?{_ID}"
)
_OTHER_NUMBER = re.compile(
    r"(?:phone|telephone|mobile|cell|account|acc|card|order|purchase|po|p\.?o\.?|p o|job|house|"
    r"reg|registration|extension|ext|direct|fax|vat|tax|company|customer|"
    r"case|ticket|serial|part|tracking|docket|policy|licence|license|sort|routing|insurance|"
    r"security|pin|flight|room|reference|contact|this|my|on|whatsapp|lucky|claim) $"
)
_BARE_PAIR = re.compile(
    rf"(?<![0-9a-z£€$.,/·•#-])(?P<id>[0-9]{{4,7}})(?=(?: and | or |, ?|"
    rf" & )(?P<second>[0-9]{{4,7}})(?![0-9a-z]|[.,/-][0-9])){_END}"
)
_NAMED_AFTER = re.compile(
    rf"(?<![a-z0-9])(?:the|that|your|our|this|on|for) (?P<id>[0-9]{{4,8}}|{_RUN})(?= (?:invoice|"
    rf"bill|1|inv|in voice)\b)"
)
_ORDER = re.compile(
    rf"(?<![a-z0-9])(?:purchase orders?(?P<sure>[ -]?{_NUMBER_WORD})?|"
    rf"p\.?o\.?s?(?P<sure2>[ -]?{_NUMBER_WORD})?|p o(?P<sure3>[ -]?{_NUMBER_WORD})?|"
    rf"order (?:number|no\.?|ref(?:erence)?)|work order)(?! ?box){_FILLER}[ -]?{_ID}"
)
_NEXT = re.compile(rf"{_JOINTS}{_ID}")
_HINT = re.compile(r"[0-9]")


def find_references(text: str) -> tuple[Entity, ...]:
    """Every invoice number, order number and payment method in the text."""
    figures = in_figures(text)
    found: list[Entity] = []
    if _HINT.search(figures.text):
        found.extend(_listed(figures, _ORDER, "po_number"))
        found.extend(_listed(figures, _INVOICE, "invoice_number"))
        found.extend(_coded(figures))
        found.extend(_numbered(figures))
        found.extend(_bare(figures))
    found.extend(find_payment_methods(figures))
    return keep_apart(found)


def _plain(identity: str) -> str:
    if re.fullmatch(r"[0-9 ·]+", identity):
        return identity.replace("·", "").replace(" ", "")
    return identity.replace(" ", "").upper()


def _listed(figures: Figures, pattern: re.Pattern[str], type_: str) -> Iterator[Entity]:
    done = 0
    for match in pattern.finditer(figures.text):
        value = _plain(match["id"])
        if match.start() < done:
            continue
        sure = any(match.groupdict().get(name) for name in ("sure", "sure2", "sure3"))
        least = 1 if sure or "order n" in match.group() else 2 if type_ == "po_number" else 3
        if sum(c.isdigit() for c in value) < least:
            continue
        yield figures.entity(type_, _prefixed(match, value), match.start(), match.end())
        for entity, _done in _further(figures, match.end(), type_):
            yield entity


def _prefixed(match: re.Match[str], value: str) -> str:
    """ "inv-2023/118" keeps its letters, because they are part of the number on paper."""
    written = match.group()
    return written.replace(" ", "").upper() if re.match(r"(?:inv|po)[-/]?[0-9]", written) else value


def _further(figures: Figures, at: int, type_: str) -> Iterator[tuple[Entity, int]]:
    """The rest of a list, each with the place up to which the list is read."""
    while match := _NEXT.match(figures.text, at):
        value = _plain(match["id"])
        if sum(c.isdigit() for c in value) < 3 or value.endswith("000"):
            return
        at = match.end()
        yield figures.entity(type_, value, match.start("id"), at), at


def _coded(figures: Figures) -> Iterator[Entity]:
    for match in _CODED.finditer(figures.text):
        code = match["code"]
        if not code.startswith(("in ", "re ", "bill")):
            yield figures.entity(
                "invoice_number", code.replace(" ", "").upper(), match.start(), match.end()
            )


def _numbered(figures: Figures) -> Iterator[Entity]:
    done = 0
    for match in _NUMBERED.finditer(figures.text):
        if match.start() < done:
            continue
        value = _plain(match["id"])
        before = figures.text[max(0, match.start() - 24) : match.start()]
        if not 3 <= sum(c.isdigit() for c in value) <= 9 or _OTHER_NUMBER.search(before):
            continue
        yield figures.entity("invoice_number", value, match.start(), match.end())
        for entity, _done in _further(figures, match.end(), "invoice_number"):
            yield entity


def _bare(figures: Figures) -> Iterator[Entity]:
    done = 0
    for match in _BARE_PAIR.finditer(figures.text):
        if match.start() < done:
            continue
        if all(_could_be_reference(number) for number in (match["id"], match["second"])):
            yield figures.entity("invoice_number", match["id"], match.start("id"), match.end("id"))
            for entity, _done in _further(figures, match.end("id"), "invoice_number"):
                yield entity
    for match in _NAMED_AFTER.finditer(figures.text):
        value = _plain(match["id"])
        if len(value) >= 3 and _could_be_reference(value):
            yield figures.entity("invoice_number", value, match.start("id"), match.end("id"))


def _could_be_reference(number: str) -> bool:
    year = len(number) == 4 and 1950 <= int(number) <= 2060
    return not (year or number.endswith("00"))
