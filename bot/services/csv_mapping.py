"""Proposes which column of a ledger export means what, and makes its text cells harmless."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.errors import InvalidInputError
from bot.services.ledger_rows import Question

#: Every field an import knows, with the header names that mean it, the likeliest first. Headers are compared
#: without case, spaces and punctuation.
FIELDS: dict[str, tuple[str, ...]] = {
    "client_key": (
        *("customerid", "customernumber", "customerno", "customercode", "custnumber", "clientid"),
        *(
            "clientnumber",
            "accountnumber",
            "accountno",
            "accountref",
            "debtornumber",
            "kundennummer",
        ),
        *("clientkey", "clientcode", "debitor", "customer"),
    ),
    "client_name": (
        *(
            "customername",
            "namecustomer",
            "clientname",
            "contactname",
            "companyname",
            "accountname",
        ),
        *("client", "company", "debtor", "name", "kunde", "kundenname"),
    ),
    "invoice_number": (
        *(
            "invoicenumber",
            "invoiceno",
            "invoiceid",
            "invoiceref",
            "invoice",
            "docid",
            "documentnumber",
        ),
        *("documentno", "docnumber", "rechnungsnummer", "belegnummer", "reference"),
    ),
    "issued_on": (
        *("invoicedate", "issuedate", "issuedon", "baselinecreatedate", "documentcreatedate"),
        *("documentdate", "docdate", "postingdate", "date", "rechnungsdatum", "belegdatum"),
    ),
    "due_on": ("duedate", "dueindate", "dueon", "due", "netduedate", "faelligkeit", "fälligkeit"),
    "total": (
        *("total", "invoiceamount", "invoicetotal", "totalamount", "grossamount", "amount"),
        *("originalamount", "amountdoccurr", "betrag", "rechnungsbetrag", "gross"),
    ),
    "balance": (
        *(
            "balance",
            "openamount",
            "totalopenamount",
            "amountdue",
            "outstanding",
            "amountoutstanding",
        ),
        *("openbalance", "balancedue", "convertedusd", "offenerbetrag", "remaining"),
    ),
    "paid": ("paid", "amountpaid", "paidamount", "paidtodate", "bezahlt"),
    "currency": (
        "currency",
        "invoicecurrency",
        "currencycode",
        "documentcurrency",
        "währung",
        "curr",
    ),
    "settled_on": ("settleddate", "cleardate", "clearingdate", "paidon", "paiddate", "paymentdate"),
    "disputed": ("disputed", "indispute", "dispute", "isdisputed"),
    "po_number": (
        "ponumber",
        "purchaseorder",
        "purchaseordernumber",
        "customerpo",
        "po",
        "bestellnummer",
    ),
    "description": ("description", "itemdescription", "linedescription", "beschreibung"),
    "quantity": ("quantity", "qty", "menge"),
    "unit_price": ("unitamount", "unitprice", "price", "einzelpreis"),
    "discount": ("discount", "discountpercent"),
    "tax": ("taxamount", "vatamount"),
    "country": ("country", "countrycode", "pocountry", "land"),
    "legal_form": ("legalform", "entitytype", "rechtsform"),
    "vat_registered": ("vatregistered", "vat", "vatnumber", "ustid"),
    "industry": ("industry", "sector", "branche"),
    "risk_class": ("riskclass", "risk", "creditrating", "rating"),
    "relationship_value": ("relationshipvalue", "annualturnover", "turnover", "yearlysales"),
    "credit_days": ("creditdays", "paymenttermsdays", "termsdays"),
    "contact_name": ("contact", "contactperson", "primarycontact"),
    "email": ("email", "emailaddress", "contactemail"),
    "phone": ("phone", "telephone", "phonenumber", "contactphone", "mobile"),
}

DATE_FIELDS = ("issued_on", "due_on", "settled_on")
AMOUNT_FIELDS = (
    *("total", "balance", "paid", "unit_price", "quantity", "discount", "tax"),
    "relationship_value",
)

#: Exports that are known by their headers, with what those headers mean there.
_LAYOUTS: dict[str, dict[str, str]] = {
    # Due dates count from the baseline date; the posting date may lie after the due date.
    "highradius": {
        "client_key": "cust_number",
        "client_name": "name_customer",
        "invoice_number": "doc_id",
        "issued_on": "baseline_create_date",
        "due_on": "due_in_date",
        "settled_on": "clear_date",
    },
    "ibm-receivables": {
        "client_key": "customerID",
        "invoice_number": "invoiceNumber",
        "issued_on": "InvoiceDate",
        "due_on": "DueDate",
        "total": "InvoiceAmount",
        "disputed": "Disputed",
        "settled_on": "SettledDate",
    },
    # `Reference` is the customer's own reference, which is where Xero's users put the order number.
    "xero": {
        "client_name": "*ContactName",
        "invoice_number": "*InvoiceNumber",
        "issued_on": "*InvoiceDate",
        "due_on": "*DueDate",
        "quantity": "*Quantity",
        "unit_price": "*UnitAmount",
        "po_number": "Reference",
    },
}


@dataclass(frozen=True)
class ColumnMapping:
    """Which column holds each field, and what the file does not answer by itself."""

    layout: str
    columns: Mapping[str, int]
    headers: Mapping[str, str]
    unused: tuple[str, ...]
    questions: tuple[Question, ...] = ()


def propose_mapping(header: Sequence[str], chosen: Mapping[str, str]) -> ColumnMapping:
    """Find each field's column by the headers; `chosen` overrules (field to header, "" leaves it out)."""
    layout = _layout(header)
    places = {_bare(name): place for place, name in reversed(list(enumerate(header))) if name}
    columns = {
        field: places[name]
        for field, names in FIELDS.items()
        if (name := next((n for n in names if n in places), None)) is not None
    }
    columns |= {field: header.index(name) for field, name in _LAYOUTS.get(layout, {}).items()}
    for field, name in chosen.items():
        _choose(columns, header, field, name)
    if "balance" in columns and _bare(header[columns["balance"]]) == "convertedusd":
        # The column is in dollars whatever currency the invoice was written in.
        columns.pop("currency", None)
    headers = {field: header[place] for field, place in columns.items()}
    unused = tuple(
        name for place, name in enumerate(header) if name and place not in columns.values()
    )
    return ColumnMapping(layout, columns, headers, unused, _gaps(columns, header))


