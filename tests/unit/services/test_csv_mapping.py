"""What the columns of an export mean, and what its text cells may hold."""

from __future__ import annotations

import pytest

from bot.services.csv_mapping import clean_text, export_cell, propose_mapping


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_exported_cell_starts_like_a_formula(text: str) -> None:
    assert export_cell(text).startswith("'")
    assert export_cell("Alder") == "Alder"


def test_control_and_direction_marks_leave_text_cells() -> None:
    assert clean_text("Al\x00der\u202e \t Ltd\ufeff") == "Alder Ltd"


def test_mapping_names_what_it_leaves_unused() -> None:
    mapping = propose_mapping(("Customer", "Invoice", "Due", "Amount", "Colour"), {})
    assert (mapping.unused, mapping.headers["total"]) == (("Colour",), "Amount")
