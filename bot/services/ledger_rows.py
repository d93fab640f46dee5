"""What an import is asked, what it hands to the ledger, and what it reports row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

#: CLDR's code for "unknown or invalid territory".
UNKNOWN_COUNTRY = "ZZ"


@dataclass(frozen=True)
class ImportRequest:
    """How a file is to be read. `mapping` (field to header, "" to leave a field out) overrules the proposal.

    `date_order` is `dmy` or `mdy`, `decimal_mark` `.` or `,`: needed only when the file does not tell.
    """

    source: str = ""
    file_name: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    date_order: str = ""
    decimal_mark: str = ""
    default_currency: str = ""
    default_country: str = ""
    default_legal_form: str = ""
    owner_id: str | None = None
    by: str = "import"
    as_of: datetime | None = None
    dry_run: bool = False
    skip_faulty: bool = False


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """One invoice line of the file."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class ImportedInvoice:
    """One invoice of the file, in its client's currency."""

    client_key: str
    number: str
    issued_on: date
    due_on: date
    total: Decimal
    balance: Decimal
    po_number: str | None = None
    settled_on: date | None = None
    disputed: bool = False
    lines: tuple[ImportedLine, ...] = ()

    @property
    def key(self) -> str:
        """Its name in the source, the same at every import."""
        return f"{self.client_key}/{self.number}"


@dataclass(frozen=True, slots=True)
class ImportedClient:
    """One client of the file; `confirmed` names the facts that the file states, the others are assumed."""

    key: str
    name: str
    currency: str
    country: str
    legal_form: str
    vat_registered: bool
    industry: str
    risk_class: str
    relationship_value: Decimal
    credit_days: int
    terms_from: date
    owner_id: str | None
    contact_name: str = ""
    email: str = ""
    phone: str = ""
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row cannot be used; rows count as a spreadsheet shows them, the header being row 1."""

    row: int
    column: str
    message: str
    remedy: str

    def __str__(self) -> str:
        where = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{where}: {self.message} -> {self.remedy}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth knowing that stops nothing; `rows` are the first few it happened in."""

    text: str
    count: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can decide; `about` is the request field or the mapping field to fill in."""

    about: str
    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportReport:
    """What an import found and did. `faults` may be cut short; `fault_count` is complete."""

    source: str
    layout: str
    mapping: Mapping[str, str]
    unused_columns: tuple[str, ...]
    rows: int = 0
    usable_rows: int = 0
    clients: int = 0
    invoices: int = 0
    open_totals: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[RowFault, ...] = ()
    fault_count: int = 0
    notices: tuple[Notice, ...] = ()
    questions: tuple[Question, ...] = ()
    dry_run: bool = False
    applied: bool = False
    imported_before: bool = False

    def as_json(self) -> dict[str, Any]:
        """The report as a JSON-ready document."""
        return asdict(self)
