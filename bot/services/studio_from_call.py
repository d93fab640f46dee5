"""Turning a real call into a scenario: read it, take names out, show where it turned, and draft what it teaches."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.core.corrections import one_line
from bot.core.errors import InvalidInputError, ParleyError
from bot.core.labels import Speaker
from bot.core.reading import Reading
from bot.core.rehearsal.repertoire import Repertoire
from bot.core.studio.from_call import Proposal, propose
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.core.studio.masking import apply, counted, mask
from bot.core.studio.pasted import MOST_TURNS, PastedCall, PastedTurn, in_breaths, read_pasted
from bot.core.studio.turning_points import turning_points
from bot.services.ports import Clock, UnitOfWork, Viewer
from bot.services.studio import Studio
from bot.services.studio_call_turns import SpokenTurn, given_replacements, given_turns
from bot.services.studio_ears import StudioEars
from bot.services.studio_ports import ModelServer
from bot.services.studio_rules import check_editor

#: Accounts whose names are looked for in a pasted call; beyond these a name is found by how it is spoken of.
_KNOWN_ACCOUNTS = 2_000


class FromCalls:
    """Use cases of drafting from a call. What was really said is never stored: only the masked words are."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        studio: Studio,
        ears: ModelServer,
        clock: Clock,
        repertoire: Callable[[], Repertoire] = Repertoire,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._studio = studio
        self._ears = StudioEars(ears)
        self._clock = clock
        self._repertoire = repertoire

    def disguised(
        self,
        viewer: Viewer,
        *,
        text: str | None = None,
        call_id: str | None = None,
        replacements: Sequence[Mapping[str, str]] | None = None,
    ) -> dict[str, Any]:
        """A pasted or stored call with names, numbers and addresses taken out, and the table of what was replaced.

        With `replacements` (each with `was` and `now`) exactly these are made, as a person has confirmed them.
        """
        check_editor(viewer, DocumentKind.SCENARIO)
        if (text is None) == (call_id is None):
            raise InvalidInputError("Give a transcript or name a call.", field="text")
        with self._unit_of_work() as work:
            if call_id is not None:
                call, firms, people = _stored_call(work, call_id, viewer)
            else:
                call = read_pasted(text or "")
                firms, people = _known_names(work, viewer, call)
        texts = [turn.text for turn in call.turns]
        if replacements is None:
            named = (*(name for name, _ in call.names), *people)
            masked = mask(texts, named, firms, _seed(texts))
            kept, shown = masked.replacements, masked.texts
        else:
            kept = given_replacements(replacements)
            shown = apply(texts, kept)
        return {
            "turns": [
                {"speaker": turn.speaker.value, "text": words, "line": turn.line}
                for turn, words in zip(call.turns, shown, strict=True)
            ],
            "replacements": [
                {
                    "was": one.was,
                    "now": one.now,
                    "kind": one.kind,
                    "count": counted(texts, one.was),
                }
                for one in kept
            ],
            "unclear": list(call.unclear),
            "reordered": call.reordered,
        }

    def located(
        self,
        viewer: Viewer,
        *,
        turns: Sequence[Mapping[str, str]],
        slug: str = "from-a-call",
        title: str = "",
    ) -> dict[str, Any]:
        """Where a masked call turned, and what each turn would become; nothing is made of it yet."""
        check_editor(viewer, DocumentKind.SCENARIO)
        readings = self._heard(given_turns(turns))
        return self._told(readings, self._proposal(readings, slug, title))

    def propose(
        self,
        viewer: Viewer,
        *,
        slug: str,
        title: str,
        turns: Sequence[Mapping[str, str]],
        replacements: Sequence[Mapping[str, str]] = (),
    ) -> dict[str, Any]:
        """Draft a scenario from a masked call; its checks say what is still missing.

        `replacements` are made once more, so that a name which was added by hand is taken out here too.
        """
        check_editor(viewer, DocumentKind.SCENARIO)
        # A slug that cannot be one is refused before the call is heard.
        name = DocumentName(DocumentKind.SCENARIO, slug)
        spoken = given_turns(turns)
        masked = apply([turn.text for turn in spoken], given_replacements(replacements))
        readings = self._heard(
            [SpokenTurn(turn.speaker, text) for turn, text in zip(spoken, masked, strict=True)]
        )
        words = one_line(title) or slug.replace("-", " ").capitalize()
        proposal = self._proposal(readings, name.slug, words)
        draft = self._studio.create(viewer, DocumentKind.SCENARIO, name.slug, title=words)
        try:
            data = {**(draft["data"] or {}), **proposal.data}
            saved = self._studio.save(viewer, draft["id"], draft["revision"], data=data)
        except ParleyError:
            self._studio.discard(viewer, draft["id"])
            raise
        return {**saved, **self._told(readings, proposal)}

    def _heard(self, turns: Sequence[SpokenTurn]) -> list[Reading]:
        listening = self._ears.listening(self._clock.today())
        return listening.hear_all([(turn.text, turn.speaker) for turn in turns])

    def _proposal(self, readings: Sequence[Reading], slug: str, title: str) -> Proposal:
        known = self._repertoire()
        return propose(
            readings,
            slug=slug,
            title=title,
            today=self._clock.today(),
            personas=tuple(known.personas.values()),
            scenarios=tuple(known.scenarios.values()),
        )

    def _told(self, readings: Sequence[Reading], proposal: Proposal) -> dict[str, Any]:
        return {
            "turning_points": [point.as_json() for point in turning_points(readings)],
            "becomes": [row.as_json() for row in proposal.becomes],
            "heard": [
                {
                    "speaker": reading.speaker.value,
                    "text": reading.text,
                    "labels": list(reading.names),
                    "heat": reading.heat if reading.speaker is Speaker.CLIENT else None,
                }
                for reading in readings
            ],
            "proposed": {
                "objection": proposal.objection,
                "persona": proposal.persona,
                "parts": dict(proposal.parts),
            },
        }


def _stored_call(
    work: UnitOfWork, call_id: str, viewer: Viewer
) -> tuple[PastedCall, tuple[str, ...], tuple[str, ...]]:
    """The turns of a call that the viewer may see, with the names that belong to it."""
    call = work.calls.get(call_id, viewer)
    turns = [
        PastedTurn(turn.speaker, one_line(turn.text), turn.index + 1)
        for turn in work.calls.turns(call_id)
        if turn.speaker in (Speaker.CLIENT, Speaker.COLLECTOR) and turn.text.strip()
    ]
    if not turns:
        raise InvalidInputError("Nothing was said on this call.", field="call_id")
    account = work.accounts.get(call.account_id, viewer)
    people = (*(contact.name for contact in account.contacts), *_colleagues(work))
    return PastedCall(tuple(in_breaths(turns)[:MOST_TURNS])), (account.name,), people


def _known_names(
    work: UnitOfWork, viewer: Viewer, call: PastedCall
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Clients and colleagues that the call names; those whose words do not occur are not looked for."""
    words = {word for turn in call.turns for word in turn.text.casefold().split()}
    bare = {word.strip(".,!?’'\"“”;:()") for word in words}
    clients = (row.name for row in work.accounts.search("", viewer, _KNOWN_ACCOUNTS))
    firms = tuple(name for name in clients if set(name.casefold().split()[:1]) & bare)
    people = tuple(n for n in _colleagues(work) if set(n.casefold().split()) & bare)
    return firms, people


def _colleagues(work: UnitOfWork) -> tuple[str, ...]:
    return tuple(user.full_name for user in work.users.all())


def _seed(texts: Sequence[str]) -> str:
    """The same call gives the same stand-ins; nothing can be told from the number itself."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]
