"""What every package stands on: the ledger, the outbox, notices, jobs, answered forms."""

from ipd.kernel.models.jobs import Job
from ipd.kernel.models.ledger import LedgerEntry
from ipd.kernel.models.notices import Notice
from ipd.kernel.models.outbox import OutboxMessage
from ipd.kernel.models.submissions import Submission

__all__ = ["Job", "LedgerEntry", "Notice", "OutboxMessage", "Submission"]
