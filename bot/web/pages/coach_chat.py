"""The chat with the coach: with a script it grows, without one it is a form and an answer."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from bot.services.coach_chat import LONGEST_REQUEST
from bot.web.api.fields import without_controls
from bot.web.configuration import services
from bot.web.identity import viewer
from bot.web.strings import text

blueprint = Blueprint("coach_chat", __name__)


@blueprint.get("/coach")
def show() -> str:
    """Show the chat with nothing asked yet."""
    return _page()


@blueprint.post("/coach")
def ask() -> str | tuple[str, int]:
    """Ask the coach from a browser without scripts."""
    question = without_controls(request.form.get("text", "")).strip()
    if not question:
        return _page(problem=text("error.words.missing")), 422
    if len(question) > LONGEST_REQUEST:
        return _page(problem=text("error.words.long", limit=f"{LONGEST_REQUEST:,}")), 422
    answer = services().coach.ask(question, viewer())
    return _page(question=question, messages=answer["messages"])


def _page(
    question: str | None = None,
    messages: list[dict[str, str]] | None = None,
    problem: str | None = None,
) -> str:
    return render_template(
        "coach_chat/show.html",
        question=question,
        messages=messages or [],
        problem=problem,
        limit=LONGEST_REQUEST,
    )
