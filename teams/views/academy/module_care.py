"""Who answers for a module, that it still holds, and how its items ask."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.once import once
from teams.actions.academy import authoring as actions
from teams.actions.academy import retirement as retiring
from teams.calculations.academy.item_statistics import LEAST
from teams.forms.academy.curriculum import OwnerForm
from teams.models import LearningModule
from teams.permissions.academy import CURRICULUM, acts_in_academy
from teams.permissions.curriculum import may_keep
from teams.queries.academy import content_health


def _kept(request, code) -> tuple[LearningModule, frozenset[str]]:
    module = get_object_or_404(LearningModule.objects.select_related("owner"), code=code)
    acts = acts_in_academy(request.user)
    require(may_keep(request.user, module, acts))
    return module, acts


@require_POST
@once
def review(request, code):
    """Read again, and it still holds."""
    module, _acts = _kept(request, code)
    actions.review(module, by=request.user)
    messages.success(request, _("Reviewed today."))
    return redirect("teams:module-texts", code)


@require_POST
@once
def owner(request, code):
    """Name who answers for the module, or nobody."""
    module, acts = _kept(request, code)
    require(CURRICULUM in acts)
    form = OwnerForm(request.POST)
    if not form.is_valid():
        context = {"acts": acts, "module": module, "form": form}
        return render(request, "teams/academy/curriculum/owner.html", context, status=422)
    actions.name_owner(module, owner=form.cleaned_data["owner"], by=request.user)
    messages.success(request, _("Named."))
    return redirect("teams:module-texts", code)


@require_POST
@once
def retirement(request, code):
    """Teach it no more."""
    module, acts = _kept(request, code)
    require(CURRICULUM in acts)
    retiring.retire(module, by=request.user)
    messages.success(request, _("The module is out of use; who has read it keeps that."))
    return redirect("teams:module-texts", code)


@require_POST
@once
def reinstatement(request, code):
    """Teach it again."""
    module, acts = _kept(request, code)
    require(CURRICULUM in acts)
    retiring.teach_again(module, by=request.user)
    messages.success(request, _("The module is taught again."))
    return redirect("teams:module-texts", code)


@require_safe
def items(request, code):
    """Difficulty and discrimination of each item, where enough people answered."""
    module, acts = _kept(request, code)
    context = {
        "acts": acts,
        "module": module,
        "rows": content_health.of_module(module),
        "least": LEAST,
    }
    return render(request, "teams/academy/curriculum/items.html", context)
