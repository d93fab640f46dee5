"""Every error code that a person or a program can meet is documented, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from bot.core.errors import ParleyError
from bot.web.errors import _CODE_OF_STATUS
from tests.docs.pages import ROOT, read, rows

#: Where codes are written into a call, by function, and the place of the code in it.
_WRITTEN = {
    "bot/web/errors.py": ("Problem", 1),
    "bot/nlu/channel.py": ("_problem", 1),
    "bot/cli/model.py": ("_error", 2),
}
_TITLE = re.compile(r"`([a-z0-9]+(?:-[a-z0-9]+)*)`")


def _tree(kind: type[ParleyError]) -> Iterator[type[ParleyError]]:
    yield kind
    for inner in kind.__subclasses__():
        if inner.__module__.startswith("bot."):
            yield from _tree(inner)


def _written() -> Iterator[str]:
    for file, (function, place) in _WRITTEN.items():
        for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))):
            is_call = isinstance(node, ast.Call) and getattr(node.func, "id", "") == function
            if is_call and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                yield node.args[place].value


def _codes() -> set[str]:
    tokens = re.findall(r'"(token-[a-z]+)"', (ROOT / "bot/web/errors.py").read_text("utf-8"))
    return {
        *(error.code for error in _tree(ParleyError)),
        *_CODE_OF_STATUS.values(),
        *_written(),
        *tokens,
    }


def _documented() -> dict[str, list[str]]:
    return {
        found[1]: row
        for row in rows(read("docs/reference/errors.md"))
        if (found := _TITLE.fullmatch(row[0]))
    }


def test_every_code_is_documented_and_no_other() -> None:
    assert set(_documented()) == _codes()


def test_every_code_says_what_to_do() -> None:
    assert all(row[-1].endswith(".") and row[-2] for row in _documented().values())


def test_status_in_the_table_is_the_status_that_is_sent() -> None:
    documented = _documented()
    for status, code in _CODE_OF_STATUS.items():
        if status not in (405, 406, 414):
            assert str(status) == documented[code][1], code
