"""The ledger: an append-only chain of what was decided about money, rights and gates."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LedgerEntry(models.Model):
    """One link of the chain; `hash` covers the previous hash and this entry's canonical JSON.

    Written only by `ipd.kernel.actions.ledger.record`. Triggers refuse UPDATE, DELETE and
    TRUNCATE; a correction is a new entry that names the one it supersedes in its body.
    People are kept by id, so that a name may be erased without breaking the chain.
    """

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    body = models.JSONField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]
        verbose_name = _("ledger entry")
        indexes = [models.Index(fields=["subject"], name="ledger_by_subject")]

    def __str__(self):
        return f"{self.sequence} {self.kind} {self.subject}"
