"""Words for the form of the authority matrix."""

from __future__ import annotations

from bot.content.form_wording import Section, Words
from bot.content.form_words_common import LONG

LIMITS_SECTIONS = (
    Section(
        "concessions",
        "Who may grant what",
        "For each concession, how far each role may go.",
        ("concessions",),
    ),
    Section("roles", "Roles and pauses", "", ("roles", "pauses", "creditor_role")),
    Section("about", "Where it is from", "", ("source", "dated", "review_by")),
)

_LIMIT = {
    "max_amount": Words("Largest sum", "By currency; no limit when left out altogether."),
    "min_amount": Words("Smallest sum", "By currency."),
    "max_percent": Words("Largest share in percent", "", "number"),
    "max_days": Words("Furthest day", "Counted from the call."),
    "max_instalments": Words("Most payments"),
    "first_payment_percent": Words("First payment at least, in percent", "", "number"),
    "first_within_days": Words("First payment within days"),
    "frequencies": Words("How often"),
    "max_annual_percent": Words("Highest yearly cost in percent", "For discounts.", "number"),
    "sooner_days": Words("Days that the money comes sooner", "For discounts."),
    "conditions": Words("Conditions", "What the account must be like."),
    "conditions.risk_classes": Words("Risk classes", "All when left out."),
    "conditions.max_broken_promises": Words("Most broken promises"),
    "conditions.dispute_open": Words("Also while a dispute is open"),
    "conditions.on_stop": Words("Also while deliveries are stopped"),
    "conditions.live_plan": Words("Also while a plan runs"),
}

LIMITS_WORDS = {
    "dated": Words("In force since", "A day such as 2026-11-01."),
    "creditor_role": Words("Whose debts"),
    "roles": Words("Roles", all_keys=True),
    "roles.approver": Words("Who decides above"),
    "roles.same_as": Words("Shares the limits of"),
    "pauses": Words(
        "Why money is not spoken of", "In the words that the collector sees.", LONG, all_keys=True
    ),
    "concessions": Words("Concessions", all_keys=True),
    "concessions.expires_after_days": Words("The offer holds for days"),
    "concessions.evidence": Words("What must be noted", "", LONG),
    "concessions.limits": Words("Limits by role", "A role that is left out may not grant it."),
    **{f"concessions.limits.{key}": words for key, words in _LIMIT.items()},
}
