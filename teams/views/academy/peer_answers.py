"""What one colleague answers; there for nobody else."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ipd.kernel.once import once
from teams.actions.academy import peer_reviews as actions
from teams.forms.academy.peer_reviews import AnswerForm
from teams.models import PeerRater
from teams.models.academy.peer_reviews import PeerReviewState


def rater_entry(request, pk):
    """What the reader was asked, once it was agreed."""
    rows = PeerRater.objects.filter(person=request.user).exclude(
        review__state=PeerReviewState.NAMING
    )
    rows = rows.select_related("review__enrolment__person__function", "review__content")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def answer(request, pk):
    """The form while one is asked; what came of it afterwards."""
    rater = rater_entry(request, pk)
    review = rater.review
    is_open = (
        review.state == PeerReviewState.AGREED
        and rater.answered_on is None
        and rater.declined_on is None
    )
    form = AnswerForm(request.POST or None, content=review.content)
    if request.method == "POST" and form.is_valid():
        actions.answer(rater, by=request.user, **form.answers())
        messages.success(request, _("Thank you. Your answers are kept without your name."))
        return redirect("teams:peer-review-list")
    context = {"rater": rater, "review": review, "form": form if is_open else None}
    status = 422 if form.errors else 200
    return render(request, "teams/academy/peer_reviews/answer.html", context, status=status)


@require_POST
@once
def refusal(request, pk):
    actions.decline(rater_entry(request, pk), by=request.user)
    messages.success(request, _("Declined; somebody else will be asked."))
    return redirect("teams:peer-review-list")
