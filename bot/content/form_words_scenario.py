"""Words for the form of a scenario."""

from __future__ import annotations

from bot.content.form_choices import HEATS, LEVELS
from bot.content.form_wording import Section, Words
from bot.content.form_words_account import ACCOUNT_WORDS
from bot.content.form_words_common import LONG

_ACCOUNT = (
    *("name", "legal_form", "country", "vat_registered", "industry", "currency", "risk_class"),
    *(
        "relationship_value",
        "customer_since",
        "on_stop",
        "terms",
        "invoices",
        "charges",
        "promises",
    ),
    *("payments", "disputes", "protections", "log", "notes"),
)
_LIMITS = (
    "today",
    "full_on",
    "per_instalment",
    "first_day",
    "longest",
    "accepts",
    "needs",
    "wants",
)

SCENARIO_SECTIONS = (
    Section(
        "brief",
        "What it is about",
        "What a trainee sees before the call, and what the case is.",
        (
            "title",
            "id",
            "edition",
            "objection",
            "levels",
            "minutes",
            "briefing",
            "collector",
            "next",
        ),
    ),
    Section(
        "client",
        "The client",
        "Who is on the phone. The persona brings the voice and the temper.",
        ("persona", "contact", "protected"),
    ),
    Section(
        "account",
        "The account",
        "What is owed. Days count from the day of the call, so that the case never ages.",
        tuple(f"account.{key}" for key in _ACCOUNT),
    ),
    Section(
        "lines",
        "Opening and lines",
        "What this client says. At heat 0 calmly, at heat 3 with insults.",
        ("opening", "restate", "objections", "answers"),
    ),
    Section(
        "facts",
        "Hidden facts and limits",
        "What comes out only when it is earned, and what the client can truly do.",
        ("hidden_facts", *(f"limits.{key}" for key in _LIMITS), "pays_only_after"),
    ),
    Section(
        "goals",
        "Goals and blockers",
        "What counts as a good call, and what fails it.",
        ("good_end", "goals", "blockers", "weights", "model_turns"),
    ),
    Section(
        "examples",
        "Examples for the ear",
        "Lines that the coach learns to hear when this scenario is published.",
        ("examples",),
    ),
)

SCENARIO_WORDS = {
    **ACCOUNT_WORDS,
    "title": Words("Title", "People choose by it; no other scenario has the same."),
    "id": Words("Name of the file", "It stays as it is once the scenario is published."),
    "edition": Words(
        "Edition", "Raise it when a running rehearsal could not go on with the change."
    ),
    "objection": Words("First objection", "What the client opens with."),
    "persona": Words("Persona", "The name of the persona's file, such as weary-cafe-owner."),
    "levels": Words("Levels", "At which levels it can be played.", choices=LEVELS),
    "minutes": Words("Minutes", "About how long it takes."),
    "briefing": Words("Briefing", "What the trainee may know before the call.", LONG),
    "collector": Words("Who the trainee is"),
    "collector.name": Words("First name"),
    "collector.company": Words("Company", "Who is owed the money."),
    "contact": Words("Who answers the phone"),
    "contact.name": Words("Name"),
    "contact.role": Words("Role", "Such as owner, bookkeeper or daughter."),
    "contact.is_debtor": Words("It is the client", "Untick for a relative, carer or neighbour."),
    "next": Words("Worth doing next", "Names of other scenarios."),
    "protected": Words(
        "Protection", "Where a protocol is the right end, and money is not. None for other cases."
    ),
    "opening": Words("Opening", "The first objection at each level, the hardest at level 3.", LONG),
    "restate": Words(
        "Saying it again",
        "At least eight lines with the same objection in other words. Placeholders: {invoice}, {amount}, {due_date}.",
        item_title="text",
    ),
    "objections": Words(
        "Further objections", "Raised once the first one is eased.", item_title="label"
    ),
    "objections.label": Words("Objection"),
    "objections.from_level": Words("From level", "It is not raised at easier levels."),
    "objections.after_turn": Words("After turn", "Not before so many turns of the trainee."),
    "answers": Words("Answers", "What the client replies when asked.", item_title="topic"),
    "answers.topic": Words("Question"),
    "hidden_facts": Words(
        "Hidden facts",
        "At least two, six at most: what is behind the objection.",
        item_title="what",
    ),
    "hidden_facts.what": Words("In short", "How the debrief names it.", LONG),
    "hidden_facts.earned_by": Words("Earned by", "All of this must hold in one turn."),
    "hidden_facts.earned_by.moves": Words("Any of these moves"),
    "hidden_facts.earned_by.min_trust": Words("Trust of at least", "0 to 100."),
    "hidden_facts.earned_by.after_facts": Words("After these facts", "Their ids."),
    "hidden_facts.opens": Words("What it opens", "How the limits widen once it is out."),
    "hidden_facts.opens.today": Words("More today"),
    "hidden_facts.opens.full_on": Words("Days until all is paid", "Below zero: sooner.", "number"),
    "hidden_facts.opens.per_instalment": Words("More in a month"),
    "hidden_facts.opens.first_day": Words(
        "Days until the first payment", "Below zero: sooner.", "number"
    ),
    "hidden_facts.opens.longest": Words("More payments", "", "number"),
    "hidden_facts.opens.accepts": Words("Also accepts"),
    "limits.today": Words("Can pay today", "In the account's currency."),
    "limits.full_on": Words("Could pay all on", "Leave it empty for never.", "day"),
    "limits.per_instalment": Words("Most in a month"),
    "limits.first_day": Words("First payment not before", "", "day"),
    "limits.longest": Words("Most payments"),
    "limits.accepts": Words("Accepts", "What the client says yes to, if it is asked well."),
    "limits.needs": Words("Before any yes"),
    "limits.needs.trust": Words("Trust of at least", "0 to 100."),
    "limits.needs.temper_below": Words("Temper below", "0 to 100; 50 is the edge to anger."),
    "limits.wants": Words("Asks for by name"),
    "pays_only_after": Words("Pays only after", "What must be promised first."),
    "good_end": Words("Good ends", "Which ends count, the best first."),
    "goals": Words("Goals", "Three to five.", item_title="text"),
    "goals.text": Words("Goal", "As the trainee reads it.", LONG),
    "goals.needs": Words("Reached when", "All that is given must hold at the end of the call."),
    "goals.needs.moves": Words("Each of these was done"),
    "goals.needs.temper_below": Words("Temper is below"),
    "goals.needs.trust_from": Words("Trust is at least"),
    "goals.needs.end": Words("It ends with any of these"),
    "goals.needs.facts": Words("These facts came out", "Their ids."),
    "goals.needs.none_of": Words("None of these was done"),
    "blockers": Words("Blockers", "What fails the rehearsal, whatever else was good."),
    "weights": Words("Weights", "How much each skill counts; together 100.", all_keys=True),
    "model_turns": Words("Model turns", "Four to ten good turns of the collector, in order.", LONG),
    "examples": Words(
        "Lines for the ear",
        "Turns as real clients say them, with all that they mean.",
        item_title="text",
    ),
    "examples.heat": Words("Heat", "How angry it sounds, from 0 to 3."),
    "examples.style": Words("How it is said"),
    "restate.heat": Words("At heat", "All when none is ticked.", choices=HEATS),
}
