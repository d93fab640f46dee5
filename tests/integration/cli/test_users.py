"""`parley users`: people and tokens, from the first command of a new installation on."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.services.people import hash_of_token
from tests.integration.cli.conftest import Parley

PASSWORD = "a long winter evening\n"


def test_a_new_installation_has_no_users_and_takes_the_first(parley: Parley) -> None:
    assert parley("users", "list", "--json").document == []
    added = parley(
        "users",
        "add",
        "Ruth",
        "--role",
        "supervisor",
        "--full-name",
        "Ruth Ó Néill",
        typed=PASSWORD,
    )
    assert (added.code, added.err) == (0, "")
    assert "Added" in added.out
    assert parley("users", "list", "--json").document == [
        {
            "name": "ruth",
            "full_name": "Ruth Ó Néill",
            "role": "supervisor",
            "seniority": "junior",
            "active": True,
        }
    ]
    assert "Ruth Ó Néill" in parley("users", "list").out


def test_a_token_is_printed_once_and_kept_as_a_hash(parley: Parley, home: Path) -> None:
    parley("users", "add", "sam", typed=PASSWORD)
    token = parley("users", "token", "sam", "--note", "crm").out.strip()
    assert token.startswith("parley_")

    stored = b"".join(file.read_bytes() for file in home.glob("parley.sqlite*"))
    assert token.encode() not in stored
    assert hash_of_token(token).encode() in stored


@pytest.mark.parametrize(
    ("words", "typed", "says"),
    [
        (("users", "add", "sam"), "short\n", "password"),
        (("users", "add", "sam"), "", "password"),
        (("users", "add", "sam smith"), PASSWORD, "sign-in name"),
        (("users", "add", "sam", "--seniority", "elder"), PASSWORD, "junior or senior"),
        (("users", "token", "nobody"), "", "no active user called “nobody”"),
    ],
)
def test_what_cannot_be_done_is_one_plain_sentence(
    parley: Parley, words: tuple[str, ...], typed: str, says: str
) -> None:
    outcome = parley(*words, typed=typed)
    assert (outcome.code, outcome.out) == (1, "")
    assert says in outcome.err
    assert "Traceback" not in outcome.err
    assert len(outcome.err.splitlines()) == 2


def test_a_name_is_taken_once(parley: Parley) -> None:
    parley("users", "add", "sam", typed=PASSWORD)
    assert parley("users", "add", "SAM", typed=PASSWORD).code == 1
    assert len(parley("users", "list", "--json").document) == 1


def test_days_of_a_token_have_limits(parley: Parley) -> None:
    parley("users", "add", "sam", typed=PASSWORD)
    for days in ("0", "-1", "99999"):
        assert parley("users", "token", "sam", "--days", days).code == 1
