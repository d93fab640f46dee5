"""The house and law files that ship are sound, and broken ones are refused with file, line and remedy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.content.calendars import calendar_for
from bot.content.schema_house import read_house_rules
from bot.content.schema_law import read_law_pack
from bot.content.yaml_lines import LARGEST_FILE, parse_yaml, read_yaml
from bot.core.account import LegalForm
from bot.core.coaching.advice import OptionKind, Role
from bot.core.coaching.house_rules import PAUSES
from bot.core.coaching.law import CreditorRole, law_for
from bot.core.errors import ContentError, Fault
from tests.builders import TODAY, an_account

DATA = Path(__file__).parents[2] / "data"
LIMITS = DATA / "house" / "limits.yml"
LAW_FILES = sorted((DATA / "law").glob("*.yml"))


def faults_of(read: Callable[[], object]) -> tuple[Fault, ...]:
    """The faults that a read ends with."""
    with pytest.raises(ContentError) as caught:
        read()
    return caught.value.faults


def the_limits_with(tmp_path: Path, *swaps: tuple[str, str]) -> tuple[Fault, ...]:
    """The faults of the shipped limits after these replacements."""
    text = LIMITS.read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new, 1)
    broken = tmp_path / "limits.yml"
    broken.write_text(text, encoding="utf-8")
    return faults_of(lambda: read_house_rules(broken, "data/house/limits.yml"))


def the_law_with(tmp_path: Path, *swaps: tuple[str, str]) -> tuple[Fault, ...]:
    """The faults of the shipped business pack after these replacements."""
    text = (DATA / "law" / "uk_b2b.yml").read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new, 1)
    broken = tmp_path / "uk_b2b.yml"
    broken.write_text(text, encoding="utf-8")
    return faults_of(lambda: read_law_pack(broken, "data/law/uk_b2b.yml"))


def line_of(path: Path, text: str) -> int:
    """The line on which a text first stands."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if text in line)


# The files that ship


def test_the_shipped_limits_cover_every_concession_and_pause() -> None:
    house = read_house_rules(LIMITS)
    assert set(house.concessions) == set(OptionKind)
    assert set(house.pauses) == set(PAUSES)


def test_a_trainer_has_the_collectors_limits() -> None:
    house = read_house_rules(LIMITS)
    for kind in OptionKind:
        assert house.limit(Role.TRAINER, kind) == house.limit(Role.COLLECTOR, kind)


@pytest.mark.parametrize("path", LAW_FILES, ids=lambda path: path.stem)
def test_every_law_pack_is_sound_and_every_rule_has_source_and_review_day(path: Path) -> None:
    pack = read_law_pack(path)
    assert pack.rules
    for rule in pack.rules:
        assert rule.source
        assert rule.review_by > rule.effective_from
        assert len(rule.text.split()) <= 25


@pytest.mark.parametrize("path", [LIMITS, *LAW_FILES], ids=lambda path: path.stem)
def test_every_pause_and_evidence_line_is_short(path: Path) -> None:
    data = read_yaml(path).data
    lines = [*data.get("pauses", {}).values()]
    lines += [row["evidence"] for row in data.get("concessions", {}).values()]
    assert all(len(line.split()) <= 25 for line in lines)


@pytest.mark.parametrize(
    ("account", "role", "pack"),
    [
        (an_account(), CreditorRole.FIRST_PARTY, "uk_b2b"),
        (an_account(legal_form=LegalForm.SOLE_TRADER), CreditorRole.FIRST_PARTY, "uk_protected"),
        (an_account(legal_form=LegalForm.CONSUMER), CreditorRole.FIRST_PARTY, "uk_protected"),
        (an_account(country="IE"), CreditorRole.FIRST_PARTY, "eu_b2b"),
        (an_account(country="US"), CreditorRole.FIRST_PARTY, "us_commercial"),
        (
            an_account(country="US", legal_form=LegalForm.CONSUMER),
            CreditorRole.THIRD_PARTY,
            "us_reg_f",
        ),
        (an_account(country="BR"), CreditorRole.FIRST_PARTY, "none"),
    ],
)
def test_each_client_is_under_its_own_pack(account, role: CreditorRole, pack: str) -> None:  # type: ignore[no-untyped-def]  # any account
    packs = tuple(read_law_pack(path) for path in LAW_FILES)
    assert law_for(account, packs, TODAY, role).name == pack


