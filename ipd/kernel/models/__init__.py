"""What every package stands on: the ledger, the outbox, notices and answered forms."""

from ipd.kernel.models.ledger import LedgerEntry
from ipd.kernel.models.notices import Notice
from ipd.kernel.models.outbox import OutboxMessage
from ipd.kernel.models.submissions import Submission

__all__ = ["LedgerEntry", "Notice", "OutboxMessage", "Submission"]
