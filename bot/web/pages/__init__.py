"""The pages that people see; each module has its templates in a folder of the same name."""

from __future__ import annotations

from flask import Flask

from bot.core.coaching.wording import label_in_words
from bot.web import formats, strings
from bot.web.pages import (
    assignments,
    coach_chat,
    demo_host,
    desk,
    difficulty,
    progress,
    rehearsal_call,
    rehearsal_debrief,
    rehearse,
    sign_in,
    studio,
    studio_from_call,
    studio_publish,
    studio_versions,
    supervisor,
    teaching,
)


def init_app(app: Flask) -> None:
    """Register the pages and what their templates may use."""
    app.jinja_env.globals.update(
        t=strings.text, counted=strings.counted, label_in_words=label_in_words
    )
    app.jinja_env.filters.update(
        money=formats.money, day=formats.day, moment=formats.moment, clock=formats.clock
    )
    for module in (
        sign_in,
        desk,
        demo_host,
        supervisor,
        teaching,
        coach_chat,
        rehearse,
        rehearsal_call,
        rehearsal_debrief,
        progress,
        assignments,
        studio,
        studio_from_call,
        studio_publish,
        studio_versions,
        difficulty,
    ):
        app.register_blueprint(module.blueprint)
