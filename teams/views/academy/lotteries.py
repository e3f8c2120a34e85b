"""The lottery of a cohort: who runs the academy draws it, who took part checks it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ipd.kernel.access import require
from ipd.kernel.once import once
from teams.actions.academy import cohorts as cohort_actions
from teams.actions.academy import lotteries as actions
from teams.forms.academy.cohorts import DrawForm, StepForm
from teams.permissions.academy import RUN, acts_in_academy
from teams.queries.academy import cohorts, lotteries
from teams.views.academy.cohorts import found


@require_http_methods(["GET", "HEAD", "POST"])
@once
def page(request, code):
    """Before the draw: who waits. After it: seed and order, for everybody who was in it."""
    acts = acts_in_academy(request.user)
    runs = RUN in acts
    cohort = found(code)
    lottery = getattr(cohort, "lottery", None)
    if request.method == "POST":
        require(runs)
        form = DrawForm(request.POST)
        if form.is_valid():
            actions.draw(cohort, strata=form.cleaned_data["strata"], by=request.user)
            messages.success(request, _("Drawn: seed and order are published."))
            return redirect("teams:cohort-lottery", cohort.code)
    else:
        form = DrawForm()
    took_part = lottery is not None and any(
        one["code"] == request.user.code for one in lottery.order
    )
    require(runs or took_part)
    order = lotteries.order(lottery, names=runs) if lottery else []
    context = {
        "acts": acts,
        "runs": runs,
        "cohort": cohort,
        "lottery": lottery,
        "form": form,
        "free": cohort.places - cohort_actions.taken(cohort),
        "waiting": lotteries.waits(order) if lottery else cohorts.waiting_for(cohort),
        "order": order,
        "step": StepForm(),
    }
    status = 422 if form.errors else 200
    return render(request, "teams/academy/cohorts/lottery.html", context, status=status)


@require_POST
@once
def moving_up(request, code):
    """Places that became free go to the next of the drawn order."""
    require(RUN in acts_in_academy(request.user))
    cohort = found(code)
    moved = len(actions.move_up(cohort, by=request.user))
    said = ngettext("%(n)s person has a place.", "%(n)s people have a place.", moved)
    messages.success(request, said % {"n": moved})
    return redirect("teams:cohort-lottery", cohort.code)
