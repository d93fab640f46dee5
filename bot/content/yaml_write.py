"""Writes values as YAML in the manner of the files that ship: short things on one line, words in quotes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marshmallow import fields

from bot.content.schema_fields import Figure, SaidYesNo
from bot.content.schema_walk import AnyField, inner_keys
from bot.content.yaml_spans import Node

STEP = 2
_WIDEST_VALUE, _WIDEST_ITEM, _FOLD_AT = 100, 200, 140

_WORD = re.compile(r"[^\W\d_][\w-]*\Z")
_PLAIN = re.compile(r"[^\W\d_](?:[\w '’.,/()&+-]|:(?=\w))*(?<=[\w.)])\Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_FIGURE = re.compile(r"[-+]?[0-9]{1,18}(?:\.[0-9]{1,18})?\Z")
_KEY = re.compile(r"\w[\w-]*\Z")
#: Words that some YAML reader takes for something other than text.
_TAKEN = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Manner:
    """How a file writes its figures: in quotes, as amounts of scenarios are, or bare."""

    quoted_figures: bool = False

    def key(self, key: str) -> str:
        """A key of a mapping."""
        return key if _KEY.match(key) else quoted(key)

    def inline(self, value: Any, field: AnyField | None = None, like: Node | None = None) -> str:
        """A value on one line, written like another one of its kind if there is one."""
        if isinstance(value, dict):
            return f"{{{', '.join(self._pairs(value, field, like))}}}"
        if isinstance(value, list):
            inner, other = _inner(field), _first(like)
            return f"[{', '.join(self.inline(x, inner, other) for x in value)}]"
        return self.scalar(value, field, like, in_flow=True)

    def after_key(
        self, value: Any, indent: int, field: AnyField | None = None, like: Node | None = None
    ) -> str:
        """What follows the colon of a key that stands at an indent: one line, or lines below."""
        if not isinstance(value, dict | list):
            return f" {self.scalar(value, field, like)}"
        line = self.inline(value, field, like)
        if not value or (_fits_one_line(value) and self._is_short(line, _WIDEST_VALUE, like)):
            return f" {line}"
        deeper = indent + STEP
        margin = "\n" + " " * deeper
        if isinstance(value, list):
            inner, other = _inner(field), _first(like)
            return "".join(margin + self.item(x, deeper, inner, other) for x in value)
        return margin + self.entries(value, deeper, field, like)

    def entries(
        self, value: dict[str, Any], indent: int, field: AnyField | None, like: Node | None = None
    ) -> str:
        """The lines of a mapping whose first key stands at an indent already."""
        known = inner_keys(field)
        inside = field.value_field if isinstance(field, fields.Dict) else None
        rows = (
            self.key(key)
            + ":"
            + self.after_key(x, indent, known.get(key, inside), like.child(key) if like else None)
            for key, x in value.items()
        )
        return ("\n" + " " * indent).join(rows)

    def item(
        self, value: Any, indent: int, field: AnyField | None = None, like: Node | None = None
    ) -> str:
        """An item of a list with its dash, which stands at an indent already."""
        if not isinstance(value, dict | list):
            return f"- {self.scalar(value, field, like)}"
        line = self.inline(value, field, like)
        if isinstance(value, list) or not value:
            return f"- {line}"
        if _fits_one_line(value) and self._is_short(line, _WIDEST_ITEM, like):
            return f"- {line}"
        return f"- {self.entries(value, indent + STEP, field, like)}"

    def scalar(
        self,
        value: Any,
        field: AnyField | None = None,
        like: Node | None = None,
        in_flow: bool = False,
    ) -> str:
        """A single value; text is put in quotes wherever it could be taken for something else."""
        if value is None:
            return "null"
        if isinstance(value, bool):
            says_true = like is not None and like.value in (True, False)
            if isinstance(field, SaidYesNo) and not says_true:
                return "yes" if value else "no"
            return "true" if value else "false"
        if isinstance(value, int | Decimal):
            return str(value)
        text = str(value)
        if isinstance(field, Figure) and _FIGURE.match(text) and not self._quotes_figures(like):
            return text
        if like is not None and like.kind == "scalar" and isinstance(like.value, str):
            is_plain = like.style == "" and bool(_PLAIN.match(text) or _DAY.match(text))
        else:
            is_plain = bool(_WORD.match(text))
        if is_plain and text.casefold() not in _TAKEN and not (in_flow and "," in text):
            return text
        return quoted(text)

    def _pairs(self, value: dict[str, Any], field: AnyField | None, like: Node | None) -> list[str]:
        known = inner_keys(field)
        inside = field.value_field if isinstance(field, fields.Dict) else None
        return [
            f"{self.key(key)}: "
            + self.inline(x, known.get(key, inside), like.child(key) if like else None)
            for key, x in value.items()
        ]

    def _quotes_figures(self, like: Node | None) -> bool:
        if like is None or like.kind != "scalar" or like.value is None:
            return self.quoted_figures
        return like.style != ""

    def _is_short(self, line: str, widest: int, like: Node | None) -> bool:
        if like is not None and like.entries:
            return like.is_flow
        return len(line) <= widest


def quoted(text: str) -> str:
    """Text between double quotes, with signs that cannot be seen written out."""
    text = _LONE.sub("\ufffd", text)
    return _UNSEEN.sub(
        lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False)
    )


def folded(text: str, indent: int, mark: str) -> str | None:
    """Text as a folded paragraph below its key; None for text that folding would change."""
    if not text or mark != ">-" or text != " ".join(text.split()) or _UNSEEN.search(text):
        return None
    margin = "\n" + " " * (indent + STEP)
    lines, line = [], ""
    for word in _LONE.sub("\ufffd", text).split(" "):
        if line and len(line) + len(word) >= _FOLD_AT:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return ">-" + "".join(margin + row for row in (*lines, line))


def _fits_one_line(value: Any) -> bool:
    """Whether a collection holds only short things: no list of mappings, no list of sentences."""
    if isinstance(value, dict):
        return all(not isinstance(x, dict | list) or _fits_one_line(x) for x in value.values())
    return all(not isinstance(x, dict | list) and " " not in str(x).strip() for x in value)


def _inner(field: AnyField | None) -> AnyField | None:
    return field.inner if isinstance(field, fields.List) else None


def _first(like: Node | None) -> Node | None:
    return like.entries[0].node if like is not None and like.entries else None
