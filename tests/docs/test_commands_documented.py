"""Every command and option is documented, and no page names a command that does not exist."""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import ROOT, code_words, every_page, read, section
from tools.make_docs import command_tree

COMMANDS = dict(command_tree())
REFERENCE = read("docs/reference/commands.md")


@pytest.mark.parametrize("path", COMMANDS)
def test_command_has_a_section_with_all_its_options(path: str) -> None:
    heading = re.search(rf"^### `{re.escape(path)}[ \[A-Z\]]*`$", REFERENCE, re.M)
    assert heading
    words = set(code_words(section(REFERENCE, heading[0])))
    for parameter in COMMANDS[path].params:
        if parameter.name == "help":
            continue
        assert getattr(parameter, "help", None), f"{path}: {parameter.name} says nothing of itself"
        names = (
            {parameter.name.upper()}
            if parameter.param_type_name == "argument"
            else {*parameter.opts}
        )
        assert names <= words


def test_commands_say_what_they_do() -> None:
    assert all(command.help for command in COMMANDS.values())


def test_no_page_names_a_command_that_does_not_exist() -> None:
    for page in every_page():
        text = page.read_text("utf-8")
        spoken = [
            *code_words(text),
            *(
                line
                for block in re.findall(r"^```\n(.*?)^```", text, re.M | re.S)
                for line in block.split("\n")
            ),
        ]
        for words in spoken:
            named = re.match(r"(?:\.venv/bin/)?parley ([a-z][a-z ]*[a-z])", words)
            if named:
                path = f"parley {named[1]}"
                known = any(
                    f"{path} ".startswith(f"{command} ") or command.startswith(path)
                    for command in COMMANDS
                )
                assert known, f"{page.name}: {words}"


def test_every_make_target_that_a_page_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for page in every_page():
        for words in code_words(page.read_text("utf-8")):
            named = re.fullmatch(r"make ([a-z-]+)", words)
            assert not named or named[1] in targets, f"{page.name}: {words}"
