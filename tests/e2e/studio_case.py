"""A scenario as a trainer writes it into the form: fields by their place, choices in the words of the form."""

from __future__ import annotations

from typing import Any

TITLE = "Gone on the fourteenth"
SLUG = "gone-on-the-fourteenth"
CLIENT = "Priya Raman"

PAID = "Says it is paid"

#: What the coach is to learn: twenty ways to say that the money has gone, no two alike.
LINES: tuple[tuple[str, str, str], ...] = (
    ("The remittance advice says the fourteenth, and the sum on it is yours to the penny.", "calm", "As written"),
    ("I released that batch myself before lunch on the fourteenth. Your name was third on the list.", "calm", "As written"),
    ("We're square, you and I. It came off our current account a fortnight back.", "calm", "As written"),
    ("You'll find it in your March receipts if somebody would kindly scroll up.", "irritated", "As written"),
    ("It has been collected. The bank shows a green tick beside Castlegate.", "calm", "As written"),
    ("Sent. Fourteenth. Ref 5512.", "calm", "In few words"),
    ("Already with you.", "calm", "In few words"),
    ("Money's yours, love, has been for weeks.", "irritated", "In a dialect"),
    ("theres nowt owing we cleared the lot when the vat came back", "irritated", "As a machine writes down speech: no signs, no capitals"),
    ("i did yours the same morning as the wages so it cant not have gone", "irritated", "As a machine writes down speech: no signs, no capitals"),
    ("the partners both signed it off and it went down the wire at ten past nine", "calm", "As a machine writes down speech: no signs, no capitals"),
    ("How can it be overdue when your own card machine took it at the trade counter?", "irritated", "As written"),
    ("Our bookkeeper keyed it, I authorised it, and the confirmation number ends in seven seven one.", "calm", "As written"),
    ("We have made you this transfer since two weeks, I have here the stamp of the bank.", "calm", "By somebody with another first language"),
    ("For us this bill is closed, the amount is out from the account.", "irritated", "By somebody with another first language"),
    ("You have had every penny! Try opening your post before you open your mouth!", "angry", "As written"),
    ("I am looking at the debit as we speak. Castlegate, two thousand one hundred and eighty-four pounds, gone.", "irritated", "As written"),
    ("For the fourth time, it was settled. I'm not going to pay you twice because you can't count.", "angry", "As written"),
    ("Our standing order picked it up on the first, as it does for every bill under three thousand.", "calm", "As written"),
    ("Let me save us both some time: I do the payments on a Thursday, I did them on Thursday the fourteenth with the radio on, I remember yours because of the odd pence, and it left the account before I had finished my tea.", "calm", "At length"),
)  # fmt: skip

_HEATS = ("0, calm", "1, irritated", "2, angry", "3, abusive")


def _said(text: str, *heats: int) -> dict[str, Any]:
    return {"text": text, **({"heat": [_HEATS[heat] for heat in heats]} if heats else {})}


