"""What the words of a form are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Words:
    """The words for a field: its label, what helps with it, and how it is shown where its schema does not tell.

    `type` is another control than the usual one, `item_title` the key that heads an item of a list, `choices` words
    for choices that mean something else here, `all_keys` whether a map needs every one of its keys.
    """

    label: str
    hint: str = ""
    type: str = ""
    item_title: str = ""
    choices: Mapping[Any, str] | None = None
    all_keys: bool = False


@dataclass(frozen=True)
class Section:
    """A part of a form: its heading, what it is about, and its fields from the top of the document (all when none)."""

    id: str
    title: str
    hint: str = ""
    paths: tuple[str, ...] = ()
