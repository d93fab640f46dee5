"""The documents that the coach answers with, as readable test data."""

from __future__ import annotations

from typing import Any


def an_account(**changes: Any) -> dict[str, Any]:
    """A joinery with three late invoices."""
    return {
        "id": "hartley",
        "name": "Hartley Joinery Ltd",
        "currency": "GBP",
        "risk_class": "B",
        "on_stop": False,
        "as_of": "2026-11-20T08:15:00+00:00",
        "stale": [],
        "overdue": "14250.00",
        "charged": "70.00",
        "due_now": "14320.00",
        "disputed": "1250.00",
        "undisputed": "13070.00",
        "exposure": "18900.50",
        "overdue_invoices": 3,
        "oldest_days": 47,
        "promises_kept": 4,
        "promises_broken": 1,
        "terms": {"credit_days": 30, "effective_from": "2024-01-01", "late_fee": "70.00"},
        "invoices": [
            _invoice("4417", "2026-10-04", "4750.00", 47),
            _invoice("4460", "2026-10-20", "5500.00", 31, disputed="1250.00"),
            _invoice("4502", "2026-11-03", "4000.00", 17),
        ],
        "promises": [{"amount": "2000.00", "due_on": "2026-09-30", "status": "kept"}],
        "payments": [{"amount": "2000.00", "received_on": "2026-09-29"}],
        "disputes": [],
        "plans": [],
        "contacts": [{"name": "Ruth Hartley", "role": "director", "phone": "020 7946 0018"}],
        "notes": "",
    } | changes


def _invoice(
    number: str, due_on: str, balance: str, days: int, disputed: str = "0.00"
) -> dict[str, Any]:
    return {
        "number": number,
        "due_on": due_on,
        "balance": balance,
        "disputed": disputed,
        "days_overdue": days,
    }


def an_option(title: str = "£4,750 today, the rest on 15 Dec", **changes: Any) -> dict[str, Any]:
    """Part now and the rest on a day."""
    return {
        "kind": "part_payment",
        "title": title,
        "status": "open",
        "held": False,
        "total": "14250.00",
        "currency": "GBP",
        "schedule": [
            {"amount": "4750.00", "due": "2026-11-23"},
            {"amount": "9500.00", "due": "2026-12-15"},
        ],
        "cost": "71.40",
        "cost_note": "interest forgone",
        "approver": None,
        "why": "Four of five promises were kept, so the house rules allow 30 days.",
    } | changes


OPTIONS = [
    an_option(
        "Waive the £70 late fee",
        kind="fee_waiver",
        schedule=[],
        cost="70.00",
        cost_note="fee waived",
    ),
    an_option(),
    an_option("Three monthly payments of £4,750", status="needs_approval", approver="supervisor"),
    an_option(
        "Settlement discount",
        status="closed",
        schedule=[],
        why="Two promises were broken this year.",
    ),
]

CHECKLIST = [
    {"id": "identify", "text": "Say who you are and check who is speaking", "done": True},
    {"id": "acknowledge", "text": "Acknowledge the client's concern", "done": False},
    {"id": "commit", "text": "Ask for a day and a sum", "done": False},
]


def an_advice(**changes: Any) -> dict[str, Any]:
    """What to do about a late fee that the client disputes."""
    return {
        "silent": False,
        "heard": ["terms_dispute"],
        "say": [
            "You're right to question a fee nobody warned you about. Let me look at invoice 4417 with you.",
            "That £70 came as a surprise, and I can see why. Shall we go through it together?",
            "Thank you for telling me straight. Let's start with the fee on invoice 4417.",
        ],
        "say_ids": ["terms_dispute-01", "terms_dispute-02", "terms_dispute-03"],
        "ask": "What were you told about the fee when you signed?",
        "ask_id": "terms_dispute-ask-01",
        "options": [],
        "escalation": {
            "state": "not_yet",
            "next_step": None,
            "untried": ["part payment", "dispute log"],
        },
        "protocol": None,
        "protocol_title": None,
        "protocol_steps": [],
        "avoid": "Don't defend the fee before you have heard the story behind it.",
        "because": ["Heard “slapping a fee on us”.", "The fee of £70 was charged on 12 Nov."],
        "heat": 2,
        "heat_path": [0, 1, 1, 2, 2],
        "heat_trend": "rising",
        "checklist": CHECKLIST,
        "correction": None,
        "card": "terms_dispute",
        "listening": True,
    } | changes


