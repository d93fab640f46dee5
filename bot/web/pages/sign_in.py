"""Signs people in and out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from bot.web import identity
from bot.web.access import safe_next
from bot.web.configuration import services
from bot.web.limits import sign_in_limit
from bot.web.logs import log
from bot.web.strings import text

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
def form() -> str | Response:
    """Show the form; somebody who is signed in goes on to the desk."""
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("next")))
    return render_template("sign_in/form.html", name="", problem=None)


@blueprint.post("/sign-in")
@sign_in_limit
def submit() -> str | Response | tuple[str, int]:
    """Check name and password; the answer does not say which of them was wrong."""
    name = request.form.get("name", "")[:200]
    password = request.form.get("password", "")[:2000]
    user = services().people.sign_in(name, password)
    if user is None:
        services().audit.record("sign_in_refused", user_id=None, subject="sign-in")
        log.info("sign_in_refused")
        page = render_template("sign_in/form.html", name=name, problem=text("sign_in.refused"))
        return page, 422
    identity.sign_in(user)
    services().audit.record("signed_in", user_id=user.id, subject=user.id)
    return redirect(safe_next(request.args.get("next")))


@blueprint.post("/sign-out")
def leave() -> Response:
    """End the session."""
    user_id = current_user.user.id
    identity.sign_out()
    services().audit.record("signed_out", user_id=user_id, subject=user_id)
    return redirect(url_for("sign_in.form"))