def _choose(columns: dict[str, int], header: Sequence[str], field: str, name: str) -> None:
    if field not in FIELDS:
        raise InvalidInputError(
            f"“{field}” is no field of an import. There are: {', '.join(FIELDS)}.", field="mapping"
        )
    if not name:
        columns.pop(field, None)
        return
    fitting = [place for place, there in enumerate(header) if there == name]
    if not fitting:
        fitting = [place for place, there in enumerate(header) if _bare(there) == _bare(name)]
    if len(fitting) != 1:
        found = "several columns are" if fitting else "no column is"
        raise InvalidInputError(f"In the file {found} named “{name}”.", field="mapping")
    columns[field] = fitting[0]


def _layout(header: Sequence[str]) -> str:
    for layout, columns in _LAYOUTS.items():
        # The Kaggle copies differ in some columns; those named here are in all of them.
        if all(name in header for name in columns.values()):
            return layout
    return "csv"


def _gaps(columns: Mapping[str, int], header: Sequence[str]) -> tuple[Question, ...]:
    names = tuple(name for name in header if name)
    needed = {
        "client_key": "client_key" in columns or "client_name" in columns,
        "invoice_number": "invoice_number" in columns,
        "due_on": "due_on" in columns or {"issued_on", "credit_days"} <= set(columns),
        "total": bool({"total", "balance"} & set(columns))
        or {"quantity", "unit_price"} <= set(columns),
    }
    says = {
        "client_key": "Which column tells the clients apart?",
        "invoice_number": "Which column holds the invoice number?",
        "due_on": "Which column holds the due date?",
        "total": "Which column holds the amount?",
    }
    return tuple(
        Question(field, says[field], names) for field, is_there in needed.items() if not is_there
    )


def _bare(header: str) -> str:
    return re.sub(r"[\W_]+", "", header.casefold())


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Control characters, and the marks that turn the reading direction of what follows.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run this cell instead of showing it; `+44 20…` and `-5` are not meant."""
    return text.startswith(("=", "@", "\t=", "\r=")) or (
        text.startswith(("+", "-")) and not re.fullmatch(r"[-+][\d\s().,/-]*", text)
    )


def clean_text(text: str) -> str:
    """Keep a cell as plain text: no control characters, single spaces, the export's own quote mark gone."""
    plain = " ".join(_UNPRINTABLE.sub("", text).split())
    return plain[1:] if plain.startswith("'") and plain[1:].startswith(_FORMULA) else plain


def export_cell(text: str) -> str:
    """Write a text cell so that no spreadsheet runs it: what looks like a formula gets a leading quote mark."""
    return f"'{text}" if text.startswith(_FORMULA) else text