def test_breathing_space_covers_only_those_not_registered_for_vat() -> None:
    packs = tuple(read_law_pack(path) for path in LAW_FILES)
    ids = {}
    for registered in (True, False):
        trader = an_account(legal_form=LegalForm.SOLE_TRADER, vat_registered=registered)
        ids[registered] = {rule.id for rule in law_for(trader, packs, TODAY).rules}
    assert ids[False] - ids[True] == {"uk-breathing-space", "uk-breathing-space-crisis"}


def test_united_kingdom_rates_are_those_of_the_record_and_no_others() -> None:
    rates = read_law_pack(DATA / "law" / "uk_b2b.yml").rates
    assert rates is not None
    assert rates.by_half_year == {
        "2024H1": Decimal("13.25"),
        "2025H2": Decimal("12.25"),
        "2026H1": Decimal("11.75"),
    }


def test_germany_and_france_are_above_the_european_minimum() -> None:
    rates = read_law_pack(DATA / "law" / "eu_b2b.yml").rates
    assert rates is not None
    on = {
        country: rates.rate_on(TODAY, due_on=date(2026, 1, 5), country=country)
        for country in ("IE", "DE", "FR")
    }
    assert on == {"IE": Decimal("10.15"), "DE": Decimal("11.15"), "FR": Decimal("12.15")}


# Broken documents


def test_every_fault_of_the_limits_is_named_at_once_with_its_line(tmp_path: Path) -> None:
    found = the_limits_with(
        tmp_path,
        ("first_payment_percent: 30", "first_payment_percent: 130"),
        ("max_instalments: 4", "max_instalment: 4"),
        ("[A, B, U]", "[A, B, E]"),
        ("sooner_days: 60", "sooner_days: soon"),
    )
    by_line = {fault.line: fault for fault in found}
    assert by_line[line_of(LIMITS, "first_payment_percent: 30")].message.endswith(
        "130 is above 100."
    )
    unknown = by_line[line_of(LIMITS, "max_instalments: 4")]
    assert unknown.message == "“max_instalment” is not a key that is known here."
    assert unknown.remedy == "Did you mean “max_instalments”?"
    assert "Must be one of" in by_line[line_of(LIMITS, "[A, B, U]")].message
    assert by_line[line_of(LIMITS, "sooner_days: 60")].remedy == "Write digits only."
    assert {fault.file for fault in found} == {"data/house/limits.yml"}
    assert [fault.line for fault in found] == sorted(by_line)


def test_a_missing_concession_role_or_pause_is_named(tmp_path: Path) -> None:
    found = the_limits_with(
        tmp_path, ("  method_change:", "  method_chance:"), ("  third_party:", "  neighbour:")
    )
    messages = [fault.message for fault in found]
    assert "“concessions” says nothing of “method_change”." in messages
    assert "“pauses” says nothing of “third_party”." in messages
    assert any("method_chance" in message for message in messages)


def test_a_senior_with_less_authority_than_a_junior_is_refused(tmp_path: Path) -> None:
    (found,) = the_limits_with(tmp_path, ("max_amount: {GBP: 100000,", "max_amount: {GBP: 1000,"))
    assert found.message == "“supervisor” may grant less than “collector” in “max_amount”."
    assert found.line == line_of(LIMITS, "max_amount: {GBP: 100000,")


def test_approvers_in_a_circle_are_refused(tmp_path: Path) -> None:
    found = the_limits_with(tmp_path, ("admin: {}", "admin: {approver: collector}"))
    assert any("go round in a circle" in fault.message for fault in found)


def test_a_review_day_before_the_date_is_refused(tmp_path: Path) -> None:
    (found,) = the_limits_with(tmp_path, ("review_by: 2027-05-01", "review_by: 2025-05-01"))
    assert "comes before" in found.message


def test_a_missing_key_points_at_the_place_that_lacks_it(tmp_path: Path) -> None:
    (found,) = the_limits_with(tmp_path, ('    evidence: "Note the date and the method."\n', ""))
    assert found.message == "“evidence” is missing."
    assert found.line == line_of(LIMITS, "  full_payment:")