def a_second_advice(**changes: Any) -> dict[str, Any]:
    """Another card: the client is short of money."""
    return (
        an_advice(
            heard=["cash_flow"],
            say=[
                "That sounds a hard month. Let's find a sum for invoice 4417 that you can keep to."
            ],
            say_ids=["cash_flow-01"],
            ask="What could leave your account this week?",
            card="cash_flow",
            heat=1,
            heat_path=[0, 1, 1, 2, 2, 1],
            heat_trend="falling",
        )
        | changes
    )


PROTECTION = an_advice(
    heard=["vulnerability"],
    say=[],
    say_ids=[],
    ask=None,
    avoid=None,
    options=[],
    protocol="vulnerability",
    protocol_title="The client may be vulnerable",
    protocol_steps=[
        "Thank them for telling you.",
        "Explain how the information will be used, and ask whether that is all right.",
        "Ask how it affects them and what would help.",
        "Signpost free, independent help.",
        "Say that collection is paused, and when you will ring again.",
    ],
    card="vulnerability",
)


def a_reading(
    name: str = "terms_dispute", evidence: str = "slapping a fee on us", **changes: Any
) -> dict[str, Any]:
    """What was heard, with the words behind it."""
    return {
        "labels": [{"name": name, "confidence": 0.93, "evidence": evidence}],
        "heat": 2,
        "heat_cues": [],
        "entities": [],
        "flags": [],
    } | changes


def a_turn(number: int = 1, **changes: Any) -> dict[str, Any]:
    """An answered client turn."""
    return {
        "turn_id": f"t{number}",
        "index": number - 1,
        "speaker": "client",
        "text": "You're slapping a fee on us that nobody told us about!",
        "said_at": "2026-11-20T09:00:00+00:00",
        "segment_id": None,
        "reading": a_reading(),
        "advice": an_advice(),
    } | changes


def a_call(**changes: Any) -> dict[str, Any]:
    """An open call with one answered turn."""
    return {
        "id": "c1",
        "account_id": "hartley",
        "status": "open",
        "started_at": "2026-11-20T08:59:00+00:00",
        "closed_at": None,
        "account": an_account(),
        "brief": {
            "opening_line": "Good morning, is that Ruth Hartley? It's about invoice 4417, due 4 October.",
            "strategy": "Thank her for September, then ask for a day for invoice 4417.",
            "promises": "Ruth Hartley kept four of five promises.",
            "expect": ["agreed terms contested"],
            "early_warnings": ["The last payment came 12 days late."],
            "paused": None,
        },
        "advice": an_advice(),
        "turns": [a_turn()],
        "summary": a_summary(),
        "packet": None,
    } | changes


def a_summary(**changes: Any) -> dict[str, Any]:
    """What the call has led to so far: nothing agreed, one dispute, one contact to come."""
    return {
        "client": "Hartley Joinery Ltd",
        "outcome": "no outcome yet",
        "heat": "calm at first, angry at worst, angry at the end",
        "heard": ["agreed terms contested"],
        "proposals": [
            {
                "kind": "follow_up",
                "text": "27 November: next contact",
                "values": {"due_on": "2026-11-27", "note": "next contact"},
                "gaps": ["not agreed with the client yet"],
            }
        ],
        "gaps": ["follow up: not agreed with the client yet"],
        "left_open": ["Ask for a day and a sum"],
        "offered": [],
        "refused": [],
        "client_words": ["slapping a fee on us"],
        "hard_call": True,
        "cue": None,
        "survey_question": None,
    } | changes


PROMISE = {
    "kind": "promise",
    "text": "£2,000 by day not said",
    "values": {"amount": "2000.00", "currency": "GBP", "due_on": None},
    "gaps": ["by which day?"],
}
PLAN = {
    "kind": "plan",
    "text": "£4,750 today, the rest on 15 Dec",
    "values": {
        "schedule": [
            {"amount": "4750.00", "due": "2026-11-23"},
            {"amount": "9500.00", "due": "2026-12-15"},
        ]
    },
    "gaps": [],
}
DISPUTE = {
    "kind": "dispute",
    "text": "Invoice 4417: agreed terms contested",
    "values": {"invoice_number": "4417", "reason": "terms_dispute", "amount": None},
    "gaps": ["how much of it is contested?"],
}


def a_fresh_call(**changes: Any) -> dict[str, Any]:
    """A call in which nobody has spoken yet."""
    return a_call(turns=[], advice=None) | changes
