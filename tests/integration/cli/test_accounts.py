"""`parley accounts`: a ledger comes in whole or not at all, and twice is once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.cli.conftest import Parley

HEADER = "Customer ID,Customer Name,Invoice Number,Invoice Date,Due Date,Total,Balance,Currency\n"
ALDER = "C1,Alder & Søns Ltd,1001,2026-09-01,2026-10-01,120.00,100.00,GBP\n"
BIRCH = "C2,[bold]Birch[/bold] Co,1002,2026-09-05,2026-10-05,75.50,75.50,GBP\n"
FAULTY = "C3,Cedar Ltd,1003,2026-09-05,someday,75.50,75.50,GBP\n"
PASSWORD = "a long winter evening\n"
DEFAULTS = ("--country", "GB", "--legal-form", "company")


@pytest.fixture
def admin(parley: Parley) -> Parley:
    """A command line whose ledger has an admin and a collector."""
    parley("users", "add", "ada", "--role", "admin", typed=PASSWORD)
    parley("users", "add", "sam", typed=PASSWORD)
    return parley


def a_file(folder: Path, *rows: str) -> str:
    file = folder / "open items.csv"
    file.write_text(HEADER + "".join(rows), "utf-8")
    return str(file)


def test_a_dry_run_reports_and_changes_nothing(admin: Parley, tmp_path: Path) -> None:
    file = a_file(tmp_path, ALDER, BIRCH)
    outcome = admin("accounts", "import", file, *DEFAULTS, "--dry-run")
    assert outcome.code == 0, outcome.err
    assert "2 rows, 2 usable; 2 clients, 2 invoices; open 175.50 GBP" in outcome.out
    assert "nothing was changed" in outcome.out
    assert admin("accounts", "show", "alder").code == 1


def test_an_import_can_be_shown_account_by_account(admin: Parley, tmp_path: Path) -> None:
    report = admin(
        "accounts", "import", a_file(tmp_path, ALDER, BIRCH), *DEFAULTS, "--owner", "sam", "--json"
    )
    assert report.code == 0, report.err
    assert report.document["applied"]

    for user in ("ada", "sam"):
        facts = admin("accounts", "show", "alder", "--user", user, "--json").document
        assert (facts["name"], facts["overdue"], facts["currency"]) == (
            "Alder & Søns Ltd",
            "100.00",
            "GBP",
        )
    shown = admin("accounts", "show", "alder").out
    assert "1001" in shown
    assert "100.00" in shown


def test_a_name_that_looks_like_markup_is_shown_as_it_is(admin: Parley, tmp_path: Path) -> None:
    admin("accounts", "import", a_file(tmp_path, BIRCH), *DEFAULTS)
    assert "[bold]Birch[/bold] Co" in admin("accounts", "show", "birch").out


def test_a_header_that_looks_like_markup_does_no_harm(admin: Parley, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text(HEADER.replace("Balance", "Balance [/red]") + ALDER, "utf-8")
    outcome = admin(
        "accounts", "import", str(file), *DEFAULTS, "--column", "balance=Balance [/red]"
    )
    assert outcome.code == 0, outcome.err
    assert "Balance [/red]" in outcome.out


def test_one_faulty_row_stops_everything(admin: Parley, tmp_path: Path) -> None:
    outcome = admin("accounts", "import", a_file(tmp_path, ALDER, FAULTY), *DEFAULTS)
    assert outcome.code == 1
    assert "row 3, Due Date: “someday” is not a date" in outcome.out
    assert "Nothing was imported." in outcome.out
    assert admin("accounts", "show", "alder").code == 1


def test_faulty_rows_can_be_left_out(admin: Parley, tmp_path: Path) -> None:
    file = a_file(tmp_path, ALDER, FAULTY)
    outcome = admin("accounts", "import", file, *DEFAULTS, "--skip-faulty")
    assert outcome.code == 0, outcome.err
    assert "row 3" in outcome.out
    assert admin("accounts", "show", "alder").code == 0
    assert admin("accounts", "show", "cedar").code == 1


def test_importing_twice_changes_nothing(admin: Parley, tmp_path: Path) -> None:
    file = a_file(tmp_path, ALDER, BIRCH)
    admin("accounts", "import", file, *DEFAULTS)
    before = admin("accounts", "show", "alder", "--json").document
    again = admin("accounts", "import", file, *DEFAULTS, "--json").document
    assert again["imported_before"]
    assert (again["counts"]["clients_unchanged"], again["counts"]["invoices_unchanged"]) == (2, 2)
    assert admin("accounts", "show", "alder", "--json").document == before


def test_a_column_can_be_named_by_hand(admin: Parley, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("who;nr;wann;soll\nAlder;7;01.10.2026;10,50\n", "utf-8")
    columns = ("client_name=who", "invoice_number=nr", "due_on=wann", "balance=soll")
    named = [word for column in columns for word in ("--column", column)]
    outcome = admin("accounts", "import", str(file), *named, *DEFAULTS, "--currency", "EUR")
    assert outcome.code == 0, outcome.out + outcome.err
    assert "open 10.50 EUR" in outcome.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("import", "{folder}/none.csv"), "There is no file"),
        (("import", "{folder}"), "There is no file"),
        (("import", "{folder}/empty.csv"), ""),
        (("import", "{folder}/binary.csv"), ""),
        (("import", "{folder}/good.csv", "--column", "balance"), "is not FIELD=HEADER"),
        (("import", "{folder}/good.csv", "--owner", "nobody"), "no user called “nobody”"),
        (("import", "{folder}/good.csv", "--date-order", "ydm"), "date_order"),
        (("import", "{folder}/good.csv", "--currency", "quid"), "three letters"),
        (("show", "nobody"), "does not name one account"),
        (("show", "alder", "--user", "nobody"), "no user called “nobody”"),
    ],
)
def test_what_cannot_be_done_is_said_plainly(
    admin: Parley, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "binary.csv").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "good.csv").write_text(HEADER + ALDER, "utf-8")
    outcome = admin("accounts", *(word.format(folder=tmp_path) for word in words))
    assert outcome.code == 1
    assert says in outcome.err
    assert "Traceback" not in outcome.err + outcome.out
    assert outcome.err or outcome.out