def test_every_fault_of_a_law_pack_is_named_at_once(tmp_path: Path) -> None:
    path = DATA / "law" / "uk_b2b.yml"
    found = the_law_with(
        tmp_path,
        ("half_year: 2025H2", "half_year: 2024H1"),
        ("percent: 11.75", "percent: about 12"),
        ("id: uk-interest-start", "id: uk-interest-rate"),
        ("shown_on: [invoice_dispute,", "shown_on: [price_dispute,"),
    )
    lines = {fault.line: fault.message for fault in found}
    assert lines[line_of(path, "half_year: 2025H2")] == "“2024H1” is given twice."
    assert lines[line_of(path, "percent: 11.75")] == "“percent” is not a figure."
    assert lines[line_of(path, "id: uk-interest-start")] == "“uk-interest-rate” is given twice."
    assert "Must be one of" in lines[line_of(path, "shown_on: [invoice_dispute,")]


def test_a_pack_is_named_like_its_file(tmp_path: Path) -> None:
    (found,) = the_law_with(tmp_path, ("pack: uk_b2b", "pack: uk_business"))
    assert found.remedy == "Write uk_b2b or rename the file."


def test_a_half_year_that_is_none_is_refused(tmp_path: Path) -> None:
    (found,) = the_law_with(tmp_path, ("half_year: 2026H1", "half_year: 2026H3"))
    assert "does not look like 2026H1" in found.message


@pytest.mark.parametrize("document", ["", "just words", "- a\n- list", "42", "null"])
def test_a_file_that_is_no_set_of_keys_is_refused(tmp_path: Path, document: str) -> None:
    path = tmp_path / "limits.yml"
    path.write_text(document, encoding="utf-8")
    assert faults_of(lambda: read_house_rules(path))
    assert faults_of(lambda: read_law_pack(path))


# The reader itself


@pytest.mark.parametrize(
    ("raw", "line", "message"),
    [
        (b"a: 1\nb: [1, 2", 2, "This is not YAML"),
        (b"a:\n\t- b", 2, "indented with a tab"),
        (b"a: 1\nb: \xff\xfe", 2, "not UTF-8"),
        (b"a: 1\nb: 2\na: 3", 3, "given twice (first on line 1)"),
        (b"a: &x [1]\nb: *x", 1, "is an anchor"),
        (b"a: 1\nb: !!python/name:os.system x", 2, "is a tag"),
        (b"a: 1\n---\nb: 2", 2, "second document"),
        (b"? [a, b]\n: 1", 1, "key must be a plain word"),
        (b"[" * 5000, 1, "nested more than 20 deep"),
        (b"a: \x01", 1, "character that YAML does not allow"),
        (b"#" * (LARGEST_FILE + 1), 1, "larger than 1 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(raw: bytes, line: int, message: str) -> None:
    first = faults_of(lambda: parse_yaml(raw, "data/x.yml"))[0]
    assert (first.file, first.line) == ("data/x.yml", line)
    assert message in first.message
    assert first.remedy


def test_an_alias_bomb_is_refused_without_unfolding() -> None:
    layers = "\n".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, 12))
    found = faults_of(lambda: parse_yaml(f"x0: &x0 [1]\n{layers}", "data/x.yml"))
    assert any("is an alias" in fault.message for fault in found)


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    (found,) = faults_of(lambda: read_yaml(tmp_path / "gone.yml", "data/gone.yml"))
    assert (found.file, found.line) == ("data/gone.yml", 1)


def test_figures_stay_exact_and_keys_stay_text() -> None:
    document = parse_yaml("rate: 8.10\n18: yes\nday: 2026-11-30\nquoted: '7'\nnone: ~", "x.yml")
    assert document.data == {
        "rate": Decimal("8.10"),
        "18": "yes",
        "day": "2026-11-30",
        "quoted": "7",
        "none": None,
    }


def test_every_value_knows_its_line_and_a_missing_one_that_of_its_parent() -> None:
    document = parse_yaml("a:\n  - b: 1\n    c:\n      d: 2\n", "x.yml")
    assert document.line_of(("a", 0, "c", "d")) == 4
    assert document.line_of(("a", 0, "c", "e")) == 3
    assert document.line_of(("z",)) == 1


# Calendars


@pytest.mark.parametrize("country", ["GB", "IE", "US", "DE", "FR"])
def test_christmas_is_a_holiday_everywhere_that_we_collect(country: str) -> None:
    assert not calendar_for(country, [2026]).is_working_day(date(2026, 12, 25))


def test_english_bank_holidays_are_kept_in_the_united_kingdom() -> None:
    assert not calendar_for("GB", [2026]).is_working_day(date(2026, 8, 31))


def test_an_unknown_country_has_weekends_only() -> None:
    calendar = calendar_for("XX", [2026])
    assert calendar.holidays == frozenset()
    assert not calendar.is_working_day(date(2026, 11, 22))
