"""The desk: everything a call is coached by that does not change while it lasts."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.coaching.advice import Role
from bot.core.coaching.checklist import ChecklistRules
from bot.core.coaching.corrections import Corrections
from bot.core.coaching.escalation import EscalationRules
from bot.core.coaching.house_rules import HouseRules
from bot.core.coaching.law import LawPack
from bot.core.coaching.playbook import Playbook
from bot.core.coaching.safety import ProtocolRules
from bot.core.dates import Calendar


@dataclass(frozen=True)
class Desk:
    """Playbook, rules, law and the person who sits there; `seniority` is `junior` or `senior`."""

    playbook: Playbook
    house: HouseRules
    laws: tuple[LawPack, ...]
    escalation: EscalationRules
    protocols: ProtocolRules
    checklist: ChecklistRules
    corrections: Corrections
    calendar: Calendar
    role: Role = Role.COLLECTOR
    seniority: str = "junior"
