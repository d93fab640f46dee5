"""A broken document is told every fault at once, each with its line and a remedy, and nothing changes."""

from __future__ import annotations

import hashlib
import io
import time
import zipfile
from pathlib import Path

import pytest

from bot.content.studio_desk import StudioDesk
from bot.core.errors import ContentError, Fault
from bot.core.studio.kinds import DocumentName
from tests.broken_documents.documents import BROKEN, DATA, Broken

DESK = StudioDesk(DATA)
TITLES = [broken.title for broken in BROKEN]


def faults_of(broken: Broken) -> tuple[Fault, ...]:
    """What the studio says of it: as a text, or on its way in where it is no text."""
    try:
        text = broken.text
    except UnicodeDecodeError:
        with pytest.raises(ContentError) as refused:
            DESK.unpack(f"{broken.name.slug}.yml", broken.raw)
        return refused.value.faults
    return DESK.check(broken.name, text).faults


def brought_in(texts: dict[DocumentName, str]) -> None:
    """As an import does: all of it or nothing."""
    faults = DESK.check_together(texts)
    if faults:
        raise ContentError(faults)


def digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*.yml"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


@pytest.mark.parametrize("broken", BROKEN, ids=TITLES)
def test_every_fault_is_told_at_once_with_its_line_and_a_remedy(broken: Broken) -> None:
    faults = faults_of(broken)

    shown = "\n".join(map(str, faults))
    for sign, words in broken.told:
        line = broken.line_of(sign)
        assert any(f.line == line and words in f.message for f in faults), (
            f"{line} {words}\n{shown}"
        )
    assert broken.at_least or len(faults) == len(broken.told), shown
    assert all(fault.remedy and fault.line > 0 for fault in faults)
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)


def test_there_are_thirty_of_them() -> None:
    assert len(BROKEN) >= 30
    assert len(set(TITLES)) == len(BROKEN)


def test_a_fault_of_a_value_names_its_place() -> None:
    broken = next(b for b in BROKEN if b.title == "wrong sums")

    places = {fault.place for fault in faults_of(broken)}

    assert places == {
        ("account", "invoices", 0, "balance"),
        ("account", "invoices", 0, "disputed"),
        ("weights",),
    }


@pytest.mark.parametrize("broken", BROKEN, ids=TITLES)
def test_no_broken_document_gets_in_or_changes_a_file(broken: Broken) -> None:
    before = digest(DATA)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("pack.yml", "format: 1\n")
        archive.writestr(broken.name.path, broken.raw)

    with pytest.raises(ContentError) as refused:
        brought_in(DESK.unpack("pack.zip", out.getvalue()))

    assert refused.value.faults
    assert digest(DATA) == before


@pytest.mark.parametrize("broken", BROKEN, ids=TITLES)
def test_no_broken_document_keeps_the_check_waiting(broken: Broken) -> None:
    began = time.process_time()
    faults_of(broken)

    assert time.process_time() - began < 3


def test_values_that_can_be_read_are_given_in_spite_of_faults() -> None:
    for broken in BROKEN:
        if broken.title == "wrong sums":
            data = DESK.check(broken.name, broken.text).data
            assert data is not None
            assert data["account"]["invoices"][0]["balance"] == "3265.00"
        if broken.title == "a quote that is never closed":
            assert DESK.check(broken.name, broken.text).data is None
