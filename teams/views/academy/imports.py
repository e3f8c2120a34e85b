"""Files come into the curriculum: looked at first, then brought in all or none."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ipd.kernel.access import require
from ipd.kernel.forms.seen import OnceForm
from ipd.kernel.once import once
from teams.actions.academy import curriculum as actions
from teams.forms.academy.curriculum import UploadForm
from teams.models import CurriculumUpload
from teams.permissions.academy import CURRICULUM, acts_in_academy


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request):
    """Choose files; what they would change is shown before anything changes."""
    acts = acts_in_academy(request.user)
    require(CURRICULUM in acts)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = actions.keep_upload(form.cleaned_data["files"], by=request.user)
        return redirect(upload)
    context = {"acts": acts, "form": form}
    status = 422 if form.errors else 200
    return render(request, "teams/academy/curriculum/import.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def upload(request, pk):
    """What would change, every mistake with its place, and the word that brings it in."""
    acts = acts_in_academy(request.user)
    require(CURRICULUM in acts)
    it = CurriculumUpload.objects.filter(pk=pk).first()
    if it is None:
        text = _("These files are in force already, or you chose others since. Choose again.")
        messages.warning(request, text)
        return redirect("teams:curriculum-import")
    if it.made_by_id != request.user.pk:
        raise Http404
    if request.method == "POST":
        count = len(actions.apply_upload(it, by=request.user).changed)
        told = {"count": count}
        text = ngettext("%(count)s file is in force.", "%(count)s files are in force.", count)
        messages.success(request, text % told)
        return redirect("teams:curriculum")
    look = actions.look(it.files)
    context = {
        "acts": acts,
        "upload": it,
        "look": look,
        "rows": [{"path": path, "state": state} for path, state in look.states.items()],
        "words": {"new": _("New"), "changed": _("Changed"), "same": _("Unchanged")},
        "form": OnceForm(),
    }
    return render(request, "teams/academy/curriculum/upload.html", context)
