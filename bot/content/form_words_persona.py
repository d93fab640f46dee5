"""Words for the form of a persona."""

from __future__ import annotations

from bot.content.form_wording import Section, Words
from bot.content.form_words_common import LONG

PERSONA_SECTIONS = (
    Section(
        "person",
        "The person",
        "Who is on the phone.",
        ("name", "id", "role", "summary", "speech"),
    ),
    Section(
        "mood",
        "Temper, trust and patience",
        "From 0 to 100. Temper is heat: below 25 calm, below 50 irritated, below 75 angry.",
        ("temper", "trust", "patience", "soft_spots", "sore_spots"),
    ),
    Section(
        "lines",
        "Lines",
        "Everything this person can say that is not about the case.",
        ("lines",),
    ),
)

PERSONA_WORDS = {
    "id": Words("Name of the file", "It stays as it is once the persona is published."),
    "name": Words("Name"),
    "role": Words("Role", "Such as owner or bookkeeper."),
    "summary": Words("In short", "How the briefing describes the person.", LONG),
    "speech": Words("How they speak", "Such as clean, terse, rambling or regional."),
    "temper": Words("Temper"),
    "temper.start": Words("At the start", "Higher is angrier."),
    "temper.cools": Words("How fast it cools", "1 is usual, 2 is twice as fast.", "number"),
    "temper.heats": Words("How fast it heats up", "1 is usual, 2 is twice as fast.", "number"),
    "trust": Words("Trust"),
    "trust.start": Words("At the start", "Higher is more trusting."),
    "patience": Words("Patience"),
    "patience.start": Words("At the start", "Higher is more patient."),
    "patience.tires": Words("How fast it runs out", "1 is usual.", "number"),
    "soft_spots": Words("Soft spots", "Moves that work better than usual."),
    "sore_spots": Words("Sore spots", "Faults that hurt more than usual."),
    "lines": Words("Lines", "At least 60, two or more for each moment.", item_title="text"),
    "lines.beat": Words("Moment", "When it is said."),
    "lines.text": Words(
        "Words",
        "2 to 35 words. Placeholders: {collector}, {company}, {invoice}, {amount}, {offer}.",
        LONG,
    ),
}
