"""How much worse a new model may be than the one in service before it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Margins:
    """The largest falls that are let through, each between 0 and 1.

    `label_f1` counts only for labels with at least `least_turns` kept turns: with fewer, one turn moves it too far.
    """

    macro_f1: Decimal
    protected_recall: Decimal
    protected_precision: Decimal
    label_f1: Decimal
    least_turns: int
