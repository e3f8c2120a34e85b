"""Mentoring: whom one mentors, who mentors one, and how a mentor is found."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.once import once
from teams.actions.academy import mentoring as actions
from teams.calculations.academy.mentoring import LIMIT
from teams.forms.academy.mentoring import OfferForm, ProposalForm, WishForm
from teams.models import Competency, Enrolment, MentorOffer, Mentorship, MentorWish
from teams.models.academy.enrolments import OPEN
from teams.permissions.academy import RUN, acts_in_academy
from teams.queries.academy import mentoring

SHOWN = {"mentors": mentoring.mentors, "alone": mentoring.alone, "pairs": mentoring.pairs}


@require_safe
def index(request):
    """The reader's own mentors and learners; loads and who is alone, for who runs the academy."""
    person, acts = request.user, acts_in_academy(request.user)
    own = mentoring.for_page(Mentorship.objects.standing())
    learns = list(own.filter(enrolment__person=person))
    have = {row.enrolment_id for row in learns}
    paths = Enrolment.objects.filter(person=person, state__in=OPEN)
    mentors = list(own.filter(mentor=person).order_by("enrolment__person__name"))
    show = request.GET.get("show", "mentors")
    runs = RUN in acts
    wanted = SHOWN.get(show, mentoring.mentors)
    context = {
        "acts": acts,
        "learns": learns,
        "without": [row for row in paths.select_related("path") if row.pk not in have],
        "mentors": mentors,
        "offer": MentorOffer.objects.filter(person=person).first(),
        "limit": LIMIT,
        "overdue_before": mentoring.overdue_before(),
        "runs": runs,
        "show": show if show in SHOWN else "mentors",
        "page": wanted(request.GET.get("after", "")) if runs else None,
    }
    return render(request, "teams/academy/mentoring/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def offer(request):
    """Whether, and for what, the reader would be a mentor."""
    row = MentorOffer.objects.filter(person=request.user).first()
    initial = {}
    if row is not None:
        initial = {"is_open": row.is_open, "competencies": row.competencies, "about": row.about}
    form = OfferForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.offer(person=request.user, **form.given())
        messages.success(request, _("Your offer is kept."))
        return redirect("teams:mentoring")
    context = {"form": form, "limit": LIMIT}
    status = 422 if form.errors else 200
    return render(request, "teams/academy/mentoring/offer.html", context, status=status)


def enrolment_entry(request, pk):
    """The reader's own enrolment, or any for who runs the academy; and their acts."""
    acts = acts_in_academy(request.user)
    rows = Enrolment.objects.select_related("person__function", "path", "mentor_wish")
    if RUN not in acts:
        rows = rows.filter(person=request.user)
    return get_object_or_404(rows, pk=pk), acts


@require_safe
def choice(request, pk):
    enrolment, acts = enrolment_entry(request, pk)
    return choice_page(request, enrolment, acts)


def choice_page(request, enrolment, acts, *, wish=None):
    wished = getattr(enrolment, "mentor_wish", None) or MentorWish()
    names = dict(Competency.objects.values_list("code", "name"))
    found = mentoring.candidates(enrolment, wished.competencies)
    initial = {"competencies": wished.competencies, "text": wished.text}
    own = enrolment.person_id == request.user.pk
    context = {
        "acts": acts,
        "enrolment": enrolment,
        "wished": wished,
        "wishes": [names.get(code, code) for code in wished.competencies],
        "candidates": [(one, ", ".join(names.get(c, c) for c in one.wished)) for one in found],
        "pair": enrolment.mentorships.standing().first(),
        "limit": LIMIT,
        "runs": RUN in acts,
        "own": own,
        "wish": (wish or WishForm(initial=initial)) if own else None,
        "proposal": ProposalForm(),
    }
    status = 422 if wish is not None else 200
    return render(request, "teams/academy/mentoring/choice.html", context, status=status)


@require_POST
@once
def wish(request, pk):
    """What the learner wishes; for them and who runs the academy."""
    enrolment = get_object_or_404(Enrolment, pk=pk, person=request.user)
    form = WishForm(request.POST)
    if not form.is_valid():
        return choice_page(request, enrolment, acts_in_academy(request.user), wish=form)
    actions.wish(enrolment, **form.given())
    messages.success(request, _("Your wish is kept."))
    return redirect("teams:mentor-choice", enrolment.pk)


@require_POST
@once
def proposal(request, pk):
    """Ask one of those who offer."""
    enrolment, acts = enrolment_entry(request, pk)
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return choice_page(request, enrolment, acts)
    given = form.given()
    row = actions.propose(enrolment, by=request.user, runs=RUN in acts, **given)
    messages.success(request, _("%(name)s is asked.") % {"name": row.mentor.name})
    return redirect("teams:mentoring" if RUN in acts else row)
