"""Writes a debrief as a PDF: the same words and figures as the page, for reading away from it."""

from __future__ import annotations

import importlib.util
import threading
from functools import cache
from pathlib import Path
from typing import Any

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from bot.web.curves import Chart
from bot.web.debriefs import DebriefPage, Skill
from bot.web.formats import moment
from bot.web.strings import counted, text

_FONT, _BUILT_IN = "DejaVu", "Helvetica"
_INK, _SOFT, _ACCENT, _LINE = (24, 32, 37), (76, 88, 96), (11, 92, 107), (211, 217, 221)
_WIDTH_MM, _CHART_MM = 180, 60
#: Reasons of a skill beyond this many stay on the page; the figure says how many there are.
_MOST_REASONS = 8
#: Setting one page takes the processor for a moment; two at once would only make both late.
_one_at_a_time = threading.Lock()


class _Pages(FPDF):
    """A4 pages with their number at the foot."""

    def __init__(self) -> None:
        super().__init__(format="A4")
        self.set_margin(15)
        self.set_auto_page_break(True, margin=18)
        self.face = _BUILT_IN
        for style, file in _font_files().items():
            self.add_font(_FONT, style, file)
            self.face = _FONT
        self.add_page()

    def footer(self) -> None:
        """Number the page (called by the library)."""
        self.set_y(-12)
        self._font(8, colour=_SOFT)
        self.cell(0, 5, text("debrief.page", page=self.page_no()), align="R")

    def _font(self, size: float, bold: bool = False, colour: tuple[int, int, int] = _INK) -> None:
        self.set_font(self.face, "B" if bold else "", size)
        self.set_text_color(*colour)

    def say(
        self, words: str, size: float = 10, bold: bool = False, colour: tuple[int, int, int] = _INK
    ) -> None:
        """A paragraph over the whole width."""
        self._font(size, bold, colour)
        self.multi_cell(
            0, size * 0.5, self._fit(words), new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L"
        )
        self.ln(1)

    def heading(self, words: str) -> None:
        """A heading that stays with what follows it."""
        if self.will_page_break(24):
            self.add_page()
        self.ln(3)
        self.say(words, 13, bold=True, colour=_ACCENT)

    def _fit(self, words: str) -> str:
        """Words in letters that the font has; a built-in font knows only Western European ones."""
        if self.face == _FONT:
            return words
        plain = words.translate(_WITHOUT)
        return plain.encode("latin-1", "replace").decode("latin-1")


