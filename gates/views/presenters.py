"""Who presents a review, the mentor beside them, and the mentor's co-signature."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gates.actions import presenters
from gates.forms.presenters import CosignForm, PresenterForm
from gates.models import Presenter, Review
from gates.models.presenters import PRESENT, PractisedAct
from gates.permissions import rights_of
from gates.queries import practice
from gates.views.reviews import visible_review
from ipd.kernel.access import require
from ipd.kernel.once import once


@require_http_methods(["GET", "HEAD", "POST"])
@once
def review_presenter(request, pk):
    """Name who presents and, where a rule asks for practice, who leads; each with a mentor."""
    it = visible_review(request, pk)
    rights = rights_of(request.user, it)
    acts = [act for act in practice.acts_asked(it) if rights & {act, "book"}]
    sent = request.POST.get("act", PRESENT) if request.method == "POST" else None
    require(bool(acts) and (sent is None or sent in acts))
    named = {row.act: row for row in it.presenters.select_related("person", "mentor")}
    forms = {act: _form(request, it, act, named.get(act), sent) for act in acts}
    if sent and forms[sent].is_valid():
        presenters.name(it, by=request.user, **forms[sent].given())
        messages.success(request, _("Named; both have been told."))
        return redirect(it)
    context = {
        "review": it,
        "presents": practice.presenting(it),
        "rows": [(PractisedAct(act), named.get(act), form) for act, form in forms.items()],
    }
    status = 422 if sent else 200
    return render(request, "gates/reviews/presenter.html", context, status=status)


def _form(request, review: Review, act: str, row: Presenter | None, sent: str | None):
    initial = {"act": act, "version": review.version}
    if row:
        initial |= {"person": row.person_id, "mentor": row.mentor}
    return PresenterForm(
        request.POST if sent == act else None,
        people=practice.eligible(review, act),
        initial=initial,
        auto_id=f"{act}_%s",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def cosignature(request, pk):
    """The mentor says what they saw, once the review is decided."""
    row = get_object_or_404(Presenter.objects.select_related("person"), pk=pk)
    it = visible_review(request, row.review_id)
    require(row.mentor_id == request.user.pk)
    form = CosignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        presenters.cosign(row, note=form.cleaned_data["note"], by=request.user)
        messages.success(request, _("Co-signed: it stands in the record."))
        return redirect(it)
    context = {"review": it, "row": row, "form": form}
    status = 422 if form.errors else 200
    return render(request, "gates/reviews/cosignature.html", context, status=status)
