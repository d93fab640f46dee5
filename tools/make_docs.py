"""Writes the generated parts of the documentation: `python -m tools.make_docs`, with `--check` only to compare.

A generated part stands between two marker comments; the prose around it is written by hand and stays as it is.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

#: An enum longer than this is counted instead of listed.
LISTED_AT_MOST = 10


def settings_table() -> str:
    """Every setting with its default and meaning."""
    from bot.settings import Settings

    rows = [
        (
            f"`{item.metadata['variable']}`",
            f"`{item.default}`" if item.default else "empty",
            item.metadata["meaning"],
        )
        for item in fields(Settings)
    ]
    return _table(("variable", "default", "meaning"), rows)


def commands() -> str:
    """Every command with its arguments and options."""
    return "\n\n".join(_command(path, command) for path, command in command_tree())


def command_tree() -> Iterator[tuple[str, Any]]:
    """The commands that do something, each with the words that call it."""
    from typer.main import get_command

    from bot.cli.main import app

    yield from _leaves("parley", get_command(app))


def _leaves(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path, command
        return
    for name in sorted(inner):
        yield from _leaves(f"{path} {name}", inner[name])


def _command(path: str, command: Any) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    words = [p.name.upper() if p.required else f"[{p.name.upper()}]" for p in arguments]
    parts = [f"### `{' '.join((path, *words))}`", (command.help or "").strip()]
    rows = [
        (f"`{p.name.upper()}`", "required" if p.required else "optional", p.help or "")
        for p in arguments
    ]
    rows += [
        (" ".join(f"`{flag}`" for flag in (*p.opts, *p.secondary_opts)), _default(p), p.help or "")
        for p in command.params
        if p.param_type_name == "option" and p.name != "help"
    ]
    if rows:
        parts.append(_table(("argument or option", "default", "meaning"), rows))
    return "\n\n".join(parts)


def _default(option: Any) -> str:
    value = option.default
    if option.is_flag:
        return "on" if value else "off"
    shown = getattr(value, "value", value)
    choices = getattr(option.type, "choices", None)
    listed = (
        f" (one of {', '.join(getattr(c, 'value', str(c)) for c in choices)})" if choices else ""
    )
    return (f"`{shown}`" if shown not in (None, "", [], ()) else "none") + listed


def operations() -> str:
    """Every operation of the interface with its body and answers."""
    found = [
        _operation(method, path, operation)
        for path, item in openapi()["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    ]
    return "\n\n".join(found)


def schemas() -> str:
    """Every body and answer of the interface with its fields."""
    left_out = {"PaginationMetadata"}
    found = openapi()["components"]["schemas"]
    return "\n\n".join(_schema(name, found[name]) for name in sorted(found) if name not in left_out)


def openapi() -> dict[str, Any]:
    """The OpenAPI document of an application without services: nothing is asked of them here."""
    document: dict[str, Any] = application().extensions["parley-api"].spec.to_dict()
    return document


def application() -> Any:
    """The web application, built only to read its routes."""
    from bot.settings import Settings
    from bot.web import create_app

    return create_app(None, Settings(secret="documentation"))  # type: ignore[arg-type]  # noqa: S106 - signs nothing


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    parts = [f"### `{method.upper()} {path}`", f"{operation['summary']}."]
    if operation.get("description"):
        parts.append(operation["description"])
    query = [p for p in operation.get("parameters", ()) if p.get("in") == "query"]
    if query:
        rows = [(f"`{p['name']}`", _type(p["schema"]), p.get("description", "")) for p in query]
        parts.append(_table(("in the address", "type", "meaning"), rows))
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    if body:
        parts.append(f"Body: {_type(body['schema'])}.")
    answers = operation["responses"]
    good = next(status for status in answers if status.startswith("2"))
    content = next(iter(answers[good].get("content", {}).items()), None)
    shown = "no body"
    if content:
        shown = (
            "`text/event-stream`"
            if content[0] == "text/event-stream"
            else _type(content[1]["schema"])
        )
    problems = ", ".join(f"`{s}`" for s in sorted(answers) if s.isdigit() and not s.startswith("2"))
    parts.append(f"Answers `{good}`: {shown}. Problems: {problems}.")
    return "\n\n".join(parts)


def _schema(name: str, schema: dict[str, Any]) -> str:
    required = set(schema.get("required", ()))
    rows = [
        (f"`{field}`", _type(part), "yes" if field in required else "", _meaning(part))
        for field, part in schema.get("properties", {}).items()
    ]
    table = _table(("field", "type", "always", "meaning"), rows) if rows else "An open document."
    return f"### {name}\n\n{table}"


def _meaning(part: dict[str, Any]) -> str:
    said = part.get("description", "")
    example = part.get("example")
    return f"{said} e.g. `{example}`".strip() if isinstance(example, str) else said


def _type(part: dict[str, Any]) -> str:
    if "$ref" in part:
        name = part["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in part or "allOf" in part or "oneOf" in part:
        inner = next(part[key] for key in ("anyOf", "allOf", "oneOf") if key in part)
        return " or ".join(_type(one) for one in inner)
    if "enum" in part:
        names = [value for value in part["enum"] if value is not None]
        if len(names) > LISTED_AT_MOST:
            return (
                f"one of {len(names)} [labels](labels.md)"
                if "stalling" in names
                else f"one of {len(names)} names"
            )
        return "one of " + ", ".join(f"`{name}`" for name in names)
    kind = part.get("type", "any")
    kinds = kind if isinstance(kind, list) else [kind]
    if "array" in kinds:
        return " or ".join(
            [f"list of {_type(part.get('items', {}))}", *(["null"] if "null" in kinds else [])]
        )
    return " or ".join(kinds) + (f" ({part['format']})" if "format" in part else "")


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
        for row in lines
    )


#: The generated parts by file and name.
PARTS: dict[str, dict[str, Callable[[], str]]] = {
    "docs/reference/settings.md": {"settings": settings_table},
    "docs/reference/commands.md": {"commands": commands},
    "docs/reference/api.md": {"operations": operations, "schemas": schemas},
}


def fresh(text: str, parts: dict[str, Callable[[], str]]) -> str:
    """The text of a file with each of its generated parts made anew."""
    for name, make in parts.items():
        start, end = f"<!-- generated: {name} -->", f"<!-- end: {name} -->"
        pattern = re.compile(rf"{re.escape(start)}.*?{re.escape(end)}", re.S)
        if not pattern.search(text):
            raise ValueError(f"The markers of “{name}” are missing.")
        whole = f"{start}\n\n{make()}\n\n{end}"
        text = pattern.sub(lambda _, whole=whole: whole, text)
    return text


def stale() -> list[str]:
    """The files whose generated parts are not what the code says now."""
    return [file for file, parts in PARTS.items() if (old := _read(file)) != fresh(old, parts)]


def _read(file: str) -> str:
    return (ROOT / file).read_text("utf-8")


def main() -> int:
    """Write the parts, or with `--check` say which are stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="change nothing, fail when a part is stale"
    )
    check = parser.parse_args().check
    for file in stale():
        if not check:
            (ROOT / file).write_text(fresh(_read(file), PARTS[file]), "utf-8")
        print(f"{file}: {'stale, run `make docs`' if check else 'written'}")
    return 1 if check and stale() else 0


if __name__ == "__main__":
    sys.exit(main())
