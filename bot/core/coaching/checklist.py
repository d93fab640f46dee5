"""The call checklist: what a good call with this kind of client holds, ticked by what the collector does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.account import Account, LegalForm
from bot.core.coaching.advice import ChecklistItem
from bot.core.coaching.memory import CallMemory


@dataclass(frozen=True)
class ChecklistRule:
    """One item: for which clients and after which labels, and the moves that tick it (any one of them).

    `labels` empty means always; items that ask for labels come up only once one was heard.
    """

    id: str
    text: str
    moves: frozenset[str]
    legal_forms: frozenset[LegalForm] = frozenset()
    countries: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    unless_labels: frozenset[str] = frozenset()

    def applies(self, account: Account, memory: CallMemory) -> bool:
        """Whether the item belongs in this call."""
        heard = memory.heard or {}
        return (
            (not self.legal_forms or account.legal_form in self.legal_forms)
            and (not self.countries or account.country in self.countries)
            and (not self.labels or not self.labels.isdisjoint(heard))
            and self.unless_labels.isdisjoint(heard)
        )

    def is_done(self, memory: CallMemory) -> bool:
        """Whether one of its moves was heard."""
        return any(memory.did(move) for move in self.moves)


@dataclass(frozen=True)
class ChecklistRules:
    """The items in the order of a call, and the cues that keep the collector composed."""

    items: tuple[ChecklistRule, ...] = ()
    cues: Mapping[str, str] = field(default_factory=dict)

    def cue_at(self, heat: int) -> str | None:
        """What to tell the collector at this heat, if anything."""
        return self.cues.get(f"heat_{heat}")


def tick(rules: ChecklistRules, memory: CallMemory, account: Account) -> tuple[ChecklistItem, ...]:
    """The checklist of this call as it stands."""
    return tuple(
        ChecklistItem(rule.id, rule.text, rule.is_done(memory))
        for rule in rules.items
        if rule.applies(account, memory)
    )


def left_open(items: tuple[ChecklistItem, ...]) -> tuple[str, ...]:
    """What has not been heard: the questions for the wrap-up."""
    return tuple(item.text for item in items if not item.done)
