"""Collecting readings of all teams: what is missing, what waits for approval, the months."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel import keyset
from ipd.kernel.access import Refused, Stale, require
from ipd.kernel.actions import jobs
from ipd.kernel.days import today
from ipd.kernel.forms.seen import OnceForm
from ipd.kernel.htmx import render_part
from ipd.kernel.once import once
from teams.actions import months, readings
from teams.forms.readings import MONTHS_BACK, MissingFilter
from teams.models import Team
from teams.queries import approvals, figures, kpi_months, missing
from teams.queries.duties import ENTER
from teams.subjects import subjects

ACT = "edit_kpis"
SIZE = 50


@require_safe
def index(request):
    """Which teams lack which readings of a month, some at a time."""
    told = subjects()
    form = MissingFilter(request.GET, groups=told.groups())
    wanted, month = form.wanted(), form.at
    teams = Team.objects.filter(pk__in=told.visible_to(request.user, group=wanted.get("group", "")))
    if wanted.get("whose"):
        teams = teams.filter(pk__in=told.may(request.user, ENTER))
    after = request.GET.get("after", "")
    page = keyset.part(teams, ("code", "pk"), after=after, size=SIZE)
    of = told.of([team.pk for team in page.rows])
    found = missing.of(of.values(), month)
    context = {
        "filter": form,
        "month": month,
        "page": page,
        "rows": [found[team.pk] for team in page.rows],
        "later": bool(after),
        "here": "missing",
    }
    return render_part(request, "teams/readings/missing.html", "rows", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def waiting(request):
    """What the reader may approve; those who may approve nothing find an empty list."""
    rows = approvals.waiting(request.user)
    if request.method == "POST":
        return _approve(request, rows)
    page = keyset.falling(rows, after=request.GET.get("after", ""), size=SIZE)
    shown = Team.objects.filter(pk__in=[row.team_id for row in page.rows])
    allowed = shown.filter(pk__in=subjects().granted(request.user))
    granted = set(allowed.order_by().values_list("pk", flat=True))
    context = {
        "page": page,
        "rows": [_waiting_row(row, granted=row.team_id in granted) for row in page.rows],
        "since": approvals.since(),
        "once": OnceForm(),
        "here": "approvals",
    }
    return render(request, "teams/readings/approvals.html", context)


def _waiting_row(row, *, granted: bool) -> dict:
    parts = figures.parts_shown(row.kpi, row.numerator, row.denominator, granted=granted)
    hidden = row.kpi.is_money and not granted
    return {
        "reading": row,
        "figure": figures.shown(row.kpi, row.figure(), granted=granted),
        "parts": _("restricted") if hidden else parts,
    }


def _approve(request, rows):
    chosen = {int(pk) for pk in request.POST.getlist("chosen") if pk.isdecimal() and len(pk) < 19}
    if not chosen:
        raise Refused(_("Choose what you approve."))
    found = list(rows.filter(pk__in=chosen))
    if len(found) < len(chosen):
        raise Stale(_("Some of it was approved or corrected meanwhile. Please look again."))
    readings.approve(found, by=request.user)
    said = ngettext("%(n)d reading is approved.", "%(n)d readings are approved.", len(found))
    messages.success(request, said % {"n": len(found)})
    return redirect("teams:kpi-approvals")


@require_safe
def month_list(request):
    """The months and whether they are closed; who defines KPIs may close the next."""
    following = months.next_to_close()
    context = {
        "months": kpi_months.months(today(), MONTHS_BACK),
        "following": following,
        "closes_on": months.closes_on(following),
        "is_over": months.last_day(following) < today(),
        "may": ACT in subjects().acts_in_group(request.user, ""),
        "reading": OnceForm(),
        "closing": OnceForm(),
        "here": "months",
    }
    return render(request, "teams/readings/months.html", context)


@require_POST
@once
def closing(request):
    """Close the next month, as a job: there may be thousands of teams."""
    require(ACT in subjects().acts_in_group(request.user, ""))
    month = months.may_close(months.next_to_close())
    job = jobs.start(
        kind=months.CLOSE,
        title=_("Close %(month)s") % {"month": f"{month:%Y-%m}"},
        by=request.user,
        back=reverse("teams:kpi-months"),
        month=month.isoformat(),
    )
    return redirect(job)


@require_POST
@once
def reading(request):
    """Read the computed KPIs of the open months again, as a job."""
    require(ACT in subjects().acts_in_group(request.user, ""))
    job = jobs.start(
        kind=months.READ,
        title=_("Read the open months"),
        by=request.user,
        back=reverse("teams:kpi-months"),
    )
    return redirect(job)
