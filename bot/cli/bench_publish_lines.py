"""Twenty lines of a client's that no training file has, for the measurement of a publication."""

from __future__ import annotations

#: Words, label and heat.
NEW_LINES: tuple[tuple[str, str, int], ...] = (
    ("Put us down for the batch after the one that has just gone through.", "stalling", 0),
    ("Nothing leaves this building till the quarter's books are shut, so ring me then.", "stalling", 0),
    ("I'll have a think about it once the stocktake is out of the way.", "stalling", 0),
    ("It's in the tray. When the tray gets looked at, it gets looked at.", "stalling", 1),
    ("Give it a fortnight or so and we'll see where we are.", "stalling", 0),
    ("Somebody will get round to it, I can't tell you who or when.", "stalling", 1),
    ("We only do payments when Marjorie comes in, and Marjorie's on a cruise.", "stalling", 0),
    ("Not this side of the trade fair, try me when it's over.", "stalling", 0),
    ("There's eleven pounds in the account and the wages go out tomorrow.", "cash_flow", 0),
    ("Two of our biggest customers haven't settled with us, so the pot is empty.", "cash_flow", 0),
    ("The overdraft is at its limit, I honestly have nothing to send you.", "cash_flow", 0),
    ("Takings have halved since the roadworks began outside the shop.", "cash_flow", 0),
    ("That went out of our bank on the ninth, I have the confirmation in front of me.", "payment_claimed", 0),
    ("We settled that one by transfer a week last Tuesday, look again.", "payment_claimed", 1),
    ("It's been paid already, the reference was the number on your reminder.", "payment_claimed", 0),
    ("Without the signed delivery note our system will not let the bill through.", "missing_paperwork", 0),
    ("I never received that invoice, send me a copy and then we can talk.", "missing_paperwork", 0),
    ("There's no order number on it, so accounts have sent it straight back.", "missing_paperwork", 0),
    ("You've come through to the warehouse, love, nobody here deals with bills.", "wrong_contact", 0),
    ("I left purchasing in the spring, you'll need whoever has my desk now.", "wrong_contact", 0),
)  # fmt: skip
