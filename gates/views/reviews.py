"""A gate's page, and the steps that prepare its meeting."""

from django.contrib import messages
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gates.actions import deeds, reviews, room
from gates.forms.reviews import BookForm, ConflictForm, DeputyForm, MoveForm
from gates.models import Conflict, Review
from gates.models.rehearsals import OF_TEAM
from gates.models.reviews import Stage
from gates.permissions import rights_of, voters_of
from gates.queries import practice, rehearsals
from gates.queries.brief import brief
from gates.queries.review_page import day_in_words, review_page
from gates.views.acts import acts_of, rights_at, rights_at_product
from ipd.kernel.access import require
from ipd.kernel.forms.seen import SeenForm
from ipd.kernel.once import once
from ipd.models import Product
from teams.actions.academy.deeds import BRIEF_OPENED
from teams.models import Person


def visible_reviews(request) -> QuerySet[Review]:
    """The reviews the person may see, each with what its page shows of it."""
    return Review.objects.visible_to(request.user).for_page()


def visible_review(request, pk: int) -> Review:
    """The review, if its product is one the person may see; otherwise it does not exist."""
    return get_object_or_404(visible_reviews(request), pk=pk)


def review(request, pk):
    rows = practice.with_presenter(visible_reviews(request))
    it = get_object_or_404(rehearsals.with_open_gaps(rows, request.user), pk=pk)
    rights = rights_of(request.user, it)
    page, presents = review_page(it), practice.presenting(it)
    context = {
        "review": it,
        "page": page,
        "when": day_in_words(it),
        "presents": presents,
        "unpractised": practice.blockers(presents) if _may_name(it, rights) else [],
        "settles_gaps": any(gap["part"] in OF_TEAM for gap in it.open_gaps),
        "acts": acts_of(it, rights, request.user, page.criteria),
        "may_tailor": "tailor" in rights,
        "granted": "see_money" in rights,
    }
    return render(request, "gates/reviews/detail.html", context)


def _may_name(it: Review, rights: frozenset[str]) -> bool:
    """Who presents, and is not shown beside a button of their own why it cannot go on."""
    waits = it.stage in (Stage.PREPARING, Stage.LOCKED)
    return waits and "present" in rights and not rights & {"lock_pack", "run_room"}


def review_brief(request, pk):
    it = get_object_or_404(practice.with_presenter(visible_reviews(request)), pk=pk)
    deeds.note(it, BRIEF_OPENED, request.user)
    granted = "see_money" in rights_of(request.user, it)
    context = {"review": it, "brief": brief(it, granted=granted), "when": day_in_words(it)}
    return render(request, "gates/reviews/brief.html", context)


@require_POST
@once
def review_lock(request, pk):
    it = visible_review(request, pk)
    require("lock_pack" in rights_of(request.user, it))
    reviews.lock_pack(it, by=request.user, **SeenForm.seen(request.POST))
    messages.success(request, _("The pack is locked and sent to the deciders."))
    return redirect(it)


@require_POST
@once
def review_open(request, pk):
    it = visible_review(request, pk)
    require("run_room" in rights_of(request.user, it))
    room.open_room(it, by=request.user, **SeenForm.seen(request.POST))
    return redirect("gates:review-room", it.pk)


@once
def review_move(request, pk):
    it = visible_review(request, pk)
    require("book" in rights_of(request.user, it))
    initial = {"version": it.version, "planned_on": it.planned_on}
    form = MoveForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.given()
        reviews.move(it, by=request.user, **given)
        messages.success(request, _("Moved to %(day)s.") % {"day": given["planned_on"]})
        return redirect(it)
    context = {"review": it, "form": form}
    return render(request, "gates/reviews/move.html", context, status=422 if form.errors else 200)


@once
def review_new(request, product_pk):
    product = get_object_or_404(
        Product.objects.visible_to(request.user).select_related("line", "team"), pk=product_pk
    )
    initial = {"gate": request.GET.get("gate")}
    form = BookForm(request.POST or None, initial=initial, product=product)
    require("book" in rights_at_product(request.user, product))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        require("book" in rights_at(request.user, product, values["gate"]))
        it = reviews.book(
            product,
            values["gate"],
            planned_on=values["planned_on"],
            is_circular=values["is_circular"],
            reason=values["reason"],
            by=request.user,
        )
        messages.success(request, _("Booked; the team has been told."))
        return redirect(it)
    context = {"product": product, "form": form}
    return render(request, "gates/reviews/new.html", context, status=422 if form.errors else 200)


@once
def review_voters(request, pk):
    it = visible_review(request, pk)
    rights = rights_of(request.user, it)
    voters = voters_of(it)
    sent = request.POST.get("act")
    deputy = DeputyForm(request.POST if sent == "deputy" else None, voters=voters)
    conflict = ConflictForm(request.POST if sent == "conflict" else None, voters=voters)
    by_person = {row.person.pk: row.person for row in voters}
    if sent == "deputy":
        require("name_deputies" in rights)
        if deputy.is_valid() and (stand_in := _person(deputy)):
            member = by_person[int(deputy.cleaned_data["member"])]
            room.name_deputy(it, member=member, deputy=stand_in, by=request.user)
            messages.success(request, _("The deputy is named."))
            return redirect("gates:review-voters", it.pk)
    elif sent == "conflict":
        require("mark_conflicts" in rights)
        if conflict.is_valid():
            values = conflict.cleaned_data
            person = by_person[int(values["person"])]
            room.mark_conflict(it, person=person, note=values["note"], by=request.user)
            messages.success(request, _("The interest is marked."))
            return redirect("gates:review-voters", it.pk)
    conflicts = {row.person_id: row for row in Conflict.objects.filter(review=it)}
    context = {
        "review": it,
        "voters": [(voter, conflicts.get(voter.person.pk)) for voter in voters],
        "deputy": deputy if "name_deputies" in rights else None,
        "conflict": conflict if "mark_conflicts" in rights else None,
    }
    status = 422 if deputy.errors or conflict.errors else 200
    return render(request, "gates/reviews/voters.html", context, status=status)


def _person(form: DeputyForm) -> Person | None:
    """The active person of that address or number; otherwise the form says there is none."""
    given = form.cleaned_data["deputy"].strip()
    people = Person.objects.filter(is_active=True)
    found = people.filter(email__iexact=given).first() or people.filter(code=given).first()
    if found is None:
        form.add_error("deputy", _("Nobody has this address or number."))
    return found