_WITHOUT = str.maketrans(
    {"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "→": "to", "…": "..."}
)


def debrief_as_pdf(page: DebriefPage) -> bytes:
    """The debrief as the bytes of a PDF file."""
    with _one_at_a_time:
        pages = _Pages()
        pages.set_title(text("debrief.title", title=page.call["title"]))
        pages.set_lang("en-GB")
        _verdict(pages, page)
        _lessons(pages, page)
        _skills(pages, page)
        _curves(pages, page)
        _goals_and_facts(pages, page)
        _reasons(pages, page)
        _transcript(pages, page)
        return bytes(pages.output())


def _verdict(pages: _Pages, page: DebriefPage) -> None:
    call, result = page.call, page.result
    pages.say(text("debrief.title", title=call["title"]), 18, bold=True)
    mode = text(f"rehearse.mode.{call['mode']}")
    when = moment(result["scored_at"])
    lead = text("debrief.lead", level=call["level"], mode=mode, moment=when)
    pages.say(f"{lead} · {text('debrief.try', number=page.number)}", 9, colour=_SOFT)
    score = text("debrief.of_100", score=page.score)
    passed = text("debrief.passed" if result["passed"] else "debrief.not_passed")
    pages.say(f"{score}, {text(f'debrief.band.{page.band}')} · {passed}", 14, bold=True)
    pages.say(page.card["summary"])
    for blocker in page.card["blockers"]:
        words = text("debrief.blocker", turn=blocker["turn"], note=blocker["note"])
        pages.say(f"{text('debrief.blocked')}. {words} “{blocker['quote']}”", bold=True)
    if page.card["hints_cost"]:
        pages.say(counted("debrief.hints", page.card["hints_cost"]), 9, colour=_SOFT)


def _lessons(pages: _Pages, page: DebriefPage) -> None:
    keep, attempt = page.lessons.get("keep"), page.lessons.get("try")
    if keep:
        pages.heading(text("debrief.keep"))
        pages.say(text("debrief.said_at", turn=keep["turn"], quote=keep["quote"]))
        pages.say(keep["text"])
    if attempt:
        pages.heading(text("debrief.change"))
        key = "debrief.try_fault" if attempt["quote"] else "debrief.try_missing"
        pages.say(text(key, skill=attempt["skill"], text=attempt["text"]))
        if attempt.get("better"):
            pages.say(text("debrief.better", line=attempt["better"]))


def _skills(pages: _Pages, page: DebriefPage) -> None:
    pages.heading(text("debrief.skills"))
    pages._font(9)
    for skill in page.skills:
        _skill_line(pages, skill)
    pages.ln(2)


def _skill_line(pages: _Pages, skill: Skill) -> None:
    if pages.will_page_break(7):
        pages.add_page()
    top = pages.get_y()
    band = text(f"debrief.band.{skill.band}")
    pages.cell(50, 6, skill.words)
    pages.cell(48, 6, f"{skill.points}, {band}")
    pages.set_fill_color(*_LINE)
    pages.rect(115, top + 1.5, 60, 3, style="F")
    pages.set_fill_color(*_ACCENT)
    pages.rect(115, top + 1.5, 60 * skill.points / 100, 3, style="F")
    pages.set_x(178)
    weight = text("debrief.weight_percent", weight=skill.weight)
    pages.cell(17, 6, weight, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _curves(pages: _Pages, page: DebriefPage) -> None:
    for key, drawn in (("heat", page.heat), ("trust", page.trust)):
        if drawn is None:
            continue
        pages.heading(text(f"debrief.{key}"))
        if pages.will_page_break(_CHART_MM + 4):
            pages.add_page()
        _draw(pages, drawn)
    pages.say(text("debrief.heat_path", path=", ".join(page.heat_path)).split(". ")[0] + ".", 8)


def _draw(pages: _Pages, drawn: Chart) -> None:
    left, top = pages.l_margin, pages.get_y()
    scale = min(_WIDTH_MM / drawn.width, _CHART_MM / drawn.height)
    pages.set_line_width(0.1)
    pages.set_draw_color(*_LINE)
    pages._font(7, colour=_SOFT)
    for band in drawn.bands:
        height = top + band.y * scale
        pages.line(left + 44 * scale, height, left + drawn.width * scale, height)
        pages.text(left, height + 0.8, band.words)
    pages.set_draw_color(*_ACCENT)
    pages.set_fill_color(*_ACCENT)
    pages.set_line_width(0.5)
    for line in drawn.lines:
        places = [(left + mark.x * scale, top + mark.y * scale) for mark in line.marks]
        pages.polyline(places)
        for mark, (x, y) in zip(line.marks, places, strict=True):
            if not mark.is_own:
                continue
            pages.circle(x, y, 0.9, style="F")
            if mark.number:
                pages.text(x - 1, top + (drawn.height - 6) * scale, mark.number)
    pages.set_y(top + drawn.height * scale + 2)


def _goals_and_facts(pages: _Pages, page: DebriefPage) -> None:
    if page.goals:
        pages.heading(text("debrief.goals"))
    for goal in page.goals:
        met = goal["met"]
        key = "not_known" if met is None else "met" if met else "not_met"
        pages.say(f"{goal['text']}: {text(f'debrief.{key}')}")
    facts = page.lessons.get("facts", ())
    if facts:
        pages.heading(text("debrief.facts"))
    for fact in facts:
        key = "earned" if fact["earned"] else "kept_back"
        pages.say(f"{fact['what']} {text(f'debrief.{key}')}.")


def _reasons(pages: _Pages, page: DebriefPage) -> None:
    pages.heading(text("debrief.reasons"))
    for skill in page.skills:
        points = text("debrief.reasons_of", skill=skill.words, points=skill.points)
        pages.say(points, 10, bold=True)
        for reason in skill.reasons[:_MOST_REASONS]:
            pages.say(_reason(reason), 9)
        if not skill.reasons:
            pages.say(text("debrief.no_reasons"), 9, colour=_SOFT)


def _reason(reason: Any) -> str:
    where = text("debrief.whole_call") if reason["turn"] is None else str(reason["turn"])
    quote = f" “{reason['quote']}”" if reason["quote"] else ""
    what = reason["note"] or reason["rule"].replace("_", " ")
    turn = f"{text('debrief.reason.turn')} {where}" if reason["turn"] is not None else where
    return f"{reason['points']:+d}  {what} {turn}.{quote}"


def _transcript(pages: _Pages, page: DebriefPage) -> None:
    pages.heading(text("say.log"))
    for row in page.rows:
        who = text("say.you") if row.is_own else text("say.client")
        heat = text(f"heat.{row.heat}")
        pages.say(f"{row.turn} {who} ({heat}): {row.text or text('say.silence')}", 9)


@cache
def _font_files() -> dict[str, Path]:
    """The free fonts that come with the charting library of the assistant; its import is not needed."""
    found = importlib.util.find_spec("matplotlib")
    if found is None or found.origin is None:
        return {}
    folder = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
    files = {"": folder / "DejaVuSans.ttf", "B": folder / "DejaVuSans-Bold.ttf"}
    return files if all(file.is_file() for file in files.values()) else {}
