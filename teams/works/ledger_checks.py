"""The check of the ledger as a job, since it reads every entry."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions.jobs import Running, job
from teams.actions.academy import ledger_checks
from teams.permissions.ledger import may_check

SAID = 5  # of what is wrong


@job(kind=ledger_checks.KIND)
def check(running: Running) -> str:
    """Done when the chain holds; otherwise it fails and says what is wrong."""
    if not may_check(running.person):
        raise Refused(_("You may not do this any more."))
    running.progress(5, _("The chain is read"))
    if wrong := ledger_checks.check(by=running.person):
        raise Refused(" ".join(wrong[:SAID]))
    return reverse("teams:ledger-check")
