"""Puts what trainers have set into the shape in which their page shows it: who did what, and what to look for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.coaching.advice import Role
from bot.services.ports import User
from bot.web.strings import text

SENIORITIES = ("junior", "senior")
FILTER_STATES = ("all", "open", "overdue", "done")


@dataclass(frozen=True)
class AssignedPerson:
    """What one person has made of an assignment; `state` is done, overdue, begun or open."""

    user_id: str
    name: str
    made: int
    best: int | None
    is_passed: bool
    best_rehearsal: str | None
    state: str


@dataclass(frozen=True)
class Standing:
    """One assignment with everybody whom it is for."""

    document: Mapping[str, Any]
    wanted: int
    people: Sequence[AssignedPerson]
    done: int
    overdue: int

    @property
    def is_done(self) -> bool:
        """Whether everybody has done it."""
        return bool(self.people) and self.done == len(self.people)


@dataclass(frozen=True)
class Filter:
    """Which assignments are to be seen."""

    state: str = "all"
    person: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Filter:
        """Read it from an address; what is unknown counts as everything."""
        state = asked.get("state", "")
        return cls(state if state in FILTER_STATES else "all", asked.get("person", "")[:120])

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return self != Filter()

    def fits(self, one: Standing) -> bool:
        """Whether an assignment is among those."""
        people = [p for p in one.people if self.person in ("", p.user_id)]
        if self.person and not people:
            return False
        states = {person.state for person in people}
        if self.state == "overdue":
            return "overdue" in states
        if self.state == "done":
            return states == {"done"}
        return self.state == "all" or states != {"done"}


@dataclass(frozen=True)
class Group:
    """People who can be set something together; `value` is what the form sends."""

    value: str
    words: str
    people: int


def standing_of(document: Mapping[str, Any]) -> Standing:
    """One assignment of the service, with each person's attempts counted."""
    people = [_person(person) for person in document["people"]]
    return Standing(
        document=document,
        wanted=document["attempts_wanted"],
        people=people,
        done=sum(person.state == "done" for person in people),
        overdue=sum(person.state == "overdue" for person in people),
    )


def groups_of(people: Iterable[User]) -> list[Group]:
    """Every role, and the juniors and seniors of it where there are any of both."""
    active = list(people)
    groups = []
    for role in Role:
        own = [user for user in active if user.role is role]
        groups.append(Group(f"role:{role}", group_in_words(role.value, None), len(own)))
        counts = [sum(user.seniority == seniority for user in own) for seniority in SENIORITIES]
        # Collectors are always offered by seniority: tomorrow there may be one of the other kind.
        if all(counts) or role is Role.COLLECTOR:
            groups += [
                Group(f"role:{role}:{seniority}", group_in_words(role.value, seniority), count)
                for seniority, count in zip(SENIORITIES, counts, strict=True)
            ]
    return groups


def group_in_words(role: str, seniority: str | None) -> str:
    """A group as people call it: all collectors, senior collectors."""
    return text(f"role.{seniority}.{role}" if seniority else f"role.everybody.{role}")


def _person(person: Mapping[str, Any]) -> AssignedPerson:
    scored = [one for one in person["attempts"] if one["score"] is not None]
    best = max(scored, key=lambda one: (one["passed"], one["score"]), default=None)
    state = "overdue" if person["overdue"] else "begun" if person["attempts"] else "open"
    return AssignedPerson(
        user_id=person["user_id"],
        name=person["name"],
        made=len(scored),
        best=best["score"] if best else None,
        is_passed=bool(best and best["passed"]),
        best_rehearsal=best["rehearsal_id"] if best else None,
        state="done" if person["done"] else state,
    )
