"""Running the academy: cohorts, their places and their progress."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.once import once
from teams.actions.academy import cohorts as actions
from teams.forms.academy.cohorts import CohortForm, DatesForm, EnrolForm, StepForm
from teams.models import Cohort
from teams.models.academy.enrolments import HELD
from teams.permissions.academy import RUN, acts_in_academy
from teams.queries.academy import cohort_board, cohorts
from teams.queries.academy.enrolments import current_paths

VIEWS = ("stages", "elements")


def runs_academy(request) -> frozenset[str]:
    """What the reader may do in the academy; 403 for who does not run it."""
    acts = acts_in_academy(request.user)
    require(RUN in acts)
    return acts


def found(code: str) -> Cohort:
    return get_object_or_404(Cohort.objects.select_related("path", "lottery"), code=code)


@require_safe
def index(request):
    """All cohorts, the newest first, and how many wait."""
    acts = runs_academy(request)
    context = {
        "acts": acts,
        "page": cohorts.page(request.GET.get("after", "")),
        "waiting": cohorts.waiting_in_all(),
        "later": bool(request.GET.get("after")),
    }
    return render(request, "teams/academy/cohorts/list.html", context)


@require_safe
def waiting(request):
    """The waiting list, the longest first."""
    acts = runs_academy(request)
    page = cohorts.waiting(request.GET.get("after", ""))
    context = {
        "acts": acts,
        "page": page,
        "later": bool(request.GET.get("after")),
        "cohorts": cohorts.with_places(),
    }
    return render(request, "teams/academy/cohorts/waiting.html", context)


@require_safe
def page(request, code):
    """The progress board, the mentors' load and the calendar of one cohort."""
    acts = runs_academy(request)
    cohort = found(code)
    board = cohort_board.board(cohort)
    view = request.GET.get("by", "")
    context = {
        "acts": acts,
        "cohort": cohort,
        "board": board,
        "by": view if view in VIEWS else VIEWS[0],
        "weeks": cohort_board.calendar(cohort, board.elements),
        "chart": cohort_board.drawn_behind(cohort, board),
        "mentors": cohort_board.mentors(cohort),
        "has_started": actions.has_started(cohort),
        "held": sum(line.enrolment.state in HELD for line in board.lines),
        "to_start": sum(line.enrolment.state == "waiting" for line in board.lines),
        "step": StepForm(),
    }
    context["free"] = max(0, cohort.places - context["held"])
    return render(request, "teams/academy/cohorts/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request):
    acts = runs_academy(request)
    form = CohortForm(request.POST or None, paths=current_paths())
    if request.method == "POST" and form.is_valid():
        cohort = actions.open_cohort(facts=form.given())
        messages.success(request, _("The cohort is open."))
        return redirect(cohort)
    return _form(request, acts, form, _("New cohort"), None)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request, code):
    acts = runs_academy(request)
    cohort = found(code)
    form = DatesForm(request.POST) if request.method == "POST" else DatesForm.fresh(cohort)
    if request.method == "POST" and form.is_valid():
        actions.edit(cohort, **form.given())
        messages.success(request, _("Saved."))
        return redirect(cohort)
    return _form(request, acts, form, _("Edit the cohort"), cohort)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def enrolments(request, code):
    """Give places to people named in a table, pasted or as a file."""
    acts = runs_academy(request)
    cohort = found(code)
    form = EnrolForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        rows = actions.enrol(cohort, form.cleaned_data["people"], by=request.user)
        said = ngettext("%(n)s person has a place.", "%(n)s people have a place.", len(rows))
        messages.success(request, said % {"n": len(rows)})
        return redirect(cohort)
    return _form(request, acts, form, _("Enrol people"), cohort)


def _form(request, acts, form, title, cohort):
    context = {"acts": acts, "form": form, "title": title, "cohort": cohort}
    status = 422 if form.errors else 200
    return render(request, "teams/academy/cohorts/form.html", context, status=status)


@require_POST
@once
def start(request, code):
    """Put everybody with a place on the path now; the clock does it each morning, too."""
    runs_academy(request)
    cohort = found(code)
    actions.start(cohort, by=request.user)
    messages.success(request, _("The cohort has started."))
    return redirect(cohort)
