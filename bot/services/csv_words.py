"""Reads the words ledgers use for yes and no, countries and kinds of firm."""

from __future__ import annotations

_YES = frozenset({"yes", "y", "true", "1", "1.0", "x", "ja", "disputed"})
_NO = frozenset({"no", "n", "false", "0", "0.0", "", "nein", "none"})

#: Names, three-letter and ISO 3166 numeric codes of the countries our clients' ledgers name.
_COUNTRIES = {
    "GB": ("uk", "united kingdom", "great britain", "england", "scotland", "wales", "gbr", "826"),
    "IE": ("ireland", "republic of ireland", "eire", "irl", "372"),
    "US": ("usa", "united states", "united states of america", "840"),
    "DE": ("germany", "deutschland", "deu", "276"),
    "AT": ("austria", "österreich", "aut", "040", "40"),
    "BE": ("belgium", "bel", "056", "56"),
    "CA": ("canada", "can", "124"),
    "CH": ("switzerland", "schweiz", "che", "756"),
    "ES": ("spain", "esp", "724"),
    "FR": ("france", "fra", "250"),
    "IT": ("italy", "ita", "380"),
    "NL": ("netherlands", "the netherlands", "nld", "528"),
    "PL": ("poland", "pol", "616"),
    "AU": ("australia", "aus", "036", "36"),
    "NZ": ("new zealand", "nzl", "554"),
}
_BY_WORD = {word: code for code, words in _COUNTRIES.items() for word in words}

_LEGAL_FORMS = {
    "company": (
        "ltd",
        "limited",
        "plc",
        "llc",
        "inc",
        "corporation",
        "gmbh",
        "ag",
        "limited company",
    ),
    "partnership": ("llp", "partners", "gbr", "ohg", "kg"),
    "sole_trader": ("sole trader", "sole proprietor", "self-employed", "individual", "e.k.", "ek"),
    "public_body": ("public", "public sector", "government", "council", "school", "nhs"),
    "charity": ("non-profit", "nonprofit", "trust", "cio", "ev", "e.v."),
    "consumer": ("private", "person", "private person"),
}
_FORM_BY_WORD = {word: form for form, words in _LEGAL_FORMS.items() for word in words}


def read_flag(text: str) -> bool:
    """Read yes or no; ValueError when it is neither."""
    word = text.strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(f"“{text[:40]}” is neither yes nor no")


def read_country(text: str) -> str | None:
    """Read a country as its two-letter code; None when it is not known."""
    word = text.strip().casefold()
    if word in _BY_WORD:
        return _BY_WORD[word]
    return word.upper() if len(word) == 2 and word.isascii() and word.isalpha() else None


def read_legal_form(text: str) -> str:
    """Read a legal form; ValueError when it is not known."""
    word = text.strip().casefold()
    named = word.replace(" ", "_").replace("-", "_")
    if named in _LEGAL_FORMS:
        return named
    if word in _FORM_BY_WORD:
        return _FORM_BY_WORD[word]
    raise ValueError(f"“{text[:40]}” is no legal form we know: {', '.join(_LEGAL_FORMS)}")


def read_risk_class(text: str) -> str:
    """Read a risk class A to D, U for unknown; ValueError for anything else."""
    letter = text.strip().upper() or "U"
    if letter not in {"A", "B", "C", "D", "U"}:
        raise ValueError(f"“{text[:40]}” is no risk class: A, B, C, D or U")
    return letter
