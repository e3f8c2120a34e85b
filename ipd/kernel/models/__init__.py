"""What every package stands on: ledger, outbox, notices, jobs, answered forms, touched facts."""

from ipd.kernel.models.jobs import Job
from ipd.kernel.models.ledger import LedgerEntry
from ipd.kernel.models.notices import Notice
from ipd.kernel.models.outbox import OutboxMessage
from ipd.kernel.models.submissions import Submission
from ipd.kernel.models.touches import Touch

__all__ = ["Job", "LedgerEntry", "Notice", "OutboxMessage", "Submission", "Touch"]
