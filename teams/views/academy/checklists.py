"""First weeks in a seat: what is done, what is open, and the small things to do about it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ipd.kernel.once import once
from teams.actions.academy import deeds, seats
from teams.forms.academy.checklists import ClaimForm, DeputyForm
from teams.models import Deed, KnowledgeClaim
from teams.permissions import visible_seats
from teams.permissions.academy import acts_in_academy
from teams.queries.academy import checklists


@require_safe
def index(request):
    """The reader's own checklists; one that is seen finished waits for nobody any more."""
    found = checklists.of(request.user)
    for one in found:
        if one.is_finished:
            deeds.note(request.user, deeds.CHECKLIST_DONE, f"seat:{one.seat.pk}")
    context = {"acts": acts_in_academy(request.user), "checklists": found}
    return render(request, "teams/academy/checklists/list.html", context)


def own_seat(request, pk):
    """A seat of today that the reader holds; others are not there."""
    rows = visible_seats(request.user).filter(person=request.user)
    rows = rows.select_related("team", "role", "function", "deputy")
    return get_object_or_404(rows, pk=pk)


@require_safe
def seat(request, pk):
    return seat_page(request, own_seat(request, pk))


def seat_page(request, row, **bound):
    deed = Deed.objects.filter(
        person=request.user, deed=deeds.SEAT_CONFIRMED, subject=f"seat:{row.pk}"
    )
    claims = KnowledgeClaim.objects.filter(team=row.team_id).select_related("person")
    context = {
        "acts": acts_in_academy(request.user),
        "seat": row,
        "confirmed": deed.first(),
        "claims": list(claims),
        "deputy": bound.get("deputy") or DeputyForm(),
        "claim": bound.get("claim") or ClaimForm(),
    }
    status = 422 if bound else 200
    return render(request, "teams/academy/checklists/seat.html", context, status=status)


@require_POST
@once
def confirmation(request, pk):
    row = own_seat(request, pk)
    seats.confirm(row, by=request.user)
    messages.success(request, _("Your seat is confirmed."))
    return redirect("teams:checklist-seat", row.pk)


@require_POST
@once
def deputy(request, pk):
    row = own_seat(request, pk)
    form = DeputyForm(request.POST)
    if not form.is_valid():
        return seat_page(request, row, deputy=form)
    seats.name_deputy(row, by=request.user, **form.given())
    messages.success(request, _("The deputy is named."))
    return redirect("teams:checklist-seat", row.pk)


@require_POST
@once
def knowledge(request, pk):
    row = own_seat(request, pk)
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return seat_page(request, row, claim=form)
    seats.claim(row, by=request.user, **form.given())
    return redirect("teams:checklist-seat", row.pk)


@require_POST
@once
def knowledge_removal(request, pk, claim):
    row = own_seat(request, pk)
    seats.withdraw(get_object_or_404(KnowledgeClaim, pk=claim, person=request.user))
    return redirect("teams:checklist-seat", row.pk)
