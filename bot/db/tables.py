"""Every table of the ledger by its name, for statements; the mappings live in the modules by subject."""

from __future__ import annotations

from typing import cast

from sqlalchemy import MetaData, Table

from bot.db import (
    tables_calls,
    tables_clients,
    tables_ledger,
    tables_people,
    tables_rehearsals,
    tables_studio,
)
from bot.db.tables_base import Base

metadata: MetaData = Base.metadata


def _table(mapping: type[Base]) -> Table:
    return cast(Table, mapping.__table__)


users = _table(tables_people.UserTable)
tokens = _table(tables_people.TokenTable)
audit_events = _table(tables_people.AuditTable)
imports = _table(tables_people.ImportTable)

clients = _table(tables_clients.ClientTable)
terms = _table(tables_clients.TermsTable)
contacts = _table(tables_clients.ContactTable)
protections = _table(tables_clients.ProtectionTable)
contact_log = _table(tables_clients.ContactLogTable)
follow_ups = _table(tables_clients.FollowUpTable)
documents = _table(tables_clients.DocumentTable)

invoices = _table(tables_ledger.InvoiceTable)
invoice_lines = _table(tables_ledger.InvoiceLineTable)
charges = _table(tables_ledger.ChargeTable)
payments = _table(tables_ledger.PaymentTable)
promises = _table(tables_ledger.PromiseTable)
plans = _table(tables_ledger.PlanTable)
instalments = _table(tables_ledger.InstalmentTable)
disputes = _table(tables_ledger.DisputeTable)

calls = _table(tables_calls.CallTable)
turns = _table(tables_calls.TurnTable)
turn_feedback = _table(tables_calls.TurnFeedbackTable)
correction_reviews = _table(tables_calls.CorrectionReviewTable)
escalations = _table(tables_calls.EscalationTable)

assignments = _table(tables_rehearsals.AssignmentTable)
rehearsals = _table(tables_rehearsals.RehearsalTable)
rehearsal_branches = _table(tables_rehearsals.RehearsalBranchTable)
rehearsal_turns = _table(tables_rehearsals.RehearsalTurnTable)
rehearsal_scores = _table(tables_rehearsals.RehearsalScoreTable)
rehearsal_feedback = _table(tables_rehearsals.RehearsalFeedbackTable)

studio_drafts = _table(tables_studio.StudioDraftTable)
studio_revisions = _table(tables_studio.StudioRevisionTable)
studio_publications = _table(tables_studio.StudioPublicationTable)
studio_publication_documents = _table(tables_studio.StudioPublicationDocumentTable)
studio_versions = _table(tables_studio.StudioVersionTable)