#: The sections of the form in order, each with its fields; a day below zero lies before the call.
CASE: dict[str, dict[str, Any]] = {
    "brief": {
        "objection": PAID,
        "levels": ["1, easy", "2", "3, hard"],
        "minutes": "7",
        "briefing": "Harbour Street Dental owes £2,184.00 for chairside supplies, invoice 5512, 35 days late. We have written twice. "
        "The practice accountant says that it was paid. Nothing with their name has come in. Find out where the money went.",
        "collector": {"name": "Hannah", "company": "Castlegate Supplies"},
        "next": ["The next run, in principle"],
    },
    "client": {
        "persona": CLIENT,
        "contact": {"name": CLIENT, "role": "practice accountant", "is_debtor": True},
    },
    "account": {
        "account.name": "Harbour Street Dental Ltd",
        "account.legal_form": "Company",
        "account.country": "GB",
        "account.vat_registered": True,
        "account.industry": "dental",
        "account.currency": "GBP",
        "account.risk_class": "A",
        "account.relationship_value": "£26,000",
        "account.customer_since": -1460,
        "account.on_stop": False,
        "account.terms": [
            {
                "from": -1460,
                "days": "30",
                "late_fee": "70",
                "interest": "As the law has it",
                "limit": "6000",
            }
        ],
        "account.invoices": [
            {
                "number": "5512",
                "issued": -65,
                "due": -35,
                "total": "2184.00",
                "balance": "2,184.00",
                "po": "HSD-208",
                "what": "Chairside supplies, quarter one",
            }
        ],
        "account.payments": [
            {"on": -98, "amount": "1950.00", "method": "bank transfer", "invoice": "5290"}
        ],
        "account.log": [
            {
                "at": -20,
                "channel": "email",
                "by": "hannah",
                "summary": "Statement sent, no answer.",
            }
        ],
        "account.notes": "Has always paid to the day until this one.",
    },
    "lines": {
        "opening": {
            "1": "I believe you'll find that one is paid. It went on the fourteenth, with the rest of the month.",
            "2": "It was paid on the fourteenth. I have the entry in front of me, so I'm at a loss why you are ringing.",
            "3": "Paid, on the fourteenth, all two thousand one hundred and eighty-four pounds of it. Do you people read your own bank?",
        },
        "restate": [
            _said("It has left our account. That is what paid means in my profession.", 0, 1),
            _said("The entry reads {amount}, and the payee is you.", 0, 1),
            _said("My ledger says nil against {invoice}, and my ledger balances.", 0, 1),
            _said("We paid it. I can give you the time of day if that helps.", 1, 2),
            _said("It went out before it even fell due, on the fourteenth.", 0, 1, 2),
            _said("I don't pay a bill twice because the first time has been mislaid.", 1, 2),
            _said("It's paid! How often must I say it before you look?", 2, 3),
            _said("You have the money, you hopeless outfit. Go and find it.", 3),
            _said("Paid, you clowns. Paid, paid, paid!", 3),
        ],
        "objections": [
            {
                "label": "Paperwork is missing",
                "from_level": "2",
                "after_turn": "3",
                "lines": [
                    _said(
                        "And I've had no statement from you since the spring, so what am I to compare it with?",
                        0,
                        1,
                    ),
                    _said(
                        "Without a statement I can't trace a thing. You never sent me one.", 1, 2
                    ),
                    _said("Send me a proper statement first! I've nothing on paper at all.", 2, 3),
                ],
            }
        ],
        "answers": [
            {
                "topic": "When will it be paid?",
                "lines": [
                    _said("It was paid on the fourteenth. There is no second date."),
                    _said("The fourteenth, in the past tense."),
                ],
            },
            {
                "topic": "How will it be paid?",
                "lines": [
                    _said("By bank transfer, to the account on your letterhead."),
                    _said("Transfer, as always. I don't write cheques."),
                ],
            },
        ],
    },
    "facts": {
        "hidden_facts": [
            {
                "what": "The money went to the account on an old letterhead, which we closed in spring.",
                "earned_by": {"moves": ["Asks an open question"], "min_trust": "25"},
                "lines": [
                    _said(
                        "The sort code I used ends in forty-one. It's the one on your letterhead, the blue one."
                    ),
                    _said("I took the bank details from your blue letterhead, as I always do."),
                ],
            },
            {
                "what": "The bank sent it back last week, and it sits in a holding account.",
                "earned_by": {
                    "moves": ["Acknowledges", "Repeats back what was heard"],
                    "min_trust": "35",
                },
                "lines": [
                    _said(
                        "There is a credit of the same sum in our holding account, now that I look. It came last week."
                    ),
                    _said("How odd. The same figure has come back to us, with no name on it."),
                ],
                "opens": {"today": "1184.00", "accepts": ["Full payment"]},
            },
        ],
        "limits.today": "1000",
        "limits.full_on": 7,
        "limits.per_instalment": "1092",
        "limits.first_day": 2,
        "limits.longest": "2",
        "limits.accepts": ["Full payment", "Part payment", "More time"],
        "limits.needs": {"trust": "38", "temper_below": "55"},
        "limits.wants": ["More time"],
        "pays_only_after": ["Sends documents"],
    },
    "goals": {
        "good_end": [
            "A promise to pay",
            "Documents are on their way",
            "The next contact is agreed",
        ],
        "goals": [
            {
                "text": "You find out which account it went to",
                "needs": {"moves": ["Asks an open question"], "temper_below": ""},
            },
            {
                "text": "She feels believed, not accused",
                "needs": {"moves": ["Acknowledges"], "temper_below": "50"},
            },
            {
                "text": "You agree on a day and a sum, or on who looks where",
                "needs": {
                    "moves": [],
                    "end": ["A promise to pay", "Documents are on their way"],
                },
            },
        ],
        "blockers": ["Threatens", "Tells what must not be told"],
        "weights": {
            "composure": "10",
            "empathy": "15",
            "listening": "20",
            "clarity": "15",
            "problem_solving": "20",
            "firmness": "5",
            "process": "10",
            "escalation_judgement": "5",
        },
        "model_turns": [
            "Good morning, this is Hannah from Castlegate Supplies. Am I speaking with Priya Raman?",
            "Thank you, Priya. I can hear how annoying this call must be when your books say paid.",
            "Which account did the payment go to, and what date does your bank show?",
            "So it left you on the fourteenth and went to the details on the blue letterhead. Is that right?",
            "I'll e-mail you our new bank details and a statement this afternoon.",
            "Once it's back with you, which day can you send the £2,184.00?",
        ],
    },
    "examples": {
        "examples": [
            {"text": text, "labels": [PAID], "heat": heat, "style": style}
            for text, heat, style in LINES
        ]
    },
}
