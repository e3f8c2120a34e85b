"""Reviews by colleagues, as the learner, the mentor and whoever runs the academy see them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.forms.seen import SeenForm
from ipd.kernel.once import once
from teams.actions.academy import peer_reviews as actions
from teams.calculations.academy.peer_reviews import LEAST_OF_ALL
from teams.forms.academy.peer_reviews import DayForm, RaterForm, TellForm
from teams.models import Enrolment, PathElement, PeerRater
from teams.models.academy.enrolments import EnrolmentState
from teams.models.academy.paths import ElementKind
from teams.models.academy.peer_reviews import PeerReviewState, RaterGroup
from teams.permissions.academy import RUN, acts_in_academy
from teams.queries.academy import peer_reviews as queries

NAMING, AGREED, CLOSED, _TOLD = PeerReviewState


@require_safe
def index(request):
    """The reader's own reviews, and what they were asked to review."""
    acts = acts_in_academy(request.user)
    runs = RUN in acts
    context = {
        "acts": acts,
        "own": queries.own(request.user),
        "asked": queries.asked_of(request.user),
        "lean": queries.calibration(request.user),
        "runs": runs,
        "page": queries.everybody_s(request.GET.get("after", "")) if runs else None,
    }
    return render(request, "teams/academy/peer_reviews/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request, pk, element):
    """What a review by colleagues is, and the button that begins it; for the learner alone."""
    rows = Enrolment.objects.filter(person=request.user, state=EnrolmentState.ACTIVE)
    enrolment = get_object_or_404(rows.select_related("path"), pk=pk)
    found = get_object_or_404(
        PathElement, pk=element, stage__path=enrolment.path_id, kind=ElementKind.PEER_REVIEW
    )
    if request.method == "POST":
        return redirect(actions.begin(enrolment, found))
    context = {
        "acts": acts_in_academy(request.user),
        "enrolment": enrolment,
        "element": found,
        "least": LEAST_OF_ALL,
    }
    return render(request, "teams/academy/peer_reviews/new.html", context)


def review_entry(request, pk):
    """The review, if the reader may look at it, and the reader's acts."""
    acts = acts_in_academy(request.user)
    rows = queries.for_page(queries.visible_to(request.user, acts))
    return get_object_or_404(rows, pk=pk), acts


def _mentors(request, row) -> bool:
    return row.enrolment.mentorships.active().filter(mentor=request.user).exists()


@require_safe
def page(request, pk):
    row, acts = review_entry(request, pk)
    return review_page(request, row, acts)


def review_page(request, row, acts, **bound):
    """Answers are read for the learner alone."""
    learns, runs = row.enrolment.person_id == request.user.pk, RUN in acts
    raters = list(row.raters.select_related("person__function"))
    may_agree = row.state == NAMING and (runs or (not learns and _mentors(request, row)))
    context = {
        "row": row,
        "acts": acts,
        "learns": learns,
        "runs": runs,
        "raters": raters,
        "lacking": actions.lacking(rater.group for rater in raters),
        "least": LEAST_OF_ALL,
        "groups": RaterGroup,
        "result": queries.result(row) if learns else None,
    }
    if (row.state == NAMING and (learns or runs)) or (row.state == AGREED and runs):
        context["naming"] = bound.get("naming") or RaterForm()
    if may_agree:
        context["agreement"] = SeenForm.fresh(row)
    if row.state == AGREED and (learns or runs):
        context["day"] = bound.get("day") or DayForm.fresh(row, initial={"due_on": row.due_on})
        context["closing"] = SeenForm.fresh(row)
    if row.state == CLOSED and learns:
        context["telling"] = bound.get("telling") or TellForm.fresh(row)
    status = 422 if bound else 200
    return render(request, "teams/academy/peer_reviews/detail.html", context, status=status)


def acting_entry(request, pk):
    """The review, for the learner and whoever runs the academy."""
    row, acts = review_entry(request, pk)
    require(row.enrolment.person_id == request.user.pk or RUN in acts)
    return row, acts


@require_POST
@once
def rater(request, pk):
    row, acts = acting_entry(request, pk)
    form = RaterForm(request.POST)
    if not form.is_valid():
        return review_page(request, row, acts, naming=form)
    given = form.given()
    actions.name(row, by=request.user, **given)
    messages.success(request, _("%(name)s is named.") % {"name": given["person"].name})
    return redirect(row)


@require_POST
@once
def rater_removal(request, pk):
    found = get_object_or_404(PeerRater.objects.select_related("review"), pk=pk)
    row, _acts = acting_entry(request, found.review_id)
    actions.unname(found, by=request.user)
    return redirect(row)


@require_POST
@once
def agreement(request, pk):
    """By the mentor or whoever runs the academy, never by the learner."""
    row, acts = review_entry(request, pk)
    require(row.enrolment.person_id != request.user.pk)
    require(RUN in acts or _mentors(request, row))
    actions.agree(row, by=request.user, **SeenForm.seen(request.POST))
    messages.success(request, _("Agreed; the colleagues are asked."))
    return redirect(row if RUN in acts else "teams:mentoring")


@require_POST
@once
def day(request, pk):
    row, acts = acting_entry(request, pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        return review_page(request, row, acts, day=form)
    actions.postpone(row, by=request.user, **form.given())
    return redirect(row)


@require_POST
@once
def closing(request, pk):
    row, _acts = acting_entry(request, pk)
    actions.close(row, by=request.user, **SeenForm.seen(request.POST))
    messages.success(request, _("Closed; nobody answers any more."))
    return redirect(row)


@require_POST
@once
def telling(request, pk):
    row, acts = review_entry(request, pk)
    require(row.enrolment.person_id == request.user.pk)
    form = TellForm(request.POST)
    if not form.is_valid():
        return review_page(request, row, acts, telling=form)
    actions.tell_colleagues(row, by=request.user, **form.given())
    messages.success(request, _("Your colleagues have been told."))
    return redirect(row)
