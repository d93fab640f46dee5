"""Words for the form of a law pack."""

from __future__ import annotations

from bot.content.form_wording import Section, Words
from bot.content.form_words_common import LONG

LAW_SECTIONS = (
    Section(
        "pack", "The pack", "Which law this is, and whom it binds.", ("title", "pack", "scope")
    ),
    Section(
        "sums",
        "Interest and fixed sums",
        "Only where the law knows them.",
        ("statutory_interest", "fixed_sums"),
    ),
    Section("provisions", "Provisions", "The rules, each with its source.", ("provisions",)),
)

_SCOPE = {
    "vat_registered": Words("Registered for VAT"),
    "creditor_roles": Words("Whose debts", "Both when none is ticked."),
}

LAW_WORDS = {
    "title": Words("Title", "Its name for people."),
    "pack": Words("Name of the file"),
    "scope": Words("Whom it binds", "What is left out is open."),
    **{f"scope.{key}": words for key, words in _SCOPE.items()},
    "statutory_interest": Words("Statutory interest"),
    "statutory_interest.fixed_per_debt": Words("The rate stays as it was when interest began"),
    "statutory_interest.extra_points": Words("Points more by country", "", "number"),
    "statutory_interest.rates": Words("Rates", item_title="half_year"),
    "statutory_interest.rates.half_year": Words("Half-year", "Such as 2026H1."),
    "statutory_interest.rates.percent": Words("Percent", "", "number"),
    "fixed_sums": Words("Fixed sums"),
    "fixed_sums.bands": Words("By size of the debt", item_title="from"),
    "fixed_sums.bands.currency": Words("Currency", "Three letters, such as GBP."),
    "fixed_sums.bands.from": Words("For debts from"),
    "fixed_sums.bands.sum": Words("Sum"),
    "provisions": Words("Provisions", item_title="text"),
    "provisions.id": Words("Id", "Small letters and hyphens, such as uk-fixed-sum."),
    "provisions.text": Words("The rule", "In plain words; the panel shows it.", LONG),
    "provisions.effective_from": Words("Vouched for since", "A day such as 2024-01-01."),
    "provisions.scope": Words("Only for", "Where it is narrower than the pack."),
    **{f"provisions.scope.{key}": words for key, words in _SCOPE.items()},
    "provisions.shown_on": Words("Shown when the client"),
    "provisions.closes": Words("Closes", "What may not be offered."),
    "provisions.while": Words("Only during", "Always when none is ticked."),
    "provisions.forbids": Words("May not be claimed"),
    "provisions.contact": Words("Limits on calls"),
    "provisions.contact.max_calls": Words("Most calls"),
    "provisions.contact.within_days": Words("Within days"),
    "provisions.contact.pause_after_conversation_days": Words("Days of rest after a conversation"),
    "provisions.contact.earliest_hour": Words("Not before the hour"),
    "provisions.contact.latest_hour": Words("Not after the hour"),
    "provisions.no_payment_floor": Words("No floor under a first payment"),
    "provisions.no_interest": Words("No interest at all"),
    "provisions.no_interest_on_disputed": Words("No interest on what is in dispute"),
}
