"""What the steps of drafting from a call carry along in their forms: the call, and what the trainer has decided."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from bot.web.api.fields import without_controls

#: The speaker of a turn that is left out.
NOBODY = "nobody"


@dataclass(frozen=True)
class Entered:
    """What the page carries from step to step: the call as it was given, and what the trainer has decided."""

    given: str = ""
    call_id: str = ""
    replacements: tuple[dict[str, str], ...] | None = None
    speakers: tuple[str, ...] = ()
    title: str = ""
    slug: str = ""

    @property
    def source(self) -> dict[str, str]:
        """The call as the use case takes it."""
        return {"call_id": self.call_id} if self.call_id else {"text": self.given}


def raw_call() -> Entered:
    """The call of the first step as it was entered."""
    form = request.form
    return Entered(
        given=form.get("text", ""), call_id=without_controls(form.get("call", "")).strip()
    )


def decided_call() -> Entered:
    """What the second and third step send back."""
    form = request.form
    rows = []
    for was, now, kind, number in zip(
        form.getlist("was"), form.getlist("now"), form.getlist("kind"), range(1_000), strict=False
    ):
        is_made = not was.strip() or f"{number}" in form.getlist("made") or kind == "new"
        rows.append({"was": was, "now": now, "kind": kind, "made": "yes" if is_made else ""})
    return Entered(
        given=form.get("text", ""),
        call_id=without_controls(form.get("call", "")).strip(),
        replacements=tuple(rows),
        speakers=_swapped(form.getlist("speaker")),
        title=" ".join(without_controls(form.get("title", "")).split()),
        slug=without_controls(form.get("slug", "")).strip(),
    )


def _swapped(speakers: list[str]) -> tuple[str, ...]:
    if "swap" not in request.form:
        return tuple(speakers)
    other = {"client": "collector", "collector": "client"}
    return tuple(other.get(one, one) for one in speakers)
