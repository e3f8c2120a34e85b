"""The check of the ledger: what it proves, how the reader's last one ended, and the button."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ipd.kernel.access import require
from ipd.kernel.actions import jobs
from ipd.kernel.models import Job, LedgerEntry
from ipd.kernel.once import once
from teams.actions.academy.ledger_checks import KIND
from teams.permissions.academy import acts_in_academy
from teams.permissions.ledger import may_check


@require_http_methods(["GET", "HEAD", "POST"])
@once
def page(request):
    require(may_check(request.user))
    if request.method == "POST":
        job = jobs.start(
            kind=KIND,
            title=_("Check the ledger"),
            by=request.user,
            back=reverse("teams:ledger-check"),
        )
        return redirect(job)
    context = {
        "acts": acts_in_academy(request.user),
        "last": LedgerEntry.objects.order_by("-sequence").first(),
        "check": Job.objects.filter(person=request.user, kind=KIND).first(),
    }
    return render(request, "teams/academy/checklists/ledger.html", context)
