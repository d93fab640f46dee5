"""The command tree: help everywhere, content checks, the doctor, and no traceback whatever goes wrong."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer

from bot.cli.main import app
from tests.integration.cli.conftest import DATA, Parley


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and group of the tree."""
    yield path
    for name, child in getattr(command, "commands", {}).items():
        yield from commands(child, (*path, name))


@pytest.mark.parametrize("path", list(commands(typer.main.get_command(app))), ids=" ".join)
def test_every_command_explains_itself(parley: Parley, path: tuple[str, ...]) -> None:
    outcome = parley(*path, "--help")
    assert outcome.code == 0
    assert "Usage:" in outcome.out
    assert "--help" in outcome.out


def test_help_comes_without_loading_the_libraries() -> None:
    code = "import sys, bot.cli.main; print(sorted({'rasa', 'sqlalchemy', 'flask'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_command_is_a_usage_error(parley: Parley) -> None:
    outcome = parley("acounts")
    assert outcome.code == 2
    assert "No such command" in outcome.err


def test_the_content_that_comes_with_parley_has_no_faults(parley: Parley) -> None:
    outcome = parley("content", "check")
    assert outcome.code == 0, outcome.out
    assert "0 faults" in outcome.out
    assert parley("content", "check", "--json").document["faults"] == []


def test_a_fault_in_the_content_is_shown_with_file_and_line(
    parley: Parley, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    play = tmp_path / "data" / "playbook" / "stalling.yml"
    play.write_text(play.read_text("utf-8").replace("priority: ", "priorty: "), "utf-8")
    monkeypatch.setenv("PARLEY_CONTENT", str(tmp_path / "data"))

    outcome = parley("content", "check")
    assert outcome.code == 1
    assert "data/playbook/stalling.yml:" in outcome.out
    [*faults] = parley("content", "check", "--json").document["faults"]
    assert {fault["file"] for fault in faults} == {"data/playbook/stalling.yml"}

    refused = parley("content", "sample", "stalling")
    assert refused.code == 1
    assert "data/playbook/stalling.yml:" in refused.err
    assert "Traceback" not in refused.err


def test_a_sample_has_every_line_of_a_heat(parley: Parley) -> None:
    outcome = parley("content", "sample", "stalling", "--heat", "2")
    assert outcome.code == 0
    assert {line.split()[0] for line in outcome.out.splitlines()} == {
        "acknowledge",
        "probe",
        "propose",
        "ask",
        "avoid",
    }


def test_a_label_without_a_play_is_not_found(parley: Parley) -> None:
    outcome = parley("content", "sample", "neutral")
    assert (outcome.code, outcome.out) == (1, "")
    assert "no play “neutral”" in outcome.err


def test_trying_a_sentence_needs_a_model(parley: Parley) -> None:
    outcome = parley("content", "try", "try me again next week")
    assert outcome.code == 1
    assert "parley train" in outcome.err


def test_the_doctor_says_what_is_wrong_and_what_to_do(parley: Parley) -> None:
    outcome = parley("doctor", "--json")
    findings = {finding["what"]: finding for finding in outcome.document}
    assert outcome.code == 1
    wrong = {what for what, finding in findings.items() if not finding["is_fine"]}
    assert wrong == {"database", "model", "assistant"}
    assert "missing" in findings["database"]["detail"]
    assert all(findings[what]["remedy"] for what in wrong)
    assert "wrong" in parley("doctor").out

    parley("users", "list")
    again = {f["what"]: f["is_fine"] for f in parley("doctor", "--json").document}
    assert again["database"]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PARLEY_DATABASE_URL", "garbage"),
        ("PARLEY_DATABASE_URL", "nosuchengine://x/y"),
        ("PARLEY_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing"),
        ("PARLEY_DATABASE_URL", "sqlite:////nowhere/at/all/ledger.sqlite"),
        ("PARLEY_CONTENT", "/nowhere/at/all"),
        ("PARLEY_HOME", __file__),
    ],
)
@pytest.mark.parametrize("words", [("users", "list"), ("doctor",), ("accounts", "show", "x")])
def test_a_wrong_setting_is_told_and_never_a_traceback(
    parley: Parley,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    words: tuple[str, ...],
) -> None:
    monkeypatch.setenv(variable, value)
    outcome = parley(*words)
    assert outcome.code == 1
    assert outcome.err or outcome.out
    assert "Traceback" not in outcome.err + outcome.out


def test_the_module_runs_as_a_program(home: Path, tmp_path: Path) -> None:
    missing = str(tmp_path / "none.csv")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "accounts", "import", missing], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["Not found.", f"There is no file {missing}."]
